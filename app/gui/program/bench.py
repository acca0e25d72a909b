"""Drives the real window as a person would and measures how long it is ever unresponsive.

`unspool bench ui` shows the outcome; the watching itself is `app.gui.program.watchdog`.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, QSettings, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.errors import RunError
from app.gui.application import build_application, staying_awake
from app.gui.document import Point, Regions
from app.gui.drawing.canvas import Canvas
from app.gui.drawing.stroke_values import BRUSH, LASSO
from app.gui.drawing.tools import OUTLINE, SELECT
from app.gui.program.watchdog import Watchdog
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.region import Region

LIMIT_MS = 50.0
"""What a person notices as a hitch."""

Script = Generator[Callable[[], bool] | None, None, None]
"""Does something between two `yield`s; may yield a condition to wait for."""

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
class UiBenchSettings:
    """How large the trial is.

    Attributes:
        draw_megapixels: size of the photo that is drawn on.
        film_megapixels: size of the photo that is animated at its full size.
        moving: share of the second photo that moves, from 0 to 1.
        regions: how many regions lie on the first photo, of `points` points each.
        points: see `regions`.
        starts: how often the start is measured.
    """

    draw_megapixels: float = 24.0
    film_megapixels: float = 12.0
    moving: float = 1.0
    regions: int = 200
    points: int = 40
    starts: int = 3

    @classmethod
    def quick(cls) -> UiBenchSettings:
        """The same photos and regions, but only a small part is animated, and one start."""
        return cls(moving=0.1, starts=1)


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
    tell("start", 0, len(_SCENARIOS) + 1)
    first_window = min(_seconds_to_first_window() for _ in range(settings.starts))
    rows = []
    with tempfile.TemporaryDirectory() as folder, _window(Path(folder)) as window:
        photos = Path(folder) / "draw.jpg", Path(folder) / "film.jpg"
        for path, size in zip(
            photos, (settings.draw_megapixels, settings.film_megapixels), strict=True
        ):
            _write_photo(path, size)
        for number, (name, scenario) in enumerate(_SCENARIOS.items(), start=1):
            tell(name, number, len(_SCENARIOS) + 1)
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


def many_regions(width: int, height: int, count: int, points: int) -> Regions:
    """Rounded shapes of some 5 % of the photo's width all over it, `count` of them."""
    rng = np.random.default_rng(3)
    size = 0.05 * width
    regions = []
    for number in range(count):
        x, y = rng.uniform(size, width - size), rng.uniform(size, height - size)
        angles = np.linspace(0, 2 * np.pi, points, endpoint=False)
        radii = size * rng.uniform(0.5, 1.0, points)
        ring = tuple(
            (float(x + r * math.cos(a)), float(y + r * math.sin(a)))
            for a, r in zip(angles, radii, strict=True)
        )
        regions.append(Region(Direction(number % 5), (ring,), f"Region {number + 1}"))
    return tuple(regions)


def _open(window: MainWindow, path: Path) -> Script:
    # Projects lie beside photos: without edits to lose, opening asks nothing.
    window.editor.stack.setClean()
    window.open_path(path)
    yield (
        lambda: (
            window.editor.document is not None
            and window.editor.document.photo.path == path
            and not window.controller.background.activities
        )
    )


