"""Painting regions into maps, mending them and tracing them from maps.

What a region is stands in `app.guidance.region`; files and editing live elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray

from app.errors import InputError
from app.guidance.classes import Direction
from app.guidance.maps import GuidanceMap
from app.guidance.region import Point, Region, Ring

__all__ = ["MAX_COORDINATE", "Point", "Region", "Ring", "rasterise", "regions_from_map", "repaired"]

MAX_COORDINATE = 1e9
"""Farther out, products of coordinates lose the precision that the pixel-centre rule needs."""

_BAND_PIXELS = 1_500_000
_MAX_CROSSINGS_AT_ONCE = 4_000_000
_PIXELS_PER_CROSSING = 700
"""Wider gaps between crossings than this are filled span by span, narrower ones by parity."""


def rasterise(regions: Iterable[Region], width: int, height: int) -> GuidanceMap:
    """Paint regions into a (height, width) map of classes; later regions paint over earlier ones.

    A pixel belongs to a region when its centre lies inside by the even-odd rule over all rings.
    Centres exactly on the outline follow a half-open rule: a left or top edge includes them, a
    right or bottom edge does not, so polygons that share an edge (the same two end points, in
    either order) neither overlap nor leave a gap. Rings need not be valid polygons.

    Raises:
        InputError: a coordinate is not a number or is farther than `MAX_COORDINATE` from the photo.
        ValueError: the size is not positive.
    """
    if width < 1 or height < 1:
        raise ValueError(f"A map needs a positive size, not {width} x {height}.")
    guidance = np.zeros((height, width), dtype=np.uint8)
    outlines = [(int(region.direction), *_edges(region)) for region in regions]
    # All regions are painted into one band of rows before the next: the band stays in the cache.
    rows = max(1, _BAND_PIXELS // width)
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        for direction, upper, lower in outlines:
            _paint(guidance, direction, upper, lower, top, bottom)
    return guidance


def _edges(region: Region) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """All edges of all rings as two (E, 2) arrays of end points, the upper one first."""
    starts, ends = [], []
    for ring in region.rings:
        points = np.asarray(ring, dtype=np.float64).reshape(-1, 2)
        if not (np.abs(points) <= MAX_COORDINATE).all():
            raise InputError(f"Region {region.title} has a point that is not a usable number.")
        starts.append(points)
        ends.append(np.roll(points, -1, axis=0))
    if not starts:
        return np.zeros((0, 2)), np.zeros((0, 2))
    start, end = np.concatenate(starts), np.concatenate(ends)
    # One orientation for every edge makes two neighbours compute the same crossings, to the bit.
    downwards = (start[:, 1] < end[:, 1])[:, None]
    return np.where(downwards, start, end), np.where(downwards, end, start)


def _paint(
    guidance: GuidanceMap,
    direction: int,
    upper: NDArray[np.float64],
    lower: NDArray[np.float64],
    top: int,
    bottom: int,
) -> None:
    """Paint the inside of the edges, within the rows top..bottom, into the map."""
    # The row with centre r + 0.5 is crossed when upper.y <= r + 0.5 < lower.y.
    first = np.clip(np.ceil(upper[:, 1] - 0.5), top, bottom).astype(np.int64)
    counts = np.clip(np.ceil(lower[:, 1] - 0.5), top, bottom).astype(np.int64) - first
    crossed = counts > 0
    if not crossed.any():
        return
    counts, first, upper, lower = counts[crossed], first[crossed], upper[crossed], lower[crossed]
    if counts.sum() > _MAX_CROSSINGS_AT_ONCE and bottom - top > 1:
        middle = (top + bottom) // 2
        _paint(guidance, direction, upper, lower, top, middle)
        _paint(guidance, direction, upper, lower, middle, bottom)
        return
    rows, columns = _crossings(upper, lower, first, counts, guidance.shape[1])
    top, bottom = int(first.min()), int((first + counts).max())
    left, right = int(columns.min()), int(columns.max())
    if len(rows) * _PIXELS_PER_CROSSING < (bottom - top) * (right - left):
        _fill_spans(guidance, direction, rows, columns)
    else:
        window = guidance[top:bottom, left:right]
        _fill_parity(window, direction, rows - top, columns - left)


def _crossings(
    upper: NDArray[np.float64],
    lower: NDArray[np.float64],
    first: NDArray[np.int64],
    counts: NDArray[np.int64],
    width: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where edges cross rows: the row, and the first column whose centre is on or right of it.

    `first` and `counts` are each edge's first row and number of rows; columns are clipped to
    0..width. The order is by edge; each row occurs an even number of times.
    """
    edge_run, edge_drop = (lower - upper).T
    rows = np.arange(int(counts.sum())) + np.repeat(first - (np.cumsum(counts) - counts), counts)
    x = np.repeat(upper[:, 0], counts)
    drop = np.repeat(edge_drop, counts)
    depth = rows + (0.5 - np.repeat(upper[:, 1], counts))
    reach = depth * np.repeat(edge_run, counts)
    # Division only estimates the column; the comparison of products decides. It is exact where the
    # products fit a double, e.g. for whole, half and sixteenth pixels.
    columns = np.ceil(reach / drop + (x - 0.5))
    centre = columns + (0.5 - x)
    columns -= (centre - 1) * drop >= reach
    columns += centre * drop < reach
    return rows, np.clip(columns, 0, width, out=columns).astype(np.int64)


