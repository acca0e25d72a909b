"""The line at the foot of the window: what the pointer does, where it is, and the zoom."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from app.gui.caption import Caption


class StatusLine(QStatusBar):
    """Three labels; the outer two keep their width, so that nothing jumps about."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = Caption()
        self.hint.setContentsMargins(10, 0, 10, 0)
        self.hint.say(hint)
        self.place = QLabel()
        self.zoom = QLabel()
        self.zoom.setContentsMargins(0, 0, 8, 0)
        for label, widest in ((self.place, "00000, 00000"), (self.zoom, "0000 %")):
            label.setMinimumWidth(self.fontMetrics().horizontalAdvance(widest) + 16)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.addWidget(self.hint, 1)
        self.addPermanentWidget(self.place)
        self.addPermanentWidget(self.zoom)
        self.setSizeGripEnabled(False)

    def show_hint(self, text: str) -> None:
        """One sentence on what the pointer does now."""
        self.hint.say(text)

    def show_place(self, point: tuple[float, float] | None) -> None:
        """The photo pixel under the pointer."""
        self.place.setText(f"{int(point[0])}, {int(point[1])}" if point else "")

    def show_zoom(self, scale: float, _centre: QPointF) -> None:
        """`scale` is in viewport pixels per photo pixel."""
        self.zoom.setText(f"{scale * self.devicePixelRatioF() * 100:.0f} %")
