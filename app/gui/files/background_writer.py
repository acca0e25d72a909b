"""Writing a single file in the background, and saying where it is or why it is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from app.gui.controller import Controller
from app.gui.worker import Job, Worker


class BackgroundWriter(QObject):
    """Has files written by one of the threads; the newest one counts.

    Args:
        controller: tells the person how it went.
        worker: the thread.
        parent: the owner.
    """

    def __init__(self, controller: Controller, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._worker = worker
        self._job: Job | None = None
        self._said = ""
        worker.finished_job.connect(self._finished)
        worker.failed_job.connect(self._failed)

    def write(self, path: Path, write: Callable[[Path], None], title: str, said: str) -> None:
        """Write a file.

        Args:
            path: the file.
            write: writes it, or raises; runs in the background.
            title: what is being done, for the status line.
            said: the sentence about it once it is done, with `{path}`.
        """

        def work(_step: object) -> Path:
            write(path)
            return path

        self._said = said
        self._job = Job(f"write {path.suffix}", title, work)
        self._worker.submit(self._job)

    def _finished(self, job: Job, result: object) -> None:
        if job is self._job:
            self._controller.noticed.emit(self._said.format(path=result))

    def _failed(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self._controller.failed.emit(error)
