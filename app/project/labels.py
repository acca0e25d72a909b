"""All that a person has said about one photo, read from and written to one file of any kind.

Guidance for the networks alone comes from `app.project.source`; whole folders are converted by
`app.project.conversion`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.errors import InputError
from app.guidance.rasterise import rasterise
from app.guidance.region import Region
from app.guidance.repair import repaired
from app.guidance.tracing import regions_from_map
from app.project.document import (
    PROJECT_SUFFIX,
    VERSION_KEY,
    load_project,
    new_project,
    relative_photo_path,
    save_project,
)
from app.project.json_files import read_json_object
from app.project.labelme import LabelmeDocument, read_labelme, write_labelme
from app.project.masks import write_guidance_npy, write_guidance_png
from app.project.source import holds_json, load_guidance, paint


@dataclass(frozen=True)
class Labels:
    """Regions in painting order, whether the annotation is done, and a note about the photo."""

    regions: tuple[Region, ...] = ()
    done: bool = False
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.regions or self.done or self.note)


@dataclass(frozen=True)
class LabelledPhoto:
    """A photo's file, its upright size in pixels, and what is said about it."""

    photo: Path
    width: int
    height: int
    labels: Labels


def read_labels(path: Path, width: int, height: int) -> Labels:
    """What a project, labelme JSON, guidance PNG or `.npy` says about a photo of that size.

    Regions are repaired; those traced from a map paint exactly that map again. labelme files hold
    `done` among their flags and `note` as a key of their own; maps hold neither.

    Raises:
        InputError: the file cannot be used; the sentence names it and the cause.
    """
    # Reads, checks the size and paints: whatever it accepts, the command line accepts as well.
    guidance = load_guidance(path, width, height)
    if not holds_json(path):
        traced = regions_from_map(guidance, tolerance=0.5)
        if not (rasterise(traced, width, height) == guidance).all():
            # Fewer points would be easier to edit, but the map itself must not change.
            traced = regions_from_map(guidance)
        return Labels(
            tuple(replace(r, name=f"Region {number}") for number, r in enumerate(traced, start=1))
        )
    if VERSION_KEY in read_json_object(path):
        project = load_project(path)
        labels = Labels(tuple(project.to_regions()), project.done, project.note)
    else:
        document = read_labelme(path)
        labels = Labels(
            document.regions, *remarks_in(document.extras, document.extras.get("flags"))
        )
    return replace(labels, regions=tuple(usable(labels.regions, width, height)))


def usable(regions: Iterable[Region], width: int, height: int) -> list[Region]:
    """Regions as valid polygons within a photo of that size; see `repaired`.

    Raises:
        InputError: one of them encloses nothing of the photo.
    """
    return [part for region in regions for part in repaired(region, width, height)]


def write_labels(path: Path, item: LabelledPhoto, *, overwrite: bool = True) -> None:
    """Write what is said about a photo in the format that the suffix of `path` names.

    `.unspool.json`, `.json` (labelme), `.png` and `.npy`. What a project or labelme file that
    stands there holds besides is kept, and one that cannot be read is never replaced.

    Raises:
        InputError: another suffix, a region that cannot be painted, or the file cannot be written,
            or exists and `overwrite` is false.
        RunError: the disk is full or failed.
    """
    name = path.name.lower()
    if name.endswith(PROJECT_SUFFIX):
        _write_project(path, item, overwrite)
    elif name.endswith(".json"):
        _write_labelme(path, item, overwrite)
    elif name.endswith((".png", ".npy")):
        guidance = paint(path, item.labels.regions, item.width, item.height)
        write = write_guidance_png if name.endswith(".png") else write_guidance_npy
        write(path, guidance, overwrite=overwrite)
    else:
        raise InputError(f"Cannot write {path}: guidance is saved as .png, .npy or .json.")


def remarks_in(entry: dict[str, Any], flags: object = None) -> tuple[bool, str]:
    """`done` (among the flags where there are any, else in the entry itself) and `note`."""
    place = flags if isinstance(flags, dict) else entry
    note = entry.get("note")
    return place.get("done") is True, note if isinstance(note, str) else ""


def extras_for(
    regions: Sequence[Region], known: Sequence[Region], extras: Sequence[dict[str, Any]]
) -> tuple[dict[str, Any], ...]:
    """The unknown keys of each region that stood in a file already; new ones have none."""
    kept: dict[Region, list[dict[str, Any]]] = {}
    for region, extra in zip(known, extras, strict=False):
        kept.setdefault(region, []).append(extra)

    def taken(region: Region) -> dict[str, Any]:
        # Other programs' files know neither hiding nor locks.
        left = kept.get(replace(region, hidden=False, locked=False))
        return left.pop(0) if left else {}

    return tuple(taken(region) for region in regions)


def _write_project(path: Path, item: LabelledPhoto, overwrite: bool) -> None:
    labels = item.labels
    project = new_project(item.photo, item.width, item.height, labels.regions, path)
    done, note = labels.done, labels.note
    if overwrite and path.is_file():
        stored = load_project(path)
        # Formats without remarks must not wipe them away.
        done, note = done or stored.done, note or stored.note
        reference = stored.photo.model_copy(update=dict(project.photo))
        project = stored.model_copy(update={"photo": reference}).with_regions(labels.regions)
    project = project.model_copy(update={"done": done, "note": note})
    save_project(project, path, overwrite=overwrite)


def _write_labelme(path: Path, item: LabelledPhoto, overwrite: bool) -> None:
    labels = item.labels
    document = LabelmeDocument(
        regions=labels.regions,
        width=item.width,
        height=item.height,
        image_path=relative_photo_path(item.photo, path),
    )
    if overwrite and path.is_file():
        stored = read_labelme(path)
        document = replace(
            document,
            extras=stored.extras,
            shape_extras=extras_for(labels.regions, stored.regions, stored.shape_extras),
            other_shapes=stored.other_shapes,
        )
    flags = document.extras.get("flags")
    flags = dict(flags) if isinstance(flags, dict) else {}
    extras = {key: value for key, value in document.extras.items() if key != "note"}
    if labels.done or "done" in flags:
        flags["done"] = labels.done
    if labels.note:
        extras["note"] = labels.note
    write_labelme(path, replace(document, extras={**extras, "flags": flags}), overwrite=overwrite)
