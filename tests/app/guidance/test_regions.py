from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from app.errors import InputError
from app.guidance import regions as regions_module
from app.guidance.classes import Direction
from app.guidance.regions import Region, Ring, rasterise, regions_from_map, repaired

WIDTH, HEIGHT = 12, 9

# Halves put vertices and edges exactly on pixel centres; all are short binary fractions, for which
# the decision is exact.
coordinates = st.integers(-6, 30).map(lambda n: n / 2) | st.integers(-20, 220).map(lambda n: n / 16)
rings = st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=8).map(tuple)
polygons = st.lists(rings, min_size=1, max_size=3).map(tuple)
guidance_maps = hnp.arrays(
    np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(0, 4)
) | hnp.arrays(
    np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(0, 1)
)


def region(*polygon: Ring, direction: Direction = Direction.UP_RIGHT, name: str = "") -> Region:
    return Region(direction, polygon, name)


def square(left: float, top: float, right: float, bottom: float) -> Ring:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def even_odd(polygon: tuple[Ring, ...], width: int, height: int) -> NDArray:
    """The definition in exact arithmetic: an odd number of crossings on or left of the centre."""
    inside = np.zeros((height, width), dtype=bool)
    for row in range(height):
        y = Fraction(2 * row + 1, 2)
        crossings = []
        for ring in polygon:
            for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
                a, b, c, d = Fraction(x0), Fraction(y0), Fraction(x1), Fraction(y1)
                if min(b, d) <= y < max(b, d):
                    crossings.append(a + (y - b) * (c - a) / (d - b))
        for column in range(width):
            x = Fraction(2 * column + 1, 2)
            inside[row, column] = sum(crossing <= x for crossing in crossings) % 2
    return inside


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
            patch.setattr(regions_module, name, value)
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
            patch.setattr(regions_module, "_PIXELS_PER_CROSSING", gap)
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


def away_from_edges(polygon: tuple[Ring, ...]) -> NDArray:
    """Pixels whose centre is not on an edge, where new rounded vertices could tip the balance."""
    edges = shapely.union_all([shapely.LinearRing(ring) for ring in polygon])
    x, y = np.meshgrid(np.arange(WIDTH) + 0.5, np.arange(HEIGHT) + 0.5)
    return shapely.distance(shapely.points(x, y), edges) > 1e-6


def even_odd_away_from_edges(polygon: tuple[Ring, ...]) -> NDArray:
    return even_odd(polygon, WIDTH, HEIGHT) & away_from_edges(polygon)


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
