"""Painting regions: which pixels are inside."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import InputError
from app.guidance import rasterise as rasterising
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.guidance.region import Ring
from app.guidance.repair import repaired
from tests.app.guidance.polygons import (
    HEIGHT,
    WIDTH,
    coordinates,
    even_odd,
    polygons,
    region,
    square,
)


@given(polygons)
@settings(max_examples=150)
def test_a_pixel_is_painted_when_its_centre_is_inside_by_the_even_odd_rule(
    polygon: tuple[Ring, ...],
) -> None:
    painted = rasterise([region(*polygon)], WIDTH, HEIGHT)
    np.testing.assert_array_equal(painted != 0, even_odd(polygon, WIDTH, HEIGHT))


@pytest.mark.parametrize(
    "limits",
    [
        {"_PIXELS_PER_CROSSING": 0},
        {"_PIXELS_PER_CROSSING": 10**9},
        {"_BAND_PIXELS": 1},
        {"_MAX_CROSSINGS_AT_ONCE": 1},
    ],
)
@given(polygon=polygons)
@settings(max_examples=60)
def test_every_way_of_filling_paints_the_same(limits: dict, polygon: tuple[Ring, ...]) -> None:
    expected = even_odd(polygon, WIDTH, HEIGHT)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in limits.items():
            patch.setattr(rasterising, name, value)
        painted = rasterise([region(*polygon)], WIDTH, HEIGHT)
    np.testing.assert_array_equal(painted != 0, expected)


def test_both_fillings_agree_on_a_large_region_with_a_hole() -> None:
    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    star = 150 + 140 * (0.6 + 0.4 * np.cos(7 * angles)[:, None]) * np.stack(
        [np.cos(angles), np.sin(angles)], axis=1
    )
    shape = region(tuple(map(tuple, star.tolist())), square(120.2, 130, 160, 170.5))
    painted = []
    for gap in (0, 10**9):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rasterising, "_PIXELS_PER_CROSSING", gap)
            painted.append(rasterise([shape], 300, 310))
    np.testing.assert_array_equal(painted[0], painted[1])
    area = shapely.Polygon(shape.rings[0], shape.rings[1:]).area
    assert int((painted[0] != 0).sum()) == pytest.approx(area, rel=0.01)


def test_a_later_region_paints_over_an_earlier_one() -> None:
    below = region(square(0, 0, 4, 2), direction=Direction.UP_LEFT)
    above = region(square(1, 0, 3, 1), direction=Direction.DOWN_RIGHT)
    assert rasterise([below, above], 4, 2).tolist() == [[2, 4, 4, 2], [2, 2, 2, 2]]
    assert rasterise([above, below], 4, 2).tolist() == [[2, 2, 2, 2], [2, 2, 2, 2]]


def test_a_static_region_erases() -> None:
    moving = region(square(0, 0, 3, 1))
    freeze = region(square(1, 0, 2, 1), direction=Direction.STATIC)
    assert rasterise([moving, freeze], 3, 1).tolist() == [[1, 0, 1]]


def test_a_hole_stays_as_it_was() -> None:
    ring = region(square(0, 0, 4, 3), square(1, 1, 3, 2))
    assert rasterise([ring], 4, 3).tolist() == [[1, 1, 1, 1], [1, 0, 0, 1], [1, 1, 1, 1]]


def test_left_and_top_edges_on_pixel_centres_include_them_right_and_bottom_ones_do_not() -> None:
    assert rasterise([region(square(0.5, 0.5, 2.5, 1.5))], 4, 3).tolist() == [
        [1, 1, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
    ]


@given(st.tuples(coordinates, coordinates), st.integers(2, 7), st.booleans())
@settings(max_examples=100)
def test_polygons_that_share_edges_neither_overlap_nor_leave_gaps(
    centre: tuple[float, float], count: int, backwards: bool
) -> None:
    rim = [
        (6 + 14 * math.cos(2 * math.pi * i / count), 4 + 14 * math.sin(2 * math.pi * i / count))
        for i in range(count)
    ]
    rim += [(-1.0, -1.0), (13.0, -1.0), (13.0, 10.0), (-1.0, 10.0)]
    rim = list(dict.fromkeys(rim))
    total = np.zeros((HEIGHT, WIDTH), dtype=int)
    for i, corner in enumerate(rim):
        wedge = (corner, rim[(i + 1) % len(rim)], centre)
        if backwards and i % 2:
            wedge = wedge[::-1]
        total += rasterise([region(wedge)], WIDTH, HEIGHT) != 0
    whole = rasterise([region(tuple(rim))], WIDTH, HEIGHT) != 0
    # Wedges may fold over each other where the fan is not star-shaped: parity counts there.
    np.testing.assert_array_equal(total % 2, whole)


def test_a_triangulated_square_is_covered_once_everywhere() -> None:
    rng = np.random.default_rng(5)
    points = [*map(tuple, rng.uniform(0, 40, (60, 2)).tolist()), *square(0, 0, 40, 40)]
    triangles = shapely.delaunay_triangles(shapely.MultiPoint(points))
    count = np.zeros((40, 40), dtype=int)
    for triangle in shapely.get_parts(triangles):
        ring = tuple(triangle.exterior.coords)[:-1]
        count += rasterise([region(ring)], 40, 40) != 0
    assert (count == 1).all()


def test_a_region_outside_or_without_rings_paints_nothing() -> None:
    outside = region(square(50, 50, 60, 60))
    assert not rasterise([outside, region(), region(((1.0, 1.0),))], 8, 8).any()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e300])
def test_a_point_that_is_no_usable_number_is_refused_with_the_regions_name(value: float) -> None:
    broken = region(((0.0, 0.0), (value, 1.0), (2.0, 2.0)), name="left arm")
    with pytest.raises(InputError, match="'left arm'"):
        rasterise([broken], 4, 4)
    with pytest.raises(InputError, match="'left arm'"):
        repaired(broken, 4, 4)
