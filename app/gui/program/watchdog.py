"""How long the event loop was kept from its work: a fast timer that notes when it comes late."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, thread_time

from PySide6.QtCore import QObject, Qt, QTimer

_TICK_MS = 1
_QUEUE = Path("/proc/thread-self/schedstat")
"""Nanoseconds on the processor and waiting for it, and how often it was given."""


@dataclass(frozen=True)
class Gap:
    """A time without events, in seconds, and what this thread did in it.

    It computed, or could have but was `queued` for the processor (known on Linux only, else 0); the
    rest it waited for Python's lock or for the disk.
    """

    seconds: float = 0.0
    computing: float = 0.0
    queued: float = 0.0


class Watchdog(QObject):
    """Measures the gaps between its ticks while it watches; only the GUI thread may use it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._gaps: list[Gap] = []
        self._last = (0.0, 0.0, 0.0)

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
        self._last = _now()
        self._timer.start()

    def stop(self) -> None:
        """Stop watching; what was measured stays."""
        self._timer.stop()

    def _tick(self) -> None:
        now = _now()
        self._gaps.append(Gap(*(end - start for start, end in zip(self._last, now, strict=True))))
        self._last = now


def _now() -> tuple[float, float, float]:
    """The time, what this thread has computed, and how long it has queued, in seconds."""
    return perf_counter(), thread_time(), _queued()


def _queued() -> float:
    try:
        return int(_QUEUE.read_bytes().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
