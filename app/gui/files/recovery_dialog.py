"""The dialog that offers work left behind when the program ended unexpectedly."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.project.recovery import Abandoned


class RecoveryDialog(QDialog):
    """Lists abandoned work, the latest first; closing it keeps everything for the next start."""

    restore_wanted = Signal(object)
    discard_wanted = Signal(object)

    def __init__(self, left: list[Abandoned], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Restore unsaved work?"))
        self.setMinimumWidth(460)
        what = QLabel(
            self.tr(
                "Unspool ended before this work was saved. Restoring opens it as it was; "
                "your photos and projects have not been touched."
            )
        )
        what.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Unsaved work, the latest first"))
        for item in left:
            row = QListWidgetItem(_describe(item, lambda count: self.tr("%n region(s)", "", count)))
            row.setToolTip(str(item.snapshot.photo))
            row.setData(Qt.ItemDataRole.UserRole, item)
            self.list.addItem(row)
        self.list.setCurrentRow(0)
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.restore_button = buttons.addButton(self.tr("Restore"), role.AcceptRole)
        self.discard_button = buttons.addButton(self.tr("Delete"), role.DestructiveRole)
        self.later_button = buttons.addButton(self.tr("Not now"), role.RejectRole)
        self.restore_button.setDefault(True)
        self.discard_button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(what)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        self.restore_button.clicked.connect(self._restore)
        self.discard_button.clicked.connect(self._discard)
        self.list.itemActivated.connect(lambda _item: self._restore())
        buttons.rejected.connect(self.reject)

    def _restore(self) -> None:
        row = self.list.currentItem()
        if row is not None:
            self.accept()
            self.restore_wanted.emit(row.data(Qt.ItemDataRole.UserRole))

    def _discard(self) -> None:
        row = self.list.takeItem(self.list.currentRow())
        if row is not None:
            self.discard_wanted.emit(row.data(Qt.ItemDataRole.UserRole))
        if self.list.count() == 0:
            self.accept()


def _describe(item: Abandoned, words: Callable[[int], str]) -> str:
    """One line on what was left; `words` counts regions in the person's language."""
    count = len(item.snapshot.content.get("regions") or [])
    regions = words(count)
    when = QDateTime.fromMSecsSinceEpoch(round(item.snapshot.edited_at * 1000))
    shown = QLocale().toString(when, QLocale.FormatType.ShortFormat)
    return f"{item.snapshot.photo.name} · {regions} · {shown}"
