"""Fetching values along a flow."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.flow.matching import Flow

Places = NDArray[np.float32]
"""(H, W, 2) positions (x, y) in pixels of another picture, one for each pixel."""


def warp(
    picture: NDArray[np.float32], flow: Flow, interpolation: int = cv2.INTER_LINEAR
) -> NDArray[np.float32]:
    """Fetch every pixel of `(H, W)` or `(H, W, 3)` from where `flow` points; see `fetched`."""
    return fetched(picture, pixels(flow.shape) + flow, interpolation)


def pixels(shape: tuple[int, ...]) -> Places:
    """The places of the pixels themselves, in a picture of that (H, W, ...)."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    return np.dstack([x, y])


def fetched(
    values: NDArray[np.float32], places: Places, interpolation: int = cv2.INTER_LINEAR
) -> NDArray[np.float32]:
    """`(H, W)` or `(H, W, C)` values at places; borders repeat.

    Between pixels it is linear; `cv2.INTER_CUBIC` keeps more of fine detail.
    """
    x, y = places[..., 0], places[..., 1]
    found = cv2.remap(values, x, y, interpolation, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(found, np.float32)


def nearest(values: NDArray[np.uint8], places: Places) -> NDArray[np.uint8]:
    """`(H, W)` values, such as classes, that must not be mixed; borders repeat."""
    x, y = places[..., 0], places[..., 1]
    found = cv2.remap(values, x, y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(found, np.uint8)


def within(places: Places, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which places lie in a picture of that (H, W)."""
    x, y = places[..., 0], places[..., 1]
    return np.asarray(
        (x >= -0.5) & (y >= -0.5) & (x < shape[1] - 0.5) & (y < shape[0] - 0.5), np.bool_
    )
