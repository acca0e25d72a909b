"""The command line from end to end: real files in, films out, one sentence for every failure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

import app.engine.decomposing as decomposing
from app.checkpoints import save_checkpoint
from app.cli import main
from app.engine.export import export
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.guidance.region import Region
from app.media.film_reading import read_animation
from app.media.photo_writing import write_photo
from app.media.photos import read_photo
from app.project.coco import read_coco
from app.project.document import new_project, save_project
from app.project.masks import write_guidance_png
from app.project.source import load_guidance, load_motion
from models.decomposer import Decomposer, DecomposerConfig

ROOT = Path(__file__).parents[2]
TINY = DecomposerConfig(widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,))


@pytest.fixture(scope="module")
def weights(tmp_path_factory) -> Path:
    """A tiny decomposer whose heads really change what moves."""
    generator = torch.Generator().manual_seed(1)
    network = Decomposer(TINY)
    with torch.no_grad():
        for stage in (network.stage1, network.stage2):
            shape = stage.head.weight.shape
            stage.head.weight.copy_(0.05 * torch.randn(shape, generator=generator))
    path = tmp_path_factory.mktemp("weights") / "tiny.safetensors"
    save_checkpoint(path, network)
    return path


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    """An empty current folder, and a machine without wishes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("UNSPOOL_DEVICE", raising=False)
    return tmp_path


def make_photo(path: Path, height: int = 48, width: int = 64, dtype=np.uint8) -> np.ndarray:
    """Write smooth colours and return the pixels."""
    path.parent.mkdir(parents=True, exist_ok=True)
    y, x = np.mgrid[0:height, 0:width]
    waves = np.stack([0.5 + 0.4 * np.sin(x / 9 + k) * np.cos(y / 7) for k in range(3)], 2)
    pixels = np.rint(waves * np.iinfo(dtype).max).astype(dtype)
    write_photo(path, pixels)
    return pixels


