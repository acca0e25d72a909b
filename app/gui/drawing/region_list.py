"""The list of regions, front one first, with the buttons that reorder and delete them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.gui.drawing.glyphs import direction_icon
from app.gui.drawing.keys import direction_for_key
from app.gui.editor import Editor
from app.gui.folder.row_notes import NOTE_ROLE, NoteDelegate
from app.gui.program.icons import line_icon
from app.gui.program.language import direction_words
from app.guidance.region import Region

_LEAST_HEIGHT = 96


class _List(QListWidget):
    """A list in which digits point regions instead of searching for names."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self._editor = editor

    def sizeHint(self) -> QSize:
        """A few rows; it gets what room there is, but pushes nothing out of sight."""
        return QSize(super().sizeHint().width(), _LEAST_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = direction_for_key(event)
        if direction is not None:
            self._editor.set_direction(direction)
        else:
            super().keyPressEvent(event)


class RegionList(QWidget):
    """Shows the editor's regions; the top row is painted last and so lies in front."""

    menu_wanted = QtSignal(QPoint)

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._shown: list[tuple[Region, str]] = []
        self.list = _List(editor)
        self.list.setAccessibleName(self.tr("Regions, front one first"))
        self.list.setItemDelegate(NoteDelegate(self.list))
        # Else all of hundreds of rows are measured whenever one of them changes.
        self.list.setUniformItemSizes(True)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda place: self.menu_wanted.emit(self.list.viewport().mapToGlobal(place))
        )
        self.list.setMinimumHeight(_LEAST_HEIGHT)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.forward_button = self._button(self.tr("Bring forward (Ctrl+])"))
        self.backward_button = self._button(self.tr("Send backward (Ctrl+[)"))
        self.delete_button = self._button(self.tr("Delete region (Del)"))
        self.forward_button.clicked.connect(lambda: editor.reorder_selected(1))
        self.backward_button.clicked.connect(lambda: editor.reorder_selected(-1))
        self.delete_button.clicked.connect(editor.delete_selected)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        buttons.addWidget(self.forward_button)
        buttons.addWidget(self.backward_button)
        buttons.addStretch(1)
        buttons.addWidget(self.delete_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.list.itemSelectionChanged.connect(self._row_chosen)
        self.list.itemChanged.connect(self._renamed)
        editor.regions_changed.connect(self._fill)
        editor.selection_changed.connect(self._show_selection)
        self._refresh_icons()
        self._fill()

    def refresh_icons(self) -> None:
        """Draw the rows in the colours chosen now."""
        self._shown = []
        self._fill()

    def rename_selected(self) -> None:
        """Start typing a new name."""
        item = self.list.currentItem()
        if item is not None:
            self.list.setFocus()
            self.list.editItem(item)

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the icons in the colours of a new theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
        super().changeEvent(event)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setToolTip(name)
        button.setAccessibleName(name.rsplit(" (", 1)[0])
        return button

    def _fill(self) -> None:
        with QSignalBlocker(self.list):
            regions = list(reversed(self._editor.regions))
            # Rows are reused: clearing would scroll the list back to its top at every edit.
            while self.list.count() > len(regions):
                self.list.takeItem(self.list.count() - 1)
            while self.list.count() < len(regions):
                item = QListWidgetItem()
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self.list.addItem(item)
            shown = [
                (
                    region,
                    region.name or self.tr("Region {number}").format(number=len(regions) - row),
                )
                for row, region in enumerate(regions)
            ]
            for row, (region, title) in enumerate(shown):
                # Hundreds of rows take longer to fill than one that has really changed.
                known = self._shown[row] if row < len(self._shown) else None
                if known is None or not _alike(*known, region, title):
                    self._fill_row(self.list.item(row), region, title)
            self._shown = shown
        self._show_selection()

    def _fill_row(self, item: QListWidgetItem, region: Region, title: str) -> None:
        notes = [direction_words(region.direction)]
        if region.displacement is not None:
            notes.append(self.tr("{distance} px").format(distance=round(region.distance)))
        if region.hidden:
            notes.append(self.tr("hidden"))
        if region.locked:
            notes.append(self.tr("locked"))
        note = ", ".join(notes)
        item.setText(title)
        item.setIcon(direction_icon(region.direction))
        item.setData(NOTE_ROLE, note)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {note}")

    def _show_selection(self) -> None:
        selection, regions = self._editor.selection, self._editor.regions
        count = len(regions)
        with QSignalBlocker(self.list):
            if count == self.list.count() and selection != self._chosen():
                # The current row first: setting it selects that row alone.
                self.list.setCurrentRow(count - 1 - selection[-1] if selection else -1)
                self.list.clearSelection()
                for index in selection:
                    self.list.item(count - 1 - index).setSelected(True)
        locked = self._editor.read_only
        triggers = QAbstractItemView.EditTrigger
        self.list.setEditTriggers(
            triggers.NoEditTriggers if locked else triggers.DoubleClicked | triggers.EditKeyPressed
        )
        selection = () if locked else selection
        self.forward_button.setEnabled(bool(selection) and max(selection) < count - 1)
        self.backward_button.setEnabled(bool(selection) and min(selection) > 0)
        self.delete_button.setEnabled(any(not regions[index].locked for index in selection))

    def _chosen(self) -> tuple[int, ...]:
        """Indexes of the regions whose rows are selected, the current one last."""
        count = self.list.count()
        rows = [index.row() for index in self.list.selectedIndexes()]
        rows.sort(key=lambda row: row == self.list.currentRow())
        return tuple(count - 1 - row for row in rows)

    def _row_chosen(self) -> None:
        self._editor.select_many(self._chosen())

    def _renamed(self, item: QListWidgetItem) -> None:
        index = len(self._editor.regions) - 1 - self.list.row(item)
        region = self._editor.regions[index]
        name = item.text().strip()
        if name:
            self._editor.update_region(self.tr("Rename region"), index, replace(region, name=name))
        else:
            self.refresh_icons()

    def _refresh_icons(self) -> None:
        for button, name in (
            (self.forward_button, "forward"),
            (self.backward_button, "backward"),
            (self.delete_button, "delete"),
        ):
            button.setIcon(line_icon(name, self.palette()))


def _alike(region: Region, title: str, other: Region, other_title: str) -> bool:
    """Whether both have the same row: its outline is no part of it."""
    mine = (title, region.direction, region.displacement, region.hidden, region.locked)
    return mine == (
        other_title,
        other.direction,
        other.displacement,
        other.hidden,
        other.locked,
    )
