"""Fitting deblurring networks, plain and along frozen trajectories."""

from __future__ import annotations

import math
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.checkpoints import load_checkpoint, save_checkpoint
from app.cli import main
from app.errors import InputError
from app.training.blur_pairs import BlurPairs, PairSettings
from app.training.fit_deblur import DeblurFitSettings, DeblurTask, converted, train_deblur
from models.deblur import PRESETS, DeblurConfig, DeblurNetwork
from models.trajectory import TrajectoryConfig, TrajectoryNetwork


@pytest.fixture
def pairs(stills: Path) -> PairSettings:
    return PairSettings(
        simulate=stills, size=32, block=16, reuse=8, validate_scenes=4, validate_size=32,
        camera_only=True,
    )  # fmt: skip


@pytest.fixture
def offsets(tmp_path: Path) -> Path:
    path = tmp_path / "offsets.safetensors"
    save_checkpoint(path, TrajectoryNetwork(TrajectoryConfig(widths=(2, 2, 2), blocks=1)))
    return path


def test_a_motion_aware_network_learns_while_its_trajectories_stay(
    pairs: PairSettings, offsets: Path, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    start = tmp_path / "start.safetensors"
    save_checkpoint(start, DeblurNetwork(DeblurConfig(width=4, motion_aware=True)))
    settings = DeblurFitSettings(
        pairs=pairs, out=tmp_path / "run", trajectory=offsets, init=start, steps=12, batch=4,
        warmup=2, ema=0.5, validate_every=6, save_every=6,
    )  # fmt: skip
    before = offsets.read_bytes()
    gains = [p.metrics["gain"] for p in train_deblur(settings) if p.metrics]
    assert gains[-1] > gains[0]
    assert offsets.read_bytes() == before
    checkpoint = load_checkpoint(tmp_path / "run" / "weights.safetensors")
    assert isinstance(checkpoint.model, DeblurNetwork)
    assert checkpoint.metadata["trajectory"] == "offsets"


def test_trajectories_are_needed_only_by_motion_aware_presets(
    pairs: PairSettings, tmp_path: Path, stills: Path
) -> None:
    with pytest.raises(InputError, match="needs an offset network"):
        next(train_deblur(DeblurFitSettings(pairs=pairs, out=tmp_path / "a", steps=1)))
    with pytest.raises(InputError, match="no preset 'huge'"):
        DeblurFitSettings(pairs=pairs, out=tmp_path / "b", preset="huge")
    call = ["train", "deblur", "--simulate", str(stills), "--out", str(tmp_path / "c")]
    call += ["--steps", "1", "--batch", "2", "--block", "4", "--size", "32", "--device", "cpu"]
    call += ["--validate-scenes", "2", "--validate-size", "32", "--preset", "plain"]
    assert main(call) == 0
    model = load_checkpoint(tmp_path / "c" / "weights.safetensors").model
    assert model.config == DeblurConfig.from_preset("plain")


def test_every_photo_weighs_alike_in_the_logarithm_of_its_error(
    pairs: PairSettings, tmp_path: Path
) -> None:
    model = DeblurNetwork(DeblurConfig(width=4))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    sharp = torch.full((2, 3, 16, 16), 0.5)
    blurry = sharp.clone()
    blurry[0] += 0.1
    batch = BlurPairs(blurry, sharp, torch.zeros(2, 2, 2, 16, 16), torch.zeros(2, 2, 16, 16))
    found = {}
    for loss in ("log", "squares"):
        settings = DeblurFitSettings(pairs=pairs, out=tmp_path / loss, preset="plain", loss=loss)
        task = DeblurTask(settings)
        task.open(torch.device("cpu"))
        parts = task.losses(model, batch, [slice(0, 1), slice(1, 2)], nullcontext())
        found[loss] = [float(part.detach()) for part in parts]
    assert found["squares"] == pytest.approx([0.01 / 2, 0.0], abs=1e-6)
    assert found["log"] == pytest.approx([math.log(0.0101) / 2, math.log(1e-4) / 2], abs=1e-3)
    with pytest.raises(InputError, match="no loss 'cubes'"):
        DeblurFitSettings(pairs=pairs, out=tmp_path / "run", loss="cubes")


def test_a_plain_network_may_begin_from_a_motion_aware_one_and_the_other_way_round(
    pairs: PairSettings, offsets: Path, tmp_path: Path
) -> None:
    start = tmp_path / "start.safetensors"
    model = DeblurNetwork(DeblurConfig(width=4))
    save_checkpoint(start, model)
    settings = DeblurFitSettings(
        pairs=pairs, out=tmp_path / "run", trajectory=offsets, init=start, preset="default"
    )
    begun = DeblurTask(settings).open(torch.device("cpu"))
    default, plain = PRESETS["default"], PRESETS["plain"]
    assert begun.config == replace(
        model.config, motion_aware=True, alpha=default.alpha, sees_paths=True
    )
    assert torch.equal(begun.decoders[0].head.weight, model.decoders[0].head.weight)
    assert converted(begun, default) is begun
    back = converted(begun, plain)
    assert back.config == model.config
    photo = torch.rand(1, 3, 16, 16)
    torch.testing.assert_close(back(photo), model(photo))
