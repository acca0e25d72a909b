"""Reading films back: mp4, webm, gif, webp, apng or a folder of photos become an array of frames.

Writing them is `films.py`.
"""

from __future__ import annotations

import io
import struct
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from natsort import natsorted
from PIL import Image

from app.atomic import explain_os_error
from app.errors import InputError
from app.media import film_decoding
from app.media.film_frames import Frame
from app.media.films import DEFAULT_FPS, FILM_SUFFIXES
from app.media.kinds import PHOTO_SUFFIXES
from app.media.photos import DEFAULT_MAX_PIXELS, read_photo


def read_animation(
    path: str | PathLike[str], max_pixels: int = DEFAULT_MAX_PIXELS
) -> tuple[npt.NDArray[Any], float]:
    """Read a film that `write_animation` can write, or a folder of photos in natural order.

    Frames that a gif, webp or apng holds for a multiple of its shortest frame time are repeated, so
    that the result plays evenly at the returned rate.

    Args:
        path: a file with one of `FILM_SUFFIXES`, or a folder of photos of one size.
        max_pixels: largest width × height of a frame.

    Returns:
        frames (T, H, W, 3) uint8 (uint16 for a folder with 16-bit photos, an 8-bit one among them
        scaled by 257), RGB, sRGB-encoded; frames per second (12 for a folder, which does not say).

    Raises:
        InputError: missing, damaged, of an unknown kind, too large; a folder without photos or with
            photos of several sizes.
    """
    path = Path(path)
    if path.is_dir():
        return _read_folder(path, max_pixels)
    suffix = path.suffix.lower()
    if suffix in (".mp4", ".webm"):
        info = film_decoding.probe(path)
        if info.width * info.height > max_pixels:
            raise _too_large(path, (info.width, info.height), max_pixels)
        pictures = list(film_decoding.decode(path, info))
        if not pictures:
            raise InputError(f"Cannot read {path}: there is no frame in it.")
        return np.stack(pictures), info.fps
    if suffix in (".gif", ".webp", ".apng"):
        return _read_with_pillow(path, suffix, max_pixels)
    if not path.exists():
        raise InputError(f"Cannot read {path}: no such file or folder.")
    raise InputError(
        f"Cannot read {path}: a film is a folder of photos or one of {', '.join(FILM_SUFFIXES)}."
    )


def _read_folder(path: Path, max_pixels: int) -> tuple[npt.NDArray[Any], float]:
    names = [p for p in path.iterdir() if p.suffix.lower() in PHOTO_SUFFIXES and p.is_file()]
    # Files beginning with a dot are other programs' (and macOS's) business.
    names = natsorted((p for p in names if not p.name.startswith(".")), key=lambda p: p.name)
    if not names:
        raise InputError(f"Cannot read {path}: there are no photos in the folder.")
    pictures: list[Frame] = []
    for name in names:
        pixels = read_photo(name, max_pixels).pixels
        if pictures and pixels.shape != pictures[0].shape:
            height, width = pixels.shape[:2]
            first_height, first_width = pictures[0].shape[:2]
            raise InputError(
                f"Cannot read {path}: {name.name} is {width} × {height} pixels but "
                f"{names[0].name} is {first_width} × {first_height}."
            )
        pictures.append(pixels)
    if any(picture.dtype == np.uint16 for picture in pictures):
        pictures = [p if p.dtype == np.uint16 else p.astype(np.uint16) * 257 for p in pictures]
    return np.stack(pictures), DEFAULT_FPS


def _read_with_pillow(
    path: Path, suffix: str, max_pixels: int
) -> tuple[npt.NDArray[np.uint8], float]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise explain_os_error(error, path, "read") from error
    if not data:
        raise InputError(f"Cannot read {path}: the file is empty.")
    kind = {".gif": "GIF", ".webp": "WEBP", ".apng": "PNG"}[suffix]
    pictures: list[npt.NDArray[np.uint8]] = []
    durations: list[float] = []
    try:
        with Image.open(io.BytesIO(data), formats=(kind,)) as image:
            if image.width * image.height > max_pixels:
                raise _too_large(path, image.size, max_pixels)
            for index in range(getattr(image, "n_frames", 1)):
                image.seek(index)
                pictures.append(np.asarray(image.convert("RGB")))
                durations.append(float(image.info.get("duration", 0)) / 1000)
    except Image.DecompressionBombError as error:
        raise InputError(f"Cannot read {path}: its frames are too large.") from error
    except (OSError, SyntaxError, ValueError, EOFError, LookupError, struct.error) as error:
        raise InputError(f"Cannot read {path}: it is no {kind} film, or it is damaged.") from error
    shown = [duration for duration in durations if duration > 0]
    if not shown:
        return np.stack(pictures), DEFAULT_FPS
    shortest = min(shown)
    repeats = [max(1, round(duration / shortest)) for duration in durations]
    fps = sum(repeats) / sum(duration or shortest for duration in durations)
    return np.repeat(np.stack(pictures), repeats, axis=0), fps


def _too_large(path: Path, size: tuple[int, int], max_pixels: int) -> InputError:
    width, height = size
    return InputError(
        f"Cannot read {path}: frames of {width} × {height} are {width * height / 1e6:.4g} "
        f"megapixels, more than the limit of {max_pixels / 1e6:.4g}."
    )
