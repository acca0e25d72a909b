"""How long the event loop was kept from its work: a fast timer that notes when it comes late."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter, thread_time

from PySide6.QtCore import QObject, Qt, QTimer

_TICK_MS = 1


@dataclass(frozen=True)
class Gap:
    """A time without events, in seconds, and how much of it this thread was really computing.

    The rest was waiting: for Python's lock, for the processor, for the disk.
    """

    seconds: float = 0.0
    computing: float = 0.0


class Watchdog(QObject):
    """Measures the gaps between its ticks while it watches; only the GUI thread may use it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._gaps: list[Gap] = []
        self._last = (0.0, 0.0)

    @property
    def gaps(self) -> list[Gap]:
        """Every gap since `start`, in the order of time."""
        return list(self._gaps)

    @property
    def longest(self) -> Gap:
        """The longest gap since `start`."""
        return max(self._gaps, key=lambda gap: gap.seconds, default=Gap())

    def start(self) -> None:
        """Forget what was measured and begin anew."""
        self._gaps = []
        self._last = perf_counter(), thread_time()
        self._timer.start()

    def stop(self) -> None:
        """Stop watching; what was measured stays."""
        self._timer.stop()

    def _tick(self) -> None:
        now = perf_counter(), thread_time()
        self._gaps.append(Gap(now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now
