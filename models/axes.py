"""Motion up to its sign, which is all that a photo tells: along which line, and how far."""

from __future__ import annotations

import torch
from torch import Tensor


def axis_of(flow: Tensor) -> Tensor:
    """Flow `(B, 2, H, W)` in pixels as an axis of the same shape.

    (cos 2θ, sin 2θ) · ln(1 + length): the same for a vector and its inverse.
    """
    x, y = flow[:, :1], flow[:, 1:]
    squared = x * x + y * y
    doubled = torch.cat([x * x - y * y, 2 * x * y], dim=1)
    return doubled / squared.clamp(min=1e-8) * torch.log1p(squared.sqrt())
