"""Rows of a list with a note at their right end: which direction a region has, what is done."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

NOTE_ROLE = Qt.ItemDataRole.UserRole + 1
"""Under this role an item keeps the words for its right end."""

_NEXT_LINE = "\u2028 "


class NoteDelegate(QStyledItemDelegate):
    """Writes the note of a row at its right end, and shortens the name where both do not fit."""

    def __init__(self, parent: QObject | None = None, icon_room: QSize | None = None) -> None:
        """With `icon_room` rows are as high as such icons, and the note stands below the name."""
        super().__init__(parent)
        self._icon_room = icon_room

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        metrics = option.fontMetrics
        taken, below = 8, ""
        if self._icon_room is not None:
            # An empty line keeps the place of the note.
            option.decorationSize, below = self._icon_room, _NEXT_LINE
        else:
            taken += metrics.horizontalAdvance(str(index.data(NOTE_ROLE))) + 20
        if not option.icon.isNull():
            taken += option.decorationSize.width() + 4
        room = max(option.rect.width() - taken, 0)
        option.text = metrics.elidedText(option.text, Qt.TextElideMode.ElideMiddle, room) + below

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        painter.save()
        state, palette, rect = option.state, option.palette, option.rect.adjusted(0, 0, -8, 0)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.PlaceholderText
        painter.setPen(palette.color(role))
        note, side = str(index.data(NOTE_ROLE)), Qt.AlignmentFlag.AlignRight
        if self._icon_room is not None:
            side = Qt.AlignmentFlag.AlignLeft
            rect.adjust(self._icon_room.width() + 9, option.fontMetrics.height(), 0, 0)
            note = option.fontMetrics.elidedText(note, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, note)
        painter.restore()
