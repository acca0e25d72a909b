"""What several networks are made of."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def pad_to_multiple(images: Tensor, multiple: int) -> Tensor:
    """Repeat the last row and column of `(B, C, H, W)` until both sizes are multiples."""
    down = -images.shape[2] % multiple
    right = -images.shape[3] % multiple
    if not down and not right:
        return images
    if images.shape[1] == 0:  # nothing to repeat, which torch refuses to do
        return images.new_zeros(images.shape[0], 0, images.shape[2] + down, images.shape[3] + right)
    return F.pad(images, (0, right, 0, down), mode="replicate")


class ResidualBlock(nn.Module):
    """Two 3×3 convolutions with one activation, added to the input; starts near the identity."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1)
        # A small second convolution stands in for normalisation: depth does not grow the variance.
        with torch.no_grad():
            for parameter in self.conv2.parameters():
                parameter.mul_(0.1)

    def forward(self, features: Tensor) -> Tensor:
        """`(B, C, H, W)` → the same shape."""
        inner = F.leaky_relu(self.conv1(features), 0.1, inplace=True)
        return features + self.conv2(inner)


def residual_blocks(width: int, count: int) -> nn.Sequential:
    """Several of them, one after the other."""
    return nn.Sequential(*[ResidualBlock(width) for _ in range(count)])
