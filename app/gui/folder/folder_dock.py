"""The list of a folder's photos at the window's left side, for annotating one after another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.gui.controller import Controller
from app.gui.editor import Editor
from app.gui.folder.row_notes import NOTE_ROLE
from app.gui.folder.state_icons import state_icon
from app.gui.folder.thumbnail_rows import PHOTO_ROLE, ThumbnailDelegate
from app.gui.folder.thumbnails import Thumbnails
from app.gui.program.language import marked, translate
from app.gui.program.sentences import told
from app.project.folder_values import FolderEntry, PhotoFolder

FILTERS: dict[str, Callable[[FolderEntry], bool]] = {
    marked("Photos", "All photos"): lambda entry: True,
    marked("Photos", "Not done"): lambda entry: entry.state != "done",
    marked("Photos", "Untouched"): lambda entry: entry.state == "untouched",
    marked("Photos", "Draft"): lambda entry: entry.state == "draft",
    marked("Photos", "Done"): lambda entry: entry.state == "done",
    marked("Photos", "With a note"): lambda entry: bool(entry.note),
    marked("Photos", "Unreadable project"): lambda entry: entry.state == "unreadable",
}
"""What the list can be narrowed to."""

_STATES = {
    "untouched": marked("Photos", "untouched"),
    "draft": marked("Photos", "draft"),
    "done": marked("Photos", "done"),
    "unreadable": marked("Photos", "unreadable"),
}


class FolderDock(QDockWidget):
    """Shows what is done; `open_path` is asked for the photo that the person goes to.

    `listed()` tells that another folder is shown.
    """

    listed = Signal()

    def __init__(
        self,
        editor: Editor,
        controller: Controller,
        open_path: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(translate("FolderDock", "Photos"), parent)
        self.setObjectName("photos")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._editor = editor
        self._open_path = open_path
        self._folder: Path | None = None
        self._first: Path | None = None
        self._entries: dict[Path, FolderEntry] = {}
        self._icons: dict[str, QIcon] = {}
        self._rows: dict[Path, QListWidgetItem] = {}
        self._left: Path | None = None
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.which = QComboBox()
        for words in FILTERS:
            self.which.addItem(translate("Photos", words), words)
        self.which.setAccessibleName(self.tr("Which photos are listed"))
        self.name_part = QLineEdit()
        self.name_part.setPlaceholderText(self.tr("Name contains…"))
        self.name_part.setAccessibleName(self.tr("Part of the names of the photos listed"))
        self.name_part.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Photos of the folder"))
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.thumbnails = Thumbnails(controller.background.pictures, self)
        self.list.setItemDelegate(ThumbnailDelegate(self.thumbnails, self.list))
        self.thumbnails.changed.connect(self.list.viewport().update)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 6, 8, 8)
        column.addWidget(self.summary)
        column.addWidget(self.which)
        column.addWidget(self.name_part)
        column.addWidget(self.list, 1)
        self.setWidget(body)
        self.hide()
        self.toggleViewAction().setEnabled(False)
        self.list.itemClicked.connect(self._go_to)
        self.list.itemActivated.connect(self._go_to)
        self.which.currentIndexChanged.connect(self._fill)
        self.name_part.textChanged.connect(self._fill)
        editor.document_replaced.connect(self._fill)
        editor.saved_changed.connect(self._read_again)
        editor.regions_changed.connect(self._show_open_photo)
        editor.remarks_changed.connect(self._show_open_photo)
        controller.folder_listed.connect(self.show_folder)

    @property
    def folder(self) -> Path | None:
        """The folder that is listed, or None."""
        return self._folder

    @property
    def entries(self) -> tuple[FolderEntry, ...]:
        """The photos of the folder, listed or not, as their projects on disk say."""
        return tuple(self._entries.values())

    def show_folder(self, folder: PhotoFolder) -> None:
        """List a folder, and open its first photo that is not done."""
        again = folder.path == self._folder
        self.thumbnails.look_again()
        self._folder = folder.path
        self._entries = {entry.photo: entry for entry in folder.entries}
        self._rows = {}
        self.setWindowTitle(self.tr("Photos · {name}").format(name=folder.path.name))
        self._fill()
        self.toggleViewAction().setEnabled(True)
        self.show()
        self.listed.emit()
        if again and self._open_photo() in self._entries:
            return
        wanted, self._first = self._first, None
        if wanted in self._entries:
            self._open_path(wanted)
            return
        waiting = [entry for entry in folder.entries if entry.state != "done"]
        self._open_path((waiting or folder.entries)[0].photo)

    def begin_with(self, photo: Path) -> None:
        """Open this photo when the next folder is listed, should it be there."""
        self._first = photo

    def step(self, by: int) -> None:
        """Go to the next photo listed (1) or the previous one (-1), not past the ends."""
        row, count = self.list.currentRow(), self.list.count()
        target = row + by if row >= 0 else (0 if by > 0 else count - 1)
        if 0 <= target < count:
            self._go_to(self.list.item(target))

    def go_on(self) -> bool:
        """Go to the next photo listed that is not done, round the end; False when all are."""
        row, count = self.list.currentRow(), self.list.count()
        for place in (*range(row + 1, count), *range(row)):
            item = self.list.item(place)
            if self._entries[item.data(PHOTO_ROLE)].state != "done":
                self._go_to(item)
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the signs in the colours of a new theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "list"):
            self._icons.clear()
            self._rows = {}
            self._fill()
        super().changeEvent(event)

    def _go_to(self, item: QListWidgetItem) -> None:
        photo = item.data(PHOTO_ROLE)
        if photo != self._open_photo():
            self._open_path(photo)
        # Until that photo is open, or when the person stays with the old one, this is true.
        self._choose_row()

    def _open_photo(self) -> Path | None:
        document = self._editor.document
        return document.photo.path if document else None

    def _read_again(self) -> None:
        photo = self._open_photo()
        if photo in self._entries and not self._editor.dirty:
            from app.project.folders import read_entry

            self._entries[photo] = read_entry(photo)
        self._show_open_photo()

    def _fill(self) -> None:
        wanted, part = FILTERS[self.which.currentData()], self.name_part.text().strip().lower()
        current = self._open_photo()
        listed = [
            photo
            for photo, entry in self._entries.items()
            if photo == current or (wanted(entry) and part in photo.name.lower())
        ]
        if listed != list(self._rows):
            self._list(listed)
        elif self._left in self._rows:
            # It was described as it was on the screen.
            self._describe(self._rows[self._left], self._entries[self._left])
        self._left = current
        self._choose_row()
        self._show_open_photo()

    def _list(self, photos: list[Path]) -> None:
        """Make the rows anew, which for thousands of them takes longer than a person notices."""
        self._rows = {}
        with QSignalBlocker(self.list):
            self.list.clear()
            for photo in photos:
                item = QListWidgetItem(photo.name)
                item.setData(PHOTO_ROLE, photo)
                self._describe(item, self._entries[photo])
                self.list.addItem(item)
                self._rows[photo] = item

    def _show_open_photo(self) -> None:
        item = self.list.currentItem()
        if item is not None and item.data(PHOTO_ROLE) == self._open_photo():
            self._describe(item, self._entries[item.data(PHOTO_ROLE)])
        done = sum(entry.state == "done" for entry in self._entries.values())
        listed = self.list.count()
        words = self.tr("{done} of {count} done")
        if listed != len(self._entries):
            words = self.tr("{done} of {count} done, {listed} listed")
        self.summary.setText(words.format(done=done, count=len(self._entries), listed=listed))

    def _describe(self, item: QListWidgetItem, entry: FolderEntry) -> None:
        """Give a row its sign and words: for the open photo those of what is on the screen."""
        state: str = entry.state
        words, tip = translate("Photos", _STATES[state]), told(entry.problem) or entry.note
        document = self._editor.document
        if document is not None and entry.photo == document.photo.path and self._editor.dirty:
            drawn = "draft" if document.regions or document.note else "untouched"
            state = "done" if document.done else drawn
            words = self.tr("{state}, unsaved").format(state=translate("Photos", _STATES[state]))
            tip = document.note
        if state not in self._icons:
            self._icons[state] = state_icon(state, self.palette())
        item.setIcon(self._icons[state])
        item.setData(NOTE_ROLE, f"✎ {words}" if tip and not entry.problem else words)
        name = f"{entry.photo.name}: {words}"
        item.setToolTip(f"{name}\n{tip}" if tip else name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.photo.name}, {words}. {tip}")

    def _choose_row(self) -> None:
        current = self._open_photo()
        item = self._rows.get(current) if current is not None else None
        with QSignalBlocker(self.list):
            if item is None:
                self.list.setCurrentRow(-1)
            else:
                self.list.setCurrentItem(item)
