"""The sharpness loupe: the same few pixels of photo and film side by side, much enlarged.

It shows what it is given where it is pointed; pixels are never smoothed.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.gui.drawing.pyramid import Pyramid
from app.gui.film.preview_job import Layers

ZOOMS = (2, 3, 4, 6, 8)
_PANE = 208
_GAP = 2
_ROOM = 12

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Loupe(QWidget):
    """Two panes over the pictures; lies at their lower rim, or at the upper one out of the way.

    Its own keys: arrows move it by a pixel (with Shift by ten), + and - change the zoom, Escape
    closes it (`closed`).
    """

    closed = Signal()

    def __init__(self, over: QWidget, parent: QWidget) -> None:
        """`over` is the widget, inside `parent`, whose lower rim the loupe keeps to."""
        super().__init__(parent)
        self._over = over
        self._photo: Pyramid | None = None
        self._layers: Layers = ()
        self._point = QPointF()
        self._zoom = 4
        self.setFixedSize(2 * _PANE + _GAP + 2, _PANE + 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Sharpness loupe: photo and film enlarged"))
        self.setToolTip(self.tr("Arrow keys move, + and - or the wheel zoom, Escape closes"))
        self.hide()

    @property
    def zoom(self) -> int:
        """Screen pixels per photo pixel."""
        return self._zoom

    @property
    def point(self) -> QPointF:
        """The photo point in the middle of both panes."""
        return QPointF(self._point)

    def sizeHint(self) -> QSize:
        """Both panes with their rim."""
        return self.size()

    def show_photo(self, photo: Pyramid | None) -> None:
        """The photo of the left pane, which also lies under what the film shows of it."""
        self._photo = photo
        if photo is not None:
            self._point = QPointF(photo.width / 2, photo.height / 2)
        self.update()

    def show_layers(self, layers: Layers) -> None:
        """What lies over the photo in the right pane; each replaces those below it in its place."""
        self._layers = layers
        if self.isVisible():
            self.update()

    def point_at(self, place: tuple[float, float] | None) -> None:
        """Look at a photo point; None keeps the last one."""
        if place is None or self._photo is None:
            return
        x = min(max(place[0], 0.0), float(self._photo.width))
        y = min(max(place[1], 0.0), float(self._photo.height))
        self._point = QPointF(x, y)
        if self.isVisible():
            self.update()

    def set_zoom(self, zoom: int) -> None:
        """Enlarge by one of `ZOOMS`."""
        self._zoom = zoom
        self.update()

    def change_zoom(self, step: int) -> None:
        """Go to the next larger or smaller enlargement."""
        index = min(max(ZOOMS.index(self._zoom) + step, 0), len(ZOOMS) - 1)
        self.set_zoom(ZOOMS[index])

    def settle(self, pointer: QPointF | None = None) -> None:
        """Take its place over the pictures, away from `pointer` in the parent's coordinates."""
        area = self._over.geometry()
        left = max(area.left() + (area.width() - self.width()) // 2, 0)
        low = max(area.bottom() - self.height() - _ROOM, 0)
        near = pointer is not None and pointer.y() > low - 3 * _ROOM
        self.move(left, area.top() + 3 * _ROOM if near else low)
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, zoom or close."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.point_at((self._point.x() + far * step[0], self._point.y() + far * step[1]))
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.change_zoom(1)
        elif event.key() == Qt.Key.Key_Minus:
            self.change_zoom(-1)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        self.change_zoom(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Both panes, with a name and a cross hair that leaves the middle pixel free."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(20, 20, 24))
            for number, name in enumerate((self.tr("Photo"), self.tr("Film"))):
                pane = QRectF(1 + number * (_PANE + _GAP), 1, _PANE, _PANE)
                painter.save()
                painter.setClipRect(pane)
                self._paint_pictures(painter, pane, film=number == 1)
                painter.restore()
                self._paint_marks(painter, pane, f"{name} {self._zoom}×" if number == 0 else name)
            if self.hasFocus():
                painter.setPen(QPen(self.palette().highlight().color(), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_pictures(self, painter: QPainter, pane: QRectF, *, film: bool) -> None:
        if self._photo is None:
            return
        # The pixel under the pointer lies whole in the middle, whichever part of it is pointed at.
        x, y = int(self._point.x()) + 0.5, int(self._point.y()) + 0.5
        painter.translate(pane.center())
        painter.scale(self._zoom, self._zoom)
        painter.translate(-x, -y)
        whole = QRectF(0, 0, self._photo.width, self._photo.height)
        painter.drawImage(whole, self._photo.levels[0])
        for picture, place in self._layers if film else ():
            painter.save()
            painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
            painter.drawImage(whole, self._photo.levels[0])
            painter.drawImage(place, picture.levels[0])
            painter.restore()

    def _paint_marks(self, painter: QPainter, pane: QRectF, name: str) -> None:
        middle, free = pane.center(), 1.5 * self._zoom + 2
        for colour, width in ((QColor(20, 20, 24), 3.0), (QColor(255, 255, 255), 1.0)):
            painter.setPen(QPen(colour, width))
            for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                way = QPointF(x, y)
                painter.drawLine(middle + way * free, middle + way * (free + 8))
        metrics = painter.fontMetrics()
        label = QRectF(pane.left(), pane.top(), metrics.horizontalAdvance(name) + 14, 0)
        label.setHeight(metrics.height() + 4)
        painter.fillRect(label, QColor(20, 20, 24, 190))
        painter.setPen(QColor(255, 255, 255))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, name)
