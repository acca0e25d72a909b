"""What the program remembers between runs, kept where the platform keeps settings.

Whatever the settings file holds, every value read here is usable: what is broken or out of range
counts as never chosen. A file that cannot be written costs the memory, not the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from app.gui.theme import THEMES

DEVICES = ("auto", "cuda", "mps", "cpu")
PREVIEW_EDGES = (384, 512, 768, 1024, 1536)
"""Longest sides in pixels at which the live preview may be computed."""
LANGUAGES = ("system", "en", "de")

_MOST_RECENT = 10


class Preferences(QObject):
    """Typed access to the program's `QSettings`; `changed(name)` names the value that changed.

    The names are those of the reading methods, "live_preview" for instance.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = QSettings()

    @property
    def file(self) -> Path:
        """Where the platform keeps the settings (on Windows a place in the registry)."""
        return Path(self._settings.fileName())

    @property
    def writable(self) -> bool:
        """Whether what is set lasts beyond this run."""
        return bool(self._settings.isWritable())

    def recent(self) -> list[Path]:
        """Files opened lately, the latest first."""
        stored = self._settings.value("recent", [])
        # A list of one comes back from some formats as the one value itself.
        values = stored if isinstance(stored, list) else [stored]
        return [Path(str(value)) for value in values if value]

    def add_recent(self, path: Path) -> None:
        """Put a file at the head of the list."""
        path = path.absolute()
        kept = [path, *(other for other in self.recent() if other != path)]
        self._set("recent", "recent", [str(item) for item in kept[:_MOST_RECENT]])

    def clear_recent(self) -> None:
        """Forget the files opened lately."""
        self._set("recent", "recent", [])

    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        return self._one_of("theme", THEMES)

    def set_theme(self, theme: str) -> None:
        """Remember the theme."""
        self._set("theme", "theme", theme)

    def language(self) -> str:
        """One of `LANGUAGES`; "system" follows the platform."""
        return self._one_of("language", LANGUAGES)

    def set_language(self, language: str) -> None:
        """Remember the language; it shows when the program is started again."""
        self._set("language", "language", language)

    def device(self) -> str:
        """Where networks run, one of `DEVICES`."""
        return self._one_of("device", DEVICES)

    def set_device(self, device: str) -> None:
        """Remember the device."""
        self._set("device", "device", device)

    def weights(self) -> str:
        """The weights, by name or path, with which photos without a project begin."""
        return str(self._settings.value("weights") or "decomposer-default")

    def set_weights(self, weights: str) -> None:
        """Remember the weights for new photos."""
        self._set("weights", "weights", weights)

    def live_preview(self) -> bool:
        """Whether every edit is animated at once in a small, fast preview."""
        return self._flag("preview/live", True)

    def set_live_preview(self, live: bool) -> None:
        """Remember whether edits are previewed."""
        self._set("live_preview", "preview/live", live)

    def preview_edge(self) -> int:
        """The longest side of the live preview in pixels, one of `PREVIEW_EDGES`."""
        edge = self._number("preview/edge", 768, PREVIEW_EDGES[0], PREVIEW_EDGES[-1])
        return min(PREVIEW_EDGES, key=lambda known: abs(known - edge))

    def set_preview_edge(self, edge: int) -> None:
        """Remember the size of the live preview."""
        self._set("preview_edge", "preview/edge", edge)

    def colours(self) -> str:
        """The colour set of the directions, one of `app.gui.glyphs.COLOURS`."""
        return self._one_of("colours", ("figure", "distinct"))

    def set_colours(self, name: str) -> None:
        """Remember the colour set."""
        self._set("colours", "colours", name)

    def opacity(self) -> int:
        """How strongly the guidance covers the photo, in percent."""
        return self._number("overlay/opacity", 45, 0, 100)

    def set_opacity(self, percent: int) -> None:
        """Remember the overlay's opacity."""
        self._set("opacity", "overlay/opacity", percent)

    def geometry(self) -> QByteArray | None:
        """The window's place and size as Qt stores it."""
        return self._bytes("window/geometry")

    def set_geometry(self, geometry: QByteArray) -> None:
        """Remember the window's place and size."""
        self._set("geometry", "window/geometry", geometry)

    def _set(self, name: str, key: str, value: object) -> None:
        if self._settings.value(key) == value:
            return
        self._settings.setValue(key, value)
        self.changed.emit(name)

    def _one_of(self, key: str, known: Sequence[str]) -> str:
        """A stored word; the first of `known` where it is none of them."""
        value = str(self._settings.value(key, known[0]))
        return value if value in known else known[0]

    def _flag(self, key: str, default: bool) -> bool:
        # Text formats give back "true" and "false".
        stored = str(self._settings.value(key, default)).lower()
        return default if stored not in ("true", "false") else stored == "true"

    def _number(self, key: str, default: int, lowest: int, highest: int) -> int:
        try:
            value = int(str(self._settings.value(key, default)))
        except ValueError:
            return default
        return min(max(value, lowest), highest)

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else None
