"""Behaviour of the two-stage decomposer: shapes, static pixels, presets, configurations."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.decomposer import PRESETS, Decomposer, DecomposerConfig
from models.losses import decomposition_loss

SMALL = DecomposerConfig(widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,))
SMALL_AFB = DecomposerConfig(
    family="afb", widths=(4, 8, 8), encoder_blocks=(), middle_blocks=1, decoder_blocks=()
)


def lively(config: DecomposerConfig) -> Decomposer:
    """A network whose heads are not zero, so that it changes what it may change."""
    torch.manual_seed(0)
    model = Decomposer(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "head" in name:
                parameter.normal_(0, 0.1)
    return model


@pytest.mark.parametrize("config", [SMALL, SMALL_AFB], ids=["residual-unet", "afb"])
@given(height=st.integers(1, 37), width=st.integers(1, 37), seed=st.integers(0, 5))
@settings(max_examples=15, deadline=None)
def test_any_size_gives_frames_of_that_size_with_static_pixels_untouched(
    config: DecomposerConfig, height: int, width: int, seed: int
) -> None:
    generator = torch.Generator().manual_seed(seed)
    photo = torch.rand(1, 3, height, width, generator=generator)
    classes = torch.randint(-1, 2, (1, 2, height, width), generator=generator).float()
    with torch.no_grad():
        result = lively(config)(photo, classes)
    static = classes.eq(0).all(1)
    for frames in result:
        assert frames.shape == (1, 7, 3, height, width)
        same = frames == photo[:, None]
        assert bool(same.permute(0, 3, 4, 1, 2)[static].all())
        assert not bool(same.permute(0, 3, 4, 1, 2)[~static].all()) or not bool((~static).any())


def test_a_fresh_default_network_repeats_the_photo() -> None:
    photo = torch.rand(2, 3, 33, 20)
    result = Decomposer(SMALL)(photo, torch.ones(2, 2, 33, 20))
    assert torch.equal(result.frames, photo[:, None].expand_as(result.frames))


def test_the_guidance_decides_the_result() -> None:
    photo = torch.rand(1, 3, 16, 16)
    model = lively(SMALL)
    one = model(photo, torch.ones(1, 2, 16, 16)).frames
    other = model(photo, -torch.ones(1, 2, 16, 16)).frames
    assert (one - other).abs().max() > 1e-3


def test_the_paper_preset_has_the_papers_size() -> None:
    with torch.device("meta"):
        model = Decomposer(PRESETS["paper"])
    assert round(sum(p.numel() for p in model.parameters()) / 1e6, 1) == 129.3


@pytest.mark.parametrize("name", ["default", "fast"])
def test_shipped_presets_fit_in_sixteen_megabytes_of_half_precision(name: str) -> None:
    with torch.device("meta"):
        model = Decomposer(PRESETS[name])
    assert sum(p.numel() for p in model.parameters()) * 2 < 16e6


def test_nothing_outside_the_receptive_radius_changes_a_pixel() -> None:
    model = lively(SMALL).double()
    radius = model.receptive_radius
    side = 2 * (radius + 24)
    photo = torch.rand(1, 3, side, side, dtype=torch.float64)
    guidance = torch.ones(1, 2, side, side, dtype=torch.float64)
    middle = side // 2
    with torch.no_grad():
        before = model(photo, guidance).frames[..., middle, middle]
        photo[..., : middle - radius - 1, :] = 0
        photo[..., :, middle + radius + 2 :] = 1
        after = model(photo, guidance).frames[..., middle, middle]
    assert torch.equal(before, after)


@pytest.mark.parametrize("config", list(PRESETS.values()), ids=list(PRESETS))
def test_a_configuration_survives_its_dictionary(config: DecomposerConfig) -> None:
    assert DecomposerConfig.from_dict(config.to_dict()) == config


@pytest.mark.parametrize(
    "values",
    [
        {"family": "transformer"},
        {"stages": 3},
        {"frames": 1},
        {"widths": [8]},
        {"encoder_blocks": [1]},
        {"surprise": 1},
    ],
)
def test_a_wrong_configuration_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"decomposer|widths|encoder_blocks"):
        DecomposerConfig.from_dict(values)


def test_shapes_that_do_not_fit_are_refused() -> None:
    model = Decomposer(SMALL)
    with pytest.raises(ValueError, match="blurry"):
        model(torch.rand(1, 1, 8, 8), torch.ones(1, 2, 8, 8))
    with pytest.raises(ValueError, match="guidance"):
        model(torch.rand(1, 3, 8, 8), torch.ones(1, 2, 8, 9))


def test_one_stage_is_both_answers() -> None:
    config = DecomposerConfig(**{**SMALL.to_dict(), "stages": 1, "widths": (8, 12)})
    result = Decomposer(config)(torch.rand(1, 3, 8, 8), torch.ones(1, 2, 8, 8))
    assert result.coarse is result.frames or torch.equal(result.coarse, result.frames)


@pytest.mark.parametrize("kind", ["mse", "charbonnier"])
def test_the_loss_ignores_static_pixels_and_counts_both_stages(kind: str) -> None:
    photo = torch.rand(1, 3, 8, 8)
    result = lively(SMALL)(photo, torch.ones(1, 2, 8, 8))
    moving = torch.zeros(1, 1, 8, 8, dtype=torch.bool)
    moving[..., :4] = True
    truth = torch.rand(1, 7, 3, 8, 8)
    changed = truth.clone()
    changed[..., 4:] = 0
    loss = decomposition_loss(result, truth, moving, kind)
    assert torch.equal(loss, decomposition_loss(result, changed, moving, kind))
    assert loss > decomposition_loss(result._replace(coarse=truth), truth, moving, kind)


def test_an_unknown_loss_is_refused() -> None:
    result = lively(SMALL)(torch.rand(1, 3, 8, 8), torch.ones(1, 2, 8, 8))
    with pytest.raises(ValueError, match="unknown loss"):
        decomposition_loss(result, result.frames, torch.ones(1, 1, 8, 8).bool(), "perceptual")


def test_a_network_without_guidance_may_change_every_pixel() -> None:
    config = DecomposerConfig(**{**SMALL.to_dict(), "guidance_channels": 0, "widths": (8, 12)})
    photo = torch.rand(1, 3, 9, 8)
    frames = lively(config)(photo, torch.zeros(1, 0, 9, 8)).frames
    assert frames.shape == (1, 7, 3, 9, 8)
    assert bool((frames != photo[:, None]).any(2).float().mean() > 0.99)


def test_one_stage_has_about_the_parameters_of_the_default_two() -> None:
    sizes = [
        sum(p.numel() for p in Decomposer(PRESETS[name]).parameters())
        for name in ("default", "one-stage")
    ]
    assert sizes[1] == pytest.approx(sizes[0], rel=0.02)


def test_what_is_said_about_displacement_is_heard_where_things_move() -> None:
    photo, signs = torch.rand(1, 3, 16, 16), torch.ones(1, 2, 16, 16)
    signs[..., 8:] = 0
    model = lively(replace(SMALL, sees_displacement=True))
    right = torch.zeros(1, 2, 16, 16)
    right[:, 0] = 12
    with torch.no_grad():
        silent, told, farther = (model(photo, signs, d).frames for d in (None, right, 2 * right))
        torch.testing.assert_close(model(photo, signs, 0 * right).frames, silent)
        elsewhere = model(photo, signs, right * signs.eq(0)).frames
    assert (told - silent)[..., :8].abs().max() > 1e-3
    assert (told - farther)[..., :8].abs().max() > 1e-3
    torch.testing.assert_close(elsewhere, silent)


def test_a_network_that_does_not_listen_is_not_told() -> None:
    photo, signs = torch.rand(1, 3, 16, 16), torch.ones(1, 2, 16, 16)
    with pytest.raises(ValueError, match="not what this network is told"):
        lively(SMALL)(photo, signs, signs)
    with pytest.raises(ValueError, match="not what this network is told"):
        lively(replace(SMALL, sees_displacement=True))(photo, signs, signs[..., :-1])
