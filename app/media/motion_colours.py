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


TIME_COLOURS = ((70, 120, 255), (190, 90, 235), (255, 100, 110), (255, 185, 40), (255, 255, 130))
"""RGB of evenly spaced instants, from the exposure's first to its last."""


def time_colour(share: float) -> tuple[int, int, int]:
    """RGB of an instant, from 0 for the exposure's first to 1 for its last."""
    place = min(max(share, 0.0), 1.0) * (len(TIME_COLOURS) - 1)
    index = min(int(place), len(TIME_COLOURS) - 2)
    part = place - index
    pairs = zip(TIME_COLOURS[index], TIME_COLOURS[index + 1], strict=True)
    red, green, blue = (round(a + (b - a) * part) for a, b in pairs)
    return red, green, blue
