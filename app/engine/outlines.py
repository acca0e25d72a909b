"""Outlines of labelled parts as clean regions that a person can edit: few points, no crumbs."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine.moving_parts import SMALLEST, Labels
from app.guidance.classes import Direction
from app.guidance.region import Region
from app.guidance.tracing import regions_from_map

_TOLERANCE = 0.004
"""How far simplified outlines may stray, as a part of the photo's longer edge."""

_STEP = 1.25
"""Pixels; outlines along pixel borders are staircases, which straying less would keep."""

_EVERYTHING = 0.95
"""A part that covers more of the photo than this is outlined by the photo's own border."""


def outlined(labels: Labels, ways: tuple[int, ...], width: int, height: int) -> list[Region]:
    """Regions of parts in painting order, the largest first.

    Args:
        labels: (h, w), parts 1 to C, of any size with the photo's shape.
        ways: the class of every part; 0 leaves the direction open.
        width, height: the photo's, whose pixels the regions' points are in.
    """
    return [
        Region(Direction(direction), rings)
        for number, direction in enumerate(ways, start=1)
        for rings in _rings(labels, number, width, height)
    ]


def _rings(
    labels: Labels, number: int, width: int, height: int
) -> list[tuple[tuple[tuple[float, float], ...], ...]]:
    part = labels == number
    if part.mean() > _EVERYTHING:
        whole = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)))
        return [((*whole, (0.0, float(height))),)]
    # Smaller parts are painted later, so this one may lie below them without a gap between.
    mask = _without_holes(part, labels > number)
    least = max(12, round(SMALLEST * mask.size))
    tolerance = max(_STEP, _TOLERANCE * max(mask.shape))
    traced = regions_from_map(mask.astype(np.uint8), min_area=least, tolerance=tolerance)
    across, down = width / mask.shape[1], height / mask.shape[0]
    return [
        tuple(tuple((x * across, y * down) for x, y in ring) for ring in region.rings)
        for region in traced
    ]


def _without_holes(part: NDArray[np.bool_], later: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The part with those holes filled that others will mostly cover."""
    mask = part.copy()
    count, holes = cv2.connectedComponents((~part).astype(np.uint8))
    for label in range(1, count):
        hole = holes == label
        if later[hole].mean() > 0.6:
            mask |= hole
    return mask
