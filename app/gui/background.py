"""The window's background threads and what is going on in them; the newest job of a kind counts.

What the jobs are, and what becomes of their results, is the controller's business.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.gui.worker import Job, Worker


@dataclass(frozen=True)
class Activity:
    """What is going on in the background; `total` is 0 while the length is not known."""

    kind: str
    title: str
    stage: str = ""
    done: int = 0
    total: int = 0
    cancelling: bool = False


class Background(QObject):
    """Four threads, and the jobs that were submitted here.

    Animating has a thread of its own (`inference`); opening and exporting share another (`files`),
    so that a long run never keeps a photo from opening; what the pointer waits for has a third
    (`assistant`), and what only adorns a list the last (`pictures`). Others may give these threads
    work, too, and follow it themselves.

    `finished(result, cancelling)` tells whether the person had asked the job to stop; `cancelled`
    and `failed` carry the job's kind and the error.
    """

    changed = Signal()
    finished = Signal(object, bool)
    cancelled = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.inference = Worker("inference", self)
        self.files = Worker("files", self)
        self.assistant = Worker("assistant", self)
        self.pictures = Worker("pictures", self)
        self._workers = (self.inference, self.files, self.assistant, self.pictures)
        self._activities: dict[str, Activity] = {}
        self._latest: dict[str, Job] = {}
        for worker in self._workers:
            worker.progressed.connect(self._progressed)
            worker.finished_job.connect(self._finished)
            worker.failed_job.connect(self._failed)
            worker.cancelled_job.connect(self._cancelled)

    def activity(self, kind: str) -> Activity | None:
        """What the background does about "open", "animate" or "export", or None."""
        return self._activities.get(kind)

    @property
    def activities(self) -> list[Activity]:
        """Everything under way."""
        return list(self._activities.values())

    def submit(self, worker: Worker, job: Job) -> None:
        """Have a job done by one of the threads; an unfinished one of its kind is given up."""
        # Noted before submitting, so that the end of a job it replaces is not taken for its own.
        self._latest[job.kind] = job
        self._activities[job.kind] = Activity(job.kind, job.title)
        worker.submit(job)
        self.changed.emit()

    def cancel(self, kind: str) -> None:
        """Ask one kind of work to stop; it counts as under way until it really has."""
        activity = self._activities.get(kind)
        if activity is None:
            return
        self._activities[kind] = Activity(
            kind, activity.title, self.tr("Cancelling…"), cancelling=True
        )
        self.changed.emit()
        for worker in self._workers:
            worker.cancel(kind)

    def forget(self, kind: str) -> None:
        """Let what one kind of work still brings count for nothing; it is not stopped."""
        self._latest.pop(kind, None)
        self._activities.pop(kind, None)
        self.changed.emit()

    def cancel_all(self) -> None:
        """Ask everything to stop."""
        for worker in self._workers:
            worker.cancel()

    def stop(self) -> None:
        """Wait until the threads have ended."""
        for worker in self._workers:
            worker.stop()

    def _progressed(self, job: Job, stage: str, done: int, total: int) -> None:
        now = self._activities.get(job.kind)
        if self._latest.get(job.kind) is job and now is not None and not now.cancelling:
            self._activities[job.kind] = Activity(job.kind, job.title, stage, done, total)
            self.changed.emit()

    def _end(self, job: Job) -> bool:
        """Whether the job counted; from now on nothing of its kind is under way."""
        if self._latest.get(job.kind) is not job:
            return False
        self._activities.pop(job.kind, None)
        del self._latest[job.kind]
        self.changed.emit()
        return True

    def _cancelled(self, job: Job) -> None:
        if self._end(job):
            self.cancelled.emit(job.kind)

    def _failed(self, job: Job, error: BaseException) -> None:
        if self._end(job):
            self.failed.emit(error)

    def _finished(self, job: Job, result: object) -> None:
        activity = self._activities.get(job.kind)
        if self._end(job):
            self.finished.emit(result, activity is not None and activity.cancelling)
