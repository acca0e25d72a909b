"""Opening frames of clips: the picker, and what can be done with a photo that holds a clip."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.gui.clips.clip_jobs import ListedClip, PickedFrame
from app.gui.clips.frame_picker import FramePicker
from app.gui.controller import Controller
from app.gui.editor import Editor
from app.gui.files.file_commands import FileCommands
from app.gui.files.intake import pictures_folder
from app.gui.jobs import Opened

if TYPE_CHECKING:
    from app.media.photos import Photo


class ClipCommands(QObject):
    """Shows the picker for every clip that was listed, and opens what is picked.

    `offered(sentence, actions)` says what the open photo's own clip is good for.
    """

    offered = Signal(str, object)

    def __init__(
        self,
        actions: dict[str, QAction],
        editor: Editor,
        controller: Controller,
        files: FileCommands,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._editor = editor
        self._controller = controller
        self._files = files
        self._window = window
        self._use, self._pick = actions["own_clip"], actions["own_frame"]
        self._holder: Photo | None = None
        self.picker: FramePicker | None = None
        doings: dict[QAction, Callable[[], object]] = {
            self._use: controller.use_own_clip,
            self._pick: controller.list_own_clip,
        }
        for action, doing in doings.items():
            action.triggered.connect(lambda _=False, doing=doing: doing())
        controller.clip_listed.connect(self._listed)
        controller.opened.connect(self._opened)
        editor.document_replaced.connect(self._show)
        self._show()

    def close(self) -> None:
        """Give up picking, as when the window closes."""
        if self.picker is not None:
            self.picker.reject()

    def _listed(self, clip: ListedClip) -> None:
        self.close()
        self.picker = FramePicker(clip, self._window)
        self.picker.chosen.connect(self._open)
        self.picker.finished.connect(self._forget)
        self.picker.open()

    def _forget(self, _result: int) -> None:
        if self.picker is not None:
            self.picker.deleteLater()
            self.picker = None

    def _open(self, picked: PickedFrame) -> None:
        # Asked before the picker goes: who wants to save first can still pick.
        if self.picker is not None and self._files.may_discard():
            self.picker.accept()
            self._controller.open_frame(picked, pictures_folder())

    def _opened(self, opened: Opened) -> None:
        document = self._editor.document
        if document is None or not opened.holds_clip:
            return
        self._holder = document.photo
        self._show()
        if not document.regions and not document.read_only:
            sentence = self.tr("{name} holds a short clip, which shows what moved.")
            self.offered.emit(sentence.format(name=document.name), (self._use, self._pick))

    def _show(self) -> None:
        document = self._editor.document
        holds = document is not None and document.photo is self._holder
        self._use.setEnabled(holds and not self._editor.read_only)
        self._pick.setEnabled(holds)
