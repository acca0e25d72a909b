"""The film and its frames on the clipboard.

A film goes there as an animated GIF: as data for programs that take animations, and as a file for
those that paste files. The file lies in the cache folder and is removed when the program ends.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import platformdirs
from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage

from app.atomic import explain_os_error
from app.gui.controller import Controller
from app.gui.export.export_dialog import readable_bytes
from app.gui.export.export_jobs import CopiedFilm
from app.gui.film.player import Player

_STALE_SECONDS = 24 * 3600


class FilmClipboard(QObject):
    """Copies what is shown; `told(sentence)` says what was copied, `failed(error)` why not."""

    told = Signal(str)
    failed = Signal(object)

    def __init__(
        self, controller: Controller, player: Player, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._player = player
        self._folder: Path | None = None
        controller.film_copied.connect(self._take_film)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.clean)

    def copy_frame(self) -> None:
        """Copy the frame that is shown, at the film's full size."""
        film = self._controller.film
        if film is None:
            return
        from app.media.pixels import to_8bit

        index = self._player.frame
        pixels = to_8bit(film.frames[index])
        height, width = pixels.shape[:2]
        image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
        # The clipboard outlives the bytes, so it gets a copy.
        QGuiApplication.clipboard().setImage(image.copy())
        self.told.emit(
            self.tr("Copied frame {number} of {count} as a picture, {width} × {height}.").format(
                number=index + 1, count=len(film.frames), width=width, height=height
            )
        )

    def copy_film(self) -> None:
        """Copy the film as an animated GIF; it is made in the background."""
        if self._controller.film is None:
            return
        try:
            self._controller.copy_film(self._own_folder())
        except OSError as error:
            self.failed.emit(explain_os_error(error, cache_folder(), "write"))

    def clean(self) -> None:
        """Remove the files of this run."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _own_folder(self) -> Path:
        if self._folder is None or not self._folder.is_dir():
            root = cache_folder()
            root.mkdir(parents=True, exist_ok=True)
            # What runs that crashed have left.
            for old in root.iterdir():
                if time.time() - old.stat().st_mtime > _STALE_SECONDS:
                    shutil.rmtree(old, ignore_errors=True)
            self._folder = Path(tempfile.mkdtemp(dir=root))
        return self._folder

    def _take_film(self, copied: CopiedFilm) -> None:
        try:
            gif = copied.path.read_bytes()
        except OSError as error:
            self.failed.emit(explain_os_error(error, copied.path, "read"))
            return
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(copied.path))])
        data.setData("image/gif", gif)
        QGuiApplication.clipboard().setMimeData(data)
        sentence = self.tr(
            "Copied the film as an animated GIF, {width} × {height}, {size}, without in-betweens. "
            "It can be pasted until Unspool closes."
        )
        self.told.emit(
            sentence.format(width=copied.width, height=copied.height, size=readable_bytes(len(gif)))
        )


def cache_folder() -> Path:
    """Where copied films lie while the program runs."""
    return Path(platformdirs.user_cache_dir("Unspool", appauthor=False)) / "clipboard"
