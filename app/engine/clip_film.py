"""A blurry clip in, a film of several times as many frames out: every frame is unspooled.

Guidance comes from each frame's neighbours, so time runs on from exposure to exposure. A few frames
are in memory at a time. Segments and joining are `app.media.long_films`.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine.animate import AnimateSettings, animate
from app.engine.clip_timing import Shot, ending, shown, timed
from app.engine.neighbours import (
    NeighbourSettings,
    Step,
    matcher_for,
    step_between,
    working_size,
)
from app.engine.progress import Progress
from app.engine.steady_guidance import REACH, Guided, steadily_guided
from app.errors import InputError
from app.flow.matching import Matcher
from app.guidance.displacement import resized
from app.guidance.maps import to_signs
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
            has, evenly spaced over the time from one frame to the next, and `looks` None stands for
            one: a clip has many frames.
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


def animate_clip(
    clip: Path,
    out: Path,
    settings: ClipSettings | None = None,
    *,
    overwrite: bool = False,
    resume: bool = False,
) -> Generator[Progress, None, ClipFilm]:
    """Unspool every frame of a clip.

    The film's frames are evenly spaced in time. Within an exposure they are drawn along the
    network's own, and from its end to the beginning of the next along the flow; how much of the
    time an exposure fills is measured, see `clip_timing`. Where nothing moves, frames equal the
    clip's. Nothing is drawn across a cut.

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
    per_frame = settings.animate.frames or _NETWORK_FRAMES
    shutter = settings.neighbours.shutter
    match = matcher_for(settings.neighbours)
    with closing(iter_clip(clip, max_edge=settings.animate.max_edge).frames) as decoded:
        # Between the one before the first and the first, too, frames are drawn; before it come
        # those that vote on it, and the one that guides the first of them.
        begin = max(0, first - 1)
        start = max(0, begin - REACH - 1)
        frames = itertools.islice(decoded, start, None)
        last: Shot | None = None
        cut = False
        number = start
        guides = steadily_guided(with_steps(frames, match), settings.neighbours)
        for number, guided in enumerate(guides, start):
            if number < begin:
                continue
            if guided.before is None and guided.after is None:
                raise InputError(f"{clip} has a single frame, so nothing says what moved.")
            for film in _unspooled(guided, settings):
                if film is None:
                    yield max(first, number - 1), None
                    continue
                shot = timed(number, film, guided, shutter, match)
                if number >= first:
                    for at, picture in shown(last, shot, number, per_frame, cut):
                        if at >= first:
                            yield at, picture
                last, cut = shot, guided.after is not None and guided.after.cut
        if last is not None and number >= first:
            yield from ending(last, number, per_frame, shutter)
    if last is None and first == 0:
        raise InputError(f"Cannot read {clip}: there is no frame in it.")


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
    guided: Guided, settings: ClipSettings
) -> Generator[NDArray[np.uint8] | None, None, None]:
    """One frame of the clip, unspooled: (7, H, W, 3), after None for every step on the way."""
    height, width = guided.frame.shape[:2]
    guidance = np.zeros((height, width), np.uint8)
    if guided.classes is not None:
        size = (width, height)
        guidance[:] = cv2.resize(guided.classes, size, interpolation=cv2.INTER_NEAREST_EXACT)
    looks = settings.animate.looks or 1
    # The clip's frames come shrunk already.
    asked = replace(settings.animate, frames=_NETWORK_FRAMES, max_edge=None, looks=looks)
    told = None
    if guided.displacement is not None:
        moved = resized(guided.displacement, width, height)
        # Guidance is steadied, flow is not: where they part, nobody knows how far.
        signs = np.moveaxis(to_signs(guidance), 0, -1)
        told = moved * ((moved * signs).sum(-1, keepdims=True) > 0)
    with closing(animate(guided.frame, guidance, asked, told)) as steps:
        try:
            while True:
                next(steps)
                yield None
        except StopIteration as end:
            yield end.value.frames
