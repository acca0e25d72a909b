"""How a film shall play and how large it shall be, and what that makes of its frames and lengths.

Values and arithmetic; making and writing the frames is `export.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.animate import MAX_FRAMES
from app.errors import InputError
from app.media.films import DEFAULT_FPS, DEFAULT_MIN_SECONDS, MAX_FPS, played_fps, shown_order


@dataclass(frozen=True)
class FilmStyle:
    """What a person may choose when a film is written.

    Attributes:
        frames: how many there are, evenly spaced over the exposure; None keeps the film's own.
        fps: how many of the film's own frames pass in a second; this sets its pace.
        loop: "once", "loop" or "pingpong".
        smooth: frames per second with in-betweens, at the pace that `fps` sets; None adds none.
        max_edge: longer side in pixels at most; None keeps the size.
        percent: size in percent of the film's own, 1 to 100; None keeps the size. Only one of both.
        min_seconds: how long mp4 and webm last at least, unless they play once; they cannot repeat
            by themselves, so whole passes are added.
    """

    frames: int | None = None
    fps: float = DEFAULT_FPS
    loop: str = "loop"
    smooth: float | None = None
    max_edge: int | None = None
    percent: float | None = None
    min_seconds: float = DEFAULT_MIN_SECONDS

    def __post_init__(self) -> None:
        """Refuse what contradicts itself.

        Raises:
            InputError: the sentence says what is wrong.
        """
        if self.frames is not None and not 1 <= self.frames <= MAX_FRAMES:
            raise InputError(f"A film has 1 to {MAX_FRAMES} frames, not {self.frames}.")
        if self.max_edge is not None and self.percent is not None:
            raise InputError("A film's size is given in pixels or in percent, not both.")
        if self.percent is not None and not 1 <= self.percent <= 100:
            raise InputError(f"A film's size lies between 1 and 100 %, not {self.percent:g} %.")
        if self.max_edge is not None and self.max_edge < 1:
            raise InputError(f"The longest edge must be at least 1 pixel, not {self.max_edge}.")
        if self.smooth is not None and self.smooth > MAX_FPS:
            raise InputError(
                f"A film plays at most {MAX_FPS:g} frames per second, not {self.smooth:g}."
            )
        if self.smooth is not None and self.smooth < self.fps:
            raise InputError(
                f"Smooth playing at {self.smooth:g} frames per second needs a pace of at most "
                f"that, not {self.fps:g}."
            )

    def longest_edge(self, height: int, width: int) -> int:
        """The longer side of the written film, in pixels, of one of `width` × `height`."""
        longest = max(height, width)
        if self.percent is not None:
            return max(1, round(longest * self.percent / 100))
        return min(longest, self.max_edge or longest)

    def count(self, frames: int) -> int:
        """How many frames are written of a film of `frames` frames: with in-betweens.

        Raises:
            InputError: more than can be made.
        """
        frames = self.frames or frames
        if self.smooth is None or frames == 1:
            return frames
        count = round((frames - 1) * self.smooth / self.fps) + 1
        if count > MAX_FRAMES:
            raise InputError(
                f"Smooth playing would take {count} frames, more than {MAX_FRAMES}: "
                "choose a quicker pace or fewer frames per second."
            )
        return count

    @property
    def rate(self) -> float:
        """Frames shown in a second."""
        return self.smooth or self.fps

    def timing(self, frames: int, suffix: str) -> Timing:
        """How a film of `frames` frames plays in a format.

        Raises:
            InputError: as `count`, or an unknown loop mode.
        """
        count = self.count(frames)
        # A film of one frame has nothing in between, so nothing to speed up.
        fps = self.rate if count > 1 else self.fps
        one = len(shown_order(count, "", fps, self.loop))
        whole = len(shown_order(count, suffix, fps, self.loop, self.min_seconds))
        return Timing(count, played_fps(suffix, fps), one, whole)


@dataclass(frozen=True)
class Timing:
    """A film as it plays: different frames, frames per second, frames of a pass and of the file."""

    frames: int
    fps: float
    pass_frames: int
    file_frames: int

    @property
    def pass_seconds(self) -> float:
        """How long one pass lasts; back and forth is one."""
        return self.pass_frames / self.fps

    @property
    def seconds(self) -> float:
        """How long the file plays before it ends or repeats."""
        return self.file_frames / self.fps
