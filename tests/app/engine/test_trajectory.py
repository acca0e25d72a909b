"""Finding trajectories, refining them and deblurring, on real small networks and real files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from app.checkpoints import save_checkpoint
from app.cli import main
from app.engine.deblur import DeblurSettings, deblur
from app.engine.exposure_paths import ExposurePaths
from app.engine.refinement import refined
from app.engine.trajectory import TrajectorySettings, find_trajectories
from app.engine.weights import load_deblur
from app.errors import InputError
from app.guidance.maps import to_signs
from app.media.film_reading import read_animation
from app.media.photo_writing import write_photo
from app.media.photos import read_photo
from app.project.masks import write_guidance_png
from models.deblur import DeblurConfig, DeblurNetwork
from models.exposure import reblurred
from models.light import exposure_weights
from models.offset_networks import reading_of
from models.trajectory import TrajectoryConfig, TrajectoryNetwork, trajectory_through

HEIGHT, WIDTH = 40, 56


def drain(generator):
    while True:
        try:
            next(generator)
        except StopIteration as end:
            return end.value


@pytest.fixture(scope="module")
def offsets(tmp_path_factory) -> Path:
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "offsets.safetensors"
    network = TrajectoryNetwork(TrajectoryConfig(design="table", widths=(4, 4, 4), blocks=1))
    with torch.no_grad():
        network.body.head.weight.mul_(30)
    save_checkpoint(path, network)
    return path


@pytest.fixture(scope="module")
def deblurring(tmp_path_factory) -> Path:
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "aware.safetensors"
    save_checkpoint(path, DeblurNetwork(DeblurConfig(width=2, motion_aware=True)))
    return path


@pytest.fixture
def files(photo, tmp_path) -> tuple[Path, Path]:
    guidance = np.zeros((HEIGHT, WIDTH), np.uint8)
    guidance[:, 20:] = 1
    write_photo(tmp_path / "photo.png", photo)
    write_guidance_png(tmp_path / "guidance.png", guidance)
    return tmp_path / "photo.png", tmp_path / "guidance.png"


def test_tiles_give_the_same_paths_as_the_whole_photo(offsets) -> None:
    rng = np.random.default_rng(4)
    pixels = rng.integers(0, 256, (210, 264, 3), np.uint8)
    settings = TrajectorySettings(str(offsets), "cpu")
    whole = drain(find_trajectories(pixels, None, settings)).paths.knots
    tiled = drain(
        find_trajectories(pixels, None, TrajectorySettings(str(offsets), "cpu", tile=232))
    ).paths.knots
    assert np.abs(whole).max() > 0.5
    np.testing.assert_allclose(tiled, whole, atol=2e-2)


def test_the_network_is_told_the_guidance_of_every_tile(tmp_path) -> None:
    network = TrajectoryNetwork(TrajectoryConfig(widths=(2, 2), blocks=1))
    with torch.no_grad():
        network.body.unet.head.weight.zero_()
        # Everywhere 4 pixels along the line from the upper left to the lower right.
        reading = reading_of(torch.tensor([1.0, 1, -1, -1]).view(1, 2, 2, 1, 1) * 2**0.5)
        bias = torch.cat([reading.length, reading.axis, reading.bend], 1).flatten()
        network.body.unet.head.bias.copy_(bias.repeat_interleave(16))
    save_checkpoint(tmp_path / "guided.safetensors", network)
    guidance = np.zeros((210, 264), np.uint8)
    guidance[:, :90], guidance[100:, 90:] = 2, 4
    settings = TrajectorySettings(str(tmp_path / "guided.safetensors"), "cpu", tile=232)
    found = drain(find_trajectories(np.zeros((210, 264, 3), np.uint8), guidance, settings))
    signs = np.moveaxis(to_signs(guidance), 0, -1)
    np.testing.assert_allclose(found.paths.motion, 8**0.5 * signs, atol=1e-3)
    assert found.agreement is not None
    assert found.agreement.quadrant == 1
    assert found.agreement.turned == 0


@pytest.mark.parametrize("size", [(1, 1), (5, 90), (16, 16)])
def test_photos_smaller_than_the_network_s_least_are_padded(offsets, size) -> None:
    found = drain(
        find_trajectories(
            np.zeros((*size, 3), np.uint16), None, TrajectorySettings(str(offsets), "cpu")
        )
    )
    assert found.paths.shape == size
    assert found.agreement is None


def test_refining_lowers_the_reblur_error_only_where_something_moves() -> None:
    rng = np.random.default_rng(5)
    sharp = torch.from_numpy(rng.random((1, 3, 10, 14)).astype(np.float32))
    sharp = torch.nn.functional.interpolate(sharp, (HEIGHT, WIDTH), mode="bicubic").clamp(0, 1)
    truth = torch.zeros(1, 2, 2, HEIGHT, WIDTH)
    truth[:, 0, 0], truth[:, 1, 0] = 4.0, -4.0
    blurry = reblurred(sharp, trajectory_through(truth, 15, "quadratic"), exposure_weights(15))
    pictures = [
        np.rint(i[0].permute(1, 2, 0).numpy() * 255).astype(np.uint8) for i in (blurry, sharp)
    ]
    start = ExposurePaths(0.5 * truth[0].numpy(), "quadratic")
    moving = np.zeros((HEIGHT, WIDTH), np.bool_)
    moving[:, 10:46] = True
    result, report = drain(refined(start, *pictures, 12, torch.device("cpu"), moving))
    assert report.after > report.before + 1
    assert (result.knots[..., :8] == start.knots[..., :8]).all()
    reach = result.knots[0, 0, :, 20:36].mean()
    assert 2.2 < reach < 6


def test_motion_aware_deblurring_finds_the_paths_it_needs(photo, offsets, deblurring) -> None:
    settings = DeblurSettings(str(deblurring), str(offsets), "cpu")
    frame = drain(deblur(photo, settings))
    assert frame.pixels.shape == photo.shape
    guidance = np.ones((HEIGHT, WIDTH), np.uint8)
    told = np.full((HEIGHT, WIDTH, 2), 12, np.float32)
    guided = drain(deblur(photo, settings, guidance)).pixels
    assert (drain(deblur(photo, settings, guidance, told)).pixels != guided).any()
    guidance[:, 20:] = 0
    kept = drain(deblur(photo, settings, guidance)).pixels
    assert (kept[:, 20:] == photo[:, 20:]).all()
    assert (kept[:, :20] != photo[:, :20]).any()
    small = drain(deblur(photo, replace(settings, max_edge=28), guidance)).pixels
    assert max(small.shape) == 28


def test_weights_of_another_kind_are_named(offsets) -> None:
    with pytest.raises(InputError, match="holds a trajectory, not a deblur"):
        load_deblur(offsets, torch.device("cpu"))


def test_the_trajectory_command_writes_arrays_lines_and_maps(files, offsets, tmp_path, capsys):
    photo, guidance = files
    call = ["trajectory", str(photo), "--weights", str(offsets), "--device", "cpu"]
    out = tmp_path / "paths.npz"
    assert main([*call, "--guidance", str(guidance), "--out", str(out), "--points", "9"]) == 0
    with np.load(out, allow_pickle=False) as arrays:
        assert arrays["offsets"].shape == (9, 2, HEIGHT, WIDTH)
        assert arrays["times"].tolist() == pytest.approx(np.linspace(0, 1, 9).tolist())
        assert (arrays["offsets"][..., :20] == 0).all()
    assert "the guided way" in capsys.readouterr().out
    assert main([*call, "--out", str(tmp_path / "a.png"), "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["agreement"] is None
    assert "first and last are a guess" in said.err
    assert main([*call, "--out", str(tmp_path / "b.png"), "--map"]) == 0
    assert read_photo(tmp_path / "b.png").pixels.shape == (HEIGHT, WIDTH, 3)
    assert main([*call, "--out", str(tmp_path / "c.svg")]) == 0
    assert (tmp_path / "c.svg").read_text().startswith("<?xml")


def test_wrong_calls_name_what_is_wrong(files, offsets, tmp_path, capsys) -> None:
    photo, _ = files
    call = ["trajectory", str(photo), "--weights", str(offsets), "--device", "cpu"]
    for arguments, words in [
        (["--out", str(tmp_path / "a.txt")], "suffix must be"),
        (["--out", str(tmp_path / "a.svg"), "--map"], "--map makes a .png"),
        (["--out", str(photo)], "exists already"),
    ]:
        assert main([*call, *arguments]) == 2
        assert words in capsys.readouterr().err
    small = tmp_path / "small.png"
    write_photo(small, np.zeros((4, 4, 3), np.uint8))
    call += ["--refine", "2", "--sharp", str(small), "--out", str(tmp_path / "a.png")]
    assert main(call) == 2
    assert "small.png is 4×4" in capsys.readouterr().err


def test_any_number_of_frames_is_extracted_from_a_known_sharp_frame(files, offsets, tmp_path):
    photo, guidance = files
    out = tmp_path / "frames"
    call = ["extract", str(photo), "--guidance", str(guidance), "--sharp", str(photo)]
    call += ["--weights", str(offsets), "--device", "cpu", "--frames", "4", "--out", str(out)]
    assert main(call) == 0
    frames, _ = read_animation(out)
    source = read_photo(photo).pixels
    assert frames.shape == (4, HEIGHT, WIDTH, 3)
    assert (frames[:, :, :20] == source[:, :20]).all()
    assert (frames[0][:, 20:] != frames[3][:, 20:]).any()


def test_deblurring_writes_a_photo(files, offsets, deblurring, tmp_path) -> None:
    out = tmp_path / "sharp.png"
    call = ["deblur", str(files[0]), "--weights", str(deblurring), "--device", "cpu"]
    assert main([*call, "--trajectory-weights", str(offsets), "--out", str(out)]) == 0
    assert read_photo(out).pixels.shape == (HEIGHT, WIDTH, 3)
