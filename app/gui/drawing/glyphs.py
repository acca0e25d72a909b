"""How a direction looks: its colour, its arrow, its hatching and its badge. Painting only.

Colour is never the only cue: every direction also has its own arrow and a hatching whose strokes
and chevrons run the way the motion runs.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from app.guidance.classes import Direction

NUMPAD_ORDER = (
    (Direction.UP_LEFT, None, Direction.UP_RIGHT),
    (None, Direction.STATIC, None),
    (Direction.DOWN_LEFT, None, Direction.DOWN_RIGHT),
)
"""Where each direction sits on a compass, which is also where its key sits on the number pad."""

_INK = QColor(20, 20, 24)
_PAPER = QColor(255, 255, 255)
_HEAD = 11.0
"""Length of an arrowhead's barbs in viewport pixels."""
_DASHES = 5.0, 4.0
"""Lengths of dashes and gaps in viewport pixels."""
TILE = 26
"""Edge of a tile of hatching in viewport pixels."""


COLOURS = {
    "figure": {direction: direction.colour for direction in Direction},
    # Told apart with any of the three kinds of colour blindness: by lightness as well as by hue.
    "distinct": {
        Direction.STATIC: (0, 0, 0),
        Direction.UP_RIGHT: (204, 68, 0),
        Direction.UP_LEFT: (120, 200, 230),
        Direction.DOWN_LEFT: (250, 235, 90),
        Direction.DOWN_RIGHT: (20, 50, 140),
    },
}
"""Colour sets for the screen: "figure" is the one of the paper's figure, and that of all files."""


class _Chosen:
    """The colour set in use; one for the whole program, as a theme is."""

    name = "figure"


def chosen_colours() -> str:
    """The name of the colour set in use."""
    return _Chosen.name


def choose_colours(name: str) -> None:
    """Draw everything from now on in another colour set; an unknown name means "figure"."""
    _Chosen.name = name if name in COLOURS else "figure"
    for drawn in (_badge, direction_icon):
        drawn.cache_clear()


def colour_of(direction: Direction) -> QColor:
    """The colour of a direction on the screen."""
    return QColor(*COLOURS[_Chosen.name][direction])


def arrow_path(direction: Direction, centre: QPointF, radius: float) -> QPainterPath:
    """The outline of a direction's arrow within `radius` of `centre`; two bars for static."""
    if direction == Direction.STATIC:
        path = QPainterPath()
        for side in (-1, 1):
            path.addRect(
                QRectF(
                    centre.x() + side * radius * 0.38 - radius * 0.17,
                    centre.y() - radius * 0.6,
                    radius * 0.34,
                    radius * 1.2,
                )
            )
        return path
    x, y = direction.sign
    along = QPointF(x, y) * (radius / 2**0.5)
    across = QPointF(-y, x) * (radius / 2**0.5)
    corners = [
        centre + along,
        centre + along * 0.05 + across * 0.72,
        centre + along * 0.05 + across * 0.22,
        centre - along * 0.95 + across * 0.22,
        centre - along * 0.95 - across * 0.22,
        centre + along * 0.05 - across * 0.22,
        centre + along * 0.05 - across * 0.72,
    ]
    path = QPainterPath(corners[0])
    for corner in corners[1:]:
        path.lineTo(corner)
    path.closeSubpath()
    return path


def paint_arrow(painter: QPainter, direction: Direction, centre: QPointF, radius: float) -> None:
    """A white arrow with a dark rim, readable on any picture and any palette colour."""
    path = arrow_path(direction, centre, radius)
    pen = QPen(_INK, max(1.5, radius * 0.28))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.fillPath(path, _PAPER)


def paint_way(painter: QPainter, start: QPointF, end: QPointF, *, supposed: bool = False) -> None:
    """From where to where something moved: a dot, a line and an arrowhead that ends just there.

    The line of a way that is only `supposed` is dashed.
    """
    line = QLineF(start, end)
    head = min(_HEAD, line.length() / 2)
    shaft, tip = QPainterPath(start), QPainterPath()
    shaft.lineTo(end)
    for side in (-1, 1):
        barb = QLineF.fromPolar(head, line.angle() + 180 + side * 28)
        tip.moveTo(end)
        tip.lineTo(end + barb.p2())
    for colour, wider in ((_INK, 2.5), (_PAPER, 0.0)):
        pen = QPen(colour, 2.0 + wider)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.strokePath(tip, pen)
        if supposed:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([length / pen.widthF() for length in _DASHES])
        painter.strokePath(shaft, pen)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(start, 3.5 + wider / 2, 3.5 + wider / 2)


