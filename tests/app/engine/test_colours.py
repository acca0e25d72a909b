"""Frames get no colours that the photo has nowhere near, and keep their brightness."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.engine.colours import REACH, keep_colours

WEIGHTS = np.array([0.299, 0.587, 0.114], np.float32)


def brightness(pictures: np.ndarray) -> np.ndarray:
    return pictures @ WEIGHTS


def test_a_grey_photo_has_grey_frames_as_bright_as_before() -> None:
    rng = np.random.default_rng(0)
    photo = np.repeat(rng.uniform(0.2, 0.8, (24, 30, 1)), 3, 2).astype(np.float32)
    film = np.repeat(photo[None], 2, 0) + rng.uniform(-0.1, 0.1, (2, 24, 30, 3)).astype(np.float32)
    before = brightness(film)
    keep_colours(film, photo)
    assert np.abs(film.max(-1) - film.min(-1)).max() < 0.02
    np.testing.assert_allclose(brightness(film), before, atol=1e-5)


def test_colours_may_come_from_near_but_not_from_afar() -> None:
    photo = np.full((20, 4 * REACH, 3), 0.5, np.float32)
    photo[:, :4] = 0.8, 0.2, 0.2
    film = photo[None].copy()
    film[:, :, REACH // 2] = film[:, :, 3 * REACH] = 0.8, 0.2, 0.2
    keep_colours(film, photo)
    np.testing.assert_allclose(film[0, 10, REACH // 2], [0.8, 0.2, 0.2], atol=1e-5)
    assert np.ptp(film[0, 10, 3 * REACH]) < 0.02


def test_a_light_that_drew_a_faint_streak_may_be_as_coloured_as_it_is_bright() -> None:
    photo = np.full((20, 20, 3), 0.02, np.float32)
    photo[10] = 0.12, 0.03, 0.03
    film = photo[None].copy()
    film[0, 10, 10] = 0.8, 0.2, 0.2
    keep_colours(film, photo)
    np.testing.assert_allclose(film[0, 10, 10], [0.8, 0.2, 0.2], atol=0.05)


@given(arrays(np.float32, (6, 7, 3), elements=st.floats(0, 1, width=32)))
def test_the_photo_itself_is_never_out_of_its_own_colours(photo) -> None:
    flat = np.repeat(photo[:1, :1], 6, 0).repeat(7, 1)
    film = flat[None].copy()
    keep_colours(film, flat)
    np.testing.assert_allclose(film[0], flat, atol=1e-5)


@given(arrays(np.float32, (2, 6, 7, 3), elements=st.floats(0, 1, width=32)))
def test_what_comes_out_can_be_shown(pictures) -> None:
    film = pictures[:1].copy()
    keep_colours(film, pictures[1])
    assert np.isfinite(film).all()
    assert film.min() >= 0
    assert film.max() <= 1
