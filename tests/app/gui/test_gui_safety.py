"""Work survives a crash, and no file that changed behind the program's back is overwritten."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.gui.files.recovery_dialog import RecoveryDialog
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.project.document import SCHEMA_VERSION
from app.project.recovery import abandoned, recovery_folder
from tests.app.gui.conftest import HEIGHT, PATIENCE_MS, WIDTH

Button = QMessageBox.StandardButton

_EDIT_AND_WAIT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.gui.application import build_application
from app.gui.window import MainWindow
from app.guidance.classes import Direction
application = build_application()
window = MainWindow()
window.show()
def edit():
    window.editor.add_outline(((20, 10), (60, 10), (60, 50), (20, 50)))
    window.editor.set_direction(Direction.DOWN_LEFT)
    print("edited", flush=True)
window.controller.opened.connect(lambda _opened: QTimer.singleShot(0, edit))
window.open_path(Path(sys.argv[1]))
application.exec()
"""


def snapshots(home: Path) -> list[Path]:
    return sorted(home.rglob("*.recovery.json"))


def kill_after_an_edit(photo: Path, home: Path) -> float:
    """Seconds from an edit in another process to its snapshot; the process is then killed."""
    root = Path(__file__).resolve().parents[3]
    program = subprocess.Popen(
        [sys.executable, "-c", _EDIT_AND_WAIT, str(photo)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "edited\n"
        edited = monotonic()
        while not snapshots(home) and monotonic() - edited < 20:
            pass
        kept_after = monotonic() - edited
        program.send_signal(signal.SIGKILL)
    finally:
        program.kill()
        program.wait()
    return kept_after


def test_work_of_a_killed_program_is_offered_and_comes_back_unsaved(
    empty_window: MainWindow, photo: Path, own_home: Path, qtbot: QtBot
) -> None:
    assert kill_after_an_edit(photo, own_home) < 5
    before = photo.read_bytes()
    dialog = empty_window.safety.offer()
    assert dialog is not None
    assert "photo.png · 1 region" in dialog.list.item(0).text()
    with qtbot.waitSignal(empty_window.safety.autosave.kept, timeout=PATIENCE_MS):
        dialog.restore_button.click()
    (region,) = empty_window.editor.regions
    assert region.rings == (((20, 10), (60, 10), (60, 50), (20, 50)),)
    assert region.direction == Direction.DOWN_LEFT
    assert empty_window.isWindowModified()
    # The old snapshot has given way to one of this program, which is not abandoned.
    assert len(snapshots(own_home)) == 1
    assert abandoned(recovery_folder()) == []
    assert photo.read_bytes() == before
    empty_window.actions_by_name["save"].trigger()
    qtbot.waitUntil(lambda: not snapshots(own_home), timeout=PATIENCE_MS)
    assert photo.with_name("photo.unspool.json").is_file()


def test_deleting_the_offered_work_leaves_nothing(
    empty_window: MainWindow, photo: Path, own_home: Path
) -> None:
    kill_after_an_edit(photo, own_home)
    dialog = empty_window.safety.offer()
    assert dialog is not None
    dialog.discard_button.click()
    assert snapshots(own_home) == []
    assert empty_window.safety.offer() is None


def test_not_now_keeps_the_work_for_the_next_start(
    empty_window: MainWindow, photo: Path, own_home: Path
) -> None:
    kill_after_an_edit(photo, own_home)
    dialog = empty_window.safety.offer()
    assert dialog is not None
    dialog.later_button.click()
    assert isinstance(empty_window.safety.offer(), RecoveryDialog)


def test_an_edit_is_kept_by_itself_and_saving_removes_the_snapshot(
    square: MainWindow, own_home: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(square.safety.autosave.kept, timeout=5000):
        pass
    (path,) = snapshots(own_home)
    assert len(json.loads(path.read_text())["content"]["regions"]) == 1
    square.actions_by_name["save"].trigger()
    qtbot.waitUntil(lambda: not path.exists(), timeout=PATIENCE_MS)


def test_undoing_everything_removes_the_snapshot(
    square: MainWindow, own_home: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(square.safety.autosave.kept, timeout=5000):
        pass
    square.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: not snapshots(own_home), timeout=PATIENCE_MS)


def test_discarding_on_close_leaves_no_snapshot(
    square: MainWindow, own_home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(square.safety.autosave.kept, timeout=5000):
        pass
    monkeypatch.setattr(QMessageBox, "question", lambda *args: Button.Discard)
    square.close()
    assert list(own_home.rglob("recovery/*")) == []


def test_a_folder_that_cannot_be_written_is_told_once(
    square: MainWindow, own_home: Path, qtbot: QtBot
) -> None:
    (own_home / "unspool").write_text("in the way")
    autosave = square.safety.autosave
    for _ in range(2):
        autosave.keep_now()
    with qtbot.waitSignal(autosave.troubled, timeout=PATIENCE_MS):
        pass
    with qtbot.assertNotEmitted(autosave.troubled, wait=300):
        pass
    assert "cannot be kept safe" in square.banner.text


def come_back(window: MainWindow) -> None:
    window.activateWindow()
    window.safety.look_at_disk()
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))


def test_a_photo_that_changes_on_disk_is_noticed_once(square: MainWindow, photo: Path) -> None:
    come_back(square)
    assert square.banner.text == ""
    cv2.imwrite(str(photo), np.zeros((HEIGHT, WIDTH, 3), np.uint8))
    come_back(square)
    assert "photo.png has changed on disk" in square.banner.text
    square.banner.hide()
    come_back(square)
    assert square.banner.text == ""


@pytest.mark.parametrize(
    ("button", "replaced"), [(Button.Yes, True), (Button.No, False), (Button.Cancel, False)]
)
def test_saving_over_a_project_changed_by_another_program_asks(
    square: MainWindow,
    photo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    button: QMessageBox.StandardButton,
    replaced: bool,
) -> None:
    square.actions_by_name["save"].trigger()
    project = photo.with_name("photo.unspool.json")
    content = json.loads(project.read_text())
    content["regions"] = []
    theirs = json.dumps(content)
    project.write_text(theirs)
    come_back(square)
    assert "another program" in square.banner.text
    square.editor.add_whole_photo()
    mine = tmp_path / "mine.unspool.json"
    monkeypatch.setattr(QMessageBox, "question", lambda *args: button)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(mine), ""))
    square.actions_by_name["save"].trigger()
    assert (project.read_text() != theirs) == replaced
    assert mine.exists() == (button == Button.No)
    assert square.editor.dirty == (button == Button.Cancel)


