"""Looking without touching: for folders that cannot be written, and when a person asks for it.

While the open photo is read-only its regions and remarks stay as they are, which the editor sees
to; here the commands that would change them are greyed out and a line says why. With
`unspool --read-only` nothing at all is written into the folders that are looked at.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStyle, QWidget

from app.assets import resources_dir
from app.atomic import forbid_writing_in
from app.gui.document import Document
from app.gui.drawing.tools import SELECT, TOOLS
from app.gui.editor import Editor

_ALWAYS_ENABLED = ("delete", "brush_smaller", "brush_larger")
"""Editing commands that nobody else greys out."""

_EDITING = (
    *(tool for tool in TOOLS if tool != SELECT),
    *("cut", "whole_photo", "undo", "redo", "duplicate", "rename", "forward", "backward"),
    *("hide_region", "lock_region", "make_room", "import_guidance", "neighbour", "own_clip"),
    *("import_folder", "save", "save_as", "done_and_next", "mark_done", "note"),
)


def why_read_only(document: Document, *, asked: bool) -> str:
    """ "asked", "folder" (its files cannot be written), or "" for a document that can be edited."""
    if asked:
        return "asked"
    folder = (document.project_path or document.photo.path).absolute().parent
    # Samples lie where the program is installed; they are there to be tried, and saved elsewhere.
    if folder.is_relative_to(resources_dir().absolute()) or os.access(folder, os.W_OK):
        return ""
    return "folder"


class ReadOnlyStrip(QFrame):
    """Says that, and why, nothing can be edited; `edit_wanted()` when the person insists."""

    edit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.edit_button = QPushButton(self.tr("Edit, and save elsewhere"))
        self.edit_button.clicked.connect(self.edit_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        sign = QLabel()
        style = self.style()
        size = style.pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        icon = style.standardIcon(QStyle.StandardPixmap.SP_MessageBoxInformation)
        sign.setPixmap(icon.pixmap(size, size))
        row.addWidget(sign)
        row.addWidget(self.text, 1)
        row.addWidget(self.edit_button)
        self.hide()

    def tell(self, reason: str, folder: Path) -> None:
        """Show why, see `why_read_only`; nothing is shown without a reason."""
        if reason == "asked":
            words = self.tr("Read-only, as asked: nothing is written into {folder}.")
        else:
            words = self.tr("Read-only: the folder {folder} cannot be written.")
        rest = self.tr("Animating works, and exporting to other places.")
        self.text.setText(f"{words.format(folder=folder)} {rest}")
        self.edit_button.setVisible(reason != "asked")
        self.setVisible(bool(reason))


class ReadOnlyMode(QObject):
    """Keeps the strip and the commands true to the open document.

    To be made after everything else that enables commands, so that it has the last word.
    """

    def __init__(
        self,
        actions: dict[str, QAction],
        editor: Editor,
        strip: ReadOnlyStrip,
        panels: tuple[QWidget, ...],
        parent: QObject | None = None,
    ) -> None:
        """`panels` are widgets that only edit, such as the compass."""
        super().__init__(parent)
        self._actions = actions
        self._editor = editor
        self._strip = strip
        self._panels = panels
        strip.edit_wanted.connect(editor.allow_editing)
        editor.document_replaced.connect(self._replaced)
        for signal in (
            editor.regions_changed,
            editor.selection_changed,
            editor.remarks_changed,
            editor.history_changed,
            editor.saved_changed,
        ):
            signal.connect(self._show)
        self._replaced()

    def _replaced(self) -> None:
        document = self._editor.document
        reason = document.read_only if document else ""
        folder = (document.project_path or document.photo.path).parent if document else Path()
        if document is not None and reason == "asked":
            for place in {document.photo.path.parent, folder}:
                forbid_writing_in(place)
        self._strip.tell(reason, folder)
        if reason:
            self._actions[SELECT].trigger()
        for panel in self._panels:
            panel.setEnabled(not reason)
        for name in _ALWAYS_ENABLED:
            self._actions[name].setEnabled(not reason)
        self._show()

    def _show(self) -> None:
        if self._editor.read_only:
            for name in _EDITING:
                self._actions[name].setEnabled(False)
