"""`unspool labels` from the command line: what it writes, prints and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.cli import main
from app.guidance.classes import Direction
from app.guidance.region import Region
from app.project.document import load_project, new_project, project_path_for, save_project

SQUARE = ((2.0, 1.0), (12.0, 1.0), (12.0, 9.0), (2.0, 9.0))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A photo that is done, and one without labels."""
    path = tmp_path / "photos"
    path.mkdir()
    for name in ("a.png", "b.png"):
        cv2.imwrite(str(path / name), np.full((16, 24, 3), 90, np.uint8))
    project = project_path_for(path / "a.png")
    document = new_project(
        path / "a.png", 24, 16, [Region(Direction.DOWN_LEFT, (SQUARE,))], project
    )
    save_project(document.model_copy(update={"done": True}), project)
    return path


@pytest.mark.parametrize(
    ("to", "out", "made"),
    [
        ("coco", "labels.json", "labels.json"),
        ("labelme", "labels", "labels/a.json"),
        ("png", "labels", "labels/a.png"),
        ("npy", "labels", "labels/a.npy"),
        ("project", "labels", "labels/a.unspool.json"),
    ],
)
def test_a_folder_is_converted(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], to: str, out: str, made: str
) -> None:
    call = ["labels", "convert", str(folder), "--to", to, "--out", str(tmp_path / out)]
    assert main(call) == 0
    assert (tmp_path / made).is_file()
    assert f"1 photos with {to} labels in {tmp_path}" in capsys.readouterr().out
    assert main(call) == (2 if to == "coco" else 0)
    assert "exists already" in capsys.readouterr().err
    assert main([*call, "--overwrite"]) == 0


def test_labels_come_from_another_place_and_go_beside_the_photos(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coco = tmp_path / "labels.json"
    assert main(["labels", "convert", str(folder), "--to", "coco", "--out", str(coco)]) == 0
    (folder / "a.unspool.json").unlink()
    capsys.readouterr()
    call = ["labels", "convert", str(folder), "--to", "project", "--from", str(coco), "--json"]
    assert main(call) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["files"] == [str(folder / "a.unspool.json")]
    assert answer["unlabelled"] == [str(folder / "b.png")]
    assert load_project(folder / "a.unspool.json").done


def test_a_bad_photo_is_named_and_makes_the_status_2(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "c.png").write_bytes(b"no photo")
    call = ["labels", "convert", str(folder), "--to", "png", "--out", str(tmp_path / "out")]
    assert main(call) == 2
    captured = capsys.readouterr()
    assert "c.png" in captured.err
    assert "1 photos with png labels" in captured.out


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["convert", "{folder}", "--to", "png"], "--out PATH"),
        (["convert", "{folder}", "--to", "yolo", "--out", "x"], "yolo"),
        (["convert", "{folder}/none", "--to", "png", "--out", "x"], "none"),
        (["stats", "{folder}/a.png"], "a.png"),
    ],
)
def test_a_wrong_call_is_told_in_one_sentence(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    cause: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["labels", *(a.replace("{folder}", str(folder)) for a in arguments)]) == 2
    error = capsys.readouterr().err
    assert cause in error
    assert error.count("\n") == 1


def test_statistics_are_a_table_or_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["labels", "stats", str(folder)]) == 0
    text = capsys.readouterr().out
    assert "2 photos: 1 done, 0 draft, 1 untouched, 0 unreadable; 0 with a note" in text
    assert "20.83 %" in text
    assert main(["labels", "stats", str(folder), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["states"] == {"done": 1, "draft": 0, "untouched": 1, "unreadable": 0}
    down_left = next(entry for entry in answer["classes"] if entry["label"] == "q3")
    assert (down_left["photos"], down_left["regions"], down_left["pixels"]) == (1, 1, 80)
    assert down_left["share"] == pytest.approx(80 / 384)
