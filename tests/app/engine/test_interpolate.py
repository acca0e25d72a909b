"""In-between frames follow the motion instead of fading."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine.interpolate import DrawnFilm, frame_times, in_between, resample


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


def _resampled(frames: np.ndarray, moving: np.ndarray, count: int) -> tuple[np.ndarray, list]:
    steps, seen = resample(frames, moving, count), []
    try:
        while True:
            seen.append(next(steps))
    except StopIteration as end:
        return end.value, seen


def test_static_pixels_stay_exactly_the_photo_in_every_in_between():
    scene = np.stack([_scene(offset) for offset in (0, 4, 8)])
    moving = np.zeros(scene.shape[1:3], bool)
    moving[20:80, 30:70] = True
    frames = np.where(moving[..., None], scene, scene[0])
    film, steps = _resampled(frames, moving, 9)
    assert len(film) == 9
    assert (film[:, ~moving] == frames[0][~moving]).all()
    assert (film[1][moving] != film[0][moving]).any()
    assert steps == [(done, 9) for done in range(10)]


@pytest.mark.parametrize("keep", [0, 3 * 96 * 128 * 3, 1 << 30])
def test_frames_are_the_same_in_whatever_order_and_however_often_they_are_asked_for(keep):
    frames = np.stack([_scene(offset) for offset in (0, 4, 8)])
    moving = np.zeros(frames.shape[1:3], bool)
    moving[10:40, 20:60] = moving[70:90, 100:120] = True
    frames = np.where(moving[..., None], frames, frames[0])
    times = frame_times(8, 3)
    film = DrawnFilm(frames, moving, times, keep)
    assert (film.shape, film.dtype, len(film)) == ((8, 96, 128, 3), np.uint8, 8)
    # What one pair of whole frames gives, where something moves.
    expected = []
    for time in times:
        first = min(int(time), 1)
        drawn = in_between(frames[first], frames[first + 1], [float(time) - first])[0]
        expected.append(np.where(moving[..., None], drawn, frames[0]))
    whole, _ = _resampled(frames, moving, 8)
    order = np.random.default_rng(5).integers(0, 8, 30)
    for index in [*range(8), *range(7, -1, -1), *order]:
        assert np.array_equal(film[index], whole[index])
        assert np.abs(film[index].astype(int) - expected[index]).mean() < 0.5
    assert np.array_equal(np.stack(list(film)), whole)


def test_instants_of_frames_are_the_frames_themselves():
    frames = np.stack([_scene(offset, np.uint16) for offset in (0, 3, 6)])
    film, _ = _resampled(frames, np.ones(frames.shape[1:3], bool), 5)
    assert film.dtype == np.uint16
    assert (film[::2] == frames).all()


def test_a_film_in_which_nothing_moves_stays_still():
    frames = np.repeat(_scene(0)[None], 7, axis=0)
    film, _ = _resampled(frames, np.zeros(frames.shape[1:3], bool), 30)
    assert (film == frames[0]).all()
