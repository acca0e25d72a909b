"""Reading clips of any length as a stream of frames, one in memory at a time.

Whole short films come through `films.read_animation`; nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from app.errors import InputError
from app.media import ffmpeg
from app.media.ffmpeg import ClipInfo

CLIP_SUFFIXES = (".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi")
"""Suffixes that a folder of clips is searched for; `iter_clip` itself goes by content."""


class Clip(NamedTuple):
    """A stream of (H, W, 3) uint8 RGB frames and their rate in frames per second."""

    fps: float
    frames: Iterator[npt.NDArray[np.uint8]]


def clip_info(path: str | PathLike[str]) -> ClipInfo:
    """Size, rate and length of a clip, from its header.

    Raises:
        InputError: the file is missing, a folder, empty, or no clip.
    """
    return ffmpeg.probe(Path(path))


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
