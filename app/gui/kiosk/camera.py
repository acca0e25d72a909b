"""Taking a photo with the booth's camera, where QtMultimedia and a camera are present.

Webcams hardly blur, so a photo is exposed by us: the stream's frames over a part of a second,
with in-betweens along their flow, are averaged in linear light. The picture lives in a temporary
folder until the visitor is forgotten.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import InputError
from app.gui.drawing.pyramid import build_pyramid
from app.gui.kiosk.pages import button, row, title
from app.gui.kiosk.screen import Screen
from app.gui.program.language import translate
from app.gui.worker import Job, Step, Worker

_COUNTDOWN = 3
_EXPOSURE_FRAMES = 8
_LONGEST = 1280
_BETWEEN = (0.25, 0.5, 0.75)


def multimedia() -> Any:
    """The module QtMultimedia, or None where it is not installed."""
    try:
        from PySide6 import QtMultimedia
    except ImportError:
        return None
    return QtMultimedia


def available() -> bool:
    """Whether there is a camera that can be used."""
    module = multimedia()
    return module is not None and bool(module.QMediaDevices.videoInputs())


def expose_job(frames: tuple[NDArray[np.uint8], ...], folder: Path) -> Job:
    """Average consecutive frames into one exposure; the result is the path of its file."""

    def work(step: Step) -> Path:
        step(translate("Camera", "Exposing"), 0, len(frames))
        from app.engine.interpolate import in_between
        from app.engine.reblur import reblur
        from app.media.photo_writing import write_photo

        film = [frames[0]]
        for number, (first, second) in enumerate(itertools.pairwise(frames), 1):
            step(translate("Camera", "Exposing"), number, len(frames))
            film += [*in_between(first, second, _BETWEEN), second]
        path = folder / "photo.png"
        write_photo(path, reblur(np.stack(film)), overwrite=True)
        return path

    return Job("camera", translate("Camera", "Exposing"), work)


class CameraPage(QWidget):
    """The camera's picture and a shutter: `taken(path)`, `failed(error)`, `back()`."""

    taken = Signal(object)
    failed = Signal(object)
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.screen_ = Screen()
        self.screen_.setAccessibleName(self.tr("Camera"))
        self.back_button = button(self.tr("Back"))
        self.shutter_button = button(self.tr("Take the photo"), primary=True)
        self.back_button.clicked.connect(self.back)
        self.shutter_button.clicked.connect(self._count_down)
        self.title = title(self.tr("Move while the photo is taken"))
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(24)
        column.addWidget(self.title)
        column.addWidget(self.screen_, 1)
        column.addLayout(row(self.back_button, None, self.shutter_button))
        self._frames: deque[NDArray[np.uint8]] = deque(maxlen=_EXPOSURE_FRAMES)
        self._left = 0
        self._wanted = 0
        self._parts: list[Any] = []
        self._folder: Path | None = None
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self._worker: Worker | None = None
        self.sink: Any = None

    def begin(self) -> None:
        """Switch the camera on."""
        module = multimedia()
        if module is None or not module.QMediaDevices.videoInputs():
            self.failed.emit(InputError(self.tr("There is no camera.")))
            return
        camera = module.QCamera(module.QMediaDevices.defaultVideoInput())
        session = module.QMediaCaptureSession()
        session.setCamera(camera)
        session.setVideoSink(self.new_sink(module))
        camera.errorOccurred.connect(lambda _, text: self.failed.emit(InputError(text)))
        self._parts = [session, camera]
        camera.start()

    def new_sink(self, module: Any) -> Any:
        """Where the camera's frames arrive."""
        self.sink = module.QVideoSink(self)
        self.sink.videoFrameChanged.connect(lambda frame: self.take(frame.toImage()))
        return self.sink

    def take(self, image: QImage) -> None:
        """One frame of the stream: shown, and kept for the exposure."""
        if image.isNull():
            return
        pixels = _pixels(image)
        self._frames.append(pixels)
        self.screen_.show_pictures((build_pyramid(pixels),))
        if self._wanted:
            self._wanted -= 1
            if not self._wanted:
                self._expose()

    def forget(self) -> None:
        """Switch the camera off and delete what it took."""
        self._second.stop()
        self._left = self._wanted = 0
        if self._parts:
            self._parts[-1].stop()
            self._parts = []
        self.sink = None
        self._frames.clear()
        if self._worker is not None:
            self._worker.stop()
            self._worker = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
        self.screen_.show_pictures(())
        self.shutter_button.setEnabled(True)
        self.shutter_button.setText(self.tr("Take the photo"))

    def _count_down(self) -> None:
        self.shutter_button.setEnabled(False)
        self._left = _COUNTDOWN
        self.shutter_button.setText(str(self._left))
        self._second.start()

    def _tick(self) -> None:
        self._left -= 1
        self.shutter_button.setText(str(self._left) if self._left else self.tr("Move!"))
        if self._left <= 0:
            self._second.stop()
            self._frames.clear()
            self._wanted = _EXPOSURE_FRAMES

    def _expose(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="unspool-booth-"))
        self._worker = Worker("camera", self)
        self._worker.finished_job.connect(lambda _, path: self.taken.emit(path))
        self._worker.failed_job.connect(lambda _, error: self.failed.emit(error))
        self._worker.submit(expose_job(tuple(self._frames), self._folder))


def _pixels(image: QImage) -> NDArray[np.uint8]:
    """An image as (H, W, 3) uint8, no larger than the booth needs."""
    if max(image.width(), image.height()) > _LONGEST:
        image = image.scaled(
            _LONGEST,
            _LONGEST,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()
