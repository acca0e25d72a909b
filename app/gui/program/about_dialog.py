"""What the program is, which versions it runs with, and where its log lies."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.gui.program.diagnostics import versions
from app.gui.program.icons import program_icon
from app.gui.program.log_row import LogRow


class AboutDialog(QDialog):
    """Copy takes the versions to the clipboard, for a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Unspool"))
        self.setMinimumWidth(560)
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        mark = QLabel()
        mark.setPixmap(program_icon().pixmap(64, 64))
        what = QLabel(
            self.tr(
                "<h3>Unspool {version}</h3><p>Turns one motion-blurred photo into the short, sharp "
                "film that the shutter smeared together.</p><p>Outline what moved, say roughly "
                "which way, and press {keys}.</p>"
            ).format(version=__version__, keys=keys)
        )
        what.setWordWrap(True)
        self._versions = "\n".join(f"{name} {version}" for name, version in versions())
        self.versions = QLabel(self._versions)
        self.versions.setTextFormat(Qt.TextFormat.PlainText)
        self.versions.setAccessibleName(self.tr("Versions"))
        self.versions.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(
            self.tr("Copy versions"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy_button.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self._versions)
        )
        buttons.rejected.connect(self.reject)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(what, 1)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.versions)
        column.addWidget(LogRow())
        column.addWidget(buttons)
