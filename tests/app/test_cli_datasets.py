"""The commands about datasets: synthesize, and evaluate with --data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.checkpoints import save_checkpoint
from app.cli import main
from models.decomposer import Decomposer, DecomposerConfig

TINY = DecomposerConfig(widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,))


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("UNSPOOL_DEVICE", raising=False)
    return tmp_path


def unspool(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_datasets_are_made_continued_and_measured(here, stills, capsys):
    call = ("synthesize", stills, "--out", "data", "--kind", "simulated", "--size", 48)
    assert unspool(*call, "--count", 2) == 0
    assert "2 samples, 2 of them new" in capsys.readouterr().out
    assert unspool(*call, "--count", 3, "--json") == 0
    assert json.loads(capsys.readouterr().out)["new"] == 1
    save_checkpoint(here / "still.safetensors", Decomposer(TINY))
    measure = ("evaluate", "decomposer", "--data", "data", "--weights", "still.safetensors")
    (here / "data" / "simulated" / "sharp" / "00000001_003.png").unlink()
    assert unspool(*measure, "--json", "numbers.json") == 0
    assert "00000001_003.png is missing" in capsys.readouterr().err
    numbers = json.loads((here / "numbers.json").read_text())
    assert (numbers["skipped"], numbers["gain"]) == (1, pytest.approx(0, abs=1e-6))
    # Without exact displacements, what needs them is not available.
    for truth in (here / "data").rglob("trajectory/*.npz"):
        truth.unlink()
    assert unspool(*measure, "--json", "less.json") == 0
    assert "not available" in capsys.readouterr().out
    assert json.loads((here / "less.json").read_text())["endpoint_error"] is None


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (("synthesize", "nowhere", "--out", "data"), "nowhere: no such file"),
        (("synthesize", ".", "--out", "data", "--response", "log"), "response curve 'log'"),
        (("synthesize", ".", "--out", "data", "--kind", "magic"), "'magic'"),
        (("evaluate", "decomposer"), "--simulate IMAGES or --data"),
        (("evaluate", "decomposer", "--data", "."), "looks like no dataset"),
    ],
)
def test_datasets_that_cannot_be_made_or_read_are_refused(here, capsys, call, problem):
    assert unspool(*call) == 2
    assert problem in capsys.readouterr().err
    assert list(here.iterdir()) == []
