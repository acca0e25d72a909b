"""A row of small moving films below the photo: suggested animations to choose from.

It shows what `discoveries` found and says what was chosen; it changes nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIcon, QImage, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.gui.discover.findings import Suggestion
from app.gui.program.icons import line_icon

_HEIGHT = 84
_WIDEST = 180
_TICK_MS = 110


class Thumbnail(QToolButton):
    """One suggestion as a button whose picture moves, there and back."""

    def __init__(self, suggestion: Suggestion, number: int, ratio: float) -> None:
        super().__init__()
        self.suggestion = suggestion
        self.setText(suggestion.title)
        self.setAccessibleName(
            self.tr("Suggestion {number}: {title}").format(number=number, title=suggestion.title)
        )
        self.setToolTip(self.tr("Use this guidance: {title}").format(title=suggestion.title))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pictures = [_pixmap(frame, ratio) for frame in suggestion.frames]
        size = self._pictures[0].deviceIndependentSize().toSize()
        self.setIconSize(QSize(min(size.width(), _WIDEST), size.height()))
        self.shown_frame = -1
        self.show_tick(0)

    def show_tick(self, tick: int) -> None:
        """Show the frame that is due after so many ticks."""
        last = len(self._pictures) - 1
        frame = last - abs(last - tick % (2 * last)) if last else 0
        if frame != self.shown_frame:
            self.shown_frame = frame
            self.setIcon(QIcon(self._pictures[frame]))


class SuggestionStrip(QWidget):
    """Hidden while there is nothing to show; emits `chosen(suggestion)` and `dismissed()`."""

    chosen = Signal(object)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Suggested animations"))
        self.heading = QLabel()
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(self.tr("Close the suggestions"))
        self.close_button.setAccessibleName(self.tr("Close the suggestions"))
        self.close_button.clicked.connect(self.dismissed)
        self.thumbnails: list[Thumbnail] = []
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        inside = QWidget()
        inside.setLayout(self._row)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = self._scroll.horizontalScrollBar().sizeHint().height()
        words = _HEIGHT + self.fontMetrics().height() + 22
        self._scroll.setFixedHeight(words + bar)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._scroll)
        self._tick = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._advance)
        self._refresh_icon()
        self.hide()

    def show_suggestions(self, suggestions: Sequence[Suggestion], *, more: bool) -> None:
        """Show these suggestions; `more` says that others may follow."""
        kept = [thumbnail.suggestion for thumbnail in self.thumbnails]
        if list(suggestions[: len(kept)]) != kept:
            self._clear()
        for suggestion in suggestions[len(self.thumbnails) :]:
            self._add(suggestion)
        found = len(suggestions)
        if more:
            self.heading.setText(
                self.tr("Suggested animations: {found} so far…").format(found=found)
                if found
                else self.tr("Looking at what may move…")
            )
        else:
            self.heading.setText(self.tr("Suggested animations: click one to use its guidance"))
        self._scroll.setVisible(bool(found))
        self.setVisible(bool(found) or more)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from one suggestion to the next, Enter takes it, Escape closes the row."""
        at = next((i for i, t in enumerate(self.thumbnails) if t.hasFocus()), None)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif at is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.thumbnails[at].click()
        elif at is not None and step is not None:
            self._focus((at + step) % len(self.thumbnails))
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Move while it is seen."""
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        self._timer.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the icon in the colours of a new theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icon()
        super().changeEvent(event)

    def _focus(self, index: int) -> None:
        self.thumbnails[index].setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(self.thumbnails[index])

    def _add(self, suggestion: Suggestion) -> None:
        number = len(self.thumbnails) + 1
        thumbnail = Thumbnail(suggestion, number, self.devicePixelRatioF())
        thumbnail.clicked.connect(lambda _=False: self.chosen.emit(suggestion))
        self._row.insertWidget(self._row.count() - 1, thumbnail)
        self.thumbnails.append(thumbnail)

    def _clear(self) -> None:
        for thumbnail in self.thumbnails:
            self._row.removeWidget(thumbnail)
            thumbnail.deleteLater()
        self.thumbnails = []

    def _advance(self) -> None:
        self._tick += 1
        for thumbnail in self.thumbnails:
            thumbnail.show_tick(self._tick)

    def _refresh_icon(self) -> None:
        self.close_button.setIcon(line_icon("cancel", self.palette()))


def _pixmap(frame: np.ndarray, ratio: float) -> QPixmap:
    pixels = np.ascontiguousarray(frame)
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    size = QSize(round(_WIDEST * ratio), round(_HEIGHT * ratio))
    scaled = image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    pixmap = QPixmap.fromImage(scaled)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
