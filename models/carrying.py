"""Frames carried along known motion: what a middle frame looks like at the other instants.

Motion-ETR's Eq. 16 inside AfB's decomposer. A network that is in doubt about a place makes it soft
and moves it too little; a frame that is carried moves as far as is said. Where the one and where
the other is right is for the network to tell.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from models.exposure import warped

_CELL = 4
_REACH = 3
"""Displacement is evened over so many cells on either side."""
EVENED = (_REACH + 1) * _CELL
"""How many pixels away that looks."""


def carried(film: Tensor, displacement: Tensor) -> Tensor:
    """The middle frame at every frame's instant, as if each place kept its displacement.

    Args:
        film: `(B, T, 3, H, W)`, of which the middle frame is looked at, of two the first.
        displacement: `(B, 2, H, W)` pixels (x, y) from first to last.

    Returns:
        `(B, T, 3, H, W)`; its middle frame is the film's.
    """
    count = film.shape[1]
    centre = (count - 1) // 2
    middle = film[:, centre]
    instants = [(index - centre) / (count - 1) for index in range(count)]
    return torch.stack(
        [middle if at == 0 else warped(middle, -at * displacement) for at in instants], 1
    )


def evened(displacement: Tensor, signs: Tensor) -> Tensor:
    """Displacement averaged over what is near and has the same direction, where it is known.

    What is read from a photo differs from place to place more than things do.

    Args:
        displacement: `(B, 2, H, W)` pixels, 0 where it is not known; H and W multiples of 4.
        signs: `(B, 2, H, W)` guidance in {-1, 0, +1}.
    """
    known = displacement.ne(0).any(dim=1)
    quadrant = (signs[:, 0] > 0) + 2 * (signs[:, 1] > 0)
    own = torch.stack([known & (quadrant == number) for number in range(4)], 1)[:, :, None]
    own = own.to(displacement.dtype)
    totals = torch.cat([own, own * displacement[:, None]], 2).flatten(1, 2)
    near = F.avg_pool2d(totals, _CELL).contiguous(memory_format=torch.channels_last)
    near = F.avg_pool2d(near, 2 * _REACH + 1, stride=1, padding=_REACH)
    near = F.interpolate(near, scale_factor=_CELL, mode="bilinear").unflatten(1, (4, 3))
    total = (near * own).sum(1)
    return torch.where(known[:, None], total[:, 1:] / total[:, :1].clamp(min=1e-6), 0)
