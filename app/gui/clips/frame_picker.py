"""The dialog in which one frame of a clip is picked, to be opened as a photo."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import UnspoolError
from app.gui.clips.clip_frames import ClipFrames
from app.gui.clips.clip_jobs import ListedClip, PickedFrame, ShownFrame
from app.gui.clips.frame_strip import EDGE, FrameStrip
from app.gui.drawing.zoom_view import ZoomView
from app.gui.program.icons import line_icon
from app.gui.program.sentences import told


class FramePicker(QDialog):
    """Emits `chosen(PickedFrame)`; it stays open until it is closed from outside or given up."""

    chosen = Signal(object)

    def __init__(self, clip: ListedClip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clip = clip
        self._shown: int | None = None
        count = len(clip.index)
        self.setWindowTitle(self.tr("Pick a frame of {name}").format(name=clip.path.name))
        self.resize(920, 680)
        self.view = ZoomView()
        self.view.setAccessibleName(self.tr("The frame"))
        # The keys are the slider's, wherever the pointer was last.
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.strip = FrameStrip(count)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Frame of the clip"))
        self.slider.setRange(0, count - 1)
        self.slider.setPageStep(max(1, round(clip.index.info.fps)))
        self.place = QLabel()
        self.back_button = self._step_button("step-back", self.tr("Previous frame"), ",")
        self.forward_button = self._step_button("step-forward", self.tr("Next frame"), ".")
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.hide()
        self.guided = QCheckBox(self.tr("Take &guidance from the frames before and after it"))
        self.guided.setToolTip(
            self.tr("What moves becomes regions that you can edit, undo or replace.")
        )
        self.guided.setChecked(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.open_button = buttons.addButton(
            self.tr("&Open this frame"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.open_button.setDefault(True)
        # While the frame is decoded, Enter waits; it must not cancel.
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        self.frames = ClipFrames(clip, self)
        self.frames.ready.connect(self._ready)
        self.frames.strip_ready.connect(self.strip.show_frame)
        self.frames.failed.connect(self._explain)
        self.slider.valueChanged.connect(self._go_to)
        self.strip.frame_wanted.connect(self.slider.setValue)
        self.back_button.clicked.connect(lambda: self.step(-1))
        self.forward_button.clicked.connect(lambda: self.step(1))
        with QSignalBlocker(self.slider):
            self.slider.setValue(clip.suggested)
        self._go_to(clip.suggested)
        self.frames.fill_strip(self.strip.numbers, EDGE)
        self.slider.setFocus()

    @property
    def shown(self) -> int | None:
        """Number of the frame that is seen, None before the first one."""
        return self._shown

    def step(self, by: int) -> None:
        """Go to the frame that lies so many frames on."""
        self.slider.setValue(self.slider.value() + by)

    def done(self, result: int) -> None:
        """Close; the decoders end before the dialog does."""
        self.frames.stop()
        super().done(result)

    def _step_button(self, icon: str, words: str, key: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(line_icon(icon, self.palette()))
        button.setAccessibleName(words)
        button.setToolTip(f"{words} ({key})")
        # Beside the arrow keys of the slider: those that step through films.
        QShortcut(QKeySequence(key), self, button.click)
        return button

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        scrubber = QHBoxLayout()
        scrubber.addWidget(self.back_button)
        scrubber.addWidget(self.forward_button)
        scrubber.addWidget(self.slider, 1)
        scrubber.addWidget(self.place)
        below = QHBoxLayout()
        below.addWidget(self.guided, 1)
        below.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.view, 1)
        column.addWidget(self.message)
        column.addWidget(self.strip)
        column.addLayout(scrubber)
        column.addLayout(below)

    def _go_to(self, number: int) -> None:
        self.message.hide()
        self.strip.mark(number)
        words = self.tr("Frame {number} of {count} · {time}").format(
            number=number + 1,
            count=len(self._clip.index),
            time=_clock(float(self._clip.index.times[number])),
        )
        self.place.setText(words)
        self.slider.setAccessibleDescription(words)
        self.open_button.setEnabled(self._shown == number)
        self.frames.want(number)

    def _ready(self, frame: ShownFrame) -> None:
        wanted = self.slider.value()
        nearer = self._shown is None or abs(frame.number - wanted) < abs(self._shown - wanted)
        if not nearer and frame.number != wanted:
            return
        # On the way to the wanted frame, nearer ones show where one is.
        self._shown = frame.number
        self.view.show_picture(frame.picture)
        self.open_button.setEnabled(frame.number == wanted)

    def _explain(self, error: BaseException) -> None:
        if not isinstance(error, UnspoolError):
            raise error
        self.message.setText(told(error))
        self.message.show()

    def _choose(self) -> None:
        if self._shown == self.slider.value():
            self.chosen.emit(PickedFrame(self._clip, self._shown, self.guided.isChecked()))


def _clock(seconds: float) -> str:
    """A moment as a player shows it, to a hundredth of a second."""
    hundredths = round(seconds * 100)
    minutes, rest = divmod(hundredths, 6000)
    return f"{minutes}:{rest / 100:05.2f}"
