"""Plays a film: which frame is shown now, and the timer that keeps an even cadence. No widgets."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.gui.film.clock import Cadence


class Player(QObject):
    """Emits `frame_changed(index)` when another frame is due."""

    frame_changed = Signal(int)
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cadence = Cadence(0)
        self._order: tuple[int, ...] = ()
        self._position = 0
        self._playing = False
        self._started_at = 0.0
        self._started_position = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._due)

    @property
    def cadence(self) -> Cadence:
        """Frame count, speed and loop style."""
        return self._cadence

    @property
    def playing(self) -> bool:
        """Whether the film is running."""
        return self._playing

    @property
    def frame(self) -> int:
        """Index of the frame shown, 0 without a film."""
        return self._order[self._position] if self._order else 0

    def set_cadence(self, cadence: Cadence) -> None:
        """Play another film, or the same one differently, from the frame shown now."""
        shown = self.frame
        self._cadence = cadence
        self._order = cadence.order if cadence.count else ()
        self._position = shown if shown < len(self._order) else 0
        if not self._order:
            self.pause()
        elif self._playing:
            self._start_from(self._position)
        self.frame_changed.emit(self.frame)

    def play(self) -> None:
        """Start playing; a film that has played once starts again."""
        if self._playing or not self._order:
            return
        if self._cadence.loop == "once" and self._position == len(self._order) - 1:
            self._show(0)
        self._playing = True
        self._start_from(self._position)
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop at the frame shown."""
        self._timer.stop()
        if self._playing:
            self._playing = False
            self.playing_changed.emit(False)

    def toggle(self) -> None:
        """Play or pause."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def show_frame(self, index: int) -> None:
        """Pause at one frame, as scrubbing does."""
        self.pause()
        if 0 <= index < self._cadence.count:
            self._show(index)

    def step(self, by: int) -> None:
        """Pause and go `by` frames on, round the ends."""
        if self._cadence.count:
            self.show_frame((self.frame + by) % self._cadence.count)

    def _start_from(self, position: int) -> None:
        self._started_at = perf_counter()
        self._started_position = position
        self._await_next()

    def _await_next(self) -> None:
        elapsed = perf_counter() - self._started_at
        # Rounded up: a timer that fires a moment early would find nothing due.
        self._timer.start(int(self._cadence.seconds_to_next(elapsed) * 1000) + 1)

    def _due(self) -> None:
        elapsed = perf_counter() - self._started_at
        self._show(self._cadence.position_after(elapsed, self._started_position))
        if self._cadence.loop == "once" and self._position == len(self._order) - 1:
            self.pause()
        else:
            self._await_next()

    def _show(self, position: int) -> None:
        # Every order begins 0, 1, 2 …, so the first position of a frame is its index.
        self._position = position
        self.frame_changed.emit(self.frame)
