"""Guidance maps as files: indexed PNG, and AfB's `.npy` of signs.

Painting regions into maps is `app.guidance.rasterise`; telling kinds of files apart is
`app.project.source`.
"""

from __future__ import annotations

import io
import math
import warnings
from pathlib import Path

import numpy as np
from numpy.lib import format as npy_format
from numpy.typing import NDArray
from PIL import Image

from app.atomic import atomic_file
from app.errors import InputError
from app.guidance.classes import PALETTE
from app.guidance.maps import GuidanceMap, from_signs, to_signs, validate
from app.project.json_files import read_bytes

MAX_MAP_PIXELS = 250_000_000
"""Larger maps are refused from their header, before anything is decoded."""

_MAX_FILE_BYTES = 2**31

# Pillow packs images of 16 or fewer palette entries into 4 bits a pixel or less, so the palette is
# filled up, with a colour that stands for no class.
_UNUSED_COLOUR = bytes((255, 0, 255))


def read_guidance_png(path: Path) -> GuidanceMap:
    """Read a guidance map (H, W) from a PNG.

    Accepted are 8-bit grey with the values 0..4; RGB (also with an opaque alpha) in exactly the
    five palette colours; and indexed, where the colours count if all that occur are palette colours
    (an editor may have reordered them), else the indexes 0..4.

    Raises:
        InputError: the file is missing, no PNG, truncated, too large, or a pixel is no class.
    """
    path = Path(path)
    content = read_bytes(path, _MAX_FILE_BYTES)
    try:
        with warnings.catch_warnings():
            # The limit below takes the place of Pillow's own, which only warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=("PNG",))
        if image.width * image.height > MAX_MAP_PIXELS:
            raise InputError(_too_large(path, image.width, image.height))
        image.load()
    except Image.DecompressionBombError as error:
        raise InputError(f"{path} is too large for a guidance map.") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            raise InputError(f"{path} is a damaged or truncated PNG.") from error
        raise InputError(f"{path} is not a PNG image.") from error
    pixels = np.asarray(image)
    try:
        if image.mode == "P":
            return _from_indexes(pixels, image.getpalette() or [])
        if image.mode == "L":
            return validate(pixels).copy()
        if image.mode in ("RGB", "RGBA"):
            return _from_colours(pixels)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    raise InputError(
        f"{path} is a PNG of mode '{image.mode}'; a guidance map is indexed, 8-bit grey or RGB."
    )


def write_guidance_png(path: Path, guidance: GuidanceMap, *, overwrite: bool = True) -> None:
    """Write a guidance map (H, W) of classes 0..4 as an 8-bit indexed PNG with the palette.

    Raises:
        InputError: the map is not one, or `path` cannot be written, or exists and `overwrite` is
            false.
        RunError: the disk is full or failed.
    """
    image = Image.fromarray(np.ascontiguousarray(validate(guidance)))
    image.putpalette(PALETTE.tobytes() + _UNUSED_COLOUR * (256 - len(PALETTE)))
    with atomic_file(Path(path), overwrite=overwrite) as temporary:
        image.save(temporary, format="PNG")


