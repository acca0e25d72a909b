"""Fitting deblurring networks, plain and along frozen trajectories."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from app.checkpoints import load_checkpoint, save_checkpoint
from app.cli import main
from app.errors import InputError
from app.training.blur_pairs import PairSettings
from app.training.fit_deblur import DeblurFitSettings, train_deblur
from models.deblur import DeblurConfig, DeblurNetwork
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
