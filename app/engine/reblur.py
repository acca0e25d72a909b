"""The photo that a film would expose: the mean of its frames in linear light, and how well it fits.

Works on integer frames in strips, so that a 24-megapixel film needs no float copy of itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from app.errors import InputError
from app.media.color import linear_to_srgb, srgb_to_linear
from app.media.pixels import Pixels

_STRIP_PIXELS = 1 << 18


def exposure_weights(count: int) -> NDArray[np.float32]:
    """(count,) trapezoid weights of instants evenly spaced over the exposure, adding up to 1.

    The first and the last instant bound half an interval each.
    """
    weights = np.ones(count, np.float64)
    if count > 1:
        weights[[0, -1]] = 0.5
    return (weights / weights.sum()).astype(np.float32)


def reblur(frames: Pixels) -> Pixels:
    """Average a film in linear light.

    Args:
        frames: (T, H, W, 3) uint8 or uint16, sRGB-encoded, evenly spaced over the exposure.

    Returns:
        (H, W, 3) of the same type.

    Raises:
        InputError: there is no frame.
    """
    if frames.ndim != 4 or frames.shape[0] == 0:
        raise InputError("There are no frames to average.")
    result = np.empty(frames.shape[1:], frames.dtype)
    peak = np.iinfo(frames.dtype).max
    for rows in _strips(frames.shape[1], frames.shape[2]):
        mean = _mean_linear(frames[:, rows])
        result[rows] = np.rint(np.clip(linear_to_srgb(mean), 0, 1) * peak).astype(frames.dtype)
    return result


def reblur_psnr(frames: Pixels, photo: Pixels, moving: NDArray[np.bool_] | None = None) -> float:
    """How well the film explains the photo: PSNR in dB of the reblurred film against it.

    Averaged in linear light, compared sRGB-encoded, as the papers do.

    Args:
        frames: (T, H, W, 3) uint8 or uint16.
        photo: (H, W, 3) of the same type.
        moving: (H, W), the pixels that count; all by default. Static pixels equal the photo by
            construction and would only flatter the number.

    Returns:
        The PSNR; infinite when nothing differs or nothing moves.
    """
    peak = np.iinfo(photo.dtype).max
    error, count = 0.0, 0
    for rows in _strips(frames.shape[1], frames.shape[2]):
        where = np.ones(photo[rows].shape[:2], np.bool_) if moving is None else moving[rows]
        if not where.any():
            continue
        columns = np.flatnonzero(where.any(axis=0))
        across = slice(int(columns[0]), int(columns[-1]) + 1)
        mean = _mean_linear(frames[:, rows, across])
        encoded = np.clip(linear_to_srgb(mean), 0, 1)
        wanted = photo[rows, across].astype(np.float32) / peak
        squared = np.square(encoded - wanted)[where[:, across]]
        error += float(squared.sum(dtype=np.float64))
        count += squared.size
    if count == 0 or error == 0:
        return math.inf
    return 10 * math.log10(count / error)


def reblur_difference(frames: Pixels, photo: Pixels) -> NDArray[np.float32]:
    """Where the film does not explain the photo.

    Averaged in linear light, compared sRGB-encoded, as `reblur_psnr` does.

    Args:
        frames: (T, H, W, 3) uint8 or uint16.
        photo: (H, W, 3) of the same type.

    Returns:
        (H, W), the largest difference of the three colours as a share of the range, 0 to 1.
    """
    peak = np.iinfo(photo.dtype).max
    difference = np.empty(photo.shape[:2], np.float32)
    for rows in _strips(*photo.shape[:2]):
        encoded = np.clip(linear_to_srgb(_mean_linear(frames[:, rows])), 0, 1)
        wanted = photo[rows].astype(np.float32) / peak
        difference[rows] = np.abs(encoded - wanted).max(axis=2)
    return difference


def _mean_linear(frames: Pixels) -> NDArray[np.float32]:
    table = _linear_table(frames.dtype.name)
    mean = np.zeros(frames.shape[1:], np.float32)
    for weight, frame in zip(exposure_weights(len(frames)), frames, strict=True):
        mean += weight * table[frame]
    return mean


@cache
def _linear_table(dtype: str) -> NDArray[np.float32]:
    """Linear light of every value an integer pixel can have."""
    peak = np.iinfo(dtype).max
    return srgb_to_linear(np.arange(peak + 1) / peak).astype(np.float32)


def _strips(height: int, width: int) -> Iterator[slice]:
    rows = max(1, _STRIP_PIXELS // max(1, width))
    for top in range(0, height, rows):
        yield slice(top, min(height, top + rows))
