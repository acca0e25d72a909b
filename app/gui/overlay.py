"""Paints regions, the outline being drawn and the direction arrow over the photo.

Everything to be painted arrives as one value, `OverlayState`; nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from app.gui import glyphs
from app.gui.document import Point, Regions, anchor_point, bounds
from app.gui.draft import Draft
from app.gui.drawing_overlay import paint_drawing
from app.gui.hit import HitTarget
from app.gui.stroke_values import Stroke
from app.guidance.classes import Direction
from app.guidance.regions import Region

BADGE_RADIUS = 13.0
"""Radius of a direction badge in screen pixels."""

_FINE_RIMS = 40
"""With more regions than these in view, rims are drawn quickly instead of finely."""

_VERTEX = 4.5
_INK = QColor(20, 20, 24)
_PAPER = QColor(255, 255, 255)
_ACCENT = QColor(255, 170, 0)


@dataclass(frozen=True)
class Arrow:
    """A direction being dragged in a region: from where, to where, and the quadrant it snaps to."""

    region: int
    start: Point
    end: Point
    direction: Direction


@dataclass(frozen=True)
class OverlayState:
    """All that is painted over the photo; points in photo pixels, `opacity` from 0 to 1.

    `selection` gets bright rims; with one region in it, that one also gets handles. `tip` is the
    radius of the brush at the pointer, and `direction` the one that a new region would get.
    """

    regions: Regions = ()
    selection: tuple[int, ...] = ()
    vertex: tuple[int, int] | None = None
    hover: HitTarget | None = None
    visible: bool = True
    opacity: float = 0.45
    draft: Draft | None = None
    pointer: Point | None = None
    closing: bool = False
    arrow: Arrow | None = None
    stroke: Stroke | None = None
    band: tuple[Point, Point] | None = None
    tip: float | None = None
    cutting: bool = False
    direction: Direction = Direction.UP_RIGHT


class OverlayPainter:
    """Paints overlay states; keeps what lies under the selected region as one picture.

    Pointing, drafting and selecting happen many times a second and leave that picture as it is.
    """

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._under = QImage()

    def paint(
        self, painter: QPainter, state: OverlayState, view: QTransform, size: QSize, ratio: float
    ) -> None:
        """Paint `state` on a viewport of `size`, where `view` maps photo pixels to the viewport.

        `ratio` is the device pixel ratio. The painter must be in viewport coordinates.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state.visible and state.regions:
            hovered = state.hover.region if state.hover else None
            colours = glyphs.chosen_colours()
            key = (
                state.regions,
                state.selection,
                hovered,
                state.opacity,
                view,
                size,
                ratio,
                colours,
            )
            if key != self._key:
                self._under = _paint_under(state, hovered, view, size, ratio)
                self._key = key
            painter.drawImage(QPointF(0, 0), self._under)
        for index in state.selection:
            region = state.regions[index]
            if not region.hidden:
                _paint_selected(painter, state, index, region, view.map(_path(region.rings)), view)
        if state.arrow:
            _paint_arrow(painter, state.arrow, view)
        if state.draft:
            _paint_draft(painter, state, state.draft, view)
        paint_drawing(
            painter,
            view,
            stroke=state.stroke,
            band=state.band,
            tip=state.tip,
            pointer=state.pointer,
            cutting=state.cutting,
            direction=state.direction,
        )


def _paint_under(
    state: OverlayState, hovered: int | None, view: QTransform, size: QSize, ratio: float
) -> QImage:
    picture = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    window = QRectF(0, 0, size.width(), size.height())
    shown = [
        (index, region, view.map(_path(region.rings)))
        for index, region in enumerate(state.regions)
        if not region.hidden and view.mapRect(_bounding_rect(region)).intersects(window)
    ]
    _paint_fills(painter, state, [(region, path) for _, region, path in shown], size, ratio)
    fine = len(shown) <= _FINE_RIMS
    for index, region, path in shown:
        if index not in state.selection:
            _paint_rim(painter, region, path, hovered=index == hovered, fine=fine)
    for index, region, path in shown:
        if index not in state.selection:
            _paint_badge(painter, state, index, region, path, view)
    painter.end()
    return picture


def _paint_fills(
    painter: QPainter,
    state: OverlayState,
    shown: list[tuple[Region, QPainterPath]],
    size: QSize,
    ratio: float,
) -> None:
    # The fills are painted opaque on a layer of their own and the layer is blended once, so that
    # where regions overlap the later one's colour is seen and not a mixture, as in the guidance.
    layer = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    layer.setDevicePixelRatio(ratio)
    layer.fill(Qt.GlobalColor.transparent)
    brush = QPainter(layer)
    brush.setRenderHint(QPainter.RenderHint.Antialiasing)
    for region, path in shown:
        brush.fillPath(path, QBrush(glyphs.colour_of(region.direction)))
        brush.fillPath(path, glyphs.hatch_brush(region.direction, ratio))
    brush.end()
    painter.save()
    painter.setOpacity(state.opacity)
    painter.drawImage(QPointF(0, 0), layer)
    painter.restore()


