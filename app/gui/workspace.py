"""The page on which one works: photo and film side by side, their controls, and the side panel.

It only arranges widgets; the window connects them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.gui.caption import Caption
from app.gui.controller import Controller
from app.gui.discover.suggestion_strip import SuggestionStrip
from app.gui.discover.trajectory_panel import TrajectoryPanel
from app.gui.drawing.canvas import Canvas
from app.gui.drawing.region_list import RegionList
from app.gui.editor import Editor
from app.gui.film.film_panel import FilmPanel
from app.gui.film.loupe import Loupe
from app.gui.film.picture_splitter import PictureSplitter
from app.gui.panels import Compass, DistancePanel, FilmSettings, OverlayPanel

_SIDE_WIDTH = 288


class Workspace(QWidget):
    """Holds the canvas, the film and the panels."""

    def __init__(
        self, editor: Editor, controller: Controller, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.canvas = Canvas(editor)
        self.film_panel = FilmPanel()
        self.compass = Compass(editor)
        self.distance = DistancePanel(editor, controller)
        self.region_list = RegionList(editor)
        self.overlay_panel = OverlayPanel()
        self.trajectory_panel = TrajectoryPanel()
        self.suggestion_strip = SuggestionStrip()
        self.film_settings = FilmSettings(editor, controller)
        self.photo_caption = Caption()
        self.splitter = PictureSplitter()
        self.splitter.addWidget(self._photo())
        self.splitter.addWidget(self.film_panel)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(6)
        self.loupe = Loupe(self.splitter, self)
        pictures = QVBoxLayout()
        pictures.setSpacing(0)
        pictures.addWidget(self.splitter, 1)
        # Below both pictures, so that they are of one height and show the same part.
        pictures.addWidget(self.film_panel.controls)
        pictures.addWidget(self.suggestion_strip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(pictures, 1)
        row.addWidget(self._side())
        self.show_film_beside(False)

    @property
    def film_beside(self) -> bool:
        """Whether the film stands beside the photo."""
        return self.film_panel.isVisibleTo(self.splitter)

    def show_film_beside(self, beside: bool) -> None:
        """Show photo and film at equal widths, or the photo alone."""
        self.film_panel.setVisible(beside)
        self.film_panel.controls.setVisible(beside)
        if beside:
            self.splitter.share_evenly()
        if self.canvas.fitted:
            self.canvas.fit()

    def refresh_colours(self) -> None:
        """Draw every direction in the colours chosen now."""
        self.compass.refresh_icons()
        self.region_list.refresh_icons()
        self.canvas.viewport().update()

    def _photo(self) -> QWidget:
        photo = QWidget()
        column = QVBoxLayout(photo)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.photo_caption)
        column.addWidget(self.canvas, 1)
        return photo

    def _side(self) -> QScrollArea:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(_heading(self.tr("Direction")))
        column.addWidget(self.compass)
        column.addWidget(self.distance)
        column.addSpacing(6)
        column.addWidget(_heading(self.tr("Regions, front first")))
        column.addWidget(self.region_list, 1)
        column.addWidget(self.overlay_panel)
        column.addWidget(self.trajectory_panel)
        column.addSpacing(6)
        column.addWidget(_heading(self.tr("Film")))
        column.addWidget(self.film_settings)
        scroll = QScrollArea()
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(_SIDE_WIDTH)
        return scroll


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
