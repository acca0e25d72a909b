"""Keeps a snapshot of unsaved work in the recovery folder, written in the background.

It decides when; what a snapshot is and where it lies is `app.project.recovery`.
"""

from __future__ import annotations

from time import time

from PySide6.QtCore import QObject, QTimer, Signal

from app.gui.document import Document
from app.gui.editor import Editor
from app.gui.worker import Job, Step, Worker
from app.project.recovery import Abandoned, RecoverySlot, discard, recovery_folder

DELAY_MS = 1500
"""From the first edit that is not kept yet to its snapshot; far below the 5 s that are promised."""


class Autosave(QObject):
    """Writes a snapshot soon after every edit and removes it once nothing is unsaved.

    `troubled` tells once, with the error, that nothing can be kept; `kept` that a snapshot stands.
    """

    troubled = Signal(object)
    kept = Signal()

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._worker = Worker("autosave", self)
        self._slot: RecoverySlot | None = None
        self._writes = 0
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.keep_now)
        self._worker.failed_job.connect(self._failed)
        self._worker.finished_job.connect(self._finished)
        editor.regions_changed.connect(self._edited)
        editor.choices_changed.connect(self._edited)
        editor.remarks_changed.connect(self._edited)
        editor.saved_changed.connect(self._edited)

    def keep_now(self, replacing: Abandoned | None = None) -> None:
        """Write the snapshot at once; `replacing` is deleted when the new one stands."""
        self._timer.stop()
        document = self._editor.document
        if document is None or not self._editor.dirty:
            return
        edited_at = time()

        def work(step: Step) -> str:
            self._write(document, edited_at)
            if replacing is not None:
                discard(replacing)
            return "kept"

        # Kinds of their own, because a cancelled write would leave `replacing` undeleted.
        self._writes += 1
        self._worker.submit(Job(f"keep {self._writes}", "Keeping the work safe", work))

    def stop(self) -> None:
        """End the thread and remove the snapshot: the person has saved the work or let it go."""
        self._timer.stop()
        self._worker.stop()
        if self._slot is not None:
            self._slot.close()
            self._slot = None

    def _edited(self) -> None:
        if self._editor.dirty:
            # Not restarted by further edits: a long drag must not put the snapshot off.
            if not self._timer.isActive():
                self._timer.start()
            return
        self._timer.stop()
        if self._slot is not None or self._writes:
            self._writes += 1
            self._worker.submit(
                Job(f"clear {self._writes}", "Tidying up", lambda _step: self._clear())
            )

    def _write(self, document: Document, edited_at: float) -> None:
        from app.gui.files.snapshots import take_snapshot

        if self._slot is None:
            self._slot = RecoverySlot(recovery_folder())
        self._slot.write(take_snapshot(document, edited_at))

    def _clear(self) -> str:
        if self._slot is not None:
            self._slot.clear()
        return "cleared"

    def _finished(self, _job: Job, result: object) -> None:
        if result == "kept":
            self._told = False
            self.kept.emit()

    def _failed(self, _job: Job, error: BaseException) -> None:
        if not self._told:
            self._told = True
            self.troubled.emit(error)
