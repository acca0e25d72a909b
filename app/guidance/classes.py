"""The five guidance classes: signs, colours, labels and how a vector or a label becomes a class.

x grows right and y grows down throughout. Maps of classes live in `app.guidance.maps`.
"""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np

from app.errors import InputError


class Direction(IntEnum):
    """One guidance class: static, or the quadrant that the motion points into (AfB, appendix B)."""

    STATIC = 0
    UP_RIGHT = 1
    UP_LEFT = 2
    DOWN_LEFT = 3
    DOWN_RIGHT = 4

    @property
    def inverse(self) -> Direction:
        """The class of the reversed motion: I and III, II and IV change places, static stays."""
        return _INVERSES[self]

    @property
    def sign(self) -> tuple[int, int]:
        """The (x, y) signs, each -1 or +1, or (0, 0) for static."""
        return int(SIGNS[self, 0]), int(SIGNS[self, 1])

    @property
    def label(self) -> str:
        """The short name used in files: `static`, `q1` .. `q4`."""
        return LABELS[self]

    @property
    def long_name(self) -> str:
        """The name shown to people, e.g. `up-right`."""
        return NAMES[self]

    @property
    def colour(self) -> tuple[int, int, int]:
        """The palette colour as 8-bit (red, green, blue)."""
        red, green, blue = (int(value) for value in PALETTE[self])
        return red, green, blue

    @classmethod
    def from_vector(cls, dx: float, dy: float) -> Direction:
        """The quadrant of a motion vector (x right, y down).

        A vector on an axis goes to the next quadrant counter-clockwise on the screen: straight
        right is I, up is II, left is III and down is IV. The zero vector is static.

        Raises:
            ValueError: a component is NaN.
        """
        if math.isnan(dx) or math.isnan(dy):
            raise ValueError(f"({dx}, {dy}) has no direction.")
        sign_x = (dx > 0) - (dx < 0)
        sign_y = (dy > 0) - (dy < 0)
        return cls(int(CLASS_OF_SIGNS[sign_y + 1, sign_x + 1]))


SIGNS = np.array([(0, 0), (1, -1), (-1, -1), (-1, 1), (1, 1)], dtype=np.int8)
"""(5, 2): the (x, y) signs of each class."""

PALETTE = np.array(
    [(0, 0, 0), (255, 0, 0), (0, 255, 0), (255, 255, 0), (0, 0, 255)], dtype=np.uint8
)
"""(5, 3): black, red, green, yellow, blue, the colours of AfB's figure."""

LABELS = ("static", "q1", "q2", "q3", "q4")
"""The short names used in files and on the command line."""

NAMES = ("static", "up-right", "up-left", "down-left", "down-right")
"""The long names shown to people."""

CLASS_OF_SIGNS = np.array(
    [
        # x:  -  0  +
        (2, 2, 1),  # y -
        (3, 0, 1),  # y 0
        (3, 4, 4),  # y +
    ],
    dtype=np.uint8,
)
"""(3, 3): the class of (sign y + 1, sign x + 1), with the tie rules for vectors on an axis."""

_INVERSES = (
    Direction.STATIC,
    Direction.DOWN_LEFT,
    Direction.DOWN_RIGHT,
    Direction.UP_RIGHT,
    Direction.UP_LEFT,
)

_LABEL_TO_CLASS = {
    spelling: Direction(index)
    for spellings in (
        LABELS,
        NAMES,
        ("0", "1", "2", "3", "4"),
        ("static", "i", "ii", "iii", "iv"),
        ("freeze", "quadrant i", "quadrant ii", "quadrant iii", "quadrant iv"),
    )
    for index, spelling in enumerate(spellings)
}


def parse_label(text: str) -> Direction:
    """The class that a label names: `static`, `q1`..`q4`, `0`..`4`, `I`..`IV` or a long name.

    Case and surrounding space do not matter; `_` or a space may stand for the `-` of a long name.

    Raises:
        InputError: the label names no direction.
    """
    plain = " ".join(text.strip().lower().replace("_", " ").split())
    for spelling in (plain, plain.replace(" ", "-")):
        if spelling in _LABEL_TO_CLASS:
            return _LABEL_TO_CLASS[spelling]
    shown = text if len(text) <= 40 else text[:37] + "..."
    raise InputError(
        f"'{shown}' is not a direction; use static, q1 (up-right), q2 (up-left), "
        "q3 (down-left) or q4 (down-right)."
    )
