"""Losses for fitting decomposers, as pure functions of tensors; which terms are used is a setting.

Every term is a mean over the pixels that the guidance frees, because everywhere else the frames are
the photo and nothing can be learned. Where one batch is fitted in parts, each part is divided by
the freed pixels of the whole, so that the parts' losses and gradients add up to the whole's.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from models.decomposer import Decomposition
from models.light import exposed, srgb_to_linear

PENALTIES = ("charbonnier", "mse")
_CHARBONNIER = 1e-3
"""Error below which the Charbonnier penalty is a parabola instead of a cone."""


@dataclass(frozen=True)
class LossSettings:
    """Which terms are added up, with which weights; 0 leaves a term out.

    Attributes:
        penalty: "mse" (the paper's) or "charbonnier", which prefers sharp answers to mean ones.
        supervised: both stages against the true frames (AfB Eq. 8).
        reblur: the frames' average in linear light against the photo.
        temporal: the differences of consecutive frames against the true ones.
        reversal: the frames against the reversed frames of the inverse guidance.
        unordered: both stages against the true frames in whichever order fits, per pixel.
        balanced: every sample counts alike, as measured by the error of its photo repeated, see
            `balanced_weights`; otherwise every freed pixel counts alike.
    """

    penalty: str = "charbonnier"
    supervised: float = 1.0
    reblur: float = 0.0
    temporal: float = 0.0
    reversal: float = 0.0
    unordered: float = 0.0
    balanced: bool = False

    def __post_init__(self) -> None:
        if self.penalty not in PENALTIES:
            raise ValueError(f"unknown loss '{self.penalty}' (known: {', '.join(PENALTIES)})")


LOSSES: dict[str, LossSettings] = {
    "balanced": LossSettings(balanced=True),
    "charbonnier": LossSettings(),
    "paper": LossSettings(penalty="mse"),
    "reblur": LossSettings(reblur=0.5),
    "temporal": LossSettings(temporal=0.5),
    "reversal": LossSettings(reversal=0.1),
    "consistent": LossSettings(reblur=0.5, temporal=0.5, reversal=0.1),
    "unordered": LossSettings(supervised=0.0, unordered=1.0),
}
"""Losses by name: "balanced" fitted the shipped weights, "paper" is AfB's, "unordered" Jin et al.'s
for fitting without guidance."""


def fitting_loss(
    settings: LossSettings,
    result: Decomposition,
    frames: Tensor,
    photo: Tensor,
    freed: Tensor,
    *,
    inverse: Decomposition | None = None,
    pixels: Tensor | float | None = None,
) -> Tensor:
    """The weighted sum of the terms of `settings`.

    Args:
        settings: which terms.
        result: both stages' frames, `(B, T, 3, H, W)` each.
        frames: the truth, `(B, T, 3, H, W)`.
        photo: `(B, 3, H, W)`, sRGB-encoded.
        freed: `(B, 1, H, W)` bool, or how much each pixel counts.
        inverse: the answer to the inverse guidance; only the reversal term needs it.
        pixels: sum of `freed` over the whole batch of which this is a part; by default, this part.

    Raises:
        ValueError: the reversal term is wanted and `inverse` is missing.
    """
    loss = frames.new_zeros(())
    if settings.supervised:
        term = decomposition_loss(result, frames, freed, settings.penalty, pixels=pixels)
        loss = loss + settings.supervised * term
    if settings.reblur:
        term = reblur_loss(result.frames, photo, freed, settings.penalty, pixels=pixels)
        loss = loss + settings.reblur * term
    if settings.temporal:
        term = temporal_loss(result.frames, frames, freed, settings.penalty, pixels=pixels)
        loss = loss + settings.temporal * term
    if settings.reversal:
        if inverse is None:
            raise ValueError("the reversal term needs the answer to the inverse guidance")
        term = reversal_loss(result.frames, inverse.frames, freed, settings.penalty, pixels=pixels)
        loss = loss + settings.reversal * term
    if settings.unordered:
        for stage in _stages(result):
            term = unordered_loss(stage, frames, freed, settings.penalty, pixels=pixels)
            loss = loss + settings.unordered * term
    return loss


def balanced_weights(photo: Tensor, frames: Tensor, freed: Tensor) -> Tensor:
    """How much each pixel counts so that each sample counts by what there is to gain in it.

    A long blur has a large error that hardly any network can remove; counted per pixel it drowns
    the short blurs that can be made sharp. Divided by the error of the photo repeated, a sample's
    error becomes a share, close to what a mean PSNR gain rewards.

    Args:
        photo: `(B, 3, H, W)`.
        frames: the truth, `(B, T, 3, H, W)`.
        freed: `(B, 1, H, W)` bool.

    Returns:
        `(B, 1, H, W)` weights, 0 where nothing is freed.
    """
    mask = freed.to(frames.dtype)
    count = mask.flatten(1).sum(1).clamp(min=1)
    error = ((photo[:, None] - frames).abs().mean((1, 2)) * mask[:, 0]).flatten(1).sum(1) / count
    # Below about 2.5 grey levels the error is noise, and nothing more is to be gained.
    return mask / (count * (error + 0.01)).view(-1, 1, 1, 1)


def decomposition_loss(
    result: Decomposition,
    frames: Tensor,
    freed: Tensor,
    penalty: str = "charbonnier",
    *,
    pixels: Tensor | float | None = None,
) -> Tensor:
    """Both stages against the truth (AfB Eq. 8): the mean per freed value, summed over stages.

    Shapes as in `fitting_loss`.

    Raises:
        ValueError: `penalty` is not one of `PENALTIES`.
    """
    errors = [_mean(stage - frames, freed, penalty, pixels) for stage in _stages(result)]
    return torch.stack(errors).sum()


def reblur_loss(
    frames: Tensor,
    photo: Tensor,
    freed: Tensor,
    penalty: str = "charbonnier",
    *,
    pixels: Tensor | float | None = None,
) -> Tensor:
    """How far frames, averaged in linear light with trapezoid weights, are from the photo.

    Zero when every frame is the photo. It never is for the true frames of a noisy photo, so it
    accompanies the supervised term and cannot replace it.
    """
    error = exposed(frames) - srgb_to_linear(photo)
    return _mean(error[:, None], freed, penalty, pixels)


def temporal_loss(
    frames: Tensor,
    truth: Tensor,
    freed: Tensor,
    penalty: str = "charbonnier",
    *,
    pixels: Tensor | float | None = None,
) -> Tensor:
    """Differences of consecutive frames against the true ones; zero for a constant error."""
    error = frames.diff(dim=1) - truth.diff(dim=1)
    return _mean(error, freed, penalty, pixels)


def reversal_loss(
    frames: Tensor,
    inverse: Tensor,
    freed: Tensor,
    penalty: str = "charbonnier",
    *,
    pixels: Tensor | float | None = None,
) -> Tensor:
    """f(B, G) against the reversed f(B, -G), as BiT (CVPR 2023) demands of both orders."""
    return _mean(frames - inverse.flip(1), freed, penalty, pixels)


def unordered_loss(
    frames: Tensor,
    truth: Tensor,
    freed: Tensor,
    penalty: str = "charbonnier",
    *,
    pixels: Tensor | float | None = None,
) -> Tensor:
    """Jin et al.'s pairwise loss (CVPR 2018, Eq. 3-4), which does not know the order of time.

    Of every pair of frames equally far from the middle, the sum and the absolute difference are
    compared with the true ones; both are the same for the reversed film. Halved, so that the middle
    frame's error counts as in the supervised term.
    """
    half = (frames.shape[1] + 1) // 2

    def pairs(film: Tensor) -> Tensor:
        early, late = film[:, :half], film.flip(1)[:, :half]
        return torch.cat([early + late, (early - late).abs()], dim=1) / 2

    return _mean(pairs(frames) - pairs(truth), freed, penalty, pixels)


def _stages(result: Decomposition) -> list[Tensor]:
    """The answers to supervise: one stage's only once."""
    return [result.frames] if result.coarse is result.frames else [result.coarse, result.frames]


def _mean(error: Tensor, freed: Tensor, penalty: str, pixels: Tensor | float | None) -> Tensor:
    """Penalty of `(B, N, 3, H, W)` errors: the mean over the freed pixels of the whole batch."""
    weight = freed[:, None].to(error.dtype)
    whole = weight.sum() if pixels is None else torch.as_tensor(pixels, device=error.device)
    count = (whole * error.shape[1] * error.shape[2]).clamp(min=1e-9)
    return (_penalty(error, penalty) * weight).sum() / count


def _penalty(error: Tensor, kind: str) -> Tensor:
    if kind == "mse":
        return error.square()
    if kind == "charbonnier":
        # sqrt(e² + c²) - c without the cancellation that would make it less than exactly 0 at 0.
        squared = error.square()
        return squared / (torch.sqrt(squared + _CHARBONNIER**2) + _CHARBONNIER)
    raise ValueError(f"unknown loss '{kind}' (known: {', '.join(PENALTIES)})")
