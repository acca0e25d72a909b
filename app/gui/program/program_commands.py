"""The commands about the program itself: settings, looks, shortcuts, About. No photo, no film."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from app.gui.actions import COMMANDS
from app.gui.controller import Controller
from app.gui.document import RenderChoices
from app.gui.drawing.glyphs import choose_colours
from app.gui.program.about_dialog import AboutDialog
from app.gui.program.device_wish import wish_for_device
from app.gui.program.preferences import Preferences
from app.gui.program.settings_dialog import SettingsDialog
from app.gui.program.shortcuts_dialog import ShortcutsDialog
from app.gui.program.theme import THEMES, apply_theme

_Dialog = TypeVar("_Dialog", bound=QDialog)


class ProgramCommands(QObject):
    """Opens the dialogs, and applies what is set; `colours_changed` asks for a fresh drawing."""

    colours_changed = Signal()

    def __init__(
        self,
        window: QWidget,
        preferences: Preferences,
        actions: dict[str, QAction],
        controller: Controller,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self._actions = actions
        self._controller = controller
        for name, doing in (
            ("settings", self.show_settings),
            ("shortcuts", self.show_shortcuts),
            ("about", self.show_about),
        ):
            actions[name].triggered.connect(lambda _=False, doing=doing: doing())
        for theme in THEMES:
            actions[f"theme_{theme}"].triggered.connect(
                lambda _=False, theme=theme: preferences.set_theme(theme)
            )
        actions["distinct_colours"].toggled.connect(
            lambda distinct: preferences.set_colours("distinct" if distinct else "figure")
        )
        self._applying: dict[str, Callable[[], None]] = {
            "theme": self._apply_theme,
            "colours": self._apply_colours,
            "device": self._apply_device,
            "weights": self._apply_weights,
        }
        preferences.changed.connect(self._apply)

    def apply_all(self) -> None:
        """Bring the program in line with what is set."""
        for apply in self._applying.values():
            apply()

    def show_settings(self) -> SettingsDialog:
        """Open the page of settings."""
        return self._open(
            SettingsDialog(self._preferences, self._controller.background.inference, self._window)
        )

    def show_shortcuts(self) -> ShortcutsDialog:
        """List every command with its keys."""
        return self._open(ShortcutsDialog(COMMANDS, self._actions, self._window))

    def show_about(self) -> AboutDialog:
        """Say what the program is, with versions and log file."""
        return self._open(AboutDialog(self._window))

    def _open(self, dialog: _Dialog) -> _Dialog:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _apply(self, name: str) -> None:
        if name in self._applying:
            self._applying[name]()

    def _apply_theme(self) -> None:
        theme = self._preferences.theme()
        apply_theme(theme)
        self._actions[f"theme_{theme}"].setChecked(True)

    def _apply_colours(self) -> None:
        name = self._preferences.colours()
        choose_colours(name)
        self._actions["distinct_colours"].setChecked(name == "distinct")
        self.colours_changed.emit()

    def _apply_weights(self) -> None:
        self._controller.choices_of_new_photos = RenderChoices(weights=self._preferences.weights())

    def _apply_device(self) -> None:
        wish_for_device(self._preferences.device())
