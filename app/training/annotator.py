"""Guidance as people draw it: the true flow, coarsely outlined and roughly pointed at.

Networks fitted only to exact masks leave halos where a person's outline is generous; here the
truth is dilated, eroded, rounded and jittered before it becomes guidance. Batched in torch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from app.training.motion import chance, uniform


@dataclass(frozen=True)
class AnnotatorSettings:
    """How people draw.

    Attributes:
        exact: how often the guidance is the exact quantised flow instead.
        threshold: range of the displacement in pixels below which people see no motion.
        reach: how far outlines miss the truth, as a part of the image's side.
        level: range of the share of moving pixels nearby from which a pixel is outlined;
            small values draw too large, large values too small.
        wobble: how much that share varies along one outline.
        aim: standard deviation of the pointing direction in degrees.
    """

    exact: float = 0.25
    threshold: tuple[float, float] = (0.5, 1.5)
    reach: float = 0.09
    level: tuple[float, float] = (0.06, 0.6)
    wobble: float = 0.12
    aim: float = 8.0


def draw_guidance(flow: Tensor, settings: AnnotatorSettings, generator: torch.Generator) -> Tensor:
    """Turn summed flow into sign guidance as a person would draw it.

    Args:
        flow: `(B, 2, H, W)` pixels over the exposure, y down.
        settings: how people draw.
        generator: a CPU generator.

    Returns:
        `(B, 2, H, W)` signs in {-1, 0, +1}; both channels 0 is static.
    """
    count, _, height, width = flow.shape
    device = flow.device
    exact = chance(count, settings.exact, generator).bool()
    threshold = uniform(count, *settings.threshold, generator)
    threshold[exact] = 0.5
    turn = torch.randn(count, generator=generator) * math.radians(settings.aim)
    turn[exact] = 0
    largest = max(1, round(settings.reach * max(height, width)))
    # A few radii, so that a batch needs only a few different filters.
    radii = torch.tensor([max(1, round(largest * part)) for part in (0.15, 0.4, 0.7, 1.0)])
    radius = radii[torch.randint(len(radii), (count,), generator=generator)]
    radius[exact] = 0
    level = uniform(count, *settings.level, generator)
    coarse = torch.randn(count, 1, 5, 5, generator=generator) * settings.wobble

    classes = quantise(_rotate(flow, turn.to(device)), threshold.to(device))
    for value in radius.unique().tolist():
        if value:
            rows = torch.nonzero(radius == value)[:, 0]
            wobble = F.interpolate(coarse[rows], (height, width), mode="bicubic").to(device)
            share = (level[rows, None, None, None].to(device) + wobble).clamp(0.04, 0.8)
            here = rows.to(device)
            classes[here] = _redraw(classes[here], int(value), share)
    return signs_of(classes)


def quantise(flow: Tensor, threshold: Tensor | float) -> Tensor:
    """Quadrant classes `(B, H, W)` 0..4 of flow `(B, 2, H, W)`; `threshold` pixels, per sample.

    Ties on an axis fall as the design fixes them: (+,0) I, (0,-) II, (-,0) III, (0,+) IV.
    """
    x, y = flow[:, 0], flow[:, 1]
    limit = threshold.view(-1, 1, 1) if isinstance(threshold, Tensor) else threshold
    first = (x > 0) & (y <= 0)
    second = (x <= 0) & (y < 0)
    third = (x < 0) & (y >= 0)
    classes = torch.where(first, 1, torch.where(second, 2, torch.where(third, 3, 4)))
    return torch.where(torch.hypot(x, y) < limit, 0, classes)


def signs_of(classes: Tensor) -> Tensor:
    """Classes `(B, H, W)` → signs `(B, 2, H, W)` float."""
    table = torch.tensor(
        [[0.0, 0.0], [1.0, -1.0], [-1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]], device=classes.device
    )
    return table[classes.long()].permute(0, 3, 1, 2).contiguous()


def _rotate(flow: Tensor, angle: Tensor) -> Tensor:
    cos, sin = torch.cos(angle).view(-1, 1, 1), torch.sin(angle).view(-1, 1, 1)
    x, y = flow[:, 0], flow[:, 1]
    return torch.stack([cos * x - sin * y, sin * x + cos * y], 1)


def _redraw(classes: Tensor, radius: int, share: Tensor) -> Tensor:
    """Outline again wherever the share of moving pixels within `radius` exceeds `share`."""
    layers = F.one_hot(classes.long(), 5)[..., 1:].permute(0, 3, 1, 2).float()
    # A wide outline carries no detail, so its shares are counted on a coarser grid.
    step = 1 if radius < 4 else 4 if radius < 12 else 8
    nearby = F.avg_pool2d(layers, step, ceil_mode=True, count_include_pad=False)
    reach = max(1, round(radius / step))
    for _ in range(2):
        nearby = F.avg_pool2d(
            nearby, 2 * reach + 1, stride=1, padding=reach, count_include_pad=False
        )
    if step > 1:
        nearby = F.interpolate(nearby, classes.shape[1:], mode="bilinear")
    best = nearby.argmax(1) + 1
    moving = nearby.sum(1, keepdim=True) > share
    return torch.where(moving[:, 0], best, 0)
