"""Evaluation: which pixels count, robustness, the fixed benchmark, SSIM and LPIPS."""

from __future__ import annotations

import math
import sys
import types
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from app.errors import InputError
from app.training import benchmark, perceptual
from app.training.evaluation import (
    BENCHMARKS,
    ROBUSTNESS,
    EvaluateSettings,
    evaluate_decomposer,
    evaluate_robustness,
    fixed_exposures,
    fixed_scenes,
)
from app.training.metrics import frame_psnr, psnr, reblur_psnr, squared_errors
from models.decomposer import Decomposer, DecomposerConfig
from models.light import exposed, linear_to_srgb

TINY = DecomposerConfig(
    stages=1, widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,)
)


def finished(generator: Generator[tuple[int, int], None, Any]) -> Any:
    while True:
        try:
            step = next(generator)
            assert 0 < step[0] <= step[1]
        except StopIteration as stop:
            return stop.value


@pytest.fixture
def settings(stills: Path) -> EvaluateSettings:
    return EvaluateSettings(simulate=stills, part="all", count=5, size=48)


def lively(channels: int = 2) -> Decomposer:
    torch.manual_seed(0)
    model = Decomposer(replace(TINY, guidance_channels=channels))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.05)
    return model


def test_every_measure_of_a_fresh_network_is_that_of_the_photo(settings: EvaluateSettings) -> None:
    pytest.importorskip("skimage")
    result = finished(evaluate_decomposer(Decomposer(TINY), settings))
    for name in ("psnr", "psnr_moving", "psnr_whole", "ssim"):
        photo = getattr(result, f"{name}_photo")
        assert getattr(result, name) == pytest.approx(photo)
        assert getattr(result, f"{name}_best_order") == pytest.approx(photo)
    # The photo repeated explains the photo to the last bit.
    assert result.reblur > 90 > result.reblur_truth > 15
    assert len(result.psnr_frames) == 7
    # Outer frames are farther from the photo than the middle one.
    assert result.psnr_frames[3] > max(result.psnr_frames[0], result.psnr_frames[6])
    assert math.isnan(result.lpips)
    assert result.to_dict()["lpips"] is None
    assert result.to_dict()["psnr_frames"] == list(result.psnr_frames)


def test_true_frames_would_be_perfect(settings: EvaluateSettings) -> None:
    scenes = fixed_scenes(fixed_exposures(settings), settings)
    everywhere = torch.ones(5, 1, 48, 48, dtype=torch.bool)
    assert frame_psnr(scenes.frames, scenes.frames, everywhere).min() == pytest.approx(100)


def test_the_pooled_psnr_lies_between_those_of_the_frames() -> None:
    truth = torch.rand(2, 7, 3, 8, 8)
    frames = truth + torch.linspace(0.01, 0.1, 7).view(1, 7, 1, 1, 1) * (truth < 0.5)
    where = torch.ones(2, 1, 8, 8, dtype=torch.bool)
    each = frame_psnr(frames, truth, where)
    pooled = psnr(*squared_errors(frames, truth, where))
    assert bool((each.diff(dim=1) < 0).all())
    assert bool(((each[:, 0] > pooled) & (pooled > each[:, -1])).all())


def test_reblurring_is_measured_in_linear_light() -> None:
    frames = torch.rand(2, 7, 3, 8, 8)
    where = torch.ones(2, 1, 8, 8, dtype=torch.bool)
    photo = linear_to_srgb(exposed(frames))
    assert reblur_psnr(frames, photo, where).min() == pytest.approx(100)
    assert reblur_psnr(frames, frames.mean(1), where).max() < 40


def test_robustness_compares_guidance_on_the_same_photos(settings: EvaluateSettings) -> None:
    results = finished(evaluate_robustness(lively(), settings))
    assert tuple(results) == ROBUSTNESS
    assert len({r.psnr_moving_photo for r in results.values()}) == 1
    assert len({r.psnr_whole_photo for r in results.values()}) == 1
    assert len({r.scenes for r in results.values()}) == 1
    # The network's random residuals hurt wherever they are let loose.
    assert results["dilated"].psnr_whole < results["truth"].psnr_whole
    assert results["truth"].psnr_whole < results["eroded"].psnr_whole


@pytest.mark.parametrize("channels", [0, 1, 3, 4])
def test_networks_of_the_ablations_are_measured_on_the_same_pixels(
    settings: EvaluateSettings, channels: int
) -> None:
    usual = finished(evaluate_decomposer(lively(), settings))
    result = finished(evaluate_decomposer(lively(channels), settings))
    assert result.scenes == usual.scenes
    assert result.psnr_photo == pytest.approx(usual.psnr_photo)
    assert result.psnr_moving_photo == pytest.approx(usual.psnr_moving_photo)
    assert result.psnr != pytest.approx(usual.psnr)


def test_the_benchmark_is_the_same_scenes_every_time() -> None:
    pytest.importorskip("skimage")
    settings = replace(BENCHMARKS["simulated"], count=3, size=48)
    first, second = (fixed_scenes(fixed_exposures(settings), settings) for _ in range(2))
    assert torch.equal(first.blurry, second.blurry)
    assert torch.equal(first.guidance, second.guidance)
    bank = benchmark.benchmark_stills()
    assert len(bank.stills) == 5
    assert len(bank.cutouts) == 0
    assert max(max(still.shape) for still in bank.stills) <= 640


def test_the_benchmark_without_its_pictures_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(benchmark.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"unspool\[evaluate\]"):
        finished(evaluate_decomposer(Decomposer(TINY), BENCHMARKS["simulated"]))


def test_without_scikit_image_there_is_no_ssim(
    settings: EvaluateSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.training.scene_measures.ssim_available", lambda: False)
    result = finished(evaluate_decomposer(Decomposer(TINY), settings))
    assert result.to_dict()["ssim"] is None
    assert result.psnr == pytest.approx(result.psnr_photo)


def test_unknown_guidance_is_refused(settings: EvaluateSettings) -> None:
    with pytest.raises(InputError, match="no guidance 'psychic'"):
        replace(settings, guidance="psychic")


def test_lpips_says_whether_the_package_or_its_weights_are_missing(
    settings: EvaluateSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "lpips", None)
    wanting = replace(settings, lpips=True)
    with pytest.raises(InputError, match=r"unspool\[lpips\]"):
        finished(evaluate_decomposer(Decomposer(TINY), wanting))
    monkeypatch.setitem(sys.modules, "lpips", types.ModuleType("lpips"))
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    with pytest.raises(InputError, match=perceptual.ALEXNET):
        finished(evaluate_decomposer(Decomposer(TINY), wanting))


def test_lpips_gets_whole_frames_between_minus_one_and_one(
    settings: EvaluateSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Distance(torch.nn.Module):
        def __init__(self, net: str, verbose: bool) -> None:
            super().__init__()
            assert net == "alex"

        def forward(self, ours: Tensor, truth: Tensor) -> Tensor:
            assert ours.shape[1:] == truth.shape[1:] == (3, 48, 48)
            assert -1 <= float(ours.min()) < 0 < float(ours.max()) <= 1
            return (ours - truth).abs().mean((1, 2, 3), keepdim=True)

    package = types.ModuleType("lpips")
    package.LPIPS = Distance  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "lpips", package)
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    (tmp_path / "checkpoints").mkdir()
    (tmp_path / "checkpoints" / perceptual.ALEXNET).touch()
    result = finished(evaluate_decomposer(lively(), replace(settings, lpips=True)))
    assert result.lpips > result.lpips_photo > 0
    assert result.lpips_best_order <= result.lpips
