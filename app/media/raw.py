"""Camera raw files by way of LibRaw, with the extra package rawpy: sensor values to sRGB pixels.

Also the picture that the camera itself has made of them, for those in a hurry.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from app.errors import InputError, RunError

_SRGB_GAMMA = (2.4, 12.92)
_CLIPPED_SHARE = 0.001
"""Brightened until this share of the pixels is white: cameras expose raw files darkly."""
_ORIENTATIONS = {0: 1, 3: 3, 5: 8, 6: 6}
"""LibRaw's turns - half, left, right - as EXIF orientations."""


def read_raw(path: Path, data: bytes, max_pixels: int) -> npt.NDArray[Any]:
    """Develop a raw file with the camera's white balance: (H, W, 3) uint16, sRGB, upright.

    Args:
        path: for messages.
        data: the whole file.
        max_pixels: the largest width × height, checked before anything is developed.

    Raises:
        InputError: rawpy is not installed, or the file is damaged, unknown to it, or too large.
        RunError: there is not enough memory.
    """
    rawpy = _rawpy(path)
    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            width, height = raw.sizes.width, raw.sizes.height
            if width * height > max_pixels:
                raise InputError(
                    f"Cannot read {path}: {width} × {height} is {width * height / 1e6:.4g} "
                    f"megapixels, more than the limit of {max_pixels / 1e6:.4g}."
                )
            return raw.postprocess(
                use_camera_wb=True,
                output_color=rawpy.ColorSpace.sRGB,
                output_bps=16,
                gamma=_SRGB_GAMMA,
                auto_bright_thr=_CLIPPED_SHARE,
            )
    except rawpy.LibRawFileUnsupportedError as error:
        raise InputError(
            f"Cannot read {path}: it is no camera raw file of a known kind."
        ) from error
    except (MemoryError, rawpy.LibRawUnsufficientMemoryError) as error:
        raise RunError(f"Cannot read {path}: there is not enough memory for it.") from error
    except rawpy.LibRawError as error:
        raise InputError(f"Cannot read {path}: the raw file is damaged or cut short.") from error


@dataclass(frozen=True, eq=False)
class RawPreview:
    """The largest picture that the camera put into a raw file.

    Attributes:
        picture: the bytes of a JPEG file, or (H, W, 3) uint8.
        orientation: how the sensor's picture is turned upright, as an EXIF orientation.
        lies: whether the sensor's picture is at least as wide as high.
    """

    picture: bytes | npt.NDArray[Any]
    orientation: int
    lies: bool

    def orientation_of(self, width: int, height: int) -> int:
        """The same for the camera's picture, of that size.

        Most cameras leave it as the sensor lay, some turn it; what a JPEG says of itself may be
        either, and LibRaw changes it.
        """
        turned = self.orientation > 4 and (width >= height) != self.lies
        return 1 if turned else self.orientation


def find_preview(path: Path, data: bytes) -> RawPreview | None:
    """The camera's own picture in a raw file; None where there is none that can be shown.

    Raises:
        InputError: rawpy is not installed.
    """
    rawpy = _rawpy(path)
    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            sizes = raw.sizes
            found = raw.extract_thumb()
    except rawpy.LibRawError:
        return None
    picture = found.data
    if found.format == rawpy.ThumbFormat.BITMAP:
        picture = np.array(picture)
        if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8:
            return None
    elif found.format != rawpy.ThumbFormat.JPEG:
        return None
    return RawPreview(picture, _ORIENTATIONS.get(sizes.flip, 1), sizes.width >= sizes.height)


def _rawpy(path: Path) -> ModuleType:
    try:
        import rawpy
    except ImportError as error:
        raise InputError(
            f"Cannot read {path}: camera raw files need the extra package rawpy "
            "(pip install 'unspool[raw]'); or export the photo as a 16-bit TIFF."
        ) from error
    module: ModuleType = rawpy
    return module
