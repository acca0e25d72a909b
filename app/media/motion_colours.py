"""Motion as colour: the hue is the direction, the strength of the colour the length."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def motion_colours(motion: NDArray[np.float32], longest: float | None = None) -> NDArray[np.uint8]:
    """A colour-coded map of motion, as in Motion-ETR's Fig. 8.

    Args:
        motion: `(H, W, 2)` displacement (x, y) in pixels; y grows down.
        longest: the length that gets the full colour; by default the longest but for one pixel
            in a hundred, so that single wild pixels do not make everything else pale.

    Returns:
        `(H, W, 3)` uint8 RGB: white where nothing moves, red to the right, and going on
        anticlockwise as the eye sees it, green up-left, blue down-left.
    """
    length = np.hypot(motion[..., 0], motion[..., 1])
    if longest is None:
        longest = float(np.percentile(length, 99)) if length.size else 0.0
    angle = np.arctan2(-motion[..., 1], motion[..., 0])
    hue = np.rad2deg(angle).astype(np.float32) % 360
    strength = np.clip(length / max(longest, 0.5), 0, 1).astype(np.float32)
    pixels = cv2.cvtColor(np.dstack([hue, strength, np.ones_like(hue)]), cv2.COLOR_HSV2RGB)
    return np.rint(pixels * 255).astype(np.uint8)
