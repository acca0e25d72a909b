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
from app.training.fit_deblur import DeblurFitSettings, DeblurTask, train_deblur
from models.deblur import DeblurConfig, DeblurNetwork
from models.trajectory import TrajectoryConfig, TrajectoryNetwork

SMALL = DeblurConfig(
    design="unet", motion_aware=True, alpha=1.0, widths=(8, 12), encoder_blocks=(1,),
    middle_blocks=1, decoder_blocks=(1,),
)  # fmt: skip


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
    save_checkpoint(start, DeblurNetwork(SMALL))
    settings = DeblurFitSettings(
        pairs=replace(pairs, arrows=0.5), out=tmp_path / "run", trajectory=offsets, init=start,
        steps=12, batch=4, warmup=2, ema=0.5, validate_every=6, save_every=6,
    )  # fmt: skip
    before = offsets.read_bytes()
    measured = [p.metrics for p in train_deblur(settings) if p.metrics]
    assert measured[-1]["gain"] > measured[0]["gain"]
    assert measured[-1]["guided"] != measured[-1]["gain"]
    assert offsets.read_bytes() == before
    checkpoint = load_checkpoint(tmp_path / "run" / "weights.safetensors")
    assert isinstance(checkpoint.model, DeblurNetwork)
    assert checkpoint.metadata["trajectory"] == "offsets"
    assert checkpoint.metadata["guided"] == "0.5"


def test_trajectories_are_needed_only_by_motion_aware_presets(
    pairs: PairSettings, tmp_path: Path, stills: Path
) -> None:
    with pytest.raises(InputError, match="needs an offset network"):
        next(train_deblur(DeblurFitSettings(pairs=pairs, out=tmp_path / "a", steps=1)))
    with pytest.raises(InputError, match="no preset 'huge'"):
        DeblurFitSettings(pairs=pairs, out=tmp_path / "b", preset="huge")
    call = ["train", "deblur", "--simulate", str(stills), "--out", str(tmp_path / "c")]
    call += ["--steps", "1", "--batch", "2", "--block", "4", "--size", "32", "--device", "cpu"]
    call += ["--validate-scenes", "2", "--validate-size", "32", "--preset", "tiny-plain"]
    assert main(call) == 0
    model = load_checkpoint(tmp_path / "c" / "weights.safetensors").model
    assert model.config == DeblurConfig.from_preset("tiny-plain")


def test_every_photo_weighs_alike_in_the_logarithm_of_its_error(
    pairs: PairSettings, tmp_path: Path
) -> None:
    model = DeblurNetwork(replace(SMALL, motion_aware=False))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    sharp = torch.full((2, 3, 16, 16), 0.5)
    blurry = sharp.clone()
    blurry[0] += 0.1
    nothing = torch.zeros(2, 2, 16, 16)
    batch = BlurPairs(blurry, sharp, torch.zeros(2, 2, 2, 16, 16), nothing, nothing)
    found = {}
    for loss in ("log", "squares"):
        settings = DeblurFitSettings(
            pairs=pairs, out=tmp_path / loss, preset="tiny-plain", loss=loss
        )
        task = DeblurTask(settings)
        task.open(torch.device("cpu"))
        parts = task.losses(model, batch, [slice(0, 1), slice(1, 2)], nullcontext())
        found[loss] = [float(part.detach()) for part in parts]
    assert found["squares"] == pytest.approx([0.01 / 2, 0.0], abs=1e-6)
    assert found["log"] == pytest.approx([math.log(0.0101) / 2, math.log(1e-4) / 2], abs=1e-3)
    with pytest.raises(InputError, match="no loss 'cubes'"):
        DeblurFitSettings(pairs=pairs, out=tmp_path / "run", loss="cubes")
