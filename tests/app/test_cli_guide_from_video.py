"""`unspool guide-from-video` as a person calls it: frames, clips, Motion Photos, refusals."""

from __future__ import annotations

import io
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from app.cli import main
from app.media.films import write_animation
from app.media.photo_writing import write_photo
from app.media.photos import read_photo
from app.project.document import load_project
from app.project.labelme import read_labelme
from app.project.masks import read_guidance_npy, read_guidance_png
from app.project.source import load_guidance
from tests.video_material import (
    SIZE,
    blurry_frame,
    far_from_square,
    google_xmp,
    inside_square,
    with_xmp,
)

FRAMES = range(-2, 3)


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frames")
    for name, number in (("a", 0), ("b", 1), ("before", -1)):
        write_photo(folder / f"{name}.png", blurry_frame(number))
    return folder


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    write_animation(path, np.stack([blurry_frame(n) for n in FRAMES]), fps=10, loop="once")
    return path


def is_right(guidance: np.ndarray, number: int = 0) -> bool:
    inside = (guidance[inside_square(number)] == 1).mean() > 0.97
    return bool(inside and not guidance[far_from_square()].any())


def test_guidance_comes_from_either_neighbour_or_both(frames: Path, tmp_path: Path) -> None:
    call = ["guide-from-video", "--frame", str(frames / "a.png")]
    for number, neighbours in enumerate(
        (
            ["--next", str(frames / "b.png")],
            ["--previous", str(frames / "before.png")],
            ["--next", str(frames / "b.png"), "--previous", str(frames / "before.png")],
        )
    ):
        out = tmp_path / f"{number}.png"
        assert main([*call, *neighbours, "--out", str(out)]) == 0
        assert is_right(read_guidance_png(out))


def test_the_suffix_chooses_the_kind_of_file(frames: Path, tmp_path: Path) -> None:
    call = ["guide-from-video", "--frame", str(frames / "a.png"), "--next", str(frames / "b.png")]
    for name in ("g.npy", "g.json", "a.unspool.json"):
        assert main([*call, "--out", str(tmp_path / name)]) == 0
    assert is_right(read_guidance_npy(tmp_path / "g.npy", SIZE[::-1]))
    assert len(read_labelme(tmp_path / "g.json").regions) == 1
    assert load_project(tmp_path / "a.unspool.json").photo.width == SIZE[1]
    assert is_right(load_guidance(tmp_path / "a.unspool.json", *SIZE[::-1]))


