"""What the program remembers between runs, kept where the platform keeps settings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_MOST_RECENT = 10


class Preferences:
    """Typed access to the program's `QSettings`."""

    def __init__(self) -> None:
        self._settings = QSettings()

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
        self._settings.setValue("recent", [str(item) for item in kept[:_MOST_RECENT]])

    def clear_recent(self) -> None:
        """Forget the files opened lately."""
        self._settings.remove("recent")

    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        return str(self._settings.value("theme", "system"))

    def set_theme(self, theme: str) -> None:
        """Remember the theme."""
        self._settings.setValue("theme", theme)

    def colours(self) -> str:
        """The colour set of the directions, one of `app.gui.glyphs.COLOURS`."""
        return str(self._settings.value("colours", "figure"))

    def set_colours(self, name: str) -> None:
        """Remember the colour set."""
        self._settings.setValue("colours", name)

    def opacity(self) -> int:
        """How strongly the guidance covers the photo, in percent."""
        try:
            return min(max(int(str(self._settings.value("overlay/opacity", 45))), 0), 100)
        except ValueError:
            return 45

    def set_opacity(self, percent: int) -> None:
        """Remember the overlay's opacity."""
        self._settings.setValue("overlay/opacity", percent)

    def geometry(self) -> QByteArray | None:
        """The window's place and size as Qt stores it."""
        value = self._settings.value("window/geometry")
        return value if isinstance(value, QByteArray) else None

    def set_geometry(self, geometry: QByteArray) -> None:
        """Remember the window's place and size."""
        self._settings.setValue("window/geometry", geometry)
