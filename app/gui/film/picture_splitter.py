"""Photo and film beside or above each other, and whether both look at the same place."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.gui.drawing.zoom_view import ZoomView

ARRANGEMENTS = ("auto", "beside", "stacked")


class PictureSplitter(QSplitter):
    """Arranges two pictures; "auto" stacks them where there is more height than width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._arrangement = "auto"

    def arrange(self, arrangement: str) -> None:
        """Arrange as one of `ARRANGEMENTS` from now on."""
        self._arrangement = arrangement
        self._turn()

    def share_evenly(self) -> None:
        """Give both pictures the same room."""
        whole = self.width() if self.orientation() == Qt.Orientation.Horizontal else self.height()
        self.setSizes([max(whole // 2, 1)] * 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn with the window."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        portrait = self.height() > self.width()
        stacked = self._arrangement == "stacked" or (self._arrangement == "auto" and portrait)
        wanted = Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal
        if self.orientation() != wanted:
            self.setOrientation(wanted)
            self.share_evenly()


class ViewLink(QObject):
    """Lets two views look at the same place, while `linked`; unlinked each goes its own way."""

    def __init__(self, first: ZoomView, second: ZoomView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._first, self._second = first, second
        self._linked = True
        first.view_changed.connect(self._first_moved)
        second.view_changed.connect(self._second_moved)

    @property
    def linked(self) -> bool:
        """Whether the views move together."""
        return self._linked

    def set_linked(self, linked: bool) -> None:
        """Move together or not; on joining, the second view goes where the first one looks."""
        self._linked = linked
        self.align()

    def align(self) -> None:
        """Let the second view look where the first one does, if they are linked."""
        if self._linked:
            self._second.follow(self._first.scale_factor, self._first.centre())

    def _first_moved(self, scale: float, centre: QPointF) -> None:
        if self._linked:
            self._second.follow(scale, centre)

    def _second_moved(self, scale: float, centre: QPointF) -> None:
        if self._linked:
            self._first.follow(scale, centre)
