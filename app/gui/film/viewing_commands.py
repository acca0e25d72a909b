"""The commands on how a film is looked at and handed on: layout, full screen, clipboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.gui.controller import Controller
from app.gui.film.film_clipboard import FilmClipboard
from app.gui.film.frame_export import FrameExport
from app.gui.film.picture_splitter import ARRANGEMENTS, ViewLink
from app.gui.film.theatre import Theatre
from app.gui.jobs import Film
from app.gui.program.preferences import Preferences
from app.gui.workspace import Workspace

_NEED_A_FILM = ("save_frame", "copy_frame", "copy_film", "theatre")
_IN_THE_THEATRE = ("play", "previous", "next", "slower", "faster", "copy_frame", "copy_film")


class ViewingCommands(QObject):
    """Connects the actions to the views and the clipboard, and keeps them true."""

    def __init__(
        self,
        actions: dict[str, QAction],
        controller: Controller,
        workspace: Workspace,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._controller = controller
        self._workspace = workspace
        self._preferences = preferences
        film = workspace.film_panel
        self.clipboard = FilmClipboard(controller, film.player, self)
        self.frame_export = FrameExport(controller, film.player, workspace)
        self.link = ViewLink(workspace.canvas, film.view, self)
        self.theatre: Theatre | None = None
        self._window_keys = actions["full_screen"].shortcuts()
        self._film_keys = actions["theatre"].shortcuts()
        doings: dict[str, Callable[[], object]] = {
            "save_frame": self.frame_export.ask,
            "copy_frame": self.clipboard.copy_frame,
            "copy_film": self.clipboard.copy_film,
            "theatre": self.show_theatre,
        }
        for name, doing in doings.items():
            actions[name].triggered.connect(lambda _=False, doing=doing: doing())
        for name in ARRANGEMENTS:
            actions[f"layout_{name}"].triggered.connect(
                lambda _=False, name=name: preferences.set_layout(name)
            )
        actions["link_views"].toggled.connect(preferences.set_linked_views)
        preferences.changed.connect(self._preference_changed)
        self._arrange()
        self._link()
        self.show_film()

    def show_film(self) -> None:
        """Offer what can be done with a film while it, and no preview, is shown."""
        for name in _NEED_A_FILM:
            self._actions[name].setEnabled(self._film() is not None)
        if self._film() is None:
            self.close_theatre()
        # The film's key fills the screen with the window while there is no film.
        spare = self._film_keys if self._film() is None else []
        self._actions["full_screen"].setShortcuts([*self._window_keys, *spare])

    def show_theatre(self) -> None:
        """Show the film alone on the whole screen."""
        film = self._film()
        if film is None or self.theatre is not None:
            return
        self.theatre = Theatre(
            film, self._workspace.film_panel, [self._actions[name] for name in _IN_THE_THEATRE]
        )
        self.theatre.destroyed.connect(self._forget_theatre)
        self.theatre.showFullScreen()
        self.theatre.activateWindow()

    def close_theatre(self) -> None:
        """Leave the full screen, if it is shown."""
        if self.theatre is not None:
            self.theatre.close()

    def _preference_changed(self, name: str) -> None:
        if name == "layout":
            self._arrange()
        elif name == "linked_views":
            self._link()

    def _arrange(self) -> None:
        arrangement = self._preferences.layout()
        self._actions[f"layout_{arrangement}"].setChecked(True)
        self._workspace.splitter.arrange(arrangement)

    def _link(self) -> None:
        linked = self._preferences.linked_views()
        self._actions["link_views"].setChecked(linked)
        self.link.set_linked(linked)

    def _forget_theatre(self) -> None:
        self.theatre = None

    def _film(self) -> Film | None:
        film = self._controller.film
        return film if self._workspace.film_panel.film is film else None
