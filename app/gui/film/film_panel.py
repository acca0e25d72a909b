"""The film beside the photo, with its controls: play, step, scrub, speed, loop style."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.gui.caption import Caption
from app.gui.drawing.pyramid import Pyramid
from app.gui.film.clock import LOOPS, Cadence
from app.gui.film.film_view import FilmView
from app.gui.film.player import Player
from app.gui.film.preview_job import Layers, Preview
from app.gui.jobs import Film
from app.gui.program.icons import line_icon
from app.gui.program.language import marked, translate

LOOP_NAMES = {
    "loop": marked("Loops", "Loop"),
    "pingpong": marked("Loops", "Back and forth"),
    "once": marked("Loops", "Once"),
}
"""How films repeat, to be translated in the context "Loops"."""


class FilmPanel(QWidget):
    """Shows a film; `played_as(fps, loop)` tells when the person changed how it plays.

    `frame_shown(layers)` tells which pictures lie where on the photo now, see `Layers`.

    `controls` is a widget of its own, for the page to place.
    """

    played_as = Signal(float, str)
    frame_shown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._film: Film | Preview | None = None
        self.player = Player(self)
        self.controls = QWidget()
        self.controls.setAccessibleName(self.tr("Film controls"))
        self.view = FilmView()
        self.caption = Caption()
        self.play_button = self._button(self.tr("Play or pause (K)"), self.player.toggle)
        self.back_button = self._button(self.tr("Previous frame (,)"), lambda: self.player.step(-1))
        self.wipe_button = self._button(self.tr("Compare photo and film (C)"), lambda: None)
        self.wipe_button.setCheckable(True)
        self.wipe_button.toggled.connect(self.view.set_wiping)
        self.next_button = self._button(self.tr("Next frame (.)"), lambda: self.player.step(1))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Frame of the film"))
        self.slider.setPageStep(1)
        self.position = QLabel("0 / 0")
        self.position.setMinimumWidth(self.fontMetrics().horizontalAdvance("00 / 00 "))
        self.position.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.fps = QDoubleSpinBox()
        self.fps.setRange(1.0, 60.0)
        self.fps.setDecimals(0)
        self.fps.setSuffix(self.tr(" fps"))
        self.fps.setAccessibleName(self.tr("Frames per second"))
        self.fps.setKeyboardTracking(False)
        self.loop = QComboBox()
        self.loop.setAccessibleName(self.tr("How the film repeats"))
        for name in LOOPS:
            self.loop.addItem(translate("Loops", LOOP_NAMES[name]), name)
        self._lay_out()
        self._connect()
        self._refresh_icons()

    @property
    def film(self) -> Film | Preview | None:
        """The film or the preview shown."""
        return self._film

    def show_film(
        self, film: Film | Preview | None, photo: Pyramid | None, width: int, height: int
    ) -> None:
        """Show another film of a photo of `width` x `height` pixels.

        It plays, unless the one before it was paused: then it stays at the same frame.
        """
        resting = self._film is not None and not self.player.playing
        self._film = film
        if film is None:
            self.player.set_cadence(Cadence(0))
            self.view.show_layers(())
            self.view.show_picture(None)
            self.view.set_photo(None)
            self.frame_shown.emit(())
            return
        with QSignalBlocker(self.view):
            if isinstance(film, Preview):
                self.view.show_picture(photo, width, height)
            else:
                self.view.show_layers(())
                self.view.show_picture(film.pictures[0], width, height)
            self.view.set_photo(photo)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, len(film.pictures) - 1)
        cadence = Cadence(len(film.pictures), self.fps.value(), self._loop())
        if cadence == self.player.cadence:
            # Played on without a hitch: only the pictures are others.
            self._show_frame(self.player.frame)
        else:
            self.player.set_cadence(cadence)
        if not resting:
            self.player.play()

    def show_playing(self, fps: float, loop: str) -> None:
        """Set speed and loop style without reporting them as the person's choice."""
        with QSignalBlocker(self.fps), QSignalBlocker(self.loop):
            self.fps.setValue(fps)
            self.loop.setCurrentIndex(max(self.loop.findData(loop), 0))
        self._change_cadence()

    def change_speed(self, factor: float) -> None:
        """Play faster or slower by a factor, by at least one frame per second."""
        fps = self.fps.value()
        step = max(abs(round(fps * factor) - fps), 1.0)
        self.fps.setValue(fps + step if factor > 1 else fps - step)

    def set_caption(self, text: str, explanation: str, *, outdated: bool) -> None:
        """The line above the film; an outdated film says so in words and in bold."""
        self.caption.say(text)
        self.caption.explain(explanation)
        font = self.caption.font()
        font.setBold(outdated)
        self.caption.setFont(font)

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the icons in the colours of a new theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
        super().changeEvent(event)

    def _button(self, name: str, clicked) -> QToolButton:  # type: ignore[no-untyped-def]
        button = QToolButton()
        button.setAutoRaise(True)
        button.setToolTip(name)
        button.setAccessibleName(name.rsplit(" (", 1)[0])
        button.clicked.connect(clicked)
        return button

    def _lay_out(self) -> None:
        controls = QHBoxLayout(self.controls)
        controls.setContentsMargins(8, 4, 8, 6)
        controls.setSpacing(4)
        for widget in (self.back_button, self.play_button, self.next_button):
            controls.addWidget(widget)
        controls.addWidget(self.slider, 1)
        controls.addWidget(self.position)
        controls.addSpacing(6)
        controls.addWidget(self.wipe_button)
        controls.addWidget(self.fps)
        controls.addWidget(self.loop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.caption)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        self.player.frame_changed.connect(self._show_frame)
        self.player.playing_changed.connect(lambda _playing: self._refresh_icons())
        self.view.step_wanted.connect(self.player.step)
        self.slider.valueChanged.connect(self.player.show_frame)
        self.fps.valueChanged.connect(self._chosen)
        self.loop.currentIndexChanged.connect(self._chosen)

    def _chosen(self) -> None:
        self._change_cadence()
        self.played_as.emit(self.fps.value(), self._loop())

    def _change_cadence(self) -> None:
        if self._film is not None:
            cadence = Cadence(len(self._film.pictures), self.fps.value(), self._loop())
            if cadence != self.player.cadence:
                self.player.set_cadence(cadence)

    def _loop(self) -> str:
        return str(self.loop.currentData())

    def _show_frame(self, index: int) -> None:
        if self._film is None:
            return
        layers: Layers
        if isinstance(self._film, Preview):
            layers = self._film.layers(index)
            self.view.show_layers(layers)
        else:
            width, height = self.view.picture_size
            layers = ((self._film.pictures[index], QRectF(0, 0, width, height)),)
            self.view.show_picture(self._film.pictures[index], width, height)
        self.frame_shown.emit(layers)
        with QSignalBlocker(self.slider):
            self.slider.setValue(index)
        self.position.setText(f"{index + 1} / {len(self._film.pictures)}")

    def _refresh_icons(self) -> None:
        palette = self.palette()
        self.play_button.setIcon(line_icon("pause" if self.player.playing else "play", palette))
        self.back_button.setIcon(line_icon("step-back", palette))
        self.wipe_button.setIcon(line_icon("wipe", palette))
        self.next_button.setIcon(line_icon("step-forward", palette))
