"""Pictures ready for the screen: 8-bit copies at full, half, quarter … size for zooming out.

Built off the GUI thread, painted on it; a pyramid is a value that never changes. No widgets here.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

_SMALLEST_LEVEL = 256


@dataclass(frozen=True, eq=False)
class Pyramid:
    """`levels[k]` shows the picture at 1 / 2**k of its size; `buffers` keep their pixels alive."""

    levels: tuple[QImage, ...]
    buffers: tuple[NDArray[np.uint8], ...]

    @property
    def width(self) -> int:
        """Width of the full-size picture in pixels."""
        return self.levels[0].width()

    @property
    def height(self) -> int:
        """Height of the full-size picture in pixels."""
        return self.levels[0].height()

    def level_for(self, scale: float) -> QImage:
        """The smallest level that still has a pixel for every screen pixel at `scale`."""
        level = 0
        while level + 1 < len(self.levels) and scale * 2 ** (level + 1) <= 1.0:
            level += 1
        return self.levels[level]


def build_pyramid(pixels: NDArray[Any], seen: NDArray[np.bool_] | None = None) -> Pyramid:
    """The pyramid of an (H, W, 3) uint8 or uint16 sRGB picture, transparent where not `seen`.

    8-bit pixels are shared, not copied; 16-bit ones are shown by their upper 8 bits, rounded.
    """
    # Imported here because the first window must not wait for them.
    import cv2

    from app.media.pixels import to_8bit

    level = np.ascontiguousarray(to_8bit(pixels))
    if seen is not None:
        alpha = np.where(seen, np.uint8(255), np.uint8(0))
        # Premultiplied, so that reduced levels mix no colour of what is not seen.
        level = np.dstack([level * seen[..., None], alpha])
    buffers = [level]
    while max(level.shape[:2]) > _SMALLEST_LEVEL:
        size = (max(1, (level.shape[1] + 1) // 2), max(1, (level.shape[0] + 1) // 2))
        level = np.ascontiguousarray(cv2.resize(level, size, interpolation=cv2.INTER_AREA))
        buffers.append(level)
    return Pyramid(tuple(_image(buffer) for buffer in buffers), tuple(buffers))


def _image(pixels: NDArray[np.uint8]) -> QImage:
    height, width = pixels.shape[:2]
    transparent = pixels.shape[2] == 4
    kind = (
        QImage.Format.Format_RGBA8888_Premultiplied if transparent else QImage.Format.Format_RGB888
    )
    return QImage(pixels.data, width, height, pixels.strides[0], kind)


def empty_image(size: QSize, ratio: float) -> QImage:
    """A transparent picture to paint on, of a size in logical pixels, at a device pixel ratio."""
    picture = QImage(
        ceil(size.width() * ratio),
        ceil(size.height() * ratio),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
