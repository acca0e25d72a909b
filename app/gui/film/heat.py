"""Where a film does not re-blur to the photo, as warm colours to be laid over the photo.

The measure is `app.engine.reblur`; the quality note above the film gives its mean in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter

from app.gui.drawing.pyramid import Pyramid, build_pyramid
from app.gui.jobs import Film
from app.gui.program.language import translate
from app.gui.worker import Job, Step, Worker

if TYPE_CHECKING:
    from app.media.photos import Photo

FULL = 0.1
"""The difference, as a share of the brightness range, that gets the strongest colour."""

_STOPS = (
    # The photo stays to be seen but dimmed: warm colours on a warm photo would be lost.
    (0.0, (14, 14, 26, 150)),
    (0.1, (60, 20, 110, 160)),
    (0.4, (200, 50, 80, 205)),
    (0.7, (250, 140, 30, 230)),
    (1.0, (255, 245, 170, 245)),
)


@dataclass(frozen=True, eq=False)
class Heat:
    """The colours for `film`; where it re-blurs to the photo they only dim that."""

    film: Film
    picture: Pyramid


class HeatMap(QObject):
    """Finds the heat of the film that is to be judged, in the background; `changed` when it has."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._film: Film | None = None
        self._heat: Heat | None = None
        self._job: Job | None = None
        worker.finished_job.connect(self._finished)
        worker.failed_job.connect(self._failed)

    @property
    def picture(self) -> Pyramid | None:
        """The colours of the film last asked for, None until they are known."""
        if self._heat is None or self._heat.film is not self._film:
            return None
        return self._heat.picture

    def judge(self, film: Film | None, photo: Photo | None) -> None:
        """Ask for the heat of another film, or for none."""
        if film is self._film:
            return
        self._film = film
        if film is None or photo is None:
            self._job = None
        elif self.picture is None:
            self._job = heat_job(film, photo)
            self._worker.submit(self._job)
        self.changed.emit()

    def _finished(self, job: Job, result: object) -> None:
        if job is self._job and isinstance(result, Heat):
            self._heat, self._job = result, None
            self.changed.emit()

    def _failed(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self._job = None
            self.failed.emit(error)


def heat_job(film: Film, photo: Photo) -> Job:
    """Compare the re-blurred film with the photo; the result is a `Heat`."""

    def work(step: Step) -> Heat:
        step(translate("Heat", "Re-blurring the film"), 0, 2)
        from app.engine.reblur import reblur_difference
        from app.media.pixels import resize_to_max_edge

        # A film made smaller is compared with the photo made as small.
        pixels = resize_to_max_edge(photo.pixels, max(film.frames.shape[1:3]))
        difference = reblur_difference(film.frames, pixels)
        step(translate("Heat", "Colouring the differences"), 1, 2)
        return Heat(film, build_pyramid(heat_colours(difference)))

    return Job("heat", translate("Heat", "Comparing with the photo"), work)


def heat_colours(difference: NDArray[np.float32]) -> NDArray[np.uint8]:
    """(H, W) shares of the brightness range to (H, W, 4) premultiplied RGBA."""
    levels = np.rint(np.minimum(difference / FULL, 1.0) * 255).astype(np.uint8)
    return _table()[levels]


@cache
def _table() -> NDArray[np.uint8]:
    """(256, 4): premultiplied RGBA from no difference to `FULL`."""
    shares = np.linspace(0, 1, 256)
    places = [place for place, _ in _STOPS]
    colours = np.array([colour for _, colour in _STOPS], np.float64)
    table = np.stack([np.interp(shares, places, channel) for channel in colours.T], axis=1)
    table[:, :3] *= table[:, 3:] / 255
    return np.rint(table).astype(np.uint8)


def paint_legend(painter: QPainter, size: QSize) -> None:
    """What the colours mean, in the lower left corner of a viewport of that size."""
    metrics = painter.fontMetrics()
    title = translate("Heat", "Film re-blurred, differs from the photo by")
    ends = "0 %", translate("Heat", "{share} % or more").format(share=round(100 * FULL))
    width = metrics.horizontalAdvance(title) + 20
    height = 2 * metrics.height() + 24
    box = QRectF(10, size.height() - height - 10, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 20, 24, 205))
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(QColor(255, 255, 255))
    inside = box.adjusted(10, 4, -10, -4)
    painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
    low = Qt.AlignmentFlag.AlignBottom
    painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | low, ends[0])
    painter.drawText(inside, Qt.AlignmentFlag.AlignRight | low, ends[1])
    bar = QRectF(inside.left(), inside.top() + metrics.height() + 3, inside.width(), 8)
    gradient = QLinearGradient(bar.topLeft(), QPointF(bar.right(), bar.top()))
    for place, colour in _STOPS:
        gradient.setColorAt(place, QColor(*colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(90, 90, 96))
    painter.drawRect(bar)
    painter.setBrush(gradient)
    painter.drawRect(bar)
    painter.restore()
