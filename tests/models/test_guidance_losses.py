"""The predictor's losses: what each term rewards and what it does not see."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from models.axes import axis_of
from models.guidance_losses import (
    axis_loss,
    blind_loss,
    discriminator_gan_loss,
    generator_gan_loss,
    hard_samples,
    kl_loss,
    one_hot,
    reconstruction_loss,
    sign_loss,
    taxed_numbers,
)
from models.predictor import Code, Prediction


def _sure(classes: Tensor, axis: Tensor | None = None) -> Prediction:
    """A prediction that is certain of `classes`."""
    logits = one_hot(classes) * 20
    return Prediction(logits, axis if axis is not None else torch.zeros(len(classes), 2, 2, 2))


TRUTH = torch.tensor([[[0, 1], [2, 3]]])
INVERSE = torch.tensor([[[0, 3], [4, 1]]])
STATIC = torch.zeros_like(TRUTH)


def test_reconstruction_knows_the_direction_and_the_blind_loss_does_not() -> None:
    assert reconstruction_loss(_sure(TRUTH), TRUTH) < 1e-3
    assert reconstruction_loss(_sure(INVERSE), TRUTH) > 10
    assert blind_loss(_sure(INVERSE), TRUTH) < 1e-3
    assert blind_loss(_sure(STATIC), TRUTH) > 10
    other_diagonal = torch.where(TRUTH > 0, TRUTH % 4 + 1, 0)
    assert blind_loss(_sure(other_diagonal), TRUTH) > 10


def test_the_sign_and_the_blind_loss_are_the_two_parts_of_the_reconstruction() -> None:
    logits = torch.randn(3, 5, 6, 7)
    prediction = Prediction(logits, torch.zeros(3, 2, 6, 7))
    classes = torch.randint(0, 5, (3, 6, 7))
    parts = sign_loss(prediction, classes) + blind_loss(prediction, classes)
    assert torch.allclose(parts, reconstruction_loss(prediction, classes), atol=1e-5)
    assert sign_loss(_sure(INVERSE), TRUTH).max() > 10
    assert sign_loss(_sure(TRUTH), TRUTH).max() < 1e-3


def test_the_axis_is_the_same_for_a_motion_and_its_reverse() -> None:
    flow = torch.randn(2, 2, 5, 6) * 10
    assert torch.allclose(axis_of(flow), axis_of(-flow))
    assert axis_loss(Prediction(torch.zeros(2, 5, 5, 6), axis_of(flow)), -flow).max() < 1e-6


def test_the_axis_tells_diagonals_apart_and_grows_with_the_length() -> None:
    flow = torch.tensor([[3.0, 4.0], [3.0, -4.0], [30.0, 40.0]]).view(3, 2, 1, 1)
    axis = axis_of(flow)[..., 0, 0]
    lengths = axis.norm(dim=1)
    assert lengths[0] == pytest.approx(math.log(6))
    assert lengths[2] == pytest.approx(math.log(51))
    angle = 2 * math.atan2(4, 3)
    assert axis[0] / lengths[0] == pytest.approx(
        torch.tensor([math.cos(angle), math.sin(angle)]), abs=1e-5
    )
    assert axis[1, 1] == pytest.approx(-axis[0, 1])


def test_a_still_pixel_has_no_axis() -> None:
    assert torch.equal(axis_of(torch.zeros(1, 2, 3, 3)), torch.zeros(1, 2, 3, 3))


def test_a_standard_normal_code_costs_nothing() -> None:
    assert kl_loss(Code(torch.zeros(3, 4), torch.zeros(3, 4))).tolist() == [0, 0, 0]


def test_divergence_is_that_of_torch() -> None:
    code = Code(torch.randn(3, 4), torch.randn(3, 4))
    ours = torch.distributions.Normal(code.mean, (code.log_variance / 2).exp())
    expected = torch.distributions.kl_divergence(ours, torch.distributions.Normal(0.0, 1.0))
    assert torch.allclose(kl_loss(code), expected.sum(1))


def test_numbers_that_say_little_are_free() -> None:
    mean = torch.tensor([[2.0, 0.1], [-2.0, -0.1]], requires_grad=True)
    code = Code(mean, torch.zeros(2, 2))
    taxed = taxed_numbers(code, free_bits=0.25)
    assert taxed.tolist() == [True, False]
    kl_loss(code, taxed).sum().backward()
    assert mean.grad is not None
    assert (mean.grad[:, 0] != 0).all()
    assert (mean.grad[:, 1] == 0).all()


def test_drawn_codes_have_the_mean_and_the_spread_of_the_code() -> None:
    code = Code(torch.full((2000, 1), 3.0), torch.full((2000, 1), math.log(0.25)))
    drawn = code.draw(torch.randn(2000, 1, generator=torch.Generator().manual_seed(1)))
    assert drawn.mean() == pytest.approx(3, abs=0.05)
    assert drawn.std() == pytest.approx(0.5, abs=0.05)


def test_hard_samples_are_one_hot_as_likely_as_the_logits_say_and_carry_a_gradient() -> None:
    logits = torch.log(torch.tensor([0.1, 0.2, 0.3, 0.15, 0.25])).view(1, 5, 1, 1)
    logits = logits.expand(1, 5, 100, 100).clone().requires_grad_()
    noise = torch.rand(1, 5, 100, 100, generator=torch.Generator().manual_seed(2))
    drawn = hard_samples(logits, noise)
    assert torch.allclose(drawn.sum(1), torch.ones(1, 100, 100))
    assert ((drawn - drawn.round()).abs() < 1e-6).all()
    shares = drawn.detach().mean((0, 2, 3))
    assert shares == pytest.approx(torch.tensor([0.1, 0.2, 0.3, 0.15, 0.25]), abs=0.02)
    drawn[:, 2].sum().backward()
    assert logits.grad is not None
    assert (logits.grad[:, 2] > 0).all()


def test_discriminators_and_generator_want_opposite_scores_of_samples() -> None:
    high, low = [torch.ones(2, 1, 3, 3)], [torch.zeros(2, 1, 3, 3)]
    assert generator_gan_loss(high) == 0
    assert generator_gan_loss(low) == 1
    assert discriminator_gan_loss(high, low) == 0
    assert discriminator_gan_loss(low, high) == 1
