"""Compositing on the CPU: what `compositing.expose` does, as one compiled loop over pixels.

Front to back and without intermediate pictures it is an order of magnitude faster than torch's
whole-frame operations, but needs Numba; without it, and on accelerators, `expose` does the work.
Both read the same layers and give the same exposures, up to rounding.
"""

from __future__ import annotations

import importlib.util
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.training.compositing import Exposures, Layer, displaced, kept_steps, step_velocities

_PADDINGS = {"zeros": 0, "border": 1, "reflection": 2}


@cache
def can_rasterise() -> bool:
    """Whether Numba is installed."""
    return importlib.util.find_spec("numba") is not None


def rasterise(layers: list[Layer], height: int, width: int, frames: int, batch: int) -> Exposures:
    """Composite layers over one exposure on the CPU; arguments and result as in `expose`.

    The interpreter's lock is released meanwhile, so that threads can do this side by side.
    """
    from app.training.rasteriser_loops import composite

    steps = layers[0].maps.shape[1]
    # Every layer of every sample, sample by sample, each from back to front.
    owner = torch.cat([layer.samples for layer in layers])
    level = torch.repeat_interleave(
        torch.arange(len(layers)), torch.tensor([len(layer.samples) for layer in layers])
    )
    order = torch.argsort(owner * len(layers) + level)
    bounds = torch.searchsorted(owner[order], torch.arange(batch + 1))
    sizes = torch.tensor([layer.texture.shape[-2:] for layer in layers])[level]
    areas = sizes.prod(1)
    sampling = torch.cat([_texels_from_image(layer) for layer in layers])
    velocity = torch.cat([step_velocities(layer.maps) for layer in layers])
    padding = torch.tensor([_PADDINGS[layer.padding] for layer in layers])[level]
    keep = np.full(steps, -1)
    for step, frame in kept_steps(steps, frames).items():
        keep[step] = frame
    blurry = np.zeros((batch, 3, height, width), np.float32)
    kept = np.zeros((batch, frames, 3, height, width), np.float32)
    flow = np.zeros((batch, 2, height, width), np.float32)
    # The layers that are seen at the first, middle and last instant.
    seen = np.zeros((3, batch, height, width), np.uint8)
    changed = np.zeros((batch, 1, height, width), np.float32)
    composite(
        np.concatenate([np.zeros((1, 4), np.float32), *(_texels(m.texture) for m in layers)]),
        (1 + areas.cumsum(0) - areas)[order].numpy(),
        sizes[order].numpy(),
        padding[order].numpy(),
        np.ascontiguousarray(sampling[order].numpy()),
        torch.cat([_boxes(layer, height, width) for layer in layers])[order].numpy(),
        np.ascontiguousarray(velocity[order].numpy()),
        level[order].numpy(),
        bounds.numpy(),
        keep,
        blurry,
        kept,
        flow,
        seen,
        changed,
    )
    first_to_last, last_to_first, trajectory = displaced(layers, *torch.from_numpy(seen))
    return Exposures(
        torch.from_numpy(blurry),
        torch.from_numpy(kept),
        torch.from_numpy(flow),
        first_to_last,
        last_to_first,
        torch.from_numpy(changed),
        trajectory,
    )


def _texels(texture: Tensor) -> NDArray[np.float32]:
    """`(K, 3 or 4, h, w)` → `(K h w, 4)`, alpha last; what has none is opaque."""
    texels = np.ones((texture.shape[0], *texture.shape[2:], 4), np.float32)
    texels[..., : texture.shape[1]] = texture.permute(0, 2, 3, 1).numpy()
    return texels.reshape(-1, 4)


def _texels_from_image(layer: Layer) -> Tensor:
    """`(K, S, 3, 3)` image pixels → texel numbers, 0 at the middle of the first texel."""
    height, width = layer.texture.shape[-2:]
    scale = torch.tensor([[width / 2, 0, width / 2], [0, height / 2, height / 2], [0, 0, 1]])
    centre = torch.tensor([[1.0, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
    texture = (centre @ scale) @ layer.texture_from_layer
    return texture[:, None] @ torch.linalg.inv(layer.maps)


def _boxes(layer: Layer, height: int, width: int) -> Tensor:
    """`(K, S, 4)` the pixels x0, x1, y0, y1 (ends excluded) outside which a layer is clear."""
    count, steps = layer.maps.shape[:2]
    everywhere = torch.tensor([0, width, 0, height]).expand(count, steps, 4)
    if layer.padding != "zeros":
        return everywhere
    tall, wide = layer.texture.shape[-2:]
    shown = layer.texture[:, -1] > 0 if layer.texture.shape[1] == 4 else None
    x0, x1 = _extent(shown, wide, 1, count)
    y0, y1 = _extent(shown, tall, 2, count)
    corners = torch.stack(
        [torch.stack([x, y, torch.ones_like(x)], -1) for x in (x0, x1) for y in (y0, y1)], -1
    )
    image_from_texture = layer.maps @ torch.linalg.inv(layer.texture_from_layer)[:, None]
    found = image_from_texture @ corners[:, None]
    behind = (found[:, :, 2] <= 0).any(-1, keepdim=True)
    half = torch.tensor([width / 2, height / 2]).view(2, 1)
    # One pixel more for rounding.
    pixels = found[:, :, :2] / found[:, :, 2:] + half - 0.5
    low, high = pixels.amin(-1).floor() - 1, pixels.amax(-1).ceil() + 2
    box = torch.stack([low[..., 0], high[..., 0], low[..., 1], high[..., 1]], -1)
    limits = torch.tensor([width, width, height, height])
    return torch.where(behind, everywhere, box.clamp(min=0).minimum(limits).long())


def _extent(shown: Tensor | None, size: int, across: int, count: int) -> tuple[Tensor, Tensor]:
    """First and last texel that is not clear, in texture coordinates, `(K,)` each."""
    if shown is None:
        return torch.full((count,), -1 - 1 / size), torch.full((count,), 1 + 1 / size)
    lines = shown.any(across)
    first = lines.float().argmax(1)
    last = size - 1 - lines.flip(1).float().argmax(1)
    # Interpolation reaches half a texel beyond a texel's edge.
    return (2 * first - 1) / size - 1, (2 * last + 3) / size - 1
