"""Drives the real window as a person would and measures how long it is ever unresponsive.

`unspool bench ui` shows the outcome; what is done is `bench_scenarios`, the watching itself
`watchdog`.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from app.errors import RunError
from app.gui.application import build_application, staying_awake
from app.gui.program.bench_hand import Script
from app.gui.program.bench_scenarios import SCENARIOS, UiBenchSettings
from app.gui.program.watchdog import Watchdog
from app.gui.window import MainWindow

LIMIT_MS = 50.0
"""What a person notices as a hitch."""

_PATIENCE_S = 900.0
_FIRST_PAINT = """
import sys, time
started = float(sys.argv[1])
from PySide6.QtCore import QEvent, QObject, QTimer
from app.gui.application import build_application, staying_awake
from app.gui.window import MainWindow
application = build_application()
window = MainWindow()
window.show()
application.processEvents()
print(time.time() - started)
"""


@dataclass(frozen=True)
class UiBenchRow:
    """The longest time without events in one scenario, in milliseconds.

    `computing_ms` is the most that the GUI thread itself computed between two events. In the
    longest gap it was kept for `queued_ms` by other threads and programs on the processor; what is
    left it waited for Python's lock. `events` counts the times that the event loop came round.
    """

    scenario: str
    longest_ms: float
    queued_ms: float
    computing_ms: float
    events: int

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True)
class UiBench:
    """The rows, and the seconds from starting the program to its first window, the best of some."""

    first_window_s: float
    rows: tuple[UiBenchRow, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "first_window_s": self.first_window_s,
            "limit_ms": LIMIT_MS,
            "rows": [row.to_dict() for row in self.rows],
        }


def bench_ui(settings: UiBenchSettings, tell: Callable[[str, int, int], None]) -> UiBench:
    """Measure the window; `tell` is called with (what is measured now, done, total).

    The window is not shown unless `QT_QPA_PLATFORM` says otherwise; settings of the person's own
    are neither read nor written.

    Raises:
        RunError: the window did not do what it was driven to do.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    tell("start", 0, len(SCENARIOS) + 1)
    first_window = min(_seconds_to_first_window() for _ in range(settings.starts))
    rows = []
    with tempfile.TemporaryDirectory() as folder, _window(Path(folder)) as window:
        photos = Path(folder) / "draw.jpg", Path(folder) / "film.jpg"
        for path, size in zip(
            photos, (settings.draw_megapixels, settings.film_megapixels), strict=True
        ):
            _write_photo(path, size)
        for number, (name, scenario) in enumerate(SCENARIOS.items(), start=1):
            tell(name, number, len(SCENARIOS) + 1)
            rows.append(_measured(name, scenario(window, settings, Path(folder))))
    return UiBench(first_window, tuple(rows))


def _seconds_to_first_window() -> float:
    """From starting a Python of its own to the first painted window."""
    import time

    done = subprocess.run(
        [sys.executable, "-c", _FIRST_PAINT, str(time.time())],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RunError(f"The window did not start: {done.stderr.strip().splitlines()[-1:]}")
    return float(done.stdout)


@contextmanager
def _window(folder: Path) -> Iterator[MainWindow]:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    application = build_application()
    window = MainWindow()
    window.resize(1600, 1000)
    window.show()
    try:
        with staying_awake():
            yield window
    finally:
        window.film_panel.player.pause()
        window.hide()
        window.controller.stop()
        window.safety.stop()
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _write_photo(path: Path, megapixels: float) -> None:
    """A photo of smooth texture, 3:2."""
    import cv2

    width = round(math.sqrt(megapixels * 1e6 * 1.5))
    height = round(width / 1.5)
    rough = np.random.default_rng(7).integers(30, 225, (height // 40, width // 40, 3), np.uint8)
    pixels = cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC)
    cv2.imwrite(str(path), pixels)


def _measured(name: str, script: Script) -> UiBenchRow:
    """Run a script in the event loop under the watchdog, from its first `yield` on."""
    watchdog, loop = Watchdog(), QEventLoop()
    failure: list[BaseException] = []
    waiting: list[Callable[[], bool] | None] = [None]
    deadline = perf_counter() + _PATIENCE_S

    def advance() -> None:
        try:
            condition = waiting[0]
            if perf_counter() > deadline:
                raise RunError(f"'{name}' did not come to its end.")
            if condition is None or condition():
                waiting[0] = next(script)
        except StopIteration:
            loop.quit()
            return
        except BaseException as error:
            failure.append(error)
            loop.quit()
            return
        QTimer.singleShot(1, advance)

    # What a script prepares before its first yield is not measured.
    try:
        next(script)
        QApplication.processEvents()
        watchdog.start()
        QTimer.singleShot(1, advance)
        loop.exec()
    finally:
        watchdog.stop()
        script.close()
    if failure:
        raise failure[0]
    gaps = watchdog.gaps
    return UiBenchRow(
        name,
        1000 * watchdog.longest.seconds,
        1000 * watchdog.longest.queued,
        1000 * max((gap.computing for gap in gaps), default=0.0),
        len(gaps),
    )
