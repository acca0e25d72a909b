"""A blurry clip in, a film of several times as many frames out: every frame is unspooled.

Guidance comes from each frame's neighbours, so time runs on from exposure to exposure. A few frames
are in memory at a time. Segments and joining are `app.media.long_films`.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine.animate import AnimateSettings, Progress, animate
from app.engine.interpolate import DrawnFilm
from app.engine.neighbours import (
    NeighbourSettings,
    Step,
    matcher_for,
    step_between,
    working_size,
)
from app.engine.steady_guidance import REACH, Guided, steadily_guided
from app.errors import InputError
from app.flow.matching import Matcher
from app.media.clips import clip_info, iter_clip
from app.media.films import MAX_FPS
from app.media.long_films import LongFilm

Frame = NDArray[np.uint8]

_SEGMENT = 24
"""Frames of the clip in a segment: what an interruption costs at most."""

_NETWORK_FRAMES = 7


@dataclass(frozen=True)
class ClipSettings:
    """What may be chosen about the film of a clip.

    Attributes:
        animate: how single frames are unspooled; `frames` is how many times as many frames the film
            has, evenly spaced over the time from one frame to the next.
        neighbours: how guidance is found; its shutter also says when in that time the exposure is.
        fps: frames per second of the film; None plays it at the clip's own rate, in slow motion.
    """

    animate: AnimateSettings = field(default_factory=AnimateSettings)
    neighbours: NeighbourSettings = field(default_factory=NeighbourSettings)
    fps: float | None = None


@dataclass(frozen=True)
class ClipFilm:
    """What was written: frames of the film, its rate, and frames of the clip."""

    out: Path
    frames: int
    fps: float
    clip_frames: int


@dataclass(frozen=True, eq=False)
class _Shot:
    """One frame of the clip, unspooled: (7, H, W, 3), and where it moves."""

    frames: NDArray[np.uint8]
    moving: NDArray[np.bool_]


def animate_clip(
    clip: Path,
    out: Path,
    settings: ClipSettings | None = None,
    *,
    overwrite: bool = False,
    resume: bool = False,
) -> Generator[Progress, None, ClipFilm]:
    """Unspool every frame of a clip.

    At seven frames and a shutter of 6/7, the defaults, the network's own frames are evenly
    spaced in time. With others, frames are drawn in between: within an exposure along its frames,
    while the shutter is closed from its last frame to the first of the next. Where nothing moves,
    frames equal the clip's. Nothing is drawn across a cut.

    Args:
        clip: anything ffmpeg reads; its sound is left out.
        out: .mp4, .webm or a folder of frames.
        settings: see `ClipSettings`.
        overwrite: whether `out` may be replaced.
        resume: keep what is done in a folder `<out>.parts` when the run is interrupted, and go on
            from there.

    Yields:
        Progress of the stage "clip", in frames of the clip; the total is 0 where it is not known.
        Closing the generator cancels, and without `resume` leaves nothing.

    Raises:
        InputError: the clip, the settings or the destination are wrong.
        RunError: the disk is full, or not enough memory.
    """
    settings = settings or ClipSettings()
    info = clip_info(clip)
    fps = settings.fps or min(info.fps, MAX_FPS)
    work = out.absolute().with_name(f"{out.name}.parts")
    if work.exists() and not resume:
        raise InputError(
            f"{work} holds the beginning of this film: continue it with --resume, or remove it."
        )
    film = LongFilm(out, fps, work, _described(clip, settings))
    total = round(info.duration * info.fps)
    try:
        first = done = len(film.segments) * _SEGMENT
        yield Progress("clip", done, total)
        with closing(_rendered(clip, settings, first)) as pictures:
            for _, group in itertools.groupby(pictures, key=lambda pair: pair[0] // _SEGMENT):
                with film.segment() as write:
                    for number, picture in group:
                        if number + 1 > done:
                            done = number + 1
                            yield Progress("clip", done, max(total, done))
                        if picture is not None:
                            write(picture)
        yield Progress("join", 0, 0)
        film.finish(overwrite)
    except BaseException:
        if not resume:
            shutil.rmtree(work, ignore_errors=True)
        raise
    result = ClipFilm(out, film.frames, fps, done)
    shutil.rmtree(work, ignore_errors=True)
    return result


def _described(clip: Path, settings: ClipSettings) -> dict[str, Any]:
    """What decides the pictures: the clip, as its file tells it, and the settings."""
    stat = clip.stat()
    return {
        "clip": str(clip.absolute()),
        "size": stat.st_size,
        "changed": stat.st_mtime_ns,
        "animate": asdict(settings.animate),
        "neighbours": asdict(settings.neighbours),
    }


def _rendered(
    clip: Path, settings: ClipSettings, first: int
) -> Generator[tuple[int, Frame | None], None, None]:
    """The film's frames from frame `first` of the clip on, each with the number of that frame.

    None stands for work under way without a picture, so that a long one can be cancelled.
    """
    exposed, closed = _instants(settings)
    with closing(iter_clip(clip, max_edge=settings.animate.max_edge).frames) as decoded:
        # Those that vote on the first frame, and the one that guides the first of them.
        start = max(0, first - REACH - 1)
        frames = itertools.islice(decoded, start, None)
        stepped = with_steps(frames, matcher_for(settings.neighbours))
        last: _Shot | None = None
        cut = False
        for number, guided in enumerate(steadily_guided(stepped, settings.neighbours), start):
            if number < first:
                continue
            if guided.before is None and guided.after is None:
                raise InputError(f"{clip} has a single frame, so nothing says what moved.")
            shot = yield from _unspooled(number, guided, settings)
            if last is not None:
                for picture in _while_closed(last, shot, closed, cut):
                    yield number - 1, picture
            for picture in DrawnFilm(shot.frames, shot.moving, exposed):
                yield number, picture
            last, cut = shot, guided.after is not None and guided.after.cut
    if last is None and first == 0:
        raise InputError(f"Cannot read {clip}: there is no frame in it.")


def _instants(settings: ClipSettings) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The film's instants within one frame interval.

    Returns:
        Those during the exposure, in units of the network's frames, and those after it, as parts of
        the time until the next exposure.
    """
    count, shutter = settings.animate.frames, settings.neighbours.shutter
    times = np.arange(count) / count
    open_now = times <= shutter + 1e-9
    exposed = times[open_now] / shutter * (_NETWORK_FRAMES - 1)
    closed = (times[~open_now] - shutter) / max(1 - shutter, 1e-9)
    return np.minimum(exposed, _NETWORK_FRAMES - 1), closed


