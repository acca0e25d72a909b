"""DMPHN(1-2-4): quarters, then halves, then the whole photo, and convolutions along paths.

The hierarchy is Zhang et al.'s "Deep Stacked Hierarchical Multi-patch Network" (CVPR 2019); the
motion-aware convolution is Motion-ETR's Eq. 15. What its answer means is `deblur`.
"""

from __future__ import annotations

import itertools

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.exposure import warped
from models.layers import ResidualBlock


class Hierarchy(nn.Module):
    """Three levels of an encoder and a decoder; each passes what it found to the next.

    Args:
        width: channels at the finest scale of every level; twice and four times as many below.
        motion_aware: the finest decoder scale of the whole-image level reads its 3×3 taps along
            the trajectory of each pixel.
        alpha: how much of the trajectory those taps cover (Eq. 15).
    """

    stride = 8
    """Sizes must be multiples of this: quarters are halved twice."""

    def __init__(self, width: int, *, motion_aware: bool, alpha: float) -> None:
        super().__init__()
        self.alpha = alpha
        self.encoders = nn.ModuleList(_Encoder(width) for _ in range(3))
        self.decoders = nn.ModuleList(
            _Decoder(width, motion_aware=motion_aware and level == 0) for level in range(3)
        )

    def forward(self, photo: Tensor, paths: Tensor | None) -> Tensor:
        """`(B, 3, H, W)` and `(B, 9, 2, H, W)` pixels, or None of a plain one → `(B, 3, H, W)`."""
        image = photo - 0.5
        taps = None if paths is None else self.alpha * paths
        whole, half, quarter = zip(self.encoders, self.decoders, strict=True)

        corners = [_cut(row, 3) for row in _cut(image, 2)]
        rows = [torch.cat([quarter[0](corner) for corner in row], 3) for row in corners]
        found = torch.cat([quarter[1](row) for row in rows], 2)
        features = torch.cat(rows, 2)

        halves = _cut(image + found, 2)
        features = torch.cat([half[0](part) for part in halves], 2) + features
        found = half[1](features)

        features = whole[0](image + found) + features
        answer: Tensor = whole[1](features, taps)
        return answer


def motion_aware_convolution(features: Tensor, conv: nn.Conv2d, taps: Tensor) -> Tensor:
    """A 3×3 convolution whose taps lie along each pixel's trajectory (Eq. 15).

    The kernel's nine weights belong, row by row, to the trajectory's points from first to last; the
    middle one stays at the pixel itself.

    Args:
        features: `(B, C, H, W)`.
        conv: its 3×3 weights and bias are used, its padding is not.
        taps: `(B, 9, 2, H, W)` offsets in pixels.

    Returns:
        `(B, C', H, W)`.
    """
    weights = conv.weight.flatten(2).unbind(2)
    result: Tensor | None = None
    for weight, offsets in zip(weights, taps.unbind(1), strict=True):
        term = F.conv2d(warped(features, offsets), weight[..., None, None])
        result = term if result is None else result + term
    assert result is not None
    return result if conv.bias is None else result + conv.bias.view(-1, 1, 1)


def _cut(images: Tensor, axis: int) -> tuple[Tensor, ...]:
    """Two halves along an axis of even size."""
    return images.split(images.shape[axis] // 2, axis)


class _Block(ResidualBlock):
    """One with ReLU, and with kernels along paths where there are some."""

    def forward(self, features: Tensor, taps: Tensor | None = None) -> Tensor:
        if taps is None:
            return features + self.conv2(F.relu(self.conv1(features)))
        inner = F.relu(motion_aware_convolution(features, self.conv1, taps))
        return features + motion_aware_convolution(inner, self.conv2, taps)


class _Pair(nn.Sequential):
    """Two blocks, one after the other."""

    def __init__(self, width: int) -> None:
        super().__init__(_Block(width), _Block(width))

    def forward(self, features: Tensor, taps: Tensor | None = None) -> Tensor:
        for block in self:
            features = block(features, taps)
        return features


class _Encoder(nn.Module):
    """Pixels to features at a quarter of their size: a convolution and two blocks per level."""

    def __init__(self, width: int) -> None:
        super().__init__()
        widths = (width, 2 * width, 4 * width)
        self.enter = nn.Conv2d(3, width, 3, padding=1)
        self.downs = nn.ModuleList(
            nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in itertools.pairwise(widths)
        )
        self.blocks = nn.ModuleList(_Pair(w) for w in widths)

    def forward(self, image: Tensor) -> Tensor:
        features: Tensor = self.blocks[0](self.enter(image))
        for down, blocks in zip(self.downs, list(self.blocks)[1:], strict=True):
            features = blocks(down(features))
        return features


class _Decoder(nn.Module):
    """Features at a quarter of the photo's size to pixels, the encoder's mirror."""

    def __init__(self, width: int, *, motion_aware: bool) -> None:
        super().__init__()
        widths = (4 * width, 2 * width, width)
        self.motion_aware = motion_aware
        self.blocks = nn.ModuleList(_Pair(w) for w in widths)
        self.ups = nn.ModuleList(
            nn.ConvTranspose2d(a, b, 4, stride=2, padding=1) for a, b in itertools.pairwise(widths)
        )
        self.head = nn.Conv2d(width, 3, 3, padding=1)
        with torch.no_grad():
            # Fitting begins near the photo, not near noise.
            self.head.weight.mul_(0.1)
            self.head.bias.zero_()  # type: ignore[union-attr]

    def forward(self, features: Tensor, taps: Tensor | None = None) -> Tensor:
        for level, blocks in enumerate(self.blocks):
            finest = level == len(self.blocks) - 1
            features = blocks(features, taps if finest and self.motion_aware else None)
            if not finest:
                features = self.ups[level](features)
        answer: Tensor = self.head(features)
        return answer
