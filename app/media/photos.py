"""Reading photos of any common kind into upright sRGB pixels.

Originals are only ever read. Films live in `films.py`, reading clips as streams in `clips.py`.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from os import PathLike
from pathlib import Path

from PIL import Image

from app.atomic import explain_os_error
from app.errors import InputError, RunError
from app.media.kinds import RAW_SUFFIXES
from app.media.photo_decoding import DECODING_ERRORS, decoded, orientation_of, tiff_tag
from app.media.pixels import Pixels
from app.media.raw import read_raw

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
_FIRST_TURNED = 5
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
        pixels, bits = decoded(path, data, image, orientation)
        return Photo(pixels, path, bits)


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
            width, height = tiff_tag(image, 256)[0], tiff_tag(image, 257)[0]
        turned = orientation_of(image) >= _FIRST_TURNED
        return (height, width) if turned else (width, height)


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
    except DECODING_ERRORS as error:
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
