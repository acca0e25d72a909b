"""The line above a picture: one line of words that ends in "…" where there is no room for all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Caption(QLabel):
    """Plain text that never asks for room; what is cut off stands in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(10, 4, 10, 4)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._explanation = ""

    def say(self, text: str) -> None:
        """Show other words."""
        self.setText(text)
        self._tell()

    def explain(self, text: str) -> None:
        """What the tool tip says besides the words that are cut off."""
        self._explanation = text
        self._tell()

    def shown_text(self) -> str:
        """The words as there is room for them."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less may be cut off now."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, in the colours of a label."""
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter,
                self.contentsRect(),
                int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
                self.palette(),
                self.isEnabled(),
                self.shown_text(),
                self.foregroundRole(),
            )

    def _tell(self) -> None:
        cut = [self.text()] if self.shown_text() != self.text() else []
        self.setToolTip("\n".join([*cut, *filter(None, [self._explanation])]))
