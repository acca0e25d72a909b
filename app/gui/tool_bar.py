"""The tool bar: buttons of commands, and the size of the brush while a brush is held."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSpinBox, QToolBar, QToolButton, QWidget

from app.gui.program.language import translate

_WITH_WORDS = ("animate", "export")


class ToolBar(QToolBar):
    """`brush_chosen(radius)` tells that the person set the brush's size, in photo pixels."""

    brush_chosen = Signal(float)

    def __init__(
        self,
        actions: dict[str, QAction],
        groups: Iterable[Iterable[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(translate("ToolBar", "Commands"), parent)
        self.setObjectName("commands")
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.brush = QSpinBox()
        self.brush.setRange(2, 4000)
        self.brush.setSuffix(self.tr(" px"))
        self.brush.setKeyboardTracking(False)
        self.brush.setToolTip(self.tr("Width of the brush ([ and ])"))
        self.brush.setAccessibleName(self.tr("Width of the brush in photo pixels"))
        self.brush.valueChanged.connect(lambda width: self.brush_chosen.emit(width / 2))
        self._brush_action = QAction(self)
        for index, names in enumerate(groups):
            if index:
                self.addSeparator()
            for name in names:
                self.addAction(actions[name])
                button = self.widgetForAction(actions[name])
                if name in _WITH_WORDS and isinstance(button, QToolButton):
                    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
                if name == "eraser":
                    self._brush_action = self.addWidget(self.brush)
        self.show_brush_size(False)

    def show_brush(self, radius: float) -> None:
        """Show another size of the brush; not reported as the person's choice."""
        with QSignalBlocker(self.brush):
            self.brush.setValue(round(2 * radius))

    def show_brush_size(self, shown: bool) -> None:
        """Show the size while it matters."""
        self._brush_action.setVisible(shown)
