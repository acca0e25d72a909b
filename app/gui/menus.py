"""Menus that are filled when they open: recent files, and what can be done with a region."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.gui.program.language import translate
from app.gui.program.preferences import Preferences

_FOR_A_REGION = (
    "rename",
    "hide_region",
    "lock_region",
    "",
    "forward",
    "backward",
    "",
    "duplicate",
    "make_room",
    "delete",
)
_FOR_THE_PHOTO = ("whole_photo", "select_all", "", "fit", "actual")


class RecentMenu(QMenu):
    """The files opened lately; emits `chosen(path)`."""

    chosen = Signal(object)

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(translate("RecentMenu", "Open &recent"), parent)
        self._preferences = preferences
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for path in self._preferences.recent():
            action = self.addAction(str(path).replace("&", "&&"))
            action.setEnabled(path.exists())
            action.triggered.connect(lambda _=False, path=path: self._choose(path))
        if self.isEmpty():
            self.addAction(self.tr("Nothing yet")).setEnabled(False)
        else:
            self.addSeparator()
            self.addAction(self.tr("&Clear this list"), self._preferences.clear_recent)

    def _choose(self, path: Path) -> None:
        self.chosen.emit(path)


def context_menu(actions: dict[str, QAction], *, on_region: bool, parent: QWidget) -> QMenu:
    """What can be done where the pointer is: with the selected region, or with the photo."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in _FOR_A_REGION if on_region else _FOR_THE_PHOTO:
        if name:
            menu.addAction(actions[name])
        else:
            menu.addSeparator()
    return menu
