"""What makes photos hard to read without moving anything: softness, dark, and that nothing moves.

Lenses, focus and resampling blur all ways alike; a network that has never seen that takes every
soft photo for a moving one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor

from app.errors import InputError
from app.training.compositing import Exposures
from app.training.motion import chance, log_uniform, uniform

_SIGMA = 0.4, 2.5
"""Standard deviations of softness, in pixels."""
_REACH = 6
"""Taps on either side; beyond, the widest Gaussian has less than two parts in a hundred."""
_PATCHES = 4
"""What is out of focus varies over so many patches a side."""
_DIMMEST = 0.04
"""The least light that is left of a scene, as a factor."""


@dataclass(frozen=True)
class Conditions:
    """How often photos are taken in which conditions; each is drawn by itself.

    Attributes:
        soft: the share of samples that are softened, photo and frames alike; every other of them
            only where a random field says that it is out of focus.
        still: the share in which nothing moves: the middle frame is the photo.
        dark: the share that have less light, down to a twenty-fifth.
    """

    soft: float = 0.3
    still: float = 0.1
    dark: float = 0.2

    def __post_init__(self) -> None:
        for name in ("soft", "still", "dark"):
            if not 0 <= getattr(self, name) <= 1:
                raise InputError(f"{name} is a share from 0 to 1, not {getattr(self, name)}.")


PLAIN = Conditions(soft=0.0, still=0.0, dark=0.0)
"""As simulated."""


def under(exposures: Exposures, conditions: Conditions, generator: torch.Generator) -> Exposures:
    """Exposures as they are in such conditions.

    Args:
        exposures: are not changed.
        conditions: what is drawn for every sample.
        generator: a CPU generator.
    """
    if conditions.still:
        exposures = _held_still(exposures, conditions.still, generator)
    if not (conditions.soft or conditions.dark):
        return exposures
    # Frame by frame as channels of one image, so that all of a sample get the same lens.
    count = exposures.frames.shape[1]
    seen = torch.cat([exposures.blurry, exposures.frames.flatten(1, 2)], 1)
    if conditions.soft:
        seen = soften(seen, conditions.soft, generator)
    if conditions.dark:
        dim = chance(len(seen), conditions.dark, generator)
        light = log_uniform(len(seen), _DIMMEST, 1.0, generator) * dim + (1 - dim)
        seen = seen * light.to(seen.device).view(-1, 1, 1, 1)
    return replace(exposures, blurry=seen[:, :3], frames=seen[:, 3:].unflatten(1, (count, 3)))


def soften(images: Tensor, often: float, generator: torch.Generator) -> Tensor:
    """Blur some samples of `(B, C, H, W)` with Gaussians of 0.4 to 2.5 pixels.

    Args:
        images: in linear light.
        often: the share of samples that are softened; half of these in places only.
        generator: a CPU generator.
    """
    count = len(images)
    sigma = log_uniform(count, *_SIGMA, generator)
    softened = chance(count, often, generator).bool()
    field = uniform(count * _PATCHES**2, -1.0, 1.0, generator).view(count, 1, _PATCHES, _PATCHES)
    everywhere = chance(count, 0.5, generator).bool()
    chosen = torch.nonzero(softened)[:, 0]
    if not len(chosen):
        return images
    rows = chosen.to(images.device)
    blurred = _blurred(images[rows], sigma[chosen])
    share = F.interpolate(field, size=images.shape[2:], mode="bicubic", align_corners=False)
    share = torch.sigmoid(8 * share)
    share[everywhere] = 1.0
    result = images.clone()
    result[rows] = torch.lerp(images[rows], blurred, share[chosen].to(images.device))
    return result


def _blurred(images: Tensor, sigma: Tensor) -> Tensor:
    """Every sample of `(B, C, H, W)` with its own Gaussian, `sigma` `(B,)`."""
    taps = torch.arange(-_REACH, _REACH + 1.0)
    kernel = torch.exp(-0.5 * (taps[None] / sigma[:, None]) ** 2)
    kernel = (kernel / kernel.sum(1, keepdim=True)).to(images.device)
    channels = images.shape[1]
    weight = kernel.repeat_interleave(channels, 0)
    padded = F.pad(images.flatten(0, 1)[None], (_REACH,) * 4, mode="replicate")
    across = F.conv2d(padded, weight[:, None, None, :], groups=len(weight))
    both = F.conv2d(across, weight[:, None, :, None], groups=len(weight))
    return both[0].unflatten(0, (-1, channels))


def _held_still(exposures: Exposures, often: float, generator: torch.Generator) -> Exposures:
    """Some samples as if the shutter had been open for an instant."""
    still = chance(len(exposures), often, generator).bool().to(exposures.blurry.device)
    middle = exposures.frames[:, exposures.frames.shape[1] // 2]

    def hold(name: str, tensor: Tensor) -> Tensor:
        if name == "blurry":
            held = middle
        elif name == "frames":
            held = middle[:, None].expand_as(tensor)
        else:
            held = torch.zeros_like(tensor)
        return torch.where(still.view(-1, *([1] * (tensor.ndim - 1))), held, tensor)

    return exposures.each(hold)
