"""The project file `<photo>.unspool.json`: its schema, loading, saving and finding the photo again.

The editable document of the window is `app.gui.document`; rasterising is `app.guidance.rasterise`.

Versions: 1 had `photo`, `regions` and `render`. 2 added `done` (the person calls the annotation
finished) and `note` (free text about the photo); in a file of version 1 a photo is not done and has
no note. Files are written in the newest version, older ones are read, newer ones refused. Regions
of version 2 may have a `displacement`, which programs that do not know it keep.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidationError,
    field_serializer,
    field_validator,
    model_serializer,
)

from app.atomic import explain_os_error
from app.errors import InputError
from app.guidance.classes import Direction, parse_label
from app.guidance.region import MAX_COORDINATE, Region, agrees
from app.project.json_files import read_json_object, write_json
from app.project.stamps import file_sha256

SCHEMA_VERSION = 2
PROJECT_SUFFIX = ".unspool.json"
VERSION_KEY = "schema_version"

Coordinate = Annotated[float, Field(ge=-MAX_COORDINATE, le=MAX_COORDINATE, allow_inf_nan=False)]
Size = Annotated[int, Field(ge=1, le=1_000_000)]


class _Stored(BaseModel):
    # Unknown keys are kept, so that a file written by a later or a changed program loses nothing.
    model_config = ConfigDict(extra="allow", strict=True)


class PhotoReference(_Stored):
    """Which photo a project is about: path relative to the project file, upright size, SHA-256.

    `path` uses forward slashes; backslashes from other systems are accepted. `sha256` is the hash
    of the photo's file, in hex, or empty when unknown.
    """

    path: str = Field(min_length=1)
    width: Size
    height: Size
    sha256: str = Field(default="", pattern=r"^([0-9a-fA-F]{64})?$")

    @field_validator("path")
    @classmethod
    def _forward_slashes(cls, path: str) -> str:
        if "\0" in path:
            raise ValueError("a path cannot hold a zero character")
        return path.replace("\\", "/")


class RegionEntry(_Stored):
    """One region in the file; see `app.guidance.region.Region` for the meaning of its fields.

    `direction` is read by `parse_label` and written as `static`, `q1` .. `q4`; `rings` are lists of
    [x, y] in upright photo pixels, the first one the outline. `displacement` [x, y] in these pixels
    is left out where nobody knows it, and not heeded where it points against the direction.
    """

    direction: Direction
    rings: list[Annotated[list[tuple[Coordinate, Coordinate]], Field(min_length=3)]] = Field(
        min_length=1
    )
    name: str = ""
    hidden: bool = False
    locked: bool = False
    displacement: tuple[Coordinate, Coordinate] | None = None

    @field_validator("displacement", mode="before")
    @classmethod
    def _vector_as_pair(cls, vector: Any) -> Any:
        return tuple(vector) if isinstance(vector, list) else vector

    @model_serializer(mode="wrap")
    def _without_unknown(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        entry: dict[str, Any] = write(self)
        if entry["displacement"] is None:
            del entry["displacement"]
        return entry

    @field_validator("direction", mode="before")
    @classmethod
    def _parse_direction(cls, value: Any) -> Direction:
        if isinstance(value, Direction):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ValueError("a direction is a label such as q1")
        try:
            return parse_label(str(value))
        except InputError as error:
            raise ValueError(str(error)) from error

    @field_validator("rings", mode="before")
    @classmethod
    def _points_as_pairs(cls, rings: Any) -> Any:
        # JSON knows lists only, which strict tuples refuse.
        if not isinstance(rings, list | tuple):
            return rings
        return [
            [tuple(p) if isinstance(p, list) else p for p in ring]
            if isinstance(ring, list | tuple)
            else ring
            for ring in rings
        ]

    @field_serializer("direction")
    def _write_direction(self, direction: Direction) -> str:
        return direction.label

    @classmethod
    def from_region(cls, region: Region) -> RegionEntry:
        """The entry that stores a region."""
        return cls(
            direction=region.direction,
            rings=[list(ring) for ring in region.rings],
            name=region.name,
            hidden=region.hidden,
            locked=region.locked,
            displacement=region.displacement,
        )

    def to_region(self) -> Region:
        """The region that the entry stores, as it stands in the file (not yet repaired)."""
        rings = tuple(tuple((x, y) for x, y in ring) for ring in self.rings)
        moved = self.displacement
        if moved is not None and not agrees(self.direction, moved):
            moved = None
        return Region(self.direction, rings, self.name, self.hidden, self.locked, moved)


class RenderSettings(_Stored):
    """How the film of this project is made and played.

    `max_edge` is the longest side in pixels at which the photo is decomposed, None for the photo's
    own size.
    """

    frames: int = Field(default=7, ge=1, le=1000)
    fps: float = Field(default=12.0, gt=0, le=1000, allow_inf_nan=False)
    loop: Literal["loop", "once", "pingpong"] = "loop"
    weights: str = "decomposer-default"
    max_edge: Annotated[int, Field(ge=1)] | None = None


class ProjectDocument(_Stored):
    """A whole project file: the photo it is about, its regions in painting order, its settings.

    `done` says that a person calls the annotation finished, `note` is what they wrote about it.
    """

    schema_version: int = SCHEMA_VERSION
    photo: PhotoReference
    done: bool = False
    note: str = ""
    regions: list[RegionEntry] = []
    render: RenderSettings = Field(default_factory=RenderSettings)

    def to_regions(self) -> list[Region]:
        """The regions in painting order: later ones paint over earlier ones."""
        return [entry.to_region() for entry in self.regions]

    def with_regions(self, regions: Iterable[Region]) -> ProjectDocument:
        """This document with other regions; those that did not change keep their unknown keys."""
        kept: dict[Region, list[RegionEntry]] = {}
        for entry in self.regions:
            kept.setdefault(entry.to_region(), []).append(entry)
        entries = [
            kept[region].pop(0) if kept.get(region) else RegionEntry.from_region(region)
            for region in regions
        ]
        return self.model_copy(update={"regions": entries})


def project_path_for(photo: Path) -> Path:
    """Where the project of a photo is kept by default: `<stem>.unspool.json` beside it."""
    return photo.with_name(photo.stem + PROJECT_SUFFIX)


def new_project(
    photo: Path, width: int, height: int, regions: Iterable[Region], project_path: Path
) -> ProjectDocument:
    """A document for a photo on disk, with its hash and its path relative to the project file.

    Args:
        photo: the photo's file.
        width, height: its upright size in pixels.
        regions: in painting order.
        project_path: where the document will be saved.

    Raises:
        InputError: the photo's file cannot be read.
    """
    return ProjectDocument(
        photo=PhotoReference(
            path=relative_photo_path(photo, project_path),
            width=width,
            height=height,
            sha256=file_sha256(photo),
        ),
        regions=[RegionEntry.from_region(region) for region in regions],
    )


def load_project(path: Path) -> ProjectDocument:
    """Read and check a project file.

    Raises:
        InputError: the file is missing, too large, no JSON, no project, made by a newer program, or
            a field is wrong; the sentence names the file and the field.
    """
    path = Path(path)
    content = read_json_object(path)
    if VERSION_KEY not in content:
        raise InputError(f"{path} is not an Unspool project: it has no '{VERSION_KEY}'.")
    version = content[VERSION_KEY]
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise InputError(f"{path}: {VERSION_KEY}: not a version number.")
    if version > SCHEMA_VERSION:
        raise InputError(
            f"{path} was saved by a newer Unspool (project version {version}, this program reads "
            f"up to {SCHEMA_VERSION})."
        )
    try:
        return ProjectDocument.model_validate(content)
    except ValidationError as error:
        raise InputError(f"{path}: {_first_problem(error)}") from error


def save_project(document: ProjectDocument, path: Path, *, overwrite: bool = True) -> None:
    """Write a project file, whole or not at all.

    Raises:
        InputError: a value is out of range, or `path` cannot be written, or exists and `overwrite`
            is false.
        RunError: the disk is full or failed.
    """
    path = Path(path)
    content = document.model_dump(mode="json")
    content[VERSION_KEY] = SCHEMA_VERSION
    try:
        # A file that could not be opened again must not replace one that can.
        ProjectDocument.model_validate(content)
        write_json(path, content, overwrite=overwrite)
    except ValidationError as error:
        raise InputError(f"Cannot save {path}: {_first_problem(error)}") from error
    except ValueError as error:
        raise InputError(f"Cannot save {path}: {error}.") from error


def relative_photo_path(photo: Path, project_path: Path) -> str:
    """The photo's path as a project file stores it: relative, with forward slashes.

    On systems with drives, a photo on another drive keeps its absolute path.
    """
    try:
        relative = os.path.relpath(photo.absolute(), project_path.absolute().parent)
    except ValueError:
        return photo.absolute().as_posix()
    return Path(relative).as_posix()


def find_photo(document: ProjectDocument, project_path: Path) -> Path:
    """The photo of a project: at its stored path, else moved beside the project file.

    A neighbour of the project is taken for the photo when it bears its file name, or else its hash.

    Raises:
        InputError: the photo is at none of these places.
    """
    folder = Path(project_path).absolute().parent
    stored = document.photo.path
    name = PureWindowsPath(stored).name
    try:
        for candidate in (folder / stored, folder / name):
            if candidate.is_file():
                return Path(os.path.normpath(candidate))
        suffix = PureWindowsPath(stored).suffix.lower()
        neighbours = sorted(folder.iterdir()) if document.photo.sha256 else []
        for neighbour in neighbours:
            alike = neighbour.suffix.lower() == suffix and neighbour.is_file()
            if alike and not photo_changed(document, neighbour):
                return neighbour
    except OSError as error:
        raise explain_os_error(error, folder, "search") from error
    raise InputError(f"The photo '{stored}' of the project {project_path} cannot be found.")


def photo_changed(document: ProjectDocument, photo: Path) -> bool:
    """Whether the photo's file differs from the one the project was saved with (by SHA-256).

    A project that stores no hash never counts as changed.

    Raises:
        InputError: the photo's file cannot be read.
    """
    if not document.photo.sha256:
        return False
    return file_sha256(photo) != document.photo.sha256.lower()


def _first_problem(error: ValidationError) -> str:
    """The first fault as `regions[3].rings[0]: what is wrong.`"""
    fault = error.errors()[0]
    field = ""
    for part in fault["loc"]:
        field += f"[{part}]" if isinstance(part, int) else f"{'.' if field else ''}{part}"
    message = fault["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{field or 'the file'}: {message}."
