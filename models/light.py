"""Linear light in torch: decoding sRGB and averaging the frames of an exposure (AfB Eq. 1).

The same for integer films of any size on the CPU is `app.engine.reblur`.
"""

from __future__ import annotations

import torch
from torch import Tensor


def srgb_to_linear(encoded: Tensor) -> Tensor:
    """sRGB-encoded values, any shape, to linear light; differentiable also outside [0, 1]."""
    # The power's branch never sees values whose power or gradient is not a number.
    power = ((encoded.clamp(min=0.04045) + 0.055) / 1.055) ** 2.4
    return torch.where(encoded <= 0.04045, encoded / 12.92, power)


def linear_to_srgb(linear: Tensor) -> Tensor:
    """The inverse of `srgb_to_linear`."""
    power = 1.055 * linear.clamp(min=0.0031308) ** (1 / 2.4) - 0.055
    return torch.where(linear <= 0.0031308, 12.92 * linear, power)


def exposure_weights(count: int) -> Tensor:
    """`(count,)` trapezoid weights of instants evenly spaced over the exposure, adding up to 1."""
    weights = torch.ones(count)
    if count > 1:
        weights[[0, -1]] = 0.5
    return weights / weights.sum()


def exposed(frames: Tensor) -> Tensor:
    """What an exposure makes of sRGB-encoded frames `(B, T, C, H, W)`: `(B, C, H, W)`, linear."""
    weights = exposure_weights(frames.shape[1]).to(frames)
    return torch.einsum("t,btchw->bchw", weights, srgb_to_linear(frames))
