"""The Photos commands: going from photo to photo, marking them as done, and notes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from app.gui.editor import Editor
from app.gui.files.file_commands import FileCommands
from app.gui.folder.folder_dock import FolderDock
from app.gui.folder.note_dock import NoteDock

_FOR_A_FOLDER = ("previous_photo", "next_photo", "next_undone")
_FOR_A_PHOTO = ("done_and_next", "mark_done", "note")


class FolderCommands(QObject):
    """Connects the actions to the docks and keeps their state true; `noticed` carries news."""

    noticed = Signal(str)

    def __init__(
        self,
        actions: dict[str, QAction],
        editor: Editor,
        files: FileCommands,
        folder_dock: FolderDock,
        note_dock: NoteDock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._editor = editor
        self._files = files
        self._dock = folder_dock
        self._note_dock = note_dock
        doings: dict[str, Callable[[], object]] = {
            "previous_photo": lambda: folder_dock.step(-1),
            "next_photo": lambda: folder_dock.step(1),
            "next_undone": self._go_on,
            "done_and_next": self.done_and_next,
            "note": note_dock.write,
        }
        for name, doing in doings.items():
            actions[name].triggered.connect(lambda _=False, doing=doing: doing())
        actions["mark_done"].triggered.connect(editor.set_done)
        folder_dock.listed.connect(self._folder_listed)
        editor.document_replaced.connect(self._show)
        editor.remarks_changed.connect(self._show)
        self._show()

    def done_and_next(self) -> None:
        """Mark the photo as done, save it, and go to the next one that is not done."""
        document = self._editor.document
        if document is None:
            return
        self._editor.set_done(True)
        if self._editor.dirty and not self._files.save(quiet=True):
            return
        if self._dock.folder is None:
            self.noticed.emit(self.tr("{photo} is done and saved.").format(photo=document.name))
        else:
            self._go_on()

    def _go_on(self) -> None:
        if self._dock.go_on():
            return
        left = [entry for entry in self._dock.entries if entry.state != "done"]
        folder = self._dock.folder
        if left:
            self.noticed.emit(
                self.tr("All photos listed are done; %n that are not listed wait.", "", len(left))
            )
        elif folder is not None:
            words = self.tr("All %n photo(s) of {folder} are done.", "", len(self._dock.entries))
            self.noticed.emit(words.format(folder=folder.name))

    def _folder_listed(self) -> None:
        self._note_dock.show()
        self._show()

    def _show(self) -> None:
        document = self._editor.document
        for name in _FOR_A_FOLDER:
            self._actions[name].setEnabled(self._dock.folder is not None)
        for name in _FOR_A_PHOTO:
            self._actions[name].setEnabled(document is not None and not self._editor.read_only)
        self._actions["mark_done"].setChecked(document is not None and document.done)
