"""Dialogs that tell about a whole folder: how its classes are distributed, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.gui.drawing.glyphs import direction_icon
from app.gui.program.language import decimal, direction_words
from app.gui.program.sentences import told
from app.guidance.classes import Direction, parse_label
from app.project.folder_values import FolderStatistics

_MOST_PROBLEMS = 4


class _Report(QDialog):
    """A sentence, something below it, and buttons that copy all of it or close."""

    def __init__(self, title: str, sentence: str, body: QWidget, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.sentence = QLabel(sentence)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(
            self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.sentence)
        column.addWidget(body, 1)
        column.addWidget(buttons)

    def text(self) -> str:
        """What the dialog says, as plain text; those with more to say add to it."""
        return f"{self.sentence.text()}\n"


class ProblemsDialog(_Report):
    """Which files could not be dealt with, and why."""

    def __init__(
        self, title: str, sentence: str, problems: Sequence[str], parent: QWidget | None = None
    ) -> None:
        self.problems = QPlainTextEdit("\n".join(map(told, problems)))
        self.problems.setReadOnly(True)
        self.problems.setTabChangesFocus(True)
        super().__init__(title, sentence, self.problems, parent)
        self.problems.setAccessibleName(self.tr("What went wrong"))
        self.setMinimumSize(560, 300)

    def text(self) -> str:
        """The sentence and the problems, a line each."""
        return f"{super().text()}{self.problems.toPlainText()}\n"


class StatisticsDialog(_Report):
    """Photos by state, and regions and pixels by class."""

    def __init__(self, found: FolderStatistics, parent: QWidget | None = None) -> None:
        self.table = QTableWidget(len(found.classes), 5)
        states = self.tr(
            "{photos} photos: {done} done, {draft} draft, {untouched} untouched; "
            "{notes} with a note"
        ).format(photos=found.photos, notes=found.notes, **found.states)
        states = "\n".join([states, *map(told, found.problems[:_MOST_PROBLEMS])])
        if (more := len(found.problems) - _MOST_PROBLEMS) > 0:
            states += "\n" + self.tr("%n more cannot be read.", "", more)
        super().__init__(
            self.tr("Statistics of {folder}").format(folder=found.folder.name),
            states,
            self.table,
            parent,
        )
        self.table.setAccessibleName(self.tr("Classes"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._heads = (
            self.tr("Class"),
            self.tr("Photos"),
            self.tr("Regions"),
            self.tr("Pixels"),
            self.tr("Share"),
        )
        self._rows: list[tuple[str, ...]] = []
        self.table.setHorizontalHeaderLabels(self._heads)
        for row, count in enumerate(found.classes):
            direction: Direction = parse_label(count.label)
            name = QTableWidgetItem(direction_icon(direction), direction_words(direction))
            self.table.setItem(row, 0, name)
            share = f"{decimal(100 * found.share(count), 2)} %"
            figures = (str(count.photos), str(count.regions), f"{count.pixels:,}", share)
            self._rows.append((direction_words(direction), *figures))
            for column, words in enumerate(figures, start=1):
                item = QTableWidgetItem(words)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        self.setMinimumSize(560, 330)

    def text(self) -> str:
        """The states, and the table with tabs between its columns, as spreadsheets take it."""
        lines = (self._heads, *self._rows)
        return "\n".join([self.sentence.text(), *("\t".join(line) for line in lines)]) + "\n"
