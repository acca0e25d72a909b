"""How far and which way the things in each region moved, as a map of the photo has it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.guidance.displacement import Displacement
from app.guidance.rasterise import rasterise_numbers
from app.guidance.region import Region, Vector, Ways, agrees


def ways_in(regions: Sequence[Region], displacement: Displacement, width: int, height: int) -> Ways:
    """The usual displacement of what is seen of each region.

    Args:
        regions: in pixels of a photo of `width` × `height`.
        displacement: `(h, w, 2)` of that photo at any size, in pixels of that size; 0 is not known.

    Returns:
        One for each region, in pixels of the photo; None where nothing is known of it, or its
        things moved another way than it points.
    """
    rows, columns = displacement.shape[:2]
    across, down = columns / width, rows / height
    placed = [region.placed(0, 0, across, down) for region in regions]
    numbers = rasterise_numbers(placed, columns, rows)
    known = np.where(displacement.any(axis=-1), numbers, 0).ravel()
    order = np.argsort(known, kind="stable")
    ends = np.cumsum(np.bincount(known, minlength=len(placed) + 1))
    vectors = displacement.reshape(-1, 2)
    ways: list[Vector | None] = []
    for region, begin, end in zip(regions, ends, ends[1:], strict=False):
        way = None
        if begin < end:
            # Outlines are generous: beside the thing, motion fades away.
            x, y = np.median(vectors[order[begin:end]], axis=0)
            way = float(x) / across, float(y) / down
        ways.append(way if way is not None and agrees(region.direction, way) else None)
    return tuple(ways)
