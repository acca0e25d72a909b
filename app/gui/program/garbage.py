"""When unreachable cycles are collected: by the GUI thread, a little between two events.

Left to itself, Python collects in whichever thread has just made an object: a full collection with
torch loaded holds the lock for 60 to 90 ms on an idle core, and may end widgets off the GUI thread.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 200


class GarbageTimer(QObject):
    """Collects in Python's stead from `start` to `stop`; both belong to the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Collect from now on; what there is already counts as there for good."""
        gc.disable()
        keep_for_good()
        self._timer.start()

    def stop(self) -> None:
        """Give the collecting back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _look(self) -> None:
        """Collect the oldest generation that Python would find due."""
        if _imports:
            return
        due = zip(gc.get_count(), gc.get_threshold(), strict=True)
        old_enough = [generation for generation, (count, limit) in enumerate(due) if count > limit]
        if old_enough:
            gc.collect(old_enough[-1])


_imports: list[str] = []
"""Which large imports are under way: to look through what they have made so far is in vain."""


@contextmanager
def importing(name: str) -> Iterator[None]:
    """Put collecting off during a large import; what it leaves is never looked through."""
    _imports.append(name)
    try:
        yield
    finally:
        _imports.remove(name)
        keep_for_good()


def keep_for_good() -> None:
    """Take all objects out of later collections, such as the modules of a large import.

    Does nothing while Python collects by itself.
    """
    if not gc.isenabled():
        gc.freeze()
