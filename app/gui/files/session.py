"""The window as it was: its place, its docks, the last photo and the part of it that was seen.

Kept while the program runs, not only when it ends, so that a crash forgets next to nothing. Unsaved
work is another matter, see `app.gui.files.safety`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtWidgets import QMainWindow

from app.gui.controller import Controller
from app.gui.drawing.canvas import Canvas
from app.gui.editor import Editor
from app.gui.folder.folder_dock import FolderDock
from app.gui.jobs import Opened
from app.gui.program.preferences import LastPhoto, Preferences

_DELAY_MS = 2000


class Session(QObject):
    """Remembers through `Preferences`; `reopen` is for a start without a file to open."""

    def __init__(
        self,
        window: QMainWindow,
        preferences: Preferences,
        editor: Editor,
        controller: Controller,
        canvas: Canvas,
        folder_dock: FolderDock,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self._editor = editor
        self._controller = controller
        self._canvas = canvas
        self._folder_dock = folder_dock
        self._awaited: LastPhoto | None = preferences.last_photo()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.keep)
        canvas.view_changed.connect(self._changed)
        editor.document_replaced.connect(self._changed)
        controller.opened.connect(self._opened)
        controller.failed.connect(self._failed)

    def restore_window(self) -> None:
        """Put the window and its docks where they were."""
        geometry, state = self._preferences.geometry(), self._preferences.docks()
        if geometry is not None:
            self._window.restoreGeometry(geometry)
        if state is not None:
            self._window.restoreState(state)
        # Docks about photos come back with the photos.
        self._folder_dock.hide()

    def reopen(self) -> bool:
        """Open the photo that was open last, and the folder it was listed in; whether it tries."""
        last = self._preferences.last_photo()
        if last is None or not self._preferences.reopen():
            return False
        # A photo that ended the program while it was opened must not do so at every start.
        if self._preferences.reopening() or not last.path.exists():
            self._preferences.set_reopening(False)
            return False
        self._preferences.set_reopening(True)
        folder = last.folder
        if folder is not None and folder.is_dir():
            self._folder_dock.begin_with(last.photo)
            self._controller.open(folder)
        else:
            self._controller.open(last.path)
        return True

    def keep(self) -> None:
        """Remember everything now."""
        self._timer.stop()
        self._preferences.set_geometry(self._window.saveGeometry())
        self._preferences.set_docks(self._window.saveState())
        document = self._editor.document
        if document is None:
            self._preferences.set_last_photo(None)
            return
        listed = any(entry.photo == document.photo.path for entry in self._folder_dock.entries)
        view = None
        if not self._canvas.fitted:
            centre = self._canvas.centre()
            view = (self._canvas.scale_factor, centre.x(), centre.y())
        self._preferences.set_last_photo(
            LastPhoto(
                photo=document.photo.path.absolute(),
                project=document.project_path.absolute() if document.project_path else None,
                folder=self._folder_dock.folder if listed else None,
                view=view,
            )
        )

    def _changed(self) -> None:
        # Not restarted by further changes: endless panning must not put it off for ever.
        if not self._timer.isActive():
            self._timer.start()

    def _opened(self, opened: Opened) -> None:
        awaited, self._awaited = self._awaited, None
        self._preferences.set_reopening(False)
        if awaited is None or awaited.photo != opened.document.photo.path.absolute():
            return
        if awaited.view is not None:
            scale, x, y = awaited.view
            # After the view has its size, which it gets when the page is shown.
            QTimer.singleShot(0, self, lambda: self._canvas.look_at(scale, QPointF(x, y)))

    def _failed(self, _error: object) -> None:
        self._preferences.set_reopening(False)
