"""Test-time refinement: a photo's own reblur error, lowered by some steps on the paths' ends.

The blur creation module says how the sharp middle frame blurs along the paths; its gradient says
how the ends should move so that this is the photo.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from app.engine.exposure_paths import ExposurePaths
from app.engine.progress import Progress
from app.errors import InputError
from app.media.pixels import Pixels, resize_to_max_edge, to_float
from models.exposure import reblurred
from models.light import exposure_weights
from models.trajectory import trajectory_through
from models.trajectory_losses import total_variation

LARGEST_EDGE = 1024
"""Longer photos are refined at this size, because every point of a path needs the whole photo."""

_POINTS = 15
_CELL = 4
"""Side in pixels of the cells that move as one: single pixels say too little about their path."""
_RATE = 0.15
_VARIATION = 1e-4


@dataclass(frozen=True)
class Refinement:
    """What refining changed: PSNR in dB of the reblurred middle frame against the photo."""

    before: float
    after: float
    steps: int


def refined(
    paths: ExposurePaths,
    photo: Pixels,
    sharp: Pixels,
    steps: int,
    device: torch.device,
    moving: NDArray[np.bool_] | None = None,
) -> Generator[Progress, None, tuple[ExposurePaths, Refinement]]:
    """Move the ends of the paths so that they explain the photo better; never worse.

    Args:
        paths: of the photo's size.
        photo, sharp: `(H, W, 3)`, the blurry photo and its middle frame.
        steps: how many.
        device: where to compute.
        moving: `(H, W)` where paths may change and the error counts; everywhere by default.

    Yields:
        Progress after every step. Closing the generator cancels.

    Raises:
        InputError: the paths' points are free, so that there are no ends.
    """
    if paths.constraint == "zero":
        raise InputError("Free points have no ends that could be refined.")
    small = resize_to_max_edge(photo, LARGEST_EDGE)
    height, width = small.shape[:2]
    scale = width / photo.shape[1]
    wanted, middle = (_tensor(_fitted(p, width, height), device) for p in (photo, sharp))
    counted = torch.ones(height, width, device=device)
    if moving is not None:
        plane = cv2.resize(moving.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA)
        counted = torch.from_numpy(plane.astype(np.float32)).to(device)
    start = torch.from_numpy(_resized(paths.knots, width, height) * np.float32(scale)).to(device)
    weights = exposure_weights(_POINTS).to(device)
    cells = (-(-height // _CELL), -(-width // _CELL))
    change = torch.zeros(1, 4, *cells, device=device, requires_grad=True)
    optimizer = torch.optim.Adam([change], lr=_RATE)
    total = max(1.0, float(counted.sum()))

    def moved() -> Tensor:
        smooth = F.interpolate(change, (height, width), mode="bilinear", align_corners=False)
        ends = (start + smooth[0].unflatten(0, (2, 2)) * counted)[None]
        if paths.constraint == "linear":
            straight = (ends[:, :1] - ends[:, 1:]) / 2
            ends = torch.cat([straight, -straight], 1)
        return ends

    first = last = best = float("inf")
    kept = torch.zeros_like(change)
    yield Progress("refine", 0, steps)
    for step in range(steps + 1):
        ends = moved()
        offsets = trajectory_through(ends, _POINTS, paths.constraint)
        error = (reblurred(middle, offsets, weights) - wanted).square().mean(1)[0]
        error = (error * counted).sum() / total
        last = float(error.detach())
        first = last if step == 0 else first
        if last < best:
            best, kept = last, change.detach().clone()
        if step == steps:
            break
        optimizer.zero_grad()
        (error + _VARIATION * total_variation(ends)).backward()
        optimizer.step()
        yield Progress("refine", step + 1, steps)
    with torch.no_grad():
        change.copy_(kept)
        difference = ((moved()[0] - start) / scale).cpu().numpy()
    grown = _resized(difference, photo.shape[1], photo.shape[0])
    result = replace(paths, knots=paths.knots + grown)
    return result, Refinement(_decibels(first), _decibels(best), steps)


def _fitted(pixels: Pixels, width: int, height: int) -> Pixels:
    if pixels.shape[:2] == (height, width):
        return pixels
    resized: Pixels = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return resized


def _resized(knots: NDArray[np.float32], width: int, height: int) -> NDArray[np.float32]:
    """`(P, 2, h, w)` at another size; the values stay."""
    if knots.shape[2:] == (height, width):
        return knots
    flat = knots.reshape(-1, *knots.shape[2:])
    planes = [cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR) for plane in flat]
    return np.stack(planes).reshape(*knots.shape[:2], height, width).astype(np.float32)


def _tensor(pixels: Pixels, device: torch.device) -> Tensor:
    return torch.from_numpy(to_float(pixels)).permute(2, 0, 1)[None].contiguous().to(device)


def _decibels(error: float) -> float:
    return float("inf") if error == 0 else -10 * float(np.log10(error))
