"""Rows of a folder's list: the photo, small, with the sign of its state in the corner."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem

from app.gui.folder.row_notes import NoteDelegate
from app.gui.folder.thumbnails import THUMBNAIL_EDGE, Thumbnails

PHOTO_ROLE = Qt.ItemDataRole.UserRole
"""Under this role a row keeps the path of its photo."""

_SIGN = 16
_RIM = 1.5


class ThumbnailDelegate(NoteDelegate):
    """Shows the thumbnail of a row's photo as soon as there is one; the sign alone until then."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent, QSize(THUMBNAIL_EDGE, round(0.75 * THUMBNAIL_EDGE)))
        self._thumbnails = thumbnails

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        # Only rows on the screen are painted, so only their pictures are made.
        self._thumbnails.ask_for(index.data(PHOTO_ROLE))
        super().paint(painter, option, index)

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        picture = self._thumbnails.of(index.data(PHOTO_ROLE))
        if picture is None or option.icon.isNull():
            return
        ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
        ground = option.palette.base().color()
        option.icon = _with_sign(picture, option.icon, option.decorationSize, ratio, ground)


def _with_sign(picture: QPixmap, sign: QIcon, room: QSize, ratio: float, ground: QColor) -> QIcon:
    """The picture in the middle of a transparent one of the room's size, the sign on top."""
    canvas = QPixmap(room * ratio)
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(Qt.GlobalColor.transparent)
    whole = QRect(0, 0, room.width(), room.height())
    with QPainter(canvas) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(whole.center())
        painter.drawPixmap(place, picture)
        corner = QRect(1, room.height() - _SIGN - 1, _SIGN, _SIGN)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(QRectF(corner).adjusted(-_RIM, -_RIM, _RIM, _RIM))
        sign.paint(painter, corner)
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(canvas, mode)
    return icon
