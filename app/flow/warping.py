"""Fetching a picture along a flow."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.flow.matching import Flow


def warp(
    picture: NDArray[np.float32], flow: Flow, interpolation: int = cv2.INTER_LINEAR
) -> NDArray[np.float32]:
    """Fetch every pixel of `(H, W)` or `(H, W, 3)` from where `flow` points; borders repeat.

    Between pixels it is linear; `cv2.INTER_CUBIC` keeps more of fine detail.
    """
    height, width = flow.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    moved = cv2.remap(
        picture,
        x + flow[..., 0],
        y + flow[..., 1],
        interpolation,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(moved, np.float32)
