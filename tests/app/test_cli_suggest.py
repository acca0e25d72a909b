"""`unspool suggest` as a person calls it: files, ranking, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from app.checkpoints import save_checkpoint
from app.cli import main
from app.project.masks import read_guidance_png
from models.decomposer import Decomposer, DecomposerConfig
from models.trajectory import TrajectoryConfig, TrajectoryNetwork


@pytest.fixture(scope="module")
def small_decomposer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "small.safetensors"
    config = DecomposerConfig(
        widths=(8, 8), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,)
    )
    save_checkpoint(path, Decomposer(config))
    return path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    pixels = np.full((60, 90, 3), (190, 60, 10), np.uint8)
    pixels[15:45, 30:60] = (20, 40, 210)
    path = tmp_path / "photo.png"
    cv2.imwrite(str(path), pixels)
    return path


@pytest.fixture
def call(photo: Path, red_moves: Path, small_decomposer: Path) -> list[str]:
    return [
        "suggest", str(photo), "--weights", str(red_moves), "--device", "cpu",
        "--film-weights", str(small_decomposer),
    ]  # fmt: skip


def test_maps_of_the_photos_size_and_their_ranking_are_written(
    call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main([*call, "--out", str(out), "--samples", "3"]) == 0
    listed = json.loads((out / "suggestions.json").read_text())["suggestions"]
    assert [row["guidance"] for row in listed] == ["0.png", "1.png", "2.png"]
    assert sorted(row["regions"] for row in listed[:2]) == [["q1"], ["q3"]]
    assert listed[0]["score"] >= listed[1]["score"]
    for row in listed:
        guidance = read_guidance_png(out / row["guidance"])
        assert guidance.shape == (60, 90)
        assert (guidance > 0).mean() == pytest.approx(row["moving"], abs=1e-4)
        assert guidance[30, 45] > 0
    # The plain ground cannot say that it stands, so the last one lets all of the photo move.
    assert [bool(read_guidance_png(out / row["guidance"])[5, 5]) for row in listed] == [
        False, False, True,
    ]  # fmt: skip
    assert "0.png: q" in capsys.readouterr().out


def test_suggestions_are_replaced_only_when_asked_for(
    call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "7.png").write_bytes(b"old")
    (out / "note.txt").write_text("mine")
    assert main([*call, "--out", str(out)]) == 2
    assert "holds suggestions already" in capsys.readouterr().err
    assert main([*call, "--out", str(out), "--overwrite"]) == 0
    assert sorted(p.name for p in out.iterdir()) == [
        "0.png", "1.png", "2.png", "3.png", "note.txt", "suggestions.json",
    ]  # fmt: skip


def test_a_photo_in_which_nothing_moves_leaves_no_folder(
    call: list[str], photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cv2.imwrite(str(photo), np.full((60, 90, 3), (190, 60, 10), np.uint8))
    assert main([*call, "--out", str(tmp_path / "out")]) == 1
    assert "looks motion-blurred" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_wrong_calls_are_refused_in_one_sentence(
    call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_file = tmp_path / "file"
    a_file.write_text("")
    assert main([*call, "--out", str(a_file)]) == 2
    assert "is a file, not a folder" in capsys.readouterr().err
    missing = [*call, "--out", str(tmp_path / "out")]
    missing[1] = str(tmp_path / "none.png")
    assert main(missing) == 2
    assert "none.png" in capsys.readouterr().err
    assert main([*call, "--out", str(tmp_path / "out"), "--samples", "0"]) == 2


def test_a_predictor_is_measured_beside_a_guess_that_does_not_look(
    stills: Path, red_moves: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = tmp_path / "numbers.json"
    call = ["evaluate", "predictor", "--simulate", str(stills), "--count", "3", "--size", "48"]
    call += ["--weights", str(red_moves), "--device", "cpu", "--json", str(numbers)]
    assert main(call) == 0
    report = json.loads(numbers.read_text())
    assert set(report) >= {"samples", "suggestions", "one way everywhere", "code"}
    assert report["samples"]["scenes"] == 3
    assert "best of 5 guesses" in capsys.readouterr().out
    assert main(call) == 2
    assert main(["evaluate", "predictor", "--weights", str(red_moves)]) == 2


def test_of_an_offset_network_that_reads_only_the_suggestions_are_measured(
    stills: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights, numbers = tmp_path / "reads.safetensors", tmp_path / "numbers.json"
    save_checkpoint(weights, TrajectoryNetwork(TrajectoryConfig(widths=(4, 4), blocks=1)))
    call = ["evaluate", "predictor", "--simulate", str(stills), "--count", "2", "--size", "48"]
    assert main([*call, "--weights", str(weights), "--device", "cpu", "--json", str(numbers)]) == 0
    report = json.loads(numbers.read_text())
    assert "suggestions" in report
    assert "samples" not in report
    assert "truth's code" not in capsys.readouterr().out
