"""Fitting a guidance predictor: it runs, resumes, uses its code, and keeps only the predictor."""

from __future__ import annotations

import csv
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from app.checkpoints import load_checkpoint, save_checkpoint
from app.errors import InputError
from app.training.fit_predictor import (
    AdversarialPredictor,
    PredictorFitSettings,
    PredictorTask,
    train_predictor,
)
from models.decomposer import PRESETS as DECOMPOSERS
from models.decomposer import Decomposer
from models.predictor import PRESETS, Predictor, PredictorConfig
from models.trajectory import TrajectoryConfig, TrajectoryNetwork

TINY = PredictorConfig(widths=(8, 12, 16), blocks=(1, 1), middle_blocks=1, encoder_widths=(8, 8))


@pytest.fixture(autouse=True)
def tiny_preset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRESETS, "tiny", TINY)


def _settings(stills: Path, out: Path, **changes: object) -> PredictorFitSettings:
    settings = PredictorFitSettings(
        simulate=stills, out=out, preset="tiny", steps=6, batch=4, size=32, block=8, warmup=1,
        validate_every=3, validate_scenes=6, validate_size=32, save_every=2,
    )  # fmt: skip
    return replace(settings, **changes)  # type: ignore[arg-type]


def _losses(run: Path) -> list[float]:
    with (run / "log.csv").open() as stream:
        return [float(row["loss"]) for row in csv.DictReader(stream)]


def test_a_run_leaves_a_predictor_its_measures_and_a_sheet(stills: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    events = list(train_predictor(_settings(stills, out)))
    measured = events[-1].metrics
    for name in ("iou", "best_of_5", "known", "disagreement", "coherence", "kl", "silent"):
        assert np.isfinite(measured[name])
    checkpoint = load_checkpoint(out / "weights.safetensors")
    assert isinstance(checkpoint.model, Predictor)
    assert checkpoint.metadata["loss"] == "default"
    assert len(list((out / "sheets").glob("*.png"))) == 2


def test_a_resumed_run_has_the_losses_of_an_uninterrupted_one(stills: Path, tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    list(train_predictor(_settings(stills, whole)))
    running = train_predictor(_settings(stills, parts))
    for _ in range(4):
        next(running)
    running.close()
    list(train_predictor(_settings(stills, parts, resume=True)))
    assert _losses(parts) == _losses(whole)


@pytest.mark.parametrize("loss", ["default", "paper", "code"])
def test_a_step_in_parts_has_the_gradient_of_the_whole_step(
    stills: Path, tmp_path: Path, loss: str
) -> None:
    task = PredictorTask(_settings(stills, tmp_path, loss=loss))
    model = task.open(torch.device("cpu"))
    batch = task.batch(3)

    def gradients(shares: list[slice]) -> list[torch.Tensor]:
        model.zero_grad(set_to_none=True)
        for part in task.losses(model, batch, shares, nullcontext()):
            part.backward()  # type: ignore[no-untyped-call]
        return [p.grad.clone() for p in model.parameters() if p.grad is not None]

    whole = gradients([slice(0, 4)])
    parts = gradients([slice(0, 1), slice(1, 4)])
    assert len(whole) == len(parts)
    for one, other in zip(whole, parts, strict=True):
        assert torch.allclose(one, other, atol=1e-5 * float(one.abs().max() + 1))


def test_the_generator_cannot_weaken_its_judges(stills: Path, tmp_path: Path) -> None:
    task = PredictorTask(_settings(stills, tmp_path, loss="code"))
    model = task.open(torch.device("cpu"))
    batch = task.batch(0)
    loss = next(task.losses(model, batch, [slice(0, 4)], nullcontext()))
    judges = list(model.discriminator.parameters())
    everything = torch.autograd.grad(loss, judges, retain_graph=True)
    task.terms = replace(task.terms, gan=1e-9)
    lone = next(task.losses(model, batch, [slice(0, 4)], nullcontext()))
    alone = torch.autograd.grad(lone, judges)
    for one, other in zip(everything, alone, strict=True):
        assert torch.allclose(one, other, atol=1e-6)


def test_the_encoder_learns_what_helps_the_generator_and_is_taxed_later(
    stills: Path, tmp_path: Path
) -> None:
    task = PredictorTask(_settings(stills, tmp_path))
    model = task.open(torch.device("cpu"))
    head = model.predictor.encoder.head.weight
    loss = next(task.losses(model, task.batch(0), [slice(0, 4)], nullcontext()))
    (gradient,) = torch.autograd.grad(loss, [head])
    assert gradient.abs().max() > 0
    warmup = task.terms.kl_warmup
    assert task.batch(0).kl_weight == 0
    assert 0 < task.batch(warmup // 2).kl_weight < task.batch(warmup).kl_weight == task.terms.kl


def test_what_cannot_be_fitted_is_refused(stills: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no loss 'none'"):
        _settings(stills, tmp_path, loss="none")
    with pytest.raises(InputError, match="at least 32"):
        _settings(stills, tmp_path, size=16)
    other = tmp_path / "other.safetensors"
    save_checkpoint(other, Decomposer(DECOMPOSERS["fast"]))
    with pytest.raises(InputError, match="no offset network that reads"):
        PredictorTask(_settings(stills, tmp_path, init=other)).open(torch.device("cpu"))


def test_fitting_can_start_from_a_predictor(stills: Path, tmp_path: Path) -> None:
    start = tmp_path / "start.safetensors"
    torch.manual_seed(1)
    network = Predictor(TINY)
    save_checkpoint(start, network)
    model = PredictorTask(_settings(stills, tmp_path, init=start)).open(torch.device("cpu"))
    assert isinstance(model, AdversarialPredictor)
    assert torch.equal(model.predictor.generator.head.weight, network.generator.head.weight)


def test_fitting_can_start_from_what_an_offset_network_reads(stills: Path, tmp_path: Path) -> None:
    alike = TrajectoryConfig(widths=TINY.widths, blocks=1)
    torch.manual_seed(1)
    network = TrajectoryNetwork(alike)
    save_checkpoint(tmp_path / "start.safetensors", network)
    settings = _settings(stills, tmp_path, init=tmp_path / "start.safetensors")
    model = PredictorTask(settings).open(torch.device("cpu"))
    assert isinstance(model, AdversarialPredictor)
    ours, theirs = model.predictor.generator, network.body.unet
    assert torch.equal(ours.middle[0].conv1.weight, theirs.middle[0].conv1.weight)
    # The last planes of theirs are the guidance, which a predictor must not see.
    assert torch.equal(ours.enter.weight, theirs.enter.weight[:, :-3])
    larger = TrajectoryNetwork(replace(alike, widths=(8, 12, 20)))
    save_checkpoint(tmp_path / "start.safetensors", larger)
    with pytest.raises(InputError, match="not the predictor's sizes"):
        PredictorTask(settings).open(torch.device("cpu"))
