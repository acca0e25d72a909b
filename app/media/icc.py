"""Embedded ICC profiles: turning a photo's own colours into sRGB, at 8 bits through LittleCMS and
at 16 bits through the profile's matrix and tone curves.

Knows profiles and pixels only; which photo carries which profile is the business of `photos.py`.
"""

from __future__ import annotations

import io
import struct

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from app.media.color import linear_to_srgb

# From CIE XYZ (D50, the connection space of ICC) to linear sRGB: the inverse of the
# Bradford-adapted primaries of IEC 61966-2-1 Amendment 1.
_XYZ_D50_TO_LINEAR_SRGB = np.linalg.inv(
    np.array(
        [
            [0.4360747, 0.3850649, 0.1430804],
            [0.2225045, 0.7168786, 0.0606169],
            [0.0139322, 0.0971045, 0.7141733],
        ]
    )
)
_ROWS_AT_A_TIME = 256


class ProfileError(ValueError):
    """The profile is broken, or of a kind that cannot be used for these pixels."""


def open_profile(data: bytes) -> ImageCms.ImageCmsProfile:
    """Parse an ICC profile.

    Raises:
        ProfileError: the bytes are not a profile.
    """
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(data))
    except (OSError, ValueError, TypeError) as error:
        raise ProfileError(str(error)) from error


def profile_space(profile: ImageCms.ImageCmsProfile) -> str:
    """The colour space a profile describes: "RGB", "GRAY", "CMYK", "Lab" …"""
    return str(profile.profile.xcolor_space).strip()


def is_srgb(profile: ImageCms.ImageCmsProfile) -> bool:
    """Whether this RGB profile is sRGB in all but name: no colour would move by more than 1 of 255.

    Such photos are left exactly as they are.
    """
    if profile_space(profile) != "RGB":
        return False
    steps = np.linspace(0, 255, 9).round().astype(np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(27, 27, 3)
    converted = np.asarray(to_srgb(Image.fromarray(grid), profile))
    return int(np.abs(converted.astype(int) - grid).max()) <= 1


def to_srgb(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    """Convert an 8-bit image in the mode of the profile (RGB, L, CMYK or LAB) to an sRGB image.

    Relative colorimetric intent, so that white stays white and no colour inside both gamuts moves.

    Raises:
        ProfileError: LittleCMS cannot convert from this profile.
    """
    try:
        converted = ImageCms.profileToProfile(
            image,
            profile,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, ValueError) as error:
        raise ProfileError(str(error)) from error
    assert converted is not None  # only in-place conversion returns None
    return converted


def to_srgb_16bit(pixels: npt.NDArray[np.uint16], data: bytes) -> npt.NDArray[np.uint16]:
    """Convert 16-bit pixels to sRGB through a matrix/tone-curve profile, in floating point.

    Args:
        pixels: (H, W, 3) uint16 encoded as the profile says.
        data: the profile; RGB with colorants and tone curves, or grey with a tone curve.

    Raises:
        ProfileError: the profile works through lookup tables, or is broken.

    Source: ICC.1:2022, annex F.3 (three-component matrix-based profiles).
    """
    tags = _tags(data)
    if data[16:20] == b"GRAY":
        curve = _tone_curve(tags, b"kTRC")
        table = np.round(np.clip(linear_to_srgb(curve), 0, 1) * 65535).astype(np.uint16)
        return table[pixels]
    if data[16:20] != b"RGB " or b"A2B0" in tags:
        raise ProfileError("the profile is not a matrix profile")
    matrix = np.stack([_xyz(tags, name) for name in (b"rXYZ", b"gXYZ", b"bXYZ")], axis=1)
    to_linear = (_XYZ_D50_TO_LINEAR_SRGB @ matrix).astype(np.float32)
    curves = [_tone_curve(tags, name).astype(np.float32) for name in (b"rTRC", b"gTRC", b"bTRC")]
    result = np.empty_like(pixels)
    # In bands: a large photo would need six times its own size in floats.
    for top in range(0, len(pixels), _ROWS_AT_A_TIME):
        band = pixels[top : top + _ROWS_AT_A_TIME]
        light = np.stack([curves[c][band[..., c]] for c in range(3)], axis=-1) @ to_linear.T
        encoded = np.clip(linear_to_srgb(light), 0, 1)
        result[top : top + _ROWS_AT_A_TIME] = np.round(encoded * 65535).astype(np.uint16)
    return result


def _tags(data: bytes) -> dict[bytes, bytes]:
    try:
        (count,) = struct.unpack_from(">I", data, 128)
        entries = [struct.unpack_from(">4sII", data, 132 + 12 * i) for i in range(min(count, 200))]
    except struct.error as error:
        raise ProfileError("the profile is cut short") from error
    return {name: data[offset : offset + size] for name, offset, size in entries}


def _xyz(tags: dict[bytes, bytes], name: bytes) -> npt.NDArray[np.float64]:
    tag = tags.get(name, b"")
    if tag[:4] != b"XYZ " or len(tag) < 20:
        raise ProfileError(f"the profile has no colorant {name.decode()}")
    return np.array(struct.unpack_from(">3i", tag, 8)) / 65536


def _tone_curve(tags: dict[bytes, bytes], name: bytes) -> npt.NDArray[np.float64]:
    """The curve as a table of 65536 linear values in 0..1 (ICC.1:2022, 10.6 and 10.18)."""
    tag = tags.get(name, b"")
    x = np.linspace(0, 1, 65536)
    try:
        if tag[:4] == b"curv":
            (count,) = struct.unpack_from(">I", tag, 8)
            if count == 0:
                return x
            if count == 1:
                return x ** (struct.unpack_from(">H", tag, 12)[0] / 256)
            samples = np.array(struct.unpack_from(f">{count}H", tag, 12)) / 65535
            return np.interp(x, np.linspace(0, 1, count), samples)
        if tag[:4] == b"para":
            (kind,) = struct.unpack_from(">H", tag, 8)
            lengths = (1, 3, 4, 5, 7)
            if kind < len(lengths):
                values = struct.unpack_from(f">{lengths[kind]}i", tag, 12)
                return _parametric(x, kind, [value / 65536 for value in values])
    except struct.error as error:
        raise ProfileError(f"the tone curve {name.decode()} is cut short") from error
    raise ProfileError(f"the profile has no tone curve {name.decode()}")


def _parametric(
    x: npt.NDArray[np.float64], kind: int, values: list[float]
) -> npt.NDArray[np.float64]:
    gamma, a, b, c, d, e, f = (values + [0.0] * 7)[:7]
    if kind == 0:
        return x**gamma
    power = np.maximum(a * x + b, 0) ** gamma
    if kind in (1, 2):
        # Below -b/a the curve is flat: at zero (type 1) or at c (type 2).
        return np.clip(np.where(a * x + b >= 0, power, 0) + (c if kind == 2 else 0), 0, 1)
    return np.clip(np.where(x >= d, power + e, c * x + f), 0, 1)
