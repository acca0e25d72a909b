"""The film alone, on the whole screen; it plays what the film panel plays."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui.drawing.zoom_view import ZoomView
from app.gui.film.film_panel import FilmPanel
from app.gui.jobs import Film


class _Stage(ZoomView):
    """A picture on black that leaves the keys to the theatre."""

    def drawBackground(self, painter: QPainter, rect: object) -> None:
        """Black, so that nothing competes with the film."""
        painter.fillRect(rect, Qt.GlobalColor.black)  # type: ignore[call-overload]


class Theatre(QWidget):
    """Shows the frames of `film` as `panel` plays them, until Escape or F11.

    Space plays and the arrow keys step; `actions` are the commands whose shortcuts work here, too.
    """

    def __init__(self, film: Film, panel: FilmPanel, actions: Iterable[QAction]) -> None:
        super().__init__()
        self._film, self._panel = film, panel
        self.setWindowTitle(self.tr("Film"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = _Stage()
        self.view.setAccessibleName(self.tr("Film in full screen"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.addActions(list(actions))
        panel.player.frame_changed.connect(self._show_frame)
        self._show_frame(panel.player.frame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave, play or step."""
        player = self._panel.player
        key = event.key()
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
        elif key == Qt.Key.Key_Space:
            player.toggle()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            player.step(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop following the player."""
        self._panel.player.frame_changed.disconnect(self._show_frame)
        super().closeEvent(event)

    def _show_frame(self, index: int) -> None:
        if self._panel.film is not self._film:
            self.close()
        elif index < len(self._film.pictures):
            width, height = self._panel.view.picture_size
            self.view.show_picture(self._film.pictures[index], width, height)
