"""Where the log file lies, with buttons that open it and copy its path."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.gui.program.diagnostics import log_path


class LogRow(QWidget):
    """One row for the dialogs that a person looks at when something went wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = log_path()
        where = QLabel(self.tr("Log file: {path}").format(path=self._path))
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        where.setWordWrap(True)
        self.open_button = QPushButton(self.tr("Open"))
        self.open_button.setAccessibleName(self.tr("Open the log file"))
        self.open_button.setEnabled(self._path.is_file())
        self.copy_button = QPushButton(self.tr("Copy path"))
        self.copy_button.setAccessibleName(self.tr("Copy the path of the log file"))
        for button in (self.open_button, self.copy_button):
            button.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(where, 1)
        row.addWidget(self.open_button)
        row.addWidget(self.copy_button)
        self.open_button.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))
        )
        self.copy_button.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(str(self._path))
        )
