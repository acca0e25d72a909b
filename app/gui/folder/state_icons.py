"""Signs for how far the annotation of a photo is: their shapes differ, not only their colours."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF

_SIZE = 16
_SCALES = (1, 2, 3)
_DONE = QColor(46, 139, 87)
_UNREADABLE = QColor(200, 90, 0)


def state_icon(state: str, palette: QPalette) -> QIcon:
    """An empty ring (untouched), a half-filled one (draft), a tick (done) or a warning triangle."""
    icon = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap(_SIZE * scale, _SIZE * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _draw(painter, state, palette.color(QPalette.ColorRole.Text))
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            icon.addPixmap(pixmap, mode)
    return icon


def _draw(painter: QPainter, state: str, ink: QColor) -> None:
    ring = QRectF(2.5, 2.5, 11, 11)
    if state == "done":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_DONE)
        painter.drawEllipse(ring.adjusted(-1, -1, 1, 1))
        painter.setPen(QPen(QColor(Qt.GlobalColor.white), 2))
        painter.drawPolyline(QPolygonF([QPointF(4.8, 8.2), QPointF(7, 10.6), QPointF(11.2, 5.6)]))
    elif state == "unreadable":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_UNREADABLE)
        painter.drawPolygon(QPolygonF([QPointF(8, 1.5), QPointF(15, 14.5), QPointF(1, 14.5)]))
        painter.setPen(QPen(QColor(Qt.GlobalColor.white), 2))
        painter.drawLine(QPointF(8, 6), QPointF(8, 10))
        painter.drawPoint(QPointF(8, 12.5))
    else:
        painter.setPen(QPen(ink, 1.4))
        painter.drawEllipse(ring)
        if state == "draft":
            painter.setBrush(ink)
            painter.drawChord(ring, 90 * 16, 180 * 16)
