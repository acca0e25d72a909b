"""Making frames crisper: a little more of the fine detail that they have.

A network that is fitted to be right on average answers doubt with softness, so what moves would
look softer in a film than what stands beside it. Unsharp masking gives back some of that: of
brightness only, since amplified colour shows as fringes.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

_SIGMA = 1.0
"""Pixels: detail is what a Gaussian of so much blurs away."""
REACH = 4
"""How many pixels away that looks."""
_BRIGHTNESS = (0.299, 0.587, 0.114)
"""Of red, green and blue (ITU-R BT.601)."""


def fine_detail(frames: Tensor) -> Tensor:
    """The fine detail of the frames' brightness, to be added to all three colours.

    Args:
        frames: `(N, 3, H, W)`, sRGB-encoded.

    Returns:
        `(N, 1, H, W)`, about 0 on the mean.
    """
    weights = frames.new_tensor(_BRIGHTNESS).view(1, 3, 1, 1)
    brightness = (frames * weights).sum(1, keepdim=True)
    taps = [math.exp(-((at / _SIGMA) ** 2) / 2) for at in range(-REACH, REACH + 1)]
    kernel = torch.tensor(taps, dtype=frames.dtype, device=frames.device)
    kernel = kernel / kernel.sum()
    around = F.pad(brightness, (REACH,) * 4, mode="replicate")
    across = F.conv2d(around, kernel.view(1, 1, 1, -1))
    return brightness - F.conv2d(across, kernel.view(1, 1, -1, 1))
