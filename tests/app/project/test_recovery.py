"""Snapshots of unsaved work: written whole, offered only once their program has ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.project.recovery import (
    RecoverySlot,
    Snapshot,
    abandoned,
    discard,
    recovery_folder,
)
from app.project.stamps import FileStamp

_WRITE_AND_WAIT = """
import sys, time
from pathlib import Path
from app.project.recovery import RecoverySlot, Snapshot
slot = RecoverySlot(Path(sys.argv[1]))
slot.write(Snapshot(Path("/photo.png"), None, None, None, 5.0, {"regions": [1]}))
print("written", flush=True)
time.sleep(60)
"""


def snapshot(edited_at: float = 1.0) -> Snapshot:
    return Snapshot(
        photo=Path("/photos/ä.png"),
        photo_stamp=FileStamp(10, 123456789012345678, "ab" * 32),
        project=Path("/photos/ä.unspool.json"),
        project_stamp=None,
        edited_at=edited_at,
        content={"regions": [[0.5, 1.25]]},
    )


def test_a_snapshot_is_offered_unchanged_once_its_program_was_killed(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    program = subprocess.Popen(
        [sys.executable, "-c", _WRITE_AND_WAIT, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "written\n"
        assert abandoned(tmp_path) == []
        program.send_signal(signal.SIGKILL)
    finally:
        program.kill()
        program.wait()
    (item,) = abandoned(tmp_path)
    assert item.snapshot == Snapshot(Path("/photo.png"), None, None, None, 5.0, {"regions": [1]})


def leave_behind(folder: Path, kept: Snapshot) -> Path:
    slot = RecoverySlot(folder)
    slot.write(kept)
    assert slot._lock is not None
    slot._lock.close()
    return slot.path


def test_abandoned_snapshots_come_back_as_they_were_the_latest_first(tmp_path: Path) -> None:
    leave_behind(tmp_path, snapshot(1.0))
    leave_behind(tmp_path, snapshot(2.0))
    assert [item.snapshot for item in abandoned(tmp_path)] == [snapshot(2.0), snapshot(1.0)]


def test_a_closed_or_cleared_slot_leaves_nothing_to_offer(tmp_path: Path) -> None:
    slot = RecoverySlot(tmp_path)
    slot.write(snapshot())
    slot.clear()
    assert not slot.path.exists()
    slot.write(snapshot())
    slot.close()
    assert list(tmp_path.iterdir()) == []


def test_a_discarded_snapshot_is_gone(tmp_path: Path) -> None:
    leave_behind(tmp_path, snapshot())
    (item,) = abandoned(tmp_path)
    discard(item)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["{ broken", "[]", '{"recovery_version": 2}', '{"recovery_version": 1}']
)
def test_a_file_that_cannot_be_understood_is_left_alone(tmp_path: Path, text: str) -> None:
    path = leave_behind(tmp_path, snapshot())
    path.write_text(text)
    assert abandoned(tmp_path) == []
    assert path.read_text() == text


def test_without_a_folder_nothing_is_offered(tmp_path: Path) -> None:
    assert abandoned(tmp_path / "none") == []


def test_snapshots_are_kept_in_the_platforms_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert recovery_folder().parts[-2:] == ("unspool", "recovery")


def test_a_stamp_notices_other_content_and_a_missing_file_but_no_touch(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    stamp = FileStamp.of(path)
    assert stamp.state(path) == "same"
    os.utime(path, ns=(1, 1))
    assert stamp.state(path) == "same"
    path.write_bytes(b"two")
    assert stamp.state(path) == "changed"
    path.write_bytes(b"longer")
    assert stamp.state(path) == "changed"
    path.unlink()
    assert stamp.state(path) == "missing"
