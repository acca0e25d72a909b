"""The terms of Motion-ETR's loss (Eq. 6-11) and the one for known ends."""

from __future__ import annotations

import pytest
import torch

from models.offset_networks import reading_of
from models.trajectory_losses import (
    TrajectoryLossSettings,
    axis_distance,
    multi_scale_ssim,
    reading_loss,
    reblur_loss,
    total_variation,
    trajectory_loss,
    unordered_distance,
)


@pytest.mark.parametrize("side", [8, 32, 96, 176])
def test_ms_ssim_is_one_for_equal_images_of_any_size_and_less_for_others(side):
    image = torch.rand(1, 3, side, side + 3, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(multi_scale_ssim(image, image), torch.tensor(1.0))
    assert multi_scale_ssim(image, image.flip(-1)) < 0.9


def test_reblurring_is_judged_by_squared_error_and_structure():
    photo = torch.rand(1, 3, 48, 48)
    other = (photo + 0.1 * torch.rand_like(photo)).clamp(0, 1)
    error = (photo - other).square().mean()
    torch.testing.assert_close(reblur_loss(other, photo, 0.0), error)
    structure = 1 - multi_scale_ssim(other, photo)
    torch.testing.assert_close(reblur_loss(other, photo, 0.1), error + 0.1 * structure)


def test_variation_counts_neighbours_both_ways():
    ramp = torch.arange(4.0).view(1, 1, 1, 1, 4).expand(1, 2, 2, 3, 4)
    torch.testing.assert_close(total_variation(ramp), torch.tensor(1.0))
    assert total_variation(torch.ones(1, 2, 2, 1, 1)) == 0


def test_known_ends_count_in_whichever_order_fits_each_pixel():
    truth = torch.zeros(1, 2, 2, 1, 2)
    truth[:, 0, 0], truth[:, 1, 0] = 3.0, -3.0
    found = truth.clone()
    found[..., 1] = found.flip(1)[..., 1]
    torch.testing.assert_close(
        unordered_distance(found, truth), torch.zeros(1, 1, 2), atol=2e-3, rtol=0
    )
    found[:, 0, 1] += 4
    torch.testing.assert_close(
        unordered_distance(found, truth), torch.full((1, 1, 2), 2.0), atol=2e-3, rtol=0
    )


def test_the_loss_is_the_weighted_sum_of_its_terms():
    photo, again = torch.rand(1, 3, 16, 16), torch.rand(1, 3, 16, 16)
    offsets = torch.rand(1, 5, 2, 16, 16)
    ends = torch.rand(1, 2, 2, 16, 16)
    settings = TrajectoryLossSettings(ssim=0.0, variation=0.5, length=0.25, supervised=2.0)
    wanted = (
        (photo - again).square().mean()
        + 0.5 * total_variation(offsets)
        + 0.25 * offsets.square().mean()
        + 2.0 * unordered_distance(offsets[:, [0, -1]], ends).mean()
    )
    torch.testing.assert_close(trajectory_loss(settings, offsets, again, photo, ends), wanted)
    with pytest.raises(ValueError, match="true ends"):
        trajectory_loss(settings, offsets, again, photo)


def test_the_axis_is_the_same_in_both_orders_and_a_wrong_axis_has_a_gradient():
    truth = torch.zeros(1, 2, 2, 1, 1)
    truth[:, 0, 1], truth[:, 1, 1] = 3.0, -3.0
    for order in (truth, truth.flip(1)):
        assert float(axis_distance(order, truth)) < 2e-3
    across = torch.zeros(1, 2, 2, 1, 1)
    across[:, 0, 0], across[:, 1, 0] = 3.0, -3.0
    # Half a turn apart when doubled: 6 px one way and 6 px the other.
    assert float(axis_distance(across, truth)) == pytest.approx(12, abs=0.01)
    oblique = (across + 0.3 * truth).requires_grad_()
    axis_distance(oblique, truth).sum().backward()
    assert oblique.grad is not None
    # Turning towards the true axis lowers the distance.
    assert oblique.grad[0, 0, 1] < 0 < oblique.grad[0, 1, 1]


def test_a_reading_is_judged_by_length_axis_and_bend_and_not_by_its_sign():
    ends = torch.tensor([[[6.0, 2.0], [-4.0, -2.0]]])[..., None, None].expand(1, 2, 2, 4, 4)
    perfect = reading_of(ends)
    assert reading_loss(perfect, ends) < 0.01
    assert reading_loss(perfect, ends.flip(1)) < 0.01
    for wrong in (
        perfect._replace(length=perfect.length * 0.5),
        perfect._replace(axis=-perfect.axis),
        perfect._replace(bend=perfect.bend + 3),
    ):
        assert reading_loss(wrong, ends) > 0.2
    # Nobody can read the axis of what hardly moves.
    still = 0.004 * ends
    assert reading_loss(reading_of(still)._replace(axis=-perfect.axis), still) < 0.1
