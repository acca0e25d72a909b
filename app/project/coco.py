"""COCO's annotation file, both ways: one JSON for all photos of a folder, with polygons or masks.

Categories are matched by name (`static`, `q1` .. `q4` and what `parse_label` knows besides); later
annotations of an image paint over earlier ones. A region without holes is written as a polygon, one
with holes, which COCO's polygons cannot have, as a run-length mask of the whole image; reading a
mask traces it along pixel borders, so that it paints the same pixels.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.errors import InputError
from app.guidance.classes import Direction, parse_label
from app.guidance.rasterise import rasterise
from app.guidance.region import MAX_COORDINATE, Region, Ring
from app.guidance.repair import repaired
from app.guidance.tracing import regions_from_map
from app.project import displacements, run_lengths
from app.project.displacements import displacement_entry, displacement_in
from app.project.json_files import read_json_object, write_json
from app.project.masks import MAX_MAP_PIXELS

_LISTS = ("images", "annotations", "categories")
_OWN_IMAGE_KEYS = ("file_name", "width", "height")
_OWN_ANNOTATION_KEYS = (
    "image_id",
    "category_id",
    "segmentation",
    "area",
    "bbox",
    "iscrowd",
    "name",
    displacements.KEY,
)


@dataclass(frozen=True)
class CocoImage:
    """One image with its regions in painting order.

    `file_name` has forward slashes; the size is that of the upright image in pixels. A region's
    name is the annotation's key `name`. `extras` are the image's other keys, `region_extras` those
    of each region's annotation (in the order of `regions`; missing ones are empty); their `id` is
    kept. `others` are annotations that are no regions, as they stand in the file.
    """

    file_name: str
    width: int
    height: int
    regions: tuple[Region, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)
    region_extras: tuple[dict[str, Any], ...] = ()
    others: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class CocoDocument:
    """A COCO file: its images, its categories as they stand in it, and its other keys.

    `warnings` name the annotations that became no regions.
    """

    images: tuple[CocoImage, ...] = ()
    categories: tuple[dict[str, Any], ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def is_coco(content: dict[str, Any]) -> bool:
    """Whether a JSON object looks like a COCO file."""
    return isinstance(content.get("images"), list) and isinstance(content.get("annotations"), list)


def read_coco(path: Path) -> CocoDocument:
    """Read a COCO file; annotations of other categories or without an outline become no regions.

    Regions are returned as drawn, not yet repaired.

    Raises:
        InputError: the file cannot be read, is no COCO file, or a field is wrong; the sentence
            names the file and the field, e.g. `annotations[3].segmentation`.
    """
    path = Path(path)
    content = read_json_object(path)
    if not is_coco(content):
        raise InputError(f"{path} is not a COCO file: it has no lists of images and annotations.")
    images: dict[int, CocoImage] = {}
    for place, entry in _objects(content, "images", path):
        number = _integer(entry, "id", place)
        if number in images:
            raise InputError(f"{place}.id: {number} is the id of another image, too.")
        images[number] = _read_image(entry, place)
    categories = dict(_read_categories(content, path))
    left_out: Counter[str] = Counter()
    for place, entry in _objects(content, "annotations", path):
        image = images.get(number := _integer(entry, "image_id", place))
        if image is None:
            raise InputError(f"{place}.image_id: there is no image {number}.")
        if (category := _integer(entry, "category_id", place)) not in categories:
            raise InputError(f"{place}.category_id: there is no category {category}.")
        name, direction = categories[category]
        regions: list[Region] = []
        if direction is None:
            left_out[f"of the category '{name}'"] += 1
        elif not entry.get("segmentation"):
            left_out["without an outline"] += 1
        else:
            regions = _read_regions(entry, direction, image, place)
            left_out["that cover nothing"] += not regions
        images[number] = _with_annotation(image, entry, regions)
    return CocoDocument(
        images=tuple(images.values()),
        categories=tuple(entry for _, entry in _objects(content, "categories", path)),
        extras={key: content[key] for key in content if key not in _LISTS},
        warnings=tuple(
            f"{path}: {count} annotations {what} were left out."
            for what, count in left_out.items()
            if count
        ),
    )


def write_coco(path: Path, document: CocoDocument, *, overwrite: bool = True) -> None:
    """Write a COCO file, whole or not at all; ids that are known are kept, others are given.

    Reading it back gives regions that rasterise to the same maps.

    Raises:
        InputError: a region cannot be used, or `path` cannot be written, or exists and `overwrite`
            is false; the sentence names the image and the region.
        RunError: the disk is full or failed.
    """
    categories, category_ids = _with_directions(document.categories)
    image_ids = _Ids(image.extras.get("id") for image in document.images)
    annotation_ids = _Ids(
        entry.get("id")
        for image in document.images
        for entry in (*image.region_extras, *image.others)
    )
    images, annotations = [], []
    for image in document.images:
        number = image_ids.take(image.extras.get("id"))
        own = {"file_name": image.file_name, "width": image.width, "height": image.height}
        images.append({"id": number, **image.extras, **own})
        missing = len(image.regions) - len(image.region_extras)
        extras = (*image.region_extras, *({} for _ in range(missing)))
        for index, (region, extra) in enumerate(zip(image.regions, extras, strict=False)):
            place = f"{image.file_name}: regions[{index}]"
            annotations.append(
                {
                    **extra,
                    "id": annotation_ids.take(extra.get("id")),
                    "image_id": number,
                    "category_id": category_ids[region.direction],
                    **_outline(region, image, place),
                    **({"name": region.name} if region.name else {}),
                    **displacement_entry(region),
                }
            )
        annotations += [{**entry, "image_id": number} for entry in image.others]
    content = {
        **document.extras,
        "images": images,
        "annotations": annotations,
        "categories": categories,
    }
    try:
        write_json(Path(path), content, overwrite=overwrite)
    except ValueError as error:
        raise InputError(f"Cannot save {path}: {error}.") from error


class _Ids:
    """Gives ids that nothing else has; those known from a file are kept."""

    def __init__(self, known: Iterable[Any]) -> None:
        self._next = max((n for n in known if _is_integer(n)), default=0) + 1

    def take(self, known: Any) -> int:
        if _is_integer(known):
            return int(known)
        self._next += 1
        return self._next - 1


def _objects(content: dict[str, Any], key: str, path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a list, each with its place for messages; a missing list is empty."""
    values = content.get(key, [])
    if not isinstance(values, list):
        raise InputError(f"{path}: {key}: not a list.")
    for index, entry in enumerate(values):
        place = f"{path}: {key}[{index}]"
        if not isinstance(entry, dict):
            raise InputError(f"{place}: not an object.")
        yield place, entry


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _integer(entry: dict[str, Any], key: str, place: str) -> int:
    value = entry.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(f"{place}.{key}: a whole number is needed.")
    return value


