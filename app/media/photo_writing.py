"""Writing pixels as photos."""

from __future__ import annotations

import io
from os import PathLike
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from app.atomic import atomic_file
from app.errors import InputError, RunError
from app.media.exif import exif_for
from app.media.kinds import PHOTO_SUFFIXES
from app.media.pixels import Pixels, to_8bit


def write_photo(
    path: str | PathLike[str],
    pixels: Pixels,
    overwrite: bool = True,
    made_from: Path | None = None,
) -> None:
    """Write pixels as PNG, TIFF (8 or 16 bits), JPEG, WebP or BMP (8 bits), chosen by the suffix.

    PNG, TIFF and BMP keep every value; JPEG and WebP are written at quality 95, and uint16 pixels
    are rounded to 8 bits for them and for BMP. The file appears whole or not at all.

    Args:
        path: the file; its suffix is one of `PHOTO_SUFFIXES`.
        pixels: (H, W, 3) uint8 or uint16, RGB, sRGB-encoded.
        overwrite: whether a file of that name may be replaced.
        made_from: the file of the photo that these pixels were made from, whose EXIF data is kept;
            BMP and 16-bit files hold none.

    Raises:
        InputError: unknown suffix, wrong pixels, or the file cannot be written there.
        RunError: the disk is full.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in PHOTO_SUFFIXES:
        known = ", ".join(PHOTO_SUFFIXES)
        raise InputError(f"Cannot write {path}: the suffix of a photo is one of {known}.")
    if pixels.ndim != 3 or pixels.shape[2] != 3 or 0 in pixels.shape:
        raise InputError(f"Cannot write {path}: pixels of shape {pixels.shape} are not (H, W, 3).")
    if pixels.dtype not in (np.uint8, np.uint16):
        raise InputError(f"Cannot write {path}: pixels must be uint8 or uint16.")
    height, width = pixels.shape[:2]
    remarks = b"" if made_from is None else exif_for(made_from, width, height)
    with atomic_file(path, overwrite=overwrite) as temporary:
        temporary.write_bytes(_encode(path, suffix, pixels, remarks))


def _encode(path: Path, suffix: str, pixels: Pixels, exif: bytes) -> bytes:
    if pixels.dtype == np.uint16 and suffix in (".png", ".tif", ".tiff"):
        done, encoded = cv2.imencode(suffix, np.ascontiguousarray(pixels[..., ::-1]))
        if not done:
            raise RunError(f"Cannot write {path}: the image could not be encoded.")
        return bytes(encoded.tobytes())
    every_option: dict[str, dict[str, Any]] = {
        ".jpg": {"format": "JPEG", "quality": 95, "subsampling": 0},
        ".png": {"format": "PNG", "compress_level": 4},
        ".tif": {"format": "TIFF", "compression": "tiff_adobe_deflate"},
        ".webp": {"format": "WEBP", "quality": 95, "method": 4},
        ".bmp": {"format": "BMP"},
    }
    options = every_option[{".jpeg": ".jpg", ".tiff": ".tif"}.get(suffix, suffix)]
    if exif and suffix != ".bmp":
        options["exif"] = exif
        if options["format"] == "TIFF":
            # Pillow cannot write the parts of EXIF data into a compressed TIFF file.
            del options["compression"]
    stream = io.BytesIO()
    try:
        Image.fromarray(np.ascontiguousarray(to_8bit(pixels))).save(stream, **options)
    except (OSError, ValueError) as error:
        height, width = pixels.shape[:2]
        raise InputError(
            f"Cannot write {path}: {width} × {height} pixels do not fit into {suffix}."
        ) from error
    return stream.getvalue()
