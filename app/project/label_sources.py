"""Where the labels of a folder's photos come from: files that match by name, or one COCO file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from app.errors import InputError
from app.project.coco import CocoDocument, CocoImage, read_coco
from app.project.document import PROJECT_SUFFIX
from app.project.folder_values import LabelFormat
from app.project.folders import is_among, project_of
from app.project.labels import Labels, read_labels, remarks_in, usable

SUFFIXES = {
    LabelFormat.PROJECT: PROJECT_SUFFIX,
    LabelFormat.LABELME: ".json",
    LabelFormat.NPY: ".npy",
    LabelFormat.PNG: ".png",
}
"""How the files of each format end that holds one photo; in the order of preference."""


class LabelSource(Protocol):
    """Answers what is said about one photo after the other; `warnings` are worth telling."""

    warnings: tuple[str, ...]

    def labels_of(self, photo: Path, width: int, height: int) -> Labels | None:
        """What is said about a photo of that upright size; None when there is nothing.

        Raises:
            InputError: there is something, but it cannot be used.
        """


def label_source(place: Path, photos: Sequence[Path], kind: LabelFormat | None) -> LabelSource:
    """A COCO file, or a folder of files named like the photos; `kind` None takes what is there.

    Raises:
        InputError: `place` is neither, or does not fit `kind`.
    """
    if place.is_dir():
        if kind == LabelFormat.COCO:
            raise InputError(f"{place} is a folder; COCO labels are one JSON file for all photos.")
        return LabelFolder(place, photos, [kind] if kind else list(SUFFIXES))
    if kind not in (None, LabelFormat.COCO):
        raise InputError(f"{place} is not a folder, which {kind.value} labels come in.")
    return CocoLabels(read_coco(place), place, photos)


class LabelFolder:
    """Files named `<stem>.<suffix>`, or `<name>.<suffix>` as photos that share a stem need."""

    warnings: tuple[str, ...] = ()

    def __init__(self, folder: Path, photos: Sequence[Path], kinds: Iterable[LabelFormat]) -> None:
        self._folder = folder
        self._photos = photos
        self._shared = shared_stems(photos)
        self._kinds = list(kinds)

    def labels_of(self, photo: Path, width: int, height: int) -> Labels | None:
        """What the first file that matches says; an empty project says nothing."""
        for kind in self._kinds:
            path = self._file_for(photo, kind)
            if path is not None:
                return read_labels(path, width, height) or None
        return None

    def _file_for(self, photo: Path, kind: LabelFormat) -> Path | None:
        if kind == LabelFormat.PROJECT and photo.parent.samefile(self._folder):
            found = project_of(photo)
            return found[0] if found else None
        suffix = SUFFIXES[kind]
        names = [photo.name + suffix]
        if photo.stem not in self._shared:
            names.append(photo.stem + suffix)
        for name in names:
            path = self._folder / name
            # A photo that is a PNG must not be taken for its own guidance.
            if path.is_file() and not is_among(path, self._photos):
                return path
        return None


class CocoLabels:
    """The images of a COCO file, found by their file names."""

    def __init__(self, document: CocoDocument, path: Path, photos: Sequence[Path]) -> None:
        self._path = path
        self._images: dict[str, list[CocoImage]] = {}
        for image in document.images:
            self._images.setdefault(PurePosixPath(image.file_name).name, []).append(image)
        self.warnings = document.warnings
        names = {photo.name for photo in photos}
        if strangers := sum(len(i) for name, i in self._images.items() if name not in names):
            self.warnings += (f"{path}: {strangers} images are no photos of this folder.",)

    def labels_of(self, photo: Path, width: int, height: int) -> Labels | None:
        """The regions of the photo's image, and `done` and `note` where they are kept with it."""
        images = self._images.get(photo.name, [])
        # With folders in their names several may end alike: the one without a folder is meant.
        exact = [image for image in images if image.file_name == photo.name]
        if len(images) > 1 and len(exact) != 1:
            raise InputError(f"{self._path} has {len(images)} images named {photo.name}.")
        if not images:
            return None
        image = (exact or images)[0]
        if (image.width, image.height) != (width, height):
            raise InputError(
                f"{self._path}: {image.file_name} has {image.width} x {image.height} pixels there, "
                f"but the photo has {width} x {height}."
            )
        done, note = remarks_in(image.extras)
        try:
            return Labels(tuple(usable(image.regions, width, height)), done, note) or None
        except InputError as error:
            raise InputError(f"{self._path}: {image.file_name}: {error}") from error


def shared_stems(photos: Iterable[Path]) -> frozenset[str]:
    """The stems that more than one photo has."""
    return frozenset(stem for stem, n in Counter(photo.stem for photo in photos).items() if n > 1)
