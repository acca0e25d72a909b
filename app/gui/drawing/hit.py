"""What lies under the pointer: pure hit-testing on regions, without Qt and without side effects."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Literal

from app.gui.document import Point, Regions, anchor_point, contains
from app.guidance.region import Region

Kind = Literal["vertex", "edge", "badge", "body"]


@dataclass(frozen=True)
class HitTarget:
    """One thing that can be grabbed.

    `region` is an index into the regions, `ring` into its rings; `index` is the vertex, or for an
    edge its first vertex. `ring` and `index` are 0 for badges and bodies.
    """

    kind: Kind
    region: int
    ring: int = 0
    index: int = 0


def hit_test(
    regions: Regions, point: Point, reach: float, *, selected: int | None = None
) -> HitTarget | None:
    """The thing at `point`: vertex before edge before badge before body, or None.

    Only the selected region offers its vertices, edges and badge, because only there are they
    drawn; of the bodies the one painted last wins. Hidden regions are never hit; locked ones only
    as bodies.

    Args:
        regions: regions in painting order.
        point: position in photo pixels.
        reach: how near counts as on a vertex or edge, in photo pixels; a badge is twice as large.
        selected: index of the selected region.
    """
    if selected is not None and 0 <= selected < len(regions):
        region = regions[selected]
        if not region.hidden and not region.locked:
            target = _nearest_vertex(regions, selected, point, reach)
            target = target or _nearest_edge(regions, selected, point, reach)
            if target:
                return target
            badge = anchor_point(region)
            if hypot(badge[0] - point[0], badge[1] - point[1]) <= 2 * reach:
                return HitTarget("badge", selected)
    for index in reversed(range(len(regions))):
        region = regions[index]
        if region.hidden:
            continue
        left, top, right, bottom = region.bounds
        if left <= point[0] <= right and top <= point[1] <= bottom and contains(region, point):
            return HitTarget("body", index)
    return None


def within(regions: Regions, corner: Point, opposite: Point) -> tuple[int, ...]:
    """Indexes of the regions in view that the rectangle between two corners touches."""
    left, right = sorted((corner[0], opposite[0]))
    top, bottom = sorted((corner[1], opposite[1]))

    def touched(region: Region) -> bool:
        x0, y0, x1, y1 = region.bounds
        if region.hidden or x0 > right or x1 < left or y0 > bottom or y1 < top:
            return False
        return contains(region, (left, top)) or any(
            _enters(start, end, left, top, right, bottom)
            for ring in region.rings
            for start, end in zip(ring, (*ring[1:], ring[0]), strict=True)
        )

    return tuple(index for index, region in enumerate(regions) if touched(region))


def _enters(start: Point, end: Point, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether a segment has a point in a rectangle (Liang and Barsky's clipping)."""
    first, last = 0.0, 1.0
    for begin, run, low, high in (
        (start[0], end[0] - start[0], left, right),
        (start[1], end[1] - start[1], top, bottom),
    ):
        if run == 0:
            if not low <= begin <= high:
                return False
            continue
        near, far = sorted(((low - begin) / run, (high - begin) / run))
        first, last = max(first, near), min(last, far)
    return first <= last


def nearest_on_segment(point: Point, start: Point, end: Point) -> Point:
    """The point of the segment from `start` to `end` that is nearest to `point`."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    if length == 0:
        return start
    share = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
    share = min(max(share, 0.0), 1.0)
    return (start[0] + share * dx, start[1] + share * dy)


def _nearest_vertex(regions: Regions, region: int, point: Point, reach: float) -> HitTarget | None:
    best, best_distance = None, reach
    for ring, points in enumerate(regions[region].rings):
        for index, (x, y) in enumerate(points):
            distance = hypot(x - point[0], y - point[1])
            if distance <= best_distance:
                best, best_distance = HitTarget("vertex", region, ring, index), distance
    return best


def _nearest_edge(regions: Regions, region: int, point: Point, reach: float) -> HitTarget | None:
    # Edges are thinner than vertices: half the reach keeps small regions grabbable by their body.
    best, best_distance = None, reach / 2
    for ring, points in enumerate(regions[region].rings):
        for index, start in enumerate(points):
            x, y = nearest_on_segment(point, start, points[(index + 1) % len(points)])
            distance = hypot(x - point[0], y - point[1])
            if distance <= best_distance:
                best, best_distance = HitTarget("edge", region, ring, index), distance
    return best
