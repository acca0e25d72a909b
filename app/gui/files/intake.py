"""What comes in by the clipboard or is dropped on the window: photos, projects, folders, pixels.

Pixels without a file become one at once, among the person's pictures, so that they can never be
lost and a project has a photo to refer to.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication, QImage

from app.gui.controller import Controller
from app.gui.files.file_commands import FileCommands
from app.media.kinds import is_photo_name


class Intake(QObject):
    """`warned` carries a sentence when there is nothing to take, `noticed` news."""

    warned = Signal(str)
    noticed = Signal(str)

    def __init__(
        self, files: FileCommands, controller: Controller, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._files = files
        self._controller = controller

    def paste(self) -> None:
        """Take what is on the clipboard."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self.warned.emit(self.tr("There is no photo on the clipboard."))

    def accepts(self, data: QMimeData) -> bool:
        """Whether there is something to take."""
        return bool(_local_paths(data)) or data.hasImage()

    def take(self, data: QMimeData) -> bool:
        """Open files and folders, or keep pixels as a file and open that; False without either."""
        paths = _local_paths(data)
        if len(paths) == 1:
            self._files.open_path(paths[0])
        elif paths:
            self._take_several(paths)
        elif data.hasImage():
            image = QImage(data.imageData())
            if image.isNull():
                return False
            if self._files.may_discard():
                self._controller.open_pixels(image, _new_name(pictures_folder()))
        else:
            return False
        return True

    def _take_several(self, paths: list[Path]) -> None:
        photos = [path for path in paths if is_photo_name(path) and path.is_file()]
        if len(photos) > 1:
            # Only listed: the question about unsaved work comes with the first one opened.
            self._controller.list_photos(photos)
        else:
            first = (photos or paths)[0]
            self.noticed.emit(
                self.tr("Only {name} was opened: one project or folder at a time.").format(
                    name=first.name
                )
            )
            self._files.open_path(first)


def pictures_folder() -> Path:
    """Where pasted photos are kept: a folder of ours among the person's pictures."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return (Path(place) if place else Path.home()) / "Unspool"


def _new_name(folder: Path) -> Path:
    stamp = datetime.now().strftime("%Y-%m-%d %H.%M.%S")
    path, number = folder / f"{stamp}.png", 2
    while path.exists():
        path, number = folder / f"{stamp} {number}.png", number + 1
    return path


def _local_paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
