"""The commands on the labels of a whole folder: import, export and statistics."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from app.errors import UnspoolError
from app.gui.controller import Controller
from app.gui.editor import Editor
from app.gui.files.file_commands import FileCommands
from app.gui.folder.folder_dock import FolderDock
from app.gui.folder.folder_reports import ProblemsDialog, StatisticsDialog
from app.gui.folder.label_jobs import Transfer
from app.gui.folder.transfer_dialog import TransferDialog
from app.project.folder_values import Conversion, FolderStatistics


class LabelCommands(QObject):
    """Asks, lets the controller work, and tells what came of it; `noticed` carries news."""

    noticed = Signal(str)

    def __init__(
        self,
        actions: dict[str, QAction],
        editor: Editor,
        controller: Controller,
        files: FileCommands,
        dock: FolderDock,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._editor = editor
        self._controller = controller
        self._files = files
        self._dock = dock
        self._running: Transfer | None = None
        self._reopen: Path | None = None
        self._actions = [actions[n] for n in ("import_folder", "export_folder", "statistics")]
        doings: dict[str, Callable[[], object]] = {
            "import_folder": self.import_folder,
            "export_folder": self.export_folder,
            "statistics": self.count,
        }
        for name, doing in doings.items():
            actions[name].triggered.connect(lambda _=False, doing=doing: doing())
        controller.folder_work_ended.connect(self._ended)
        dock.listed.connect(self._listed)
        for action in self._actions:
            action.setEnabled(False)

    def import_folder(self) -> None:
        """Ask for labels and save them as projects beside the folder's photos."""
        # The open photo is read again afterwards: its unsaved work must not be lost by that.
        if self._dock.folder is not None and self._files.may_discard():
            self._ask(TransferDialog(self._dock.folder, True, self._labelled, self._window))

    def export_folder(self) -> None:
        """Ask for a format and a place, and write the labels of all photos there."""
        if self._dock.folder is not None and self._files.may_discard():
            self._ask(TransferDialog(self._dock.folder, False, _existing, self._window))

    def count(self) -> None:
        """Count the regions and pixels of every class, as they are saved."""
        if self._dock.folder is not None:
            self._controller.count_classes(self._dock.folder)

    def _ask(self, dialog: TransferDialog) -> None:
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._running = dialog.transfer()
            self._controller.convert(self._running)
        dialog.deleteLater()

    def _labelled(self, _transfer: Transfer) -> int:
        return sum(entry.state != "untouched" for entry in self._dock.entries)

    def _ended(self, result: object) -> None:
        """Tell what came of it; `result` is None when the person has cancelled."""
        if isinstance(result, FolderStatistics):
            _show(StatisticsDialog(result, self._window))
            return
        running, self._running = self._running, None
        if isinstance(result, Conversion):
            self._tell(result)
        if running is not None and running.source is not None:
            document = self._editor.document
            self._reopen = document.photo.path if document else None
            self._controller.open(running.folder)

    def _tell(self, done: Conversion) -> None:
        sentence = self.tr("%n photo(s) converted.", "", len(done.photos))
        if done.kept:
            sentence += " " + self.tr("%n file(s) kept as they were.", "", len(done.kept))
        if done.unlabelled:
            sentence += " " + self.tr("%n photo(s) have no labels.", "", len(done.unlabelled))
        told = (*done.problems, *done.warnings)
        if told:
            title = self.tr("Not everything was converted")
            _show(ProblemsDialog(title, sentence, told, self._window))
        else:
            self.noticed.emit(sentence)

    def _listed(self) -> None:
        for action in self._actions:
            action.setEnabled(True)
        photo, self._reopen = self._reopen, None
        # Edits made meanwhile stay; saving them asks, since the project has changed on disk.
        if photo is not None and not self._editor.dirty:
            self._controller.open(photo)


def _existing(transfer: Transfer) -> int:
    from app.project.conversion import existing_targets

    try:
        return len(existing_targets(transfer.folder, transfer.to, transfer.out))
    except UnspoolError:
        # The work itself tells what is wrong.
        return 0


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