def read_guidance_npy(path: Path, size: tuple[int, int] | None = None) -> GuidanceMap:
    """Read AfB's array of signs (H, W, 2) or (2, H, W), values -1, 0 and +1 (x, y), as a map.

    Args:
        path: the `.npy` file; pickled content is refused.
        size: (width, height) of the photo; a map of half that size (rounded either way) is enlarged
            with nearest neighbour, as AfB does, and any other size is returned as it is.

    Raises:
        InputError: the file is missing, no `.npy`, truncated, too large, or holds something else.
    """
    path = Path(path)
    signs = _read_npy(path)
    layouts = []
    if signs.ndim == 3 and signs.shape[2] == 2:
        layouts.append(np.moveaxis(signs, 2, 0))
    if signs.ndim == 3 and signs.shape[0] == 2:
        layouts.append(signs)
    if not layouts or signs.size == 0:
        raise InputError(
            f"{path} has the shape {signs.shape}; guidance signs are (H, W, 2) or (2, H, W)."
        )
    if not np.isin(signs, (-1, 0, 1)).all():
        raise InputError(f"{path} holds values other than the signs -1, 0 and +1.")
    maps = [from_signs(layout) for layout in layouts]
    if size is None:
        return maps[0]
    # The rare array of two rows by two columns of signs can be read both ways: the size decides.
    for guidance in maps:
        if guidance.shape == (size[1], size[0]):
            return guidance
    for guidance in maps:
        if _is_half(guidance.shape[0], size[1]) and _is_half(guidance.shape[1], size[0]):
            rows = np.minimum(np.arange(size[1]) // 2, guidance.shape[0] - 1)
            columns = np.minimum(np.arange(size[0]) // 2, guidance.shape[1] - 1)
            return guidance[np.ix_(rows, columns)]
    return maps[0]


def write_guidance_npy(path: Path, guidance: GuidanceMap, *, overwrite: bool = True) -> None:
    """Write a guidance map (H, W) as AfB's signs: an int8 array (H, W, 2) of (x, y).

    Raises:
        InputError: the map is not one, or `path` cannot be written, or exists and `overwrite` is
            false.
        RunError: the disk is full or failed.
    """
    signs = np.ascontiguousarray(np.moveaxis(to_signs(validate(guidance)), 0, 2).astype(np.int8))
    with (
        atomic_file(Path(path), overwrite=overwrite) as temporary,
        temporary.open("wb") as stream,
    ):
        np.save(stream, signs, allow_pickle=False)


def _from_indexes(indexes: NDArray[np.uint8], flat_palette: list[int]) -> GuidanceMap:
    palette = np.array(flat_palette, dtype=np.uint8).reshape(-1, 3)
    used = np.flatnonzero(np.bincount(indexes.ravel(), minlength=256))
    table = np.full(256, 255, dtype=np.uint8)
    for index in used:
        colour = palette[index] if index < len(palette) else None
        for direction, expected in enumerate(PALETTE):
            if colour is not None and (colour == expected).all():
                table[index] = direction
    if (table[used] == 255).any():
        return validate(indexes).copy()
    return table[indexes]


def _from_colours(pixels: NDArray[np.uint8]) -> GuidanceMap:
    if pixels.shape[2] == 4 and (pixels[..., 3] != 255).any():
        raise InputError("A guidance map has no transparent pixels.")
    guidance = np.full(pixels.shape[:2], 255, dtype=np.uint8)
    for direction, colour in enumerate(PALETTE):
        guidance[(pixels[..., :3] == colour).all(axis=2)] = direction
    if (guidance == 255).any():
        y, x = np.argwhere(guidance == 255)[0]
        red, green, blue = pixels[y, x, :3].tolist()
        raise InputError(
            f"The colour ({red}, {green}, {blue}) at x {x}, y {y} is none of the guidance colours."
        )
    return guidance


def _read_npy(path: Path) -> NDArray:
    content = read_bytes(path, _MAX_FILE_BYTES)
    stream = io.BytesIO(content)
    try:
        version = npy_format.read_magic(stream)
        readers = {
            (1, 0): npy_format.read_array_header_1_0,
            (2, 0): npy_format.read_array_header_2_0,
        }
        if version not in readers:
            raise InputError(f"{path} is a .npy file of an unknown version {version}.")
        shape, _, dtype = readers[version](stream)
    except (ValueError, EOFError, SyntaxError) as error:
        raise InputError(f"{path} is not a .npy array.") from error
    if dtype.kind not in "iuf":
        raise InputError(f"{path} holds {dtype} values; guidance signs are numbers.")
    count = math.prod(shape)
    if count > 2 * MAX_MAP_PIXELS:
        raise InputError(f"{path} is too large for guidance signs: {count} values.")
    # The header is compared with the file before memory is set aside for what it promises.
    if len(content) - stream.tell() < count * dtype.itemsize:
        raise InputError(f"{path} is truncated: it holds less than its header says.")
    stream.seek(0)
    try:
        return npy_format.read_array(stream, allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise InputError(f"{path} is a damaged .npy array.") from error


def _is_half(part: int, whole: int) -> bool:
    return part >= 1 and part in (whole // 2, (whole + 1) // 2)


def _too_large(path: Path, width: int, height: int) -> str:
    return (
        f"{path} has {width} x {height} pixels, too many for a guidance map "
        f"(limit {MAX_MAP_PIXELS // 1_000_000} megapixels)."
    )
