"""The sRGB transfer curve in numpy, both ways.

Profiles of cameras and displays are the business of `icc.py`; nothing here knows files.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating]


def srgb_to_linear(encoded: npt.ArrayLike) -> FloatArray:
    """Decode sRGB values to linear light.

    Args:
        encoded: any shape, sRGB-encoded, nominally 0..1; negative values are mirrored through zero.

    Returns:
        The same shape, linear light; float32 stays float32, everything else becomes float64.

    Source: IEC 61966-2-1.
    """
    values = _as_float(encoded)
    size = np.abs(values)
    linear = np.where(size <= 0.04045, size / 12.92, ((size + 0.055) / 1.055) ** 2.4)
    return np.copysign(linear, values).astype(values.dtype, copy=False)


def linear_to_srgb(linear: npt.ArrayLike) -> FloatArray:
    """Encode linear light as sRGB: the inverse of `srgb_to_linear`, same shapes and types.

    Source: IEC 61966-2-1.
    """
    values = _as_float(linear)
    size = np.abs(values)
    encoded = np.where(size <= 0.0031308, size * 12.92, 1.055 * size ** (1 / 2.4) - 0.055)
    return np.copysign(encoded, values).astype(values.dtype, copy=False)


def _as_float(values: npt.ArrayLike) -> FloatArray:
    array = np.asarray(values)
    return array if array.dtype == np.float32 else array.astype(np.float64)
