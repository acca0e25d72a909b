"""Tracing guidance maps into regions."""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray

from app.guidance.classes import Direction
from app.guidance.maps import GuidanceMap
from app.guidance.region import Region
from app.guidance.repair import rings_of


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
            found.append((polygon.area, Region(direction, rings_of(polygon))))
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
