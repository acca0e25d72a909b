"""Mending regions until they are valid polygons within the photo."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from app.errors import InputError
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.guidance.region import Region, Ring
from app.guidance.repair import repaired
from tests.app.guidance.polygons import (
    HEIGHT,
    WIDTH,
    away_from_edges,
    even_odd,
    even_odd_away_from_edges,
    region,
    rings,
    square,
)


def test_a_sound_region_comes_back_unchanged() -> None:
    sound = region(square(0, 0, 4, 3), square(1, 1, 3, 2), name="ring")
    assert repaired(sound, 4, 3) == [sound]


def test_an_outline_that_reaches_its_hole_over_a_bridge_keeps_the_hole() -> None:
    outline = square(0, 0, 8, 8)
    # The bridge leaves a dent in the outline and comes back in: it must not count on the way.
    dented = ((0, 0), (3, 0), (3, 5), (5, 5), (5, 0), (8, 0), (8, 8), (0, 8))
    hole = square(6, 2, 7, 3)
    for rim, start in ((outline, 0), (dented, 1)):
        bridged = (*rim[: start + 1], *hole, hole[0], *rim[start:])
        parts = repaired(region(bridged), 8, 8)
        expected = rasterise([region(rim, hole)], 8, 8)
        np.testing.assert_array_equal(rasterise(parts, 8, 8), expected)


def test_a_repeated_last_point_is_dropped() -> None:
    ring = square(1, 1, 3, 3)
    assert repaired(region((*ring, ring[0])), 4, 4) == [region(ring)]


def test_a_bow_tie_falls_into_two_triangles_that_keep_its_name_and_state() -> None:
    bow_tie = Region(
        Direction.DOWN_LEFT, (((0, 0), (4, 4), (4, 0), (0, 4)),), "tie", hidden=True, locked=True
    )
    parts = repaired(bow_tie, 4, 4)
    assert len(parts) == 2
    assert {(part.name, part.direction, part.hidden, part.locked) for part in parts} == {
        ("tie", Direction.DOWN_LEFT, True, True)
    }
    assert sum(shapely.Polygon(part.rings[0]).area for part in parts) == 8


def test_what_sticks_out_of_the_photo_is_clipped() -> None:
    (part,) = repaired(region(square(-5, -5, 50, 2)), 10, 8)
    assert shapely.Polygon(part.rings[0]).bounds == (0, 0, 10, 2)


def test_a_hole_across_the_outline_cuts_only_what_is_inside() -> None:
    (part,) = repaired(region(square(0, 0, 4, 4), square(3, 1, 9, 2)), 10, 10)
    assert rasterise([part], 10, 4).tolist() == [
        [1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
        [1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
    ]


@pytest.mark.parametrize(
    ("polygon", "cause"),
    [
        ((), "no outline"),
        (((),), "needs three"),
        ((((0, 0), (1, 1)),), "needs three"),
        ((((0, 0), (1, 1), (0, 0), (1, 1)),), "needs three"),
        ((((0, 0), (1, 1), (2, 2)),), "no area"),
        ((square(0, 0, 3, 3), ((1, 1),)), "needs three"),
        ((square(1, 1, 2, 2), square(0, 0, 3, 3)), "no area"),
        ((square(20, 20, 30, 30),), "outside the photo"),
    ],
)
def test_what_cannot_be_repaired_is_refused_with_the_regions_name(
    polygon: tuple[Ring, ...], cause: str
) -> None:
    with pytest.raises(InputError, match=f"'dog'.*{cause}"):
        repaired(region(*polygon, name="dog"), 10, 10)


def test_a_region_without_a_name_is_called_by_its_direction() -> None:
    with pytest.raises(InputError, match="up-right"):
        repaired(region(square(20, 20, 30, 30)), 10, 10)


@given(rings)
@settings(max_examples=150)
def test_repaired_regions_are_valid_inside_the_photo_and_keep_the_even_odd_inside(
    ring: Ring,
) -> None:
    try:
        parts = repaired(region(ring), WIDTH, HEIGHT)
    except InputError:
        assert not even_odd_away_from_edges((ring,)).any()
        return
    photo = shapely.box(0, 0, WIDTH, HEIGHT)
    for part in parts:
        polygon = shapely.Polygon(part.rings[0], part.rings[1:])
        assert polygon.is_valid
        assert photo.covers(polygon)
    painted = rasterise(parts, WIDTH, HEIGHT) != 0
    clear = away_from_edges((ring,))
    np.testing.assert_array_equal(painted[clear], even_odd((ring,), WIDTH, HEIGHT)[clear])