def _fill_spans(
    guidance: GuidanceMap, direction: int, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> None:
    """Fill between pairs of crossings, one slice each: the quick way for wide spans."""
    width = guidance.shape[1]
    index = rows * width + columns
    index.sort()
    flat = guidance.reshape(-1)
    for start, stop in zip(index[0::2].tolist(), index[1::2].tolist(), strict=True):
        flat[start:stop] = direction


def _fill_parity(
    window: GuidanceMap, direction: int, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> None:
    """Fill by running parity over the window as bits: the quick way for many short spans."""
    height, width = window.shape
    if width == 0:
        return
    index = rows * width + columns
    index.sort()
    word = index >> 6
    starts = np.flatnonzero(np.diff(word, prepend=-1))
    toggles = np.left_shift(np.uint64(1), (index & 63).astype(np.uint64))
    bits = np.zeros((height * width >> 6) + 1, dtype="<u8")
    bits[word[starts]] = np.bitwise_xor.reduceat(toggles, starts)
    # Parity of all toggles up to each bit: first within the words, then carried from word to word.
    for shift in (1, 2, 4, 8, 16, 32):
        bits ^= bits << np.uint64(shift)
    carry = np.bitwise_xor.accumulate(bits >> np.uint64(63))
    bits[1:] ^= np.negative(carry[:-1])
    inside = np.unpackbits(bits.view(np.uint8), count=height * width, bitorder="little")
    np.copyto(window, direction, where=inside.view(bool).reshape(height, width))


def repaired(region: Region, width: int, height: int) -> list[Region]:
    """The region as valid polygons within the photo: crossings resolved, the outside cut away.

    A region that is valid and inside the photo comes back unchanged. A self-intersecting outline
    keeps its even-odd inside and may fall into several regions, which share its other fields; parts
    of a hole outside the outline cut nothing.

    Raises:
        InputError: a ring has fewer than three points or a point that is not a usable number, or
            nothing of the region lies within the photo; the sentence names the region.
    """
    if not region.rings:
        raise InputError(f"Region {region.title} has no outline.")
    rings = tuple(_checked_ring(region, ring) for ring in region.rings)
    shape = shapely.Polygon(rings[0], rings[1:])
    photo = shapely.box(0, 0, width, height)
    if not shape.is_valid:
        shape = _valid(rings[0])
        for hole in rings[1:]:
            shape = shape.difference(_valid(hole))
    if shape.is_valid and photo.covers(shape) and isinstance(shape, shapely.Polygon):
        polygons = [shape] if shape.area > 0 else []
        if polygons and shape.equals_exact(shapely.Polygon(rings[0], rings[1:]), 0):
            return [region if rings == region.rings else replace(region, rings=rings)]
    else:
        polygons = _polygons(shape.intersection(photo))
    if not polygons:
        if shape.area == 0:
            raise InputError(f"Region {region.title} encloses no area.")
        raise InputError(
            f"Region {region.title} lies outside the photo of {width} x {height} pixels."
        )
    return [replace(region, rings=_rings(polygon)) for polygon in polygons]


def _checked_ring(region: Region, ring: Sequence[Sequence[float]]) -> Ring:
    points: Ring = tuple((float(x), float(y)) for x, y in ring)
    if not all(abs(value) <= MAX_COORDINATE for point in points for value in point):
        raise InputError(f"Region {region.title} has a point that is not a usable number.")
    if len(points) > 1 and points[0] == points[-1]:
        points = points[:-1]
    if len(set(points)) < 3:
        raise InputError(
            f"Region {region.title} has a ring of {len(set(points))} different points; "
            "a polygon needs three."
        )
    return points


def _valid(ring: Ring) -> shapely.Geometry:
    """The even-odd inside of a ring as a valid geometry, possibly empty."""
    polygon = shapely.Polygon(ring)
    if polygon.is_valid:
        return polygon
    # shapely.make_valid takes an edge that is walked twice for one border; even-odd does not, and
    # outlines that reach their holes over such an edge (labelme files) depend on it.
    noded = shapely.union_all([shapely.LinearRing(ring)])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    x0, y0 = np.asarray(ring).T
    x1, y1 = np.roll(x0, -1), np.roll(y0, -1)
    inside = []
    for face, point in zip(faces, shapely.point_on_surface(faces), strict=True):
        crossed = (y0 <= point.y) != (y1 <= point.y)
        reach = (point.y - y0[crossed]) * (x1 - x0)[crossed] / (y1 - y0)[crossed]
        if ((x0[crossed] + reach) <= point.x).sum() % 2:
            inside.append(face)
    return shapely.union_all(inside)


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """The polygons with an area in a geometry that may also hold stray lines and points."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [part for part in parts if isinstance(part, shapely.Polygon) and part.area > 0]


def _rings(polygon: shapely.Polygon) -> tuple[Ring, ...]:
    return tuple(
        tuple((float(x), float(y)) for x, y in ring.coords[:-1])
        for ring in (polygon.exterior, *polygon.interiors)
    )


def regions_from_map(
    guidance: GuidanceMap, *, min_area: int = 1, tolerance: float = 0.0
) -> list[Region]:
    """Trace a (H, W) map of classes into valid polygons with holes, the largest first.

    Every 4-connected patch of one moving class becomes one region, outlined along pixel borders.
    With the defaults, rasterising the regions gives the map back exactly.

    Args:
        guidance: classes 0..4; static is the ground and gets no regions.
        min_area: pixels; smaller patches are dropped and smaller holes filled.
        tolerance: pixels by which outlines may be simplified (Douglas-Peucker, topology kept).

    Raises:
        ValueError: `tolerance` is negative or NaN.
    """
    if not (tolerance >= 0 and math.isfinite(tolerance)):
        raise ValueError(f"The tolerance must be 0 or more pixels, not {tolerance}.")
    found: list[tuple[float, Region]] = []
    for direction in list(Direction)[1:]:
        mask = (guidance == direction).astype(np.uint8)
        if not mask.any():
            continue
        _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
        labels[(stats[:, cv2.CC_STAT_AREA] < min_area)[labels]] = 0
        outlines: dict[int, NDArray[np.int64]] = {}
        holes: dict[int, list[NDArray[np.int64]]] = {}
        for label, loop in _pixel_borders(labels):
            area = _signed_area(loop)
            if area > 0:
                outlines[label] = loop
            elif -area >= min_area:
                holes.setdefault(label, []).append(loop)
        for label, outline in outlines.items():
            polygon = shapely.Polygon(outline, holes.get(label, []))
            if tolerance > 0:
                polygon = polygon.simplify(tolerance, preserve_topology=True)
            found.append((polygon.area, Region(direction, _rings(polygon))))
    # Filled holes may hold a smaller region: the smaller must be painted later.
    found.sort(key=lambda pair: -pair[0])
    return [region for _, region in found]


def _signed_area(loop: NDArray[np.int64]) -> float:
    """Shoelace area in pixels; positive for a loop that runs clockwise on the screen."""
    x, y = loop.T
    return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum()) / 2


def _pixel_borders(labels: NDArray[np.int32]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Closed borders between pixels of different labels, as (label, corner points (N, 2) of x, y).

    Label 0 is the ground. The labelled pixels lie on the right of the walk, so outlines run
    clockwise on the screen and holes against it. No loop meets itself, not even in a point.
    """
    padded = np.pad(labels, 1)
    inside = padded[1:-1, 1:-1]
    # Sides of a pixel in walking order: along the top, down the right, back the bottom, up.
    sides = (
        (padded[:-2, 1:-1], (0, 0), (1, 0)),
        (padded[1:-1, 2:], (1, 0), (0, 1)),
        (padded[2:, 1:-1], (1, 1), (-1, 0)),
        (padded[1:-1, :-2], (0, 1), (0, -1)),
    )
    stride = labels.shape[1] + 1
    starts, ends, headings, owners = [], [], [], []
    for number, (outside, (dx, dy), (step_x, step_y)) in enumerate(sides):
        row, column = np.nonzero((inside != 0) & (inside != outside))
        start = (row + dy) * stride + column + dx
        starts.append(start)
        ends.append(start + step_y * stride + step_x)
        headings.append(np.full(len(row), number))
        owners.append(inside[row, column])
    start, end = np.concatenate(starts), np.concatenate(ends)
    heading, owner = np.concatenate(headings), np.concatenate(owners)
    following = _next_sides(start, end, heading, owner)
    points, chain = start.tolist(), following.tolist()
    visited = bytearray(len(points))
    for first in range(len(points)):
        if visited[first]:
            continue
        walk = []
        side = first
        while not visited[side]:
            visited[side] = 1
            walk.append(points[side])
            side = chain[side]
        for loop in _simple_loops(walk):
            y, x = np.divmod(np.array(loop, dtype=np.int64), stride)
            yield int(owner[first]), _corners(np.stack([x, y], axis=1))


def _next_sides(
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    heading: NDArray[np.int64],
    owner: NDArray[np.int32],
) -> NDArray[np.int64]:
    """For each side, the one that follows it: right before straight on before left, same owner.

    Turning right first keeps pixels that touch only at a corner apart, as 4-connection asks.
    """
    key = start * 4 + heading
    order = np.argsort(key)
    key = key[order]
    following = np.full(len(start), -1)
    for turn in (1, 0, 3):
        wanted = end * 4 + (heading + turn) % 4
        place = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        candidate = order[place]
        fits = (following < 0) & (key[place] == wanted) & (owner[candidate] == owner)
        following[fits] = candidate[fits]
    return following


def _simple_loops(walk: list[int]) -> Iterator[list[int]]:
    """Split a closed walk over corner numbers into loops that pass each corner once."""
    if len(set(walk)) == len(walk):
        yield walk
        return
    place: dict[int, int] = {}
    path: list[int] = []
    for corner in walk:
        if corner in place:
            loop = path[place[corner] :]
            del path[place[corner] :]
            for passed in loop:
                del place[passed]
            yield loop
        place[corner] = len(path)
        path.append(corner)
    yield path


def _corners(loop: NDArray[np.int64]) -> NDArray[np.int64]:
    """The points of a closed pixel border at which it turns."""
    before = loop - np.roll(loop, 1, axis=0)
    after = np.roll(loop, -1, axis=0) - loop
    return loop[(before != after).any(axis=1)]