@pytest.mark.parametrize("text", ["{ broken", json.dumps({"schema_version": SCHEMA_VERSION + 1})])
def test_a_project_that_became_broken_or_newer_is_never_overwritten(
    square: MainWindow, photo: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    square.actions_by_name["save"].trigger()
    project = photo.with_name("photo.unspool.json")
    project.write_text(text)
    square.editor.add_whole_photo()
    suggested: list[str] = []

    def save_as(parent: object, title: str, path: str, *rest: object) -> tuple[str, str]:
        suggested.append(path)
        # Even the very file, chosen on purpose, is refused.
        return str(project), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save_as)
    square.actions_by_name["save"].trigger()
    assert Path(suggested[0]).name == "photo.png.unspool.json"
    assert project.read_text() == text
    assert square.editor.dirty
    assert "not overwritten" in square.banner.text


def test_restoring_tells_that_the_photo_has_changed(
    empty_window: MainWindow, photo: Path, own_home: Path, qtbot: QtBot
) -> None:
    kill_after_an_edit(photo, own_home)
    cv2.imwrite(str(photo), np.zeros((HEIGHT, WIDTH, 3), np.uint8))
    dialog = empty_window.safety.offer()
    assert dialog is not None
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        dialog.restore_button.click()
    assert "has changed since this work was done" in empty_window.banner.text
    assert len(empty_window.editor.regions) == 1


def test_a_vanished_photo_is_named_and_its_work_stays_on_offer(
    empty_window: MainWindow, photo: Path, own_home: Path, qtbot: QtBot
) -> None:
    kill_after_an_edit(photo, own_home)
    photo.unlink()
    dialog = empty_window.safety.offer()
    assert dialog is not None
    with qtbot.waitSignal(empty_window.controller.failed, timeout=PATIENCE_MS):
        dialog.restore_button.click()
    assert "photo.png" in empty_window.banner.text
    assert len(abandoned(recovery_folder())) == 1
