"""Guidance and flow as a dataset stores them: AfB's `.npy` of trends and flows, our indexed PNG.

Projects and masks that people make are read elsewhere (`app.project`).
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.atomic import atomic_file, explain_os_error
from app.errors import InputError
from app.guidance.classes import PALETTE
from app.guidance.maps import GuidanceMap, from_signs, to_signs, validate


def read_trend(path: Path, height: int, width: int) -> GuidanceMap:
    """AfB's trend as a guidance map of the photo's size.

    The file holds `(h, w, 2k)` or `(2k, h, w)` values, x and y interleaved for k steps, at half the
    photo's size (rounded either way) or at its size. The x channels are averaged and the y
    channels too, only their signs count, and pixels are repeated up to the photo's size.

    Raises:
        InputError: the file is missing, damaged, or of another shape.
    """
    planes = _planes(path, height, width)
    mean = np.ascontiguousarray(planes.mean(axis=0))
    return from_signs(np.stack([_enlarged(axis, height, width) for axis in mean]))


def write_trend(path: Path, guidance: GuidanceMap) -> None:
    """Write a guidance map as AfB's trend: `(H / 2, W / 2, 2)` float32 signs (x, y)."""
    # Enlarging reads pixel (y // 2, x // 2), so the upper left one of every four is kept.
    signs = np.moveaxis(to_signs(guidance), 0, 2)[::2, ::2]
    height, width = (max(1, n // 2) for n in guidance.shape)
    _write_array(path, np.ascontiguousarray(signs[:height, :width]))


def read_flow(path: Path, height: int, width: int) -> NDArray[np.float32]:
    """Summed flow `(H, W, 2)` in pixels from `(h, w, 2k)` per-step flows, x and y interleaved.

    As in AfB's loader, a smaller field is enlarged without scaling its values.

    Raises:
        InputError: the file is missing, damaged, or of another shape.
    """
    total = np.ascontiguousarray(np.moveaxis(_planes(path, height, width).sum(axis=0), 0, 2))
    if total.shape[:2] != (height, width):
        total = cv2.resize(total, (width, height), interpolation=cv2.INTER_LINEAR)
    return total.astype(np.float32)


def write_flow(path: Path, flow: NDArray[np.floating]) -> None:
    """Write summed flow `(H, W, 2)` in half precision."""
    _write_array(path, flow.astype(np.float16))


def read_guidance_map(path: Path, height: int, width: int) -> GuidanceMap:
    """Our full-size guidance: an 8-bit PNG with the values 0..4.

    Raises:
        InputError: the file is missing, no such PNG, or of another size.
    """
    try:
        with Image.open(path, formats=("PNG",)) as image:
            if image.mode not in ("P", "L"):
                raise InputError(f"{path} is no guidance map of a dataset.")
            pixels = np.array(image)
    except OSError as error:
        if error.errno is not None:
            raise explain_os_error(error, path, "read") from error
        raise InputError(f"Cannot read {path}: it is no PNG, or damaged.") from error
    except (SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InputError(f"Cannot read {path}: it is no PNG, or damaged.") from error
    if pixels.shape != (height, width):
        found = f"{pixels.shape[1]} × {pixels.shape[0]}"
        raise InputError(f"{path} is {found} pixels, but its photo {width} × {height}.")
    try:
        return validate(pixels)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def write_guidance_map(path: Path, guidance: GuidanceMap) -> None:
    """Write a guidance map `(H, W)` as an indexed PNG with the palette of the classes."""
    image = Image.fromarray(np.ascontiguousarray(guidance))
    image.putpalette(PALETTE.tobytes() + bytes(3 * (256 - len(PALETTE))))
    with atomic_file(path) as temporary:
        image.save(temporary, format="PNG")


def read_array(path: Path) -> NDArray[np.float32]:
    """A `.npy` array of finite numbers; pickled content is refused.

    Raises:
        InputError: the file is missing or holds something else.
    """
    try:
        array = np.load(path, allow_pickle=False)
    except OSError as error:
        raise explain_os_error(error, path, "read") from error
    except (ValueError, EOFError, MemoryError) as error:
        raise InputError(f"Cannot read {path}: it is no .npy array, or damaged.") from error
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "biuf":
        raise InputError(f"{path} holds no array of numbers.")
    numbers: NDArray[np.float32] = array.astype(np.float32)
    if not np.isfinite(numbers).all():
        raise InputError(f"{path} holds values that are no finite numbers.")
    return numbers


def _write_array(path: Path, array: NDArray) -> None:
    with atomic_file(path) as temporary, temporary.open("wb") as stream:
        np.save(stream, array, allow_pickle=False)


def _planes(path: Path, height: int, width: int) -> NDArray[np.float32]:
    """The file's values as `(k, 2, h, w)`."""
    array = read_array(path)
    layouts = []
    if array.ndim == 3:
        layouts = [np.moveaxis(array, 2, 0), array]
    for planes in layouts:
        channels, rows, columns = planes.shape
        fits = _fits(rows, height) and _fits(columns, width)
        if channels >= 2 and channels % 2 == 0 and fits:
            return planes.reshape(channels // 2, 2, rows, columns)
    raise InputError(
        f"{path} has the shape {array.shape}, which does not fit a photo of {width} × {height} "
        "pixels (half or full size, channels x and y in turn)."
    )


def _fits(part: int, whole: int) -> bool:
    return part in (whole, whole // 2, (whole + 1) // 2)


def _enlarged(axis: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    large = cv2.resize(axis, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(large, np.float32)
