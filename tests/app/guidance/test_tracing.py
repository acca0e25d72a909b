"""Tracing maps into regions."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.guidance.repair import repaired
from app.guidance.tracing import regions_from_map
from tests.app.guidance.polygons import (
    guidance_maps,
    square,
)


@given(guidance_maps)
@settings(max_examples=200)
def test_tracing_and_rasterising_gives_the_map_back(guidance: NDArray) -> None:
    height, width = guidance.shape
    traced = regions_from_map(guidance)
    np.testing.assert_array_equal(rasterise(traced, width, height), guidance)
    for found in traced:
        assert shapely.Polygon(found.rings[0], found.rings[1:]).is_valid
        assert repaired(found, width, height) == [found]


def test_tracing_finds_outlines_along_pixel_borders_with_only_their_corners() -> None:
    guidance = np.zeros((6, 7), dtype=np.uint8)
    guidance[1:5, 2:6] = 3
    guidance[2:4, 3:5] = 0
    (found,) = regions_from_map(guidance)
    assert found.direction is Direction.DOWN_LEFT
    assert set(found.rings[0]) == set(square(2, 1, 6, 5))
    assert set(found.rings[1]) == set(square(3, 2, 5, 4))
    assert [len(ring) for ring in found.rings] == [4, 4]


def test_patches_below_the_least_area_are_dropped_and_such_holes_filled() -> None:
    guidance = np.zeros((8, 8), dtype=np.uint8)
    guidance[0:5, 0:5] = 1
    guidance[2, 2] = 4
    guidance[7, 7] = 2
    (found,) = regions_from_map(guidance, min_area=4)
    assert (rasterise([found], 8, 8) != 0).sum() == 25


def test_a_small_region_in_a_filled_hole_is_painted_after_its_surroundings() -> None:
    guidance = np.full((9, 9), 1, dtype=np.uint8)
    guidance[3:5, 3:5] = 4
    traced = regions_from_map(guidance)
    assert [found.direction for found in traced] == [Direction.UP_RIGHT, Direction.DOWN_RIGHT]


@given(guidance_maps, st.sampled_from([0.7, 1.5, 4.0]))
@settings(max_examples=60)
def test_simplified_outlines_stay_valid_and_near(guidance: NDArray, tolerance: float) -> None:
    exact = regions_from_map(guidance)
    simple = regions_from_map(guidance, tolerance=tolerance)
    assert len(simple) == len(exact)
    assert sum(len(r.rings[0]) for r in simple) <= sum(len(r.rings[0]) for r in exact)
    for found in simple:
        assert shapely.Polygon(found.rings[0], found.rings[1:]).is_valid


def test_a_simplified_disc_has_few_points_and_nearly_its_area() -> None:
    y, x = np.mgrid[:101, :101]
    disc = (((x - 50) ** 2 + (y - 50) ** 2) < 45**2).astype(np.uint8)
    (found,) = regions_from_map(disc, tolerance=1.0)
    assert len(found.rings[0]) < 40
    wrong = (rasterise([found], 101, 101) != 0) != (disc != 0)
    assert wrong.sum() < 0.03 * disc.sum()


@pytest.mark.parametrize("tolerance", [-1.0, math.nan, math.inf])
def test_a_senseless_tolerance_is_refused(tolerance: float) -> None:
    with pytest.raises(ValueError, match="tolerance"):
        regions_from_map(np.zeros((2, 2), np.uint8), tolerance=tolerance)
