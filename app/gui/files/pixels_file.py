"""Writes an image that came without a file, from the clipboard or another program, as PNG."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from app.atomic import atomic_file
from app.errors import RunError
from app.gui.program.language import translate


def write_image(image: QImage, path: Path) -> None:
    """Write `image` to `path`, whole or not at all; folders that are missing are made.

    Raises:
        InputError: something stands there, or it cannot be written there.
        RunError: the disk is full, or Qt cannot encode the image.
    """
    with atomic_file(path, overwrite=False) as temporary:
        # Little compression: a person waits for this.
        if not image.save(str(temporary), quality=90):
            sentence = translate("Pixels", "Cannot write {path}: the image could not be encoded.")
            raise RunError(sentence.format(path=path))
