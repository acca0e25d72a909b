"""When every frame of a clip is shown, so that each can be named by a number and found again.

Rates alone cannot do that: phones and GIFs show frames for unequal times. Only the container is
read, nothing is decoded; one clip's index is some bytes a frame.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from app.errors import InputError
from app.media import film_decoding
from app.media.film_decoding import ClipInfo
from app.media.photos import DEFAULT_MAX_PIXELS

_REPORTED = 256
"""Frames from one report to the next: minutes of a clip pass in a moment."""


@dataclass(frozen=True, eq=False)
class ClipIndex:
    """The frames of a clip.

    Attributes:
        info: what the header says.
        times: (N,) float64, when each frame begins, in seconds from the clip's beginning, rising.
    """

    info: ClipInfo
    times: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.times)

    def number_at(self, seconds: float) -> int:
        """The frame that is shown at a moment, the first one before it has begun."""
        return max(0, int(np.searchsorted(self.times, seconds + 1e-6, side="right")) - 1)


class Neighbourhood(NamedTuple):
    """A frame of a clip, (H, W, 3) uint8 RGB, and the ones before and after it, where they are."""

    previous: npt.NDArray[np.uint8] | None
    frame: npt.NDArray[np.uint8]
    following: npt.NDArray[np.uint8] | None


def index_clip(
    path: str | PathLike[str], on_frames: Callable[[int], object] = lambda _: None
) -> ClipIndex:
    """List the frames of a clip.

    Args:
        path: anything ffmpeg reads.
        on_frames: called with the number of frames found so far; may raise to cancel.

    Raises:
        InputError: the file is missing, no clip or damaged, there is only sound or no frame in it,
            or its frames are too large.
    """
    path = Path(path)
    info = film_decoding.probe(path)
    if info.width * info.height > DEFAULT_MAX_PIXELS:
        raise InputError(
            f"Cannot read {path}: its frames of {info.width} × {info.height} pixels are too large."
        )
    found: list[float] = []
    packets = film_decoding.packet_times(path)
    try:
        for time in packets:
            if len(found) % _REPORTED == 0:
                on_frames(len(found))
            found.append(time)
    finally:
        packets.close()
    # In the file, frames stand in the order of decoding.
    times = np.unique(np.array(found, np.float64))
    # What lies before the beginning is there for decoding only, and never shown.
    times = times[times > -1e-6]
    if not len(times):
        raise InputError(f"Cannot read {path}: there is no frame in it.")
    return ClipIndex(info, times)


def frames_from(
    path: str | PathLike[str], index: ClipIndex, first: int, max_edge: int | None = None
) -> Generator[npt.NDArray[np.uint8], None, None]:
    """Decode a clip from a frame on, one frame at a time; closing the generator stops that.

    Args:
        path: the clip; `index` is its `index_clip`.
        first: number of the first frame.
        max_edge: longer edge in pixels at most.

    Yields:
        (H, W, 3) uint8 RGB, upright.

    Raises:
        InputError: the clip is damaged.
    """
    start = 0.0
    if first > 0:
        # Between two frames, so that rounding in the file can leave neither of them out.
        start = float(index.times[first - 1] + index.times[first]) / 2
    return film_decoding.decode(Path(path), index.info, start=start, max_edge=max_edge)


def neighbourhood(path: str | PathLike[str], index: ClipIndex, number: int) -> Neighbourhood:
    """A frame of a clip with the frames before and after it.

    Raises:
        InputError: the clip is damaged there.
    """
    frames = frames_from(path, index, max(0, number - 1))
    try:
        previous = next(frames, None) if number > 0 else None
        frame = next(frames, None)
        following = next(frames, None) if frame is not None else None
    finally:
        frames.close()
    if frame is None:
        raise InputError(f"Cannot read {path}: its frame {number + 1} is damaged or missing.")
    return Neighbourhood(previous, frame, following)
