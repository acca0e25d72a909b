"""When which frame is due: the arithmetic of playing a film evenly, without Qt and timers."""

from __future__ import annotations

from dataclasses import dataclass

LOOPS = ("loop", "pingpong", "once")


@dataclass(frozen=True)
class Cadence:
    """How `count` frames are played: `fps` shown per second, in the order that `loop` names.

    A position is a place in the shown order: with ping-pong 7 frames have 12 positions.
    """

    count: int
    fps: float = 12.0
    loop: str = "pingpong"

    @property
    def order(self) -> tuple[int, ...]:
        """Frame index of every position of one round."""
        # Imported here because the film codecs must not delay the first window.
        from app.media.films import playback_order

        return tuple(playback_order(self.count, self.loop))

    def position_after(self, seconds: float, start: int = 0) -> int:
        """The position shown `seconds` after playing began at position `start`.

        Computed from the elapsed time and not by counting ticks, so a late tick skips frames
        instead of slowing the film down.
        """
        steps = start + int(seconds * self.fps + 1e-6)
        last = len(self.order) - 1
        return min(steps, last) if self.loop == "once" else steps % (last + 1)

    def seconds_to_next(self, seconds: float) -> float:
        """How long until the next position is due, `seconds` after playing began."""
        return (int(seconds * self.fps + 1e-6) + 1) / self.fps - seconds
