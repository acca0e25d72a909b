"""Softness that is no motion: lenses, focus and resampling blur all ways alike."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from app.training.motion import chance, log_uniform

_WIDEST = 1.5
_REACH = 4
"""Taps on either side; beyond, the widest Gaussian has less than one part in a hundred."""


def soften(images: Tensor, often: float, generator: torch.Generator) -> Tensor:
    """Blur some samples of `(B, C, H, W)` with Gaussians of 0.4 to 1.5 pixels.

    Args:
        images: in linear light.
        often: the share of samples that are softened.
        generator: a CPU generator.
    """
    count = len(images)
    sigma = log_uniform(count, 0.4, _WIDEST, generator)
    chosen = torch.nonzero(chance(count, often, generator))[:, 0]
    if not len(chosen):
        return images
    taps = torch.arange(-_REACH, _REACH + 1.0)
    kernel = torch.exp(-0.5 * (taps[None] / sigma[chosen, None]) ** 2)
    kernel = (kernel / kernel.sum(1, keepdim=True)).to(images.device)
    channels = images.shape[1]
    weight = kernel.repeat_interleave(channels, 0)
    rows = chosen.to(images.device)
    stacked = images[rows].flatten(0, 1)[None]
    padded = F.pad(stacked, (_REACH,) * 4, mode="replicate")
    across = F.conv2d(padded, weight[:, None, None, :], groups=len(weight))
    both = F.conv2d(across, weight[:, None, :, None], groups=len(weight))
    result = images.clone()
    result[rows] = both[0].unflatten(0, (-1, channels))
    return result
