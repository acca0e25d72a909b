"""One film from several looks at a photo: mirrored, turned, and asked the other way round.

Turned back, all looks answer the same question, and what is an accident of the pixel grid, such as
faint stripes, differs from look to look and averages out. f(B, G, t) = f(B, -G, 1 - t) is BiT's
(CVPR 2023); mirroring photo and guidance alike changes nothing either (AfB appendix B).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from models.informed import AnyDecomposer


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


def seen(
    network: AnyDecomposer,
    photo: Tensor,
    guidance: Tensor,
    look: Look = PLAIN,
    displacement: Tensor | None = None,
) -> Tensor:
    """The frames of one look, as if nothing had been turned.

    Args:
        network: its guidance is the signs of four quadrants, unless the look is the plain one.
        photo: `(B, 3, H, W)`.
        guidance: `(B, 2, H, W)` signs (x, y).
        look: how it is looked at.
        displacement: `(B, 2, H, W)` pixels for a network that sees it, or None.

    Returns:
        `(B, T, 3, H, W)`, first to last.
    """
    axes = [axis for axis, turned in ((-1, look.mirrored), (-2, look.upended)) if turned]
    if axes:
        photo = photo.flip(axes).contiguous(memory_format=torch.channels_last)
    signs = [-1 if flip != look.backwards else 1 for flip in (look.mirrored, look.upended)]

    def turned(vectors: Tensor) -> Tensor:
        vectors = vectors.flip(axes) if axes else vectors
        return vectors if signs == [1, 1] else vectors * vectors.new_tensor(signs).view(2, 1, 1)

    told = () if displacement is None else (turned(displacement),)
    frames = network(photo, turned(guidance), *told).frames
    if look.backwards:
        frames = frames.flip(1)
    return frames.flip(axes) if axes else frames


def averaged(
    network: AnyDecomposer,
    photo: Tensor,
    guidance: Tensor,
    looks: int,
    displacement: Tensor | None = None,
) -> Tensor:
    """The mean of the first so many of `LOOKS`; shapes as of `seen`."""
    total: Tensor | None = None
    for look in LOOKS[:looks]:
        frames = seen(network, photo, guidance, look, displacement)
        total = frames if total is None else total + frames
    assert total is not None
    return total / looks
