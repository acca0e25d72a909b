"""The photos of a folder, the project that belongs to each, and how far its annotation is.

Only the folder itself is looked at, not folders within it. Converting whole folders is
`app.project.conversion`, counting their classes `app.project.statistics`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PureWindowsPath

from natsort import natsorted

from app.atomic import explain_os_error
from app.errors import InputError
from app.media.kinds import is_photo_name
from app.project.document import (
    PROJECT_SUFFIX,
    ProjectDocument,
    find_photo,
    load_project,
    project_path_for,
)
from app.project.folder_values import FolderEntry, PhotoFolder, State, Step


def photos_in(folder: Path) -> list[Path]:
    """The photos of a folder in natural order, hidden files left out.

    Raises:
        InputError: the folder cannot be read or holds no photos.
    """
    try:
        photos = [
            item
            for item in folder.iterdir()
            if is_photo_name(item) and not item.name.startswith(".") and item.is_file()
        ]
    except OSError as error:
        raise explain_os_error(error, folder, "read") from error
    if not photos:
        raise InputError(f"{folder} holds no photos.")
    return list(natsorted(photos, key=lambda item: item.name.lower()))


def is_among(path: Path, photos: Sequence[Path]) -> bool:
    """Whether a path is one of the photos of a folder, however it is spelled."""
    if not any(path.name == photo.name for photo in photos) or not path.exists():
        return False
    return path.parent.samefile(photos[0].parent)


def read_folder(path: Path, step: Step) -> PhotoFolder:
    """The photos of a folder with the state of each; `step` may raise to cancel.

    Raises:
        InputError: the folder cannot be read or holds no photos.
    """
    photos = photos_in(path)
    entries = []
    for number, photo in enumerate(photos):
        step(number, len(photos))
        entries.append(read_entry(photo))
    return PhotoFolder(path, tuple(entries))


def read_entry(photo: Path) -> FolderEntry:
    """How far the annotation of a photo is, from the project beside it."""
    try:
        found = project_of(photo)
    except InputError as error:
        return FolderEntry(photo, "unreadable", problem=str(error))
    if found is None:
        return FolderEntry(photo, "untouched")
    _, document = found
    return FolderEntry(photo, state_of(document), document.note)


def state_of(document: ProjectDocument) -> State:
    """How far the annotation is that a project holds."""
    if document.done:
        return "done"
    return "draft" if document.regions or document.note else "untouched"


def project_of(photo: Path) -> tuple[Path, ProjectDocument] | None:
    """The project beside a photo that belongs to it, with its path; None when there is none.

    Looked for are `<name>.unspool.json`, which photos that share a stem need, and
    `<stem>.unspool.json`.

    Raises:
        InputError: a project lies there that cannot be read.
    """
    for path in reversed(project_paths_for(photo)):
        if path.is_file():
            document = load_project(path)
            if _belongs(document, path, photo):
                return path, document
    return None


def free_project_path(photo: Path) -> Path:
    """Where the first project of a photo is saved: beside it, under a name that nothing has."""
    for path in project_paths_for(photo):
        if not path.exists():
            return path
    number = 2
    while (path := photo.with_name(f"{photo.stem}-{number}{PROJECT_SUFFIX}")).exists():
        number += 1
    return path


def project_paths_for(photo: Path) -> tuple[Path, Path]:
    """Where the project of a photo may lie; the second name is for photos that share a stem."""
    return project_path_for(photo), photo.with_name(photo.name + PROJECT_SUFFIX)


def _belongs(document: ProjectDocument, path: Path, photo: Path) -> bool:
    stored = document.photo.path
    if PureWindowsPath(stored).name == photo.name and "/" not in stored:
        return True
    try:
        return photo.samefile(find_photo(document, path))
    except (InputError, OSError):
        return False