def paint_badge(
    painter: QPainter, direction: Direction, centre: QPointF, radius: float, *, strong: bool
) -> None:
    """A disc in the direction's colour with its arrow; `strong` rims it for the selected region."""
    badge = _badge(direction, round(radius * 2) / 2, strong, painter.device().devicePixelRatioF())
    half = QPointF(badge.width(), badge.height()) / badge.devicePixelRatio() / 2
    painter.drawPixmap(centre - half, badge)


@lru_cache(maxsize=256)
def _badge(direction: Direction, radius: float, strong: bool, ratio: float) -> QPixmap:
    side = 2 * radius + 6
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(side / 2, side / 2)
        painter.setPen(QPen(_PAPER if strong else _INK, 2.5 if strong else 1.5))
        painter.setBrush(colour_of(direction))
        painter.drawEllipse(centre, radius, radius)
        paint_arrow(painter, direction, centre, radius * 0.66)
    return pixmap


@lru_cache(maxsize=64)
def direction_icon(direction: Direction, size: int = 32) -> QIcon:
    """A rounded chip in the direction's colour with its arrow, for buttons and lists.

    Its checked state has a broad white and dark rim, so that the chosen one stands out.
    """
    icon = QIcon()
    for state in (QIcon.State.Off, QIcon.State.On):
        pixmap = QPixmap(size * 2, size * 2)
        pixmap.setDevicePixelRatio(2)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if state == QIcon.State.On:
                painter.setPen(QPen(_INK, 1.5))
                painter.setBrush(_PAPER)
                painter.drawRoundedRect(
                    QRectF(0.75, 0.75, size - 1.5, size - 1.5), size / 5, size / 5
                )
                chip = QRectF(4, 4, size - 8, size - 8)
                painter.setPen(QPen(_INK, 1))
            else:
                chip = QRectF(3, 3, size - 6, size - 6)
                painter.setPen(QPen(QColor(128, 128, 128), 1))
            painter.setBrush(colour_of(direction))
            painter.drawRoundedRect(chip, size / 7, size / 7)
            paint_arrow(painter, direction, QPointF(size / 2, size / 2), size * 0.3)
        # Chips keep their colour in a selected row, where it still has to be told from others.
        icon.addPixmap(pixmap, QIcon.Mode.Normal, state)
        icon.addPixmap(pixmap, QIcon.Mode.Selected, state)
    return icon


@lru_cache(maxsize=32)
def hatch_brush(direction: Direction, ratio: float = 1.0) -> QBrush:
    """A texture whose strokes run along the motion with a chevron pointing its way.

    Static is hatched with small crosses. `ratio` is the device pixel ratio.
    """
    side = round(TILE * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.scale(side / TILE, side / TILE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dark = direction in (Direction.UP_LEFT, Direction.DOWN_LEFT)
        colour = QColor(0, 0, 0, 150) if dark else QColor(255, 255, 255, 190)
        pen = QPen(colour, 1.6)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        half = TILE / 2
        if direction == Direction.STATIC:
            painter.drawLine(QPointF(half - 3, half), QPointF(half + 3, half))
            painter.drawLine(QPointF(half, half - 3), QPointF(half, half + 3))
        else:
            x, y = direction.sign
            # Drawn past the corners so that neighbouring tiles join without notches.
            reach = QPointF(x, y) * (half + 2)
            centre = QPointF(half, half)
            painter.drawLine(centre - reach, centre + reach)
            for offset in (QPointF(TILE, 0), QPointF(0, TILE)):
                for side_of in (-1, 1):
                    shifted = centre + offset * side_of
                    painter.drawLine(shifted - reach, shifted + reach)
            tip = centre + QPointF(x, y) * 4.5
            painter.drawLine(tip, tip - QPointF(x * 7.5, 0))
            painter.drawLine(tip, tip - QPointF(0, y * 7.5))
    pixmap.setDevicePixelRatio(ratio)
    return QBrush(pixmap)
