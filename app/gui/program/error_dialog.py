"""The dialog about an error that nobody foresaw, with all that a report needs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.gui.program.diagnostics import full_text, versions
from app.gui.program.log_row import LogRow


class ErrorDialog(QDialog):
    """Shows the error with its traceback; Copy takes it, and the versions, to the clipboard."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setMinimumSize(620, 360)
        summary = str(error).strip().splitlines()
        what = QLabel(
            self.tr(
                "<b>{kind}</b>: an error that the program did not foresee. Your photo and "
                "regions are still here; saving them now is wise."
            ).format(kind=type(error).__name__)
        )
        what.setWordWrap(True)
        self.details = QPlainTextEdit(full_text(error))
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setAccessibleName(self.tr("Details of the error"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(
            self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy_button.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(what)
        if summary:
            first = QLabel(summary[0])
            first.setTextFormat(Qt.TextFormat.PlainText)
            first.setWordWrap(True)
            column.addWidget(first)
        column.addWidget(self.details, 1)
        column.addWidget(LogRow())
        column.addWidget(buttons)

    def copy(self) -> None:
        """Put the details and the versions on the clipboard."""
        known = "\n".join(f"{name} {version}" for name, version in versions())
        QGuiApplication.clipboard().setText(f"{self.details.toPlainText()}\n{known}\n")
