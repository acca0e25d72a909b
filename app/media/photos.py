"""Reading photos of any common kind into upright sRGB pixels, and writing pixels as photos.

Originals are only ever read. Films live in `films.py`, reading clips as streams in `clips.py`.
"""

from __future__ import annotations

import io
import logging
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from app.atomic import atomic_file, explain_os_error
from app.errors import InputError, RunError
from app.media import icc
from app.media.kinds import PHOTO_SUFFIXES, RAW_SUFFIXES
from app.media.raw import read_raw

_logger = logging.getLogger(__name__)

Pixels = npt.NDArray[Any]
"""(H, W, 3) uint8 or uint16, sRGB-encoded."""

DEFAULT_MAX_PIXELS = 200_000_000
"""The largest photo read unless a caller says otherwise, in pixels."""

# JPEG includes MPO, which many phones write under the name .jpg: a second picture lies behind it.
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP")
# Only where the packages that read them are installed.
_EXTRA_FORMATS = ("HEIF", "AVIF")
_READABLE = "JPEG, PNG, TIFF, WebP and BMP"
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\0", b"MM\0*", b"BM")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_AVIF_BRANDS = (b"avif", b"avis")
# What Pillow's decoders raise on damaged files, found in its own tests and tracker.
_DECODING_ERRORS = (
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
_FIRST_TURNED = 5
_STRIP_PIXELS = 1 << 19
"""EXIF orientations from here on lay the photo on its side."""
_open_lock = threading.Lock()


@dataclass(frozen=True)
class Photo:
    """A photo as the whole program sees it.

    `pixels` is (H, W, 3) uint8 or uint16, RGB, sRGB-encoded and upright; `bits` is 8 or 16.
    """

    pixels: Pixels
    path: Path
    bits: int

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.pixels.shape[1])


