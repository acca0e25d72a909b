"""A picture or a film as large as fits, without any controls: what the booth's pages show."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from app.gui.document import Point, Regions
from app.gui.drawing.glyphs import colour_of, paint_arrow
from app.gui.drawing.pyramid import Pyramid
from app.gui.film.clock import Cadence
from app.gui.film.player import Player

_FPS = 12.0
_ARROW = 34.0
"""Radius of a region's arrow in screen pixels: to be seen from where a crowd stands."""


class Screen(QWidget):
    """Shows one picture, or plays several back and forth."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(160, 120)
        self.player = Player(self)
        self._pictures: tuple[Pyramid, ...] = ()
        self._covering: Pyramid | None = None
        self.player.frame_changed.connect(lambda _: self.update())

    @property
    def picture(self) -> Pyramid | None:
        """What is shown now."""
        if self._covering is not None:
            return self._covering
        return self._pictures[self.player.frame] if self._pictures else None

    def show_pictures(self, pictures: tuple[Pyramid, ...]) -> None:
        """Show one picture, play several, or show nothing."""
        self._pictures = pictures
        self._covering = None
        self.player.pause()
        self.player.set_cadence(Cadence(len(pictures), _FPS, "pingpong"))
        if len(pictures) > 1:
            self.player.play()
        self.update()

    def cover(self, picture: Pyramid | None) -> None:
        """Lay another picture over the film, such as the photo; None takes it away."""
        self._covering = picture
        self.update()

    def place(self) -> QRectF:
        """Where the picture is drawn, in this widget's coordinates; empty without one."""
        picture = self.picture
        if picture is None:
            return QRectF()
        scale = self._scale(picture)
        width, height = picture.width * scale, picture.height * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def to_photo(self, point: QPointF) -> tuple[float, float]:
        """A point of this widget in photo pixels, kept within the photo."""
        picture, place = self.picture, self.place()
        if picture is None or place.isEmpty():
            return (0.0, 0.0)
        x = (point.x() - place.left()) / place.width()
        y = (point.y() - place.top()) / place.height()
        return (min(max(x, 0.0), 1.0) * picture.width, min(max(y, 0.0), 1.0) * picture.height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture on black."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(0, 0, 0))
            picture = self.picture
            if picture is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                scale = self._scale(picture) * self.devicePixelRatioF()
                painter.drawImage(self.place(), picture.level_for(scale))
                self.paint_over(painter)

    def paint_over(self, painter: QPainter) -> None:
        """For subclasses: what lies on the picture."""

    def _scale(self, picture: Pyramid) -> float:
        return min(self.width() / picture.width, self.height() / picture.height)


class SwipeScreen(Screen):
    """A photo to swipe on: `swiped(path)` carries the finger's path in photo pixels."""

    swiped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: tuple[Point, ...] = ()
        self._regions: Regions = ()
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_regions(self, regions: Regions) -> None:
        """What moves so far."""
        self._regions = regions
        self.update()

    def forget_path(self) -> None:
        """Drop a swipe that is not finished."""
        self._path = ()
        self.update()

    # A finger arrives as the left button: Qt makes mouse events of touches nobody else takes.
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a swipe on the photo."""
        if event.button() == Qt.MouseButton.LeftButton and self.picture is not None:
            self._path = (self.to_photo(event.position()),)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the finger."""
        if self._path:
            self._path = (*self._path, self.to_photo(event.position()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the swipe."""
        path, self._path = self._path, ()
        self.update()
        if path and event.button() == Qt.MouseButton.LeftButton:
            self.swiped.emit(path)

    def paint_over(self, painter: QPainter) -> None:
        """The regions in their colours with their arrows, and the path under the finger."""
        place, picture = self.place(), self.picture
        assert picture is not None
        view = QTransform.fromTranslate(place.left(), place.top())
        view.scale(place.width() / picture.width, place.height() / picture.height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for region in self._regions:
            outline = view.map(_path_of(region.rings))
            colour = colour_of(region.direction)
            painter.setPen(QPen(QColor(255, 255, 255), 3))
            colour.setAlpha(110)
            painter.fillPath(outline, colour)
            painter.drawPath(outline)
            centre = outline.boundingRect().center()
            paint_arrow(painter, region.direction, centre, _ARROW)
        if len(self._path) > 1:
            points = [view.map(QPointF(*point)) for point in self._path]
            for colour, width in ((QColor(20, 20, 24), 16), (QColor(255, 255, 255), 10)):
                pen = QPen(colour, width)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolyline(points)


def _path_of(rings: tuple[tuple[Point, ...], ...]) -> QPainterPath:
    path = QPainterPath()
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
        path.closeSubpath()
    return path
