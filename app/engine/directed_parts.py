"""From noisy optical flow to a few parts that each point one way, fit to be outlined.

Plain arrays in and out; where the flow comes from is `neighbours`.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine.moving_parts import Labels, Mask, cleaned, least_area, mostly
from app.flow.matching import Flow
from app.guidance.flow import flow_to_guidance, moving_flow
from app.guidance.maps import GuidanceMap

_SPREADS = (1 / 150, 1 / 40, 1 / 10)
"""Standard deviations over which flow is smoothed, as parts of the longer edge: a plain pixel takes
the motion of the nearest texture that shows any."""

_ENOUGH = 0.1
"""Share of a neighbourhood that must show its motion to speak for the pixel in its middle."""

_SLANT = 0.36
"""Flow that leaves an axis by less than this (20 degrees) does not say to which side of it."""

_SAMPLES = 4000
"""Pixels by whose flow the camera's motion is judged."""

_NEAR = 1.0
"""Pixels by which their flow may differ from the camera's."""

_PATCH = 0.06
"""Share of a connected moving area that a patch of another direction has at least: at the borders
of what moves, where things are hidden and come out, flow is often wrong."""


def directed_area(
    flow: Flow, photo: NDArray[np.uint8], threshold: float, still: Mask | None = None
) -> GuidanceMap:
    """Classes of what moves, in clean and coherent areas.

    Args:
        flow: (h, w, 2) displacement over the exposure in pixels, zero where none is known.
        photo: (h, w, 3).
        threshold: pixels from which flow counts as moving.
        still: (h, w) what surely stands; without it, all where no motion is known.
    """
    flow = moving_flow(flow, threshold)
    known: Mask = np.asarray(flow.any(axis=2), np.bool_)
    mask = cleaned(np.asarray(known, np.float32))
    whole = mostly(known, photo, still)
    if whole:
        mask[:] = True
    if not mask.any() or not known.any():
        return np.zeros(mask.shape, np.uint8)
    smooth = _spread(flow, known, mask, whole=whole)
    steadied = np.dstack([_steadied(smooth, axis, mask) for axis in (0, 1)])
    return without_specks(np.where(mask, flow_to_guidance(steadied, 0), 0).astype(np.uint8))


def labelled(classes: GuidanceMap) -> tuple[Labels, tuple[int, ...]]:
    """Connected areas of one class as parts 1, 2, …, the largest first, and the class of each."""
    parts = []
    for way in range(1, 5):
        count, pieces = cv2.connectedComponents((classes == way).astype(np.uint8))
        parts += [(way, pieces == piece) for piece in range(1, count)]
    parts.sort(key=lambda part: -int(part[1].sum()))
    labels = np.zeros(classes.shape, np.int32)
    for number, (_, area) in enumerate(parts, start=1):
        labels[area] = number
    return labels, tuple(way for way, _ in parts)


def _spread(flow: Flow, known: Mask, mask: Mask, *, whole: bool) -> Flow:
    """The flow smoothed where it is known and carried to the rest of the mask.

    Far from all texture, things move as their own mean, and a `whole` view as a camera that shifts,
    turns and zooms would have it.
    """
    result = np.zeros(flow.shape, np.float32)
    left = mask.copy()
    weight = known.astype(np.float32)
    for spread in _SPREADS:
        sigma = max(1.0, spread * max(mask.shape))
        share = _blurred(weight, sigma)
        mean = _blurred(flow.astype(np.float32), sigma) / (share[..., None] + 1e-6)
        taken = left & (share >= _ENOUGH)
        result[taken] = mean[taken]
        left &= ~taken
    if left.any():
        result[left] = _camera(flow, known)[left] if whole else flow[known].mean(axis=0)
    return result


def _camera(flow: Flow, known: Mask) -> Flow:
    """The affine flow that lies nearest to the known one in most places."""
    height, width = known.shape
    y, x = np.mgrid[:height, :width].astype(np.float32)
    places = np.dstack([x, y])
    chosen = np.flatnonzero(known)[:: max(1, int(known.sum()) // _SAMPLES)]
    start = places.reshape(-1, 2)[chosen]
    # RANSAC draws lots; the same frames shall give the same guidance.
    cv2.setRNGSeed(0)
    found, _ = cv2.estimateAffinePartial2D(
        start, start + flow.reshape(-1, 2)[chosen], ransacReprojThreshold=_NEAR
    )
    if found is None:
        return np.broadcast_to(flow[known].mean(axis=0), flow.shape)
    moved = places @ found[:, :2].T + found[:, 2]
    return np.asarray(moved - places, np.float32)


def _blurred(values: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """A Gaussian blur; wide ones are done on a reduced copy, which looks the same and is quick."""
    height, width = values.shape[:2]
    reduction = max(1, int(sigma / 4))
    if reduction == 1:
        return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)
    size = (max(1, round(width / reduction)), max(1, round(height / reduction)))
    small = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / reduction)
    return np.asarray(cv2.resize(small, (width, height)), np.float32)


def _steadied(flow: Flow, axis: int, mask: Mask) -> NDArray[np.float32]:
    """One component of the flow, with one sign wherever an area moves nearly along the other axis.

    There its own sign is mostly noise, and would break a thing that moves one way into patches.
    """
    own, other = flow[..., axis], flow[..., 1 - axis]
    result = own.copy()
    for side in (other > 0, other <= 0):
        count, pieces = cv2.connectedComponents((mask & side).astype(np.uint8))
        sums = [np.bincount(pieces.ravel(), v.ravel(), count) for v in (own, np.abs(other))]
        doubtful = np.abs(sums[0]) < _SLANT * sums[1]
        doubtful[0] = False
        here = doubtful[pieces] & (np.abs(own) < _SLANT * np.abs(other))
        result[here] = np.where(sums[0] >= 0, 1e-3, -1e-3)[pieces][here]
    return result


def without_specks(classes: GuidanceMap) -> GuidanceMap:
    """Every small patch within the moving area takes the class of the nearest large one."""
    _, things = cv2.connectedComponents((classes > 0).astype(np.uint8))
    least = np.maximum(least_area(classes.shape), _PATCH * np.bincount(things.ravel()))
    large = np.zeros(classes.shape, np.bool_)
    for way in range(1, 5):
        _, pieces, stats, _ = cv2.connectedComponentsWithStats((classes == way).astype(np.uint8))
        # A patch lies in one thing: any of its pixels tells which.
        thing = np.zeros(len(stats), np.int64)
        thing[pieces.ravel()] = things.ravel()
        enough = stats[:, cv2.CC_STAT_AREA] >= least[thing]
        enough[0] = False
        large |= enough[pieces]
    if large.all() or not large.any():
        return classes
    _, nearest = cv2.distanceTransformWithLabels(
        (~large).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    source = np.zeros(int(nearest.max()) + 1, np.uint8)
    source[nearest[large]] = classes[large]
    return np.where(classes > 0, source[nearest], 0).astype(np.uint8)
