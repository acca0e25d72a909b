"""A decomposer that is told how far things moved where nobody says it: an offset network reads it.

Beyond both papers: Motion-ETR's network (fitted to known paths) knows lengths better than a
decomposer that has to infer them, and a decomposer that listens to arrows listens to it, too.
"""

from __future__ import annotations

from typing import TypeAlias

import torch
from torch import Tensor, nn

from models.decomposer import Decomposer, DecomposerConfig, Decomposition
from models.trajectory import TrajectoryNetwork


class InformedDecomposer(nn.Module):
    """Takes the place of its decomposer, whose inputs and answers it has.

    Args:
        decomposer: sees displacement.
        offsets: reads it from the photo along the guidance; is left as it is.

    Raises:
        ValueError: the decomposer does not see displacement.
    """

    def __init__(self, decomposer: Decomposer, offsets: TrajectoryNetwork) -> None:
        super().__init__()
        if not decomposer.config.sees_displacement:
            raise ValueError("this decomposer cannot be told displacement")
        self.decomposer = decomposer
        self.offsets = offsets

    @property
    def config(self) -> DecomposerConfig:
        """The decomposer's."""
        return self.decomposer.config

    @property
    def stride(self) -> int:
        """Sizes that are multiples of this need no padding; both strides are powers of two."""
        return max(self.decomposer.stride, self.offsets.stride)

    @property
    def receptive_radius(self) -> int:
        """How many pixels around an output pixel can influence it: the decomposer's own reach.

        What is read farther away decides little about a pixel.
        """
        return self.decomposer.receptive_radius

    def forward(
        self, blurry: Tensor, guidance: Tensor, displacement: Tensor | None = None
    ) -> Decomposition:
        """As of `Decomposer`; what `displacement` leaves open is read."""
        answer: Decomposition = self.decomposer(
            blurry, guidance, completed(self.offsets, blurry, guidance, displacement)
        )
        return answer


AnyDecomposer: TypeAlias = Decomposer | InformedDecomposer
"""What makes frames of a photo and its guidance."""


def completed(
    offsets: TrajectoryNetwork, blurry: Tensor, guidance: Tensor, displacement: Tensor | None
) -> Tensor:
    """The displacement `(B, 2, H, W)` that is said, and where nothing is, what is read.

    Args:
        offsets: its answer brings no gradient.
        blurry: `(B, 3, H, W)`.
        guidance: `(B, 2, H, W)` signs; where they are static, nothing is read.
        displacement: `(B, 2, H, W)` pixels from first to last, 0 where nobody says them, or None.
    """
    with torch.no_grad():
        read = offsets.displacement(blurry, guidance)
    if displacement is None:
        return read
    said = displacement.ne(0).any(dim=1, keepdim=True)
    return torch.where(said, displacement, read)
