"""The mean of a film in linear light."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.engine.reblur import exposure_weights, reblur, reblur_psnr
from app.errors import InputError


def test_the_ends_of_the_exposure_count_half():
    np.testing.assert_allclose(exposure_weights(5), [0.125, 0.25, 0.25, 0.25, 0.125])
    assert exposure_weights(1).tolist() == [1]


def test_black_and_white_average_to_half_the_light_not_to_half_the_value():
    frames = np.zeros((2, 1, 1, 3), np.uint8)
    frames[1] = 255
    # Half the light of white is 0.7354 when sRGB-encoded (IEC 61966-2-1).
    assert reblur(frames)[0, 0].tolist() == [188, 188, 188]


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_still_film_gives_its_photo_back_exactly(dtype):
    peak = np.iinfo(dtype).max
    photo = np.random.default_rng(0).integers(0, peak, (40, 700, 3), dtype=dtype, endpoint=True)
    assert np.array_equal(reblur(np.repeat(photo[None], 7, axis=0)), photo)


def test_the_psnr_counts_moving_pixels_only():
    photo = np.full((6, 6, 3), 100, np.uint8)
    frames = np.repeat(photo[None], 3, axis=0)
    frames[:, 2:4, 2:4] = 110
    moving = np.zeros((6, 6), bool)
    moving[2:4, 2:4] = True
    assert reblur_psnr(frames, photo, moving) == pytest.approx(20 * math.log10(25.5), abs=1e-3)
    moving[:, :] = True
    expected = 20 * math.log10(25.5) + 10 * math.log10(9)
    assert reblur_psnr(frames, photo) == pytest.approx(expected, abs=1e-3)


def test_nothing_moving_is_a_perfect_fit():
    photo = np.zeros((3, 3, 3), np.uint8)
    assert reblur_psnr(photo[None] + 9, photo, np.zeros((3, 3), bool)) == math.inf


def test_no_frames_are_refused():
    with pytest.raises(InputError, match="no frames"):
        reblur(np.zeros((0, 4, 4, 3), np.uint8))
