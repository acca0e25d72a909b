"""Making the next thing in the background while the last one is used."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """Numbered things, of which the one after the last taken is made in a thread.

    What a number gives depends on the number only, so nobody can tell whether it was made ahead.
    The thread ends with the object that started it.
    """

    def __init__(self, make: Callable[[int, Callable[[], bool]], T]) -> None:
        """`make(number, cancelled)` must not hold this object; it may raise once cancelled."""
        self._make = make
        self._number = -1
        self._next: Future[T] | None = None
        self._stop: Callable[[], object] = lambda: None

    def take(self, number: int) -> T:
        """Thing `number`, waiting for it where needed; then `number + 1` is begun."""
        ready = self._next if number == self._number else None
        if ready is None:
            self._stop()
        thing = ready.result() if ready is not None else self._make(number, lambda: False)
        self._begin(number + 1)
        return thing

    def _begin(self, number: int) -> None:
        cancelled = threading.Event()
        future: Future[T] = Future()
        thread = threading.Thread(
            target=_fulfil, args=(future, self._make, number, cancelled.is_set), daemon=True
        )
        thread.start()
        self._number, self._next = number, future
        self._stop = weakref.finalize(self, _end, thread, cancelled)


def _fulfil(
    future: Future[T],
    make: Callable[[int, Callable[[], bool]], T],
    number: int,
    cancelled: Callable[[], bool],
) -> None:
    try:
        future.set_result(make(number, cancelled))
    except BaseException as error:
        # Whoever takes the thing sees it.
        future.set_exception(error)


def _end(thread: threading.Thread, cancelled: threading.Event) -> None:
    cancelled.set()
    thread.join()
