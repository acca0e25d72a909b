"""Fitting in parts, in several processes, with other losses and other guidance."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from app.checkpoints import load_checkpoint, save_checkpoint
from app.errors import InputError
from app.training import distribution
from app.training.distribution import Processes
from app.training.fit import FitProgress
from app.training.fit_decomposer import DecomposerFitSettings, train_decomposer
from models.decomposer import PRESETS, Decomposer, DecomposerConfig
from models.losses import LOSSES

ROOT = Path(__file__).resolve().parents[3]
TINY = DecomposerConfig(widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,))


@pytest.fixture
def settings(stills: Path, tmp_path: Path) -> DecomposerFitSettings:
    """Two steps of four small samples, with a tiny network that repeats no photo any more."""
    torch.manual_seed(3)
    model = Decomposer(TINY)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.02)
    start = tmp_path / "start.safetensors"
    save_checkpoint(start, model, metadata={})
    return DecomposerFitSettings(
        simulate=stills, out=tmp_path / "run", init=start, steps=2, batch=4, size=32, block=8,
        reuse=2, warmup=1, learning_rate=1e-3, validate_every=2, save_every=2,
        validate_scenes=2, validate_size=32,
    )  # fmt: skip


def run(settings: DecomposerFitSettings) -> tuple[list[FitProgress], dict[str, Tensor]]:
    events = []
    generator = train_decomposer(settings)
    while True:
        try:
            events.append(next(generator))
        except StopIteration as stop:
            return events, load_checkpoint(stop.value).model.state_dict()


def assert_same_weights(some: dict[str, Tensor], others: dict[str, Tensor]) -> None:
    assert some.keys() == others.keys()
    for name, values in some.items():
        torch.testing.assert_close(values, others[name], atol=1e-5, rtol=0, msg=name)


@pytest.mark.parametrize("parts", [2, 3])
def test_a_step_in_parts_is_the_same_step(settings: DecomposerFitSettings, parts: int) -> None:
    whole, weights = run(settings)
    divided, others = run(replace(settings, accumulate=parts, out=settings.out / "parts"))
    assert [e.loss for e in divided] == pytest.approx([e.loss for e in whole], rel=1e-4)
    assert_same_weights(weights, others)
    _, start = run(replace(settings, learning_rate=0.0, out=settings.out / "idle"))
    moved = max(float((weights[name] - start[name]).abs().max()) for name in start)
    assert moved > 1e-4


def test_two_processes_take_the_step_of_one(
    settings: DecomposerFitSettings, tmp_path: Path
) -> None:
    pytest.importorskip("accelerate")
    whole, weights = run(settings)
    script = tmp_path / "fit.py"
    script.write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "from app.training.fit_decomposer import DecomposerFitSettings, train_decomposer\n"
        f"settings = DecomposerFitSettings(simulate=Path({str(settings.simulate)!r}),\n"
        f"    out=Path({str(tmp_path / 'two')!r}), init=Path({str(settings.init)!r}), steps=2,\n"
        "    batch=4, size=32, block=8, reuse=2, warmup=1, learning_rate=1e-3,\n"
        "    validate_every=2, save_every=2, validate_scenes=2, validate_size=32)\n"
        "losses = [event.loss for event in train_decomposer(settings)]\n"
        f"Path({str(tmp_path)!r}, 'losses' + os.environ['RANK']).write_text(repr(losses))\n"
    )
    # accelerate launches several processes on accelerators; on CPUs torchrun starts the same ones.
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    finished = subprocess.run(
        [*launch, "--nproc-per-node", "2", str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    for rank in ("0", "1"):
        losses = [float(x) for x in (tmp_path / f"losses{rank}").read_text()[1:-1].split(",")]
        assert losses == pytest.approx([e.loss for e in whole], rel=1e-5)
    others = load_checkpoint(tmp_path / "two" / "weights.safetensors").model.state_dict()
    assert_same_weights(weights, others)
    assert len((tmp_path / "two" / "log.csv").read_text().splitlines()) == 3


def test_shares_of_all_processes_are_all_samples_once() -> None:
    taken = []
    for rank in range(3):
        for rows in Processes(rank, 3, torch.device("cpu")).shares(17, 2):
            taken += range(17)[rows]
    assert taken == list(range(17))


def test_several_processes_without_accelerate_say_what_to_install(
    settings: DecomposerFitSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distribution, "launched", lambda: (0, 2))
    monkeypatch.setitem(sys.modules, "accelerate", None)
    with pytest.raises(InputError, match=r"unspool\[train\]"):
        next(train_decomposer(settings))


@pytest.mark.parametrize("name", [n for n in LOSSES if n != "charbonnier"])
def test_every_loss_can_be_fitted(settings: DecomposerFitSettings, name: str) -> None:
    events, weights = run(replace(settings, loss=name, accumulate=2))
    assert len(events) == 2
    assert events[0].loss > 0
    assert all(bool(values.isfinite().all()) for values in weights.values())


@pytest.mark.parametrize(
    ("guidance", "directions", "channels"),
    [("none", 4, 0), ("truth", 2, 1), ("dilated", 4, 2), ("flipped", 8, 3), ("eroded", 16, 4)],
)
def test_every_guidance_can_be_fitted(
    settings: DecomposerFitSettings,
    monkeypatch: pytest.MonkeyPatch,
    guidance: str,
    directions: int,
    channels: int,
) -> None:
    monkeypatch.setitem(PRESETS, "tiny", TINY)
    settings = replace(settings, init=None, preset="tiny", guidance=guidance, directions=directions)
    run(settings)
    fitted = load_checkpoint(settings.out / "weights.safetensors")
    assert fitted.config["guidance_channels"] == channels
    assert fitted.metadata["guidance"] == guidance


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"loss": "perceptual"}, "no loss 'perceptual'"),
        ({"guidance": "psychic"}, "no guidance 'psychic'"),
        ({"directions": 6}, "no number of directions '6'"),
        ({"accumulate": 0}, "accumulate must be at least 1"),
        ({"accumulate": 5}, "cannot be fitted in 5 parts"),
        ({"directions": 8}, "has 2 guidance channels, but this fit's guidance has 3"),
        ({"guidance": "none"}, "has 2 guidance channels, but this fit's guidance has 0"),
    ],
)
def test_what_cannot_be_fitted_is_said(
    settings: DecomposerFitSettings, wrong: dict[str, object], reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        next(train_decomposer(replace(settings, **wrong)))  # type: ignore[arg-type]
    assert not settings.out.exists()


def test_tensorboard_shows_the_log_where_it_is_installed(
    settings: DecomposerFitSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[str, float, int]] = []
    closed = []

    class Writer:
        def __init__(self, folder: str, purge_step: int) -> None:
            assert folder == str(settings.out / "tensorboard")
            assert purge_step == 1

        def add_scalar(self, name: str, value: float, step: int) -> None:
            written.append((name, value, step))

        def close(self) -> None:
            closed.append(True)

    module = types.ModuleType("torch.utils.tensorboard")
    module.SummaryWriter = Writer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", module)
    events, _ = run(settings)
    assert [(v, s) for n, v, s in written if n == "loss"] == [(e.loss, e.step) for e in events]
    assert {n for n, _, s in written if s == 2} == {"loss", "rate", *events[-1].metrics}
    assert closed
