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
from app.media import film_decoding
from app.media.clip_index import Neighbourhood, index_clip, neighbourhood
from app.media.film_decoding import ClipInfo


class Clip(NamedTuple):
    """A stream of (H, W, 3) uint8 RGB frames and their rate in frames per second."""

    fps: float
    frames: Generator[npt.NDArray[np.uint8], None, None]


def clip_info(path: str | PathLike[str]) -> ClipInfo:
    """Size, rate and length of a clip, from its header.

    Raises:
        InputError: the file is missing, a folder, empty, or no clip.
    """
    return film_decoding.probe(Path(path))


def frame_at(path: str | PathLike[str], seconds: float) -> Neighbourhood:
    """The frame that a clip shows at a moment, upright, with its neighbours.

    Raises:
        InputError: the file is missing, no clip or damaged; the clip is over by then, or its frames
            are too large.
    """
    if not (seconds >= 0 and math.isfinite(seconds)):
        raise InputError(f"A moment of {path} is 0 seconds or later, not {seconds:g}.")
    index = index_clip(path)
    number = index.number_at(seconds)
    # The last frame is shown for as long as the ones before it.
    last = float(index.times[-1]) + max(1 / index.info.fps, *np.diff(index.times[-2:]), 0.0)
    end = max(last, index.info.duration)
    if seconds >= end:
        raise InputError(f"{path} has no frame at {seconds:g} s: it lasts {end:.2f} s.")
    return neighbourhood(path, index, number)


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
    info = film_decoding.probe(path)
    return Clip(
        info.fps, film_decoding.decode(path, info, start=start, stop=stop, max_edge=max_edge)
    )
