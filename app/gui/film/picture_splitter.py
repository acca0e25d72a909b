"""Photo and film beside or above each other, and whether both look at the same place."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.gui.drawing.zoom_view import ZoomView

ARRANGEMENTS = ("auto", "beside", "stacked")


_STACK_FROM, _STACK_UNTIL = 1.4, 1.2
"""How much larger pictures must be one above the other to be put so, and to stay so: beside each
other they are easier to compare, and a window that is resized must not make them flutter."""


class PictureSplitter(QSplitter):
    """Arranges two pictures; "auto" stacks them where they are seen clearly larger so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._arrangement = "auto"
        self._aspect = 1.0

    def show_aspect(self, aspect: float) -> None:
        """Arrange for pictures that are `aspect` times as wide as high."""
        self._aspect = aspect
        self._turn()

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
        stacked = self._arrangement == "stacked"
        if self._arrangement == "auto":
            # The height of each picture, if it is as large as there is room for.
            beside = min(self.width() / 2 / self._aspect, self.height())
            above = min(self.width() / self._aspect, self.height() / 2)
            now = self.orientation() == Qt.Orientation.Vertical
            stacked = above > beside * (_STACK_UNTIL if now else _STACK_FROM)
        wanted = Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal
        if self.orientation() != wanted:
            self.setOrientation(wanted)
            self.share_evenly()


class ViewLink(QObject):
    """Lets two views look at the same place, while `linked`; unlinked each goes its own way.

    While one of them shows the whole picture both do, at the scale at which both have room for it.
    """

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
        self._lead(self._first, self._second)

    def _first_moved(self, _scale: float, _centre: QPointF) -> None:
        self._lead(self._first, self._second)

    def _second_moved(self, _scale: float, _centre: QPointF) -> None:
        self._lead(self._second, self._first)

    def _lead(self, leader: ZoomView, follower: ZoomView) -> None:
        if not self._linked:
            return
        scale, centre, fitted = leader.scale_factor, leader.centre(), leader.fitted
        if fitted and follower.isVisible() and all(follower.picture_size):
            scale = min(scale, follower.fit_scale())
            leader.follow(scale, centre, fitted=True)
        follower.follow(scale, centre, fitted=fitted)
