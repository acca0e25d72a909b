"""Who finds suggestions and trajectories: the weights that are wished for, or what is there."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.gui.discover.discoveries import Discoveries
from app.gui.discover.suggesting import offer_suggestions
from app.gui.discover.tracing import offer_trajectories
from app.gui.program.preferences import Preferences


class Offers(QObject):
    """Registers the finders with `discoveries`, and others when the settings change."""

    def __init__(
        self, discoveries: Discoveries, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._discoveries = discoveries
        self._preferences = preferences
        self._offer("guesser")
        self._offer("tracer")
        preferences.changed.connect(self._offer)

    def _offer(self, name: str) -> None:
        if name == "guesser":
            offer_suggestions(self._discoveries, self._preferences.guesser())
        elif name == "tracer":
            offer_trajectories(self._discoveries, self._preferences.tracer())
