"""How far each region's things moved, taken from a map of the photo."""

from __future__ import annotations

import numpy as np
import pytest

from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise_numbers
from app.guidance.region import Region
from app.guidance.ways import ways_in


def box(left: float, top: float, right: float, bottom: float, direction=Direction.UP_RIGHT):
    ring = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Region(direction, (ring,))


def test_each_pixel_is_the_uppermost_region_s() -> None:
    numbers = rasterise_numbers([box(0, 0, 4, 2), box(2, 0, 6, 1)], 8, 2)
    assert numbers.tolist() == [[1, 1, 2, 2, 2, 2, 0, 0], [1, 1, 1, 1, 0, 0, 0, 0]]
    assert rasterise_numbers([box(0, 0, 1, 1)] * 300, 1, 1)[0, 0] == 300


def test_a_region_moved_as_most_of_what_is_seen_of_it_did() -> None:
    moved = np.zeros((40, 60, 2), np.float32)
    moved[:, :30] = (6, -2)
    moved[:, 30:] = (3, -9)
    moved[::4, ::4] = (90, -90)
    ways = ways_in([box(0, 0, 60, 40), box(20, 0, 60, 40)], moved, 60, 40)
    assert ways == ((6, -2), (3, -9))


def test_the_map_may_be_of_another_size_than_the_photo() -> None:
    moved = np.full((20, 30, 2), (3, -1), np.float32)
    ways = ways_in([box(0, 0, 120, 40)], moved, 120, 40)
    assert ways[0] == pytest.approx((12, -2))


def test_nothing_is_known_of_what_is_hidden_outside_unsaid_or_turned_round() -> None:
    moved = np.zeros((40, 60, 2), np.float32)
    moved[:20] = (5, -5)
    regions = [
        box(0, 0, 10, 10),
        box(0, 0, 10, 10),
        box(100, 100, 120, 120),
        box(20, 25, 40, 40),
        box(30, 0, 40, 10, Direction.DOWN_LEFT),
    ]
    assert ways_in(regions, moved, 60, 40) == (None, (5, -5), None, None, None)
    assert ways_in([], moved, 60, 40) == ()
