"""The sharp middle frame with and without guidance and deblurring weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

import app.weights_files as finding
from app.checkpoints import save_checkpoint
from app.engine.animate import AnimateSettings, animate
from app.engine.deblur import DeblurSettings
from app.engine.middle_frame import sharp_middle
from app.engine.progress import finish
from app.errors import InputError
from models.deblur import DeblurConfig, DeblurNetwork
from models.trajectory import TrajectoryConfig, TrajectoryNetwork

HEIGHT, WIDTH = 40, 56
CPU = DeblurSettings(device="cpu")


@pytest.fixture
def reads(tmp_path: Path, monkeypatch) -> None:
    """A folder of weights with an offset network in it that reads the axis of its last bias."""
    monkeypatch.setattr(finding, "weights_folders", lambda: [tmp_path])
    network = TrajectoryNetwork(TrajectoryConfig(widths=(2, 2, 2), blocks=1))
    with torch.no_grad():
        network.body.unet.head.weight.zero_()
        bias = network.body.unet.head.bias.view(5, 16)
        bias[0] = 1.0
        bias[2] = -1.0  # twice the angle: up-right or down-left
    save_checkpoint(tmp_path / "trajectory-quadratic.safetensors", network)


def middle_of(film) -> np.ndarray:
    return film.frames[len(film.frames) // 2]


def test_what_stands_stays_the_photos(photo, reads, tiny_weights) -> None:
    guidance = np.zeros((HEIGHT, WIDTH), np.uint8)
    guidance[5:30, 10:40] = 2
    frame = finish(sharp_middle(photo, guidance, DeblurSettings(str(tiny_weights), device="cpu")))
    assert (frame.pixels[guidance == 0] == photo[guidance == 0]).all()
    assert (frame.pixels[guidance > 0] != photo[guidance > 0]).any()
    assert frame.weights == str(tiny_weights)


def test_without_guidance_both_ways_along_what_is_read_are_averaged(
    photo, reads, tiny_weights
) -> None:
    frame = finish(sharp_middle(photo, None, DeblurSettings(str(tiny_weights), device="cpu")))
    settings = AnimateSettings(None, str(tiny_weights), "cpu", sharpen=0)
    ways = [
        middle_of(finish(animate(photo, np.full((HEIGHT, WIDTH), way, np.uint8), settings)))
        for way in (1, 3)
    ]
    mean = (ways[0].astype(float) + ways[1]) / 2
    assert np.abs(frame.pixels - mean).max() <= 0.5
    assert (frame.pixels != photo).any()


def test_16_bits_stay_16_bits(photo, reads, tiny_weights) -> None:
    wide = photo.astype(np.uint16) * 257
    frame = finish(sharp_middle(wide, None, DeblurSettings(str(tiny_weights), device="cpu")))
    assert frame.pixels.dtype == np.uint16
    narrow = finish(sharp_middle(photo, None, DeblurSettings(str(tiny_weights), device="cpu")))
    assert np.abs(frame.pixels / 257 - narrow.pixels).max() <= 1.01


def test_deblurring_weights_come_first_and_leave_alone_what_stands(
    photo, reads, tmp_path, monkeypatch
) -> None:
    torch.manual_seed(0)
    save_checkpoint(tmp_path / "deblur.safetensors", DeblurNetwork(DeblurConfig(width=2)))
    frame = finish(sharp_middle(photo, None, CPU))
    assert frame.weights == "deblur"
    assert (frame.pixels != photo).any()
    guidance = np.zeros((HEIGHT, WIDTH), np.uint8)
    guidance[:, :20] = 1
    kept = finish(sharp_middle(photo, guidance, CPU)).pixels
    assert (kept[:, 20:] == photo[:, 20:]).all()
    assert (kept[:, :20] == frame.pixels[:, :20]).all()


def test_weights_that_were_asked_for_must_be_there(photo, reads) -> None:
    with pytest.raises(InputError, match="mine"):
        finish(sharp_middle(photo, None, DeblurSettings("mine", device="cpu")))


def test_without_any_weights_the_decomposer_is_what_is_missing(photo, tmp_path, monkeypatch):
    monkeypatch.setattr(finding, "weights_folders", lambda: [tmp_path])
    with pytest.raises(InputError, match="decomposer-default"):
        finish(sharp_middle(photo, np.ones((HEIGHT, WIDTH), np.uint8), CPU))
