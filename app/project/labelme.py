"""labelme's JSON files, both ways: polygons labelled with a direction are regions.

A holed region, which labelme cannot hold, is written as one outline that walks into each hole and
back over the same line. Images embedded in such files are carried along, never decoded.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import InputError
from app.guidance.classes import parse_label
from app.guidance.region import MAX_COORDINATE, Point, Region, Ring
from app.project import displacements
from app.project.displacements import displacement_entry, displacement_in
from app.project.json_files import read_json_object, write_json

_OWN_TOP_KEYS = ("shapes", "imagePath", "imageHeight", "imageWidth")
_OWN_SHAPE_KEYS = ("label", "points", "description", "shape_type", displacements.KEY)
_CIRCLE_POINTS = 128
_WRITTEN_VERSION = "5.5.0"


@dataclass(frozen=True)
class LabelmeDocument:
    """A labelme file's regions in painting order, and what else the file holds.

    `width` and `height` are those of the upright image in pixels, `image_path` is relative to the
    file with forward slashes. A region's name is labelme's description. `extras` are the other keys
    of the file, `shape_extras` those of each region's shape (in the order of `regions`; missing
    ones are empty). Shapes that enclose no area (point, line, mask and others) become no region;
    they are kept in `other_shapes`, written back after the regions, and named in `warnings`.
    """

    regions: tuple[Region, ...]
    width: int
    height: int
    image_path: str = ""
    extras: dict[str, Any] = field(default_factory=dict)
    shape_extras: tuple[dict[str, Any], ...] = ()
    other_shapes: tuple[dict[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()


def read_labelme(path: Path) -> LabelmeDocument:
    """Read a labelme file: polygons, rectangles and circles whose labels are directions.

    Circles become polygons of 128 points. Regions are returned as drawn, not yet repaired.

    Raises:
        InputError: the file cannot be read, is no labelme file, or a field is wrong; the sentence
            names the file and the field, e.g. `shapes[3].label`.
    """
    path = Path(path)
    content = read_json_object(path)
    shapes = content.get("shapes")
    if not isinstance(shapes, list):
        raise InputError(f"{path} is not a labelme file: it has no list of 'shapes'.")
    regions, extras, others, warnings = [], [], [], []
    for index, shape in enumerate(shapes):
        where = f"{path}: shapes[{index}]"
        if not isinstance(shape, dict):
            raise InputError(f"{where}: not an object.")
        kind = shape.get("shape_type") or "polygon"
        if kind not in ("polygon", "rectangle", "circle"):
            others.append(shape)
            warnings.append(f"{where}: a shape of type '{kind}' is no region and was left out.")
            continue
        regions.append(_region(shape, kind, where))
        extras.append({key: shape[key] for key in shape if key not in _OWN_SHAPE_KEYS})
    image_path = content.get("imagePath") or ""
    if not isinstance(image_path, str):
        raise InputError(f"{path}: imagePath: not a text.")
    return LabelmeDocument(
        regions=tuple(regions),
        width=_size(content, "imageWidth", path),
        height=_size(content, "imageHeight", path),
        image_path=image_path.replace("\\", "/"),
        extras={key: content[key] for key in content if key not in _OWN_TOP_KEYS},
        shape_extras=tuple(extras),
        other_shapes=tuple(others),
        warnings=tuple(warnings),
    )


def write_labelme(path: Path, document: LabelmeDocument, *, overwrite: bool = True) -> None:
    """Write a labelme file, whole or not at all; every region becomes one polygon.

    Reading it back gives regions that rasterise to the same map.

    Raises:
        InputError: a coordinate is not a number, or `path` cannot be written, or exists and
            `overwrite` is false.
        RunError: the disk is full or failed.
    """
    missing = len(document.regions) - len(document.shape_extras)
    extras = (*document.shape_extras, *({} for _ in range(missing)))
    shapes = [
        _shape(region, extra) for region, extra in zip(document.regions, extras, strict=False)
    ]
    content: dict[str, Any] = {"version": _WRITTEN_VERSION, "flags": {}, "imageData": None}
    content |= document.extras
    content["shapes"] = [*shapes, *document.other_shapes]
    content["imagePath"] = document.image_path
    content["imageHeight"], content["imageWidth"] = document.height, document.width
    try:
        write_json(Path(path), content, overwrite=overwrite)
    except ValueError as error:
        raise InputError(f"Cannot save {path}: {error}.") from error


def _size(content: dict[str, Any], key: str, path: Path) -> int:
    value = content.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InputError(f"{path}: {key}: a size in pixels is needed, not {_shown(value)}.")
    return value


def _region(shape: dict[str, Any], kind: str, where: str) -> Region:
    label = shape.get("label")
    if not isinstance(label, str | int) or isinstance(label, bool):
        raise InputError(f"{where}.label: a direction is needed, not {_shown(label)}.")
    try:
        direction = parse_label(str(label))
    except InputError as error:
        raise InputError(f"{where}.label: {error}") from error
    points = shape.get("points")
    if not isinstance(points, list):
        raise InputError(f"{where}.points: not a list.")
    ring = tuple(_point(point, f"{where}.points[{i}]") for i, point in enumerate(points))
    if kind != "polygon":
        if len(ring) != 2:
            raise InputError(f"{where}.points: a {kind} has 2 points, not {len(ring)}.")
        ring = _rectangle(*ring) if kind == "rectangle" else _circle(*ring)
    elif len(ring) < 3:
        raise InputError(f"{where}.points: a polygon needs 3 points, not {len(ring)}.")
    name = shape.get("description") or ""
    if not isinstance(name, str):
        raise InputError(f"{where}.description: not a text.")
    return Region(direction, (ring,), name, displacement=displacement_in(shape, direction))


def _point(value: Any, where: str) -> Point:
    if not isinstance(value, list) or len(value) != 2:
        raise InputError(f"{where}: a point is a pair [x, y].")
    for number in value:
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise InputError(f"{where}: a point is a pair of numbers.")
        if not abs(number) <= MAX_COORDINATE:
            raise InputError(f"{where}: the number is too large.")
    return float(value[0]), float(value[1])


def _rectangle(one: Point, other: Point) -> Ring:
    (left, top), (right, bottom) = one, other
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _circle(centre: Point, on_rim: Point) -> Ring:
    radius = math.dist(centre, on_rim)
    angles = (2 * math.pi * i / _CIRCLE_POINTS for i in range(_CIRCLE_POINTS))
    return tuple(
        (centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles
    )


def _shape(region: Region, extras: dict[str, Any]) -> dict[str, Any]:
    shape: dict[str, Any] = {"group_id": None, "flags": {}, "mask": None}
    shape |= extras
    shape["label"] = region.direction.label
    shape["points"] = [list(point) for point in _keyhole(region)]
    shape["description"] = region.name
    shape["shape_type"] = "polygon"
    return shape | displacement_entry(region)


def _keyhole(region: Region) -> list[Point]:
    """All rings as one: a bridge to each hole is walked both ways and so cancels out (even-odd)."""
    outline = list(region.rings[0])
    for hole in region.rings[1:]:
        i, j = min(_pairs(outline, hole), key=lambda ij: math.dist(outline[ij[0]], hole[ij[1]]))
        outline = [*outline[: i + 1], *hole[j:], *hole[: j + 1], *outline[i:]]
    return outline


def _pairs(outline: list[Point], hole: Ring) -> Iterator[tuple[int, int]]:
    # Every pair of points would be quadratic; the hole's first point finds a near enough neighbour.
    near = min(range(len(outline)), key=lambda i: math.dist(outline[i], hole[0]))
    return ((near, j) for j in range(len(hole)))


def _shown(value: Any) -> str:
    text = repr(value)
    return "nothing" if value is None else text if len(text) <= 40 else text[:37] + "..."