def _read_image(entry: dict[str, Any], place: str) -> CocoImage:
    name = entry.get("file_name")
    if not isinstance(name, str) or not name:
        raise InputError(f"{place}.file_name: the name of a file is needed.")
    sizes = [_integer(entry, key, place) for key in ("width", "height")]
    for key, size in zip(("width", "height"), sizes, strict=True):
        if size < 1:
            raise InputError(f"{place}.{key}: a size in pixels is needed, not {size}.")
    extras = {key: entry[key] for key in entry if key not in _OWN_IMAGE_KEYS}
    return CocoImage(name.replace("\\", "/"), sizes[0], sizes[1], extras=extras)


def _read_categories(
    content: dict[str, Any], path: Path
) -> Iterator[tuple[int, tuple[str, Direction | None]]]:
    for place, entry in _objects(content, "categories", path):
        name = str(entry.get("name", ""))
        try:
            direction: Direction | None = parse_label(name)
        except InputError:
            direction = None
        yield _integer(entry, "id", place), (name, direction)


def _with_annotation(
    image: CocoImage, entry: dict[str, Any], regions: Sequence[Region]
) -> CocoImage:
    if not regions:
        return replace(image, others=(*image.others, entry))
    extra = {key: entry[key] for key in entry if key not in _OWN_ANNOTATION_KEYS}
    # Several polygons of one annotation become regions of their own: the keys stay with the first.
    extras = (extra, *({} for _ in regions[1:]))
    return replace(
        image,
        regions=(*image.regions, *regions),
        region_extras=(*image.region_extras, *extras),
    )


