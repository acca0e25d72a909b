"""The open document as plain values: a photo, its regions, settings, and the pure edits on them.

Every edit takes values and returns new values, so undo is a matter of keeping the old ones. No
widgets, files or selection here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.gui.program.language import translate
from app.guidance.classes import Direction
from app.guidance.region import Region

if TYPE_CHECKING:
    from app.media.photos import Photo
    from app.project.stamps import FileStamp

Point = tuple[float, float]
Regions = tuple[Region, ...]

FEWEST_POINTS = 3


@dataclass(frozen=True)
class RenderChoices:
    """What the person chose for the next film.

    `frames` is the number of sharp frames; `max_edge` the longest side in pixels at which the photo
    is decomposed, or None for the photo's own size; `fps` and `loop` are how the film plays.
    """

    weights: str = "decomposer-default"
    frames: int = 7
    max_edge: int | None = None
    fps: float = 12.0
    loop: str = "pingpong"


@dataclass(frozen=True)
class Document:
    """One open photo with its regions in painting order (later regions paint over earlier ones).

    `project_path` is where Save writes, or None while the work has no file yet; `stored` is the
    project as it was read, kept so that saving loses nothing this program does not know. `done`
    says that the person calls the annotation finished, `note` is what they wrote about the photo.
    `read_only` says why it cannot be edited (see `app.gui.files.read_only`), empty when it can. The
    stamps say what both files were when they were last read or written.
    """

    photo: Photo
    regions: Regions = ()
    project_path: Path | None = None
    choices: RenderChoices = RenderChoices()
    stored: object | None = field(default=None, repr=False, compare=False)
    done: bool = False
    note: str = ""
    read_only: str = ""
    photo_stamp: FileStamp | None = field(default=None, repr=False, compare=False)
    project_stamp: FileStamp | None = field(default=None, repr=False, compare=False)

    @property
    def width(self) -> int:
        """Width of the upright photo in pixels."""
        return int(self.photo.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height of the upright photo in pixels."""
        return int(self.photo.pixels.shape[0])

    @property
    def name(self) -> str:
        """The photo's file name, for titles."""
        return self.photo.path.name


def insert_region(regions: Regions, index: int, region: Region) -> Regions:
    """The regions with `region` standing at `index`."""
    return (*regions[:index], region, *regions[index:])


def remove_region(regions: Regions, index: int) -> Regions:
    """The regions without the one at `index`."""
    return (*regions[:index], *regions[index + 1 :])


def replace_region(regions: Regions, index: int, region: Region) -> Regions:
    """The regions with the one at `index` replaced."""
    return (*regions[:index], region, *regions[index + 1 :])


def move_in_order(regions: Regions, index: int, target: int) -> Regions:
    """The regions with the one at `index` put at `target` instead (clamped to the ends)."""
    rest = remove_region(regions, index)
    return insert_region(rest, min(max(target, 0), len(rest)), regions[index])


def move_many_in_order(
    regions: Regions, indexes: Iterable[int], step: int
) -> tuple[Regions, tuple[int, ...]]:
    """The regions with those at `indexes` painted `step` places later, and where they now stand.

    Nothing changes when one of them would leave the ends.
    """
    moving = sorted(indexes, reverse=step > 0)
    if not moving or not 0 <= moving[0] + step < len(regions):
        return regions, tuple(indexes)
    # The foremost goes first, so that those behind it never stand in its way.
    for index in moving:
        regions = move_in_order(regions, index, index + step)
    return regions, tuple(index + step for index in indexes)


def replace_many(regions: Regions, changed: Mapping[int, Region]) -> Regions:
    """The regions with some of them replaced, by index."""
    return tuple(changed.get(index, region) for index, region in enumerate(regions))


def remove_many(regions: Regions, indexes: Collection[int]) -> Regions:
    """The regions without those at `indexes`."""
    return tuple(region for index, region in enumerate(regions) if index not in indexes)


def move_region(region: Region, dx: float, dy: float, width: int, height: int) -> Region:
    """The region shifted by (dx, dy) pixels, held back where it would leave the photo."""
    return move_together([region], dx, dy, width, height)[0]


