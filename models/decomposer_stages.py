"""The networks of a decomposer's stages: the authors' and a small norm-free one.

What a stage sees and what becomes of its answer is `decomposer`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor, nn

from models.layers import residual_blocks


class ResidualUNetStage(nn.Module):
    """A norm-free 3×3 residual U-Net on pixel-unshuffled input with a zero-initialised linear head.

    Without normalisation or pooling over the image, a tile gives the same answer as the whole
    photo; with the zero head, fitting starts from "the photo repeated".

    Args:
        in_channels, out_channels: of the images.
        widths: channels per level, finest first, at half of the images' size.
        encoder_blocks, decoder_blocks: residual blocks per level above the coarsest.
        middle_blocks: residual blocks at the coarsest level.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        *,
        widths: Sequence[int],
        encoder_blocks: Sequence[int],
        middle_blocks: int,
        decoder_blocks: Sequence[int],
    ) -> None:
        super().__init__()
        finer, coarser = widths[:-1], widths[1:]
        self.enter = nn.Conv2d(4 * in_channels, widths[0], 3, padding=1)
        self.encoders = nn.ModuleList(
            residual_blocks(width, count)
            for width, count in zip(finer, encoder_blocks, strict=True)
        )
        self.downs = nn.ModuleList(
            nn.Conv2d(a, b, 2, stride=2) for a, b in zip(finer, coarser, strict=True)
        )
        self.middle = residual_blocks(widths[-1], middle_blocks)
        self.ups = nn.ModuleList(
            nn.Conv2d(b, 4 * a, 1) for a, b in zip(finer, coarser, strict=True)
        )
        self.decoders = nn.ModuleList(
            residual_blocks(width, count)
            for width, count in zip(finer, decoder_blocks, strict=True)
        )
        self.head = nn.Conv2d(widths[0], 4 * out_channels, 3, padding=1)
        for parameter in self.head.parameters():
            nn.init.zeros_(parameter)
        self.receptive_radius = _unet_radius(encoder_blocks, middle_blocks, decoder_blocks)

    def forward(self, images: Tensor) -> Tensor:
        """`(B, in_channels, H, W)` → `(B, out_channels, H, W)`; H and W multiples of the stride."""
        features = self.enter(F.pixel_unshuffle(images, 2))
        skips = []
        for encoder, down in zip(self.encoders, self.downs, strict=True):
            features = encoder(features)
            skips.append(features)
            features = down(features)
        features = self.middle(features)
        for up, decoder in zip(reversed(self.ups), reversed(self.decoders), strict=True):
            features = decoder(F.pixel_shuffle(up(features), 2) + skips.pop())
        return F.pixel_shuffle(self.head(features), 2)


def _unet_radius(
    encoder_blocks: Sequence[int], middle_blocks: int, decoder_blocks: Sequence[int]
) -> int:
    """Receptive radius of one `ResidualUNetStage` in input pixels, an upper bound."""
    levels = zip(encoder_blocks, decoder_blocks, strict=True)
    scale, radius = 2, 2 * 2 + 1  # enter and head
    for encoder, decoder in levels:
        radius += 2 * scale * (encoder + decoder)
        scale *= 2
        radius += scale - 1  # both ends of the strided convolution and its inverse
    return radius + 2 * scale * middle_blocks


class AfbStage(nn.Module):
    """One stage as the authors build it (AfB Fig. 11); names match their state dict.

    Args:
        in_channels, out_channels: of the images.
        widths: channels per level, finest first, at the images' size.
        middle_blocks: residual blocks at the coarsest level.
    """

    def __init__(
        self, in_channels: int, out_channels: int, *, widths: Sequence[int], middle_blocks: int
    ) -> None:
        super().__init__()
        pairs = list(itertools.pairwise(widths))
        self.first_conv = _ConvNorm(in_channels, widths[0], kernel=7)
        self.down_blocks = nn.ModuleList(_DownBlock(a, b) for a, b in pairs)
        self.bottleneck = nn.Sequential(
            *[_PreActivationBlock(widths[-1]) for _ in range(middle_blocks)]
        )
        self.up_blocks = nn.ModuleList(_UpBlock(b, a) for a, b in reversed(pairs))
        self.final_conv = nn.Sequential(
            nn.Conv2d(widths[0], out_channels, 7, padding=3), nn.Sigmoid()
        )
        coarsest = 2 ** len(pairs)
        # 7×7 ends; per level a 3×3, a strided 3×3, a transposed 4×4 and a 3×3; two 3×3 per block.
        self.receptive_radius = (
            6 + sum(5 * 2**i for i in range(len(pairs))) + coarsest * (1 + 2 * middle_blocks)
        )

    def forward(self, images: Tensor) -> Tensor:
        """`(B, in_channels, H, W)` → `(B, out_channels, H, W)` in (0, 1)."""
        features = self.first_conv(images)
        for down in self.down_blocks:
            features = down(features)
        features = self.bottleneck(features)
        for up in self.up_blocks:
            features = up(features)
        return self.final_conv(features)


class _ConvNorm(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, kernel: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, kernel, padding=kernel // 2)
        self.norm = nn.BatchNorm2d(out_channels)

    def forward(self, features: Tensor) -> Tensor:
        return F.relu(self.norm(self.conv(features)))


class _DownBlock(nn.Module):
    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, stride=2, padding=1)
        self.norm1 = nn.BatchNorm2d(out_channels)
        self.norm2 = nn.BatchNorm2d(out_channels)

    def forward(self, features: Tensor) -> Tensor:
        features = F.relu(self.norm1(self.conv1(features)))
        return F.relu(self.norm2(self.conv2(features)))


class _UpBlock(nn.Module):
    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.trans = nn.ConvTranspose2d(in_channels, out_channels, 4, stride=2, padding=1)
        self.conv = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.norm1 = nn.BatchNorm2d(out_channels)
        self.norm2 = nn.BatchNorm2d(out_channels)

    def forward(self, features: Tensor) -> Tensor:
        features = F.relu(self.norm1(self.trans(features)))
        return F.relu(self.norm2(self.conv(features)))


class _PreActivationBlock(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1)
        self.norm1 = nn.BatchNorm2d(width)
        self.norm2 = nn.BatchNorm2d(width)

    def forward(self, features: Tensor) -> Tensor:
        inner = self.conv1(F.relu(self.norm1(features)))
        return features + self.conv2(F.relu(self.norm2(inner)))
