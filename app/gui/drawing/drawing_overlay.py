"""Paints what is being drawn in one drag: the shape so far, the brush's tip, the selecting band."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from app.gui.document import Point
from app.gui.drawing import glyphs
from app.gui.drawing.stroke_values import PAINTING, SMART, Stroke
from app.guidance.classes import Direction

_INK = QColor(20, 20, 24)
_PAPER = QColor(255, 255, 255)
_BAND = QColor(90, 160, 255)


def paint_drawing(
    painter: QPainter,
    view: QTransform,
    *,
    stroke: Stroke | None,
    band: tuple[Point, Point] | None,
    tip: float | None,
    pointer: Point | None,
    cutting: bool,
    direction: Direction,
) -> None:
    """Paint on the viewport; points and `tip`, a radius, are in photo pixels.

    A shape that cuts is drawn without colour and with a broken line.
    """
    if stroke is not None:
        colour = glyphs.colour_of(direction)
        if stroke.tool in PAINTING:
            _paint_trace(painter, stroke, colour, view)
        elif stroke.tool == SMART:
            _paint_line(painter, stroke, colour, view)
        else:
            _paint_ring(painter, stroke, colour, view)
    if band is not None and band[0] != band[1]:
        rect = QRectF(view.map(QPointF(*band[0])), view.map(QPointF(*band[1]))).normalized()
        painter.fillRect(rect, QColor(_BAND.red(), _BAND.green(), _BAND.blue(), 50))
        painter.setPen(QPen(_BAND, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
    if tip is not None and pointer is not None:
        radius = tip * view.m11()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        style = Qt.PenStyle.DashLine if cutting else Qt.PenStyle.SolidLine
        for ink, width in ((_INK, 3.0), (_PAPER, 1.5)):
            painter.setPen(QPen(ink, width, style))
            painter.drawEllipse(view.map(QPointF(*pointer)), radius, radius)


def _paint_trace(painter: QPainter, stroke: Stroke, colour: QColor, view: QTransform) -> None:
    path = QPainterPath(view.map(QPointF(*stroke.points[0])))
    for point in stroke.points[1:] or stroke.points:
        path.lineTo(view.map(QPointF(*point)))
    if stroke.cut:
        colour = QColor(_PAPER)
    colour.setAlpha(130)
    pen = QPen(colour, 2 * stroke.radius * view.m11())
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if len(stroke.points) == 1:
        # Qt strokes no path of length zero.
        path.lineTo(path.currentPosition() + QPointF(0.01, 0))
    painter.strokePath(path, pen)


def _paint_line(painter: QPainter, stroke: Stroke, colour: QColor, view: QTransform) -> None:
    line = QPolygonF([view.map(QPointF(*point)) for point in stroke.points])
    for ink, width in ((_INK, 8.0), (_PAPER if stroke.cut else colour, 5.0)):
        pen = QPen(ink, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(line)


def _paint_ring(painter: QPainter, stroke: Stroke, colour: QColor, view: QTransform) -> None:
    ring = stroke.ring
    if not ring:
        return
    path = QPainterPath()
    path.addPolygon(QPolygonF([view.map(QPointF(*point)) for point in ring]))
    path.closeSubpath()
    if not stroke.cut:
        colour.setAlpha(70)
        painter.fillPath(path, colour)
    style = Qt.PenStyle.DashLine if stroke.cut else Qt.PenStyle.SolidLine
    painter.strokePath(path, QPen(_INK, 4.0))
    painter.strokePath(path, QPen(_PAPER, 2.0, style))
