"""The smallest camera raw files that LibRaw develops, with and without a camera's own picture."""

from __future__ import annotations

import struct

import numpy as np

WIDTH, HEIGHT = 64, 48

_SHORT, _LONG, _TEXT, _BYTE, _RATIO, _SIGNED = 3, 4, 2, 1, 5, 10
_CODES = {_SHORT: "H", _LONG: "I", _BYTE: "B", _RATIO: "I", _SIGNED: "i"}
_IDENTITY = [value for row in np.eye(3, dtype=int) for one in row for value in (one, 1)]

Field = tuple[int, int, list[int] | bytes]


def dng(
    orientation: int = 1, preview: bytes = b"", preview_size: tuple[int, int] = (0, 0)
) -> bytes:
    """A raw file of an RGGB mosaic, red left and blue right.

    With `preview`, a JPEG of that size stands first in the file, as cameras put it.
    """
    mosaic = np.full((HEIGHT, WIDTH), 200, np.uint16)
    mosaic[0::2, 0 : WIDTH // 2 : 2] = 40_000
    mosaic[1::2, WIDTH // 2 + 1 :: 2] = 40_000
    pixels = mosaic.astype("<u2").tobytes()
    raw = [
        (254, _LONG, [0]),
        (256, _LONG, [WIDTH]),
        (257, _LONG, [HEIGHT]),
        (258, _SHORT, [16]),
        (259, _SHORT, [1]),
        (262, _SHORT, [32803]),
        (273, _LONG, [0]),
        (277, _SHORT, [1]),
        (278, _LONG, [HEIGHT]),
        (279, _LONG, [len(pixels)]),
        (33421, _SHORT, [2, 2]),
        (33422, _BYTE, [0, 1, 1, 2]),
        (50714, _SHORT, [0]),
        (50717, _LONG, [65535]),
    ]
    camera = [
        (271, _TEXT, b"Unspool\0"),
        (272, _TEXT, b"Test\0"),
        (274, _SHORT, [orientation]),
        (50706, _BYTE, [1, 4, 0, 0]),
        (50708, _TEXT, b"Unspool Test\0"),
        (50721, _SIGNED, _IDENTITY),
        (50728, _RATIO, [1, 1, 1, 1, 1, 1]),
    ]
    header = b"II*\0" + struct.pack("<I", 8)
    if not preview:
        fields = raw + camera
        strip = 8 + len(_directory(fields, 8))
        return header + _directory(_at(fields, strip), 8) + pixels
    width, height = preview_size
    first = [
        (254, _LONG, [1]),
        (256, _LONG, [width]),
        (257, _LONG, [height]),
        (258, _SHORT, [8, 8, 8]),
        (259, _SHORT, [7]),
        (262, _SHORT, [6]),
        (273, _LONG, [0]),
        (277, _SHORT, [3]),
        (278, _LONG, [height]),
        (279, _LONG, [len(preview)]),
        (330, _LONG, [0]),
        *camera,
    ]
    second = 8 + len(_directory(first, 8))
    strip = second + len(_directory(raw, second))
    directories = _directory(_at(first, strip + len(pixels), second), 8)
    return header + directories + _directory(_at(raw, strip), second) + pixels + preview


def _at(fields: list[Field], strip: int, inner: int = 0) -> list[Field]:
    """The fields with the places of their pixels and of the directory inside."""
    places = {273: strip, 330: inner}
    return [(tag, kind, [places[tag]] if tag in places else value) for tag, kind, value in fields]


def _directory(fields: list[Field], start: int) -> bytes:
    """A TIFF directory that begins at `start` of the file, with the values that it points to."""
    beyond_at = start + 2 + 12 * len(fields) + 4
    directory, beyond = struct.pack("<H", len(fields)), b""
    for tag, kind, values in sorted(fields, key=lambda field: field[0]):
        if isinstance(values, bytes):
            data, count = values, len(values)
        else:
            data = struct.pack(f"<{len(values)}{_CODES[kind]}", *values)
            count = len(values) // 2 if kind in (_RATIO, _SIGNED) else len(values)
        place = data.ljust(4, b"\0")
        if len(data) > 4:
            place = struct.pack("<I", beyond_at + len(beyond))
            beyond += data + b"\0" * (len(data) % 2)
        directory += struct.pack("<HHI", tag, kind, count) + place
    return directory + struct.pack("<I", 0) + beyond