def _opening(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    yield None
    yield from _open(window, folder / "draw.jpg")
    yield from _rest(5)


def _drawing(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    document = window.editor.document
    assert document is not None
    width, height = document.width, document.height
    regions = many_regions(width, height, settings.regions, settings.points)
    window.editor.change("Regions", regions, None)
    window.canvas.choose_tool(OUTLINE)
    hand = Hand(window.canvas)
    yield None
    ring = _circle((0.5 * width, 0.5 * height), 0.2 * height, 24)
    for point in ring:
        hand.move(point)
        yield None
        hand.click(point)
        yield None
    hand.click(ring[0])
    yield from _rest()
    for tool in (LASSO, BRUSH):
        window.canvas.choose_tool(tool)
        yield from hand.drag(_circle((0.4 * width, 0.4 * height), 0.25 * height, 150))


def _dragging(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    window.canvas.choose_tool(SELECT)
    window.editor.select(None)
    hand = Hand(window.canvas)
    yield None
    for number in (0, settings.regions // 2):
        start = _centre(window.editor.regions[number])
        window.editor.select(number)
        yield from hand.drag(_line(start, (start[0] + 300.0, start[1] + 200.0), 50))
    last = len(window.editor.regions) - 1
    window.editor.select(last)
    corner = window.editor.regions[last].rings[0][0]
    yield from hand.drag(_line(corner, (corner[0] + 200.0, corner[1] - 100.0), 50))


def _history(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    steps = window.editor.stack.count() - 1
    yield None
    for name in ("undo", "redo"):
        for _ in range(steps):
            window.actions_by_name[name].trigger()
            yield from _rest()


def _turning(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    window.editor.select_all()
    yield None
    for direction in Direction:
        window.editor.set_direction(direction)
        yield from _rest()
    window.editor.select(None)


def _looking(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    canvas = window.canvas
    canvas.fit()
    yield None
    for factor in (*[1.25] * 16, *[0.8] * 16):
        canvas.zoom_by(factor)
        yield from _rest(2)
    canvas.zoom_by(3.0)
    for _ in range(40):
        canvas.pan(QPoint(-12, -8))
        yield from _rest(1)
    canvas.fit()


def _animating(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    yield None
    yield from _open(window, folder / "film.jpg")
    document = window.editor.document
    assert document is not None
    width, height = float(document.width), float(document.height)
    right, bottom = width * math.sqrt(settings.moving), height * math.sqrt(settings.moving)
    ring = ((0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom))
    region = Region(Direction.UP_RIGHT, (ring,), "Everything")
    window.editor.change("Everything moves", (region,), None)
    window.canvas.choose_tool(SELECT)
    window.animate()
    # Somebody looks around meanwhile.
    turn = 0
    while window.controller.background.activity("animate") is not None:
        window.canvas.zoom_by(1.02 if turn // 20 % 2 else 1 / 1.02)
        turn += 1
        yield from _rest(5)
    if window.controller.film is None:
        raise RunError(f"No film came: {window.banner.text}")
    yield from _rest(200)


_SCENARIOS: dict[str, Callable[[MainWindow, UiBenchSettings, Path], Script]] = {
    "open": _opening,
    "draw": _drawing,
    "drag": _dragging,
    "undo and redo": _history,
    "point all regions": _turning,
    "zoom and pan": _looking,
    "animate": _animating,
}


class Hand:
    """Presses and moves on a canvas at photo points, as the platform would report them."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def move(self, point: Point, *, held: bool = False) -> None:
        """Move there, with the left button held or not."""
        self._send(QEvent.Type.MouseMove, point, held=held)

    def click(self, point: Point) -> None:
        """Press and let go."""
        self._send(QEvent.Type.MouseButtonPress, point, held=True)
        self._send(QEvent.Type.MouseButtonRelease, point, held=False)

    def drag(self, way: list[Point]) -> Script:
        """Press at the first point, move along the way and let go."""
        self.move(way[0])
        self._send(QEvent.Type.MouseButtonPress, way[0], held=True)
        for point in way[1:]:
            self.move(point, held=True)
            yield None
        self._send(QEvent.Type.MouseButtonRelease, way[-1], held=False)
        yield from _rest()

    def _send(self, kind: QEvent.Type, point: Point, *, held: bool) -> None:
        viewport = self._canvas.viewport()
        place = self._canvas.viewportTransform().map(QPointF(*point))
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        everywhere = QPointF(viewport.mapToGlobal(QPoint(0, 0))) + place
        event = QMouseEvent(
            kind,
            place,
            everywhere,
            none if kind == QEvent.Type.MouseMove else left,
            left if held else none,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, event)


def _rest(turns: int = 3) -> Script:
    for _ in range(turns):
        yield None


def _circle(centre: Point, radius: float, count: int) -> list[Point]:
    angles = [2 * math.pi * step / count for step in range(count)]
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles]


def _line(start: Point, end: Point, count: int) -> list[Point]:
    shares = [step / count for step in range(count + 1)]
    return [
        (start[0] + (end[0] - start[0]) * s, start[1] + (end[1] - start[1]) * s) for s in shares
    ]


def _centre(region: Region) -> Point:
    xs, ys = zip(*region.rings[0], strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)
