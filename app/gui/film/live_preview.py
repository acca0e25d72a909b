"""A quick film of what moves after every edit, made in the background; the newest request wins.

It decides when; which part of the photo is `preview_part`, the work itself `preview_job`. Films of
full quality are the controller's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.film_defaults import DEFAULT_SHARPENING
from app.gui.document import Document, Regions, anything_moves, same_guidance
from app.gui.editor import Editor
from app.gui.film.preview_job import KIND, Preview, preview_job
from app.gui.film.preview_part import Part, Sight, preview_part
from app.gui.worker import Job, Worker

_SETTLE_MS = 180
"""How long guidance and view must stay the same: a drag would only cancel its own previews."""


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
        self._sharpen = DEFAULT_SHARPENING
        self._sight: Callable[[], Sight] | None = None
        self._preview: Preview | None = None
        self._whole: Preview | None = None
        self._asked: tuple[Regions, Part] | None = None
        self._job: Job | None = None
        self._told = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MS)
        self._settled.timeout.connect(self._request)
        self._view_settled = QTimer(self)
        self._view_settled.setSingleShot(True)
        self._view_settled.setInterval(_SETTLE_MS)
        self._view_settled.timeout.connect(self.look)
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

    @property
    def behind(self) -> str:
        """What the preview on its way catches up with: "edits" or "view"; empty without one."""
        document, preview = self._editor.document, self._preview
        if not self.pending or document is None:
            return ""
        seen = preview is not None and same_guidance(preview.regions, document.regions)
        return "view" if seen else "edits"

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
            self._edge, self._asked, self._whole = edge, None, None
            self.look()

    def set_sharpening(self, amount: float) -> None:
        """How much of the frames' fine detail is added to them."""
        if amount != self._sharpen:
            self._sharpen, self._asked, self._whole = amount, None, None
            self.look()

    def follow(self, sight: Callable[[], Sight] | None) -> None:
        """Animate what is in view, which `sight` tells, or with None always the whole photo."""
        self._sight = sight
        self.look()

    def look_around(self) -> None:
        """The view has moved: see, when it rests, whether something else is to be previewed."""
        if self._sight is not None and self._asked is not None:
            self._view_settled.start()

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
            return
        wanted = self._wanted(document)
        if self._asked is not None:
            regions, part = self._asked
            if same_guidance(regions, document.regions) and part.serves(wanted):
                if self._settled.isActive():
                    # What was changed meanwhile has been taken back.
                    self._settled.stop()
                    self.changed.emit()
                return
        kept = self._whole
        if kept and same_guidance(kept.regions, document.regions) and kept.part.serves(wanted):
            self._show_again(kept)
        else:
            self._settled.start()
            self.changed.emit()

    def _wanted(self, document: Document) -> Part:
        sight = self._sight() if self._sight is not None else None
        return preview_part(document.regions, document.width, document.height, self._edge, sight)

    def _show_again(self, preview: Preview) -> None:
        """The preview of the whole photo, when that is in view again."""
        self._settled.stop()
        self._worker.cancel(KIND)
        self._job = None
        self._asked = preview.regions, preview.part
        self._preview = preview
        self.changed.emit()

    def _request(self) -> None:
        document = self._editor.document
        if document is None or not self._live or self._is_current():
            return
        part = self._wanted(document)
        self._asked = document.regions, part
        self._job = preview_job(document.photo, document.regions, part, self._sharpen)
        self._worker.submit(self._job)
        self.changed.emit()

    def _drop(self) -> None:
        self._settled.stop()
        self._view_settled.stop()
        self._worker.cancel(KIND)
        self._preview = self._whole = self._asked = self._job = None
        self.changed.emit()

    def _forget(self) -> None:
        self._told = False
        self._drop()

    def _finished(self, job: Job, result: object) -> None:
        if job is self._job and isinstance(result, Preview):
            self._job = None
            whole = self._whole
            if result.part.whole:
                self._whole = result
            elif whole is not None and same_guidance(whole.regions, result.regions):
                result = replace(result, under=whole)
            self._preview = result
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
