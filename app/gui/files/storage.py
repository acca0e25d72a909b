"""Between the window's document and the files of `app.project`: projects, maps, labelme JSON.

Plain functions without widgets; they raise `UnspoolError` and never half-change anything.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.errors import InputError
from app.gui.document import Document, Regions, RenderChoices
from app.gui.program.language import translate
from app.gui.program.sentences import told
from app.guidance.displacement import MotionMaps
from app.guidance.rasterise import rasterise, rasterise_displacement
from app.media.photos import Photo, read_photo
from app.project.conversion import write_coco_of
from app.project.document import (
    PROJECT_SUFFIX,
    PhotoReference,
    ProjectDocument,
    find_photo,
    load_project,
    photo_changed,
    project_path_for,
    relative_photo_path,
    save_project,
)
from app.project.folders import project_of
from app.project.labels import LabelledPhoto, Labels, usable, write_labels
from app.project.stamps import FileStamp


def is_project(path: Path) -> bool:
    """Whether a path is named like a project file."""
    return path.name.lower().endswith(PROJECT_SUFFIX)


def open_photo(path: Path) -> tuple[Document, str | None]:
    """A photo, with the regions of the project beside it if there is one.

    The second value is a sentence about a project that lies there but could not be used.

    Raises:
        InputError: the photo cannot be read.
    """
    photo = read_photo(path)
    alone = Document(photo, photo_stamp=FileStamp.of(path))
    try:
        found = project_of(path)
        if found is not None:
            return _document(found[1], found[0], photo)
    except InputError as error:
        return alone, translate("Storage", "{error} The photo was opened without it.").format(
            error=told(error)
        )
    other = project_path_for(path)
    if other.is_file():
        return alone, translate(
            "Storage", "{name} belongs to another photo and was not opened."
        ).format(name=other.name)
    return alone, None


def open_project(path: Path) -> tuple[Document, str | None]:
    """A project with its photo; the second value is a sentence when the photo has changed since.

    Raises:
        InputError: the project or its photo cannot be read, or they do not belong together.
    """
    stored = load_project(path)
    photo = read_photo(find_photo(stored, path))
    return _document(stored, path, photo)


def save_document(document: Document, path: Path) -> Document:
    """Write the document as a project file; returns it as it now stands on disk.

    Raises:
        InputError: at `path` stands something that this program cannot read as a project.
        UnspoolError: the file cannot be written; the document is then unchanged.
    """
    obstacle = unreadable_project(path)
    if obstacle:
        raise InputError(
            translate("Storage", "{obstacle} It was not overwritten: choose another name.").format(
                obstacle=obstacle
            )
        )
    stored = project_document(document, path)
    save_project(stored, path)
    return replace(document, project_path=path, stored=stored, project_stamp=FileStamp.of(path))


def project_document(document: Document, path: Path) -> ProjectDocument:
    """The document as the project file at `path` holds it.

    Its photo is the one that was read: a photo that has changed on disk since keeps its old hash,
    so that the change is noticed when the project is opened again.

    Raises:
        InputError: the photo's file was never stamped and cannot be read.
    """
    stamp = document.photo_stamp or FileStamp.of(document.photo.path)
    fresh = ProjectDocument(
        photo=PhotoReference(
            path=relative_photo_path(document.photo.path, path),
            width=document.width,
            height=document.height,
            sha256=stamp.sha256,
        )
    )
    stored = document.stored if isinstance(document.stored, ProjectDocument) else fresh
    choices = document.choices
    render = stored.render.model_copy(
        update={
            "frames": choices.frames,
            "fps": choices.fps,
            "loop": choices.loop,
            "weights": choices.weights,
            "max_edge": choices.max_edge,
        }
    )
    reference = stored.photo.model_copy(update=dict(fresh.photo))
    changed = {"photo": reference, "render": render, "done": document.done, "note": document.note}
    stored = stored.model_copy(update=changed)
    return stored.with_regions(document.regions)


def unreadable_project(path: Path) -> str | None:
    """Why the file at `path` is no project that may be replaced (broken, newer), or None."""
    if not path.is_file():
        return None
    try:
        load_project(path)
    except InputError as error:
        return told(error)
    return None


def project_changed(document: Document) -> bool:
    """Whether another program has written the document's project since it was read or saved."""
    path, stamp = document.project_path, document.project_stamp
    return path is not None and stamp is not None and stamp.state(path) == "changed"


def export_regions(document: Document, path: Path) -> None:
    """Write the guidance as PNG, `.npy` or labelme JSON, whichever the suffix says.

    Raises:
        InputError: another suffix, or the file cannot be written.
    """
    if is_project(path):
        raise InputError(
            translate(
                "Storage", "Cannot write {path}: Save writes projects, this is for guidance."
            ).format(path=path)
        )
    write_labels(path, _labelled(document))


def export_coco(document: Document, path: Path) -> None:
    """Write the regions as a COCO file of this one photo.

    Raises:
        InputError: a region encloses nothing, or the file cannot be written.
    """
    write_coco_of(path, _labelled(document))


def _labelled(document: Document) -> LabelledPhoto:
    labels = Labels(document.regions, document.done, document.note)
    return LabelledPhoto(document.photo.path, document.width, document.height, labels)


def paint(regions: Regions, width: int, height: int) -> MotionMaps:
    """What the regions say about every pixel, repaired as the command line repairs them.

    Raises:
        InputError: a region encloses nothing; the sentence names it.
    """
    mended = usable(regions, width, height)
    return MotionMaps(
        rasterise(mended, width, height), rasterise_displacement(mended, width, height)
    )


def choices_of(stored: ProjectDocument) -> RenderChoices:
    """The render settings of a project as the window knows them."""
    render = stored.render
    return RenderChoices(
        weights=render.weights,
        frames=render.frames,
        max_edge=render.max_edge,
        fps=render.fps,
        loop=render.loop,
    )


def _document(stored: ProjectDocument, path: Path, photo: Photo) -> tuple[Document, str | None]:
    if (stored.photo.width, stored.photo.height) != (photo.width, photo.height):
        raise InputError(
            translate(
                "Storage",
                "{path} is made for a photo of {width} x {height} pixels, but {name} has "
                "{width2} x {height2}.",
            ).format(
                path=path,
                width=stored.photo.width,
                height=stored.photo.height,
                name=photo.path.name,
                width2=photo.width,
                height2=photo.height,
            )
        )
    document = Document(
        photo,
        tuple(stored.to_regions()),
        path,
        choices_of(stored),
        stored,
        done=stored.done,
        note=stored.note,
        photo_stamp=FileStamp.of(photo.path),
        project_stamp=FileStamp.of(path),
    )
    changed = photo_changed(stored, photo.path)
    notice = (
        translate("Storage", "{name} has changed since {name2} was saved.").format(
            name=photo.path.name, name2=path.name
        )
        if changed
        else None
    )
    return document, notice
