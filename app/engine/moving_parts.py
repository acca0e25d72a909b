"""From what moves where to a few parts that each move on their own: people, balls, the background.

Plain arrays in and out; which way the parts move is `suggest`.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Labels = NDArray[np.int32]

SMALLEST = 0.004
"""Smaller parts of the photo than this share of its area are taken for noise."""

MOST = 8
"""As many parts are told apart; of more, the smallest are left static."""

_EVERYTHING = 0.8
"""Where more than this share of the texture moves, the camera did, and all of the photo moves."""

_DIFFERENT = 1.0
"""How far apart the axes of two parts are at least, in units of `Prediction.axis`: 15 degrees at a
length of 7 pixels, or double the length at the same angle."""


def moving_parts(
    moving: NDArray[np.float32], axis: NDArray[np.float32], photo: NDArray[np.uint8]
) -> Labels:
    """Label what moves independently.

    Args:
        moving: (h, w) how likely each pixel moves.
        axis: (2, h, w), see `models.predictor.Prediction`.
        photo: (h, w, 3).

    Returns:
        (h, w): 0 is static, 1, 2, … are parts, the largest first.
    """
    mask = moving_area(moving, photo)
    least = least_area(mask.shape)
    labels = np.zeros(mask.shape, np.int32)
    count, pieces = cv2.connectedComponents(mask.astype(np.uint8))
    for piece in range(1, count):
        for part in _split(pieces == piece, axis, least, depth=2):
            labels[part] = labels.max() + 1
    return _sorted(labels, least)


def moving_area(moving: NDArray[np.float32], photo: NDArray[np.uint8]) -> Mask:
    """What moves, cleaned; all of the photo where the camera moved.

    Args:
        moving: (h, w) how likely each pixel moves.
        photo: (h, w, 3).
    """
    mask = cleaned(moving)
    if mostly(moving > 0.5, photo):
        mask[:] = True
    return mask


def least_area(shape: tuple[int, ...]) -> int:
    """Pixels that a part has at least in a picture of that (h, w)."""
    return max(12, round(SMALLEST * shape[0] * shape[1]))


def cleaned(moving: NDArray[np.float32]) -> Mask:
    """Moving or not, (h, w), without specks, gaps and frayed edges."""
    edge = max(moving.shape)
    smooth = cv2.GaussianBlur(moving, (0, 0), edge / 200)
    closed = cv2.morphologyEx((smooth > 0.5).astype(np.uint8), cv2.MORPH_CLOSE, _disc(edge / 60))
    mask = cv2.morphologyEx(closed, cv2.MORPH_OPEN, _disc(edge / 120)).astype(np.uint8)
    least = least_area(mask.shape)
    for value in (1, 0):
        _, pieces, stats, _ = cv2.connectedComponentsWithStats((mask == value).astype(np.uint8))
        small = stats[:, cv2.CC_STAT_AREA] < least
        small[0] = False
        mask[small[pieces]] = 1 - value
    return mask.astype(bool)


def mostly(moving: Mask, photo: NDArray[np.uint8], still: Mask | None = None) -> bool:
    """Whether nearly all texture moves; arguments as of `texture_share`."""
    return texture_share(moving, photo, still) > _EVERYTHING


def texture_share(moving: Mask, photo: NDArray[np.uint8], still: Mask | None = None) -> float:
    """How much of the texture moves, 0 to 1: skies and walls show no blur and cannot say.

    Args:
        moving: (h, w).
        photo: (h, w, 3).
        still: (h, w) what surely stands; without it, all that does not move.
    """
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    # Square roots, or a few strong edges would outvote everything else.
    texture = np.sqrt(np.hypot(cv2.Sobel(grey, -1, 1, 0), cv2.Sobel(grey, -1, 0, 1)))
    texture[texture < 3] = 0
    total = float(texture[moving | (~moving if still is None else still)].sum())
    return float(texture[moving].sum()) / total if total > 0 else 0.0


def _split(part: Mask, axis: NDArray[np.float32], least: int, depth: int) -> list[Mask]:
    """The part, or what it falls into along borders where the axis of motion jumps."""
    if depth == 0 or part.sum() < 2 * least:
        return [part]
    sides = _two_sides(part, axis, least)
    if sides is None:
        return [part]
    return [piece for side in sides for piece in _split(side, axis, least, depth - 1)]


def _two_sides(part: Mask, axis: NDArray[np.float32], least: int) -> list[Mask] | None:
    edge = max(part.shape)
    inside = part.astype(np.float32)
    weight = cv2.GaussianBlur(inside, (0, 0), edge / 80)
    smooth = np.stack(
        [cv2.GaussianBlur(a * inside, (0, 0), edge / 80) / (weight + 1e-6) for a in axis], axis=-1
    )
    points = smooth[part]
    # k-means draws lots; the same photo shall give the same parts.
    cv2.setRNGSeed(0)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.01)
    sample = points[:: max(1, len(points) // 5000)]
    _, _, centres = cv2.kmeans(
        sample, 2, np.zeros(len(sample), np.int32), stop, 2, cv2.KMEANS_PP_CENTERS
    )
    if np.linalg.norm(centres[0] - centres[1]) < _DIFFERENT:
        return None
    distance = np.linalg.norm(smooth[..., None, :] - centres, axis=-1)
    second = ((distance[..., 1] < distance[..., 0]) & part).astype(np.uint8)
    second = cv2.morphologyEx(second, cv2.MORPH_OPEN, _disc(edge / 80))
    pieces = [
        piece
        for side in (second.astype(bool) & part, part & (second == 0))
        for piece in _pieces(side, least)
    ]
    if len(pieces) < 2:
        return None
    jumps = [p for p in pieces if _jumps(p, part & ~p, axis, edge)]
    if not jumps:
        return None
    # What does not jump goes with what lies nearest.
    rest = part & ~np.logical_or.reduce(jumps)
    if rest.sum() >= least:
        jumps.append(rest)
    return _shared_out(part, jumps) if len(jumps) > 1 else None


def _pieces(mask: Mask, least: int) -> list[Mask]:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    return [labels == i for i in range(1, len(stats)) if stats[i, cv2.CC_STAT_AREA] >= least]


def _jumps(piece: Mask, rest: Mask, axis: NDArray[np.float32], edge: int) -> bool:
    """Whether the axis changes at the border of a piece and not gradually, as in a turning view."""
    reach = _disc(edge / 30)
    near = rest & (cv2.dilate(piece.astype(np.uint8), reach) > 0)
    within = piece & (cv2.dilate(rest.astype(np.uint8), reach) > 0)
    if not near.any() or not within.any():
        return False
    change = np.linalg.norm(axis[:, near].mean(1) - axis[:, within].mean(1))
    return bool(change > 0.6 * _DIFFERENT)


def _shared_out(part: Mask, pieces: list[Mask]) -> list[Mask]:
    """Give every pixel of the part to its nearest piece."""
    distances = np.stack(
        [cv2.distanceTransform((~p).astype(np.uint8), cv2.DIST_L2, 3) for p in pieces]
    )
    nearest = distances.argmin(0)
    return [part & (nearest == i) for i in range(len(pieces))]


def _sorted(labels: Labels, least: int) -> Labels:
    """Numbered by area, the largest 1; crumbs and all beyond `MOST` are 0."""
    areas = np.bincount(labels.ravel())
    areas[0] = 0
    order = [int(i) for i in np.argsort(-areas, kind="stable") if areas[i] >= least][:MOST]
    table = np.zeros(len(areas), np.int32)
    for number, old in enumerate(order, start=1):
        table[old] = number
    return table[labels]


def _disc(radius: float) -> NDArray[np.uint8]:
    size = 2 * max(1, round(radius)) + 1
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)).astype(np.uint8)
