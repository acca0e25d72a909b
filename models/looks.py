"""One film from several looks at a photo: mirrored, turned, and asked the other way round.

Turned back, all looks answer the same question, and what is an accident of the pixel grid, such as
faint stripes, differs from look to look and averages out. f(B, G, t) = f(B, -G, 1 - t) is BiT's
(CVPR 2023); mirroring photo and guidance alike changes nothing either (AfB appendix B).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from models.decomposer import Decomposer


class Look(NamedTuple):
    """How a photo is looked at.

    Attributes:
        mirrored: left and right exchanged.
        upended: top and bottom exchanged.
        backwards: the guidance is the inverse one, so the last frame comes first.
    """

    mirrored: bool = False
    upended: bool = False
    backwards: bool = False


PLAIN = Look()
LOOKS = (
    PLAIN,
    Look(mirrored=True, backwards=True),
    Look(mirrored=True, upended=True),
    Look(upended=True, backwards=True),
)
"""In the order in which they are worth taking: two looks bring most of what all of them do."""


def seen(network: Decomposer, photo: Tensor, guidance: Tensor, look: Look = PLAIN) -> Tensor:
    """The frames of one look, as if nothing had been turned.

    Args:
        network: its guidance is the signs of four quadrants, unless the look is the plain one.
        photo: `(B, 3, H, W)`.
        guidance: `(B, 2, H, W)` signs (x, y).

    Returns:
        `(B, T, 3, H, W)`, first to last.
    """
    axes = [axis for axis, turned in ((-1, look.mirrored), (-2, look.upended)) if turned]
    if axes:
        photo = photo.flip(axes).contiguous(memory_format=torch.channels_last)
        guidance = guidance.flip(axes)
    signs = [-1 if turned != look.backwards else 1 for turned in (look.mirrored, look.upended)]
    if signs != [1, 1]:
        guidance = guidance * guidance.new_tensor(signs).view(2, 1, 1)
    frames = network(photo, guidance).frames
    if look.backwards:
        frames = frames.flip(1)
    return frames.flip(axes) if axes else frames


def averaged(network: Decomposer, photo: Tensor, guidance: Tensor, looks: int) -> Tensor:
    """The mean of the first so many of `LOOKS`; shapes as of `seen`."""
    total: Tensor | None = None
    for look in LOOKS[:looks]:
        frames = seen(network, photo, guidance, look)
        total = frames if total is None else total + frames
    assert total is not None
    return total / looks
