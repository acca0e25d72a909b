"""In-between frames by optical flow, for films with another number of frames than the network's.

Two neighbouring frames in, frames between them out. Which pixels may change is the caller's
business.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from app.media.photos import Pixels, to_8bit, to_float

Flow = NDArray[np.float32]

# DIS needs some pixels for its coarsest scale; smaller images are padded by repetition.
_SMALLEST_SIDE = 32
# A forward and a backward flow that miss each other by this many pixels disagree.
_OCCLUSION_PIXELS = 1.0


def frame_times(count: int, frames: int) -> NDArray[np.float64]:
    """(count,) instants of `count` frames, in units of the network's `frames`, first to last.

    A single frame shows the middle of the exposure.
    """
    if count == 1:
        return np.array([(frames - 1) / 2])
    return np.linspace(0, frames - 1, count)


def in_between(first: Pixels, second: Pixels, fractions: Sequence[float]) -> list[Pixels]:
    """Frames between two neighbours.

    Dense inverse-search flow both ways; each fraction is warped from both sides with the flows of
    Super SloMo (Jiang et al. 2018, Eq. 4) and blended by time and visibility: what only one of the
    two shows is taken from that one.

    Args:
        first, second: (H, W, 3) uint8 or uint16, of one size and type.
        fractions: instants in (0, 1) from `first` to `second`.

    Returns:
        One (H, W, 3) image of the same type per fraction.
    """
    if np.array_equal(first, second):
        return [first.copy() for _ in fractions]
    forward = _flow(first, second)
    backward = _flow(second, first)
    # Pixels of one frame whose flow does not come back: the other frame does not show them.
    only_first = _disagreement(forward, backward)
    only_second = _disagreement(backward, forward)
    start, end = to_float(first), to_float(second)
    peak = np.iinfo(first.dtype).max
    images = []
    for t in fractions:
        to_first = -(1 - t) * t * forward + t * t * backward
        to_second = (1 - t) * (1 - t) * forward - t * (1 - t) * backward
        shown_by_first = (1 - t) * (1 - _warp(only_second, to_second)) + 1e-3 * (1 - t)
        shown_by_second = t * (1 - _warp(only_first, to_first)) + 1e-3 * t
        share = (shown_by_first / (shown_by_first + shown_by_second))[..., None]
        image = share * _warp(start, to_first) + (1 - share) * _warp(end, to_second)
        images.append(np.rint(np.clip(image, 0, 1) * peak).astype(first.dtype))
    return images


def _flow(source: Pixels, target: Pixels) -> Flow:
    """(H, W, 2): where each pixel of `source` is found in `target`, in pixels (x, y)."""
    grey = [_grey(image) for image in (source, target)]
    height, width = grey[0].shape
    down, right = max(0, _SMALLEST_SIDE - height), max(0, _SMALLEST_SIDE - width)
    if down or right:
        grey = [np.pad(image, ((0, down), (0, right)), mode="edge") for image in grey]
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    empty = np.zeros((*grey[0].shape, 2), np.float32)
    flow = np.asarray(search.calc(grey[0], grey[1], empty), np.float32)
    return np.ascontiguousarray(flow[:height, :width])


def _grey(image: Pixels) -> NDArray[np.uint8]:
    return cv2.cvtColor(to_8bit(image), cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)


def _disagreement(there: Flow, back: Flow) -> NDArray[np.float32]:
    """(H, W) in 0..1: how surely a pixel does not come back to itself."""
    miss = np.linalg.norm(there + _warp(back, there), axis=2)
    return np.clip(miss / _OCCLUSION_PIXELS - 0.5, 0, 1).astype(np.float32)


def _warp(image: NDArray[np.float32], flow: Flow) -> NDArray[np.float32]:
    """Sample `image` at every pixel plus its flow."""
    height, width = flow.shape[:2]
    x = np.arange(width, dtype=np.float32)[None, :] + flow[..., 0].astype(np.float32)
    y = np.arange(height, dtype=np.float32)[:, None] + flow[..., 1].astype(np.float32)
    sampled = cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return sampled.astype(np.float32, copy=False)