def move_together(
    regions: Sequence[Region], dx: float, dy: float, width: int, height: int
) -> list[Region]:
    """Regions shifted by the same (dx, dy) pixels, held back where one would leave the photo."""
    boxes = [region.bounds for region in regions]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    dx = min(max(dx, min(-left, 0.0)), max(width - right, 0.0))
    dy = min(max(dy, min(-top, 0.0)), max(height - bottom, 0.0))
    return [
        replace(r, rings=tuple(tuple((x + dx, y + dy) for x, y in ring) for ring in r.rings))
        for r in regions
    ]


def move_vertex(region: Region, ring: int, index: int, point: Point) -> Region:
    """The region with one vertex put at `point`."""
    points = region.rings[ring]
    return _with_ring(region, ring, (*points[:index], point, *points[index + 1 :]))


def insert_vertex(region: Region, ring: int, edge: int, point: Point) -> Region:
    """The region with `point` inserted on the edge from vertex `edge` to the next one."""
    points = region.rings[ring]
    return _with_ring(region, ring, (*points[: edge + 1], point, *points[edge + 1 :]))


def delete_vertex(region: Region, ring: int, index: int) -> Region | None:
    """The region without one vertex.

    A hole left with fewer than three points disappears; an outer ring left with fewer than three
    takes the region with it (None).
    """
    points = region.rings[ring]
    fewer = (*points[:index], *points[index + 1 :])
    if len(fewer) >= FEWEST_POINTS:
        return _with_ring(region, ring, fewer)
    if ring == 0:
        return None
    return replace(region, rings=(*region.rings[:ring], *region.rings[ring + 1 :]))


def fresh_name(regions: Regions) -> str:
    """The first of "Region 1", "Region 2", … that no region has."""
    taken = {region.name for region in regions}
    number = 1
    words = translate("Document", "Region {number}")
    while words.format(number=number) in taken:
        number += 1
    return words.format(number=number)


def same_guidance(one: Regions, other: Regions) -> bool:
    """Whether both paint the same guidance: names, hiding and locks do not matter."""

    def painted(regions: Regions) -> list[Region]:
        return [Region(r.direction, r.rings, displacement=r.displacement) for r in regions]

    return painted(one) == painted(other)


def anything_moves(regions: Regions) -> bool:
    """Whether at least one region, hidden from view or not, has a direction other than static."""
    return any(region.direction != Direction.STATIC for region in regions)


def clamp(point: Point, width: int, height: int) -> Point:
    """The nearest point on the photo."""
    return (min(max(point[0], 0.0), float(width)), min(max(point[1], 0.0), float(height)))


def contains(region: Region, point: Point) -> bool:
    """Whether `point` lies inside the region and in none of its holes (even-odd rule)."""
    x, y = point
    crossings = 0
    for (x0, y0), (x1, y1) in _edges(region.rings):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            crossings += 1
    return crossings % 2 == 1


def anchor_point(region: Region) -> Point:
    """A point well inside the region, where its direction badge is drawn."""
    return _anchor_point(region.rings)


@lru_cache(maxsize=2048)
def _anchor_point(rings: tuple[tuple[Point, ...], ...]) -> Point:
    """The middle of the widest stretch among some horizontal scan lines.

    Weighed so that lines near the vertical middle win over equally wide ones near the rim.
    """
    xs, ys = [x for x, _ in rings[0]], [y for _, y in rings[0]]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    edges = list(_edges(rings))
    best, best_score = ((left + right) / 2, (top + bottom) / 2), 0.0
    lines = 11
    for line in range(lines):
        share = (line + 0.5) / lines
        y = top + (bottom - top) * share
        crossings = sorted(
            x0 + (y - y0) * (x1 - x0) / (y1 - y0)
            for (x0, y0), (x1, y1) in edges
            if (y0 > y) != (y1 > y)
        )
        for start, end in zip(crossings[::2], crossings[1::2], strict=False):
            score = (end - start) * (1.25 - abs(share - 0.5))
            if score > best_score:
                best, best_score = ((start + end) / 2, y), score
    return best


def _edges(rings: tuple[tuple[Point, ...], ...]) -> Iterator[tuple[Point, Point]]:
    for ring in rings:
        yield from zip(ring, (*ring[1:], ring[0]), strict=True)


def _with_ring(region: Region, ring: int, points: tuple[Point, ...]) -> Region:
    return replace(region, rings=(*region.rings[:ring], points, *region.rings[ring + 1 :]))
