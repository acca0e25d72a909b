"""COCO's run-length masks: counts of pixels down the columns, outside and inside by turns.

Counts come as a list or packed into text; which regions a mask means is `app.project.coco`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.errors import InputError

_FIRST_SIGN = ord("0")
_VALUE_BITS, _MORE, _NEGATIVE = 5, 0x20, 0x10
_MOST_SIGNS = 8
"""Of one packed count: eight times five bits are more than any picture has pixels."""


def encode(mask: NDArray[np.bool_]) -> list[int]:
    """The counts of an (H, W) mask; the first one is of pixels outside and may be 0."""
    pixels = mask.ravel(order="F")
    changes = np.flatnonzero(pixels[1:] != pixels[:-1]) + 1
    borders = [0, *changes.tolist(), pixels.size]
    counts = [end - start for start, end in pairwise(borders)]
    return [0, *counts] if pixels[0] else counts


def decode(counts: Sequence[int], width: int, height: int) -> NDArray[np.bool_]:
    """The (height, width) mask that counts describe.

    Raises:
        InputError: a count is negative, or they do not add up to the size.
    """
    if any(count < 0 for count in counts) or sum(counts) != width * height:
        raise InputError(f"the counts do not add up to {width} x {height} pixels.")
    inside = np.arange(len(counts)) % 2 == 1
    return np.repeat(inside, counts).reshape((height, width), order="F")


def unpack(text: str) -> list[int]:
    """The counts in COCO's packed text.

    Every sign holds five bits, the lowest first, and whether more follow; from the fourth count on
    only the difference to the count before the previous one is kept.

    Raises:
        InputError: the text is no such packing.
    """
    counts: list[int] = []
    value, shift = 0, 0
    for sign in text:
        code = ord(sign) - _FIRST_SIGN
        if not 0 <= code < 2 * _MORE or shift >= _VALUE_BITS * _MOST_SIGNS:
            raise InputError("the packed counts hold a sign that has no meaning there.")
        value |= (code & (_MORE - 1)) << shift
        shift += _VALUE_BITS
        if code & _MORE:
            continue
        if code & _NEGATIVE:
            value -= 1 << shift
        counts.append(value + (counts[-2] if len(counts) > 2 else 0))
        value, shift = 0, 0
    if shift:
        raise InputError("the packed counts end in the middle of a number.")
    return counts
