"""Between the window's document and the recovery snapshots of `app.project.recovery`.

Plain functions without widgets, called off the GUI thread; saving projects is `storage`.
"""

from __future__ import annotations

from pathlib import Path

from app.errors import InputError
from app.gui.document import Document
from app.gui.files.storage import choices_of, project_document
from app.gui.program.language import translate
from app.media.photos import read_photo
from app.project.document import ProjectDocument
from app.project.recovery import Snapshot
from app.project.stamps import FileStamp


def take_snapshot(document: Document, edited_at: float) -> Snapshot:
    """The document as it must come back after a crash; `edited_at` in seconds since 1970.

    Raises:
        InputError: the photo's file cannot be read.
    """
    photo = document.photo.path.absolute()
    project = document.project_path.absolute() if document.project_path else None
    # The reference inside is relative to a file beside the photo; `photo` itself is what counts.
    content = project_document(document, project or photo)
    return Snapshot(
        photo=photo,
        photo_stamp=document.photo_stamp,
        project=project,
        project_stamp=document.project_stamp,
        edited_at=edited_at,
        content=content.model_dump(mode="json"),
    )


def restore(snapshot: Snapshot) -> tuple[Document, str | None]:
    """The document of a snapshot; the second value is a sentence on what has changed meanwhile.

    Neither the photo nor the project is written.

    Raises:
        InputError: the photo cannot be read or has another size now, or the snapshot is broken.
    """
    try:
        stored = ProjectDocument.model_validate(snapshot.content)
    except ValueError as error:
        raise InputError(
            translate("Snapshots", "The kept work on {photo} is damaged.").format(
                photo=snapshot.photo
            )
        ) from error
    photo = read_photo(snapshot.photo)
    if (stored.photo.width, stored.photo.height) != (photo.width, photo.height):
        raise InputError(
            translate(
                "Snapshots",
                "{photo} has {width} x {height} pixels now, the kept work is for "
                "{width2} x {height2}.",
            ).format(
                photo=snapshot.photo,
                width=photo.width,
                height=photo.height,
                width2=stored.photo.width,
                height2=stored.photo.height,
            )
        )
    document = Document(
        photo,
        tuple(stored.to_regions()),
        snapshot.project,
        choices_of(stored),
        stored,
        done=stored.done,
        note=stored.note,
        photo_stamp=FileStamp.of(snapshot.photo),
        project_stamp=snapshot.project_stamp,
    )
    return document, _changes(snapshot)


def _changes(snapshot: Snapshot) -> str | None:
    if snapshot.photo_stamp and _state(snapshot.photo_stamp, snapshot.photo) == "changed":
        return translate("Snapshots", "{name} has changed since this work was done.").format(
            name=snapshot.photo.name
        )
    if snapshot.project and snapshot.project_stamp:
        state = _state(snapshot.project_stamp, snapshot.project)
        if state == "changed":
            return translate(
                "Snapshots",
                "{name} has changed since this work was begun; Save will ask before replacing it.",
            ).format(name=snapshot.project.name)
        if state == "missing":
            return translate("Snapshots", "{name} is gone; Save will write it anew.").format(
                name=snapshot.project.name
            )
    return None


def _state(stamp: FileStamp, path: Path) -> str:
    try:
        return stamp.state(path)
    except InputError:
        return "changed"