def test_a_moment_of_a_clip_gives_its_frame_and_guidance(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, at in enumerate(("0", "0.25", "0.45")):
        out, photo = tmp_path / f"{number}.unspool.json", tmp_path / f"{number}.png"
        call = ["guide-from-video", str(clip), "--at", at, "--photo-out", str(photo)]
        assert main([*call, "--out", str(out), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["regions"] == ["q1"]
        frame = FRAMES[int(float(at) * 10)]
        assert np.abs(read_photo(photo).pixels.astype(int) - blurry_frame(frame)).mean() < 3
        assert is_right(load_guidance(out, *SIZE[::-1]), frame)
        assert load_project(out).photo.path == photo.name


def motion_photo(
    folder: Path, clip: Path, photo: np.ndarray, moment: float, exposure: float | None = None
) -> Path:
    stream = io.BytesIO()
    exif = Image.Exif()
    if exposure is not None:
        exif.get_ifd(0x8769)[0x829A] = exposure
    Image.fromarray(photo).save(stream, "JPEG", quality=95, exif=exif)
    content = clip.read_bytes()
    path = folder / "PXL_MP.jpg"
    path.write_bytes(with_xmp(stream.getvalue(), google_xmp(len(content), moment)) + content)
    return path


@pytest.mark.parametrize("moment", [0.25, -1])
def test_a_motion_photo_is_guided_by_its_own_clip(
    clip: Path, tmp_path: Path, moment: float
) -> None:
    # The photo shows more above and below than the clip, at three times the size.
    frame = np.pad(blurry_frame(0), ((20, 20), (0, 0), (0, 0)), mode="edge")
    photo = cv2.resize(frame, (480, 480), interpolation=cv2.INTER_CUBIC)
    path = motion_photo(tmp_path, clip, photo, moment)
    out = tmp_path / "guidance.png"
    assert main(["guide-from-video", str(path), "--out", str(out)]) == 0
    guidance = read_guidance_png(out)
    assert guidance.shape == (480, 480)
    small = cv2.resize(guidance, (160, 160), interpolation=cv2.INTER_NEAREST_EXACT)[20:-20]
    assert (small[inside_square(0)] == 1).mean() > 0.95
    assert not guidance[:60].any()


def test_a_motion_photo_knows_how_far_things_moved_by_its_own_exposure(
    clip: Path, tmp_path: Path
) -> None:
    photo = cv2.resize(blurry_frame(0), (480, 360), interpolation=cv2.INTER_CUBIC)
    out = tmp_path / "guidance.json"
    moved = {}
    for exposure in (0.03, 0.06, 3.0, None):
        path = motion_photo(tmp_path, clip, photo, 0.25, exposure)
        assert main(["guide-from-video", str(path), "--out", str(out), "--overwrite"]) == 0
        moved[exposure] = read_labelme(out).regions[0].displacement
    # Three times the (5, -4) pixels of a tenth of a second.
    assert moved[0.06] == pytest.approx((9, -7.2), abs=1.5)
    assert moved[0.03] == pytest.approx((4.5, -3.6), abs=0.8)
    assert moved[3.0] is None
    assert moved[None] is None


def test_a_clip_of_something_else_is_not_believed(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = motion_photo(tmp_path, clip, blurry_frame(0, seed=50)[::-1], -1)
    assert main(["guide-from-video", str(path), "--out", str(tmp_path / "g.png")]) == 2
    sentence = capsys.readouterr().err
    assert f"the clip in {path} does not show what the photo shows" in sentence
    assert not (tmp_path / "g.png").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Name a blurry frame and a neighbour"),
        (["--frame", "{a}"], "--frame needs a neighbour"),
        (["{clip}"], "Say which moment"),
        (["{clip}", "--at", "9"], "has no frame at 9 s: it lasts 0.50 s"),
        (["{clip}", "--at", "0", "--next", "{a}"], "stands instead of"),
        (["{a}"], "is no Motion Photo"),
        (["{a}", "--at", "1"], "is a photo"),
        (["--frame", "{a}", "--next", "{b}", "--at", "1"], "are for clips"),
        (["--frame", "{a}", "--next", "{small}"], "not frames of one video"),
        (["--frame", "{a}", "--next", "{missing}"], "missing.png"),
        (["{words}", "--at", "0"], "words.mp4"),
        (["{empty}", "--at", "0"], "empty.mp4: the file is empty"),
        (["{sound}", "--at", "0"], "sound.wav"),
        (["{one}", "--at", "0"], "a single frame"),
        (["--frame", "{a}", "--next", "{b}", "--shutter", "0"], "shutter"),
        (["--frame", "{a}", "--next", "{b}", "--flow", "magic"], "no optical flow 'magic'"),
    ],
)
def test_wrong_calls_are_refused_in_one_sentence(
    arguments: list[str],
    sentence: str,
    frames: Path,
    clip: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths = {name: tmp_path / f"{name}.mp4" for name in ("words", "empty", "one")}
    paths |= {"small": tmp_path / "small.png", "missing": tmp_path / "missing.png", "clip": clip}
    paths |= {name: frames / f"{name}.png" for name in "ab"}
    paths["sound"] = tmp_path / "sound.wav"
    paths["sound"].write_bytes(
        b"RIFF\x2c\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e"
        b"\x00\x00\x02\x00\x10\x00data\x08\x00\x00\x00" + bytes(8)
    )
    paths["words"].write_text("no clip " * 40)
    paths["empty"].touch()
    write_animation(paths["one"], blurry_frame(0)[None], loop="once", fps=10)
    write_photo(paths["small"], blurry_frame(0)[:, :100])
    out = tmp_path / "out.png"
    call = [argument.format(**paths) for argument in arguments]
    assert main(["guide-from-video", *call, "--out", str(out)]) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1
    assert not out.exists()


def test_what_exists_is_kept_and_odd_names_are_refused(
    frames: Path, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["guide-from-video", "--frame", str(frames / "a.png"), "--next", str(frames / "b.png")]
    out = tmp_path / "out.png"
    out.write_text("mine")
    assert main([*call, "--out", str(out)]) == 2
    assert out.read_text() == "mine"
    assert main([*call, "--out", str(out), "--overwrite"]) == 0
    assert main([*call, "--out", str(tmp_path / "out.txt")]) == 2
    # A project must refer to a photo, and a clip's frame is none yet.
    call = ["guide-from-video", str(clip), "--at", "0.2"]
    assert main([*call, "--out", str(tmp_path / "out.unspool.json")]) == 2
    assert "--photo-out" in capsys.readouterr().err


def test_a_still_video_is_worth_a_warning(
    frames: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, out = str(frames / "a.png"), tmp_path / "out.png"
    assert main(["guide-from-video", "--frame", a, "--next", a, "--out", str(out)]) == 0
    assert "nothing moves between the frames" in capsys.readouterr().err
    assert not read_guidance_png(out).any()
