"""`unspool animate` with a clip or a Motion Photo instead of photo and guidance."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from app.checkpoints import save_checkpoint
from app.cli import main
from app.media.film_reading import read_animation
from app.media.films import write_animation
from app.project.labelme import read_labelme
from models.decomposer import Decomposer, DecomposerConfig
from tests.video_material import blurry_frame, far_from_square, google_xmp, with_xmp


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "small.safetensors"
    config = DecomposerConfig(
        widths=(8, 8), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,)
    )
    save_checkpoint(path, Decomposer(config))
    return path


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    write_animation(path, np.stack([blurry_frame(n) for n in (-1, 0, 1)]), fps=10, loop="once")
    return path


@pytest.fixture
def call(weights: Path) -> list[str]:
    return ["animate", "--weights", str(weights), "--device", "cpu"]


def test_a_clip_becomes_a_slow_film(
    call: list[str], clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "slow.mp4"
    assert main([*call, str(clip), "--out", str(out), "--max-edge", "80", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["frames"], told["clip_frames"], told["fps"]) == (21, 3, 10)
    film, fps = read_animation(out)
    assert film.shape == (21, 60, 80, 3)
    assert fps == 10
    assert main([*call, str(clip), "--out", str(out)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert main([*call, str(clip), "--out", str(out), "--overwrite", "--fps", "30"]) == 0
    assert read_animation(out)[1] == 30


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["{clip}", "{clip}"], "one at a time"),
        (["{clip}", "--direction", "q1"], "--direction is for photos"),
        (["{clip}", "--out", "{folder}/x.gif"], "x.gif"),
        (["{clip}", "--out", "{clip}", "--overwrite"], "is the clip itself"),
        (["{clip}", "--shutter", "0"], "shutter"),
        (["{empty}"], "the file is empty"),
        (["{photo}"], "only a Motion Photo says it by itself"),
        (["{photo}", "--direction", "q1", "--resume"], "--resume is for clips"),
    ],
)
def test_wrong_calls_are_refused_in_one_sentence(
    arguments: list[str],
    sentence: str,
    call: list[str],
    clip: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    empty, photo = tmp_path / "empty.mp4", tmp_path / "photo.jpg"
    empty.touch()
    Image.fromarray(blurry_frame(0)).save(photo)
    places = {"clip": clip, "folder": tmp_path, "empty": empty, "photo": photo}
    assert main([*call, *(a.format(**places) for a in arguments)]) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty.mp4", "photo.jpg"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind here")
def test_a_read_only_folder_is_refused_before_the_work(
    call: list[str], clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o500)
    assert main([*call, str(clip), "--out", str(tmp_path / "slow.mp4")]) == 2
    assert "read-only" in capsys.readouterr().err


def test_a_motion_photo_needs_no_guidance(call: list[str], clip: Path, tmp_path: Path) -> None:
    stream, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8769)[0x829A] = 0.06  # seconds of exposure
    Image.fromarray(blurry_frame(0)).save(stream, "JPEG", quality=95, exif=exif)
    content = clip.read_bytes()
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(with_xmp(stream.getvalue(), google_xmp(len(content), 0.1)) + content)
    out = tmp_path / "film"
    also = ["--also", "guidance", "--also", "labels"]
    assert main([*call, str(photo), "--out", str(out), *also]) == 0
    film, _ = read_animation(out)
    assert len(film) == 7
    assert (film[:, far_from_square()] == np.asarray(Image.open(photo))[far_from_square()]).all()
    guidance = np.asarray(Image.open(tmp_path / "film-guidance.png"))
    assert set(np.unique(guidance)) == {0, 1}
    (region,) = read_labelme(tmp_path / "film-labelme.json").regions
    assert region.displacement is not None
