"""A hand that presses and drags on the canvas, for the trials of `bench`."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from typing import TypeAlias

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.gui.document import Point
from app.gui.drawing.canvas import Canvas

Script: TypeAlias = Generator[Callable[[], bool] | None, None, None]
"""Does something between two `yield`s; may yield a condition to wait for."""


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
        yield from rest()

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


def rest(turns: int = 3) -> Script:
    """Let the event loop come round so often."""
    for _ in range(turns):
        yield None


def circle(centre: Point, radius: float, count: int) -> list[Point]:
    """So many points around a centre."""
    angles = [2 * math.pi * step / count for step in range(count)]
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles]


def line(start: Point, end: Point, count: int) -> list[Point]:
    """So many steps from one point to another."""
    shares = [step / count for step in range(count + 1)]
    return [
        (start[0] + (end[0] - start[0]) * s, start[1] + (end[1] - start[1]) * s) for s in shares
    ]