def make_guidance(path: Path, height: int = 48, width: int = 64, direction: int = 1) -> np.ndarray:
    """Write a map whose middle moves."""
    path.parent.mkdir(parents=True, exist_ok=True)
    guidance = np.zeros((height, width), np.uint8)
    guidance[height // 4 : -height // 4, width // 4 : -width // 4] = direction
    write_guidance_png(path, guidance)
    return guidance


@pytest.fixture
def photo(here) -> np.ndarray:
    """photo.png and guide.png in the current folder."""
    make_guidance(here / "guide.png")
    return make_photo(here / "photo.png")


def unspool(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def files(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_a_photo_and_its_guidance_become_a_film_that_plays(here, photo, weights, capsys):
    out = here / "out" / "film.mp4"
    call = ("animate", "photo.png", "--guidance", "guide.png", "--weights", weights)
    assert unspool(*call, "--out", out, "--loop", "once", "--fps", 12) == 0
    frames, fps = read_animation(out)
    assert frames.shape == (7, 48, 64, 3)
    assert fps == 12
    static = np.ones((48, 64), bool)
    # H.264 smears by some pixels around what moves.
    static[48 // 4 - 6 : -48 // 4 + 6, 64 // 4 - 6 : -64 // 4 + 6] = False
    difference = np.abs(frames.astype(float) - photo)
    assert difference[:, static].mean() < 2
    assert difference[:, 16:-16, 20:-20].mean() > 4
    assert "film.mp4: 7 frames, 64×48" in capsys.readouterr().out
    assert files(here) == {"photo.png", "guide.png", "out/film.mp4"}


def test_a_smooth_smaller_film_comes_with_its_sheet_frames_and_guidance(
    here, photo, weights, capsys
):
    call = ("animate", "photo.png", "--guidance", "guide.png", "--weights", weights, "--json")
    call += ("--smooth", 24, "--size", "50%", "--duration", 2, "--out", "film.mp4")
    also = ("--also", "sheet", "--also", "frames", "--also", "guidance")
    assert unspool(*call, *also) == 0
    frames, fps = read_animation(here / "film.mp4")
    assert fps == 24
    assert frames.shape == (4 * 13, 24, 32, 3)
    assert len(read_animation(here / "film-frames")[0]) == 13
    assert read_photo(here / "film-sheet.png").pixels.shape[1] > 4 * 32
    assert (here / "film-guidance.png").read_bytes() == (here / "guide.png").read_bytes()
    (film,) = json.loads(capsys.readouterr().out)["films"]
    assert (film["frames"], film["width"], film["height"]) == (13, 32, 24)
    assert set(film["also"]) == {"film-frames", "film-sheet.png", "film-guidance.png"}
    (here / "film.mp4").unlink()
    assert unspool(*call, *also) == 2
    assert not (here / "film.mp4").exists()
    assert unspool(*call, *also, "--overwrite") == 0
    assert (here / "film.mp4").exists()


def test_labels_are_written_beside_the_film_and_paint_the_guidance_it_was_made_with(here, weights):
    make_photo(here / "photo.png")
    guidance = make_guidance(here / "guide.png")
    height, width = guidance.shape
    call = ("animate", "photo.png", "--weights", weights, "--out", "film.gif")
    also = ("--also", "labels", "--also", "coco")
    assert unspool(*call, "--guidance", "guide.png", *also) == 0
    assert files(here) >= {"film.gif", "film-labelme.json", "film-coco.json"}
    assert (load_guidance(here / "film-labelme.json", width, height) == guidance).all()
    (image,) = read_coco(here / "film-coco.json").images
    assert image.file_name == "photo.png"
    assert (rasterise(image.regions, width, height) == guidance).all()
    assert unspool(*call, "--direction", "q2", *also, "--overwrite") == 0
    assert (load_guidance(here / "film-labelme.json", width, height) == 2).all()


def test_a_film_never_replaces_what_it_is_made_from(here, weights, capsys):
    make_photo(here / "photo.png")
    make_guidance(here / "photo-guidance.png")
    call = ("animate", "photo.png", "--guidance", "photo-guidance.png", "--weights", weights)
    assert unspool(*call, "--also", "guidance", "--overwrite") == 2
    assert "photo-guidance.png is what the film is made from" in capsys.readouterr().err
    assert files(here) == {"photo.png", "photo-guidance.png"}


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_folder_gets_seven_lossless_frames_whose_static_pixels_are_the_photo(
    here, weights, dtype
):
    photo = make_photo(here / "photo.png", dtype=dtype)
    guidance = make_guidance(here / "guide.png")
    call = ("animate", "photo.png", "--guidance", "guide.png", "--weights", weights)
    assert unspool(*call, "--out", "frames") == 0
    assert files(here / "frames") == {f"000{i}.png" for i in range(7)}
    for i in range(7):
        frame = read_photo(here / "frames" / f"000{i}.png").pixels
        assert frame.dtype == dtype
        assert np.array_equal(frame[guidance == 0], photo[guidance == 0])
        assert (frame != photo).any()


@pytest.mark.parametrize("suffix", ["gif", "webm", "webp", "apng"])
def test_every_film_format_can_be_written_and_read_again(here, photo, weights, suffix):
    call = ("animate", "photo.png", "--direction", "q2", "--weights", weights, "--loop", "once")
    assert unspool(*call, "--out", f"film.{suffix}", "--frames", 5) == 0
    frames, _ = read_animation(here / f"film.{suffix}")
    assert frames.shape == (5, 48, 64, 3)


def test_many_frames_are_drawn_while_they_are_written(here, photo, weights, monkeypatch):
    held = []
    monkeypatch.setattr(
        "app.engine.export.export",
        lambda material, *rest, **options: (
            held.append(len(material.frames)) or export(material, *rest, **options)
        ),
    )
    call = ("animate", "photo.png", "--direction", "q2", "--weights", weights)
    assert unspool(*call, "--frames", 40, "--out", "film.apng") == 0
    assert held == [7]
    assert len(read_animation(here / "film.apng")[0]) == 40


def test_the_film_is_called_after_the_photo_by_default_and_json_describes_it(
    here, photo, weights, capsys
):
    call = ("animate", "photo.png", "--direction", "q4", "--weights", weights, "--json")
    assert unspool(*call, "--max-edge", 32, "--frames", 3, "--loop", "pingpong") == 0
    report = json.loads(capsys.readouterr().out)
    (film,) = report["films"]
    assert report["skipped"] == report["failed"] == []
    assert film["out"] == "photo.mp4"
    assert (film["frames"], film["width"], film["height"]) == (3, 32, 24)
    assert film["moving"] == 1
    assert film["reblur_psnr"] > 5
    assert (here / "photo.mp4").is_file()


def test_static_guidance_warns_and_gives_a_still_film(here, photo, weights, capsys):
    write_guidance_png(here / "empty.png", np.zeros((48, 64), np.uint8))
    call = ("animate", "photo.png", "--guidance", "empty.png", "--weights", weights)
    assert unspool(*call, "--out", "still", "--json") == 0
    output = capsys.readouterr()
    assert "empty.png is static everywhere" in output.err
    assert json.loads(output.out)["films"][0]["reblur_psnr"] is None
    for i in range(7):
        assert np.array_equal(read_photo(here / "still" / f"000{i}.png").pixels, photo)


def test_a_packaged_sample_needs_neither_photo_nor_guidance(here, weights, monkeypatch):
    samples = here / "resources" / "samples"
    make_photo(samples / "dancer.png")
    shapes = [{"label": "q1", "points": [[8, 8], [40, 8], [40, 40]], "shape_type": "polygon"}]
    labelme = {"shapes": shapes, "imageHeight": 48, "imageWidth": 64, "imagePath": "dancer.png"}
    (samples / "dancer.unspool.json").write_text(json.dumps(labelme))
    monkeypatch.setattr("app.assets.resources_dir", lambda: here / "resources")
    assert unspool("animate", "--sample", "dancer", "--weights", weights) == 0
    assert (here / "dancer.mp4").is_file()


def test_an_unknown_sample_is_refused_with_the_known_ones(here, capsys):
    assert unspool("animate", "--sample", "oracle") == 2
    assert "no sample called 'oracle'" in capsys.readouterr().err


@pytest.fixture
def album(here) -> Path:
    """Three photos, one in a subfolder, and their guidance folder; one photo is damaged."""
    for name in ("a.png", "b.jpg", "sub/c.png"):
        make_photo(here / "photos" / name)
        make_guidance(here / "maps" / Path(name).with_suffix(".png"))
    (here / "photos" / "broken.jpg").write_bytes(b"\xff\xd8\xff not a picture")
    make_guidance(here / "maps" / "broken.png")
    return here


def test_a_folder_is_animated_and_one_bad_photo_does_not_stop_the_rest(album, weights, capsys):
    call = ("animate", "photos", "--guidance", "maps", "--weights", weights, "--out", "films")
    assert unspool(*call, "--format", "gif", "--json") == 2
    output = capsys.readouterr()
    assert files(album / "films") == {"a.gif", "b.gif", "sub/c.gif"}
    assert "broken.jpg" in output.err
    report = json.loads(output.out)
    assert [Path(film["photo"]).name for film in report["films"]] == ["a.png", "b.jpg", "c.png"]
    assert [Path(item["photo"]).name for item in report["failed"]] == ["broken.jpg"]


def test_a_batch_continues_where_it_stopped_and_overwrites_only_when_told(album, weights, capsys):
    (album / "photos" / "broken.jpg").unlink()
    (album / "films").mkdir()
    (album / "films" / "a.gif").write_bytes(b"mine")
    call = ("animate", "photos", "--guidance", "maps", "--weights", weights, "--out", "films")
    assert unspool(*call, "--format", "gif") == 0
    assert (album / "films" / "a.gif").read_bytes() == b"mine"
    assert "skipped photos/a.png" in capsys.readouterr().err
    assert unspool(*call, "--format", "gif", "--overwrite") == 0
    assert (album / "films" / "a.gif").read_bytes() != b"mine"


def test_png_batches_make_a_folder_per_photo_and_are_not_taken_for_photos_later(album, weights):
    (album / "photos" / "broken.jpg").unlink()
    call = ("animate", "photos", "--guidance", "maps", "--weights", weights, "--format", "png")
    assert unspool(*call, "--out", "photos", "--frames", 2) == 0
    made = {"a/0000.png", "a/0001.png", "b/0000.png", "sub/c/0001.png"}
    assert made <= files(album / "photos")
    before = files(album)
    assert unspool(*call, "--out", "photos", "--frames", 2) == 0
    assert files(album) == before


def test_a_run_that_fails_inside_a_batch_weighs_more_than_a_bad_photo(album, weights, monkeypatch):
    original, calls = decomposing.run_network, []

    def fails_once(*arguments):
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError
        return original(*arguments)

    monkeypatch.setattr(decomposing, "run_network", fails_once)
    call = ("animate", "photos", "--guidance", "maps", "--weights", weights, "--out", "films")
    assert unspool(*call, "--format", "gif") == 1
    assert files(album / "films") == {"b.gif", "sub/c.gif"}


BAD_CALLS = {
    "missing photo": ("gone.png --direction q1", "gone.png"),
    "not an image": ("text.png --direction q1", "text.png"),
    "truncated image": ("cut.png --direction q1", "cut.png"),
    "folder as photo without photos": (
        "nothing --direction q1 --out new",
        "no photos in the folder nothing",
    ),
    "guidance of another size": ("photo.png --guidance small.png", "64"),
    "missing guidance": ("photo.png --guidance gone.png", "guidance gone.png"),
    "guidance that is none": ("photo.png --guidance text.png", "text.png"),
    "no guidance": ("photo.png", "--guidance FILE or --direction"),
    "both guidances": ("photo.png --guidance guide.png --direction q1", "either"),
    "no photo": ("--direction q1", "No photo is named"),
    "sample and photo": ("photo.png --sample dancer", "--sample stands instead"),
    "unknown suffix": ("photo.png --direction q1 --out film.avi", "film.avi"),
    "contradicting format": ("photo.png --direction q1 --out f.gif --format mp4", "contradict"),
    "out below a file": ("photo.png --direction q1 --out text.png/film.mp4", "text.png"),
    "a size in letters": ("photo.png --direction q1 --size big", "'big'"),
    "too many percent": ("photo.png --direction q1 --size 120%", "100 %"),
    "smooth but slower": ("photo.png --direction q1 --fps 30 --smooth 24", "not 30"),
    "endless in-betweens": ("photo.png --direction q1 --fps 0.1 --smooth 240", "1000"),
    "existing film": ("photo.png --direction q1 --out there.mp4", "there.mp4 exists"),
    "several photos into one film": ("photo.png guide.png --direction q1 --out f.mp4", "a folder"),
    "missing weights": ("photo.png --direction q1 --weights oracle", "'oracle'"),
    "broken weights": ("photo.png --direction q1 --weights text.png", "text.png"),
    "unknown device": ("photo.png --direction q1 --device gpu", "gpu"),
    "unknown direction": ("photo.png --direction q9", "q9"),
    "no frames": ("photo.png --direction q1 --frames 0", "--frames"),
    "absurd speed": ("photo.png --direction q1 --fps 0", "--fps"),
    "small tile": ("photo.png --direction q1 --tile 1", "--tile"),
    "unknown option": ("photo.png --direction q1 --colour", "--colour"),
}


@pytest.mark.parametrize("name", BAD_CALLS)
def test_a_wrong_call_gets_one_sentence_and_status_2_and_leaves_nothing(
    name, here, photo, weights, capsys
):
    arguments, words = BAD_CALLS[name]
    (here / "text.png").write_text("this is not a picture")
    (here / "cut.png").write_bytes((here / "photo.png").read_bytes()[:200])
    (here / "there.mp4").write_bytes(b"a film")
    (here / "nothing").mkdir()
    make_guidance(here / "small.png", 40, 60)
    before = files(here)
    call = ["animate", *arguments.split()]
    call += [] if "--weights" in call else ["--weights", str(weights)]
    call += [] if "--out" in call else ["--out", "new/film.mp4"]
    assert unspool(*call) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    assert output.err.startswith("unspool: ")
    assert words in output.err
    assert files(here) == before
    assert not (here / "new").exists()


def test_a_folder_that_cannot_be_written_is_named(here, photo, weights, monkeypatch, capsys):
    (here / "locked").mkdir()
    writable = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: not str(path).endswith("locked") and writable(path, mode)
    )
    call = ("animate", "photo.png", "--direction", "q1", "--weights", weights)
    assert unspool(*call, "--out", "locked/film.mp4") == 2
    assert "locked is read-only" in capsys.readouterr().err
    assert files(here / "locked") == set()


def test_a_photo_of_one_pixel_becomes_a_film(here, weights):
    make_photo(here / "dot.png", 1, 1)
    call = ("animate", "dot.png", "--direction", "q3", "--weights", weights, "--loop", "once")
    assert unspool(*call) == 0
    frames, _ = read_animation(here / "dot.mp4")
    assert frames.shape[0] == 7


def test_an_interrupt_leaves_nothing_half_written(here, photo, weights, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    call = ("animate", "photo.png", "--direction", "q1", "--weights", weights, "--out", "x/f.mp4")
    before = files(here)
    monkeypatch.setattr(decomposing, "run_network", interrupted)
    assert unspool(*call) == 130
    monkeypatch.undo()
    monkeypatch.chdir(here)
    monkeypatch.setattr("app.media.film_encoding.encode", interrupted)
    assert unspool(*call) == 130
    assert files(here) == before
    assert not (here / "x").exists()
    err = capsys.readouterr().err
    assert "unspool: Stopped." in err
    assert "Traceback" not in err


def test_something_unexpected_is_one_sentence_and_a_traceback_only_with_v(
    here, photo, weights, monkeypatch, capsys
):
    def broken(*_):
        raise RuntimeError("the cable is unplugged\nand more")

    monkeypatch.setattr(decomposing, "run_network", broken)
    call = ("animate", "photo.png", "--direction", "q1", "--weights", weights)
    assert unspool(*call) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "the cable is unplugged" in err
    assert "-v" in err
    assert unspool(*call, "-v") == 1
    assert "Traceback" in capsys.readouterr().err


def test_reblurring_a_still_film_gives_its_photo_back(here, photo, capsys):
    for i in range(3):
        write_photo(here / "frames" / f"{i:04d}.png", photo)
    assert unspool("reblur", "frames", "--out", "mean.png") == 0
    assert np.array_equal(read_photo(here / "mean.png").pixels, photo)
    assert unspool("reblur", "frames", "--out", "mean.png") == 2
    assert "mean.png exists" in capsys.readouterr().err
    assert unspool("reblur", "frames", "--out", "mean.xyz") == 2
    assert unspool("reblur", "nowhere", "--out", "other.png") == 2


def test_a_path_without_a_command_opens_the_app_with_it(here, photo, monkeypatch, capsys):
    opened: list[str | None] = []
    window = types.ModuleType("app.gui.application")
    editable: list[bool] = []

    def run_window(path: str | None = None, *, read_only: bool = False) -> int:
        opened.append(path)
        editable.append(not read_only)
        return 0

    window.main = run_window  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "app.gui.application", window)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    (here / "plain").write_bytes(b"")
    assert unspool() == 0
    assert unspool("photo.png") == 0
    assert unspool(here / "photo.png", "-v") == 0
    assert unspool("plain") == 0
    assert opened == [None, "photo.png", str(here / "photo.png"), "plain"]
    assert all(editable)
    assert unspool("--read-only", "plain") == 0
    assert not editable.pop()
    assert opened.pop() == "plain"
    capsys.readouterr()
    assert unspool("gone.png") == 2
    assert "gone.png" in capsys.readouterr().err
    assert unspool("animte") == 2
    assert "No such command 'animte'" in capsys.readouterr().err
    assert len(opened) == 4


def test_without_a_display_the_app_says_so(here, photo, monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert unspool("photo.png") == 1
    assert "no display" in capsys.readouterr().err


def _python(code: str, *arguments: str, **options) -> subprocess.CompletedProcess:
    environment = {k: v for k, v in os.environ.items() if "DISPLAY" not in k}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,
    )


def test_neither_importing_nor_help_loads_torch_or_qt():
    code = (
        "import sys, app.cli\n"
        "for call in (['--help'], ['animate', '--help'], ['--version']):\n"
        "    assert app.cli.main(call) == 0\n"
        "heavy = {'torch', 'PySide6', 'cv2', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = _python(code)
    assert done.returncode == 0, done.stderr
    assert "animate" in done.stdout


def test_animating_loads_no_qt_and_no_display_is_needed(here, photo, weights):
    code = (
        "import sys, app.cli\n"
        "status = app.cli.main(sys.argv[1:])\n"
        "qt = [name for name in sys.modules if name.startswith('PySide6')]\n"
        "sys.exit(f'loaded {qt}' if qt else status)"
    )
    call = ("animate", here / "photo.png", "--guidance", here / "guide.png", "--weights", weights)
    done = _python(code, *map(str, call), "--out", str(here / "film.mp4"), "--device", "cpu")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert (here / "film.mp4").is_file()


def test_a_reader_that_goes_away_is_no_crash():
    code = (
        "import os, sys\n"
        "read, write = os.pipe()\n"
        "os.close(read)\n"
        "os.dup2(write, 1)\n"
        "from app.cli import main\n"
        "sys.exit(main(['weights', 'list', '--json']))"
    )
    done = _python(code)
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


def test_the_booth_refuses_what_is_wrong_before_it_opens(tmp_path, capsys):
    assert main(["kiosk", "--folder", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err
    assert main(["kiosk", "--out", str(tmp_path / "nothing")]) == 2
    assert "nothing" in capsys.readouterr().err
    assert main(["kiosk", "--weights", "oracle"]) == 2
    assert "oracle" in capsys.readouterr().err


def test_a_displacement_says_the_direction_of_the_whole_photo_too(here, photo, capsys):
    network = Decomposer(replace(TINY, sees_displacement=True))
    with torch.no_grad():
        for stage in (network.stage1, network.stage2):
            stage.head.weight.normal_(std=0.1, generator=torch.Generator().manual_seed(1))
    save_checkpoint(here / "listens.safetensors", network)
    call = ("animate", "photo.png", "--weights", "listens.safetensors", "--also", "guidance")
    call = (*call, "--also", "labels")
    films = {}
    for name, said in (
        ("rough", ("--direction", "q4")),
        ("near", ("--displacement", "6,2")),
        ("far", ("--displacement", "24,8")),
    ):
        assert unspool(*call, *said, "--out", f"{name}.apng") == 0
        films[name] = read_animation(here / f"{name}.apng")[0]
        assert (load_guidance(here / f"{name}-guidance.png", 64, 48) == 4).all()
    assert "does not listen" not in capsys.readouterr().err
    said = {name: load_motion(here / f"{name}-labelme.json", 64, 48).displacement for name in films}
    assert said["rough"] is None
    assert (said["far"] == (24, 8)).all()
    assert (films["rough"] != films["near"]).any()
    assert (films["far"] != films["near"]).any()


@pytest.mark.parametrize("said", ["5", "a,b", "0,0", "nan,1", "inf,0", "1,2,3"])
def test_a_displacement_that_is_none_is_refused(here, photo, weights, capsys, said):
    call = ("animate", "photo.png", "--weights", weights, "--out", "f.gif")
    assert unspool(*call, "--displacement", said) == 2
    assert "pixels to the right and down" in capsys.readouterr().err
    assert not (here / "f.gif").exists()


def test_a_project_says_how_far_on_the_command_line_as_in_the_window(here, photo, weights, capsys):
    ring = ((8.0, 8.0), (40.0, 8.0), (40.0, 40.0), (8.0, 40.0))
    region = Region(Direction.UP_RIGHT, (ring,)).displaced((9.0, -3.0))
    project = here / "photo.unspool.json"
    save_project(new_project(here / "photo.png", 64, 48, [region], project), project)
    motion = load_motion(project, 64, 48)
    assert motion.displacement is not None
    assert motion.displacement[20, 20].tolist() == [9.0, -3.0]
    assert not motion.displacement[motion.guidance == 0].any()
    assert unspool("animate", "photo.png", "--guidance", project, "--weights", weights) == 0
    assert "does not listen to how far" in capsys.readouterr().err
