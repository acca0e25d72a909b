"""Frames at any instants: the sharp middle frame, warped along trajectories (Motion-ETR Eq. 16)."""

from __future__ import annotations

from collections.abc import Generator

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine.animate import MAX_FRAMES
from app.engine.exposure_paths import ExposurePaths
from app.engine.progress import Progress
from app.engine.stills import still_film
from app.errors import InputError
from app.media.pixels import Pixels, to_float


def extracted(
    photo: Pixels,
    middle: Pixels,
    paths: ExposurePaths,
    frames: int,
    moving: NDArray[np.bool_] | None = None,
) -> Generator[Progress, None, Pixels]:
    """A film of any number of frames, evenly spaced over the exposure.

    Args:
        photo: `(H, W, 3)` uint8 or uint16.
        middle: the sharp middle frame, of the same size and type.
        paths: every pixel's path.
        frames: how many; a single one is the middle frame.
        moving: `(H, W)`; where it is false, every frame equals the photo. Everywhere by default.

    Yields:
        Progress after every frame. Closing the generator cancels.

    Returns:
        `(N, H, W, 3)` of the photo's type, first to last.

    Raises:
        InputError: the number of frames is out of range.
    """
    if not 1 <= frames <= MAX_FRAMES:
        raise InputError(f"A film has 1 to {MAX_FRAMES} frames, not {frames}.")
    height, width = photo.shape[:2]
    peak = np.float32(np.iinfo(photo.dtype).max)
    source = to_float(middle)
    film = still_film(photo, frames)
    where = np.ones((height, width, 1), np.bool_) if moving is None else moving[..., None]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    instants = np.linspace(-1, 1, frames) if frames > 1 else np.zeros(1)
    yield Progress("extract", 0, frames)
    for index, time in enumerate(instants):
        offset = paths.at(float(time))
        seen = cv2.remap(
            source, x + offset[0], y + offset[1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        whole = np.rint(np.clip(seen, 0, 1) * peak).astype(photo.dtype)
        np.copyto(film[index], whole, where=where)
        yield Progress("extract", index + 1, frames)
    return film
