"""Light, dark or as the system says; helps out where the platform knows no colour scheme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

THEMES = ("system", "light", "dark")

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def apply_theme(theme: str) -> None:
    """Show the whole program in one of `THEMES`."""
    QGuiApplication.styleHints().setColorScheme(_SCHEMES[theme])
    QGuiApplication.setPalette(QPalette())
    shown_dark = is_dark(QGuiApplication.palette())
    # Bare X11 and the offscreen platform know no colour scheme and keep what they had.
    if theme == "dark" and not shown_dark:
        QGuiApplication.setPalette(_palette(46, 30, 232, -14))
    elif theme == "light" and shown_dark:
        QGuiApplication.setPalette(_palette(239, 255, 20, 8))


def is_dark(palette: QPalette) -> bool:
    """Whether a palette is a dark one."""
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def _palette(window: int, base: int, text: int, lift: int) -> QPalette:
    """A neutral palette; the numbers are grey levels, `lift` sets alternate rows apart."""

    def grey(level: int) -> QColor:
        return QColor(level, level, level)

    roles = QPalette.ColorRole
    # Light, mid and shadow shades are derived from the button colour.
    palette = QPalette(grey(window + 10 if window < 128 else window), grey(window))
    for role, colour in (
        (roles.WindowText, grey(text)),
        (roles.Text, grey(text)),
        (roles.ButtonText, grey(text)),
        (roles.Base, grey(base)),
        (roles.AlternateBase, grey(base - lift)),
        (roles.ToolTipBase, grey(base)),
        (roles.ToolTipText, grey(text)),
        (roles.PlaceholderText, grey((2 * text + window) // 3)),
        (roles.Highlight, QColor(42, 130, 218)),
        (roles.HighlightedText, grey(255)),
        (roles.Accent, QColor(42, 130, 218)),
        (roles.Link, QColor(90, 170, 255) if window < 128 else QColor(0, 90, 180)),
    ):
        palette.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, grey((text + window) // 2))
    palette.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, grey((text + window) // 2))
    return palette
