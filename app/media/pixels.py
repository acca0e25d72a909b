"""Pixels as the whole program passes them: their type, their depth and their size."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from app.errors import InputError

Pixels = npt.NDArray[Any]
"""(H, W, 3) uint8 or uint16, sRGB-encoded."""


def to_float(pixels: Pixels) -> npt.NDArray[np.float32]:
    """(H, W, 3) uint8 or uint16 to float32 in 0..1, still sRGB-encoded; any other shape works too.

    Raises:
        InputError: another type of number.
    """
    if pixels.dtype not in (np.uint8, np.uint16):
        raise InputError(f"Pixels must be 8- or 16-bit whole numbers, not {pixels.dtype}.")
    return pixels.astype(np.float32) / np.float32(np.iinfo(pixels.dtype).max)


def to_8bit(pixels: Pixels) -> npt.NDArray[np.uint8]:
    """uint16 pixels rounded to uint8 (65535 → 255, steps of 257); uint8 pixels as they are."""
    if pixels.dtype == np.uint8:
        return pixels
    return ((pixels.astype(np.uint32) + 128) // 257).astype(np.uint8)


def resize_to_max_edge(pixels: Pixels, max_edge: int | None) -> Pixels:
    """Shrink (H, W, 3) uint8 or uint16 pixels so that the longer edge is at most `max_edge` pixels.

    Averages over areas, so nothing aliases; never enlarges; `None` leaves the photo as it is.

    Raises:
        InputError: `max_edge` is below 1.
    """
    if max_edge is None:
        return pixels
    if max_edge < 1:
        raise InputError(f"The longest edge must be at least 1 pixel, not {max_edge}.")
    height, width = pixels.shape[:2]
    if max(height, width) <= max_edge:
        return pixels
    scale = max_edge / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Apply an EXIF orientation 1..8 (Exif 2.32, tag 0x0112) to stored pixels."""
    turned = pixels
    if orientation >= 5:
        turned = turned.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        turned = turned[::-1]
    if orientation in (2, 3, 6, 7):
        turned = turned[:, ::-1]
    return np.ascontiguousarray(turned)
