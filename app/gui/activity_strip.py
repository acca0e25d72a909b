"""Shows one kind of background work: its stage, how far it is, and a button that cancels it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.gui.background import Activity
from app.gui.caption import Caption


class ActivityStrip(QWidget):
    """Hidden while there is nothing to show; emits `cancel_wanted()`."""

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The words never ask for room: beside them nothing may move.
        self.stage = Caption()
        self.stage.setContentsMargins(0, 0, 0, 0)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(10)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Cancel the work in the background"))
        self.cancel_button.clicked.connect(self.cancel_wanted)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(3)
        column.addWidget(self.stage)
        column.addLayout(row)
        self.hide()

    def show_activity(self, activity: Activity | None) -> None:
        """Show this state of the work, or nothing when it has ended."""
        self.setVisible(activity is not None)
        if activity is None:
            return
        stage = activity.stage or activity.title
        if activity.total > 1:
            counted = self.tr("{stage} ({done} of {total})")
            stage = counted.format(stage=stage, done=activity.done, total=activity.total)
        self.stage.say(stage)
        # A bar that may would repaint all that has changed in the window, here and now.
        self.bar.setUpdatesEnabled(False)
        # A range of nothing makes the bar run to and fro: the truth about an unknown length.
        self.bar.setRange(0, activity.total)
        self.bar.setValue(activity.done)
        self.bar.setUpdatesEnabled(True)
        self.cancel_button.setEnabled(not activity.cancelling)
