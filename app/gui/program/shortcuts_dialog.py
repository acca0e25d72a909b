"""Every command with its keys in one list that can be searched; made from the window's actions."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.gui.actions import Command
from app.gui.drawing.keys import keys_of
from app.gui.program.language import direction_words, translate
from app.guidance.classes import Direction


class ShortcutsDialog(QDialog):
    """Lists commands by menu; the field above keeps those that contain what is typed."""

    def __init__(
        self,
        commands: Iterable[Command],
        actions: dict[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(520, 560)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Search for a command or a key"))
        self.filter.setAccessibleName(self.tr("Search for a command or a key"))
        self.filter.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Commands and their keys"))
        self.list.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAlternatingRowColors(True)
        self.list.setUniformRowHeights(True)
        self._groups: dict[str, tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = {}
        for command in commands:
            action = actions[command.name]
            keys = [_native(key) for key in action.shortcuts()]
            self._add(_menu_words(command.menu), _words(command.text), ", ".join(keys))
        for direction in Direction:
            self._add(self.tr("Direction"), direction_words(direction), keys_of(direction))
        for what, how in self._pointing():
            self._add(self.tr("Pointer"), what, how)
        self.list.expandAll()
        self.list.resizeColumnToContents(0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        self.filter.textChanged.connect(self.show_matching)

    def show_matching(self, text: str) -> None:
        """Keep the rows that contain every word of `text`, in the command or in its keys."""
        wanted = text.casefold().split()
        for group, items in self._groups.values():
            for item in items:
                there = f"{group.text(0)} {item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in there for word in wanted))
            group.setHidden(all(item.isHidden() for item in items))

    def rows(self) -> list[tuple[str, str]]:
        """The (command, keys) that are in the list now."""
        return [
            (item.text(0), item.text(1))
            for _, items in self._groups.values()
            for item in items
            if not item.isHidden()
        ]

    def _add(self, title: str, words: str, keys: str) -> None:
        if title not in self._groups:
            group = QTreeWidgetItem([title])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            self.list.addTopLevelItem(group)
            group.setFirstColumnSpanned(True)
            self._groups[title] = (group, [])
        group, items = self._groups[title]
        items.append(QTreeWidgetItem(group, [words, keys]))

    def _pointing(self) -> list[tuple[str, str]]:
        """What keys do together with the pointer; no action knows about these."""
        return [
            (self.tr("Move the view"), self.tr("Space and drag, or the middle button")),
            (self.tr("Zoom where the pointer is"), self.tr("Wheel")),
            (self.tr("Close the outline being drawn"), self.tr("Enter or double-click")),
            (self.tr("Give up what is being drawn"), self.tr("Esc")),
            (self.tr("Cut out instead of adding"), self.tr("Alt")),
            (self.tr("Add to the selection"), self.tr("Shift and click")),
        ]


def _words(text: str) -> str:
    return translate("Command", text).replace("&", "").rstrip("…")


def _menu_words(menu: str) -> str:
    return " › ".join(_words(part) for part in menu.split("/"))


def _native(key: QKeySequence) -> str:
    return key.toString(QKeySequence.SequenceFormat.NativeText)
