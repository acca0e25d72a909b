from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from app.guidance.encodings import BITS_OF_DIRECTIONS, encode_flow
from app.guidance.flow import flow_to_guidance
from app.guidance.maps import to_signs

flows = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=2, max_dims=2, max_side=5).map(lambda shape: (*shape, 2)),
    elements=st.floats(-50, 50) | st.sampled_from([0.0, -3.0, 3.0, np.inf, np.nan]),
)


def circle(count: int, radius: float = 5.0) -> NDArray:
    angles = (np.arange(count) + 0.5) * 2 * np.pi / count
    return radius * np.stack([np.cos(angles), np.sin(angles)], axis=-1)[None]


def test_motion_below_the_threshold_is_static_and_at_the_threshold_moves() -> None:
    flow = np.array([[[0.3, 0.3], [0.3, 0.4], [0.5, 0.0], [0.0, -0.49]]])
    assert flow_to_guidance(flow).tolist() == [[0, 4, 1, 0]]
    assert flow_to_guidance(flow, threshold=0.45).tolist() == [[0, 4, 1, 2]]


def test_without_a_threshold_only_no_motion_is_static() -> None:
    flow = np.array([[[0.0, 0.0], [-1e-6, 1e-6]]])
    assert flow_to_guidance(flow, threshold=0).tolist() == [[0, 3]]


def test_unknown_flow_is_static() -> None:
    flow = np.array([[[np.nan, 5.0], [np.inf, 0.0], [5.0, 5.0]]])
    assert flow_to_guidance(flow).tolist() == [[0, 0, 4]]


@pytest.mark.parametrize("threshold", [-0.1, float("nan")])
def test_a_senseless_threshold_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        flow_to_guidance(np.zeros((2, 2, 2)), threshold)


def test_flow_with_its_axes_in_another_order_is_refused() -> None:
    with pytest.raises(ValueError, match="H, W, 2"):
        flow_to_guidance(np.zeros((2, 5, 5)))


@pytest.mark.parametrize("directions", BITS_OF_DIRECTIONS)
@given(flow=flows)
def test_the_code_of_reversed_flow_is_the_negated_code(directions: int, flow: NDArray) -> None:
    code = encode_flow(flow, directions)
    np.testing.assert_array_equal(encode_flow(-flow, directions), -code)


@pytest.mark.parametrize("directions", BITS_OF_DIRECTIONS)
@given(flow=flows)
def test_codes_are_all_zero_where_static_and_full_signs_elsewhere(
    directions: int, flow: NDArray
) -> None:
    code = encode_flow(flow, directions)
    assert code.dtype == np.float32
    assert code.shape == (BITS_OF_DIRECTIONS[directions], *flow.shape[:2])
    moving = np.broadcast_to(flow_to_guidance(flow) != 0, code.shape)
    np.testing.assert_array_equal(np.abs(code), moving)


@pytest.mark.parametrize("directions", BITS_OF_DIRECTIONS)
def test_equal_sectors_around_the_circle_have_different_codes(directions: int) -> None:
    # Two directions split at the vertical; the sectors of the others start on an axis.
    turns = circle(directions * 6) if directions > 2 else circle(12)[:, :, ::-1]
    code = encode_flow(turns, directions)[:, 0].T.reshape(directions, -1, len_bits(directions))
    assert (code == code[:, :1]).all()
    assert len(np.unique(code[:, 0], axis=0)) == directions


def len_bits(directions: int) -> int:
    return BITS_OF_DIRECTIONS[directions]


@given(flows)
def test_coarser_codes_are_the_first_bits_of_finer_ones(flow: NDArray) -> None:
    finest = encode_flow(flow, 16)
    for directions, bits in BITS_OF_DIRECTIONS.items():
        np.testing.assert_array_equal(encode_flow(flow, directions), finest[:bits])


@given(flows)
def test_four_directions_are_the_signs_of_the_guidance_map(flow: NDArray) -> None:
    np.testing.assert_array_equal(encode_flow(flow, 4), to_signs(flow_to_guidance(flow)))


def test_another_number_of_directions_is_refused() -> None:
    with pytest.raises(ValueError, match="2, 4, 8 or 16"):
        encode_flow(np.zeros((2, 2, 2)), 3)
