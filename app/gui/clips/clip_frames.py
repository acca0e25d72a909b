"""Decodes the frames of a clip that somebody looks at, in the background, the wanted one first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.errors import InputError
from app.gui.clips.clip_jobs import ListedClip, ShownFrame, frames_job, strip_job
from app.gui.worker import Job, Worker

_BEFORE, _AFTER = 4, 12
"""Frames that are decoded around the wanted one: the next steps are then there at once."""

_KEPT = 64
"""Frames in memory; at the edge at which they are shown that is some 100 MB at most."""


class ClipFrames(QObject):
    """Emits `ready(ShownFrame)` for frames as they come, and `failed(error)`.

    Frames are asked for by `want`; the last wish wins, and the decoder is never kept waiting for an
    old one. `strip_ready(ShownFrame)` carries those that `fill_strip` asked for.
    """

    ready = Signal(object)
    strip_ready = Signal(object)
    failed = Signal(object)

    def __init__(self, clip: ListedClip, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clip = clip
        self._kept: OrderedDict[int, ShownFrame] = OrderedDict()
        self._wanted = 0
        self._job: Job | None = None
        self._asked = self._coming = range(0)
        self._worker = Worker("clip frames", self)
        self._worker.delivered.connect(self._delivered)
        self._worker.finished_job.connect(self._finished)
        self._worker.failed_job.connect(self._failed)
        # Two decoders, so that the strip never keeps the frame that is looked at waiting.
        self._strip_worker = Worker("clip strip", self)
        self._strip_worker.delivered.connect(lambda _, frame: self.strip_ready.emit(frame))

    def want(self, number: int) -> None:
        """Ask for a frame; it is emitted at once where it is there."""
        self._wanted = number
        if number in self._kept:
            self._kept.move_to_end(number)
            self.ready.emit(self._kept[number])
        # A decoder is given the time for one frame: while somebody scrubs, none would else end.
        elif self._job is None or (number not in self._coming and self._coming != self._asked):
            self._decode()

    def fill_strip(self, numbers: Sequence[int], edge: int) -> None:
        """Ask for small frames far apart; one that is damaged is left out."""
        self._strip_worker.submit(strip_job(self._clip, numbers, edge))

    def stop(self) -> None:
        """Cancel everything and wait for the threads."""
        self._worker.stop()
        self._strip_worker.stop()

    def _decode(self) -> None:
        first = max(0, self._wanted - _BEFORE)
        self._asked = range(first, min(len(self._clip.index), self._wanted + _AFTER))
        self._coming = self._asked
        self._job = frames_job(self._clip, self._asked)
        self._worker.submit(self._job)

    def _delivered(self, job: Job, frame: ShownFrame) -> None:
        self._kept[frame.number] = frame
        self._kept.move_to_end(frame.number)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(frame)
        if job is self._job:
            self._coming = range(frame.number + 1, self._asked.stop)
            if self._missing and self._wanted not in self._coming:
                self._decode()

    @property
    def _missing(self) -> bool:
        return self._wanted not in self._kept

    def _finished(self, job: Job, _result: object) -> None:
        if job is not self._job:
            return
        self._job = None
        if self._missing and self._wanted in self._asked:
            number = self._wanted + 1
            sentence = self.tr("Frame {number} is damaged or missing.").format(number=number)
            self.failed.emit(InputError(sentence))
        elif self._missing:
            self._decode()

    def _failed(self, job: Job, error: BaseException) -> None:
        if job is not self._job:
            return
        self._job = None
        if self._missing and self._wanted in self._asked:
            self.failed.emit(error)
        elif self._missing:
            self._decode()
