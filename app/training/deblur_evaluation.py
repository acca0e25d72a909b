"""Evaluating what sharpens photos on held-out pairs (Motion-ETR sections 4.1 and 5.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from app.errors import InputError
from app.training.blur_pairs import BlurPairs
from app.training.metrics import psnr, squared_errors
from app.training.perceptual import mean_ssim
from app.training.trajectory_measures import offsets_of
from models.along_paths import TAPS
from models.deblur import DeblurNetwork, sharpened
from models.trajectory import TrajectoryNetwork

Sharpen = Callable[[BlurPairs], Tensor]
"""Pairs → the sharp middle frames of their photos, `(B, 3, H, W)`; what annotators tell of them may
be looked at, the truth may not."""


@dataclass(frozen=True)
class DeblurEvaluation:
    """Means over the held-out pairs: deblurred photos and the photos against the middle frames."""

    pairs: int
    psnr: float
    ssim: float | None
    photo: float
    photo_ssim: float | None


def evaluate_deblur(sharpen: Sharpen, pairs: BlurPairs) -> DeblurEvaluation:
    """Measure what sharpens photos."""
    parts = [sharpen(pairs.rows(slice(n, n + 8))) for n in range(0, len(pairs), 8)]
    result = torch.cat(parts).float().clamp(0, 1)
    everywhere = torch.ones_like(pairs.blurry[:, :1], dtype=torch.bool)
    ours, base = (
        psnr(*squared_errors(image[:, None], pairs.sharp[:, None], everywhere))
        for image in (result, pairs.blurry)
    )
    return DeblurEvaluation(
        pairs=len(pairs),
        psnr=float(ours.mean()),
        ssim=mean_ssim(result, pairs.sharp),
        photo=float(base.mean()),
        photo_ssim=mean_ssim(pairs.blurry, pairs.sharp),
    )


def by_network(
    model: DeblurNetwork,
    offsets: TrajectoryNetwork | None,
    *,
    guided: bool = False,
    arrows: bool = False,
) -> Sharpen:
    """Deblurs with a network, see `deblurred`; annotators are asked for what is said here."""

    def sharpen(pairs: BlurPairs) -> Tensor:
        model.eval()
        with torch.no_grad():
            told = torch.full((len(pairs),), float(guided))
            return deblurred(model, pairs.told_of(told), offsets, arrows=arrows, look=sharpened)

    return sharpen


def deblurred(
    model: DeblurNetwork,
    pairs: BlurPairs,
    offsets: TrajectoryNetwork | None,
    *,
    arrows: bool = True,
    look: Callable[[DeblurNetwork, Tensor, Tensor | None], Tensor] = DeblurNetwork.__call__,
) -> Tensor:
    """Photos deblurred, `(B, 3, H, W)`, along the trajectories of `offsets` if the model is
    motion-aware; no gradient reaches the offset network.

    Where annotators tell which way things move nothing moves outside, and with `arrows` paths reach
    as far as they say. `look` is how the network is asked: once, or as `sharpened` does.

    Raises:
        InputError: the model is motion-aware and there is no offset network.
    """
    if not model.config.motion_aware:
        return look(model, pairs.blurry, None)
    if offsets is None:
        raise InputError("Motion-aware deblurring needs the offset network's weights.")
    with torch.no_grad():
        taps = offsets_of(offsets, pairs, arrows=arrows, points=TAPS)
        static = pairs.told.view(-1, 1, 1) & pairs.signs.eq(0).all(1)
        taps = taps * ~static[:, None, None]
    return look(model, pairs.blurry, taps)
