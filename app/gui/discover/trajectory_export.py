"""Writing the shown trajectories to a file: asks for a name and writes in the background."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.gui.controller import Controller
from app.gui.discover.findings import TrajectoryField
from app.gui.discover.tracing import FILE_KINDS, write_trajectories
from app.gui.files.background_writer import BackgroundWriter

if TYPE_CHECKING:
    from app.media.photos import Photo


class TrajectoryExport(QObject):
    """Writes what `controller.discoveries` found."""

    def __init__(self, controller: Controller, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._window = window
        self._writer = BackgroundWriter(controller, controller.discoveries.worker, self)

    def ask(self) -> None:
        """Ask for a name, and write there."""
        document, field = self._controller.editor.document, self._controller.discoveries.field
        if document is None or field is None:
            self._controller.noticed.emit(self.tr("The trajectories are still being traced."))
            return
        kinds = {
            ".png": self.tr("Photo with lines (*.png)"),
            ".svg": self.tr("Lines alone (*.svg)"),
            ".npz": self.tr("Arrays (*.npz)"),
        }
        suggested = document.photo.path.with_name(f"{document.photo.path.stem}-trajectories.png")
        name, chosen = QFileDialog.getSaveFileName(
            self._window, self.tr("Export trajectories"), str(suggested), ";;".join(kinds.values())
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() not in FILE_KINDS:
            kind = next((k for k, words in kinds.items() if words == chosen), ".png")
            path = path.with_name(path.name + kind)
        self.write(path, field, document.photo)

    def write(self, path: Path, field: TrajectoryField, photo: Photo) -> None:
        """Write in the background; a notice or a failure follows."""
        self._writer.write(
            path,
            lambda place: write_trajectories(place, field, photo),
            self.tr("Writing trajectories"),
            self.tr("Saved the trajectories as {path}."),
        )
