"""In-between frames by optical flow, for films with another number of frames than the network's.

Frames in, frames at other instants of the same exposure out; what is static stays untouched.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine.tiling import moving_boxes
from app.flow.matching import Flow, dis_matcher
from app.flow.warping import warp
from app.media.pixels import Pixels, to_8bit, to_float

# Flow needs some surroundings to follow what crosses the edge of a box.
_MARGIN = 32


def frame_times(count: int, frames: int) -> NDArray[np.float64]:
    """(count,) instants of `count` frames, in units of the network's `frames`, first to last.

    A single frame shows the middle of the exposure.
    """
    if count == 1:
        return np.array([(frames - 1) / 2])
    return np.linspace(0, frames - 1, count)


def resample(
    frames: Pixels, moving: NDArray[np.bool_], count: int
) -> Generator[tuple[int, int], None, Pixels]:
    """The film at `count` instants, evenly spaced over the exposure, see `DrawnFilm`.

    Args:
        frames: (T, H, W, 3) uint8 or uint16, first to last.
        moving: (H, W); where it is false, the frames are equal.
        count: at least 1.

    Yields:
        (frames drawn, frames in all). Closing the generator cancels.

    Returns:
        (count, H, W, 3) of the same type.
    """
    film = DrawnFilm(frames, moving, frame_times(count, len(frames)))
    result = np.empty(film.shape, film.dtype)
    yield 0, count
    for index in range(count):
        result[index] = film[index]
        yield index + 1, count
    return result


class DrawnFilm:
    """The film at any instants of the exposure, each frame drawn when it is asked for.

    Instants that fall on a frame are that frame; the others are drawn between its two neighbours.
    Memory does not grow with the number of instants. Asking for them in order, forwards or
    backwards, is cheap: what moved between two frames is found once for all instants between them.
    """

    def __init__(
        self,
        frames: Pixels,
        moving: NDArray[np.bool_],
        times: NDArray[np.float64],
        keep_bytes: int = 0,
    ) -> None:
        """A film of which nothing is drawn yet.

        Args:
            frames: (T, H, W, 3) uint8 or uint16, first to last.
            moving: (H, W); where it is false, the frames are equal, and so are the in-betweens, bit
                for bit those of the first frame.
            times: the instants, in units of the frames, 0 to T - 1.
            keep_bytes: the first frames drawn stay in memory until they fill this, for a film that
                is read more than once.
        """
        self._frames = frames
        self._moving = moving
        self._times = times
        self._keep_bytes = keep_bytes
        self._kept: dict[int, Pixels] = {}
        self._boxes = [box.grown(_MARGIN, *moving.shape) for box in moving_boxes(moving, _MARGIN)]
        self._first = -1
        self._pairs: list[_Pair] = []

    @property
    def shape(self) -> tuple[int, ...]:
        """(instants, H, W, 3)."""
        return (len(self._times), *self._frames.shape[1:])

    @property
    def dtype(self) -> np.dtype[Any]:
        """That of the frames."""
        return self._frames.dtype

    def __len__(self) -> int:
        return len(self._times)

    def __iter__(self) -> Iterator[Pixels]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index: int) -> Pixels:
        time = float(self._times[index])
        nearest = round(time)
        if abs(time - nearest) < 1e-6:
            frame: Pixels = self._frames[nearest]
            return frame
        if index in self._kept:
            return self._kept[index]
        drawn = self._drawn(math.floor(time), time - math.floor(time))
        if (len(self._kept) + 1) * drawn.nbytes <= self._keep_bytes:
            self._kept[index] = drawn
        return drawn

    def _drawn(self, first: int, fraction: float) -> Pixels:
        """The instant `fraction` of the way from a frame to the next."""
        if first != self._first:
            # The old pairs go before the new ones take as much memory again.
            self._pairs, self._first = [], -1
            start, end = self._frames[first], self._frames[first + 1]
            self._pairs = [_Pair(start[box.slices], end[box.slices]) for box in self._boxes]
            self._first = first
        result = self._frames[0].copy()
        for box, pair in zip(self._boxes, self._pairs, strict=True):
            # Only moving pixels are written: static ones stay the photo, bit for bit.
            where = self._moving[box.slices][..., None]
            np.copyto(result[box.slices], pair.at(fraction), where=where)
        return result


def in_between(first: Pixels, second: Pixels, fractions: Sequence[float]) -> list[Pixels]:
    """Frames between two neighbours.

    Dense inverse-search flow both ways (Kroeger et al. 2016); each fraction is warped from both
    sides with the flows of Super SloMo (Jiang et al. 2018, Eq. 4) and blended by nearness in time.
    Weighing by visibility as well, from flows that disagree, measured no better (−0.2 dB), linear
    instead of cubic sampling much worse (−1.6 dB): `python -m tests.benchmarks.inbetweens`.

    Args:
        first, second: (H, W, 3) uint8 or uint16, of one size and type.
        fractions: instants in (0, 1) from `first` to `second`.

    Returns:
        One (H, W, 3) image of the same type per fraction.
    """
    pair = _Pair(first, second)
    return [pair.at(fraction) for fraction in fractions]


class _Pair:
    """Two neighbouring frames and how the pixels of each move into the other; see `in_between`."""

    def __init__(self, first: Pixels, second: Pixels) -> None:
        self._first, self._second = first, second
        self._flows: tuple[Flow, Flow] | None = None
        if not np.array_equal(first, second):
            match = dis_matcher()
            start, end = to_8bit(first), to_8bit(second)
            self._flows = match(start, end), match(end, start)

    def at(self, t: float) -> Pixels:
        """The frame at `t` from 0 to 1."""
        if self._flows is None:
            return self._first.copy()
        forward, backward = self._flows
        to_first = -(1 - t) * t * forward + t * t * backward
        image = (1 - t) * warp(to_float(self._first), to_first, cv2.INTER_CUBIC)
        del to_first
        to_second = (1 - t) * (1 - t) * forward - t * (1 - t) * backward
        image += t * warp(to_float(self._second), to_second, cv2.INTER_CUBIC)
        peak = np.iinfo(self._first.dtype).max
        np.clip(image, 0, 1, out=image)
        image *= np.float32(peak)
        return np.rint(image, out=image).astype(self._first.dtype)
