"""Rows of a list with a note at their right end: which direction a region has, what is done."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

NOTE_ROLE = Qt.ItemDataRole.UserRole + 1
"""Under this role an item keeps the words for its right end."""


class NoteDelegate(QStyledItemDelegate):
    """Writes the note of a row at its right end, and shortens the name where both do not fit."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        metrics = option.fontMetrics
        taken = metrics.horizontalAdvance(str(index.data(NOTE_ROLE))) + 28
        if not option.icon.isNull():
            taken += option.decorationSize.width() + 4
        room = max(option.rect.width() - taken, 0)
        option.text = metrics.elidedText(option.text, Qt.TextElideMode.ElideMiddle, room)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        painter.save()
        state, palette, rect = option.state, option.palette, option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.PlaceholderText
        painter.setPen(palette.color(role))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(0, 0, -8, 0), flags, str(index.data(NOTE_ROLE)))
        painter.restore()
