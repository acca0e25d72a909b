"""What things in simulated scenes look like: cut-outs, random shapes and segments of limbs."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from app.training.scene_things import Things, segment_half_length
from app.training.stills import TILE, StillBank


def texture_coordinates(things: Things) -> Tensor:
    """`(K, 3, 3)` layer pixels → texture coordinates; a segment's layer begins at its joint."""
    scale = torch.full((len(things.tile),), 2 / TILE)
    maps = torch.diag_embed(torch.stack([scale, scale, torch.ones_like(scale)], -1))
    segment = things.tile == -2
    maps[segment, 0, 2] = -segment_half_length(things.seed[segment]) * 2 / TILE
    return maps


def textures(bank: StillBank, things: Things, highlight: Tensor, device: torch.device) -> Tensor:
    """Linear light and premultiplied alpha of every thing, `(K, 4, TILE, TILE)`."""
    rgba = torch.empty(len(things.tile), 4, TILE, TILE, device=device)
    # Which rows is decided on the CPU, so that nobody waits for the device.
    cut = torch.nonzero(things.tile >= 0)[:, 0]
    if len(cut):
        tiles = bank.cutouts[things.tile[cut].to(bank.cutouts.device)].to(device)
        rows = cut.to(device)
        rgba[rows, :3] = radiance(tiles[:, :3], highlight[cut])
        rgba[rows, 3] = tiles[:, 3].float() / 255
    for kind, outline in ((-1, _blob), (-2, _segment)):
        chosen = torch.nonzero(things.tile == kind)[:, 0]
        if len(chosen):
            crop = bank.crops(things.still[chosen], things.corner[chosen], TILE).to(device)
            rows = chosen.to(device)
            rgba[rows, :3] = radiance(crop, highlight[chosen])
            rgba[rows, 3] = outline(things.seed[chosen].to(device))
    rgba[:, :3] *= rgba[:, 3:]
    return rgba


def radiance(encoded: Tensor, highlight: Tensor) -> Tensor:
    """sRGB bytes `(B, 3, h, w)` → linear light, bright parts raised by up to `highlight`.

    `highlight` is `(B,)` and on the CPU, wherever the bytes are.
    """
    x = encoded.float() / 255
    # A cubic close to the sRGB curve: textures may be anything, so speed wins over exactness.
    linear = x * (x * (x * 0.305306011 + 0.682171111) + 0.012522878)
    if not bool(highlight.any()):
        return linear
    luma = x.mean(dim=1, keepdim=True)
    shine = ((luma - 0.75) / 0.25).clamp(0, 1)
    return linear * (1 + shine * highlight.to(x.device)[:, None, None, None])


def _blob(seed: Tensor) -> Tensor:
    """Soft-edged random star-shaped masks `(B, TILE, TILE)` from `(B, 8)` numbers in [0, 1)."""
    axis = torch.linspace(-1, 1, TILE, device=seed.device)
    y, x = torch.meshgrid(axis, axis, indexing="ij")
    angle = torch.atan2(y, x)[None] + 2 * math.pi * seed[:, 7, None, None]
    stretch = 0.4 + 0.6 * seed[:, 0, None, None]
    radius = torch.sqrt(x[None] ** 2 + (y[None] / stretch) ** 2)
    outline = torch.full_like(radius, 0.6)
    for wave, column in ((2, 1), (3, 2), (5, 3), (7, 4)):
        strength = 0.16 * (seed[:, column, None, None] - 0.5) * 2 / math.sqrt(wave / 2)
        phase = 2 * math.pi * seed[:, column + 1, None, None]
        outline = outline + strength * torch.cos(wave * angle + phase)
    return ((outline - radius) * TILE / 3 + 0.5).clamp(0, 1)


def _segment(seed: Tensor) -> Tensor:
    """Soft-edged capsules `(B, TILE, TILE)` with a joint at each end."""
    half = segment_half_length(seed)[:, None, None]
    radius = (6 + 6 * seed[:, 1])[:, None, None]
    axis = torch.arange(TILE, device=seed.device) + 0.5 - TILE / 2
    y, x = torch.meshgrid(axis, axis, indexing="ij")
    beyond = (x[None].abs() - half).clamp(min=0)
    return (radius - torch.hypot(beyond, y[None].expand_as(beyond)) + 0.5).clamp(0, 1)
