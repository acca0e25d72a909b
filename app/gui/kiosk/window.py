"""The booth's window: which page is shown when, and how everything about a visitor is forgotten.

It survives errors by returning to the start, and it cannot be left but by its key chord.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.assets import sample_names
from app.errors import UnspoolError
from app.gui.drawing.pyramid import Pyramid
from app.gui.kiosk import camera, jobs
from app.gui.kiosk.pages import STYLE, AttractPage, PickPage, SwipePage, WatchPage
from app.gui.kiosk.settings import KioskSettings
from app.gui.kiosk.visit import Visit
from app.gui.program.diagnostics import full_text
from app.gui.program.sentences import told
from app.gui.worker import Job, Worker

_log = logging.getLogger("app.gui.kiosk")

_SORRY_MS = 5_000
_ATTRACT_MS = 8_000
_TOUCHES = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.KeyPress,
    QEvent.Type.Wheel,
)


class KioskWindow(QWidget):
    """Attract, pick, swipe, watch, and again."""

    def __init__(self, settings: KioskSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.visit: Visit | None = None
        self.setWindowTitle("Unspool")
        self.setStyleSheet(STYLE)
        self._choices: tuple[jobs.Choice, ...] = ()
        self._film: jobs.Film | None = None
        self._attractions: dict[str, jobs.Film] = {}
        self._attraction = cycle(sample_names())
        self._leaving = False
        self._awaited: dict[str, tuple[Job, Callable[[Any], None]]] = {}

        self.attract = AttractPage()
        self.pick = PickPage(camera=settings.camera and camera.available())
        self.swipe = SwipePage()
        self.watch = WatchPage(keeps=settings.out is not None)
        self.camera = camera.CameraPage()
        self.sorry = QLabel()
        self.sorry.setObjectName("title")
        self.sorry.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sorry.setWordWrap(True)
        self.pages = QStackedWidget()
        for page in (self.attract, self.pick, self.camera, self.swipe, self.watch, self.sorry):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self._connect_pages()

        self.worker = Worker("kiosk", self)
        self.worker.progressed.connect(self._progressed)
        self.worker.delivered.connect(self._delivered)
        self.worker.finished_job.connect(self._finished)
        self.worker.failed_job.connect(self._failed)
        self.idle = _timer(self, int(settings.idle_seconds * 1000), self.start_over)
        self.attract_timer = _timer(self, _ATTRACT_MS, self._next_attraction)
        self.sorry_timer = _timer(self, _SORRY_MS, self.start_over)
        self.quit_shortcut = QShortcut(QKeySequence(settings.quit_keys), self)
        self.quit_shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        self.quit_shortcut.activated.connect(self.leave)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        self.start_over()

    # Visitors come and go

    def start_over(self) -> None:
        """Forget the visitor and wait for the next."""
        for kind in [k for k in self._awaited if k != "attract"]:
            self._drop(kind)
        self.idle.stop()
        self.sorry_timer.stop()
        self._forget()
        self.pages.setCurrentWidget(self.attract)
        self._next_attraction()

    def begin(self) -> None:
        """Somebody is here: show the photos."""
        self._drop("attract")
        self.attract_timer.stop()
        self.attract.screen_.player.pause()
        self._await(jobs.choices_job(self.settings, self._choices), self._show_choices)

    def leave(self) -> None:
        """End the program: what the key chord does."""
        self._leaving = True
        self.close()

    def report(self, error: BaseException) -> None:
        """Say that something went wrong, and start over after a while; never ends the booth."""
        _log.error("%s", full_text(error))
        text = self.tr("Sorry, that did not work. Let us start again.")
        self.sorry.setText(f"{text}\n\n{told(error)}" if isinstance(error, UnspoolError) else text)
        for kind in [*self._awaited]:
            self._drop(kind)
        self.idle.stop()
        self.attract_timer.stop()
        self._forget()
        self.pages.setCurrentWidget(self.sorry)
        self.sorry_timer.start()

    def release(self) -> None:
        """Stop everything that runs and delete what a visitor left."""
        for timer in (self.idle, self.attract_timer, self.sorry_timer):
            timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._awaited.clear()
        self._forget()
        self.worker.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only the key chord closes the booth."""
        if not self._leaving:
            event.ignore()
            return
        self.release()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch keeps the visitor here."""
        if event.type() in _TOUCHES and self.idle.isActive():
            self.idle.start()
        return super().eventFilter(watched, event)

    def _forget(self) -> None:
        self.visit = None
        self._film = None
        self.camera.forget()
        self.swipe.forget()
        self.watch.screen_.show_pictures(())

    # Pages

    def _connect_pages(self) -> None:
        self.attract.touched.connect(self.begin)
        self.pick.picked.connect(self._pick)
        self.pick.back.connect(self.start_over)
        self.pick.camera_wanted.connect(self._show_camera)
        self.camera.taken.connect(self._pick)
        self.camera.failed.connect(self.report)
        self.camera.back.connect(self._show_pick)
        self.swipe.screen_.swiped.connect(self._swiped)
        self.swipe.undo_wanted.connect(self._undo)
        self.swipe.back.connect(self._show_pick)
        self.swipe.animate_wanted.connect(self._animate)
        self.watch.compare_button.pressed.connect(self._compare)
        self.watch.compare_button.released.connect(lambda: self.watch.screen_.cover(None))
        self.watch.again_wanted.connect(self._show_swipe)
        self.watch.keep_wanted.connect(self._keep)
        self.watch.done.connect(self.start_over)

    def _show_choices(self, choices: tuple[jobs.Choice, ...]) -> None:
        self._choices = choices
        self.pick.show_choices(choices)
        self._show_pick()

    def _show_pick(self) -> None:
        for kind in ("visit", "animate"):
            self._drop(kind)
        self._forget()
        self._go(self.pick)

    def _show_camera(self) -> None:
        self._go(self.camera)
        self.camera.begin()

    def _pick(self, path: Path) -> None:
        self._await(jobs.pick_job(path, self.settings.max_edge), self._start_visit)

    def _start_visit(self, visit: Visit) -> None:
        # The camera's picture is in memory now; its file is of no more use.
        self.camera.forget()
        self.visit = visit
        self._show_swipe()

    def _show_swipe(self) -> None:
        if self.visit is not None:
            self._drop("export")
            self.swipe.show_visit(self.visit)
            self._go(self.swipe)

    def _swiped(self, path: tuple[tuple[float, float], ...]) -> None:
        if self.visit is not None:
            self.swipe.show_busy((0, 0))
            everything = self.swipe.everything_button.isChecked()
            job = jobs.swipe_job(self.visit, path, everything=everything)
            self._await(job, self._take_swipe)

    def _take_swipe(self, visit: Visit) -> None:
        self.visit = visit
        self.swipe.everything_button.setChecked(False)
        self.swipe.show_visit(visit)

    def _undo(self) -> None:
        if self.visit is not None:
            self._take_swipe(self.visit.without_last())

    def _animate(self) -> None:
        if self.visit is not None and self.visit.swipes:
            self.swipe.show_busy((0, 0))
            self._await(jobs.film_job(self.visit, self.settings), self._show_film)

    def _show_film(self, film: jobs.Film) -> None:
        self._film = film
        self.watch.say("")
        self.watch.keep_button.setEnabled(True)
        self.watch.screen_.show_pictures(film.pictures)
        self._go(self.watch)

    def _compare(self) -> None:
        self.watch.screen_.cover(self.visit.picture if self.visit else None)

    def _keep(self) -> None:
        if self._film is not None and self.settings.out is not None:
            self.watch.keep_button.setEnabled(False)
            self.watch.say(self.tr("Keeping the film…"))
            self._await(jobs.keep_job(self._film, self.settings.out), self._kept)

    def _kept(self, path: Path) -> None:
        self.watch.say(self.tr("Kept as {0}").format(path.name))

    def _go(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.idle.start()

    def _next_attraction(self) -> None:
        if self.pages.currentWidget() is not self.attract:
            return
        name = next(self._attraction, None)
        if name is None:
            return
        if name in self._attractions:
            self._show_attraction(name, self._attractions[name])
        else:
            job = jobs.attract_job(name, self.settings)
            self._await(job, lambda film: self._show_attraction(name, film))

    def _show_attraction(self, name: str, film: jobs.Film) -> None:
        self._attractions[name] = film
        if self.pages.currentWidget() is self.attract:
            self.attract.screen_.show_pictures(film.pictures)
            self.attract_timer.start()

    # Background work

    def _await(self, job: Job, then: Callable[[Any], None]) -> None:
        """Do a job and call `then` with its result, unless it is dropped or replaced."""
        self._awaited[job.kind] = (job, then)
        self.worker.submit(job)

    def _drop(self, kind: str) -> None:
        if self._awaited.pop(kind, None) is not None:
            self.worker.cancel(kind)

    def _progressed(self, job: Job, stage: str, done: int, total: int) -> None:
        if self._is_awaited(job) and self.pages.currentWidget() is self.swipe:
            self.swipe.hint.setText(f"{stage}…")
            self.swipe.show_busy((done, total))

    def _delivered(self, job: Job, photo: Pyramid) -> None:
        # The first film takes a while: until then its photo is better than an empty screen.
        if self._is_awaited(job) and not self._attractions:
            self.attract.screen_.show_pictures((photo,))

    def _finished(self, job: Job, result: Any) -> None:
        if self._is_awaited(job):
            _, then = self._awaited.pop(job.kind)
            then(result)

    def _failed(self, job: Job, error: BaseException) -> None:
        if not self._is_awaited(job):
            return
        del self._awaited[job.kind]
        ours = isinstance(error, UnspoolError)
        if job.kind == "attract":
            # The booth works without its advertisement.
            _log.error("%s", full_text(error))
        elif job.kind == "visit" and self.visit is not None and ours:
            self.swipe.show_visit(self.visit, told(error))
        elif job.kind == "export" and ours:
            _log.error("%s", full_text(error))
            self.watch.say(told(error))
        else:
            self.report(error)

    def _is_awaited(self, job: Job) -> bool:
        awaited = self._awaited.get(job.kind)
        return awaited is not None and awaited[0] is job


def _timer(parent: QObject, milliseconds: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
