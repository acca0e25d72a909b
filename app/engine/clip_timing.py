"""When the frames of unspooled exposures are shown, so that things move evenly through a clip.

A shutter is often open for a small part of the time between two frames, and networks let things
travel too short a way. So the way that things travel in a film is compared with the way from frame
to frame of the clip: that is the part of the time which the film fills. The rest is drawn along the
flow from the end of one exposure to the beginning of the next.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine.interpolate import DrawnFilm
from app.engine.neighbours import working_size
from app.engine.steady_guidance import Guided
from app.flow.matching import Matcher

Frame = NDArray[np.uint8]

_SLOWEST = 0.5
"""Pixels from frame to frame of the clip from which motion tells how far a film travels."""

_SURE = 1e-6
"""Instants that differ by less are one."""


@dataclass(frozen=True, eq=False)
class Shot:
    """One frame of a clip, unspooled.

    Attributes:
        frames: (T, H, W, 3), first to last; static pixels are the clip's.
        moving: (H, W).
        start, end: when the first and the last are shown, in frames of the clip.
    """

    frames: NDArray[np.uint8]
    moving: NDArray[np.bool_]
    start: float
    end: float


def timed(
    number: int, frames: NDArray[np.uint8], guided: Guided, shutter: float, match: Matcher
) -> Shot:
    """Frame `number` of a clip, unspooled into `frames`, at its place in time.

    The exposure begins with the frame's time and lasts `shutter`; in the middle of it is the part
    that the frames fill.
    """
    height, width = frames.shape[1:3]
    moving = np.zeros((height, width), np.bool_)
    if guided.classes is not None:
        size = (width, height)
        moving = cv2.resize(guided.classes, size, interpolation=cv2.INTER_NEAREST_EXACT) > 0
    part = travelled(frames, guided, match)
    span = shutter if part is None else min(part, shutter)
    middle = number + shutter / 2
    return Shot(frames, np.asarray(moving, np.bool_), middle - span / 2, middle + span / 2)


def travelled(frames: NDArray[np.uint8], guided: Guided, match: Matcher) -> float | None:
    """How far things travel in a film, as a part of their way from frame to frame; 0 or more.

    None where nothing moves, or nothing tells.
    """
    if guided.after is not None and not guided.after.cut:
        way = guided.after.there
    elif guided.before is not None and not guided.before.cut:
        way = -guided.before.back
    else:
        return None
    classes = guided.classes
    telling = np.hypot(way[..., 0], way[..., 1]) >= _SLOWEST
    if classes is None or not (telling & (classes > 0)).any():
        return None
    telling &= classes > 0
    like = np.empty((*classes.shape, 3), np.uint8)
    done = match(working_size(frames[0], like=like), working_size(frames[-1], like=like))[telling]
    whole = way[telling].astype(np.float64)
    return max(0.0, float((done * whole).sum() / (whole * whole).sum()))


def shown(
    last: Shot | None, shot: Shot, number: int, per_frame: int, cut: bool
) -> Iterator[tuple[int, Frame]]:
    """What is shown from the end of one exposure to the end of the next.

    Args:
        last: frame `number` - 1 of the clip; None for the clip's first frame, whose beginning is
            then held until things move.
        shot: frame `number`.
        number: see `shot`.
        per_frame: frames of the film for each frame of the clip.
        cut: the two show different scenes: nothing is drawn between them.

    Yields:
        Frames of the film, evenly spaced in time, each with the number of the frame of the clip
        within whose time it is shown.
    """
    begins, ends = number * per_frame, (number + 1) * per_frame
    first, behind = _first(shot.start, per_frame), min(_behind(shot.end, per_frame), ends)
    if last is None:
        yield from _repeated(shot.frames[0], number, range(begins, first))
    elif cut:
        yield from _repeated(
            last.frames[-1], number - 1, range(_behind(last.end, per_frame), begins)
        )
        yield from _repeated(shot.frames[0], number, range(begins, first))
    else:
        between = range(_behind(last.end, per_frame), first)
        yield from _between(last, shot, number, between, per_frame)
    spread = max(shot.end - shot.start, _SURE)
    parts = (np.arange(first, behind) / per_frame - shot.start) / spread
    for picture in DrawnFilm(
        shot.frames, shot.moving, np.clip(parts, 0, 1) * (len(shot.frames) - 1)
    ):
        yield number, picture


def ending(shot: Shot, number: int, per_frame: int, shutter: float) -> Iterator[tuple[int, Frame]]:
    """The end of the clip's last exposure, held until the shutter closes; as `shown`."""
    rest = range(
        _behind(shot.end, per_frame),
        min(_behind(number + shutter, per_frame), (number + 1) * per_frame),
    )
    yield from _repeated(shot.frames[-1], number, rest)


def _first(time: float, per_frame: int) -> int:
    """The film's first frame from a time on, in frames of the clip."""
    return math.ceil(time * per_frame - _SURE)


def _behind(time: float, per_frame: int) -> int:
    """The film's first frame after a time."""
    return math.floor(time * per_frame + _SURE) + 1


def _repeated(picture: Frame, number: int, frames: range) -> Iterator[tuple[int, Frame]]:
    for _ in frames:
        yield number, picture


def _between(
    last: Shot, shot: Shot, number: int, frames: range, per_frame: int
) -> Iterator[tuple[int, Frame]]:
    """Frames drawn along the flow; what is static changes with the clip, at the frame's time."""
    if not frames:
        return
    moving = last.moving | shot.moving
    ends = np.stack([last.frames[-1], shot.frames[0]])
    parts = (np.array(frames) / per_frame - last.end) / (shot.start - last.end)
    for index, picture in zip(frames, DrawnFilm(ends, moving, parts), strict=True):
        if index < number * per_frame:
            yield number - 1, picture
        else:
            yield number, np.where(moving[..., None], picture, shot.frames[0])
