"""Saving one frame of the film as a photo: asks for a name and writes in the background."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import InputError
from app.gui.controller import Controller
from app.gui.files.background_writer import BackgroundWriter
from app.gui.film.player import Player
from app.gui.program.language import translate
from app.media.kinds import PHOTO_SUFFIXES


class FrameExport(QObject):
    """Writes the frame that the player shows."""

    def __init__(self, controller: Controller, player: Player, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._player = player
        self._window = window
        self._writer = BackgroundWriter(controller, controller.background.files, self)

    def ask(self) -> None:
        """Ask for a name, and write there."""
        film, document = self._controller.film, self._controller.editor.document
        if film is None or document is None:
            return
        photo, number = document.photo.path, self._player.frame
        # Sixteen bits and formats that are only read become PNG, the others stay what they are.
        suffix = photo.suffix.lower()
        if suffix not in PHOTO_SUFFIXES or film.frames.dtype.itemsize > 1:
            suffix = ".png"
        suggested = photo.with_name(f"{photo.stem}-sharp-{number + 1}{suffix}")
        kinds = " ".join(f"*{kind}" for kind in PHOTO_SUFFIXES)
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save frame as photo"),
            str(suggested),
            self.tr("Photos ({kinds})").format(kinds=kinds),
        )
        if name:
            path = Path(name)
            if path.suffix.lower() not in PHOTO_SUFFIXES:
                path = path.with_name(path.name + suffix)
            self.write(path, film.frames[number], photo)

    def write(self, path: Path, pixels: NDArray[Any], made_from: Path) -> None:
        """Write in the background; a notice or a failure follows."""

        def write(place: Path) -> None:
            from app.media.photo_writing import write_photo

            if place.exists() and place.samefile(made_from):
                raise InputError(
                    translate(
                        "FrameExport", "{path} is the blurry photo itself; choose another name."
                    ).format(path=place)
                )
            write_photo(place, pixels, made_from=made_from)

        said = self.tr("Saved the frame as {path}.")
        self._writer.write(path, write, self.tr("Saving the frame"), said)