def read_photo(
    path: str | PathLike[str],
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> Photo:
    """Read a JPEG, PNG, TIFF, WebP or BMP file, or with an extra HEIC or raw, as upright sRGB.

    * EXIF orientation is applied, once.
    * An embedded ICC profile is converted to sRGB (relative colorimetric). A profile that is sRGB
      in all but name changes nothing; a broken one is ignored and logged. 16-bit photos with a
      profile made of matrix and tone curves (Display P3, Adobe RGB, ProPhoto) are converted in
      floating point; with a lookup-table profile they are converted, and returned, at 8 bits.
    * 16-bit PNG and TIFF files give uint16, everything else uint8. 16-bit CMYK is read at 8 bits.
    * HEIC needs the package pillow-heif and gives uint8; camera raw files need rawpy, see
      `app.media.raw`, and give uint16.
    * Grey, palette and CMYK become RGB; transparency is laid over white, as paper would show it.

    Args:
        path: the file; any Unicode name.
        max_pixels: the largest width × height, checked from the header before anything is decoded.

    Raises:
        InputError: the file is missing, a folder, empty, no image, of an unsupported kind, too
            large, or damaged.
    """
    path = Path(path)
    data = read_bytes(path)
    # Camera raw files are TIFF inside; opening them as such would give the thumbnail.
    if path.suffix.lower() in RAW_SUFFIXES:
        return Photo(read_raw(path, data, max_pixels), path, 16)
    return decode_photo(path, data, max_pixels)


def decode_photo(
    path: Path,
    data: bytes,
    max_pixels: int = DEFAULT_MAX_PIXELS,
    least_side: int | None = None,
    orientation: int | None = None,
) -> Photo:
    """The photo in the bytes of a file of any kind but camera raw, as `read_photo` gives it.

    Args:
        path: for messages.
        data: the whole file.
        max_pixels: as of `read_photo`.
        least_side: what is decoded may be smaller than the photo, but neither side falls below this
            number of pixels. JPEGs make use of it, an eighth is decoded several times faster, and
            HEIC photos with thumbnails.
        orientation: an EXIF orientation to turn by instead of the file's own; not for TIFF files.
    """
    with _explaining_errors(path, data), _without_remarks(), _opened(data) as image:
        _check_size(path, image.size, max_pixels)
        if least_side is not None:
            image.draft(None, (least_side, least_side))
        return _decode(path, data, image, orientation)


def read_photo_size(path: str | PathLike[str]) -> tuple[int, int]:
    """(width, height) of the upright photo in a file; of most kinds only the header is decoded.

    Raises:
        InputError: as `read_photo`, as far as the header tells.
    """
    path = Path(path)
    if path.suffix.lower() in RAW_SUFFIXES:
        photo = read_photo(path)
        return photo.width, photo.height
    data = read_bytes(path)
    with _explaining_errors(path, data), _without_remarks(), _opened(data) as image:
        _check_size(path, image.size, DEFAULT_MAX_PIXELS)
        width, height = image.size
        if image.format == "TIFF":
            # Newer Pillows have turned this size already, older ones have not: the tags are as they
            # stand in the file.
            width, height = _tiff_tag(image, 256)[0], _tiff_tag(image, 257)[0]
        turned = _orientation(image) >= _FIRST_TURNED
        return (height, width) if turned else (width, height)


def to_float(pixels: Pixels) -> npt.NDArray[np.float32]:
    """(H, W, 3) uint8 or uint16 to float32 in 0..1, still sRGB-encoded; any other shape works too.

    Raises:
        InputError: another type of number.
    """
    if pixels.dtype not in (np.uint8, np.uint16):
        raise InputError(f"Pixels must be 8- or 16-bit whole numbers, not {pixels.dtype}.")
    return pixels.astype(np.float32) / np.float32(np.iinfo(pixels.dtype).max)


def to_8bit(pixels: Pixels) -> npt.NDArray[np.uint8]:
    """uint16 pixels rounded to uint8 (65535 → 255, steps of 257); uint8 pixels as they are."""
    if pixels.dtype == np.uint8:
        return pixels
    return ((pixels.astype(np.uint32) + 128) // 257).astype(np.uint8)


def write_photo(path: str | PathLike[str], pixels: Pixels, overwrite: bool = True) -> None:
    """Write pixels as PNG, TIFF (8 or 16 bits), JPEG, WebP or BMP (8 bits), chosen by the suffix.

    PNG, TIFF and BMP keep every value; JPEG and WebP are written at quality 95, and uint16 pixels
    are rounded to 8 bits for them and for BMP. The file appears whole or not at all.

    Args:
        path: the file; its suffix is one of `PHOTO_SUFFIXES`.
        pixels: (H, W, 3) uint8 or uint16, RGB, sRGB-encoded.
        overwrite: whether a file of that name may be replaced.

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
    with atomic_file(path, overwrite=overwrite) as temporary:
        temporary.write_bytes(_encode(path, suffix, pixels))


def resize_to_max_edge(pixels: Pixels, max_edge: int | None) -> Pixels:
    """Shrink (H, W, 3) uint8 or uint16 pixels so that the longer edge is at most `max_edge` pixels.

    Averages over areas, so nothing aliases; never enlarges; `None` leaves the photo as it is.

    Raises:
        InputError: `max_edge` is below 1.
    """
    if max_edge is None:
        return pixels
    if max_edge < 1:
        raise InputError(f"The longest edge must be at least 1 pixel, not {max_edge}.")
    height, width = pixels.shape[:2]
    if max(height, width) <= max_edge:
        return pixels
    scale = max_edge / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)


def read_bytes(path: Path) -> bytes:
    """The whole file.

    Raises:
        InputError: it is missing, a folder, empty, or cannot be read.
    """
    if path.is_dir():
        raise InputError(f"Cannot read {path}: it is a folder, not a photo.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise explain_os_error(error, path, "read") from error
    if not data:
        raise InputError(f"Cannot read {path}: the file is empty.")
    return data


@contextmanager
def _explaining_errors(path: Path, data: bytes) -> Iterator[None]:
    """Turn what decoders raise into one sentence."""
    try:
        yield
    except InputError:
        raise
    except Image.UnidentifiedImageError as error:
        raise _not_an_image(path, data) from error
    except MemoryError as error:
        raise RunError(f"Cannot read {path}: there is not enough memory for it.") from error
    except _DECODING_ERRORS as error:
        raise InputError(f"Cannot read {path}: the image is damaged or cut short.") from error


@contextmanager
def _without_remarks() -> Iterator[None]:
    """Silence Pillow's remarks: damage that matters ends in one sentence of ours, once."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
        yield


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """Pillow's view of the header, without its size guard: ours names the file and the limit."""
    with _open_lock:
        guard = Image.MAX_IMAGE_PIXELS
        Image.MAX_IMAGE_PIXELS = None
        try:
            image = Image.open(io.BytesIO(data), formats=_formats())
        finally:
            Image.MAX_IMAGE_PIXELS = guard
    with image:
        yield image


@cache
def _formats() -> tuple[str, ...]:
    """Pillow's names of the formats that can be read here."""
    with suppress(ImportError):
        import pillow_heif

        pillow_heif.register_heif_opener()
    Image.init()
    return (*_FORMATS, *(name for name in _EXTRA_FORMATS if name in Image.OPEN))


def _check_size(path: Path, size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width * height > max_pixels:
        raise InputError(
            f"Cannot read {path}: {width} × {height} is {width * height / 1e6:.4g} megapixels, "
            f"more than the limit of {max_pixels / 1e6:.4g}."
        )


def _not_an_image(path: Path, data: bytes) -> InputError:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS + _AVIF_BRANDS:
        name, needed = "HEIC", "pillow-heif (pip install 'unspool[heic]')"
        if data[8:12] in _AVIF_BRANDS:
            name, needed = "AVIF", "Pillow with AVIF (11.3 or newer)"
        if {"HEIC": "HEIF"}.get(name, name) not in _formats():
            return InputError(
                f"Cannot read {path}: {name} photos need the extra package {needed}; "
                "or save the photo as JPEG or PNG."
            )
        return InputError(f"Cannot read {path}: the image is damaged or cut short.")
    if data.startswith(_SIGNATURES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return InputError(f"Cannot read {path}: the image is damaged or cut short.")
    return InputError(f"Cannot read {path}: it is not an image of a known kind ({_READABLE}).")


def _decode(path: Path, data: bytes, image: Image.Image, orientation: int | None) -> Photo:
    # Read before decoding: Pillow turns TIFF files itself while it loads them.
    orientation = orientation or _orientation(image)
    sixteen = _has_16_bits(image, data)
    profile_bytes = image.info.get("icc_profile")
    premultiplied = image.format == "TIFF" and _tiff_tag(image, 338) == (1,)
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
            return Photo(converted, path, 16)
    if image.mode in ("I", "F"):
        raise InputError(
            f"Cannot read {path}: 32-bit samples are not supported; save it with 8 or 16 bits."
        )
    pixels = _pixels_of(_to_rgb(image, profile))
    if image.format != "TIFF":
        pixels = upright(pixels, orientation)
    return Photo(np.ascontiguousarray(pixels), path, 8)


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except _DECODING_ERRORS:
        return 1  # damaged metadata is no reason to refuse a sound photo
    return value if value in range(1, 9) else 1


def _has_16_bits(image: Image.Image, data: bytes) -> bool:
    if image.format == "PNG":
        return data[12:16] == b"IHDR" and data[24] == 16
    if image.format == "TIFF":
        bits = _tiff_tag(image, 258)
        photometric = _tiff_tag(image, 262)
        return bool(bits) and set(bits) == {16} and photometric in ((0,), (1,), (2,))
    return False


def _tiff_tag(image: Image.Image, tag: int) -> tuple[Any, ...]:
    value = getattr(image, "tag_v2", {}).get(tag, ())
    return value if isinstance(value, tuple) else (value,)


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


_PROFILE_MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}


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


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Apply an EXIF orientation 1..8 (Exif 2.32, tag 0x0112) to stored pixels."""
    turned = pixels
    if orientation >= 5:
        turned = turned.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        turned = turned[::-1]
    if orientation in (2, 3, 6, 7):
        turned = turned[:, ::-1]
    return np.ascontiguousarray(turned)


def _encode(path: Path, suffix: str, pixels: Pixels) -> bytes:
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
    stream = io.BytesIO()
    try:
        Image.fromarray(np.ascontiguousarray(to_8bit(pixels))).save(stream, **options)
    except (OSError, ValueError) as error:
        height, width = pixels.shape[:2]
        raise InputError(
            f"Cannot write {path}: {width} × {height} pixels do not fit into {suffix}."
        ) from error
    return stream.getvalue()
