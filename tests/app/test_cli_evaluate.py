"""`unspool evaluate`: protocols, benchmark and what cannot be measured."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.checkpoints import save_checkpoint
from app.cli import main
from models.decomposer import Decomposer, DecomposerConfig

TINY = DecomposerConfig(
    stages=1, widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,)
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    save_checkpoint(tmp_path / "still.safetensors", Decomposer(TINY))
    return tmp_path


def evaluate(*arguments: object) -> int:
    call = ("evaluate", "decomposer", "--weights", "still.safetensors", "--device", "cpu")
    return main([str(a) for a in (*call, *arguments)])


def test_a_table_stands_beside_the_photo_repeated(
    here: Path, stills: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = ("--simulate", stills, "--all", "--count", 3, "--size", 48, "--seed", 1)
    assert evaluate(*small, "--guidance", "truth", "--json", "n.json") == 0
    output = capsys.readouterr().out
    for word in ("photo repeated", "true frames", "best order", "SSIM", "PSNR, frame 6, dB"):
        assert word in output
    assert "LPIPS" not in output
    numbers = json.loads((here / "n.json").read_text())
    assert numbers["guidance"] == "truth"
    assert numbers["psnr_frames"] == pytest.approx(numbers["psnr_frames_photo"])
    assert numbers["lpips"] is None


def test_robustness_has_a_row_for_every_guidance(
    here: Path, stills: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = ("--simulate", stills, "--all", "--count", 2, "--size", 48)
    assert evaluate(*small, "--protocol", "robustness", "--json", "n.json") == 0
    lines = capsys.readouterr().out.splitlines()
    starts = [line.split()[0] for line in lines if line.strip()]
    first = starts.index("guidance")
    rows = ["guidance", "truth", "drawn", "dilated", "eroded", "photo"]
    assert starts[first : first + 6] == rows
    numbers = json.loads((here / "n.json").read_text())
    assert list(numbers["guidance"]) == ["truth", "drawn", "dilated", "eroded"]


def test_the_benchmark_is_measured_by_its_name(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("skimage")
    from app.training import evaluation

    small = replace(evaluation.BENCHMARKS["simulated"], count=2, size=48)
    monkeypatch.setitem(evaluation.BENCHMARKS, "simulated", small)
    assert evaluate("--benchmark", "simulated", "--json", "n.json") == 0
    assert "the simulated benchmark" in capsys.readouterr().out
    assert json.loads((here / "n.json").read_text())["on"] == "the simulated benchmark"


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ((), "Name one of --simulate"),
        (("--simulate", ".", "--benchmark", "simulated"), "Name one of --simulate"),
        (("--benchmark", "simulated", "--seed", 0), "--seed is for --simulate"),
        (("--benchmark", "simulated", "--all"), "--all is for --simulate"),
        (("--data", ".", "--protocol", "robustness"), "comes with its guidance"),
        (("--data", ".", "--guidance", "truth"), "comes with its guidance"),
        (
            ("--benchmark", "simulated", "--protocol", "robustness", "--guidance", "truth"),
            "compares every guidance",
        ),
        (("--benchmark", "simulated", "--guidance", "psychic"), "no guidance 'psychic'"),
    ],
)
def test_what_makes_no_sense_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str], call: tuple[object, ...], problem: str
) -> None:
    assert evaluate(*call) == 2
    assert problem in capsys.readouterr().err


def test_arrows_are_drawn_for_networks_that_listen_and_others_are_refused(
    here: Path, stills: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = ("--simulate", stills, "--all", "--count", 3, "--size", 48, "--seed", 1)
    assert evaluate(*small, "--arrows") == 2
    assert "does not listen to arrows" in capsys.readouterr().err
    torch.manual_seed(0)
    network = Decomposer(replace(TINY, sees_displacement=True))
    with torch.no_grad():
        network.stage1.head.weight.normal_(std=0.1)
    save_checkpoint(here / "still.safetensors", network)
    measured = []
    for name, arrows in (("without", ()), ("with", ("--arrows",))):
        assert evaluate(*small, *arrows, "--json", f"{name}.json") == 0
        measured.append(json.loads((here / f"{name}.json").read_text()))
    without, with_arrows = measured
    assert with_arrows["psnr_photo"] == without["psnr_photo"]
    assert with_arrows["psnr"] != without["psnr"]
    assert evaluate("--data", here, "--arrows") == 2
    assert evaluate(*small, "--arrows", "--protocol", "robustness") == 2
