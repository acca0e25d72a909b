"""Trajectories drawn: over the photo, as lines for other programs (SVG), and as a map of colours.

Lines show a thing's own way - the mirror image of the offsets - with time as colour and an
arrowhead at the end. Values in, values out; files are written elsewhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine.exposure_paths import MOVING, ExposurePaths
from app.media.motion_colours import motion_colours
from app.media.pixels import Pixels, to_8bit
from app.media.time_colours import time_colour

_SEGMENTS = 14
_INK = (16, 16, 20)
# cv2 draws at fractions of a pixel when told how many binary digits the coordinates have.
_SHIFT = 4


def default_spacing(height: int, width: int) -> int:
    """Pixels between lines, so that about fifty stand side by side."""
    return max(8, round(max(height, width) / 50))


def lines(paths: ExposurePaths, spacing: int, stretch: float = 1.0) -> NDArray[np.float32]:
    """`(K, 15, 2)` ways of things in photo pixels (x, y), first to last, every `spacing` pixels.

    Pixels that hardly move have none. `stretch` makes the ways longer than they are.
    """
    height, width = paths.shape
    ys = np.arange(spacing // 2, height, spacing)
    xs = np.arange(spacing // 2, width, spacing)
    grid = np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2)
    grid = grid[paths.lengths[grid[:, 1], grid[:, 0]] > MOVING]
    picked = paths.knots[:, :, grid[:, 1], grid[:, 0]]
    points = ExposurePaths(picked[:, :, :, None], paths.constraint)
    count = len(picked) if paths.constraint == "zero" else _SEGMENTS + 1
    ways = -points.offsets(count)[..., 0].transpose(2, 0, 1) * np.float32(stretch)
    result: NDArray[np.float32] = grid[:, None].astype(np.float32) + ways
    return result


def overlay(photo: Pixels, ways: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The photo with lines over it, `(H, W, 3)` uint8."""
    picture = np.ascontiguousarray(to_8bit(photo)).copy()
    width = max(1, round(max(picture.shape[:2]) / 700))
    heads = [_head(way, 3.0 + 2.0 * width) for way in ways]
    for colour, thickness in ((_INK, width + 2), (None, width)):
        for part, chosen in _coloured(ways):
            _draw(picture, part, colour or chosen, thickness)
    for head in heads:
        if head is not None:
            corners = [np.round(head * 2**_SHIFT).astype(np.int32, order="C")]
            cv2.fillPoly(picture, corners, time_colour(1.0), cv2.LINE_AA, _SHIFT)
            cv2.polylines(picture, corners, True, _INK, 1, cv2.LINE_AA, _SHIFT)
    return picture


def motion_map(paths: ExposurePaths) -> NDArray[np.uint8]:
    """The map of directions and lengths, `(H, W, 3)` uint8; see `motion_colours`."""
    return motion_colours(paths.motion)


def svg(ways: NDArray[np.float32], height: int, width: int) -> str:
    """Lines as SVG polylines in photo pixels, one per colour of time, with arrowheads."""
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">',
        '<g fill="none" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">',
    ]
    for part, colour in _coloured(ways):
        rows.append(f'<g stroke="rgb{colour}">'.replace(" ", "").replace("<gstroke", "<g stroke"))
        rows += [f'<polyline points="{_points(line)}"/>' for line in part]
        rows.append("</g>")
    rows.append("</g>")
    last = "rgb({},{},{})".format(*time_colour(1.0))
    rows.append(f'<g fill="{last}" stroke="none">')
    heads = (_head(way, 5.0) for way in ways)
    rows += [f'<polygon points="{_points(head)}"/>' for head in heads if head is not None]
    rows += ["</g>", "</svg>", ""]
    return "\n".join(rows)


def _coloured(
    ways: NDArray[np.float32],
) -> Iterator[tuple[NDArray[np.float32], tuple[int, int, int]]]:
    """The ways cut in pieces of one colour: `(K, n, 2)` each, first to last."""
    count = ways.shape[1]
    pieces = min(7, count - 1)
    bounds = np.linspace(0, count - 1, pieces + 1).round().astype(int)
    for number, (first, last) in enumerate(itertools.pairwise(bounds)):
        yield ways[:, first : last + 1], time_colour((number + 0.5) / pieces)


def _draw(
    picture: NDArray[np.uint8], part: NDArray[np.float32], colour: tuple[int, ...], width: int
) -> None:
    # cv2 wants every line in memory of its own order.
    corners = np.round(part * 2**_SHIFT).astype(np.int32, order="C")
    cv2.polylines(picture, list(corners), False, colour, width, cv2.LINE_AA, _SHIFT)


def _head(way: NDArray[np.float32], size: float) -> NDArray[np.float32] | None:
    """A triangle at a way's end, along its last third; none where that does not move."""
    end = way[-1]
    along = end - way[(len(way) - 1) * 2 // 3]
    length = float(np.hypot(*along))
    if length < 1e-3:
        return None
    # Heads no longer than the way itself, or short ways would be all head.
    size = min(size, max(2.0, float(np.hypot(*(end - way[0])))))
    x, y = along / length * size
    tip = [
        [x, y],
        [-x * 0.5 - y * 0.8, -y * 0.5 + x * 0.8],
        [-x * 0.5 + y * 0.8, -y * 0.5 - x * 0.8],
    ]
    return (end + np.asarray(tip)).astype(np.float32)


def _points(line: NDArray[np.float32]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in line)
