"""How a large area is cut into tiles that overlap, and how their results are joined without seams.

Pure arithmetic on spans and arrays: no network, no devices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

FloatFilm = NDArray[np.float32]

# Beyond this many separate boxes one box around them all is as good and cheaper to find.
_MAX_BOXES = 200


class Box(NamedTuple):
    """A rectangle of pixels, `[top, bottom) × [left, right)`."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def area(self) -> int:
        """Its pixels."""
        return (self.bottom - self.top) * (self.right - self.left)

    @property
    def slices(self) -> tuple[slice, slice]:
        """Its rows and columns, to index a picture."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )

    def grown(self, margin: int, height: int, width: int) -> Box:
        """The box with a margin, within a photo of that size."""
        return Box(
            max(0, self.top - margin),
            max(0, self.left - margin),
            min(height, self.bottom + margin),
            min(width, self.right + margin),
        )


class Span(NamedTuple):
    """One tile along one axis: the pixels the network reads and those whose results are kept.

    Kept intervals of neighbours share `Tiling.blend` pixels.
    """

    read_start: int
    read_stop: int
    keep_start: int
    keep_stop: int


@dataclass(frozen=True)
class Tiling:
    """A strategy for cutting areas into tiles.

    Attributes:
        tile: longest edge of what the network reads at once, in pixels.
        context: pixels read around what is kept, so that the tile's edge does not show.
        blend: pixels over which one tile fades into the next.
        stride: the network's stride; tiles begin at its multiples, because a network with strides
            gives the same answer only for shifts by them.
    """

    tile: int
    context: int
    blend: int
    stride: int

    @classmethod
    def fitting(cls, tile: int, context: int, stride: int, blend: int = 32) -> Tiling:
        """A tiling for exactly this tile size; small tiles get less context and blending.

        Raises:
            ValueError: the tile is smaller than `smallest_tile(stride)`.
        """
        if tile < smallest_tile(stride):
            raise ValueError(f"tiles must be at least {smallest_tile(stride)} px, not {tile}")
        blend = min(blend, tile // 8) // 2 * 2
        # What is left advances by at least a stride, and overlaps never meet.
        advance = max(2 * blend, stride)
        context = max(0, min(context, (tile - blend - 2 * stride - advance) // 2))
        return cls(tile, context, blend, stride)

    def spans(self, start: int, stop: int, limit: int) -> list[Span]:
        """Tiles along one axis that together keep `[start, stop)` of an image of size `limit`."""
        read_start, read_stop = self._read(start, stop, limit)
        if read_stop - read_start <= self.tile:
            return [Span(read_start, read_stop, start, stop)]
        step = self.tile - self.blend - 2 * self.context - 2 * self.stride
        count = -(-(stop - start) // step)
        if count == 1:
            return [Span(read_start, read_stop, start, stop)]
        cuts = [start + (stop - start) * i // count for i in range(count + 1)]
        spans = []
        for i in range(count):
            keep_start = cuts[i] - (self.blend // 2 if i > 0 else 0)
            keep_stop = cuts[i + 1] + (self.blend // 2 if i < count - 1 else 0)
            spans.append(Span(*self._read(keep_start, keep_stop, limit), keep_start, keep_stop))
        return spans

    def count(self, box: Box, height: int, width: int) -> int:
        """How many tiles a box takes in a photo of that size."""
        rows = self.spans(box.top, box.bottom, height)
        return len(rows) * len(self.spans(box.left, box.right, width))

    def _read(self, start: int, stop: int, limit: int) -> tuple[int, int]:
        first = max(0, start - self.context) // self.stride * self.stride
        last = -(-(stop + self.context) // self.stride) * self.stride
        return first, min(limit, last)


def smallest_tile(stride: int) -> int:
    """The smallest tile edge that leaves room for blending."""
    return 4 * stride


def ramp(length: int) -> NDArray[np.float32]:
    """Weights rising smoothly from 0 to 1 for the tile that follows, at pixel centres."""
    position = (np.arange(length, dtype=np.float32) + 0.5) / max(1, length)
    return (position * position * (3 - 2 * position)).astype(np.float32)


class RowBlender:
    """Joins the tiles of one box, row by row and from left to right, holding only overlaps.

    Every overlap is a weighted mean whose weights add up to 1 in both directions, so no edge shows;
    memory is one tile and the strips shared with its right and lower neighbours.
    """

    def __init__(self, blend: int) -> None:
        self._blend = blend
        self._above: dict[int, FloatFilm] = {}
        self._below: dict[int, FloatFilm] = {}
        self._left: FloatFilm | None = None

    def next_row(self) -> None:
        """Begin the next row of tiles."""
        self._above, self._below, self._left = self._below, {}, None

    def skip(self) -> None:
        """Leave out one tile of the row: nothing in its area is wanted."""
        self._left = None

    def add(self, tile: FloatFilm, column: int, *, last_row: bool, last_column: bool) -> FloatFilm:
        """Blend a tile with its left and upper neighbours.

        Args:
            tile: `(T, h, w, C)`, the kept area of tile number `column`.
            last_row, last_column: nothing follows below, or to the right.

        Returns:
            The finished part, anchored at the tile's top left corner; strips that a later tile
            shares are held back.
        """
        blend = self._blend
        if self._left is not None:
            weight = ramp(blend)[:, None]
            tile[:, :, :blend] = tile[:, :, :blend] * weight + self._left * (1 - weight)
        self._left = None
        if not last_column:
            self._left = tile[:, :, -blend:].copy()
            tile = tile[:, :, :-blend]
        above = self._above.get(column)
        if above is not None:
            weight = ramp(blend)[:, None, None]
            tile[:, :blend] = tile[:, :blend] * weight + above * (1 - weight)
        if not last_row:
            self._below[column] = tile[:, -blend:].copy()
            tile = tile[:, :-blend]
        return tile


def moving_boxes(moving: NDArray[np.bool_], margin: int, cell: int = 16) -> list[Box]:
    """Boxes that together hold every moving pixel, merged where that reads fewer pixels.

    Args:
        moving: (H, W), true where something moves.
        margin: context that will be read around each box; boxes whose margins meet are merged when
            one box with one margin is no larger than the two.
        cell: coarseness of the search, in pixels.

    Returns:
        Boxes without margin, tight around their pixels, from top to bottom; none if all is static.
    """
    height, width = moving.shape
    if not moving.any():
        return []
    rows, columns = -(-height // cell), -(-width // cell)
    padded = np.zeros((rows * cell, columns * cell), np.bool_)
    padded[:height, :width] = moving
    cells = padded.reshape(rows, cell, columns, cell)
    coarse = np.asarray(cells.any(axis=(1, 3)), np.uint8)
    reach = max(1, margin // cell)
    near = cv2.dilate(coarse, np.ones((reach + 1, reach + 1), np.uint8))
    count, labels = cv2.connectedComponents(near, connectivity=8)
    if count - 1 > _MAX_BOXES:
        return [_tight(moving, Box(0, 0, height, width))]
    boxes = []
    for label in range(1, count):
        ys, xs = np.nonzero((labels == label) & (coarse > 0))
        if len(ys) == 0:
            continue
        rough = Box(
            int(ys.min()) * cell,
            int(xs.min()) * cell,
            min(height, (int(ys.max()) + 1) * cell),
            min(width, (int(xs.max()) + 1) * cell),
        )
        boxes.append(_tight(moving, rough))
    return sorted(_merged(boxes, margin, height, width))


def _merged(boxes: list[Box], margin: int, height: int, width: int) -> list[Box]:
    """Merge pairs as long as that does not enlarge what is read."""
    merged = True
    while merged:
        merged = False
        for i in range(len(boxes)):
            for j in range(i + 1, len(boxes)):
                union = boxes[i].union(boxes[j])
                apart = sum(boxes[k].grown(margin, height, width).area for k in (i, j))
                if union.grown(margin, height, width).area <= apart:
                    boxes = [b for k, b in enumerate(boxes) if k not in (i, j)] + [union]
                    merged = True
                    break
            if merged:
                break
    return boxes


def _tight(moving: NDArray[np.bool_], rough: Box) -> Box:
    part = moving[rough.top : rough.bottom, rough.left : rough.right]
    ys = np.flatnonzero(part.any(axis=1))
    xs = np.flatnonzero(part.any(axis=0))
    return Box(
        rough.top + int(ys[0]),
        rough.left + int(xs[0]),
        rough.top + int(ys[-1]) + 1,
        rough.left + int(xs[-1]) + 1,
    )
