"""Icons: the line drawings of `resources/icons` in the palette's colour, and the program's mark."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.assets import asset

_SIZES = (16, 20, 24, 32, 48, 64)


def line_icon(name: str, palette: QPalette) -> QIcon:
    """The drawing `name` with its `currentColor` taken from the palette, dimmed when disabled."""
    text = asset("resources", "icons", f"{name}.svg").read_text(encoding="utf-8")
    icon = QIcon()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        colour = palette.color(group, QPalette.ColorRole.ButtonText)
        _add_drawing(icon, text.replace("currentColor", colour.name()), mode)
    return icon


def program_icon() -> QIcon:
    """The mark of the program, for windows and the welcome screen."""
    icon = QIcon()
    text = asset("resources", "icons", "unspool.svg").read_text(encoding="utf-8")
    _add_drawing(icon, text, QIcon.Mode.Normal)
    return icon


def _add_drawing(icon: QIcon, svg: str, mode: QIcon.Mode) -> None:
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(QColor(Qt.GlobalColor.transparent))
        with QPainter(pixmap) as painter:
            renderer.render(painter, QRectF(0, 0, size, size))
        icon.addPixmap(pixmap, mode)
