"""Asks whoever registered for suggestions, outlines and trajectories; the newest request wins.

It holds what was found for the open photo. How it is found is the providers' business, how it is
shown the widgets'.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.gui.discover.findings import Outliner, Suggester, Suggestion, Tracer, TrajectoryField
from app.gui.document import Regions, same_guidance
from app.gui.editor import Editor
from app.gui.worker import Job, Step, Worker

_SETTLE_MS = 400
"""How long the guidance must stay the same before its trajectories are traced again."""


class Discoveries(QObject):
    """Suggested animations and exposure trajectories of the open photo.

    Nothing is offered until a provider has registered. While `tracing`, the trajectories follow the
    guidance.
    """

    offers_changed = Signal()
    suggestions_changed = Signal()
    trajectories_changed = Signal()
    outlined = Signal()
    failed = Signal(object)

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._suggester: Suggester | None = None
        self._outliner: Outliner | None = None
        self._tracer: Tracer | None = None
        self._suggestions: tuple[Suggestion, ...] = ()
        self._field: TrajectoryField | None = None
        self._traced: Regions | None = None
        self._tracing = False
        self._latest: dict[str, Job] = {}
        self.worker = Worker("discoveries", self)
        self.worker.delivered.connect(self._delivered)
        self.worker.finished_job.connect(self._finished)
        self.worker.failed_job.connect(self._failed)
        self.worker.cancelled_job.connect(self._ended)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MS)
        self._settled.timeout.connect(self._trace)
        editor.document_replaced.connect(self._forget)
        editor.regions_changed.connect(self._guidance_changed)

    @property
    def can_suggest(self) -> bool:
        """Whether somebody can suggest animations."""
        return self._suggester is not None

    @property
    def can_outline(self) -> bool:
        """Whether somebody can outline what is blurred."""
        return self._outliner is not None

    @property
    def can_trace(self) -> bool:
        """Whether somebody can find trajectories."""
        return self._tracer is not None

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What has been suggested for the open photo so far, the likeliest first."""
        return self._suggestions

    @property
    def suggesting(self) -> bool:
        """Whether more suggestions may come."""
        return "suggest" in self._latest

    @property
    def field(self) -> TrajectoryField | None:
        """The trajectories of the open photo, None while they are unknown or not wanted."""
        return self._field if self._tracing else None

    def offer_suggestions(self, suggester: Suggester) -> None:
        """Register who suggests animations."""
        self._suggester = suggester
        self.offers_changed.emit()

    def offer_outlines(self, outliner: Outliner) -> None:
        """Register who outlines what is blurred."""
        self._outliner = outliner
        self.offers_changed.emit()

    def offer_trajectories(self, tracer: Tracer) -> None:
        """Register who finds trajectories; those shown are traced again."""
        self._tracer, self._traced = tracer, None
        self._trace()
        self.offers_changed.emit()

    def suggest(self) -> None:
        """Look for suggestions; those shown so far are dropped."""
        document, suggester = self._editor.document, self._suggester
        if document is None or suggester is None:
            return
        photo, regions = document.photo, document.regions
        self._suggestions = ()
        self._submit(
            Job(
                "suggest",
                self.tr("Suggesting animations"),
                lambda step: suggester(photo, regions, step),
            )
        )
        self.suggestions_changed.emit()

    def dismiss(self) -> None:
        """Stop looking and drop the suggestions."""
        self._latest.pop("suggest", None)
        self.worker.cancel("suggest")
        self._suggestions = ()
        self.suggestions_changed.emit()

    def outline(self) -> None:
        """Look for what is blurred; what is found joins the regions, below the others."""
        document, outliner = self._editor.document, self._outliner
        if document is None or outliner is None:
            return
        photo = document.photo
        self._submit(
            Job("outline", self.tr("Looking for blur"), lambda step: outliner(photo, step))
        )

    def take(self, suggestion: Suggestion) -> None:
        """Make a suggestion the guidance, as one step of the history."""
        if self._editor.document is not None and suggestion.regions != self._editor.regions:
            self._editor.change(self.tr("Take suggestion"), suggestion.regions, None)

    def set_tracing(self, tracing: bool) -> None:
        """Whether the trajectories are wanted."""
        self._tracing = tracing
        if tracing:
            self._trace()
        else:
            self._settled.stop()
            self._latest.pop("trace", None)
            self.worker.cancel("trace")
        self.trajectories_changed.emit()

    def stop(self) -> None:
        """Cancel everything and wait for the thread."""
        self._settled.stop()
        self.worker.stop()

    def _submit(self, job: Job) -> None:
        self._latest[job.kind] = job
        self.worker.submit(job)

    def _trace(self) -> None:
        document, tracer = self._editor.document, self._tracer
        if document is None or tracer is None or not self._tracing:
            return
        if self._traced is not None and same_guidance(self._traced, document.regions):
            return
        photo, regions = document.photo, document.regions

        def work(step: Step) -> tuple[Regions, TrajectoryField]:
            return regions, tracer(photo, regions, step)

        self._submit(Job("trace", self.tr("Tracing trajectories"), work))

    def _guidance_changed(self) -> None:
        if self._tracing:
            self._settled.start()

    def _forget(self) -> None:
        self._latest.clear()
        self.worker.cancel()
        self._suggestions, self._field, self._traced = (), None, None
        self.suggestions_changed.emit()
        self.trajectories_changed.emit()

    def _delivered(self, job: Job, part: object) -> None:
        if self._latest.get(job.kind) is job and isinstance(part, Suggestion):
            self._suggestions = (*self._suggestions, part)
            self.suggestions_changed.emit()

    def _finished(self, job: Job, result: object) -> None:
        if self._latest.get(job.kind) is job and job.kind == "trace":
            assert isinstance(result, tuple)
            self._traced, self._field = result
        if self._latest.get(job.kind) is job and job.kind == "outline":
            assert isinstance(result, tuple)
            # Below the others, which keep their say, and selected: one key gives them a direction.
            added = tuple(range(len(result)))
            regions = (*result, *self._editor.regions)
            self._editor.change(self.tr("Outline what is blurred"), regions, added)
            self.outlined.emit()
        self._ended(job)

    def _failed(self, job: Job, error: BaseException) -> None:
        if self._latest.get(job.kind) is job:
            self.failed.emit(error)
        self._ended(job)

    def _ended(self, job: Job) -> None:
        if self._latest.get(job.kind) is not job:
            return
        del self._latest[job.kind]
        if job.kind == "suggest":
            self.suggestions_changed.emit()
        elif job.kind == "trace":
            self.trajectories_changed.emit()
