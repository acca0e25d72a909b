"""A field that chooses weights for one purpose: by name, from a file, or automatically.

What is installed and whether a file fits is found in the background by `app.gui.program.machine`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.gui.program.machine import CheckedWeights, Machine, check_weights_job
from app.gui.program.sentences import told
from app.gui.worker import Job, Worker


class WeightsChooser(QWidget):
    """Offers what `worker` finds; a file that does not fit is not taken, and `note` says why.

    Args:
        purpose: one of `app.gui.program.machine.PURPOSES`.
        chosen: what is chosen at first.
        words: what names are called for people; other weights by their file's name. The first of
            them stands at the top.
    """

    def __init__(
        self,
        purpose: str,
        chosen: str,
        words: dict[str, str],
        worker: Worker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._purpose = purpose
        self._words = words
        self._worker = worker
        self._checking: Job | None = None
        self.field = QComboBox()
        self.button = QPushButton(self.tr("File…"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._browse)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.note.hide()
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.note)
        self._offer(next(iter(words)))
        self._offer(chosen)
        self.field.setCurrentIndex(self.field.findData(chosen))
        worker.finished_job.connect(self._found)
        worker.failed_job.connect(self._failed)

    @property
    def chosen(self) -> str:
        """The name or path that is chosen."""
        return str(self.field.currentData())

    def check(self, path: Path) -> None:
        """Take a file, once it has proved usable."""
        self.note.setText(self.tr("Reading {name}…").format(name=path.name))
        self.note.show()
        self._checking = check_weights_job(path, self._purpose)
        self._worker.submit(self._checking)

    def _offer(self, name: str) -> None:
        if self.field.findData(name) < 0:
            self.field.addItem(self._words.get(name, Path(name).stem), name)

    def _browse(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose weights"),
            str(Path.home()),
            self.tr("Weights (*.safetensors);;All files (*)"),
        )
        if name:
            self.check(Path(name))

    def _found(self, job: Job, result: object) -> None:
        if isinstance(result, Machine):
            for name in result.weights[self._purpose]:
                self._offer(name)
        elif isinstance(result, CheckedWeights) and job is self._checking:
            self._checking = None
            self.note.setText(result.problem)
            self.note.setVisible(bool(result.problem))
            if not result.problem:
                self._offer(str(result.path))
                self.field.setCurrentIndex(self.field.findData(str(result.path)))

    def _failed(self, job: Job, error: BaseException) -> None:
        if job is self._checking:
            self._checking = None
            self.note.setText(told(error))
