"""Guidance for the ablations: other numbers of directions, and annotators who err on one side."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from app.guidance.encodings import encode_flow
from app.training.annotator import GUIDANCE, draw_guidance
from app.training.batches import seeded
from app.training.encodings import headings, quantise, signs_of


def flow_with_ties() -> Tensor:
    """Flow in all directions, some of it on axes, on diagonals and too short to count."""
    flow = torch.randn(1, 2, 40, 40, generator=torch.Generator().manual_seed(0)) * 3
    flow[:, 0, :5] = 0
    flow[:, 1, 5:10] = 0
    flow[:, 1, 10:15] = flow[:, 0, 10:15]
    flow[:, :, 15:17] = 0
    return flow


def square_moving_up_right(count: int) -> Tensor:
    flow = torch.zeros(count, 2, 96, 96)
    flow[:, 0, 30:66, 30:66] = 8
    flow[:, 1, 30:66, 30:66] = -5
    return flow


@pytest.mark.parametrize("directions", [2, 4, 8, 16])
def test_signs_are_those_that_define_the_encoding(directions: int) -> None:
    flow = flow_with_ties()
    signs = signs_of(quantise(flow, 0.5, directions), directions)
    expected = encode_flow(flow[0].permute(1, 2, 0).numpy(), directions, 0.5)
    np.testing.assert_array_equal(signs[0].numpy(), expected)


@pytest.mark.parametrize("directions", [2, 4, 8, 16])
def test_headings_point_within_half_a_sector_of_the_motion(directions: int) -> None:
    flow = flow_with_ties()
    signs = signs_of(quantise(flow, 0.5, directions), directions)
    moving = flow.norm(dim=1) >= 0.5
    cosine = torch.cosine_similarity(headings(signs), flow, dim=1)
    assert cosine[moving].min() >= np.cos(np.pi / directions) - 1e-5
    assert headings(signs).norm(dim=1)[~moving].max() == 0


@pytest.mark.parametrize("directions", [2, 8, 16])
def test_what_is_outlined_does_not_depend_on_the_number_of_directions(directions: int) -> None:
    flow = square_moving_up_right(8)
    outlined = [
        draw_guidance(flow, GUIDANCE["drawn"], seeded(3), number).ne(0).any(1)
        for number in (4, directions)
    ]
    assert torch.equal(outlined[0], outlined[1])


def test_dilated_guidance_is_larger_and_eroded_guidance_smaller_than_the_truth() -> None:
    flow = square_moving_up_right(24)
    areas = {
        name: draw_guidance(flow, GUIDANCE[name], seeded(1)).ne(0).any(1).flatten(1).sum(1)
        for name in ("truth", "dilated", "eroded")
    }
    assert set(areas["truth"].tolist()) == {36 * 36}
    assert areas["dilated"].min() > 36 * 36
    assert areas["eroded"].max() < 36 * 36
    assert areas["eroded"].min() > 0.3 * 36 * 36


def test_flipped_guidance_points_the_wrong_way_in_about_half_of_the_samples() -> None:
    flow = square_moving_up_right(100)
    truth = draw_guidance(flow, GUIDANCE["truth"], seeded(1))
    flipped = draw_guidance(flow, GUIDANCE["flipped"], seeded(1))
    wrong = (flipped == -truth).flatten(1).all(1)
    right = (flipped == truth).flatten(1).all(1)
    assert bool((wrong | right).all())
    assert 35 < wrong.sum() < 65
