"""The commands about networks: weights, info, train, evaluate, bench."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Generator
from dataclasses import MISSING, fields, replace
from pathlib import Path

import numpy as np
import pytest
import torch

import app.weights_files as finding
from app.checkpoints import load_checkpoint, save_checkpoint
from app.cli import main
from app.commands.training import train_decomposer as train_command
from app.media.photo_writing import write_photo
from app.training.annotator import GUIDANCE
from app.training.fit import FitProgress
from app.training.fit_decomposer import DecomposerFitSettings
from models.decomposer import PRESETS, Decomposer, DecomposerConfig
from models.losses import LOSSES

FIXTURE = Path(__file__).parents[1] / "data" / "afb_decomposer.npz"
TINY = DecomposerConfig(widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,))


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    """An empty current folder that is also the only place for weights."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(finding, "weights_dir", lambda: tmp_path / "weights")
    monkeypatch.setattr(finding, "user_weights_dir", lambda: tmp_path / "own")
    monkeypatch.delenv("UNSPOOL_DEVICE", raising=False)
    return tmp_path


def unspool(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def checkpoints(here) -> Path:
    """A folder as the authors' training leaves it, small, with DDP's prefix."""
    with np.load(FIXTURE, allow_pickle=False) as fixture:
        shapes = [json.loads(str(fixture[f"stage{i}_keys"])) for i in (1, 2)]
    folder = here / "authors"
    folder.mkdir()
    generator = torch.Generator().manual_seed(0)
    for i, stage in enumerate(shapes, start=1):
        state = {f"module.{k}": torch.rand(s, generator=generator) for k, s in stage.items()}
        torch.save({"state_dict": state}, folder / f"decomposer_s{i}.pth")
    return folder


def test_imported_weights_are_shown_and_animate(here, checkpoints, capsys):
    call = ("weights", "import", "--format", "afb", checkpoints, "--out", "afb.safetensors")
    assert unspool(*call) == 0
    assert "widths 8/16/32, 3 blocks, 7 frames" in capsys.readouterr().out
    assert unspool("weights", "show", "afb.safetensors", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["config"]["family"] == "afb"
    assert "afb checkpoints in authors" in shown["metadata"]["source"]

    stored = load_checkpoint(here / "afb.safetensors").model.state_dict()
    original = torch.load(checkpoints / "decomposer_s2.pth", weights_only=True)["state_dict"]
    key = "up_blocks.1.trans.weight"
    assert torch.equal(stored[f"stage2.{key}"], original[f"module.{key}"])

    photo = np.full((20, 24, 3), 90, np.uint8)
    write_photo(here / "photo.png", photo)
    call = ("animate", "photo.png", "--direction", "q1", "--weights", "afb.safetensors")
    assert unspool(*call, "--out", "frames") == 0
    assert len(list((here / "frames").iterdir())) == 7


def test_importing_refuses_wrong_folders_and_keeps_existing_files(here, checkpoints, capsys):
    call = ("weights", "import", "--format", "afb")
    assert unspool(*call, here, "--out", "a.safetensors") == 2
    assert "lacks decomposer_s1.pth" in capsys.readouterr().err
    assert unspool(*call, checkpoints, "--out", "a.pth") == 2
    assert "suffix must be .safetensors" in capsys.readouterr().err
    (here / "a.safetensors").write_bytes(b"mine")
    assert unspool(*call, checkpoints, "--out", "a.safetensors") == 2
    assert "exists" in capsys.readouterr().err
    assert (here / "a.safetensors").read_bytes() == b"mine"


def test_the_list_names_installed_weights_and_their_problems(here, capsys):
    assert unspool("weights", "list") == 0
    assert "No weights are installed" in capsys.readouterr().out
    save_checkpoint(here / "weights" / "good.safetensors", Decomposer(TINY))
    (here / "weights" / "bad.safetensors").write_bytes(b"?")
    assert unspool("weights", "list") == 0
    output = capsys.readouterr()
    assert "good" in output.out
    assert "bad.safetensors" in output.err
    assert unspool("weights", "list", "--json") == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["good"]["problem"] is None
    assert "bad.safetensors" in rows["bad"]["problem"]


def test_info_names_versions_devices_and_weights(here, capsys):
    save_checkpoint(here / "own" / "mine.safetensors", Decomposer(TINY))
    assert unspool("info", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["versions"]["torch"].startswith(torch.__version__.split("+")[0])
    assert {d["name"] for d in report["devices"]} == {"cuda", "mps", "cpu"}
    assert report["dtype"] in ("float32", "bfloat16")
    assert [row["name"] for row in report["weights"]] == ["mine"]
    assert unspool("info") == 0
    assert "Unspool computes on" in capsys.readouterr().out


def test_the_benchmark_compares_presets_with_its_baseline(here, monkeypatch, capsys):
    monkeypatch.setitem(PRESETS, "tiny", TINY)
    larger = DecomposerConfig(
        widths=(48, 64), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,)
    )
    monkeypatch.setitem(PRESETS, "larger", larger)
    call = ("bench", "decompose", "--preset", "tiny", "--baseline", "larger", "--size", 32)
    assert unspool(*call, "--json") == 0
    rows = {row["preset"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["larger"]["times_faster_than_baseline"] == 1
    assert rows["tiny"]["times_faster_than_baseline"] > 1
    assert rows["tiny"]["megaflop_per_pixel"] < rows["larger"]["megaflop_per_pixel"]
    assert unspool(*call) == 0
    assert "× larger" in capsys.readouterr().out
    assert unspool("bench", "decompose", "--preset", "oracle") == 2
    assert "no preset 'oracle'" in capsys.readouterr().err


def test_a_preset_is_measured_as_its_installed_weights_are(here, monkeypatch, capsys):
    monkeypatch.setitem(PRESETS, "tiny", TINY)
    call = ("bench", "decompose", "--preset", "tiny", "--baseline", "tiny", "--size", 32, "--json")
    fitted = Decomposer(replace(TINY, sees_displacement=True))
    parameters = []
    for installed in (False, True):
        if installed:
            finding.user_weights_dir().mkdir(parents=True, exist_ok=True)
            save_checkpoint(finding.user_weights_dir() / "decomposer-tiny.safetensors", fitted)
        assert unspool(*call) == 0
        (row,) = json.loads(capsys.readouterr().out)
        parameters.append(row["parameters"])
    # One that is fitted anew would also carry frames and read along what is said.
    assert parameters[0] > parameters[1] == sum(p.numel() for p in fitted.parameters())


def test_the_counted_work_of_the_paper_preset_is_the_known_one():
    from app.engine.bench import _megaflop_per_pixel

    assert _megaflop_per_pixel(PRESETS["paper"]) == pytest.approx(20.8, abs=0.05)


@pytest.mark.parametrize("source", ["made up", "photos"])
def test_the_simulator_is_measured_beside_one_core(here, stills, source, capsys):
    threads = torch.get_num_threads()
    call = ["bench", "simulator", "--size", 32, "--samples", 2, "--repeats", 1, "--threads", 2]
    call += ["--simulate", stills] if source == "photos" else []
    assert unspool(*call, "--device", "cpu", "--json") == 0
    rows = {row["variant"]: row for row in json.loads(capsys.readouterr().out)}
    one, several = rows["torch, one core"], rows["all cores"]
    assert (one["threads"], several["threads"]) == (1, 2)
    assert one["times_faster_than_baseline"] == 1
    assert several["times_faster_than_baseline"] == pytest.approx(
        several["samples_per_second"] / one["samples_per_second"]
    )
    assert one["samples_per_second"] > 0
    assert torch.get_num_threads() == threads


def test_the_simulator_bench_shows_a_table_and_names_a_missing_folder(here, capsys):
    call = ("bench", "simulator", "--size", 32, "--samples", 1, "--repeats", 1, "--device", "cpu")
    assert unspool(*call) == 0
    table = capsys.readouterr().out
    assert "samples / s" in table
    assert "all cores" in table
    assert unspool(*call, "--simulate", "nowhere") == 2
    assert "nowhere is not a folder" in capsys.readouterr().err


def test_a_decomposer_is_measured_beside_the_photo_repeated(here, stills, capsys):
    save_checkpoint(here / "still.safetensors", Decomposer(TINY))
    call = ("evaluate", "decomposer", "--simulate", stills, "--weights", "still.safetensors")
    assert unspool(*call, "--all", "--count", 2, "--size", 48, "--json", "numbers.json") == 0
    assert "psnr_photo" in capsys.readouterr().out
    numbers = json.loads((here / "numbers.json").read_text())
    # A network with zero heads repeats the photo.
    assert numbers["scenes"] >= 1
    assert numbers["gain"] == pytest.approx(0, abs=1e-6)
    assert unspool(*call, "--json", "numbers.json") == 2
    assert "numbers.json exists" in capsys.readouterr().err


def test_a_decomposer_is_fitted_and_animates_a_photo(here, stills, capsys):
    start = Decomposer(TINY)
    save_checkpoint(here / "weights" / "first.safetensors", start)
    call = ["train", "decomposer", "--simulate", stills, "--out", "run", "--init", "first"]
    call += ["--size", 32, "--batch", 4, "--block", 8, "--steps", 3, "--warmup", 1]
    call += ["--validate-scenes", 2, "--validate-size", 32, "--device", "cpu"]
    assert unspool(*call) == 0
    output = capsys.readouterr().out
    assert "step 3: loss " in output
    assert "gain " in output
    assert "weights.safetensors: fitted for 3 steps" in output
    fitted = load_checkpoint(here / "run" / "weights.safetensors")
    assert (fitted.metadata["steps"], fitted.metadata["batch"]) == ("3", "4")
    assert fitted.model.config == TINY
    key = "stage2.head.weight"
    assert not torch.equal(fitted.model.state_dict()[key], start.state_dict()[key])

    ramp = np.tile(np.arange(0, 240, 10, dtype=np.uint8)[None, :, None], (20, 1, 3))
    write_photo(here / "photo.png", ramp)
    call = ["animate", "photo.png", "--direction", "q1", "--weights", "run/weights.safetensors"]
    assert unspool(*call, "--out", "frames") == 0
    assert len(list((here / "frames").iterdir())) == 7


def test_every_setting_of_fitting_has_an_option_with_the_same_default():
    options = inspect.signature(train_command).parameters
    # What scenes are like follows from the size, and the device is chosen by the machine.
    settings = [f for f in fields(DecomposerFitSettings) if f.name not in ("scenes", "device")]
    assert {f.name for f in settings} <= set(options)
    for setting in settings:
        if setting.default is not MISSING:
            assert options[setting.name].default == setting.default, setting.name


def test_the_help_of_fitting_names_every_choice(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert unspool("train", "decomposer", "--help") == 0
    words = set(re.findall(r"[a-z-]+", capsys.readouterr().out))
    assert {*PRESETS, *LOSSES, *GUIDANCE, "none"} - words == set()


def test_an_interrupted_run_says_how_to_continue(stills, monkeypatch, capsys):
    def fit(settings: DecomposerFitSettings) -> Generator[FitProgress, None, Path]:
        yield FitProgress(1, 2, 0.5, 1e-4, 3.0)
        raise KeyboardInterrupt

    monkeypatch.setattr("app.training.fit_decomposer.train_decomposer", fit)
    call = ("train", "decomposer", "--simulate", stills, "--out", "run", "--device", "cpu")
    assert unspool(*call) == 130
    assert "--resume continues it" in capsys.readouterr().err


def test_training_refuses_what_is_wrong(here, stills, capsys):
    call = ("train", "decomposer", "--out", "run", "--device", "cpu", "--simulate")
    assert unspool(*call, "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err
    assert unspool(*call, stills, "--preset", "oracle") == 2
    assert "no preset 'oracle'" in capsys.readouterr().err
    assert unspool(*call, stills, "--loss", "oracle") == 2
    assert "no loss 'oracle'" in capsys.readouterr().err
    assert unspool(*call, stills, "--precision", "fp8") == 2
    assert "fp8" in capsys.readouterr().err
    (here / "empty").mkdir()
    assert unspool(*call, "empty") == 2
    assert "empty holds no readable image" in capsys.readouterr().err
    assert unspool(*call, stills, "--init", "oracle") == 2
    assert "oracle" in capsys.readouterr().err
    assert not (here / "run").exists()
