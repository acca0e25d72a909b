"""What a camera wrote about a photo: its exposure, and all of it for photos made of it."""

from __future__ import annotations

import math
import warnings
from pathlib import Path

from PIL import Image

from app.media.photo_decoding import DECODING_ERRORS

_ORIENTATION = 0x0112
_CAMERA_PART = 0x8769
_PLACE_PART = 0x8825
_EXPOSURE_TIME = 0x829A
_WIDTH, _HEIGHT = 0xA002, 0xA003
_ABOUT_PIXELS = frozenset(
    (0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0111, 0x0115, 0x0116, 0x0117, 0x011C, 0x8773)
)
"""Tags of TIFF files that describe how their own pixels are stored, and their colour profile."""
_LONGEST = 65_000
"""Bytes that fit into the part of a JPEG that holds them."""


def exif_for(source: Path, width: int, height: int) -> bytes:
    """The EXIF data of a photo's file for another one of upright pixels, without its thumbnail.

    Args:
        source: a photo that was read before.
        width, height: of the photo that it is for, in pixels.

    Returns:
        The bytes; none where the file holds none that can be read or kept.
    """
    try:
        with warnings.catch_warnings():
            # Half of a remark is worth as much as none: no words about it.
            warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
            kept = _kept(source)
        if not kept and not any(kept.get_ifd(part) for part in (_CAMERA_PART, _PLACE_PART)):
            return b""
        kept[_ORIENTATION] = 1
        camera = kept.get_ifd(_CAMERA_PART)
        if camera:
            camera[_WIDTH], camera[_HEIGHT] = width, height
        written = kept.tobytes()
    except DECODING_ERRORS:
        # Damaged remarks are no reason not to write a photo.
        return b""
    return written if len(written) <= _LONGEST else b""


def exposure_seconds(source: Path) -> float | None:
    """For how long a photo was exposed, as its file says; None where it does not."""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
            with Image.open(source) as image:
                seconds = float(image.getexif().get_ifd(_CAMERA_PART).get(_EXPOSURE_TIME, 0))
    except (*DECODING_ERRORS, TypeError, ZeroDivisionError):
        return None
    return seconds if 0 < seconds < math.inf else None


def _kept(source: Path) -> Image.Exif:
    kept = Image.Exif()
    with Image.open(source) as image:
        read = image.getexif()
        for tag, value in read.items():
            if tag not in _ABOUT_PIXELS and tag not in (_CAMERA_PART, _PLACE_PART):
                kept[tag] = value
        for part in (_CAMERA_PART, _PLACE_PART):
            entries = read.get_ifd(part)
            if entries:
                kept.get_ifd(part).update(entries)
    return kept
