"""The film's picture, and the wipe that lays the photo over its left part to compare both."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.gui.drawing.pyramid import Pyramid
from app.gui.drawing.zoom_view import PictureItem, ZoomView
from app.gui.film.preview_job import Layers

_REACH = 10.0
"""How near, in screen pixels, the pointer must be to the divider to hold it."""

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _LeftPart(PictureItem):
    """A picture of which only the part left of `share` of its width is drawn."""

    share = 0.5

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        rect = self.boundingRect()
        painter.save()
        painter.setClipRect(QRectF(0, 0, rect.width() * self.share, rect.height()))
        super().paint(painter, option, widget)
        painter.restore()


class _Layer(PictureItem):
    """A picture that leaves out `hole`, in its own units, where a better one lies above it."""

    hole = QRectF()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.hole.isEmpty():
            super().paint(painter, option, widget)
            return
        around = QPainterPath()
        around.addRect(self.boundingRect())
        around.addRect(self.hole)
        painter.save()
        painter.setClipPath(around)
        super().paint(painter, option, widget)
        painter.restore()


class FilmView(ZoomView):
    """Shows frames; while `wiping`, the photo covers them up to a divider that can be dragged.

    `step_wanted(by)` carries the arrow keys, `pointed_at` the photo point under the pointer.
    """

    step_wanted = Signal(int)
    pointed_at = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers: list[_Layer] = []
        self._photo = _LeftPart()
        self._photo.setVisible(False)
        self._photo.setZValue(1)
        self._scene.addItem(self._photo)
        self._holding = False
        self.setAccessibleName(self.tr("Film"))

    @property
    def wiping(self) -> bool:
        """Whether photo and film are compared."""
        return self._photo.isVisible()

    @property
    def share(self) -> float:
        """Where the divider stands, from 0 at the photo's left rim to 1 at its right one."""
        return self._photo.share

    def show_layers(self, layers: Layers) -> None:
        """Lay pictures over parts of the one shown; each replaces those below it in its place."""
        while len(self._layers) < len(layers):
            item = _Layer()
            self._layers.append(item)
            self._scene.addItem(item)
        for item in self._layers[len(layers) :]:
            item.setVisible(False)
        hole = QRectF()
        for item, (picture, place) in reversed(list(zip(self._layers, layers, strict=False))):
            item.setPos(place.topLeft())
            item.hole = hole.translated(-place.topLeft()) & QRectF(QPointF(), place.size())
            item.show_picture(picture, round(place.width()), round(place.height()))
            item.setVisible(True)
            hole = place

    def set_photo(self, photo: Pyramid | None) -> None:
        """The photo to compare with."""
        width, height = self.picture_size
        self._photo.show_picture(photo, width, height)

    def set_wiping(self, wiping: bool) -> None:
        """Begin or end comparing."""
        self._photo.setVisible(wiping)
        self._holding = False
        self._show_cursor()
        self.viewport().update()

    def set_share(self, share: float) -> None:
        """Put the divider elsewhere."""
        self._photo.share = min(max(share, 0.0), 1.0)
        self.viewport().update()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The divider with its handle, and which side is which."""
        if not self.wiping or not self._width:
            return
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self._divider()
        top, bottom = 0.0, float(self.viewport().height())
        for colour, width in ((QColor(20, 20, 24), 4.0), (QColor(255, 255, 255), 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(place, top), QPointF(place, bottom))
        painter.setBrush(QColor(255, 255, 255))
        painter.setPen(QPen(QColor(20, 20, 24), 1.5))
        painter.drawEllipse(QPointF(place, bottom / 2), 8.0, 8.0)
        metrics = painter.fontMetrics()
        for text, before in ((self.tr("Photo"), True), (self.tr("Film"), False)):
            label = QRectF(0, 8, metrics.horizontalAdvance(text) + 16, metrics.height() + 6)
            label.moveLeft(place - 10 - label.width() if before else place + 10)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(20, 20, 24, 190))
            painter.drawRoundedRect(label, 4, 4)
            painter.setPen(QColor(255, 255, 255))
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def resting_cursor(self) -> Qt.CursorShape:
        """A sideways arrow over the divider."""
        return Qt.CursorShape.SplitHCursor if self._holding else Qt.CursorShape.ArrowCursor

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the divider, or pan."""
        super().mousePressEvent(event)
        near = abs(event.position().x() - self._divider()) <= _REACH if self.wiping else False
        if near and not self.panning and event.button() == Qt.MouseButton.LeftButton:
            self._holding = True
            self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the divider, or pan."""
        super().mouseMoveEvent(event)
        if self._width:
            place = self.to_photo(event.position())
            self.pointed_at.emit((place.x(), place.y()))
        if self._holding and self._width:
            self.set_share(self.to_photo(event.position()).x() / self._width)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        super().mouseReleaseEvent(event)
        if self._holding and event.button() == Qt.MouseButton.LeftButton:
            self._holding = False
            self._show_cursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys step through the film."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self.step_wanted.emit(step)
            event.accept()

    def _divider(self) -> float:
        return self.viewportTransform().map(QPointF(self.share * self._width, 0)).x()
