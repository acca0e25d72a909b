"""Small pictures of photos, made in the background for the rows that are on the screen."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from app.errors import UnspoolError
from app.gui.program.language import translate
from app.gui.worker import Job, Step, Worker

THUMBNAIL_EDGE = 56
"""Longest side of a thumbnail, in pixels of a screen without scaling."""

_SHARPEST = 2
"""Made so many times as large, for screens with more pixels."""
_MOST_KEPT = 4000
"""Some 80 MB of them."""
_MOST_WAITING = 64
"""More are not on the screen at once; of a list scrolled quickly only the newest rows matter."""
_KIND = "thumbnails"


@dataclass(frozen=True)
class _Stamp:
    """What a file was like when its picture was made."""

    size: int
    changed_ns: int


_NOTHING: tuple[_Stamp | None, QPixmap | None] = (None, None)


@dataclass(frozen=True, eq=False)
class _Made:
    """A picture of a photo, None where it cannot be read; `same`: the known one is still true."""

    photo: Path
    stamp: _Stamp | None
    image: QImage | None
    same: bool = False


class Thumbnails(QObject):
    """Gives the picture of a photo, or has it made and tells by `changed` when there are new ones.

    Pictures stay in memory, and are made anew only when their file has changed.
    """

    changed = Signal()

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._pictures: OrderedDict[Path, tuple[_Stamp | None, QPixmap | None]] = OrderedDict()
        self._asked: set[Path] = set()
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Path, _Stamp | None]] = deque(maxlen=_MOST_WAITING)
        self._working = False
        worker.delivered.connect(self._take)

    def of(self, photo: Path) -> QPixmap | None:
        """The picture of a photo, if there is one yet."""
        return self._pictures.get(photo, _NOTHING)[1]

    def ask_for(self, photo: Path) -> None:
        """Have the picture of a photo made or brought up to date, unless that was asked already."""
        if photo in self._pictures:
            self._pictures.move_to_end(photo)
        if photo in self._asked:
            return
        self._asked.add(photo)
        with self._lock:
            if len(self._waiting) == _MOST_WAITING:
                # Whoever still wants the oldest will ask for it again.
                self._asked.discard(self._waiting[0][0])
            self._waiting.append((photo, self._pictures.get(photo, _NOTHING)[0]))
            if self._working:
                return
            self._working = True
        title = translate("Thumbnails", "Making thumbnails")
        self._worker.submit(Job(_KIND, title, self._work))

    def look_again(self) -> None:
        """See whether the files of pictures that are asked for from now on have changed."""
        with self._lock:
            self._waiting.clear()
        self._asked.clear()

    def _work(self, _step: Step) -> Generator[_Made, None, None]:
        """Make what is waited for, the newest first; runs off the GUI thread."""
        try:
            while (wanted := self._next()) is not None:
                yield _made(*wanted)
        finally:
            with self._lock:
                self._working = False

    def _next(self) -> tuple[Path, _Stamp | None] | None:
        with self._lock:
            if self._waiting:
                return self._waiting.pop()
            # Under the lock, so that whatever is asked for from now on starts a job of its own.
            self._working = False
            return None

    def _take(self, _job: Job, made: object) -> None:
        if not isinstance(made, _Made) or made.same:
            return
        picture = None if made.image is None else QPixmap.fromImage(made.image)
        self._pictures[made.photo] = made.stamp, picture
        while len(self._pictures) > _MOST_KEPT:
            oldest, _ = self._pictures.popitem(last=False)
            self._asked.discard(oldest)
        self.changed.emit()


def _made(photo: Path, known: _Stamp | None) -> _Made:
    """The picture of a photo, unless its file is as it was when the known one was made."""
    import numpy as np

    from app.media.pixels import resize_to_max_edge, to_8bit
    from app.media.small_photos import read_small

    try:
        stat = photo.stat()
        stamp = _Stamp(stat.st_size, stat.st_mtime_ns)
        if stamp == known:
            return _Made(photo, stamp, None, same=True)
        edge = _SHARPEST * THUMBNAIL_EDGE
        pixels = resize_to_max_edge(read_small(photo, edge).pixels, edge)
    except (UnspoolError, OSError):
        # Why, the person is told on opening it.
        return _Made(photo, None, None)
    pixels = np.ascontiguousarray(to_8bit(pixels))
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    # The copy owns its pixels; the array ends here.
    return _Made(photo, stamp, image.copy())