def _paint_rim(
    painter: QPainter, region: Region, path: QPainterPath, *, hovered: bool, fine: bool
) -> None:
    colour = glyphs.colour_of(region.direction)
    if region.direction == Direction.STATIC:
        colour = QColor(190, 190, 190)
    if fine or hovered:
        painter.strokePath(path, QPen(_INK, 4.5 if hovered else 3.0))
        painter.strokePath(path, QPen(colour, 2.5 if hovered else 1.5))
        return
    # A fifth of the time: Qt strokes hard edges and hairlines without its general stroker.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.strokePath(path, QPen(_INK, 3.0))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(path, QPen(colour, 1.0))


def _paint_badge(
    painter: QPainter,
    state: OverlayState,
    index: int,
    region: Region,
    path: QPainterPath,
    view: QTransform,
) -> None:
    rect = path.boundingRect()
    radius = min(BADGE_RADIUS, max(5.0, min(rect.width(), rect.height()) * 0.4))
    centre = view.map(QPointF(*anchor_point(region)))
    selected = index in state.selection
    direction = region.direction
    if state.arrow and selected:
        direction = state.arrow.direction
    glyphs.paint_badge(
        painter, direction, centre, BADGE_RADIUS if selected else radius, strong=selected
    )


def _paint_selected(
    painter: QPainter,
    state: OverlayState,
    index: int,
    region: Region,
    path: QPainterPath,
    view: QTransform,
) -> None:
    painter.strokePath(path, QPen(_INK, 5.0))
    painter.strokePath(path, QPen(_PAPER, 2.5))
    if region.locked:
        painter.strokePath(path, QPen(_INK, 2.5, Qt.PenStyle.DotLine))
    elif len(state.selection) == 1:
        for ring, points in enumerate(region.rings):
            for vertex, point in enumerate(points):
                place = view.map(QPointF(*point))
                target = HitTarget("vertex", index, ring, vertex)
                chosen = state.vertex == (ring, vertex)
                half = _VERTEX * (1.5 if chosen or state.hover == target else 1.0)
                painter.setPen(QPen(_INK, 1.5))
                painter.setBrush(_ACCENT if chosen else _PAPER)
                painter.drawRect(QRectF(place.x() - half, place.y() - half, 2 * half, 2 * half))
    if not state.draft:
        _paint_badge(painter, state, index, region, path, view)


def _paint_arrow(painter: QPainter, arrow: Arrow, view: QTransform) -> None:
    start, end = view.map(QPointF(*arrow.start)), view.map(QPointF(*arrow.end))
    for colour, width in ((_INK, 7.0), (_PAPER, 3.5)):
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QLineF(start, end))
    # The badge at the tip previews the quadrant that the drag snaps to.
    glyphs.paint_badge(painter, arrow.direction, end, BADGE_RADIUS + 5, strong=True)


def _paint_draft(painter: QPainter, state: OverlayState, draft: Draft, view: QTransform) -> None:
    points = [view.map(QPointF(*point)) for point in draft.points]
    if not points:
        return
    line = list(points)
    if state.pointer:
        line.append(points[0] if state.closing else view.map(QPointF(*state.pointer)))
    for colour, width, style in (
        (_INK, 4.0, Qt.PenStyle.SolidLine),
        (_PAPER, 2.0, Qt.PenStyle.SolidLine),
    ):
        painter.setPen(QPen(colour, width, style))
        painter.drawPolyline(QPolygonF(line))
    for place in points:
        painter.setPen(QPen(_INK, 1.5))
        painter.setBrush(_PAPER)
        painter.drawEllipse(place, _VERTEX, _VERTEX)
    if draft.closable:
        # The first point grows once a click on it would close the outline.
        painter.setBrush(_ACCENT)
        radius = 10.0 if state.closing else 7.0
        painter.drawEllipse(points[0], radius, radius)


@lru_cache(maxsize=1024)
def _path(rings: tuple[tuple[Point, ...], ...]) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
        path.closeSubpath()
    return path


def _bounding_rect(region: Region) -> QRectF:
    left, top, right, bottom = bounds(region)
    # A flat region still has a rim to be seen, and Qt intersects no empty rectangles.
    return QRectF(left, top, max(right - left, 1e-3), max(bottom - top, 1e-3))
