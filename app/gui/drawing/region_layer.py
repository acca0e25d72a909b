"""Keeps the painted regions as one picture and repaints only where something has changed.

Painting hundreds of regions takes longer than a person should wait, so it is done in slices: until
a new picture is whole the old one is shown where it belongs. What is pointed at and drawn lies on
top, in `app.gui.drawing.overlay`.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from time import thread_time

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QRegion,
    QTransform,
)

from app.gui.document import Point, anchor_point
from app.gui.drawing import glyphs
from app.gui.drawing.pyramid import empty_image
from app.guidance.classes import Direction
from app.guidance.region import Region

BADGE_RADIUS = 13.0
"""Radius of a direction badge in screen pixels."""

_SLICE_S = 0.006
"""Seconds of this thread's own computing after which the rest waits for the next event."""

_FINE_RIMS = 40
"""With more regions than these, rims are drawn quickly instead of finely."""

_AROUND = BADGE_RADIUS + 6
"""How far from its outline a region's drawing may reach, in screen pixels."""

_INK = QColor(20, 20, 24)
_PAPER = QColor(255, 255, 255)


class Rim(Enum):
    """How a region's outline and badge are drawn; NONE leaves both to somebody else."""

    PLAIN = 0
    HOVERED = 1
    SELECTED = 2
    NONE = 3


@dataclass(frozen=True, eq=False)
class Drawn:
    """A region as it is to be seen; `direction` is the one on its badge."""

    region: Region
    rim: Rim
    direction: Direction

    def looks_like(self, other: Drawn) -> bool:
        """Whether both give the same picture."""
        return (
            self.region is other.region
            and self.rim is other.rim
            and self.direction is other.direction
        )


@dataclass(frozen=True)
class Look:
    """Where the picture looks: `view` maps photo pixels to a viewport of `size`.

    `ratio` is the device pixel ratio, `opacity` how strongly regions cover the photo.
    """

    view: QTransform
    size: QSize
    ratio: float
    opacity: float

    def shift_to(self, other: Look) -> QPoint | None:
        """By how many whole viewport pixels this picture has to be moved to look like `other`.

        None when no shift does that.
        """
        if (self.size, self.ratio, self.opacity) != (other.size, other.ratio, other.opacity):
            return None
        mine, yours = self.view, other.view
        if (mine.m11(), mine.m22()) != (yours.m11(), yours.m22()):
            return None
        dx, dy = yours.dx() - mine.dx(), yours.dy() - mine.dy()
        if not (dx.is_integer() and dy.is_integer()):
            return None
        return QPoint(int(dx), int(dy))


