"""A background thread that runs jobs one after another and reports by signal.

A job's work is an ordinary function that calls `step` between its steps; there it is cancelled.
It may also be a generator: every value it yields is reported at once.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from app.gui.program.sharing import step_back

Step = Callable[[str, int, int], None]
"""Called with (stage, done, total) between steps; raises `Cancelled` when the job must end."""


_STACK_BYTES = 16 * 2**20


class Cancelled(Exception):  # noqa: N818 - it is no error, it is what the person asked for
    """Raised inside a job's work to end it."""


@dataclass(frozen=True, eq=False)
class Job:
    """Something to do off the GUI thread.

    `kind` names what newer jobs replace: submitting a job cancels every unfinished one of its kind.
    `title` is shown to people. `work` receives a `Step` and returns the result, or is a generator
    that yields parts and returns the result.
    """

    kind: str
    title: str
    work: Callable[[Step], Any]


class Worker(QThread):
    """One thread with a queue; every job ends in exactly one of the last three signals."""

    started_job = Signal(object)
    progressed = Signal(object, str, int, int)
    delivered = Signal(object, object)
    finished_job = Signal(object, object)
    failed_job = Signal(object, object)
    cancelled_job = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        # Some platforms give new threads half a megabyte, too little for a network's backend.
        self.setStackSize(_STACK_BYTES)
        self._condition = threading.Condition()
        self._queue: deque[Job] = deque()
        self._running: Job | None = None
        self._cancel = False
        self._closing = False

    def submit(self, job: Job) -> None:
        """Queue a job; unfinished jobs of the same kind are cancelled, the newest request wins."""
        self.cancel(job.kind)
        with self._condition:
            self._closing = False
            self._queue.append(job)
            self._condition.notify()
        if not self.isRunning():
            self.start()

    def cancel(self, kind: str | None = None) -> None:
        """Ask the jobs of one kind, or all of them, to end; the signals tell when they have."""
        with self._condition:
            dropped = [job for job in self._queue if kind in (None, job.kind)]
            for job in dropped:
                self._queue.remove(job)
            if self._running and kind in (None, self._running.kind):
                self._cancel = True
        for job in dropped:
            self.cancelled_job.emit(job)

    def stop(self) -> None:
        """Cancel everything and wait until the thread has ended."""
        self.cancel()
        with self._condition:
            self._closing = True
            self._condition.notify()
        self.wait()

    def run(self) -> None:
        """The thread itself: not to be called."""
        step_back()
        while True:
            with self._condition:
                while not self._queue and not self._closing:
                    self._condition.wait()
                if self._closing:
                    return
                job = self._queue.popleft()
                self._running, self._cancel = job, False
            self._do(job)

    def _do(self, job: Job) -> None:
        def step(stage: str, done: int, total: int) -> None:
            if self._cancel:
                raise Cancelled
            self.progressed.emit(job, stage, done, total)

        result: Any = None
        failure: BaseException | None = None
        self.started_job.emit(job)
        try:
            result = job.work(step)
            if isinstance(result, Generator):
                result = self._drained(job, result)
        except BaseException as error:
            failure = error
        with self._condition:
            self._running = None
        # Work that was done before it noticed the cancelling is done: a file then exists.
        if isinstance(failure, Cancelled):
            self.cancelled_job.emit(job)
        elif failure is not None:
            self.failed_job.emit(job, failure)
        else:
            self.finished_job.emit(job, result)

    def _drained(self, job: Job, parts: Generator[object, None, object]) -> object:
        """The result of a generator, whose parts are reported as they come."""
        try:
            while True:
                part = next(parts)
                if self._cancel:
                    raise Cancelled
                self.delivered.emit(job, part)
        except StopIteration as end:
            return end.value
        finally:
            parts.close()
