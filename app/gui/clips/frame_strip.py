"""A strip of small frames across the whole clip, with a mark at the one that is looked at."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.clips.clip_jobs import ShownFrame
from app.gui.drawing.pyramid import Pyramid

MOST_CELLS = 12
EDGE = 192
"""The longer edge in pixels at which frames are wanted for the strip."""
_HEIGHT = 64


class FrameStrip(QWidget):
    """Emits `frame_wanted(number)` while the pointer is pressed over a place in the clip.

    It is for the pointer; keys have the slider, which says the same.
    """

    frame_wanted = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        """`count` is the number of frames in the clip."""
        super().__init__(parent)
        self._count = count
        self._marked = 0
        self._pictures: dict[int, Pyramid] = {}
        self.setAccessibleName(self.tr("Frames across the clip"))
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The frames that fill the strip: all of a short clip, or evenly spread ones."""
        cells = min(self._count, MOST_CELLS)
        return tuple(int((cell + 0.5) * self._count / cells) for cell in range(cells))

    @property
    def filled(self) -> int:
        """How many of them are there."""
        return len(self._pictures)

    def show_frame(self, frame: ShownFrame) -> None:
        """Put one of `numbers` into its place."""
        self._pictures[frame.number] = frame.picture
        self.update()

    def mark(self, number: int) -> None:
        """Mark where a frame lies."""
        self._marked = number
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frames, each cut to its cell, and the mark."""
        numbers = self.numbers
        width = self.width() / len(numbers)
        palette = self.palette()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Mid))
            for cell, number in enumerate(numbers):
                if number in self._pictures:
                    place = QRectF(cell * width, 0, width, self.height())
                    _draw_cut(painter, self._pictures[number], place.adjusted(0, 0, -1, 0))
            step = self.width() / self._count
            middle = (self._marked + 0.5) * step
            mark = QRectF(0, 1, max(step, 6.0), self.height() - 2)
            mark.moveCenter(QPointF(middle, self.height() / 2))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for colour, pen in ((QColor(20, 20, 24), 4.0), (QColor(255, 255, 255), 2.0)):
                painter.setPen(QPen(colour, pen))
                painter.drawRect(mark)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the frame under the pointer."""
        self._ask(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the pointer."""
        self._ask(event)

    def _ask(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            number = int(event.position().x() / max(self.width(), 1) * self._count)
            self.frame_wanted.emit(min(max(number, 0), self._count - 1))
        event.accept()


def _draw_cut(painter: QPainter, picture: Pyramid, place: QRectF) -> None:
    """Fill a place with the middle of a picture."""
    image = picture.levels[0]
    scale = max(place.width() / image.width(), place.height() / image.height())
    part = QRectF(0, 0, place.width() / scale, place.height() / scale)
    part.moveCenter(QRectF(image.rect()).center())
    painter.drawImage(place, image, part)
