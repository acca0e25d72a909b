"""A film as it is written: frames of one size and type, in memory or made on demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Frame = npt.NDArray[Any]
"""(H, W, 3) uint8 or uint16, RGB, sRGB-encoded."""


class Frames(Protocol):
    """What an array (T, H, W, 3) of frames offers, and what a film drawn frame by frame can offer.

    A frame that was asked for must not be changed.
    """

    @property
    def shape(self) -> tuple[int, ...]:
        """(T, H, W, 3)."""
        ...

    @property
    def dtype(self) -> np.dtype[Any]:
        """uint8 or uint16."""
        ...

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Frame: ...

    def __iter__(self) -> Iterator[Frame]: ...
