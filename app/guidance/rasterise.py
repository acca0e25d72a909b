"""Painting regions into maps: of their directions, and of how far things moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.errors import InputError
from app.guidance.displacement import Displacement
from app.guidance.maps import GuidanceMap
from app.guidance.region import MAX_COORDINATE, Region

_Whole = TypeVar("_Whole", bound=np.unsignedinteger)

_BAND_PIXELS = 1_500_000
_MAX_CROSSINGS_AT_ONCE = 4_000_000
_PIXELS_PER_CROSSING = 700
"""Wider gaps between crossings than this are filled span by span, narrower ones by parity."""


def rasterise(regions: Iterable[Region], width: int, height: int) -> GuidanceMap:
    """Paint regions into a (height, width) map of classes; later regions paint over earlier ones.

    A pixel belongs to a region when its centre lies inside by the even-odd rule over all rings.
    Centres exactly on the outline follow a half-open rule: a left or top edge includes them, a
    right or bottom edge does not, so polygons that share an edge (the same two end points, in
    either order) neither overlap nor leave a gap. Rings need not be valid polygons.

    Raises:
        InputError: a coordinate is not a number or is farther than `MAX_COORDINATE` from the photo.
        ValueError: the size is not positive.
    """
    numbered = [(region, int(region.direction)) for region in regions]
    return _painted(numbered, np.zeros(_shape(width, height), dtype=np.uint8))


def rasterise_displacement(
    regions: Iterable[Region], width: int, height: int
) -> Displacement | None:
    """Paint how far things moved into a (height, width, 2) map, as `rasterise` paints classes.

    Returns:
        float32 pixels (x, y) from first to last, 0 where no region says; None where none does.

    Raises:
        InputError: as of `rasterise`.
        ValueError: as of `rasterise`.
    """
    regions = list(regions)
    known = list(dict.fromkeys(r.displacement for r in regions if r.displacement is not None))
    if not known:
        return None
    # 0 is what nobody says anything about, and so is a region without a displacement.
    number_of = {None: 0} | {moved: number for number, moved in enumerate(known, start=1)}
    numbered = [(region, number_of[region.displacement]) for region in regions]
    kind = np.min_scalar_type(len(known))
    numbers = _painted(numbered, np.zeros(_shape(width, height), dtype=kind))
    return np.array([(0, 0), *known], np.float32)[numbers]


def rasterise_numbers(
    regions: Iterable[Region], width: int, height: int
) -> NDArray[np.unsignedinteger]:
    """Which region is seen at each pixel, (height, width): 1, 2, … in painting order, 0 is none.

    Raises:
        InputError: as of `rasterise`.
        ValueError: as of `rasterise`.
    """
    numbered = [(region, number) for number, region in enumerate(regions, start=1)]
    kind = np.min_scalar_type(len(numbered))
    return _painted(numbered, np.zeros(_shape(width, height), dtype=kind))


def _shape(width: int, height: int) -> tuple[int, int]:
    if width < 1 or height < 1:
        raise ValueError(f"A map needs a positive size, not {width} x {height}.")
    return height, width


def _painted(numbered: Iterable[tuple[Region, int]], numbers: NDArray[_Whole]) -> NDArray[_Whole]:
    """Paint every region's number into the map, later over earlier ones."""
    height, width = numbers.shape
    outlines = [(number, *_edges(region)) for region, number in numbered]
    # All regions are painted into one band of rows before the next: the band stays in the cache.
    rows = max(1, _BAND_PIXELS // width)
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        for number, upper, lower in outlines:
            _paint(numbers, number, upper, lower, top, bottom)
    return numbers


def _edges(region: Region) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """All edges of all rings as two (E, 2) arrays of end points, the upper one first."""
    starts, ends = [], []
    for ring in region.rings:
        points = np.asarray(ring, dtype=np.float64).reshape(-1, 2)
        if not (np.abs(points) <= MAX_COORDINATE).all():
            raise InputError(f"Region {region.title} has a point that is not a usable number.")
        starts.append(points)
        ends.append(np.roll(points, -1, axis=0))
    if not starts:
        return np.zeros((0, 2)), np.zeros((0, 2))
    start, end = np.concatenate(starts), np.concatenate(ends)
    # One orientation for every edge makes two neighbours compute the same crossings, to the bit.
    downwards = (start[:, 1] < end[:, 1])[:, None]
    return np.where(downwards, start, end), np.where(downwards, end, start)


def _paint(
    numbers: NDArray[_Whole],
    number: int,
    upper: NDArray[np.float64],
    lower: NDArray[np.float64],
    top: int,
    bottom: int,
) -> None:
    """Paint the inside of the edges, within the rows top..bottom, into the map."""
    # The row with centre r + 0.5 is crossed when upper.y <= r + 0.5 < lower.y.
    first = np.clip(np.ceil(upper[:, 1] - 0.5), top, bottom).astype(np.int64)
    counts = np.clip(np.ceil(lower[:, 1] - 0.5), top, bottom).astype(np.int64) - first
    crossed = counts > 0
    if not crossed.any():
        return
    counts, first, upper, lower = counts[crossed], first[crossed], upper[crossed], lower[crossed]
    if counts.sum() > _MAX_CROSSINGS_AT_ONCE and bottom - top > 1:
        middle = (top + bottom) // 2
        _paint(numbers, number, upper, lower, top, middle)
        _paint(numbers, number, upper, lower, middle, bottom)
        return
    rows, columns = _crossings(upper, lower, first, counts, numbers.shape[1])
    top, bottom = int(first.min()), int((first + counts).max())
    left, right = int(columns.min()), int(columns.max())
    if len(rows) * _PIXELS_PER_CROSSING < (bottom - top) * (right - left):
        _fill_spans(numbers, number, rows, columns)
    else:
        window = numbers[top:bottom, left:right]
        _fill_parity(window, number, rows - top, columns - left)


def _crossings(
    upper: NDArray[np.float64],
    lower: NDArray[np.float64],
    first: NDArray[np.int64],
    counts: NDArray[np.int64],
    width: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where edges cross rows: the row, and the first column whose centre is on or right of it.

    `first` and `counts` are each edge's first row and number of rows; columns are clipped to
    0..width. The order is by edge; each row occurs an even number of times.
    """
    edge_run, edge_drop = (lower - upper).T
    rows = np.arange(int(counts.sum())) + np.repeat(first - (np.cumsum(counts) - counts), counts)
    x = np.repeat(upper[:, 0], counts)
    drop = np.repeat(edge_drop, counts)
    depth = rows + (0.5 - np.repeat(upper[:, 1], counts))
    reach = depth * np.repeat(edge_run, counts)
    # Division only estimates the column; the comparison of products decides. It is exact where the
    # products fit a double, e.g. for whole, half and sixteenth pixels.
    columns = np.ceil(reach / drop + (x - 0.5))
    centre = columns + (0.5 - x)
    columns -= (centre - 1) * drop >= reach
    columns += centre * drop < reach
    return rows, np.clip(columns, 0, width, out=columns).astype(np.int64)


def _fill_spans(
    numbers: NDArray[_Whole], number: int, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> None:
    """Fill between pairs of crossings, one slice each: the quick way for wide spans."""
    width = numbers.shape[1]
    index = rows * width + columns
    index.sort()
    flat = numbers.reshape(-1)
    for start, stop in zip(index[0::2].tolist(), index[1::2].tolist(), strict=True):
        flat[start:stop] = number


def _fill_parity(
    window: NDArray[_Whole], number: int, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> None:
    """Fill by running parity over the window as bits: the quick way for many short spans."""
    height, width = window.shape
    if width == 0:
        return
    index = rows * width + columns
    index.sort()
    word = index >> 6
    starts = np.flatnonzero(np.diff(word, prepend=-1))
    toggles = np.left_shift(np.uint64(1), (index & 63).astype(np.uint64))
    bits = np.zeros((height * width >> 6) + 1, dtype="<u8")
    bits[word[starts]] = np.bitwise_xor.reduceat(toggles, starts)
    # Parity of all toggles up to each bit: first within the words, then carried from word to word.
    for shift in (1, 2, 4, 8, 16, 32):
        bits ^= bits << np.uint64(shift)
    carry = np.bitwise_xor.accumulate(bits >> np.uint64(63))
    bits[1:] ^= np.negative(carry[:-1])
    inside = np.unpackbits(bits.view(np.uint8), count=height * width, bitorder="little")
    np.copyto(window, number, where=inside.view(bool).reshape(height, width))
