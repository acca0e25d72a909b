"""Guidance maps, (H, W) uint8 of classes 0..4: network signs, inversion, flips and rotations.

Geometric operations move the pixels and turn the classes, so that a map stays true to its image.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.errors import InputError
from app.guidance.classes import CLASS_OF_SIGNS, SIGNS

GuidanceMap = NDArray[np.uint8]

CLASS_COUNT = len(SIGNS)


def _class_table(turn: tuple[tuple[int, int], tuple[int, int]]) -> GuidanceMap:
    """(5,): where each class goes when its (x, y) signs are multiplied by the matrix `turn`."""
    turned = SIGNS @ np.array(turn, dtype=np.int8).T
    return CLASS_OF_SIGNS[turned[:, 1] + 1, turned[:, 0] + 1]


_INVERT = _class_table(((-1, 0), (0, -1)))
_FLIP_HORIZONTAL = _class_table(((-1, 0), (0, 1)))
_FLIP_VERTICAL = _class_table(((1, 0), (0, -1)))
_TRANSPOSE = _class_table(((0, 1), (1, 0)))
# A quarter turn to the left sends right (1, 0) to up (0, -1), and down (0, 1) to right (1, 0).
_QUARTER_TURN = _class_table(((0, 1), (-1, 0)))


def validate(guidance: NDArray) -> GuidanceMap:
    """The map as uint8, checked to be two-dimensional, non-empty and within 0..4.

    Raises:
        InputError: it has another shape, a fractional or foreign value, or no pixels.
    """
    if guidance.ndim != 2:
        raise InputError(f"A guidance map has two dimensions, not the shape {guidance.shape}.")
    if guidance.size == 0:
        raise InputError("The guidance map has no pixels.")
    if guidance.dtype.kind not in "biu":
        raise InputError(f"A guidance map holds whole numbers 0 to 4, not {guidance.dtype} values.")
    lowest, highest = int(guidance.min()), int(guidance.max())
    if lowest < 0 or highest >= CLASS_COUNT:
        wrong = lowest if lowest < 0 else highest
        raise InputError(f"A guidance map holds the classes 0 to 4, but a pixel is {wrong}.")
    return guidance.astype(np.uint8, copy=False)


def to_signs(guidance: GuidanceMap) -> NDArray[np.float32]:
    """(H, W) classes to the network's (2, H, W) float32 signs (x, y), each -1, 0 or +1."""
    return np.stack([axis[guidance] for axis in SIGNS.T.astype(np.float32)])


def from_signs(signs: NDArray) -> GuidanceMap:
    """(2, H, W) vectors or signs (x, y), of which only the sign counts, to (H, W) classes.

    A vector on an axis follows the tie rules of `Direction.from_vector`.

    Raises:
        ValueError: the shape is another, or a value is NaN.
    """
    if signs.ndim != 3 or signs.shape[0] != 2:
        raise ValueError(f"Signs have the shape (2, H, W), not {signs.shape}.")
    if np.isnan(signs).any():
        raise ValueError("Signs must be numbers; NaN has no direction.")
    column = (signs[0] > 0).astype(np.int8) - (signs[0] < 0)
    row = (signs[1] > 0).astype(np.int8) - (signs[1] < 0)
    return CLASS_OF_SIGNS[row + 1, column + 1]


def invert(guidance: GuidanceMap) -> GuidanceMap:
    """The guidance of the reversed film: both signs negated (I to III, II to IV and back)."""
    return _INVERT[guidance]


def flip_horizontal(guidance: GuidanceMap) -> GuidanceMap:
    """The guidance of the image mirrored left to right (`image[:, ::-1]`)."""
    return _FLIP_HORIZONTAL[guidance[:, ::-1]]


def flip_vertical(guidance: GuidanceMap) -> GuidanceMap:
    """The guidance of the image mirrored top to bottom (`image[::-1]`)."""
    return _FLIP_VERTICAL[guidance[::-1]]


def transpose(guidance: GuidanceMap) -> GuidanceMap:
    """The guidance of the image with rows and columns exchanged (`image.swapaxes(0, 1)`)."""
    return _TRANSPOSE[guidance.T]


def rotate90(guidance: GuidanceMap, turns: int = 1) -> GuidanceMap:
    """The guidance of the image turned left by `turns` quarter turns (`np.rot90(image, turns)`)."""
    table = np.arange(CLASS_COUNT, dtype=np.uint8)
    for _ in range(turns % 4):
        table = _QUARTER_TURN[table]
    return table[np.rot90(guidance, turns)]
