"""How far regions moved: as values, and painted into maps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError
from app.guidance.classes import Direction
from app.guidance.displacement import resized, validated
from app.guidance.rasterise import rasterise, rasterise_displacement
from app.guidance.region import Region, agrees
from tests.app.guidance.polygons import HEIGHT, WIDTH, polygons, square

lengths = st.floats(-500, 500).filter(lambda value: abs(value) > 1e-3)
vectors = st.tuples(lengths, lengths)
regions = st.lists(
    st.builds(
        lambda rings, moved: Region(
            Direction.from_vector(*moved) if moved else Direction.UP_LEFT, rings, displacement=moved
        ),
        polygons,
        st.none() | vectors,
    ),
    max_size=4,
)


@given(regions)
def test_the_foremost_region_says_how_far_and_one_that_says_nothing_hides_those_below(
    regions: list[Region],
) -> None:
    painted = rasterise_displacement(regions, WIDTH, HEIGHT)
    if not any(region.displacement for region in regions):
        assert painted is None
        return
    expected = np.zeros((HEIGHT, WIDTH, 2), np.float32)
    for region in regions:
        inside = rasterise([region], WIDTH, HEIGHT) > 0
        expected[inside] = region.displacement or (0, 0)
    assert painted is not None
    assert painted.dtype == np.float32
    np.testing.assert_array_equal(painted, expected)


def test_more_regions_than_a_byte_can_number_keep_their_own_distances() -> None:
    columns = [
        Region(Direction.UP_RIGHT, (square(x, 0, x + 1, 1),), displacement=(x + 1.0, -1.0))
        for x in range(300)
    ]
    painted = rasterise_displacement(columns, 300, 1)
    assert painted is not None
    np.testing.assert_array_equal(painted[0, :, 0], np.arange(1, 301))


@given(vectors, st.sampled_from(Direction))
def test_a_direction_keeps_turns_or_forgets_the_displacement(
    moved: tuple[float, float], direction: Direction
) -> None:
    region = Region(Direction.STATIC, (square(0, 0, 1, 1),)).displaced(moved)
    assert region.direction == Direction.from_vector(*moved)
    turned = region.pointed(direction)
    assert turned.direction == direction
    if direction == region.direction:
        assert turned == region
    elif direction == region.direction.inverse:
        assert turned.displacement == (-moved[0], -moved[1])
    else:
        assert turned.displacement is None or agrees(direction, turned.displacement)
    assert region.pointed(direction.inverse).pointed(direction).direction == direction


@given(vectors, st.floats(0.1, 1e4))
def test_another_distance_keeps_the_way(moved: tuple[float, float], distance: float) -> None:
    region = Region(Direction.STATIC, (square(0, 0, 1, 1),)).displaced(moved)
    longer = region.at_distance(distance)
    assert longer.distance == pytest.approx(distance)
    assert longer.direction == region.direction
    assert longer.displacement is not None
    assert math.atan2(*longer.displacement) == pytest.approx(math.atan2(*moved), abs=1e-6)
    assert longer.at_distance(0).displacement is None


def test_a_distance_without_a_way_runs_down_the_middle_of_the_quadrant() -> None:
    region = Region(Direction.DOWN_LEFT, (square(0, 0, 1, 1),))
    assert region.at_distance(math.sqrt(2)).displacement == pytest.approx((-1, 1))
    static = Region(Direction.STATIC, region.rings)
    assert static.at_distance(9) == static


def test_a_way_that_is_offered_counts_if_it_agrees_and_nobody_has_said_another() -> None:
    region = Region(Direction.DOWN_LEFT, (square(0, 0, 1, 1),))
    assert region.at_distance(10, (-4, 0)).displacement == pytest.approx((-10, 0))
    assert region.at_distance(10, (-4, 0)).direction == Direction.DOWN_LEFT
    assert region.at_distance(math.sqrt(2), (4, 0)).displacement == pytest.approx((-1, 1))
    said = region.at_distance(10, (0, 3))
    assert said.at_distance(5, (-4, 0)).displacement == pytest.approx((0, 5))


def test_a_smaller_map_has_shorter_ways() -> None:
    painted = np.zeros((4, 6, 2), np.float32)
    painted[:, 3:] = (9, -4)
    half = resized(painted, 3, 2)
    np.testing.assert_array_equal(half[:, 2], [[4.5, -2]] * 2)
    np.testing.assert_array_equal(half[:, 0], 0)
    assert set(map(tuple, half.reshape(-1, 2))) == {(0.0, 0.0), (4.5, -2.0)}
    assert resized(painted, 6, 4) is painted


@pytest.mark.parametrize(("shape", "value"), [((3, 4), 0.0), ((3, 5, 2), 0.0), ((3, 4, 2), np.nan)])
def test_a_map_that_is_none_is_refused(shape: tuple[int, ...], value: float) -> None:
    with pytest.raises(InputError, match="displacement map"):
        validated(np.full(shape, value), 3, 4)
