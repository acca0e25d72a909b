"""A real, short fitting run: it lowers the loss, resumes exactly and leaves usable weights."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.checkpoints import load_checkpoint, save_checkpoint
from app.errors import InputError
from app.training.evaluation import EvaluateSettings, evaluate_decomposer
from app.training.fit import FitProgress, learning_rate
from app.training.fit_decomposer import DecomposerFitSettings, train_decomposer
from app.training.simulator import SimulatorSettings
from models.decomposer import Decomposer, DecomposerConfig

TINY = DecomposerConfig(widths=(16, 24), encoder_blocks=(1,), middle_blocks=2, decoder_blocks=(1,))


@pytest.fixture
def settings(stills: Path, tmp_path: Path) -> DecomposerFitSettings:
    """A run of a tiny network, started from weights so that its size is ours to choose."""
    torch.manual_seed(1)
    start = tmp_path / "start.safetensors"
    save_checkpoint(start, Decomposer(TINY), metadata={})
    return DecomposerFitSettings(
        simulate=stills, out=tmp_path / "run", init=start, steps=40, batch=8, size=32, block=32,
        reuse=8, warmup=5, learning_rate=1e-3, validate_every=40, save_every=10,
        validate_scenes=4, validate_size=32,
    )  # fmt: skip


def run(settings: DecomposerFitSettings) -> tuple[list[FitProgress], Path]:
    events = []
    generator = train_decomposer(settings)
    while True:
        try:
            events.append(next(generator))
        except StopIteration as stop:
            return events, stop.value


def test_some_dozens_of_steps_lower_the_loss_and_leave_weights_and_a_log(
    settings: DecomposerFitSettings,
) -> None:
    # Camera pans of a few pixels are learned before anything else.
    pans = SimulatorSettings(
        size=32, objects=(1.0,), static_camera=0.0, camera_displacement=(5.0, 6.0),
        camera_turn=0.0, camera_growth=0.0, curve=0.0, highlights=0.0,
        turning_camera=0.0, tremor=0.0, limbs=0.0,
    )  # fmt: skip
    settings = replace(settings, steps=75, scenes=pans, validate_every=75, validate_scenes=16)
    events, weights = run(settings)
    # The same batches, without learning.
    idle, _ = run(replace(settings, learning_rate=0.0, out=settings.out / "idle"))
    assert events[0].loss == pytest.approx(idle[0].loss)
    learned, unlearned = (sum(e.loss for e in run[-25:]) for run in (events, idle))
    assert learned < 0.998 * unlearned
    assert idle[-1].metrics["gain"] == 0
    assert events[-1].metrics["gain"] > 0.02
    loaded = load_checkpoint(weights)
    assert isinstance(loaded.model, Decomposer)
    assert loaded.metadata["steps"] == "75"
    rows = list(csv.reader((settings.out / "log.csv").open()))
    assert [int(r[0]) for r in rows[1:]] == list(range(1, 76))
    assert (settings.out / "sheets" / "0000075.png").is_file()


def test_an_interrupted_run_continues_with_the_same_losses(
    settings: DecomposerFitSettings, tmp_path: Path
) -> None:
    whole, _ = run(replace(settings, steps=14, out=tmp_path / "whole"))
    generator = train_decomposer(replace(settings, steps=14))
    first = [next(generator) for _ in range(7)]
    generator.close()
    second, _ = run(replace(settings, steps=14, resume=True))
    assert [e.step for e in first + second] == list(range(1, 15))
    assert [e.loss for e in first + second] == pytest.approx([e.loss for e in whole], rel=1e-5)


def test_a_killed_run_continues_from_the_last_saved_state(settings: DecomposerFitSettings) -> None:
    generator = train_decomposer(settings)
    losses = [next(generator).loss for _ in range(13)]
    state = settings.out / "state.safetensors"
    saved_at_ten = state.read_bytes()
    generator.close()
    # Closing saves once more, which a kill does not: bring back what a kill would have left.
    state.write_bytes(saved_at_ten)
    resumed = train_decomposer(replace(settings, resume=True))
    again = [next(resumed) for _ in range(3)]
    resumed.close()
    assert [e.step for e in again] == [11, 12, 13]
    assert [e.loss for e in again] == pytest.approx(losses[10:], rel=1e-5)
    rows = list(csv.reader((settings.out / "log.csv").open()))
    assert [int(r[0]) for r in rows[1:]] == list(range(1, 14))


def test_a_run_whose_state_is_gone_or_broken_is_not_resumed(
    settings: DecomposerFitSettings,
) -> None:
    generator = train_decomposer(settings)
    for _ in range(13):
        next(generator)
    generator.close()
    state = settings.out / "state.safetensors"
    saved = state.read_bytes()
    state.unlink()
    with pytest.raises(InputError, match="no run to resume"):
        next(train_decomposer(replace(settings, resume=True)))
    state.write_bytes(saved[: len(saved) // 2])
    with pytest.raises(InputError, match="broken"):
        next(train_decomposer(replace(settings, resume=True)))
    state.write_bytes(saved)
    assert next(train_decomposer(replace(settings, resume=True))).step == 14


def test_a_second_run_does_not_overwrite_the_first(settings: DecomposerFitSettings) -> None:
    generator = train_decomposer(settings)
    for _ in range(10):
        next(generator)
    with pytest.raises(InputError, match="holds a run already"):
        next(train_decomposer(settings))


def test_a_folder_without_stills_leaves_no_run_behind(
    settings: DecomposerFitSettings, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(InputError, match="holds no readable image"):
        next(train_decomposer(replace(settings, simulate=empty)))
    assert not settings.out.exists()


@pytest.mark.parametrize(
    "wrong", [{"steps": 0}, {"batch": 0}, {"size": 8}, {"preset": "huge", "init": None}]
)
def test_wrong_settings_are_refused(
    settings: DecomposerFitSettings, wrong: dict[str, object]
) -> None:
    with pytest.raises(InputError):
        next(train_decomposer(replace(settings, **wrong)))  # type: ignore[arg-type]


def test_the_learning_rate_rises_then_falls() -> None:
    settings = DecomposerFitSettings(simulate=Path(), out=Path(), steps=100, warmup=10)
    rates = [learning_rate(settings, s) for s in range(100)]
    assert rates[:10] == sorted(rates[:10])
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[-1] < 0.05 * max(rates)


def test_evaluation_puts_the_photo_and_the_truth_beside_the_network(stills: Path) -> None:
    generator = evaluate_decomposer(
        Decomposer(TINY), EvaluateSettings(simulate=stills, count=6, size=64, part="all")
    )
    steps = []
    while True:
        try:
            steps.append(next(generator))
        except StopIteration as stop:
            result = stop.value
            break
    assert steps[-1] == (6, 6)
    # A fresh network repeats the photo, and the measures must say exactly that.
    assert result.gain == pytest.approx(0, abs=1e-6)
    assert result.sharpness == pytest.approx(result.sharpness_photo)
    assert result.endpoint_error == pytest.approx(result.endpoint_error_photo, rel=0.01)
    assert result.endpoint_error_truth < 0.5 * result.endpoint_error_photo
    assert result.obedience_truth > 0.9
    assert result.obedience < 0.1
