"""The dialog that asks how a film is exported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.gui.clock import LOOPS
from app.gui.film_panel import LOOP_NAMES
from app.gui.jobs import ExportRequest, Film

_FORMATS = (
    ("MP4 film", ".mp4"),
    ("WebM film", ".webm"),
    ("Animated GIF", ".gif"),
    ("Animated WebP", ".webp"),
    ("Animated PNG, lossless", ".apng"),
    ("Folder of PNG frames", ""),
)
_EDGES = (1920, 1280, 720, 480)


class ExportDialog(QDialog):
    """Asks how and where a film is written; `request()` is the answer."""

    def __init__(
        self, film: Film, path: Path, fps: float, loop: str, parent: QWidget | None = None
    ) -> None:
        """`path` is the suggested file; its suffix chooses the format shown first."""
        super().__init__(parent)
        self.setWindowTitle("Export film")
        self.setMinimumWidth(460)
        height, width = film.frames.shape[1:3]
        self.format = QComboBox()
        for title, suffix in _FORMATS:
            self.format.addItem(f"{title} ({suffix})" if suffix else title, suffix)
        self.format.setCurrentIndex(max(self.format.findData(path.suffix.lower()), 0))
        self.film_size = QComboBox()
        self.film_size.addItem(f"{width} × {height}, as the film", None)
        for edge in _EDGES:
            if edge < max(width, height):
                share = edge / max(width, height)
                self.film_size.addItem(f"{round(width * share)} × {round(height * share)}", edge)
        self.fps = QDoubleSpinBox()
        self.fps.setRange(1, 60)
        self.fps.setDecimals(0)
        self.fps.setValue(fps)
        self.fps.setSuffix(" frames per second")
        self.loop = QComboBox()
        for name in LOOPS:
            self.loop.addItem(LOOP_NAMES[name], name)
        self.loop.setCurrentIndex(max(self.loop.findData(loop), 0))
        self.seconds = QDoubleSpinBox()
        self.seconds.setRange(0, 600)
        self.seconds.setDecimals(0)
        self.seconds.setValue(3)
        self.seconds.setSuffix(" s")
        self.seconds.setToolTip("MP4 and WebM do not repeat by themselves: rounds are added")
        self.path = QLineEdit(str(path))
        self.path.setMinimumWidth(280)
        browse = QPushButton("Browse…")
        browse.clicked.connect(self._browse)
        place = QHBoxLayout()
        place.addWidget(self.path, 1)
        place.addWidget(browse)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        for label, field in (
            ("&Format", self.format),
            ("&Size", self.film_size),
            ("Spee&d", self.fps),
            ("&Plays", self.loop),
            ("&At least", self.seconds),
        ):
            form.addRow(label, field)
        save_as = QLabel("Save &as")
        save_as.setBuddy(self.path)
        form.addRow(save_as, place)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        self.export_button.setDefault(True)
        buttons.accepted.connect(self._accept_after_asking)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addLayout(form)
        column.addWidget(buttons)
        for label_text, widget in (
            ("Film format", self.format),
            ("Size", self.film_size),
            ("Frames per second", self.fps),
            ("How the film repeats", self.loop),
            ("Shortest length in seconds", self.seconds),
            ("File to save as", self.path),
        ):
            widget.setAccessibleName(label_text)
        self.format.currentIndexChanged.connect(self._format_chosen)
        self.loop.currentIndexChanged.connect(self._show_what_applies)
        self.path.textChanged.connect(self._show_what_applies)
        self._show_what_applies()

    def request(self) -> ExportRequest:
        """What the fields say."""
        path = Path(self.path.text().strip()).expanduser()
        suffix = str(self.format.currentData())
        if path.suffix.lower() != suffix:
            # A typed name without the format's suffix gets it; a folder of frames has none.
            path = path.with_name(path.name + suffix) if suffix else path.with_suffix("")
        return ExportRequest(
            path=path,
            fps=self.fps.value(),
            loop=str(self.loop.currentData()),
            max_edge=self.film_size.currentData(),
            min_seconds=self.seconds.value(),
        )

    def _format_chosen(self) -> None:
        path = Path(self.path.text().strip())
        if path.suffix.lower() in {suffix for _, suffix in _FORMATS}:
            path = path.with_suffix("")
        self.path.setText(f"{path}{self.format.currentData()}")
        self._show_what_applies()

    def _show_what_applies(self) -> None:
        suffix = self.format.currentData()
        repeats = suffix in (".mp4", ".webm") and self.loop.currentData() != "once"
        self.seconds.setEnabled(repeats)
        self.fps.setEnabled(bool(suffix))
        self.loop.setEnabled(bool(suffix))
        self.export_button.setEnabled(bool(self.path.text().strip()))

    def _browse(self) -> None:
        suffix = self.format.currentData()
        title = self.format.currentText().split(" (")[0]
        pattern = f"{title} (*{suffix})" if suffix else "Folders (*)"
        # The question about overwriting is asked once, when the person presses Export.
        name, _ = QFileDialog.getSaveFileName(
            self,
            "Export film",
            self.path.text(),
            pattern,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.path.setText(name)

    def _accept_after_asking(self) -> None:
        path = self.request().path
        full = path.is_dir() and any(path.iterdir())
        if path.is_file() or full:
            answer = QMessageBox.question(
                self, "Replace?", f"{path.name} exists already. Replace it?"
            )
            if answer != QMessageBox.StandardButton.Yes:
                return
        self.accept()
