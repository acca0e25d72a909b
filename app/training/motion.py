"""Random smooth motions over one exposure: of objects as affine maps, of cameras as homographies.

Image coordinates are pixels around the image's centre, x right, y down. No pictures here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

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

    def rows(self, chosen: Tensor) -> Motion:
        """The motions of `chosen` rows."""
        return Motion(*[getattr(self, f.name)[chosen] for f in fields(self)])

    def joined(self, other: Motion) -> Motion:
        """These motions and then the `other` ones."""
        pairs = [(getattr(self, f.name), getattr(other, f.name)) for f in fields(self)]
        return Motion(*[torch.cat(pair) for pair in pairs])

    def path(self, times: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Position x, y (pixels), rotation (radians), size at `times` `(S,)`; `(B, S)` each."""
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
        return x, y, turned, scale

    def affines(self, times: Tensor) -> Tensor:
        """Layer → image maps `(B, S, 3, 3)` at `times` `(S,)` in [0, 1]."""
        x, y, turned, scale = self.path(times)
        return _similarity(x, y, turned, scale)


@dataclass(frozen=True)
class CameraMotion:
    """How the camera moves: a smooth path, a hand's tremor on it, and how it comes about.

    Attributes:
        motion: the path of the picture's centre, its rotation and zoom.
        tremor: `(B, 2, 2)` amplitudes in pixels of the first and second harmonic, along x and y.
        phase: `(B, 2, 2)` their phases in radians.
        focal: `(B,)` focal length in pixels where the camera turns in space, as hand-held cameras
            do; infinite where it travels or pans flatly.
    """

    motion: Motion
    tremor: Tensor
    phase: Tensor
    focal: Tensor

    def rows(self, chosen: Tensor) -> CameraMotion:
        """The cameras of `chosen` rows."""
        return CameraMotion(
            self.motion.rows(chosen), self.tremor[chosen], self.phase[chosen], self.focal[chosen]
        )

    def homographies(self, times: Tensor) -> Tensor:
        """Maps `(B, S, 3, 3)` from the picture at rest to the picture at `times` `(S,)`."""
        x, y, turned, scale = self.motion.path(times)
        harmonic = torch.arange(1.0, 3.0)[None, None, :, None]

        def swing(at: Tensor) -> Tensor:
            waves = torch.sin(2 * math.pi * harmonic * at + self.phase[..., None])
            return (self.tremor[..., None] * waves).sum(2)

        shaken = swing(times.view(1, 1, 1, -1)) - swing(torch.full((1, 1, 1, 1), 0.5))
        x, y = x + shaken[:, 0], y + shaken[:, 1]
        flat = _similarity(x, y, turned, scale)
        focal = self.focal[:, None].expand_as(x)
        turns = torch.isfinite(self.focal)
        if not bool(turns.any()):
            return flat
        # Rotations about the vertical and the horizontal axis that carry the picture's centre to
        # (x, y); the roll and the zoom happen about the axis of sight.
        yaw, pitch = torch.atan(x / focal), torch.atan(y / focal)
        zero, one = torch.zeros_like(x), torch.ones_like(x)
        sin, cos = torch.sin(yaw), torch.cos(yaw)
        about_vertical = _matrix([cos, zero, sin, zero, one, zero, -sin, zero, cos])
        sin, cos = torch.sin(pitch), torch.cos(pitch)
        about_horizontal = _matrix([one, zero, zero, zero, cos, sin, zero, -sin, cos])
        finite = torch.where(turns[:, None], focal, one)
        lens = _matrix([finite, zero, zero, zero, finite, zero, zero, zero, one])
        rolled = _similarity(zero, zero, turned, scale)
        spatial = lens @ about_vertical @ about_horizontal @ torch.linalg.inv(lens) @ rolled
        return torch.where(turns[:, None, None, None], spatial, flat)


def _similarity(x: Tensor, y: Tensor, turned: Tensor, scale: Tensor) -> Tensor:
    c, s, zero = scale * torch.cos(turned), scale * torch.sin(turned), torch.zeros_like(x)
    return _matrix([c, -s, x, s, c, y, zero, zero, zero + 1])


def _matrix(entries: list[Tensor]) -> Tensor:
    """Nine `(B, S)` entries, row by row → `(B, S, 3, 3)`."""
    return torch.stack(entries, dim=-1).unflatten(-1, (3, 3))


def uniform(count: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    """`(count,)` evenly distributed in [low, high)."""
    return low + (high - low) * torch.rand(count, generator=generator)


def log_uniform(count: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    """`(count,)` whose logarithm is evenly distributed."""
    return torch.exp(uniform(count, math.log(low), math.log(high), generator))


def chance(count: int, probability: float, generator: torch.Generator) -> Tensor:
    """`(count,)` of 0.0 and 1.0."""
    return (torch.rand(count, generator=generator) < probability).float()
