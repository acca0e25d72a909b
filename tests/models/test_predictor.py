"""The guidance predictor's networks: shapes, sizes, what the code does, what a preset costs."""

from __future__ import annotations

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from models.guidance_losses import one_hot
from models.predictor import (
    PRESETS,
    GuidanceDiscriminator,
    Prediction,
    Predictor,
    PredictorConfig,
)

SMALL = PredictorConfig(
    patch=2, widths=(8, 12, 16), blocks=(1, 1), middle_blocks=1, encoder_widths=(8, 8)
)


@pytest.fixture
def network() -> Predictor:
    torch.manual_seed(0)
    return Predictor(SMALL).eval()


@pytest.mark.parametrize("size", [(32, 32), (33, 50), (1, 1), (7, 90)])
def test_any_photo_size_gives_logits_and_axis_of_that_size(
    network: Predictor, size: tuple[int, int]
) -> None:
    with torch.no_grad():
        answer = network(torch.rand(2, 3, *size), torch.randn(2, 4))
    assert answer.logits.shape == (2, 5, *size)
    assert answer.axis.shape == (2, 2, *size)


def test_one_code_says_the_same_of_a_part_as_of_the_whole_photo(network: Predictor) -> None:
    photo, code = torch.rand(1, 3, 128, 160), torch.randn(1, 4)
    with torch.no_grad():
        whole = network(photo, code).logits[:, :, 40:88, 56:104]
        part = network(photo[:, :, 16:112, 32:128], code).logits[:, :, 24:72, 24:72]
    assert torch.allclose(whole, part, atol=1e-5)


def test_what_moves_is_decided_before_which_way() -> None:
    still = torch.tensor([0.6, 0.1, 0.1, 0.1, 0.1])
    # Static is the likeliest of the five, but three to two that it moves.
    undecided = torch.tensor([0.4, 0.1, 0.25, 0.15, 0.1])
    logits = torch.stack([still, undecided], 1).log().view(1, 5, 1, 2)
    said = Prediction(logits, torch.zeros(1, 2, 1, 2))
    assert said.classes.tolist() == [[[0, 2]]]
    assert said.motion_logit.sigmoid().flatten().tolist() == pytest.approx([0.4, 0.6])


def test_another_code_gives_another_answer(network: Predictor) -> None:
    photo = torch.rand(1, 3, 32, 32).repeat(2, 1, 1, 1)
    with torch.no_grad():
        logits = network(photo, torch.tensor([[2.0, 0, 0, 0], [-2.0, 0, 0, 0]])).logits
    assert not torch.allclose(logits[0], logits[1], atol=1e-3)


def test_the_encoder_tells_guidance_from_its_inverse_at_any_size(network: Predictor) -> None:
    forwards = torch.full((1, 37, 50), 1)
    with torch.no_grad():
        there = network.encode(one_hot(forwards))
        back = network.encode(one_hot(forwards + 2))
    assert there.mean.shape == there.log_variance.shape == (1, 4)
    assert not torch.allclose(there.mean, back.mean)


def test_the_default_network_fits_a_small_file_and_a_slow_processor() -> None:
    network = Predictor(PRESETS["default"])
    assert sum(p.numel() for p in network.parameters()) * 2 < 16e6
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        network(torch.rand(1, 3, 128, 128), torch.zeros(1, 4))
    assert counter.get_total_flops() / 128**2 < 100_000


@pytest.mark.parametrize("name", PRESETS)
def test_a_configuration_survives_being_written_down(name: str) -> None:
    config = PredictorConfig.from_preset(name)
    assert PredictorConfig.from_dict(config.to_dict()) == config


@pytest.mark.parametrize(
    "values",
    [
        {"latent": 0},
        {"patch": 3},
        {"widths": [8]},
        {"blocks": [1]},
        {"colour": 3},
        {"encoder_widths": [8]},
    ],
    ids=lambda values: next(iter(values)),
)
def test_an_impossible_configuration_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"predictor|name|colour"):
        PredictorConfig.from_dict(values)


def test_a_photo_or_code_of_another_shape_is_refused(network: Predictor) -> None:
    with pytest.raises(ValueError, match="photo must be"):
        network(torch.rand(1, 4, 8, 8), torch.zeros(1, 4))
    with pytest.raises(ValueError, match="code must be"):
        network(torch.rand(1, 3, 8, 8), torch.zeros(2, 4))
    with pytest.raises(ValueError, match="guidance must be"):
        network.encode(torch.rand(1, 2, 8, 8))


def test_discriminators_judge_patches_at_two_scales() -> None:
    fine, coarse = GuidanceDiscriminator()(torch.rand(2, 5, 64, 96))
    assert fine.shape == (2, 1, 4, 6)
    assert coarse.shape == (2, 1, 2, 3)
