"""Unsaved work kept where a crash cannot take it: one snapshot per running program, and its offer.

A snapshot names the photo and the project it belongs to and touches neither. What a snapshot's
`content` means is left to `app.project.document`; when to write one is left to the window.
"""

from __future__ import annotations

import logging
import os
import secrets
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from app.atomic import explain_os_error
from app.errors import InputError, UnspoolError
from app.project.json_files import read_json_object, write_json
from app.project.stamps import FileStamp

RECOVERY_VERSION = 1
_SUFFIX = ".recovery.json"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """Unsaved work on one photo.

    `photo` and `project` are absolute paths, `project` None while the work has no file yet; the
    stamps say what both files were when they were read. `edited_at` is in seconds since 1970 and
    `content` is the project as `ProjectDocument` writes it to JSON.
    """

    photo: Path
    photo_stamp: FileStamp | None
    project: Path | None
    project_stamp: FileStamp | None
    edited_at: float
    content: dict[str, Any]


@dataclass(frozen=True)
class Abandoned:
    """A snapshot whose program has ended without clearing it, and the file that holds it."""

    path: Path
    snapshot: Snapshot


class RecoverySlot:
    """The place of one running program in the recovery folder, held by a lock while it lives.

    The operating system drops the lock however the program ends, which is how `abandoned` tells
    the snapshot of a crashed program from that of one still running.
    """

    def __init__(self, folder: Path) -> None:
        """Take a place in `folder`, which is created when it is missing.

        Raises:
            InputError: the folder or a file in it cannot be written.
            RunError: the operating system refused for another reason.
        """
        name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.path = folder / f"{name}{_SUFFIX}"
        lock = _lock_path(self.path)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock: IO[bytes] | None = lock.open("ab")
        except OSError as error:
            raise explain_os_error(error, lock, "write") from error
        _try_lock(self._lock)

    def write(self, snapshot: Snapshot) -> None:
        """Replace the snapshot, whole or not at all.

        Raises:
            InputError: the folder cannot be written.
            RunError: the disk is full or failed.
        """
        write_json(self.path, _to_json(snapshot))

    def clear(self) -> None:
        """Remove the snapshot: there is nothing unsaved."""
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Remove the snapshot and give up the place."""
        if self._lock is not None:
            self.clear()
            self._lock.close()
            self._lock = None
            _lock_path(self.path).unlink(missing_ok=True)


def recovery_folder() -> Path:
    """Where the platform keeps the state of programs, and in it our snapshots."""
    import platformdirs

    return Path(platformdirs.user_state_dir("unspool", appauthor=False)) / "recovery"


def abandoned(folder: Path) -> list[Abandoned]:
    """The snapshots that programs left behind when they ended unexpectedly, the latest first.

    A file that cannot be understood, for instance of a newer program, is left alone and logged.
    """
    found = []
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        if _in_use(path):
            continue
        try:
            found.append(Abandoned(path, _from_json(read_json_object(path), path)))
        except UnspoolError as error:
            _log.warning("%s", error)
    return sorted(found, key=lambda item: item.snapshot.edited_at, reverse=True)


def discard(item: Abandoned) -> None:
    """Delete an abandoned snapshot for good.

    Raises:
        InputError: it cannot be deleted.
    """
    try:
        item.path.unlink(missing_ok=True)
        _lock_path(item.path).unlink(missing_ok=True)
    except OSError as error:
        raise explain_os_error(error, item.path, "delete") from error


def _lock_path(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(_SUFFIX) + ".lock")


def _in_use(path: Path) -> bool:
    try:
        with _lock_path(path).open("ab") as stream:
            return not _try_lock(stream)
    except OSError:
        # Unreadable to us, so it is not ours to offer.
        return True


def _try_lock(stream: IO[bytes]) -> bool:
    """Lock an open file for as long as it stays open; False when another program holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _to_json(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "recovery_version": RECOVERY_VERSION,
        "photo": str(snapshot.photo),
        "photo_stamp": asdict(snapshot.photo_stamp) if snapshot.photo_stamp else None,
        "project": str(snapshot.project) if snapshot.project else None,
        "project_stamp": asdict(snapshot.project_stamp) if snapshot.project_stamp else None,
        "edited_at": snapshot.edited_at,
        "content": snapshot.content,
    }


def _from_json(value: dict[str, Any], path: Path) -> Snapshot:
    if value.get("recovery_version") != RECOVERY_VERSION:
        raise InputError(f"{path} was kept by another version of Unspool.")

    def stamp(stored: dict[str, Any] | None) -> FileStamp | None:
        if stored is None:
            return None
        return FileStamp(int(stored["size"]), int(stored["changed_ns"]), str(stored["sha256"]))

    try:
        content, project = value["content"], value["project"]
        if not isinstance(content, dict):
            raise TypeError("content is no object")
        return Snapshot(
            photo=Path(value["photo"]),
            photo_stamp=stamp(value["photo_stamp"]),
            project=None if project is None else Path(project),
            project_stamp=stamp(value["project_stamp"]),
            edited_at=float(value["edited_at"]),
            content=content,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} is not a usable snapshot: {error}.") from error
