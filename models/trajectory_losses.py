"""Losses for fitting offset networks: Motion-ETR's Eq. 6-11, and one for known trajectories.

All are means over a batch. The first needs no truth about motion: a trajectory is good when the
sharp middle frame, blurred along it, is the photo.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from models.offset_networks import Reading, length_of, reading_of

_SCALES = 5
_LARGEST_WINDOW = 11
# From about so many pixels on, motion has a direction to be read.
_CLEAR = 2.0


@dataclass(frozen=True)
class TrajectoryLossSettings:
    """The weights of the terms; 0 leaves a term out.

    Attributes:
        reblur: of the squared error of the photo blurred again (Eq. 6); 0 leaves MS-SSIM out, too,
            and saves the blurring.
        ssim: of 1 - MS-SSIM, beside the squared error.
        variation: of the offsets' total variation (Eq. 10); 5e-4 in the paper, 2e-3 in its code.
        length: of the offsets' mean square (Eq. 9).
        supervised: of the distance to known ends: of what is read, see `reading_loss`, or where
            a network predicts the ends themselves, of theirs in the order of time that fits better.
            The paper has no such term, because photos come without such truth.
        axis: of the axis and length of the ends' motion, against the known ones, see
            `axis_distance`; nor has it this one.
    """

    reblur: float = 1.0
    ssim: float = 0.1
    variation: float = 5e-4
    length: float = 2e-5
    supervised: float = 0.0
    axis: float = 0.0


def reblur_loss(reblurred: Tensor, photo: Tensor, ssim_weight: float) -> Tensor:
    """Squared error plus weighted 1 - MS-SSIM (Eq. 6-8) of `(B, 3, H, W)` sRGB-encoded images."""
    error = (reblurred - photo).square().mean()
    if ssim_weight == 0:
        return error
    return error + ssim_weight * (1 - multi_scale_ssim(reblurred, photo))


def multi_scale_ssim(images: Tensor, truth: Tensor) -> Tensor:
    """Mean MS-SSIM (Wang et al. 2003) of images in [0, 1], five scales.

    The usual window of 11 needs a shorter side of more than 160 pixels at five scales; smaller
    images get the largest odd window that fits (7 at 128, 5 at 96). Below 33 pixels a side, where
    only a single pixel would be left, images are enlarged first by repetition.

    Raises:
        ImportError: pytorch-msssim is not installed; it is part of the extra `train`.
    """
    from pytorch_msssim import ms_ssim

    shorter = min(images.shape[2:])
    # A window of w pixels at the coarsest scale covers 16 (w - 1) pixels of the image.
    window = min(_LARGEST_WINDOW, (shorter - 1) // 2 ** (_SCALES - 1) + 1)
    window -= 1 - window % 2
    if window < 3:
        factor = -(-33 // shorter)
        images, truth = (
            i.repeat_interleave(factor, 2).repeat_interleave(factor, 3) for i in (images, truth)
        )
        window = 3
    value: Tensor = ms_ssim(images.clamp(0, 1), truth, data_range=1.0, win_size=window)
    return value


def total_variation(offsets: Tensor) -> Tensor:
    """Mean absolute difference of neighbours (Eq. 10), `(B, N, 2, H, W)` → a number."""
    across = offsets.diff(dim=-1).abs()
    down = offsets.diff(dim=-2).abs()
    return (across.mean() if across.numel() else across.sum()) + (
        down.mean() if down.numel() else down.sum()
    )


def end_distance(ends: Tensor, truth: Tensor) -> Tensor:
    """How far ends `(B, 2, 2, H, W)` are from the true ones, `(B, H, W)` pixels, mean over both."""
    return torch.sqrt((ends - truth).square().sum(2) + 1e-6).mean(1)


def unordered_distance(ends: Tensor, truth: Tensor) -> Tensor:
    """`end_distance` in the order of time that fits each pixel better.

    A photo does not tell which end came first, so neither can be asked for.
    """
    return torch.minimum(end_distance(ends, truth), end_distance(ends, truth.flip(1)))


def axis_distance(ends: Tensor, truth: Tensor) -> Tensor:
    """How far the motion's axis and length are from the true ones, per pixel, without its sign.

    Motion from start to end is compared with its angle doubled, where both orders of time are the
    same vector. Unlike a minimum over both orders, this is smooth: a network that always answers
    one direction is pulled away from it.

    Args:
        ends, truth: `(B, 2, 2, H, W)` offsets in pixels.

    Returns:
        `(B, H, W)` pixels.
    """

    def doubled(offsets: Tensor) -> Tensor:
        x, y = (offsets[:, 0] - offsets[:, 1]).unbind(1)
        length = torch.sqrt(x * x + y * y + 1e-4)
        return torch.stack([(x * x - y * y) / length, 2 * x * y / length], 1)

    return torch.sqrt((doubled(ends) - doubled(truth)).square().sum(1) + 1e-6)


def trajectory_loss(
    settings: TrajectoryLossSettings,
    offsets: Tensor,
    reblurred: Tensor | None,
    photo: Tensor,
    true_ends: Tensor | None = None,
    reading: Reading | None = None,
) -> Tensor:
    """The weighted sum of the terms (Eq. 11).

    Args:
        settings: the weights.
        offsets: `(B, N, 2, H, W)` the network's, first to last in time.
        reblurred: `(B, 3, H, W)` the sharp middle frame blurred along them; only the terms of
            Eq. 6 need it.
        photo: `(B, 3, H, W)`.
        true_ends: `(B, 2, 2, H, W)`; only the supervised terms need them.
        reading: what the network has read, if it reads.

    Raises:
        ValueError: a term is wanted and what it needs is missing.
    """
    loss = settings.variation * total_variation(offsets)
    loss = loss + settings.length * offsets.square().mean()
    if settings.reblur:
        if reblurred is None:
            raise ValueError("the terms of Eq. 6 need the photo blurred again")
        loss = loss + settings.reblur * reblur_loss(reblurred, photo, settings.ssim)
    if settings.supervised or settings.axis:
        if true_ends is None:
            raise ValueError("the supervised terms need the true ends")
        ends = offsets[:, [0, -1]]
        if settings.supervised:
            if reading is None:
                distance = unordered_distance(ends, true_ends).mean()
            else:
                distance = reading_loss(reading, true_ends)
            loss = loss + settings.supervised * distance
        if settings.axis:
            loss = loss + settings.axis * axis_distance(ends, true_ends).mean()
    return loss


def reading_loss(reading: Reading, ends: Tensor) -> Tensor:
    """How far a reading is from that of the true ends `(B, 2, 2, H, W)`.

    Lengths count by their logarithm, axes where something moves enough to have one, bends as parts
    of the length.
    """
    truth = reading_of(ends)
    pixels = length_of(truth)
    length = (reading.length - truth.length).abs().mean()
    clear = pixels / (pixels + _CLEAR)
    axis = (clear * torch.sqrt((reading.axis - truth.axis).square().sum(1, True) + 1e-6)).mean()
    bend = ((reading.bend - truth.bend).abs() / (_CLEAR + pixels)).mean()
    return length + axis + bend