class RegionLayer:
    """One picture of all regions, kept true with as little painting as possible."""

    def __init__(self) -> None:
        self._picture = QImage()
        self._look: Look | None = None
        self._drawn: Sequence[Drawn] = ()
        self._colours = ""
        self._task: Generator[None, None, None] | None = None
        self._task_look: Look | None = None

    def paint(self, painter: QPainter, drawn: Sequence[Drawn], look: Look) -> bool:
        """Paint the regions, later ones over earlier ones; the painter is in viewport coordinates.

        Returns:
            Whether the picture is whole; if not, the next call goes on with it.
        """
        if self._colours != glyphs.chosen_colours():
            self._colours = glyphs.chosen_colours()
            self._look = self._task = None
        until = thread_time() + _SLICE_S
        whole = self._advance(drawn, look, until)
        if self._look is not None:
            painter.save()
            if self._look.view != look.view:
                # Old, but in its place: better for a moment than nothing, so it need not be smooth.
                painter.setTransform(self._look.view.inverted()[0] * look.view)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(QPointF(0, 0), self._picture)
            painter.restore()
        return whole

    def _advance(self, drawn: Sequence[Drawn], look: Look, until: float) -> bool:
        while True:
            if self._task is not None and self._task_look != look:
                self._task = None
            if self._task is None:
                # A picture under way is finished first even when a region has changed meanwhile:
                # begun anew with every step of a drag, it would never be whole.
                self._task = self._changes(drawn, look)
                self._task_look = look
            if self._task is None:
                return True
            for _ in self._task:
                if thread_time() > until:
                    return False
            self._task = None

    def _changes(self, drawn: Sequence[Drawn], look: Look) -> Generator[None, None, None] | None:
        """The painting that makes the picture true, or None when it is."""
        window = QRect(QPoint(0, 0), look.size)
        shift = self._look.shift_to(look) if self._look is not None else None
        few, fewer = len(drawn) <= _FINE_RIMS, len(self._drawn) <= _FINE_RIMS
        if shift is None or few != fewer:
            return self._painting(drawn, look, QRegion(window), QPoint())
        dirty = QRegion(window) - QRegion(window.translated(shift))
        for item in _different(self._drawn, drawn):
            dirty += _reach(item.region, look).intersected(window)
        if dirty.isEmpty() and shift.isNull():
            self._drawn = drawn
            return None
        return self._painting(drawn, look, dirty, shift)

    def _painting(
        self, drawn: Sequence[Drawn], look: Look, dirty: QRegion, shift: QPoint
    ) -> Generator[None, None, None]:
        """Paint the dirty part anew on a copy of the picture, moved by `shift`; then show that."""
        picture = empty_image(look.size, look.ratio)
        window = QRect(QPoint(0, 0), look.size)
        with QPainter(picture) as painter:
            if dirty != QRegion(window):
                painter.drawImage(QPointF(shift), self._picture)
            painter.setClipRegion(dirty)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            painter.fillRect(dirty.boundingRect(), Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shown = []
            for item in drawn:
                if dirty.intersects(_reach(item.region, look)):
                    shown.append((item, look.view.map(path_of(item.region.rings))))
                    yield
            yield from _paint_fills(painter, shown, look, dirty)
            fine = len(drawn) <= _FINE_RIMS
            for item, path in shown:
                if item.rim in (Rim.PLAIN, Rim.HOVERED):
                    _paint_rim(painter, item, path, fine=fine)
                    yield
            for item, path in shown:
                if item.rim is Rim.SELECTED:
                    paint_selected_rim(painter, item.region, path)
                    yield
            for item, _path in shown:
                if item.rim is not Rim.NONE:
                    strong = item.rim is Rim.SELECTED
                    paint_badge_of(painter, item.region, item.direction, look.view, strong=strong)
                    yield
        self._picture, self._look, self._drawn = picture, look, drawn


def paint_badge_of(
    painter: QPainter, region: Region, direction: Direction, view: QTransform, *, strong: bool
) -> None:
    """The badge of a region, small in small ones; `strong` as for a selected one."""
    left, top, right, bottom = region.bounds
    smaller = min((right - left) * view.m11(), (bottom - top) * view.m22())
    radius = BADGE_RADIUS if strong else min(BADGE_RADIUS, max(5.0, smaller * 0.4))
    centre = view.map(QPointF(*anchor_point(region)))
    glyphs.paint_badge(painter, direction, centre, radius, strong=strong)


def paint_selected_rim(painter: QPainter, region: Region, path: QPainterPath) -> None:
    """The bright outline of a selected region, dotted when it is locked; `path` on the viewport."""
    painter.strokePath(path, QPen(_INK, 5.0))
    painter.strokePath(path, QPen(_PAPER, 2.5))
    if region.locked:
        painter.strokePath(path, QPen(_INK, 2.5, Qt.PenStyle.DotLine))


@lru_cache(maxsize=1024)
def path_of(rings: tuple[tuple[Point, ...], ...]) -> QPainterPath:
    """The rings as a path in photo pixels, filled by the even-odd rule."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
        path.closeSubpath()
    return path


def _different(before: Sequence[Drawn], after: Sequence[Drawn]) -> list[Drawn]:
    """What has to be painted anew: the items of both that are not at both ends the same."""
    if before is after:
        return []
    start = 0
    while start < min(len(before), len(after)) and before[start].looks_like(after[start]):
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end].looks_like(
        after[-1 - end]
    ):
        end += 1
    one, other = before[start : len(before) - end], after[start : len(after) - end]
    if len(one) == len(other):
        pairs = zip(one, other, strict=True)
        return [item for a, b in pairs if not a.looks_like(b) for item in (a, b)]
    return [*one, *other]


def _reach(region: Region, look: Look) -> QRect:
    """The viewport pixels that a region's drawing may touch."""
    left, top, right, bottom = region.bounds
    rect = look.view.mapRect(QRectF(left, top, right - left, bottom - top))
    return rect.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND).toAlignedRect()


def _paint_fills(
    painter: QPainter, shown: list[tuple[Drawn, QPainterPath]], look: Look, dirty: QRegion
) -> Generator[None, None, None]:
    # The fills are painted opaque on a layer of their own and the layer is blended once, so that
    # where regions overlap the later one's colour is seen and not a mixture, as in the guidance.
    part = dirty.boundingRect()
    layer = empty_image(part.size(), look.ratio)
    with QPainter(layer) as brush:
        brush.translate(-part.topLeft())
        brush.setClipRegion(dirty)
        brush.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The hatching is fixed to the photo, so that moved parts of the picture fit new ones.
        origin = look.view.map(QPointF(0, 0))
        brush.setBrushOrigin(QPointF(origin.x() % glyphs.TILE, origin.y() % glyphs.TILE))
        for item, path in shown:
            brush.fillPath(path, QBrush(glyphs.colour_of(item.region.direction)))
            brush.fillPath(path, glyphs.hatch_brush(item.region.direction, look.ratio))
            yield
    painter.setOpacity(look.opacity)
    painter.drawImage(QPointF(part.topLeft()), layer)
    painter.setOpacity(1.0)


def _paint_rim(painter: QPainter, item: Drawn, path: QPainterPath, *, fine: bool) -> None:
    hovered = item.rim is Rim.HOVERED
    colour = glyphs.colour_of(item.region.direction)
    if item.region.direction == Direction.STATIC:
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
