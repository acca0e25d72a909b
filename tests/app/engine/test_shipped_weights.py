"""What holds for the weights that travel with the program."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.assets import sample_names, sample_path, weights_dir
from app.engine.animate import AnimateSettings, animate
from app.engine.deblur import DeblurSettings, deblur
from app.engine.progress import finish
from app.engine.weights import describe_weights
from app.media.photos import read_photo
from app.media.pixels import resize_to_max_edge

EVERY = sorted(weights_dir().glob("*.safetensors"))
SHIPPED = [path for path in EVERY if path.stem.startswith("decomposer-")]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_shipped_weights_are_whole_small_and_say_what_they_are(path: Path):
    description = describe_weights(path)
    assert description.problem == ""
    assert description.size <= 16e6
    assert description.metadata
    assert path.with_suffix(".md").is_file()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_tiles_of_shipped_weights_leave_no_seams(path: Path):
    photo = resize_to_max_edge(read_photo(sample_path(sample_names()[0])).pixels, 400)
    height, width = photo.shape[:2]
    guidance = np.full((height, width), 1, np.uint8)
    guidance[:, width // 2 :] = 3
    settings = AnimateSettings(weights=str(path), device="cpu")
    whole = finish(animate(photo, guidance, settings)).frames
    cut = AnimateSettings(weights=str(path), device="cpu", tile=320)
    tiled = finish(animate(photo, guidance, cut)).frames
    # The context is shorter than the receptive field; what it leaves nobody sees.
    difference = np.abs(whole.astype(int) - tiled)
    assert difference.max() <= 2
    assert (difference > 1).mean() < 1e-4
    assert (whole != photo).mean() > 0.5


def test_tiles_of_the_shipped_deblurring_weights_leave_no_seams():
    photo = resize_to_max_edge(read_photo(sample_path(sample_names()[0])).pixels, 400)
    # Without guidance, paths may run either way, and not the same way in every tile.
    guidance = np.ones(photo.shape[:2], np.uint8)
    whole = finish(deblur(photo, DeblurSettings(device="cpu"), guidance)).pixels
    tiled = finish(deblur(photo, DeblurSettings(device="cpu", tile=352), guidance)).pixels
    difference = np.abs(whole.astype(int) - tiled)
    # What is read of the blur depends a little on how far around the network sees.
    assert difference.max() <= 8
    assert (difference > 2).mean() < 2e-3
    assert (whole != photo).mean() > 0.5
