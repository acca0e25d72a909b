"""Draws exposure trajectories over the photo: time as colour, arrowheads the way the object went.

The lines are drawn off the GUI thread; what they are is `findings.TrajectoryField`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from app.gui.discover.findings import TrajectoryField
from app.gui.program.language import translate
from app.gui.worker import Job, Step, Worker
from app.media import time_colours

_INK = QColor(16, 16, 20)
_STILL = 0.5
"""Paths shorter than this many photo pixels are a dot and no line."""

_MOST_LINES = 4000


@dataclass(frozen=True)
class TrajectoryLook:
    """How trajectories are drawn: `spacing` screen pixels apart, `length` times as long as real."""

    spacing: int = 24
    length: float = 1.0


def time_colour(share: float) -> QColor:
    """The colour of an instant, from 0 for the exposure's first to 1 for its last."""
    return QColor(*time_colours.time_colour(share))


class TrajectoryLayer(QObject):
    """Keeps one drawing of the trajectories, redraws it in the background when the view changes.

    Until the new drawing is there the old one is shown where it belongs. `redrawn` asks the view to
    paint.
    """

    redrawn = Signal()

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._field: TrajectoryField | None = None
        self._look = TrajectoryLook()
        self._pointer: tuple[float, float] | None = None
        self._wanted: tuple[object, ...] = ()
        self._job: Job | None = None
        self._picture = QImage()
        self._picture_view = QTransform()
        worker.finished_job.connect(self._drawn)

    @property
    def look(self) -> TrajectoryLook:
        """How the trajectories are drawn."""
        return self._look

    @property
    def picture(self) -> QImage:
        """The newest drawing; null before the first one."""
        return self._picture

    def show_field(self, field: TrajectoryField | None) -> None:
        """Show other trajectories, or none."""
        self._field = field
        if field is None:
            self._picture, self._wanted, self._job = QImage(), (), None
        self.redrawn.emit()

    def set_look(self, look: TrajectoryLook) -> None:
        """Draw them differently."""
        self._look = look
        self.redrawn.emit()

    def point_at(self, place: tuple[float, float] | None) -> None:
        """Stress the path of the pixel at a photo point."""
        if self._field is not None and place != self._pointer:
            self._pointer = place
            self.redrawn.emit()

    def paint(self, painter: QPainter, view: QTransform, size: QSize, ratio: float) -> None:
        """Paint in viewport coordinates, where `view` maps photo pixels to the viewport."""
        field = self._field
        if field is None:
            return
        wanted = (field, self._look, view, size, ratio)
        if wanted != self._wanted:
            self._wanted = wanted
            self._request(field, QTransform(view), QSize(size), ratio)
        if not self._picture.isNull():
            painter.save()
            painter.setTransform(self._picture_view.inverted()[0] * view)
            painter.drawImage(QPointF(0, 0), self._picture)
            painter.restore()
        if self._pointer is not None:
            _paint_one(painter, field, self._look, view, self._pointer)

    def _request(self, field: TrajectoryField, view: QTransform, size: QSize, ratio: float) -> None:
        look = self._look

        def work(step: Step) -> tuple[QTransform, QImage]:
            return view, draw_trajectories(field, look, view, size, ratio, step)

        self._job = Job("trajectory lines", self.tr("Drawing trajectories"), work)
        self._worker.submit(self._job)

    def _drawn(self, job: Job, result: object) -> None:
        if job is self._job and isinstance(result, tuple):
            self._picture_view, self._picture = result
            self.redrawn.emit()


def draw_trajectories(
    field: TrajectoryField,
    look: TrajectoryLook,
    view: QTransform,
    size: QSize,
    ratio: float,
    step: Step | None = None,
) -> QImage:
    """The trajectories that are in view as a transparent picture of the viewport's `size`.

    May be called on any thread; `step` is called between instants and may raise to cancel.
    """
    picture = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    paths = _paths_in_view(field, look, view, size)
    if not len(paths):
        return picture
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        instants = paths.shape[1]
        lines = [_segments(paths, instant) for instant in range(instants - 1)]
        painter.setPen(_round_pen(_INK, 3.4))
        for number, segments in enumerate(lines):
            if step:
                step(translate("TrajectoryOverlay", "Drawing trajectories"), number, 2 * instants)
            painter.drawLines(segments)
        for number, segments in enumerate(lines):
            if step:
                step(
                    translate("TrajectoryOverlay", "Drawing trajectories"),
                    instants + number,
                    2 * instants,
                )
            painter.setPen(_round_pen(time_colour((number + 0.5) / max(instants - 1, 1)), 1.8))
            painter.drawLines(segments)
        _paint_heads(painter, paths, 5.0)
    return picture


