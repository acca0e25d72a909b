"""The controls of the trajectories: shown or not, how dense, how long; what the colours mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFormLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from app.gui.discover.trajectory_overlay import TrajectoryLook, time_colour
from app.gui.program.language import decimal

_WIDEST, _NARROWEST = 64, 8
_LENGTHS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)


class TimeLegend(QWidget):
    """The colours of time from the exposure's first instant to its last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Colours from the first instant to the last"))

    def sizeHint(self) -> QSize:
        """One line of text with a bar above it."""
        return QSize(160, self.fontMetrics().height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar and its two words."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            gradient = QLinearGradient(0, 0, self.width(), 0)
            for step in range(9):
                gradient.setColorAt(step / 8, time_colour(step / 8))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(gradient)
            painter.drawRoundedRect(QRectF(0, 2, self.width(), 7), 3, 3)
            painter.setPen(self.palette().placeholderText().color())
            words = self.rect().adjusted(0, 10, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft, self.tr("first"))
            painter.drawText(words, Qt.AlignmentFlag.AlignRight, self.tr("last"))


class TrajectoryPanel(QWidget):
    """Emits `shown(bool)`, `look_chosen(look)` and `export_wanted`."""

    shown = Signal(bool)
    look_chosen = Signal(object)
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visible = QCheckBox(self.tr("Trajectories over photo"))
        self.visible.setToolTip(self.tr("Show the way of every pixel during the exposure (T)"))
        self.density = QSlider(Qt.Orientation.Horizontal)
        self.density.setRange(0, _WIDEST - _NARROWEST)
        self.density.setValue(_WIDEST - TrajectoryLook().spacing)
        self.density.setAccessibleName(self.tr("Density of the trajectories"))
        self.length = QSlider(Qt.Orientation.Horizontal)
        self.length.setRange(0, len(_LENGTHS) - 1)
        self.length.setValue(_LENGTHS.index(TrajectoryLook().length))
        self.length.setAccessibleName(self.tr("Length of the trajectories"))
        self._more = QWidget()
        form = QFormLayout(self._more)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("Density"), self.density)
        form.addRow(self.tr("Length"), self.length)
        form.addRow(TimeLegend())
        self.export = QPushButton(self.tr("Export trajectories…"))
        self.export.setToolTip(self.tr("Write them over the photo, as lines, or as arrays"))
        self.export.clicked.connect(self.export_wanted)
        form.addRow(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.visible)
        column.addWidget(self._more)
        self._more.hide()
        self.visible.toggled.connect(self._more.setVisible)
        self.visible.toggled.connect(self.shown)
        self.density.valueChanged.connect(self._chosen)
        self.length.valueChanged.connect(self._chosen)
        self._chosen()

    @property
    def look(self) -> TrajectoryLook:
        """What the sliders say."""
        return TrajectoryLook(_WIDEST - self.density.value(), _LENGTHS[self.length.value()])

    def _chosen(self) -> None:
        look = self.look
        self.length.setToolTip(
            self.tr("{length} times as long as the real way").format(
                length=decimal(look.length, None)
            )
        )
        self.look_chosen.emit(look)
