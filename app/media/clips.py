"""Reading clips of any length as a stream of frames, one in memory at a time.

Whole short films come through `films.read_animation`; nothing here writes.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from app.errors import InputError
from app.media import ffmpeg
from app.media.ffmpeg import ClipInfo
from app.media.photos import DEFAULT_MAX_PIXELS


class Clip(NamedTuple):
    """A stream of (H, W, 3) uint8 RGB frames and their rate in frames per second."""

    fps: float
    frames: Generator[npt.NDArray[np.uint8], None, None]


def clip_info(path: str | PathLike[str]) -> ClipInfo:
    """Size, rate and length of a clip, from its header.

    Raises:
        InputError: the file is missing, a folder, empty, or no clip.
    """
    return ffmpeg.probe(Path(path))


class Neighbourhood(NamedTuple):
    """A frame of a clip, (H, W, 3) uint8 RGB, and the ones before and after it, where they are."""

    previous: npt.NDArray[np.uint8] | None
    frame: npt.NDArray[np.uint8]
    following: npt.NDArray[np.uint8] | None


def frame_at(path: str | PathLike[str], seconds: float) -> Neighbourhood:
    """The frame that a clip shows at a moment, upright, with its neighbours.

    Raises:
        InputError: the file is missing, no clip or damaged; the clip is over by then, or its frames
            are too large.
    """
    path = Path(path)
    info = ffmpeg.probe(path)
    if not (seconds >= 0 and math.isfinite(seconds)):
        raise InputError(f"A moment of {path} is 0 seconds or later, not {seconds:g}.")
    if info.width * info.height > DEFAULT_MAX_PIXELS:
        raise InputError(f"Cannot read {path}: its frames are too large.")
    # Half a frame early, so that rounding in the file cannot leave the frame itself out.
    number = int(seconds * info.fps + 1e-6)
    start = max(0.0, (number - 1.5) / info.fps)
    frames = ffmpeg.decode(path, info, start=start)
    try:
        previous = next(frames, None) if number > 0 else None
        frame = next(frames, None)
        following = next(frames, None) if frame is not None else None
    finally:
        frames.close()
    if frame is None:
        length = f"it lasts {info.duration:.2f} s" if info.duration else "it is shorter"
        raise InputError(f"{path} has no frame at {seconds:g} s: {length}.")
    return Neighbourhood(previous, frame, following)


def iter_clip(
    path: str | PathLike[str],
    start: float = 0.0,
    stop: float | None = None,
    max_edge: int | None = None,
) -> Clip:
    """Open a clip and stream its frames, upright.

    Args:
        path: anything ffmpeg reads.
        start: seconds from the beginning.
        stop: seconds from the beginning, exclusive; `None` for the end.
        max_edge: shrink so that the longer edge is at most this many pixels; never enlarges.

    Returns:
        The rate and an iterator of frames; closing the iterator stops the decoder.

    Raises:
        InputError: at once, if the file is missing or no clip, or the times make no sense; while
            iterating, if it turns out to be damaged.
    """
    path = Path(path)
    if start < 0 or (stop is not None and stop <= start):
        raise InputError(f"Cannot read {path} from {start:g} s to {stop} s: no time lies between.")
    if max_edge is not None and max_edge < 1:
        raise InputError(f"The longest edge must be at least 1 pixel, not {max_edge}.")
    info = ffmpeg.probe(path)
    return Clip(info.fps, ffmpeg.decode(path, info, start=start, stop=stop, max_edge=max_edge))
