"""Converting the labels of a whole folder of photos from one format to another.

One bad photo does not stop the others, and nothing is replaced unless that is asked for. What the
formats look like is in `labels`, `labelme`, `masks` and `coco`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from app.errors import InputError, UnspoolError
from app.media.photos import read_photo_size
from app.project.coco import CocoDocument, CocoImage, read_coco, write_coco
from app.project.document import load_project
from app.project.folder_values import Conversion, LabelFormat, Step
from app.project.folders import free_project_path, is_among, photos_in, project_of, state_of
from app.project.label_sources import SUFFIXES, LabelSource, label_source, shared_stems
from app.project.labels import LabelledPhoto, extras_for, usable, write_labels


def convert_folder(
    folder: Path,
    to: LabelFormat,
    out: Path | None,
    step: Step,
    *,
    source: Path | None = None,
    source_format: LabelFormat | None = None,
    overwrite: bool = False,
) -> Conversion:
    """Write the labels of a folder's photos in another format.

    Args:
        folder: the photos; folders within it are not looked at.
        to: the format to write.
        out: the folder of the files, or the file itself for COCO. None is for projects, which then
            lie beside their photos.
        step: called with (done, total) before each photo; may raise to cancel. Files that stand by
            then stay; a COCO file is only written at the end.
        source: a COCO file, or the folder of the label files; by default `folder`.
        source_format: which files of `source` count; by default, for each photo, the first of
            project, labelme, `.npy` and `.png`.
        overwrite: replace files that exist. What they hold besides regions is kept.

    Raises:
        InputError: the folder, the source or the COCO file to be replaced cannot be used.
        RunError: the disk is full or failed while the COCO file was written.
    """
    photos = photos_in(folder)
    labels = label_source(source or folder, photos, source_format)
    target = _CocoTarget(_named(out), overwrite) if to == LabelFormat.COCO else None
    report = _Report()
    shared = shared_stems(photos)
    for number, photo in enumerate(photos):
        step(number, len(photos))
        try:
            item = _read(photo, labels)
            if item is None:
                report.unlabelled.append(photo)
            elif target is not None:
                target.add(item)
                report.photos.append(photo)
            else:
                path = _target_for(photo, to, out, shared)
                if is_among(path, photos):
                    raise InputError(f"{path} is a photo and was not replaced by its labels.")
                replaceable = overwrite or (to == LabelFormat.PROJECT and _is_empty(path))
                if path.exists() and not replaceable:
                    report.kept.append(path)
                    continue
                write_labels(path, item, overwrite=replaceable)
                report.photos.append(photo)
                report.files.append(path)
        except UnspoolError as error:
            report.problems.append(_about(photo, error))
    if target is not None and report.photos:
        target.write()
        report.files.append(target.path)
    return report.finished(labels.warnings)


def write_coco_of(path: Path, item: LabelledPhoto) -> None:
    """Write a new COCO file of one photo, over whatever stands there.

    Raises:
        InputError: a region encloses nothing of the photo, or the file cannot be written.
        RunError: the disk is full or failed.
    """
    document = CocoDocument(images=(_described(item, path),))
    write_coco(path, document)


def existing_targets(folder: Path, to: LabelFormat, out: Path | None) -> list[Path]:
    """The files that converting would replace if every photo had labels.

    Raises:
        InputError: the folder cannot be read or holds no photos.
    """
    photos = photos_in(folder)
    if to == LabelFormat.COCO:
        return [path for path in [_named(out)] if path.exists()]
    shared = shared_stems(photos)
    found = []
    for photo in photos:
        try:
            path = _target_for(photo, to, out, shared)
        except InputError:
            # A project that cannot be read is not replaced anyway.
            continue
        if path.exists() and not is_among(path, photos):
            found.append(path)
    return found


@dataclass
class _Report:
    photos: list[Path] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    unlabelled: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def finished(self, warnings: tuple[str, ...]) -> Conversion:
        return Conversion(
            tuple(self.photos),
            tuple(self.files),
            tuple(self.unlabelled),
            tuple(self.kept),
            tuple(self.problems),
            warnings,
        )


class _CocoTarget:
    """The COCO file to be written, begun with what stands in the one that it replaces."""

    def __init__(self, path: Path, overwrite: bool) -> None:
        if path.exists() and not overwrite:
            raise InputError(f"{path} exists already; choose another name or allow overwriting.")
        self.path = path
        self._overwrite = overwrite
        self._document = read_coco(path) if path.exists() else CocoDocument()
        self._images = {image.file_name: image for image in self._document.images}

    def add(self, item: LabelledPhoto) -> None:
        """Take over a photo; its name is relative to the COCO file's folder where that holds it."""
        name = _relative_name(item.photo, self.path)
        known = self._images.get(name) or self._images.get(item.photo.name)
        image = _described(item, self.path, known)
        self._images[image.file_name] = image

    def write(self) -> None:
        """Write the file, whole or not at all."""
        document = replace(self._document, images=tuple(self._images.values()))
        write_coco(self.path, document, overwrite=self._overwrite)


def _described(item: LabelledPhoto, path: Path, known: CocoImage | None = None) -> CocoImage:
    """A photo as the COCO file at `path` holds it, with what is `known` of it from that file."""
    image = known or CocoImage(_relative_name(item.photo, path), item.width, item.height)
    regions = tuple(usable(item.labels.regions, item.width, item.height))
    extras = {key: value for key, value in image.extras.items() if key not in ("done", "note")}
    if item.labels.done:
        extras["done"] = True
    if item.labels.note:
        extras["note"] = item.labels.note
    return replace(
        image,
        width=item.width,
        height=item.height,
        regions=regions,
        extras=extras,
        region_extras=extras_for(regions, image.regions, image.region_extras),
    )


def _read(photo: Path, source: LabelSource) -> LabelledPhoto | None:
    width, height = read_photo_size(photo)
    labels = source.labels_of(photo, width, height)
    return None if labels is None else LabelledPhoto(photo, width, height, labels)


def _target_for(photo: Path, to: LabelFormat, out: Path | None, shared: frozenset[str]) -> Path:
    if to == LabelFormat.PROJECT and (out is None or _same(out, photo.parent)):
        found = project_of(photo)
        return found[0] if found else free_project_path(photo)
    folder = _named(out)
    stem = photo.name if photo.stem in shared else photo.stem
    return folder / (stem + SUFFIXES[to])


def _is_empty(path: Path) -> bool:
    """Whether a project stands there in which nothing is said about the photo yet."""
    return path.exists() and state_of(load_project(path)) == "untouched"


def _named(out: Path | None) -> Path:
    if out is None:
        raise InputError("Say where the labels shall be written.")
    return out


def _same(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)


def _relative_name(photo: Path, path: Path) -> str:
    # COCO names images by where they lie below one folder; "../" would mean nothing there.
    try:
        return photo.absolute().relative_to(path.absolute().parent).as_posix()
    except ValueError:
        return photo.name


def _about(photo: Path, error: UnspoolError) -> str:
    sentence = str(error)
    return sentence if f"{photo.stem}." in sentence else f"{photo}: {sentence}"
