"""What is seen beside the photo: a film or a preview, what is said of it, and how it plays."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.gui.controller import Controller
from app.gui.film.film_caption import describe_film, explain_film
from app.gui.film.film_commands import FilmCommands
from app.gui.film.preview_job import Preview
from app.gui.film.viewing_commands import ViewingCommands
from app.gui.workspace import Workspace


class FilmDisplay(QObject):
    """Keeps the pictures of the workspace true to the controller's photo and film."""

    def __init__(
        self,
        actions: dict[str, QAction],
        controller: Controller,
        workspace: Workspace,
        films: FilmCommands,
        viewing: ViewingCommands,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._controller = controller
        self._workspace = workspace
        self._films = films
        self._viewing = viewing
        controller.picture_changed.connect(self._show_picture)
        controller.film_changed.connect(self._show_film)
        controller.editor.choices_changed.connect(self._show_choices)
        workspace.film_panel.played_as.connect(self._film_played_as)

    def _show_picture(self) -> None:
        picture = self._controller.picture
        self._workspace.canvas.show_picture(picture)
        if picture is not None:
            self._workspace.splitter.show_aspect(picture.width / picture.height)

    def _show_film(self) -> None:
        controller, workspace, viewing = self._controller, self._workspace, self._viewing
        panel = workspace.film_panel
        film, document = self._films.shown, controller.editor.document
        self._actions["export"].setEnabled(controller.film is not None)
        self._films.show_film()
        if film is None or document is None:
            if workspace.film_beside:
                panel.show_film(None, None, 0, 0)
                workspace.show_film_beside(False)
            viewing.show_film()
            return
        if not workspace.film_beside:
            workspace.show_film_beside(True)
        if panel.film is not film:
            panel.show_film(film, controller.picture, document.width, document.height)
            viewing.link.align()
            viewing.show_film()
        outdated = controller.film_outdated and not isinstance(film, Preview)
        text = describe_film(film, outdated=outdated, behind=controller.live.behind)
        panel.set_caption(text, explain_film(film, outdated=outdated), outdated=outdated)

    def _show_choices(self) -> None:
        document = self._controller.editor.document
        if document is not None:
            self._workspace.film_panel.show_playing(document.choices.fps, document.choices.loop)

    def _film_played_as(self, fps: float, loop: str) -> None:
        document = self._controller.editor.document
        if document is not None:
            self._controller.editor.set_choices(replace(document.choices, fps=fps, loop=loop))
