"""What is known about a folder of photos, as plain values that cost nothing to import.

Who finds it out: `app.project.folders`, `app.project.conversion` and `app.project.statistics`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Literal

State = Literal["untouched", "draft", "done", "unreadable"]

Step = Callable[[int, int], None]
"""Called with (done, total) before each photo; may raise to cancel."""


@dataclass(frozen=True)
class FolderEntry:
    """One photo: "done" when its project says so, "draft" when it has any other project.

    "untouched" has no project or one without regions and without a note; "unreadable" has one that
    cannot be read (`problem` says why). `note` is what was written about the photo.
    """

    photo: Path
    state: State
    note: str = ""
    problem: str = ""


@dataclass(frozen=True)
class PhotoFolder:
    """A folder with its photos in the order in which people count (2 before 10)."""

    path: Path
    entries: tuple[FolderEntry, ...]


class LabelFormat(str, Enum):
    """In what files the labels of a folder's photos are kept; COCO is one file for all of them."""

    PROJECT = "project"
    LABELME = "labelme"
    COCO = "coco"
    PNG = "png"
    NPY = "npy"


@dataclass(frozen=True)
class Conversion:
    """What came of converting a folder.

    `photos` are those whose labels were written, `files` where to; `unlabelled` have none, `kept`
    are files that stood there already and were not replaced. `problems` say in one sentence each
    which photo or file could not be converted and why; `warnings` are about the source as a whole.
    """

    photos: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    unlabelled: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClassCount:
    """How often a class occurs: photos with at least a pixel of it, regions, and pixels."""

    label: str
    photos: int
    regions: int
    pixels: int


@dataclass(frozen=True)
class FolderStatistics:
    """How far a folder is annotated, and how its classes are distributed over labelled photos.

    `states` counts the photos by state, `notes` those with a note; `classes` are in the order of
    their numbers, and their pixels add up to `pixels`. Unpainted pixels are static.
    """

    folder: Path
    states: dict[State, int]
    notes: int
    classes: tuple[ClassCount, ...]
    pixels: int
    problems: tuple[str, ...] = ()

    @property
    def photos(self) -> int:
        """All photos of the folder."""
        return sum(self.states.values())

    def share(self, count: ClassCount) -> float:
        """The part of all pixels of labelled photos that a class takes, from 0 to 1."""
        return count.pixels / self.pixels if self.pixels else 0.0
