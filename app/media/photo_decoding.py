"""From an opened image to upright sRGB pixels: depth, colour profile, transparency, orientation.

Opening files and explaining what is wrong with them is `photos`.
"""

from __future__ import annotations

import logging
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from app.errors import InputError
from app.media import icc
from app.media.pixels import Pixels, to_8bit, upright

_logger = logging.getLogger(__name__)

# What Pillow's decoders raise on damaged files, found in its own tests and tracker.
DECODING_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)
_ORIENTATION = 0x0112
_STRIP_PIXELS = 1 << 19
_PROFILE_MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}


def decoded(
    path: Path, data: bytes, image: Image.Image, orientation: int | None = None
) -> tuple[Pixels, int]:
    """The pixels of an image and its bits per value, 8 or 16; see `photos.read_photo`.

    Args:
        path: for messages.
        data: the whole file.
        image: what Pillow has opened of it; is decoded here.
        orientation: an EXIF orientation to turn by instead of the file's own; not for TIFF files.

    Raises:
        InputError: samples of a kind that is not supported.
    """
    # Read before decoding: Pillow turns TIFF files itself while it loads them.
    orientation = orientation or orientation_of(image)
    sixteen = _has_16_bits(image, data)
    profile_bytes = image.info.get("icc_profile")
    premultiplied = image.format == "TIFF" and tiff_tag(image, 338) == (1,)
    # Even for 16 bits: Pillow is strict about damage where OpenCV returns what it could decode.
    image.load()
    profile = _profile(path, profile_bytes)
    if sixteen:
        wide = _decode_16bit(path, data, premultiplied)
        # OpenCV, like Pillow, turns TIFF files itself.
        if image.format != "TIFF":
            wide = upright(wide, orientation)
        converted = _convert_16bit(wide, profile, profile_bytes)
        if converted is not None:
            return converted, 16
    if image.mode in ("I", "F"):
        raise InputError(
            f"Cannot read {path}: 32-bit samples are not supported; save it with 8 or 16 bits."
        )
    pixels = _pixels_of(_to_rgb(image, profile))
    if image.format != "TIFF":
        pixels = upright(pixels, orientation)
    return np.ascontiguousarray(pixels), 8


def orientation_of(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 where there is none that can be read."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except DECODING_ERRORS:
        return 1  # damaged metadata is no reason to refuse a sound photo
    return value if value in range(1, 9) else 1


def tiff_tag(image: Image.Image, tag: int) -> tuple[Any, ...]:
    """The values of a tag as they stand in a TIFF file; none where it is missing."""
    value = getattr(image, "tag_v2", {}).get(tag, ())
    return value if isinstance(value, tuple) else (value,)


def _has_16_bits(image: Image.Image, data: bytes) -> bool:
    if image.format == "PNG":
        return data[12:16] == b"IHDR" and data[24] == 16
    if image.format == "TIFF":
        bits = tiff_tag(image, 258)
        photometric = tiff_tag(image, 262)
        return bool(bits) and set(bits) == {16} and photometric in ((0,), (1,), (2,))
    return False


def _decode_16bit(path: Path, data: bytes, premultiplied: bool) -> npt.NDArray[Any]:
    try:
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        decoded = None
    if decoded is None or decoded.dtype != np.uint16:
        raise InputError(f"Cannot read {path}: this kind of 16-bit file is not supported.")
    if decoded.ndim == 2:
        return cv2.cvtColor(decoded, cv2.COLOR_GRAY2RGB)
    if decoded.shape[2] == 3:
        return cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB)
    if decoded.shape[2] != 4:
        raise InputError(f"Cannot read {path}: this kind of 16-bit file is not supported.")
    color = decoded[..., 2::-1]
    opacity = decoded[..., 3:].astype(np.uint64)
    # Whole numbers: opaque pixels keep their exact value.
    covered = color * np.uint64(65535) if premultiplied else color * opacity
    over_white = (covered + (65535 - opacity) * np.uint64(65535) + np.uint64(32767)) // np.uint64(
        65535
    )
    return np.minimum(over_white, 65535).astype(np.uint16)


def _convert_16bit(
    pixels: npt.NDArray[Any],
    profile: ImageCms.ImageCmsProfile | None,
    profile_bytes: bytes | None,
) -> npt.NDArray[Any] | None:
    """sRGB pixels, or None where the profile can only be applied at 8 bits."""
    if profile is None or profile_bytes is None or icc.is_srgb(profile):
        return np.ascontiguousarray(pixels)
    try:
        return icc.to_srgb_16bit(pixels, profile_bytes)
    except icc.ProfileError:
        return None


def _profile(path: Path, data: bytes | None) -> ImageCms.ImageCmsProfile | None:
    if not data:
        return None
    try:
        profile = icc.open_profile(data)
        # Tried once on one pixel, so that a useless profile is ignored before any work is done.
        icc.to_srgb(Image.new(_PROFILE_MODES[icc.profile_space(profile)], (1, 1)), profile)
    except (icc.ProfileError, KeyError):
        _logger.warning("%s: the embedded colour profile is broken and was ignored", path)
        return None
    return profile


def _to_rgb(image: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> Image.Image:
    """An 8-bit sRGB image: profile applied, transparency over white."""
    if image.mode.startswith("I;16"):
        image = Image.fromarray(to_8bit(np.asarray(image).astype(np.uint16)))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
        # Profile first, paper second: the paper is white whatever the profile says.
        opacity = image.getchannel("A")
        color = _color_to_rgb(image.convert("RGB"), profile)
        color.putalpha(opacity)
        return Image.alpha_composite(paper, color).convert("RGB")
    return _color_to_rgb(image, profile)


def _color_to_rgb(image: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> Image.Image:
    if image.mode == "LAB":
        return icc.to_srgb(
            image, profile or ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        )
    space = icc.profile_space(profile) if profile else ""
    if profile and space == "RGB" and image.mode != "CMYK":
        image = _as_rgb(image)
        return image if icc.is_srgb(profile) else icc.to_srgb(image, profile)
    if profile and space == "GRAY" and image.mode in ("1", "L", "I;16"):
        return icc.to_srgb(image.convert("L"), profile)
    if profile and space == "CMYK" and image.mode == "CMYK":
        return icc.to_srgb(image, profile)
    return _as_rgb(image)


def _as_rgb(image: Image.Image) -> Image.Image:
    # Converting what is RGB already copies it, and a window waits meanwhile.
    return image if image.mode == "RGB" else image.convert("RGB")


def _pixels_of(image: Image.Image) -> npt.NDArray[np.uint8]:
    """The (H, W, 3) pixels of an RGB image.

    In strips: Pillow copies all that it is asked for with Python's lock held, and a window waits.
    """
    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    rows = max(1, _STRIP_PIXELS // max(1, width))
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        pixels[top:bottom] = np.asarray(image.crop((0, top, width, bottom)))
    return pixels
