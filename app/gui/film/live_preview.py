"""A quick film of what moves after every edit, made in the background; the newest request wins.

It decides when; the work itself is `app.gui.film.preview_job`. Films of full quality are the
controller's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.gui.document import Regions, anything_moves, same_guidance
from app.gui.editor import Editor
from app.gui.film.preview_job import KIND, Preview, preview_job
from app.gui.worker import Job, Worker

_SETTLE_MS = 180
"""How long the guidance must stay the same: a drag under way would only cancel its own previews."""


class LivePreview(QObject):
    """Keeps `preview` true to the guidance while it is live and something moves.

    `is_current` tells whether a film of full quality already shows the present guidance; there is
    nothing to preview then.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        editor: Editor,
        worker: Worker,
        is_current: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._worker = worker
        self._is_current = is_current
        self._live = False
        self._edge = 512
        self._preview: Preview | None = None
        self._asked: Regions | None = None
        self._job: Job | None = None
        self._told = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MS)
        self._settled.timeout.connect(self._request)
        worker.finished_job.connect(self._finished)
        worker.failed_job.connect(self._failed)
        worker.cancelled_job.connect(self._cancelled)
        editor.document_replaced.connect(self._forget)
        editor.regions_changed.connect(self.look)

    @property
    def live(self) -> bool:
        """Whether edits are previewed."""
        return self._live

    @property
    def preview(self) -> Preview | None:
        """The newest preview of the open photo; it may be older than the last edit."""
        return self._preview

    @property
    def pending(self) -> bool:
        """Whether a newer preview is on its way."""
        return self._settled.isActive() or self._job is not None

    def set_live(self, live: bool) -> None:
        """Begin or stop to preview edits."""
        if live != self._live:
            self._live = live
            if live:
                self.look()
            else:
                self._drop()

    def set_edge(self, edge: int) -> None:
        """The longest side in pixels at which what moves is computed."""
        if edge != self._edge:
            self._edge, self._asked = edge, None
            self.look()

    def give_way(self) -> None:
        """Leave the thread to a film of full quality."""
        self._settled.stop()
        self._asked = None
        self._worker.cancel(KIND)

    def look(self) -> None:
        """See whether there is something new to preview, or nothing any more."""
        document = self._editor.document
        if not self._live or document is None:
            return
        if self._is_current() or not anything_moves(document.regions):
            self._drop()
        elif self._asked is None or not same_guidance(self._asked, document.regions):
            self._settled.start()
            self.changed.emit()

    def _request(self) -> None:
        document = self._editor.document
        if document is None or not self._live or self._is_current():
            return
        self._asked = document.regions
        self._job = preview_job(document.photo, document.regions, self._edge)
        self._worker.submit(self._job)
        self.changed.emit()

    def _drop(self) -> None:
        self._settled.stop()
        self._worker.cancel(KIND)
        self._preview = self._asked = self._job = None
        self.changed.emit()

    def _forget(self) -> None:
        self._told = False
        self._drop()

    def _finished(self, job: Job, result: object) -> None:
        if job is self._job and isinstance(result, Preview):
            self._job, self._preview = None, result
            self.changed.emit()

    def _failed(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self._job = None
            # Every further edit would fail the same way.
            if not self._told:
                self._told = True
                self.failed.emit(error)
            self.changed.emit()

    def _cancelled(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.changed.emit()
