"""Random smooth motions of scene layers over one exposure, as affine maps from layer to image.

Image coordinates are pixels around the image's centre, x right, y down. No pixels here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Motion:
    """One smooth motion per row, `(B,)` each, to be evaluated at any instants.

    Attributes:
        angle: direction of the displacement in radians; y grows down.
        length: displacement over the exposure in pixels.
        curve: sideways bulge as a part of the length.
        acceleration: in (-1, 1); 0 is even speed, the sign says which end is faster.
        turn: rotation over the exposure in radians.
        growth: natural logarithm of the change of size over the exposure.
        centre: `(B, 2)` where the layer's origin is at the middle instant.
        size: image pixels per layer pixel at the middle instant.
        pose: rotation of the layer at the middle instant in radians.
    """

    angle: Tensor
    length: Tensor
    curve: Tensor
    acceleration: Tensor
    turn: Tensor
    growth: Tensor
    centre: Tensor
    size: Tensor
    pose: Tensor

    def affines(self, times: Tensor) -> Tensor:
        """Layer → image maps `(B, S, 3, 3)` at `times` `(S,)` in [0, 1]."""
        t = times[None, :]
        progress = t + self.acceleration[:, None] * (t * t - t)
        middle = 0.5 - 0.25 * self.acceleration[:, None]
        along = self.length[:, None] * (progress - middle)
        bulge = 4 * progress * (1 - progress) - 4 * middle * (1 - middle)
        sideways = (self.length * self.curve)[:, None] * bulge
        cos, sin = torch.cos(self.angle)[:, None], torch.sin(self.angle)[:, None]
        x = self.centre[:, :1] + along * cos - sideways * sin
        y = self.centre[:, 1:] + along * sin + sideways * cos
        turned = self.pose[:, None] + self.turn[:, None] * (progress - middle)
        scale = self.size[:, None] * torch.exp(self.growth[:, None] * (progress - middle))
        c, s, zero = scale * torch.cos(turned), scale * torch.sin(turned), torch.zeros_like(x)
        rows = [c, -s, x, s, c, y, zero, zero, zero + 1]
        return torch.stack(rows, dim=-1).unflatten(-1, (3, 3))


def uniform(count: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    """`(count,)` evenly distributed in [low, high)."""
    return low + (high - low) * torch.rand(count, generator=generator)


def log_uniform(count: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    """`(count,)` whose logarithm is evenly distributed."""
    return torch.exp(uniform(count, math.log(low), math.log(high), generator))


def chance(count: int, probability: float, generator: torch.Generator) -> Tensor:
    """`(count,)` of 0.0 and 1.0."""
    return (torch.rand(count, generator=generator) < probability).float()