def _read_regions(
    entry: dict[str, Any], direction: Direction, image: CocoImage, place: str
) -> list[Region]:
    outline, place = entry["segmentation"], f"{place}.segmentation"
    name = entry.get("name") if isinstance(entry.get("name"), str) else ""
    moved = displacement_in(entry, direction)
    if isinstance(outline, list):
        rings = [_ring(flat, f"{place}[{index}]") for index, flat in enumerate(outline)]
        return [Region(direction, (ring,), name or "", displacement=moved) for ring in rings]
    if not isinstance(outline, dict):
        raise InputError(f"{place}: polygons or a run-length mask are needed.")
    parts = _traced(outline, direction, image, place)
    return [replace(part, name=name or "", displacement=moved) for part in parts]


def _ring(flat: Any, place: str) -> Ring:
    if not isinstance(flat, list) or len(flat) < 6 or len(flat) % 2:
        raise InputError(f"{place}: a polygon is a list of at least three pairs x, y.")
    for value in flat:
        usable = isinstance(value, int | float) and not isinstance(value, bool)
        if not usable or not abs(value) <= MAX_COORDINATE:
            raise InputError(f"{place}: a coordinate is not a usable number.")
    return tuple((float(x), float(y)) for x, y in zip(flat[::2], flat[1::2], strict=True))


def _traced(
    outline: dict[str, Any], direction: Direction, image: CocoImage, place: str
) -> list[Region]:
    """The regions that a run-length mask covers; none when it is empty."""
    size, counts = outline.get("size"), outline.get("counts")
    if size != [image.height, image.width]:
        raise InputError(
            f"{place}.size: the image's height and width are needed, "
            f"[{image.height}, {image.width}]."
        )
    if image.width * image.height > MAX_MAP_PIXELS:
        raise InputError(f"{place}: the image is too large for a run-length mask.")
    try:
        if isinstance(counts, str):
            counts = run_lengths.unpack(counts)
        if not isinstance(counts, list) or not all(_is_integer(count) for count in counts):
            raise InputError("a list of whole numbers or a packed text is needed.")
        mask = run_lengths.decode(counts, image.width, image.height)
    except InputError as error:
        raise InputError(f"{place}.counts: {error}") from error
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return []
    # Tracing the box alone spares most of a large photo.
    top, left = int(rows[0]), int(columns[0])
    box = mask[top : rows[-1] + 1, left : columns[-1] + 1].astype(np.uint8)
    return [
        Region(
            direction,
            tuple(tuple((x + left, y + top) for x, y in ring) for ring in part.rings),
        )
        for part in regions_from_map(box)
    ]


def _with_directions(
    known: Sequence[dict[str, Any]],
) -> tuple[list[dict[str, Any]], dict[Direction, int]]:
    """The categories with all directions among them, and the id of each direction."""
    categories = list(known)
    named = dict(_read_categories({"categories": categories}, Path("categories")))
    ids = {direction: number for number, (_, direction) in named.items() if direction is not None}
    for direction in Direction:
        if direction not in ids:
            number = int(direction) if int(direction) not in named else max(named) + 1
            ids[direction] = number
            named[number] = (direction.label, direction)
            categories.append(
                {"id": number, "name": direction.label, "supercategory": "motion guidance"}
            )
    return categories, ids


def _outline(region: Region, image: CocoImage, place: str) -> dict[str, Any]:
    """The keys of an annotation that say where it is: segmentation, area, box, iscrowd."""
    try:
        parts = repaired(region, image.width, image.height)
    except InputError as error:
        raise InputError(f"{place}: {error}") from error
    xs = [x for part in parts for x, _ in part.rings[0]]
    ys = [y for part in parts for _, y in part.rings[0]]
    box = [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)]
    if any(len(part.rings) > 1 for part in parts):
        # Painted as a class that shows: static would leave no trace.
        shown = [replace(part, direction=Direction.UP_RIGHT) for part in parts]
        mask = rasterise(shown, image.width, image.height) > 0
        outline: Any = {"size": [image.height, image.width], "counts": run_lengths.encode(mask)}
        area = float(mask.sum())
    else:
        outline = [[value for point in part.rings[0] for value in point] for part in parts]
        area = sum(_area(part.rings[0]) for part in parts)
    return {"segmentation": outline, "area": area, "bbox": box, "iscrowd": 0}


def _area(ring: Ring) -> float:
    """The shoelace area in pixels."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(math.fsum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2
