"""The photos of a folder and how far their annotation is, read from the projects beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.atomic import explain_os_error
from app.errors import InputError

State = Literal["untouched", "draft", "done", "unreadable"]


@dataclass(frozen=True)
class FolderEntry:
    """One photo: "done" when its project has a region that moves, "draft" when it has none yet."""

    photo: Path
    state: State


@dataclass(frozen=True)
class PhotoFolder:
    """A folder with its photos in the order in which people count (2 before 10)."""

    path: Path
    entries: tuple[FolderEntry, ...]


def read_folder(path: Path, step: Callable[[int, int], None]) -> PhotoFolder:
    """The photos of a folder, not of folders within it.

    Args:
        path: the folder.
        step: called with (done, total) before each photo; may raise to cancel.

    Raises:
        InputError: the folder cannot be read or holds no photos.
    """
    from natsort import natsorted

    from app.media.photos import PHOTO_SUFFIXES

    try:
        photos = [
            item
            for item in path.iterdir()
            if item.suffix.lower() in PHOTO_SUFFIXES and item.is_file()
        ]
    except OSError as error:
        raise explain_os_error(error, path, "read") from error
    if not photos:
        raise InputError(f"{path} holds no photos.")
    entries = []
    for number, photo in enumerate(natsorted(photos, key=lambda item: item.name.lower())):
        step(number, len(photos))
        entries.append(FolderEntry(photo, state_of(photo)))
    return PhotoFolder(path, tuple(entries))


def state_of(photo: Path) -> State:
    """How far the annotation of a photo is, from the project beside it."""
    from app.guidance.classes import Direction
    from app.project.document import load_project, project_path_for

    project = project_path_for(photo)
    if not project.is_file():
        return "untouched"
    try:
        regions = load_project(project).to_regions()
    except InputError:
        return "unreadable"
    return "done" if any(r.direction != Direction.STATIC for r in regions) else "draft"
