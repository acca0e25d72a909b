"""Maps of how far things moved, where somebody knows it: beside a guidance map, never without one.

Regions are painted into them by `rasterise`; networks that listen are told them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.errors import InputError
from app.guidance.maps import GuidanceMap

Displacement = NDArray[np.float32]
"""(H, W, 2) pixels (x, y) from where things were first to where they were last; 0 is not known."""


@dataclass(frozen=True, eq=False)
class MotionMaps:
    """All that is said about a photo's motion: (H, W) classes, and how far where that is known."""

    guidance: GuidanceMap
    displacement: Displacement | None = None

    def resized(self, width: int, height: int) -> MotionMaps:
        """The same of the photo at another size; classes and arrows never mix."""
        rows, columns = (
            _nearest(count, before)
            for count, before in zip((height, width), self.guidance.shape, strict=True)
        )
        moved = self.displacement
        return MotionMaps(
            self.guidance[rows][:, columns],
            None if moved is None else resized(moved, width, height),
        )


def validated(displacement: NDArray, height: int, width: int) -> Displacement:
    """The map as float32, checked to be (height, width, 2) and finite.

    Raises:
        InputError: it is not.
    """
    if displacement.shape != (height, width, 2):
        raise InputError(
            f"A displacement map of this photo has the shape {(height, width, 2)}, "
            f"not {displacement.shape}."
        )
    if not np.isfinite(displacement).all():
        raise InputError("A displacement map holds finite numbers only.")
    return displacement.astype(np.float32, copy=False)


def resized(displacement: Displacement, width: int, height: int) -> Displacement:
    """The map of the photo at another size, in pixels of that size; arrows never mix."""
    before_height, before_width = displacement.shape[:2]
    if (before_width, before_height) == (width, height):
        return displacement
    scale = np.array([width / before_width, height / before_height], np.float32)
    nearest = displacement[_nearest(height, before_height)][:, _nearest(width, before_width)]
    return np.asarray(nearest * scale, np.float32)


def _nearest(count: int, before: int) -> NDArray[np.intp]:
    """For each of `count` pixels, which of `before` is nearest."""
    return ((np.arange(count) * 2 + 1) * before // (2 * count)).astype(np.intp)
