"""Guidance of a video's frames made steady in time: nothing turns round for a frame or two.

Optical flow is noisy, most of all along motion that nearly follows an axis. Each frame's classes
are put to the vote among the frames around it, followed along the flow. Only a window of frames
counts, so a film can be continued anywhere with the same result.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from app.engine.directed_parts import without_specks
from app.engine.neighbours import (
    NeighbourSettings,
    Step,
    motion_from_steps,
)
from app.flow.matching import Flow
from app.flow.warping import fetched, nearest, pixels, within
from app.guidance.maps import GuidanceMap, from_signs, to_signs

REACH = 2
"""Frames before and after a frame that vote on it."""

_WEIGHTS = {-2: 0.9, -1: 1.05, 0: 1.2, 1: 1.0, 2: 0.9}
"""No two sides of a vote come out even: nearer frames count a little more, and the frame itself."""


@dataclass(frozen=True, eq=False)
class Guided:
    """A frame of a video, the steps beside it, and its classes at working size.

    `classes` is None where no neighbour shows the frame's scene; `displacement` is how far things
    move while the shutter is open, (h, w, 2) pixels at working size, where that is known.
    """

    frame: NDArray[np.uint8]
    before: Step | None
    after: Step | None
    classes: GuidanceMap | None
    displacement: Flow | None = None


def steadily_guided(
    frames: Iterable[tuple[NDArray[np.uint8], Step | None, Step | None]],
    settings: NeighbourSettings,
) -> Iterator[Guided]:
    """Guidance for every frame of a video, steadied by `REACH` frames on either side.

    Args:
        frames: each with the steps from the one before it and to the one after it, None at the
            ends.
        settings: see `NeighbourSettings`.
    """
    guided = (
        Guided(frame, before, after, motion.guidance, motion.displacement)
        if (motion := motion_from_steps(before, after, settings)) is not None
        else Guided(frame, before, after, None)
        for frame, before, after in frames
    )
    window: deque[Guided | None] = deque([None] * (2 * REACH + 1), maxlen=2 * REACH + 1)
    for item in chain(guided, repeat(None, REACH)):
        window.append(item)
        middle = window[REACH]
        if middle is not None:
            classes = steadied(list(window))
            yield replace(middle, classes=classes)


def steadied(window: Sequence[Guided | None]) -> GuidanceMap | None:
    """The middle frame's classes after the vote of all frames of the window.

    A pixel moves if most frames say so where it was or will be; then each sign is the one that most
    of those that move have. Frames beyond a cut, or out of view, have no vote.

    Args:
        window: 2 `REACH` + 1 frames in the order of time; None where the video has none.
    """
    middle = window[REACH]
    if middle is None or middle.classes is None:
        return None
    classes = middle.classes
    shape = classes.shape
    signs = _WEIGHTS[0] * to_signs(classes).astype(np.float32)
    moving = _WEIGHTS[0] * (classes > 0).astype(np.float32)
    votes = np.full(shape, _WEIGHTS[0], np.float32)
    for way in (-1, 1):
        here: Guided = middle
        places = pixels(shape)
        seen = np.ones(shape, np.bool_)
        for distance in range(1, REACH + 1):
            step = here.before if way < 0 else here.after
            there = window[REACH + way * distance]
            if step is None or step.cut or there is None or there.classes is None:
                break
            flow = step.back if way < 0 else step.there
            places = places + fetched(flow, places)
            seen &= within(places, shape)
            said = nearest(there.classes, places)
            weight = np.where(seen, np.float32(_WEIGHTS[way * distance]), np.float32(0))
            signs += weight * to_signs(said)
            moving += weight * (said > 0)
            votes += weight
            here = there
    moves = 2 * moving > votes
    # A sum of zero is a direction that nobody has: half say one, half the other; the frame decides.
    even = (signs == 0) & moves
    signs = np.where(even, to_signs(classes), signs)
    settled = from_signs(np.sign(signs).astype(np.int8))
    return without_specks(np.where(moves & (signs != 0).all(axis=0), settled, 0).astype(np.uint8))
