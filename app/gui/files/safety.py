"""Guards the person's work: keeps snapshots, offers them after a crash, notices foreign changes.

The questions asked before files are replaced are those of `app.gui.files.file_commands`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import UnspoolError
from app.gui.controller import Controller
from app.gui.editor import Editor
from app.gui.files.autosave import Autosave
from app.gui.files.file_commands import FileCommands
from app.gui.files.recovery_dialog import RecoveryDialog
from app.gui.jobs import Opened
from app.gui.program.sentences import told
from app.project.recovery import Abandoned, abandoned, discard, recovery_folder
from app.project.stamps import FileStamp


class Safety(QObject):
    """`warned` carries one sentence worth showing, `failed` an error."""

    warned = Signal(str)
    failed = Signal(object)

    def __init__(
        self, window: QWidget, editor: Editor, controller: Controller, files: FileCommands
    ) -> None:
        super().__init__(window)
        self._window = window
        self._editor = editor
        self._controller = controller
        self._files = files
        self._told: set[tuple[Path, str]] = set()
        self.autosave = Autosave(editor, self)
        self.autosave.troubled.connect(self._tell_trouble)
        editor.document_replaced.connect(lambda: self._told.clear())
        controller.opened.connect(self._opened)

    def offer(self) -> RecoveryDialog | None:
        """Ask what to do with work left behind by a crash; the dialog, when there is any."""
        left = abandoned(recovery_folder())
        if not left:
            return None
        dialog = RecoveryDialog(left, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.restore_wanted.connect(self._restore)
        dialog.discard_wanted.connect(self._discard)
        dialog.open()
        return dialog

    def look_at_disk(self) -> None:
        """Tell, once each, that the open photo or project was changed by another program."""
        document = self._editor.document
        if document is None:
            return
        self._compare(
            document.photo.path,
            document.photo_stamp,
            changed=self.tr(
                "{name} has changed on disk; what you see is the photo as it was opened."
            ),
            missing=self.tr("{name} is no longer where it was opened; saving still works."),
        )
        if document.project_path is not None:
            self._compare(
                document.project_path,
                document.project_stamp,
                changed=self.tr(
                    "{name} was changed by another program; Save will ask before replacing it."
                ),
                missing=self.tr("{name} is gone from the disk; Save will write it anew."),
            )

    def stop(self) -> None:
        """The window closes, and what is unsaved may go."""
        self.autosave.stop()

    def _compare(self, path: Path, stamp: FileStamp | None, *, changed: str, missing: str) -> None:
        if stamp is None:
            return
        try:
            state = stamp.state(path)
        except UnspoolError:
            state = "missing"
        if state == "same":
            self._told -= {(path, "changed"), (path, "missing")}
        elif (path, state) not in self._told:
            self._told.add((path, state))
            sentence = changed if state == "changed" else missing
            self.warned.emit(sentence.format(name=path.name))

    def _restore(self, item: Abandoned) -> None:
        if self._files.may_discard():
            self._controller.restore(item)

    def _discard(self, item: Abandoned) -> None:
        try:
            discard(item)
        except UnspoolError as error:
            self.failed.emit(error)

    def _opened(self, opened: Opened) -> None:
        if opened.recovered is not None:
            self.autosave.keep_now(replacing=opened.recovered)

    def _tell_trouble(self, error: BaseException) -> None:
        if isinstance(error, UnspoolError):
            self.warned.emit(
                self.tr("Unsaved work cannot be kept safe: {error}").format(error=told(error))
            )
        else:
            self.failed.emit(error)
