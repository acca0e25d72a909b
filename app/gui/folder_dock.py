"""The list of a folder's photos at the window's left side, for annotating one after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDockWidget,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.gui.controller import Controller
from app.gui.editor import Editor
from app.gui.photo_folder import FolderEntry, PhotoFolder, state_of

_SIGNS = {"untouched": "○", "draft": "◐", "done": "●", "unreadable": "⚠"}


class FolderDock(QDockWidget):
    """Shows what is done; `open_path` is asked for the photo that the person goes to."""

    def __init__(
        self,
        editor: Editor,
        controller: Controller,
        open_path: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Photos", parent)
        self.setObjectName("photos")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._editor = editor
        self._open_path = open_path
        self._entries: list[FolderEntry] = []
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.unfinished = QCheckBox("Only what is not done")
        self.list = QListWidget()
        self.list.setAccessibleName("Photos of the folder")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 6, 8, 8)
        column.addWidget(self.summary)
        column.addWidget(self.unfinished)
        column.addWidget(self.list, 1)
        self.setWidget(body)
        self.hide()
        self.toggleViewAction().setEnabled(False)
        self.list.itemClicked.connect(self._go_to)
        self.list.itemActivated.connect(self._go_to)
        self.unfinished.toggled.connect(self._show)
        editor.document_replaced.connect(self._show)
        editor.saved_changed.connect(self._read_again)
        controller.folder_listed.connect(self.show_folder)

    @property
    def entries(self) -> tuple[FolderEntry, ...]:
        """The photos of the folder, shown or not."""
        return tuple(self._entries)

    def show_folder(self, folder: PhotoFolder) -> None:
        """List a folder, and open its first photo that is not done."""
        self._entries = list(folder.entries)
        self.setWindowTitle(f"Photos · {folder.path.name}")
        self._show()
        self.toggleViewAction().setEnabled(True)
        self.show()
        waiting = [entry for entry in self._entries if entry.state != "done"]
        self._open_path((waiting or self._entries)[0].photo)

    def step(self, by: int) -> None:
        """Go to the next photo shown (1) or the previous one (-1), not past the ends."""
        row, count = self.list.currentRow(), self.list.count()
        target = row + by if row >= 0 else (0 if by > 0 else count - 1)
        if 0 <= target < count:
            self._go_to(self.list.item(target))

    def _go_to(self, item: QListWidgetItem) -> None:
        photo = item.data(Qt.ItemDataRole.UserRole)
        if photo != self._open_photo():
            self._open_path(photo)
        # Until that photo is open, or when the person stays with the old one, this is true.
        self._show_current()

    def _open_photo(self) -> Path | None:
        document = self._editor.document
        return document.photo.path if document else None

    def _read_again(self) -> None:
        photo = self._open_photo()
        for index, entry in enumerate(self._entries):
            if entry.photo == photo and not self._editor.dirty:
                self._entries[index] = replace(entry, state=state_of(entry.photo))
        self._show()

    def _show(self) -> None:
        current = self._open_photo()
        with QSignalBlocker(self.list):
            self.list.clear()
            for entry in self._entries:
                here = entry.photo == current
                if self.unfinished.isChecked() and entry.state == "done" and not here:
                    continue
                state = "unsaved" if here and self._editor.dirty else entry.state
                sign = _SIGNS.get(state, _SIGNS["draft"])
                item = QListWidgetItem(f"{sign}  {entry.photo.name}")
                item.setToolTip(f"{entry.photo.name}: {state}")
                item.setData(Qt.ItemDataRole.UserRole, entry.photo)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.photo.name}, {state}")
                self.list.addItem(item)
        done = sum(entry.state == "done" for entry in self._entries)
        self.summary.setText(f"{done} of {len(self._entries)} done")
        self._show_current()

    def _show_current(self) -> None:
        current = self._open_photo()
        rows = [
            row
            for row in range(self.list.count())
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == current
        ]
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(rows[0] if rows else -1)
