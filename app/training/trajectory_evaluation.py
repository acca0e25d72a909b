"""Evaluating offset networks on held-out pairs (Motion-ETR section 5.3), and those pairs.

The measures of one batch are `trajectory_measures`; here they are pooled into what a table shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from app.errors import InputError
from app.training.blur_pairs import BlurPairs, PairSettings, from_samples, held_out_pairs
from app.training.perceptual import mean_ssim
from app.training.stills import load_stills
from app.training.synthesis.kernels import blur_along, smooth_flow
from app.training.synthesis.response import Response
from app.training.trajectory_measures import CHUNK, measured, reblurred_along
from models.trajectory import trajectory_through

_SEED = 19_17
_POINTS = 15
LONGEST_KERNEL = 16.0
"""Longest kernels of the synthetic set, in pixels."""


@dataclass(frozen=True)
class TrajectoryEvaluation:
    """Means over the held-out pairs; None where it is not known.

    Attributes:
        pairs: how many.
        reblur, reblur_ssim: of the middle frame blurred along our paths, against the photo.
        photo, photo_ssim: of the middle frame itself against the photo.
        epe, displacement: over moving pixels, the ends' distance to the true ones in the order of
            time that fits each pixel better, and the true ends' distance from the middle; pixels.
        directed: the first in the order of time that is true.
        motion_mse: mean squared error of the vector from start to end, in the better order.
    """

    pairs: int
    reblur: float
    reblur_ssim: float | None
    photo: float
    photo_ssim: float | None
    epe: float | None
    displacement: float | None
    directed: float | None
    motion_mse: float | None


def kernel_pairs(settings: PairSettings, device: torch.device) -> BlurPairs:
    """Held-out stills blurred by one straight kernel per pixel, Motion-ETR's synthetic set.

    Raises:
        InputError: the settings name no stills.
    """
    if settings.simulate is None:
        raise InputError("The synthetic kernels need --simulate: stills to be blurred.")
    side = settings.validate_size
    bank = load_stills(settings.simulate, settings.masks, part="held-out")
    rng = np.random.default_rng(_SEED)
    generator = torch.Generator().manual_seed(_SEED)
    samples = []
    for number in range(settings.validate_scenes):
        index = torch.tensor([number % len(bank.stills)])
        crop = bank.crops(index, torch.rand(1, 2, generator=generator), side)[0]
        still = np.ascontiguousarray(crop.permute(1, 2, 0).numpy())
        flow = smooth_flow(side, side, LONGEST_KERNEL, rng)
        samples.append(blur_along(still, flow, Response(), path=Path(f"still {number}"), points=3))
    return from_samples(samples, device)


def true_paths(pairs: BlurPairs) -> Tensor:
    """The quadratic paths through the true ends, `(B, 15, 2, H, W)`: how well paths of the middle
    frame can explain photos at all. What was hidden, noise and uneven motion they cannot."""
    return trajectory_through(pairs.ends, _POINTS, "quadratic")


def evaluate_trajectory(
    offsets: Tensor, pairs: BlurPairs, *, uniform: bool = False
) -> TrajectoryEvaluation:
    """Measure the paths that were found, `(B, N, 2, H, W)`; `uniform` as in `reblurred_along`."""
    measures = measured(offsets, pairs, uniform=uniform)
    errors, again = [], []
    with torch.no_grad():
        for start in range(0, len(pairs), CHUNK):
            rows = slice(start, start + CHUNK)
            part = pairs.rows(rows)
            again.append(reblurred_along(part.sharp, offsets[rows], uniform=uniform))
            ends = offsets[rows][:, [0, -1]]
            ours, truth = (e[:, 0] - e[:, 1] for e in (ends, part.ends))
            both = torch.minimum((ours - truth).square().sum(1), (ours + truth).square().sum(1))
            errors.append(both.flatten(1).mean(1))
    return TrajectoryEvaluation(
        pairs=len(pairs),
        reblur=float(measures["reblur"].mean()),
        reblur_ssim=mean_ssim(torch.cat(again), pairs.blurry),
        photo=float(measures["photo"].mean()),
        photo_ssim=mean_ssim(pairs.sharp, pairs.blurry),
        epe=_known(measures["epe"]),
        displacement=_known(measures["displacement"]),
        directed=_known(measures["directed"] * measures["displacement"]),
        motion_mse=_known(torch.cat(errors)),
    )


def pairs_for(settings: PairSettings, device: torch.device, *, kernels: bool) -> BlurPairs:
    """The held-out pairs of a dataset or the simulator, or the synthetic kernels."""
    return kernel_pairs(settings, device) if kernels else held_out_pairs(settings, device)


def _known(values: Tensor) -> float | None:
    known = values[~values.isnan()]
    return float(known.mean()) if len(known) else None
