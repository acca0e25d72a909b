"""Paints regions, the outline being drawn and the direction arrow over the photo.

Everything to be painted arrives as one value, `OverlayState`; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import hypot

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform

from app.gui.document import Point, Regions, anchor_point
from app.gui.drawing import glyphs
from app.gui.drawing.draft import Draft
from app.gui.drawing.drawing_overlay import paint_drawing
from app.gui.drawing.hit import HitTarget
from app.gui.drawing.region_layer import (
    BADGE_RADIUS,
    Drawn,
    Look,
    RegionLayer,
    Rim,
    paint_badge_of,
    paint_selected_rim,
    path_of,
)
from app.gui.drawing.stroke_values import Stroke
from app.guidance.classes import Direction
from app.guidance.region import Region, Vector, Ways

_VERTEX, _SMALL_VERTEX = 4.5, 1.5
_BELOW_BADGE = 12.0
_SHORTEST_READ = 6.0
"""Screen pixels; shorter, what was read is a blot and no arrow."""
_INK = QColor(20, 20, 24)
_PAPER = QColor(255, 255, 255)
_ACCENT = QColor(255, 170, 0)


@dataclass(frozen=True)
class Arrow:
    """A direction being dragged in a region: from where, to where, and the quadrant it snaps to.

    An `exact` one says from where to where things moved, another only roughly the way.
    """

    region: int
    start: Point
    end: Point
    direction: Direction
    exact: bool = False


@dataclass(frozen=True)
class OverlayState:
    """All that is painted over the photo; points in photo pixels, `opacity` from 0 to 1.

    `selection` gets bright rims; with one region in it, that one also gets handles. `tip` is the
    radius of the brush at the pointer, and `direction` the one that a new region would get.
    `ways_read` says by region how far its things moved as far as networks can tell, or None.
    """

    regions: Regions = ()
    ways_read: Ways = ()
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
    """Paints overlay states: the regions from a kept picture, what is pointed at anew every time.

    Pointing, drafting and selecting happen many times a second and leave most of that picture as it
    is; see `app.gui.drawing.region_layer`.
    """

    def __init__(self) -> None:
        self._layer = RegionLayer()
        self._key: tuple[object, ...] = ()
        self._regions: Regions = ()
        self._drawn: list[Drawn] = []

    def paint(
        self, painter: QPainter, state: OverlayState, view: QTransform, size: QSize, ratio: float
    ) -> bool:
        """Paint `state` on a viewport of `size`, where `view` maps photo pixels to the viewport.

        `ratio` is the device pixel ratio. The painter must be in viewport coordinates.

        Returns:
            Whether everything is painted; if not, painting again soon brings the rest.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = True
        if state.visible:
            look = Look(QTransform(view), QSize(size), ratio, state.opacity)
            hovered = state.hover.region if state.hover else None
            turned = state.arrow.direction if state.arrow else None
            key = (state.selection, hovered, turned)
            if key != self._key or state.regions is not self._regions:
                self._drawn = _drawn_regions(state)
                self._key, self._regions = key, state.regions
            whole = self._layer.paint(painter, self._drawn, look)
            for region, read in zip_longest(state.regions, state.ways_read[: len(state.regions)]):
                if not region.hidden:
                    _paint_displacement(painter, region, read, view)
        if len(state.selection) == 1:
            region = state.regions[state.selection[0]]
            if not region.hidden:
                _paint_selected(painter, state, region, view)
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
        return whole


def _drawn_regions(state: OverlayState) -> list[Drawn]:
    """The regions in view with how each is drawn in the kept picture."""
    hovered = state.hover.region if state.hover else None
    selection = set(state.selection)
    only = state.selection[0] if len(selection) == 1 else None
    drawn = []
    for index, region in enumerate(state.regions):
        if region.hidden:
            continue
        if index == only:
            # Its rim, handles and badge lie above everything and follow the pointer.
            drawn.append(Drawn(region, Rim.NONE, region.direction))
        elif index in selection:
            direction = state.arrow.direction if state.arrow else region.direction
            drawn.append(Drawn(region, Rim.SELECTED, direction))
        else:
            rim = Rim.HOVERED if index == hovered else Rim.PLAIN
            drawn.append(Drawn(region, rim, region.direction))
    return drawn


def _paint_selected(
    painter: QPainter, state: OverlayState, region: Region, view: QTransform
) -> None:
    index = state.selection[0]
    path = view.map(path_of(region.rings))
    paint_selected_rim(painter, region, path)
    if not region.locked:
        painter.setPen(QPen(_INK, 1.5))
        painter.setBrush(_PAPER)
        for outline in region.rings:
            places = view.map(QPolygonF([QPointF(x, y) for x, y in outline])).toList()
            painter.drawRects(handles(places))
        hover = state.hover
        if hover is not None and (hover.kind, hover.region) == ("vertex", index):
            _paint_large_vertex(painter, region.rings[hover.ring][hover.index], view)
        if state.vertex is not None:
            painter.setBrush(_ACCENT)
            ring, vertex = state.vertex
            _paint_large_vertex(painter, region.rings[ring][vertex], view)
    if not state.draft:
        direction = state.arrow.direction if state.arrow else region.direction
        paint_badge_of(painter, region, direction, view, strong=True)


def handles(places: Sequence[QPointF]) -> list[QRectF]:
    """The squares of a ring's points on the screen, small ones where large ones would overlap."""
    squares: list[QRectF] = []
    last: QPointF | None = None
    for place in places:
        way = 3 * _VERTEX if last is None else (place - last).manhattanLength()
        half = _VERTEX if way >= 3 * _VERTEX else _SMALL_VERTEX
        if half == _VERTEX:
            last = place
        squares.append(QRectF(place.x() - half, place.y() - half, 2 * half, 2 * half))
    return squares


def _paint_large_vertex(painter: QPainter, point: Point, view: QTransform) -> None:
    place, half = view.map(QPointF(*point)), 1.5 * _VERTEX
    painter.drawRect(QRectF(place.x() - half, place.y() - half, 2 * half, 2 * half))


def _paint_displacement(
    painter: QPainter, region: Region, read: Vector | None, view: QTransform
) -> None:
    """How far a region's things moved, in the scale of the photo, below its badge: as somebody
    said, or as was `read` of the photo where nobody did."""
    displacement = region.displacement or read
    if displacement is None:
        return
    below = view.map(QPointF(*anchor_point(region))) + QPointF(0, BADGE_RADIUS + _BELOW_BADGE)
    half = (view.map(QPointF(*displacement)) - view.map(QPointF(0, 0))) / 2
    if region.displacement is not None:
        glyphs.paint_way(painter, below - half, below + half)
    elif 2 * hypot(half.x(), half.y()) >= _SHORTEST_READ:
        glyphs.paint_way(painter, below - half, below + half, supposed=True)


def _paint_arrow(painter: QPainter, arrow: Arrow, view: QTransform) -> None:
    start, end = view.map(QPointF(*arrow.start)), view.map(QPointF(*arrow.end))
    if arrow.exact:
        glyphs.paint_way(painter, start, end)
        return
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
