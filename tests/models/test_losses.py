"""Each term of the loss is zero exactly where it should be, and parts add up to the whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from models.decomposer import Decomposer, DecomposerConfig, Decomposition
from models.light import exposed, linear_to_srgb, srgb_to_linear
from models.losses import (
    LOSSES,
    LossSettings,
    balanced_weights,
    decomposition_loss,
    fitting_loss,
    reblur_loss,
    reversal_loss,
    temporal_loss,
    unordered_loss,
)

EVERYWHERE = torch.ones(2, 1, 6, 5, dtype=torch.bool)


def film(seed: int, frames: int = 7) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(2, frames, 3, 6, 5, generator=generator)


@pytest.mark.parametrize("penalty", ["mse", "charbonnier"])
def test_the_truth_costs_nothing_and_anything_else_does(penalty: str) -> None:
    truth = film(0)
    assert decomposition_loss(Decomposition(truth, truth), truth, EVERYWHERE, penalty) == 0
    assert decomposition_loss(Decomposition(film(1), truth), truth, EVERYWHERE, penalty) > 0.01
    assert decomposition_loss(Decomposition(truth, film(1)), truth, EVERYWHERE, penalty) > 0.01


def test_the_papers_loss_is_the_mean_squared_error_of_both_stages() -> None:
    coarse, frames, truth = film(1), film(2), film(0)
    loss = fitting_loss(
        LOSSES["paper"], Decomposition(coarse, frames), truth, truth[:, 3], EVERYWHERE
    )
    expected = (coarse - truth).square().mean() + (frames - truth).square().mean()
    assert loss == pytest.approx(float(expected), rel=1e-6)


def test_reblurring_is_right_for_the_exposed_photo_in_linear_light_only() -> None:
    frames = film(0)
    photo = linear_to_srgb(exposed(frames))
    assert reblur_loss(frames, photo, EVERYWHERE) < 1e-9
    assert reblur_loss(frames, frames.mean(1), EVERYWHERE) > 1e-3
    # Half weights at both ends: an exposure begins and ends inside its outer frames' intervals.
    linear = srgb_to_linear(frames)
    mean = (linear.sum(1) - (linear[:, 0] + linear[:, -1]) / 2) / 6
    assert torch.allclose(exposed(frames), mean, atol=1e-6)


def test_a_constant_error_costs_nothing_in_time() -> None:
    truth = film(0)
    assert temporal_loss(truth + 0.1, truth, EVERYWHERE) < 1e-9
    assert temporal_loss(truth.flip(1), truth, EVERYWHERE) > 0.01


def test_reversal_is_zero_when_the_inverse_guidance_plays_the_film_backwards() -> None:
    frames = film(0)
    assert reversal_loss(frames, frames.flip(1), EVERYWHERE) == 0
    assert reversal_loss(frames, frames, EVERYWHERE) > 0.01


@pytest.mark.parametrize("frames", [4, 7])
def test_the_unordered_loss_does_not_know_the_order_of_time(frames: int) -> None:
    answer, truth = film(1, frames), film(0, frames)
    forwards = unordered_loss(answer, truth, EVERYWHERE)
    assert torch.equal(forwards, unordered_loss(answer.flip(1), truth, EVERYWHERE))
    assert torch.equal(forwards, unordered_loss(answer, truth.flip(1), EVERYWHERE))
    assert unordered_loss(truth.flip(1), truth, EVERYWHERE) == 0
    assert forwards > 0.01


def test_the_unordered_loss_knows_which_frames_belong_together() -> None:
    truth = film(0)
    swapped = truth[:, [1, 0, 2, 3, 4, 5, 6]]
    assert unordered_loss(swapped, truth, EVERYWHERE) > 0.01


TERMS: dict[str, Callable[[Tensor, Tensor, Tensor], Tensor]] = {
    "supervised": lambda a, b, where: decomposition_loss(Decomposition(a, a), b, where),
    "reblur": lambda a, b, where: reblur_loss(a, b[:, 3], where),
    "temporal": temporal_loss,
    "reversal": reversal_loss,
    "unordered": unordered_loss,
}


@pytest.mark.parametrize("name", TERMS)
def test_gradients_are_those_of_finite_differences(name: str) -> None:
    answer, truth = film(1)[:1, :, :, :2, :2].double(), film(0)[:1, :, :, :2, :2].double()
    where = EVERYWHERE[:1, :, :2, :2]
    answer.requires_grad_(True)
    assert torch.autograd.gradcheck(lambda x: TERMS[name](x, truth, where), (answer,))


@pytest.mark.parametrize("name", TERMS)
def test_static_pixels_do_not_count(name: str) -> None:
    answer, truth = film(1), film(0)
    freed = EVERYWHERE.clone()
    freed[..., 2:] = False
    changed = answer.clone()
    changed[..., 2:] = 0.5
    assert torch.equal(TERMS[name](answer, truth, freed), TERMS[name](changed, truth, freed))
    nothing = TERMS[name](answer, truth, torch.zeros_like(freed))
    assert nothing == 0


def test_values_beyond_the_range_have_gradients_in_linear_light() -> None:
    values = torch.tensor([-0.5, 0.0, 0.04045, 1.5], requires_grad=True)
    srgb_to_linear(values).sum().backward()
    assert values.grad is not None
    assert bool((values.grad > 0).all())


@pytest.mark.parametrize("name", LOSSES)
def test_the_losses_of_parts_add_up_to_the_loss_of_the_whole(name: str) -> None:
    coarse, frames, truth, inverse = film(1), film(2), film(0), film(3)
    freed = EVERYWHERE.clone()
    freed[0, ..., 1:] = False

    def loss(rows: slice, pixels: Tensor | None) -> Tensor:
        return fitting_loss(
            LOSSES[name],
            Decomposition(coarse[rows], frames[rows]),
            truth[rows],
            truth[rows, 3],
            freed[rows],
            inverse=Decomposition(inverse[rows], inverse[rows]),
            pixels=pixels,
        )

    parts = loss(slice(0, 1), freed.sum()) + loss(slice(1, 2), freed.sum())
    assert parts == pytest.approx(float(loss(slice(None), None)), rel=1e-5)


def test_one_stage_is_supervised_once() -> None:
    config = DecomposerConfig(
        stages=1, widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,)
    )
    photo = torch.rand(2, 3, 6, 5)
    result = Decomposer(config)(photo, torch.ones(2, 2, 6, 5))
    loss = fitting_loss(LOSSES["paper"], result, film(0), photo, EVERYWHERE)
    expected = (result.frames - film(0)).square().mean()
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)


def test_what_is_missing_or_unknown_is_said() -> None:
    result = Decomposition(film(0), film(0))
    with pytest.raises(ValueError, match="inverse guidance"):
        fitting_loss(LOSSES["reversal"], result, film(0), film(0)[:, 3], EVERYWHERE)
    with pytest.raises(ValueError, match="unknown loss 'huber'"):
        LossSettings(penalty="huber")


def test_balanced_samples_count_by_the_share_of_their_error_that_is_left() -> None:
    truth = film(0) * 0.1
    photo = truth.mean(1)
    # The same film with ten times the contrast: a longer blur, as it were.
    frames = torch.stack([truth[0], truth[0] * 10])
    photos = torch.stack([photo[0], photo[0] * 10])
    weights = balanced_weights(photos, frames, EVERYWHERE)
    assert 4 < float(weights[0].mean() / weights[1].mean()) < 10
    freed = EVERYWHERE.clone()
    freed[0, :, 3:] = False
    weights = balanced_weights(photos, frames, freed)
    assert float(weights[0, :, 3:].abs().max()) == 0
    # A sample with half the freed pixels does not count less for it.
    whole = balanced_weights(photos, frames, EVERYWHERE)
    assert float(weights[0].sum() / whole[0].sum()) == pytest.approx(1, abs=0.3)
