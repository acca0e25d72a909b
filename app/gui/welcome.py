"""The first screen: open a photo, drop one, go on with a recent one, or try a packaged sample."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImageReader, QPalette, QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.assets import sample_names, sample_path
from app.errors import UnspoolError
from app.gui.program.icons import program_icon

_THUMBNAIL = QSize(196, 132)
_WIDEST = 880
_COLUMNS = 4
_MOST_SAMPLES = 8
_MOST_RECENT = 5


class Welcome(QWidget):
    """Emits `open_wanted()` for the file dialog and `path_chosen(path)` for everything else."""

    open_wanted = Signal()
    path_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.sample_buttons: list[QToolButton] = []
        content = QWidget()
        content.setMaximumWidth(_WIDEST)
        row = QHBoxLayout(self)
        row.setContentsMargins(48, 32, 48, 32)
        row.addStretch(1)
        row.addWidget(content, 100)
        row.addStretch(1)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(2)
        column.addLayout(self._heading())
        column.addSpacing(8)
        column.addLayout(self._open_row())
        self._recent_title = self._section(self.tr("Recent"))
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column.addSpacing(12)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        samples = self._samples()
        if samples is not None:
            column.addSpacing(12)
            column.addWidget(self._section(self.tr("Try a sample")))
            column.addLayout(samples)
        column.addStretch(3)
        self.show_recent([])

    def show_recent(self, paths: list[Path]) -> None:
        """List the files opened lately, those that still exist."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        present = [path for path in paths if path.exists()][:_MOST_RECENT]
        self._recent_title.setVisible(bool(present))
        for path in present:
            button = QPushButton(f"{path.name}   —   {path.parent}".replace("&", "&&"))
            button.setFlat(True)
            button.setStyleSheet("text-align: left; padding: 4px 6px;")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.setAccessibleName(self.tr("Open {name} again").format(name=path.name))
            button.clicked.connect(lambda _=False, path=path: self.path_chosen.emit(path))
            self._recent.addWidget(button)

    def _heading(self) -> QHBoxLayout:
        mark = QLabel()
        mark.setPixmap(program_icon().pixmap(64, 64))
        title = QLabel("Unspool")
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 2.2)
        font.setBold(True)
        title.setFont(font)
        text = QLabel(self.tr("One motion-blurred photo in, one short, sharp film out."))
        text.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(text)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(mark)
        row.addLayout(words, 1)
        return row

    def _open_row(self) -> QHBoxLayout:
        self.open_button = QPushButton(self.tr("Open a photo, clip or project…"))
        self.open_button.setDefault(True)
        self.open_button.setMinimumHeight(40)
        self.open_button.setMinimumWidth(240)
        self.open_button.clicked.connect(self.open_wanted)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.open_button)
        row.addWidget(QLabel(self.tr("or drop one anywhere on this window")))
        row.addStretch(1)
        return row

    def _section(self, title: str) -> QLabel:
        label = QLabel(title)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        return label

    def _samples(self) -> QGridLayout | None:
        grid = QGridLayout()
        grid.setSpacing(12)
        for name in sample_names()[:_MOST_SAMPLES]:
            try:
                path = sample_path(name)
            except UnspoolError:
                continue
            button = QToolButton()
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setText(name.replace("-", " ").replace("_", " ").capitalize())
            button.setIcon(QIcon(_thumbnail(path)))
            button.setIconSize(_THUMBNAIL)
            button.setAutoRaise(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setAccessibleName(self.tr("Open the sample {name}").format(name=name))
            button.clicked.connect(lambda _=False, path=path: self.path_chosen.emit(path))
            count = len(self.sample_buttons)
            grid.addWidget(button, count // _COLUMNS, count % _COLUMNS)
            self.sample_buttons.append(button)
        if not self.sample_buttons:
            return None
        grid.setColumnStretch(_COLUMNS, 1)
        return grid


def _thumbnail(path: Path) -> QPixmap:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        # Scaled while it is decoded, and cut to one shape so that the samples stand in a row.
        reader.setScaledSize(
            size.scaled(_THUMBNAIL * 2, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        )
    picture = QPixmap.fromImage(reader.read())
    wanted = _THUMBNAIL * 2
    cut = picture.copy(
        max(0, (picture.width() - wanted.width()) // 2),
        # From a little above the middle, where people's faces are.
        max(0, (picture.height() - wanted.height()) // 4),
        min(wanted.width(), picture.width()),
        min(wanted.height(), picture.height()),
    )
    cut.setDevicePixelRatio(2)
    return cut
