"""In-between frames follow the motion instead of fading."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine.interpolate import frame_times, in_between


def _scene(offset: float, dtype=np.uint8, height: int = 96, width: int = 128) -> np.ndarray:
    """A textured disc at a position, over another texture that stands still."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    background = 0.35 + 0.15 * np.sin(x / 3.1) * np.sin(y / 4.3)
    across, down = x - 45 - offset, y - 48
    disc = 0.7 + 0.25 * np.sin(across / 2.3) * np.cos(down / 2.9)
    edge = np.clip(22 - np.hypot(across, down), 0, 1)
    grey = edge * disc + (1 - edge) * background
    values = np.stack([grey, grey * 0.9, 1 - grey], axis=2)
    return np.rint(values * np.iinfo(dtype).max).astype(dtype)


def _psnr(image: np.ndarray, truth: np.ndarray) -> float:
    peak = np.iinfo(truth.dtype).max
    return 10 * np.log10(peak**2 / np.mean((image.astype(float) - truth) ** 2))


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_frame_between_two_shows_the_object_between_its_places(dtype):
    first, second = _scene(0, dtype), _scene(6, dtype)
    fractions = [0.25, 0.5, 0.75]
    images = in_between(first, second, fractions)
    for fraction, image in zip(fractions, images, strict=True):
        truth = _scene(6 * fraction, dtype)
        fade = np.rint(first * (1 - fraction) + second * fraction)
        assert image.dtype == dtype
        assert _psnr(image, truth) > _psnr(fade, truth) + 6


def test_equal_neighbours_give_the_same_image_exactly():
    image = _scene(0)
    between = in_between(image, image, [0.3])[0]
    assert np.array_equal(between, image)
    assert between is not image


@pytest.mark.parametrize("shape", [(1, 1), (3, 50), (20, 5)])
def test_images_smaller_than_the_flow_needs_are_interpolated_too(shape):
    rng = np.random.default_rng(0)
    first, second = rng.integers(0, 256, (2, *shape, 3), dtype=np.uint8)
    (image,) = in_between(first, second, [0.5])
    assert image.shape == (*shape, 3)


def test_times_are_even_and_include_both_ends():
    assert frame_times(13, 7).tolist() == [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6]
    assert frame_times(2, 7).tolist() == [0, 6]
    assert frame_times(1, 7).tolist() == [3]
