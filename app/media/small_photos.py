"""Photos at a small size, as quickly as their files allow: what cameras put in beside the photo.

Whole photos are read by `photos.py`; scaling to a wanted size is the caller's.
"""

from __future__ import annotations

import io
from os import PathLike
from pathlib import Path

import numpy as np
from PIL import Image

from app.errors import InputError
from app.media.kinds import RAW_SUFFIXES
from app.media.photos import DEFAULT_MAX_PIXELS, Photo, decode_photo, read_bytes
from app.media.pixels import upright
from app.media.raw import RawPreview, find_preview, read_raw


def read_small(path: str | PathLike[str], least_side: int) -> Photo:
    """A photo that may be smaller than its file's, upright and sRGB as of `read_photo`.

    Of a JPEG no more than is needed is decoded, of a HEIC photo the thumbnail inside it, and of a
    camera raw file the camera's own picture, which may differ in colour from the developed one.

    Args:
        path: the file.
        least_side: neither side falls below this number of pixels, unless the photo's does.

    Raises:
        InputError, RunError: as `read_photo`.
    """
    path = Path(path)
    data = read_bytes(path)
    if path.suffix.lower() not in RAW_SUFFIXES:
        return decode_photo(path, data, least_side=least_side)
    preview = find_preview(path, data)
    photo = None if preview is None else _decoded(path, preview, least_side)
    if photo is None or min(photo.width, photo.height) < least_side:
        return Photo(read_raw(path, data, DEFAULT_MAX_PIXELS), path, 16)
    return photo


def _decoded(path: Path, preview: RawPreview, least_side: int) -> Photo | None:
    """The camera's picture, upright; None where it cannot be decoded."""
    if not isinstance(preview.picture, bytes):
        height, width = preview.picture.shape[:2]
        pixels = upright(preview.picture, preview.orientation_of(width, height))
        return Photo(np.ascontiguousarray(pixels), path, 8)
    try:
        with Image.open(io.BytesIO(preview.picture), formats=("JPEG",)) as header:
            orientation = preview.orientation_of(*header.size)
        return decode_photo(path, preview.picture, least_side=least_side, orientation=orientation)
    except (InputError, OSError, Image.DecompressionBombError):
        return None
