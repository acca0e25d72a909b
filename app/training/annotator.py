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

from app.training.encodings import quantise, signs_of
from app.training.motion import chance, uniform

_CELL = 8
"""Side in pixels of the cells over which is averaged what needs no detail."""


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
        flipped: how often the whole guidance points the opposite way.
        arrows: how often people also draw an arrow along which the things of one direction moved.
        arrow_length: standard deviation of the logarithm of its length against the truth.
    """

    exact: float = 0.25
    threshold: tuple[float, float] = (0.5, 1.5)
    reach: float = 0.09
    level: tuple[float, float] = (0.06, 0.6)
    wobble: float = 0.12
    aim: float = 8.0
    flipped: float = 0.0
    arrows: float = 0.0
    arrow_length: float = 0.12


GUIDANCE: dict[str, AnnotatorSettings] = {
    "drawn": AnnotatorSettings(),
    "truth": AnnotatorSettings(exact=1.0),
    "dilated": AnnotatorSettings(exact=0.0, level=(0.04, 0.1), wobble=0.0, aim=0.0),
    "eroded": AnnotatorSettings(exact=0.0, level=(0.55, 0.7), wobble=0.0, aim=0.0),
    "flipped": AnnotatorSettings(exact=1.0, flipped=0.5),
}
"""Annotators by name: as people draw, exact, and those of AfB's robustness ablation (Fig. 8).

Guidance of "flipped" says where things move and nothing about which way.
"""


def draw_guidance(
    flow: Tensor, settings: AnnotatorSettings, generator: torch.Generator, directions: int = 4
) -> Tensor:
    """Turn summed flow into sign guidance as a person would draw it.

    Args:
        flow: `(B, 2, H, W)` pixels over the exposure, y down.
        settings: how people draw.
        generator: a CPU generator.
        directions: 2, 4, 8 or 16; which pixels are outlined does not depend on it.

    Returns:
        `(B, bits, H, W)` signs in {-1, 0, +1}, two bits for 4 directions; all 0 is static.
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

    classes = quantise(_rotate(flow, turn.to(device)), threshold.to(device), directions)
    for value in radius.unique().tolist():
        if value:
            rows = torch.nonzero(radius == value)[:, 0]
            wobble = F.interpolate(coarse[rows], (height, width), mode="bicubic").to(device)
            share = (level[rows, None, None, None].to(device) + wobble).clamp(0.04, 0.8)
            here = rows.to(device)
            classes[here] = _redraw(classes[here], int(value), share, directions)
    signs = signs_of(classes, directions)
    if settings.flipped:
        wrong = chance(count, settings.flipped, generator).to(device)
        signs = signs * (1 - 2 * wrong).view(-1, 1, 1, 1)
    return signs


def draw_arrows(
    displacement: Tensor, guidance: Tensor, settings: AnnotatorSettings, generator: torch.Generator
) -> Tensor:
    """How far things moved, as people know it: one arrow for what moves the same way nearby.

    Args:
        displacement: `(B, 2, H, W)` true pixels from first to last of what the middle frame shows.
        guidance: `(B, 2, H, W)` signs that were drawn.
        settings: how people draw; their aim is that of the guidance.
        generator: a CPU generator.

    Returns:
        `(B, 2, H, W)` pixels wherever guidance is not static; 0 where no arrow was drawn.
    """
    count, _, height, width = displacement.shape
    device = displacement.device
    exact = chance(count, settings.exact, generator).bool()[:, None].expand(count, 4)
    drawn = chance(count * 4, settings.arrows, generator).view(count, 4)
    longer = torch.exp(torch.randn(count, 4, generator=generator) * settings.arrow_length)
    turn = torch.randn(count, 4, generator=generator) * math.radians(settings.aim)
    longer[exact], turn[exact] = 1.0, 0.0
    reach = torch.randint(3, (count,), generator=generator)

    quadrants = F.one_hot(quantise(guidance, 0.5), 5)[..., 1:].permute(0, 3, 1, 2).float()
    moving = quadrants * (displacement.norm(dim=1, keepdim=True) >= settings.threshold[0])
    # The mean over so many cells of a coarse grid; beyond the thing itself, that of what is nearest
    # among ever wider means.
    totals = torch.cat([moving[:, :, None], moving[:, :, None] * displacement[:, None]], 2)
    cells = F.avg_pool2d(totals.flatten(1, 2), _CELL, ceil_mode=True, count_include_pad=False)
    means = cells.new_zeros(count, 4, 2, *cells.shape[2:])
    unknown = means.new_ones(count, 4, 1, *cells.shape[2:], dtype=torch.bool)
    for radius in (0, 1, 2, 4, 8, max(cells.shape[2:])):
        wide = F.avg_pool2d(cells, 2 * radius + 1, stride=1, padding=radius)
        weight, total = wide.unflatten(1, (4, 3)).split((1, 2), 2)
        found = unknown & (weight > 1e-4) & (radius >= reach.to(device).view(-1, 1, 1, 1, 1))
        means = torch.where(found, total / weight.clamp(min=1e-4), means)
        unknown = unknown & ~found
    scale = (longer * drawn).to(device)
    vectors = _rotate(means.flatten(0, 1), turn.flatten().to(device)).view_as(means)
    vectors = vectors * scale.view(count, 4, 1, 1, 1)
    spread = F.interpolate(vectors.flatten(1, 2), scale_factor=_CELL, mode="nearest")
    spread = spread[..., :height, :width].unflatten(1, (4, 2))
    return (spread * quadrants[:, :, None]).sum(1)


def _rotate(flow: Tensor, angle: Tensor) -> Tensor:
    cos, sin = torch.cos(angle).view(-1, 1, 1), torch.sin(angle).view(-1, 1, 1)
    x, y = flow[:, 0], flow[:, 1]
    return torch.stack([cos * x - sin * y, sin * x + cos * y], 1)


def _redraw(classes: Tensor, radius: int, share: Tensor, directions: int) -> Tensor:
    """Outline again wherever the share of moving pixels within `radius` exceeds `share`."""
    layers = F.one_hot(classes.long(), directions + 1)[..., 1:].permute(0, 3, 1, 2).float()
    # A wide outline carries no detail, so its shares are counted on a coarser grid.
    step = 1 if radius < 4 else 4 if radius < 12 else _CELL
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