def _paths_in_view(
    field: TrajectoryField, look: TrajectoryLook, view: QTransform, size: QSize
) -> NDArray[np.float32]:
    """(K, N, 2) paths in viewport pixels, of pixels `look.spacing` apart that really move."""
    scale = view.m11()
    seen = view.inverted()[0].mapRect(QRectF(0, 0, size.width(), size.height()))
    seen = seen.intersected(QRectF(0, 0, field.width, field.height))
    nothing = np.zeros((0, field.offsets.shape[0], 2), np.float32)
    if seen.isEmpty():
        return nothing
    # Anchored to the photo and not to the view, so that lines stay where they are while panning.
    pitch = max(look.spacing / scale, 1.0)
    while seen.width() * seen.height() / pitch**2 > _MOST_LINES:
        pitch *= 1.25
    xs = (np.arange(seen.left() // pitch, seen.right() // pitch + 1) + 0.5) * pitch
    ys = (np.arange(seen.top() // pitch, seen.bottom() // pitch + 1) + 0.5) * pitch
    points = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    points = points[(points[:, 0] < field.width) & (points[:, 1] < field.height)]
    if not len(points):
        return nothing
    paths = field.object_paths(points)
    moves = np.linalg.norm(paths - paths[:, :1], axis=2).max(axis=1) >= _STILL
    return _on_screen(paths[moves], points[moves], look, view)


def _on_screen(
    paths: NDArray[np.float32], points: NDArray[np.floating], look: TrajectoryLook, view: QTransform
) -> NDArray[np.float32]:
    stretched = points[:, None] + (paths - points[:, None]) * look.length
    placed: NDArray[np.float32] = (stretched * view.m11() + (view.dx(), view.dy())).astype(
        np.float32
    )
    return placed


def _segments(paths: NDArray[np.float32], instant: int) -> list[QLineF]:
    ends = np.concatenate([paths[:, instant], paths[:, instant + 1]], axis=1).tolist()
    return [QLineF(*end) for end in ends]


def _paint_heads(painter: QPainter, paths: NDArray[np.float32], radius: float) -> None:
    """A triangle at every path's last point, along the last third of the way."""
    end = paths[:, -1]
    along = end - paths[:, (paths.shape[1] - 1) * 2 // 3]
    length = np.linalg.norm(along, axis=1)
    # Heads no longer than the path itself, or short paths would be all head.
    head = np.minimum(radius, np.maximum(np.linalg.norm(end - paths[:, 0], axis=1), 2.5))
    painter.setPen(QPen(_INK, 1.0))
    painter.setBrush(time_colour(1.0))
    for tip, way, far, reach in zip(
        end.tolist(), along.tolist(), length.tolist(), head.tolist(), strict=True
    ):
        if far < 1e-3:
            continue
        x, y = way[0] / far * reach, way[1] / far * reach
        path = QPainterPath(QPointF(tip[0] + x, tip[1] + y))
        path.lineTo(tip[0] - x * 0.5 - y * 0.8, tip[1] - y * 0.5 + x * 0.8)
        path.lineTo(tip[0] - x * 0.5 + y * 0.8, tip[1] - y * 0.5 - x * 0.8)
        path.closeSubpath()
        painter.drawPath(path)


def _paint_one(
    painter: QPainter,
    field: TrajectoryField,
    look: TrajectoryLook,
    view: QTransform,
    place: tuple[float, float],
) -> None:
    if not (0 <= place[0] < field.width and 0 <= place[1] < field.height):
        return
    points = np.asarray([place], np.float64)
    paths = _on_screen(field.object_paths(points), points, look, view)
    for width, halo in ((7.0, True), (4.0, False)):
        for instant in range(paths.shape[1] - 1):
            share = (instant + 0.5) / max(paths.shape[1] - 1, 1)
            painter.setPen(_round_pen(_INK if halo else time_colour(share), width))
            painter.drawLines(_segments(paths, instant))
    _paint_heads(painter, paths, 9.0)


def _round_pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
