"""What the program remembers between runs, kept where the platform keeps settings.

Whatever the settings file holds, every value read here is usable: what is broken or out of range
counts as never chosen. A file that cannot be written costs the memory, not the program.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from app.film_defaults import DEFAULT_SHARPENING, MOST_SHARPENED
from app.gui.film.picture_splitter import ARRANGEMENTS
from app.gui.program.theme import THEMES

DEVICES = ("auto", "cuda", "mps", "cpu")
PREVIEW_EDGES = (384, 512, 768, 1024, 1536)
"""Longest sides in pixels at which the live preview may be computed."""
LANGUAGES = ("system", "en", "de")

MOST_SHARPENING = round(100 * MOST_SHARPENED)
_SHARPENING = round(100 * DEFAULT_SHARPENING)
_MOST_RECENT = 10


@dataclass(frozen=True)
class LastPhoto:
    """What was open when the program was used last; all paths are absolute.

    `project` and `folder` are None where there was none; `view` is (scale in viewport pixels per
    photo pixel, x, y of the photo point in the middle), None while the whole photo was seen.
    """

    photo: Path
    project: Path | None = None
    folder: Path | None = None
    view: tuple[float, float, float] | None = None

    @property
    def path(self) -> Path:
        """What has to be opened: the project, where there is one."""
        return self.project if self.project is not None and self.project.exists() else self.photo


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

    def guesser(self) -> str:
        """The weights, by name or path, that tell what moved; empty takes the best there are."""
        return str(self._settings.value("weights_guesser") or "")

    def set_guesser(self, weights: str) -> None:
        """Remember the weights for suggestions."""
        self._set("guesser", "weights_guesser", weights)

    def tracer(self) -> str:
        """The weights, by name or path, that find trajectories; empty takes the shipped ones."""
        return str(self._settings.value("weights_tracer") or "")

    def set_tracer(self, weights: str) -> None:
        """Remember the weights for trajectories."""
        self._set("tracer", "weights_tracer", weights)

    def live_preview(self) -> bool:
        """Whether every edit is animated at once in a small, fast preview."""
        return self._flag("preview/live", True)

    def set_live_preview(self, live: bool) -> None:
        """Remember whether edits are previewed."""
        self._set("live_preview", "preview/live", live)

    def preview_seen(self) -> bool:
        """Whether the preview is of what is in view, where one is zoomed in."""
        return self._flag("preview/seen", True)

    def set_preview_seen(self, seen: bool) -> None:
        """Remember whether the preview follows the view."""
        self._set("preview_seen", "preview/seen", seen)

    def preview_edge(self) -> int:
        """The longest side of the live preview in pixels, one of `PREVIEW_EDGES`."""
        edge = self._number("preview/edge", 768, PREVIEW_EDGES[0], PREVIEW_EDGES[-1])
        return min(PREVIEW_EDGES, key=lambda known: abs(known - edge))

    def set_preview_edge(self, edge: int) -> None:
        """Remember the size of the live preview."""
        self._set("preview_edge", "preview/edge", edge)

    def sharpening(self) -> int:
        """How much of their fine detail is added to films and previews, in percent."""
        return self._number("film/sharpening", _SHARPENING, 0, MOST_SHARPENING)

    def set_sharpening(self, percent: int) -> None:
        """Remember how much films are sharpened."""
        self._set("sharpening", "film/sharpening", percent)

    def colours(self) -> str:
        """The colour set of the directions, one of `app.gui.drawing.glyphs.COLOURS`."""
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

    def layout(self) -> str:
        """How photo and film are arranged, one of `app.gui.film.picture_splitter.ARRANGEMENTS`."""
        return self._one_of("view/layout", ARRANGEMENTS)

    def set_layout(self, arrangement: str) -> None:
        """Remember the arrangement of photo and film."""
        self._set("layout", "view/layout", arrangement)

    def linked_views(self) -> bool:
        """Whether photo and film look at the same place."""
        return self._flag("view/linked", True)

    def set_linked_views(self, linked: bool) -> None:
        """Remember whether photo and film move together."""
        self._set("linked_views", "view/linked", linked)

    def geometry(self) -> QByteArray | None:
        """The window's place and size as Qt stores it."""
        return self._bytes("window/geometry")

    def set_geometry(self, geometry: QByteArray) -> None:
        """Remember the window's place and size."""
        self._set("geometry", "window/geometry", geometry)

    def docks(self) -> QByteArray | None:
        """Where the window's docks and tool bars are, as Qt stores it."""
        return self._bytes("window/docks")

    def set_docks(self, state: QByteArray) -> None:
        """Remember docks and tool bars."""
        self._set("docks", "window/docks", state)

    def reopen(self) -> bool:
        """Whether the last photo is opened again at the next start."""
        return self._flag("session/reopen", True)

    def set_reopen(self, reopen: bool) -> None:
        """Remember whether to open the last photo again."""
        self._set("reopen", "session/reopen", reopen)

    def reopening(self) -> bool:
        """Whether the program ended while it opened the last photo again."""
        return self._flag("session/reopening", False)

    def set_reopening(self, under_way: bool) -> None:
        """Note that opening the last photo has begun or ended; on disk at once."""
        if under_way != self.reopening():
            self._set("reopening", "session/reopening", under_way)
            self._settings.sync()

    def last_photo(self) -> LastPhoto | None:
        """What was open last, or None."""
        try:
            stored = json.loads(str(self._settings.value("session/last", "")))
            view = stored["view"]
            if view is not None:
                scale, x, y = (float(number) for number in view)
                view = (scale, x, y) if 0 < scale < 1000 else None
            project, folder = stored["project"], stored["folder"]
            return LastPhoto(
                Path(stored["photo"]),
                Path(project) if project else None,
                Path(folder) if folder else None,
                view,
            )
        except (ValueError, TypeError, KeyError):
            return None

    def set_last_photo(self, last: LastPhoto | None) -> None:
        """Remember what is open."""
        stored = "" if last is None else json.dumps(asdict(last), default=str)
        self._set("last_photo", "session/last", stored)

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