def with_steps(
    frames: Iterator[Frame], match: Matcher
) -> Iterator[tuple[Frame, Step | None, Step | None]]:
    """Every frame with the steps from the one before it and to the one after it."""
    frame = next(frames, None)
    if frame is None:
        return
    small, before = working_size(frame), None
    for following in frames:
        small_next = working_size(following, like=small)
        after = step_between(small, small_next, match)
        yield frame, before, after
        frame, small, before = following, small_next, after
    yield frame, before, None


def _unspooled(
    number: int, guided: Guided, settings: ClipSettings
) -> Generator[tuple[int, None], None, _Shot]:
    """One frame of the clip, unspooled."""
    height, width = guided.frame.shape[:2]
    guidance = np.zeros((height, width), np.uint8)
    if guided.classes is not None:
        size = (width, height)
        guidance[:] = cv2.resize(guided.classes, size, interpolation=cv2.INTER_NEAREST_EXACT)
    asked = AnimateSettings(
        frames=_NETWORK_FRAMES,
        weights=settings.animate.weights,
        device=settings.animate.device,
        tile=settings.animate.tile,
    )
    steps = animate(guided.frame, guidance, asked)
    try:
        while True:
            next(steps)
            yield number, None
    except StopIteration as end:
        return _Shot(end.value.frames, guidance > 0)
    finally:
        steps.close()


def _while_closed(
    last: _Shot, shot: _Shot, instants: NDArray[np.float64], cut: bool
) -> Iterator[Frame]:
    """Frames between two exposures: drawn along the flow, or the last one held across a cut."""
    ends = np.stack([last.frames[-1], shot.frames[0]])
    moving = np.zeros_like(last.moving) if cut else last.moving | shot.moving
    yield from DrawnFilm(ends, moving, instants)
