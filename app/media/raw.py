"""Camera raw files by way of LibRaw, with the extra package rawpy: sensor values to sRGB pixels."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy.typing as npt

from app.errors import InputError, RunError

_SRGB_GAMMA = (2.4, 12.92)
_CLIPPED_SHARE = 0.001
"""Brightened until this share of the pixels is white: cameras expose raw files darkly."""


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
    try:
        import rawpy
    except ImportError as error:
        raise InputError(
            f"Cannot read {path}: camera raw files need the extra package rawpy "
            "(pip install 'unspool[raw]'); or export the photo as a 16-bit TIFF."
        ) from error
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
