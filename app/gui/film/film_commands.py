"""The Film commands and what belongs to them: playing, comparing, suggestions, trajectories.

Making and exporting films is the window's; this connects what is seen of them.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QAction, QCursor

from app.gui.controller import Controller
from app.gui.discover.trajectory_export import TrajectoryExport
from app.gui.discover.trajectory_overlay import TrajectoryLayer
from app.gui.film.heat import HeatMap
from app.gui.film.preview_job import Preview
from app.gui.film.preview_part import Sight, sight_of
from app.gui.jobs import Film
from app.gui.program.preferences import Preferences
from app.gui.workspace import Workspace

_NEED_A_FILM = ("play", "previous", "next", "slower", "faster", "wipe")


class FilmCommands(QObject):
    """Connects the actions to the player, the strip and the overlays, and keeps them true."""

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
        film, found = workspace.film_panel, controller.discoveries
        doings: dict[str, Callable[[], object]] = {
            "play": film.player.toggle,
            "previous": lambda: film.player.step(-1),
            "next": lambda: film.player.step(1),
            "slower": lambda: film.change_speed(0.8),
            "faster": lambda: film.change_speed(1.25),
            "suggest": found.suggest,
            "blurred": self._outline,
        }
        for name, doing in doings.items():
            actions[name].triggered.connect(lambda _=False, doing=doing: doing())
        actions["wipe"].toggled.connect(film.wipe_button.setChecked)
        film.wipe_button.toggled.connect(actions["wipe"].setChecked)
        self.trajectories = TrajectoryLayer(controller.background.assistant, self)
        self._connect_discoveries()
        self._connect_preview()
        self.heat = HeatMap(controller.background.assistant, self)
        self._connect_judging()
        self.show_offers()

    @property
    def shown(self) -> Film | Preview | None:
        """What is seen beside the photo: a true film, else the preview, else the film outdated."""
        controller = self._controller
        if controller.film_current or controller.live.preview is None:
            return controller.film
        return controller.live.preview

    def show_film(self) -> None:
        """Offer what can be done with a film while there is one."""
        for name in _NEED_A_FILM:
            self._actions[name].setEnabled(self.shown is not None)
        self._actions["loupe"].setEnabled(self._controller.picture is not None)
        self._actions["heat"].setEnabled(self._controller.film_current)
        self._judge()

    def show_offers(self) -> None:
        """Show the commands whose work somebody has offered to do, and hide the others."""
        found = self._controller.discoveries
        opened = self._controller.editor.document is not None
        offers = {
            "suggest": found.can_suggest,
            "blurred": found.can_outline,
            "trajectories": found.can_trace,
        }
        for name, offered in offers.items():
            self._actions[name].setVisible(offered)
            self._actions[name].setEnabled(offered and opened)
        self._workspace.trajectory_panel.setVisible(found.can_trace)

    def _connect_preview(self) -> None:
        action, live, preferences = (
            self._actions["live_preview"],
            self._controller.live,
            self._preferences,
        )
        seen, panel = self._actions["preview_seen"], self._workspace.film_panel
        action.toggled.connect(preferences.set_live_preview)
        action.toggled.connect(seen.setEnabled)
        seen.toggled.connect(preferences.set_preview_seen)
        preferences.changed.connect(self._preference_changed)
        for view in (self._workspace.canvas, panel.view):
            view.view_changed.connect(live.look_around)
        action.setChecked(preferences.live_preview())
        seen.setChecked(preferences.preview_seen())
        seen.setEnabled(action.isChecked())
        live.follow(self._sight if preferences.preview_seen() else None)
        live.set_edge(preferences.preview_edge())
        self._controller.set_sharpening(preferences.sharpening() / 100)
        live.set_live(preferences.live_preview())

    def _preference_changed(self, name: str) -> None:
        live, preferences = self._controller.live, self._preferences
        if name == "live_preview":
            self._actions["live_preview"].setChecked(preferences.live_preview())
            live.set_live(preferences.live_preview())
        elif name == "preview_edge":
            live.set_edge(preferences.preview_edge())
        elif name == "sharpening":
            self._controller.set_sharpening(preferences.sharpening() / 100)
        elif name == "preview_seen":
            self._actions["preview_seen"].setChecked(preferences.preview_seen())
            live.follow(self._sight if preferences.preview_seen() else None)

    def _sight(self) -> Sight:
        """What is in view where the film is shown, or will be."""
        workspace = self._workspace
        return sight_of(workspace.film_panel.view if workspace.film_beside else workspace.canvas)

    def _outline(self) -> None:
        self._controller.noticed.emit(self.tr("Looking for what is blurred…"))
        self._controller.discoveries.outline()

    def _connect_judging(self) -> None:
        workspace, loupe = self._workspace, self._workspace.loupe
        self._controller.picture_changed.connect(lambda: loupe.show_photo(self._controller.picture))
        workspace.film_panel.frame_shown.connect(loupe.show_layers)
        for view in (workspace.canvas, workspace.film_panel.view):
            view.pointed_at.connect(self._point_loupe)
        self._actions["loupe"].toggled.connect(self._show_loupe)
        loupe.closed.connect(lambda: self._actions["loupe"].setChecked(False))
        self._actions["heat"].toggled.connect(self._judge)
        self.heat.changed.connect(lambda: workspace.canvas.show_heat(self.heat.picture))
        self.heat.failed.connect(self._controller.failed)

    def _show_loupe(self, shown: bool) -> None:
        workspace = self._workspace
        if not shown and workspace.loupe.hasFocus():
            workspace.canvas.setFocus()
        workspace.loupe.setVisible(shown)
        workspace.loupe.settle()

    def _point_loupe(self, place: tuple[float, float] | None) -> None:
        loupe, workspace = self._workspace.loupe, self._workspace
        loupe.point_at(place)
        if loupe.isVisible() and place is not None:
            loupe.settle(QPointF(workspace.mapFromGlobal(QCursor.pos())))

    def _judge(self) -> None:
        controller, wanted = self._controller, self._actions["heat"].isChecked()
        document = controller.editor.document
        film = controller.film if wanted and controller.film_current else None
        self.heat.judge(film, document.photo if document else None)

    def _connect_discoveries(self) -> None:
        found, canvas = self._controller.discoveries, self._workspace.canvas
        strip, panel = self._workspace.suggestion_strip, self._workspace.trajectory_panel
        strip.chosen.connect(found.take)
        strip.dismissed.connect(found.dismiss)
        found.suggestions_changed.connect(
            lambda: strip.show_suggestions(found.suggestions, more=found.suggesting)
        )
        found.offers_changed.connect(self.show_offers)
        self._controller.editor.document_replaced.connect(self.show_offers)
        found.failed.connect(self._controller.failed)
        found.outlined.connect(
            lambda: self._controller.noticed.emit(
                self.tr("Outlined what is blurred: press 1 to 4 to say which way it moved.")
            )
        )
        canvas.show_trajectories(self.trajectories)
        canvas.pointed_at.connect(self.trajectories.point_at)
        found.trajectories_changed.connect(lambda: self.trajectories.show_field(found.field))
        self._actions["trajectories"].toggled.connect(panel.visible.setChecked)
        panel.shown.connect(self._actions["trajectories"].setChecked)
        panel.shown.connect(found.set_tracing)
        panel.look_chosen.connect(self.trajectories.set_look)
        self.trajectory_export = TrajectoryExport(self._controller, panel)
        panel.export_wanted.connect(self.trajectory_export.ask)
