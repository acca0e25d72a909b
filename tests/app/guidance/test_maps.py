from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from app.errors import InputError
from app.guidance import maps
from app.guidance.flow import flow_to_guidance

guidance_maps = hnp.arrays(
    np.uint8, hnp.array_shapes(min_dims=2, max_dims=2, max_side=7), elements=st.integers(0, 4)
)
flows = hnp.arrays(
    np.float32,
    hnp.array_shapes(min_dims=2, max_dims=2, max_side=6).map(lambda shape: (*shape, 2)),
    elements=st.sampled_from([-9.0, -2.0, -0.25, 0.0, 0.25, 2.0, 9.0]),
)


def off_axis(flow: NDArray) -> NDArray:
    return np.where(flow == 0, np.float32(0.125), flow)


@given(guidance_maps)
def test_signs_and_classes_convert_back_and_forth(guidance: NDArray) -> None:
    signs = maps.to_signs(guidance)
    assert signs.dtype == np.float32
    assert signs.shape == (2, *guidance.shape)
    assert set(np.unique(signs)) <= {-1, 0, 1}
    np.testing.assert_array_equal(maps.from_signs(signs), guidance)


@given(guidance_maps)
def test_inverting_negates_the_signs(guidance: NDArray) -> None:
    np.testing.assert_array_equal(maps.to_signs(maps.invert(guidance)), -maps.to_signs(guidance))


@pytest.mark.parametrize(
    "operation", [maps.invert, maps.flip_horizontal, maps.flip_vertical, maps.transpose]
)
@given(guidance=guidance_maps)
def test_doing_it_twice_changes_nothing(
    operation: Callable[[NDArray], NDArray], guidance: NDArray
) -> None:
    np.testing.assert_array_equal(operation(operation(guidance)), guidance)


@given(flows)
def test_reversed_flow_gives_inverted_guidance(flow: NDArray) -> None:
    np.testing.assert_array_equal(flow_to_guidance(-flow), maps.invert(flow_to_guidance(flow)))


@given(flows)
def test_guidance_of_a_mirrored_image_is_the_mirrored_guidance(flow: NDArray) -> None:
    flow = off_axis(flow)
    guidance = flow_to_guidance(flow)
    across = flow[:, ::-1] * (-1, 1)
    np.testing.assert_array_equal(flow_to_guidance(across), maps.flip_horizontal(guidance))
    upside_down = flow[::-1] * (1, -1)
    np.testing.assert_array_equal(flow_to_guidance(upside_down), maps.flip_vertical(guidance))
    exchanged = flow.swapaxes(0, 1)[..., ::-1]
    np.testing.assert_array_equal(flow_to_guidance(exchanged), maps.transpose(guidance))


@given(flows, st.integers(-3, 8))
def test_guidance_of_a_turned_image_is_the_turned_guidance_also_on_the_axes(
    flow: NDArray, turns: int
) -> None:
    turned = np.rot90(flow, turns)
    for _ in range(turns % 4):
        # A quarter turn to the left: what went right goes up.
        turned = np.stack([turned[..., 1], -turned[..., 0]], axis=-1)
    expected = flow_to_guidance(turned)
    np.testing.assert_array_equal(maps.rotate90(flow_to_guidance(flow), turns), expected)


@given(guidance_maps)
def test_two_mirrors_make_half_a_turn(guidance: NDArray) -> None:
    mirrored = maps.flip_vertical(maps.flip_horizontal(guidance))
    np.testing.assert_array_equal(maps.rotate90(guidance, 2), mirrored)


def test_a_mirror_moves_the_pixel_and_turns_the_class() -> None:
    guidance = np.array([[1, 0, 0]], dtype=np.uint8)
    assert maps.flip_horizontal(guidance).tolist() == [[0, 0, 2]]
    assert maps.flip_vertical(guidance).tolist() == [[4, 0, 0]]
    assert maps.transpose(guidance).tolist() == [[3], [0], [0]]
    assert maps.rotate90(guidance, 1).tolist() == [[0], [0], [2]]


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((2, 2, 2), np.uint8),
        np.zeros((0, 3), np.uint8),
        np.full((2, 2), 5, np.uint8),
        np.full((2, 2), -1, np.int64),
        np.zeros((2, 2), np.float32),
    ],
)
def test_what_is_no_guidance_map_is_refused(wrong: NDArray) -> None:
    with pytest.raises(InputError):
        maps.validate(wrong)


def test_a_valid_map_comes_back_as_bytes() -> None:
    checked = maps.validate(np.array([[0, 4]], dtype=np.int64))
    assert checked.dtype == np.uint8
    assert checked.tolist() == [[0, 4]]


def test_signs_of_another_shape_or_not_a_number_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        maps.from_signs(np.zeros((4, 4, 2)))
    with pytest.raises(ValueError, match="NaN"):
        maps.from_signs(np.full((2, 1, 1), np.nan))
