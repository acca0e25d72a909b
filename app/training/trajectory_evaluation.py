"""Evaluating trajectory and deblurring networks on held-out pairs (Motion-ETR sections 5.3, 5.4).

The measures of one batch are `trajectory_measures`; here they are pooled into what a table shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from app.errors import InputError
from app.training.blur_pairs import BlurPairs, PairSettings, from_samples, held_out_pairs
from app.training.metrics import psnr, squared_errors
from app.training.perceptual import ssim, ssim_available
from app.training.stills import load_stills
from app.training.synthesis.kernels import blur_along, smooth_flow
from app.training.synthesis.response import Response
from app.training.trajectory_measures import measured, offsets_of, reblurred_along
from models.deblur import TAPS, DeblurNetwork
from models.trajectory import TrajectoryNetwork

_SEED = 19_17
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


@dataclass(frozen=True)
class DeblurEvaluation:
    """Means over the held-out pairs: deblurred photos and the photos against the middle frames."""

    pairs: int
    psnr: float
    ssim: float | None
    photo: float
    photo_ssim: float | None


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


def evaluate_trajectory(
    model: TrajectoryNetwork,
    pairs: BlurPairs,
    *,
    uniform: bool = False,
    guided: bool = True,
) -> TrajectoryEvaluation:
    """Measure an offset network; `uniform` as in `reblurred_along`, `guided` as in `measured`."""
    measures = measured(model, pairs, uniform=uniform, guided=guided)
    errors, again = [], []
    with torch.no_grad():
        for start in range(0, len(pairs), 8):
            part = pairs.rows(slice(start, start + 8))
            offsets = offsets_of(model, part, guided=guided)
            again.append(reblurred_along(part.sharp, offsets, uniform=uniform))
            ours, truth = (e[:, 0] - e[:, 1] for e in (offsets[:, [0, -1]], part.ends))
            both = torch.minimum((ours - truth).square().sum(1), (ours + truth).square().sum(1))
            errors.append(both.flatten(1).mean(1))
    return TrajectoryEvaluation(
        pairs=len(pairs),
        reblur=float(measures["reblur"].mean()),
        reblur_ssim=_ssim(torch.cat(again), pairs.blurry),
        photo=float(measures["photo"].mean()),
        photo_ssim=_ssim(pairs.sharp, pairs.blurry),
        epe=_known(measures["epe"]),
        displacement=_known(measures["displacement"]),
        directed=_known(measures["directed"] * measures["displacement"]),
        motion_mse=_known(torch.cat(errors)),
    )


Sharpen = Callable[[Tensor, Tensor], Tensor]
"""Photos `(B, 3, H, W)` in [0, 1] and their guidance as signs `(B, 2, H, W)`, all 0 where there is
none → their sharp middle frames."""


def by_network(model: DeblurNetwork, offsets: TrajectoryNetwork | None) -> Sharpen:
    """Deblurs with a network, see `deblurred`, which looks at no guidance."""

    def sharpen(photos: Tensor, signs: Tensor) -> Tensor:
        model.eval()
        with torch.no_grad():
            return deblurred(model, photos, offsets)

    return sharpen


def evaluate_deblur(sharpen: Sharpen, pairs: BlurPairs) -> DeblurEvaluation:
    """Measure what sharpens photos."""
    parts = [
        sharpen(*part) for part in zip(pairs.blurry.split(8), pairs.signs.split(8), strict=True)
    ]
    result = torch.cat(parts).float().clamp(0, 1)
    everywhere = torch.ones_like(pairs.blurry[:, :1], dtype=torch.bool)
    ours, base = (
        psnr(*squared_errors(image[:, None], pairs.sharp[:, None], everywhere))
        for image in (result, pairs.blurry)
    )
    return DeblurEvaluation(
        pairs=len(pairs),
        psnr=float(ours.mean()),
        ssim=_ssim(result, pairs.sharp),
        photo=float(base.mean()),
        photo_ssim=_ssim(pairs.blurry, pairs.sharp),
    )


def deblurred(model: DeblurNetwork, photos: Tensor, offsets: TrajectoryNetwork | None) -> Tensor:
    """Photos `(B, 3, H, W)` deblurred, along the trajectories of `offsets` if the model is
    motion-aware; no gradient reaches the offset network.

    Raises:
        InputError: the model is motion-aware and there is no offset network.
    """
    if not model.config.motion_aware:
        sharp: Tensor = model(photos)
        return sharp
    if offsets is None:
        raise InputError("Motion-aware deblurring needs the offset network's weights.")
    with torch.no_grad():
        taps = offsets.trajectory(photos, TAPS).float()
    aware: Tensor = model(photos, taps)
    return aware


def pairs_for(settings: PairSettings, device: torch.device, *, kernels: bool) -> BlurPairs:
    """The held-out pairs of a dataset or the simulator, or the synthetic kernels."""
    return kernel_pairs(settings, device) if kernels else held_out_pairs(settings, device)


def _ssim(images: Tensor, truth: Tensor) -> float | None:
    if not ssim_available():
        return None
    return float(ssim(images[:, None], truth[:, None]).mean())


def _known(values: Tensor) -> float | None:
    known = values[~values.isnan()]
    return float(known.mean()) if len(known) else None
