"""The layers of the offset networks: Motion-ETR's Table 1, and a U-Net that reads guidance.

What their answer means is `trajectory`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.layers import ResidualBlock, pad_to_multiple
from models.patch_unet import PatchUNet

SMALLEST_SIDE = 16
"""Table 1 pads smaller photos: its coarsest level's mirrored border needs so many pixels."""

_PATCH = 4
_UNIT = 2.0
"""Up to about so many pixels, lengths are read in pixels; from there on, in factors."""
_LONGEST = 5.5
"""What is read as length at most: some 490 pixels."""


class Reading(NamedTuple):
    """What can be read of the blur at every pixel, which is the same forwards and backwards.

    Attributes:
        length: `(B, 1, H, W)` ln(1 + pixels / 2) of the way from first to last; none below 0.
        axis: `(B, 2, H, W)` (cos 2θ, sin 2θ) of the line along which things moved, θ from the right
            downwards; the shorter, the less sure.
        bend: `(B, 2, H, W)` pixels from the middle of the photo's time to the middle between first
            and last: 0 for even motion along a line.
    """

    length: Tensor
    axis: Tensor
    bend: Tensor


class GuidedOffsets(nn.Module):
    """A U-Net on patches of the photo and of its guidance that reads blur.

    A photo shows along which line things moved, and how far; guidance tells forwards from
    backwards. So the network reads what has no sign, and the guidance gives it one.

    Args:
        widths: channels per level, finest first, the finest at 1/4 of the photo's size.
        blocks: residual blocks per level.
        outputs: 4 for a start and an end, 2 for a start that the end is opposite to.
    """

    def __init__(self, widths: Sequence[int], blocks: int, outputs: int) -> None:
        super().__init__()
        self.bends = outputs == 4
        self.unet = PatchUNet(
            patch=_PATCH,
            widths=tuple(widths),
            blocks=(blocks,) * (len(widths) - 1),
            middle_blocks=blocks,
            outputs=5 if self.bends else 3,
            block=ResidualBlock,
            planes=3,
        )

    @property
    def stride(self) -> int:
        """Sizes that are multiples of this need no padding."""
        return self.unet.stride

    @property
    def receptive_radius(self) -> int:
        """How many pixels around a pixel can influence what is read of it, an upper bound."""
        return self.unet.receptive_radius

    def read(self, blurry: Tensor, signs: Tensor | None = None) -> Reading:
        """`(B, 3, H, W)` and `(B, 2, H, W)` or None → what is read of the photo."""
        height, width = blurry.shape[2:]
        if signs is None:
            signs = torch.zeros_like(blurry[:, :2])
        told = signs.abs().amax((1, 2, 3), keepdim=True)
        photo, known = (pad_to_multiple(t, self.stride) for t in (blurry, signs))
        planes = F.avg_pool2d(known, _PATCH)
        planes = torch.cat([planes, told.expand(-1, 1, *planes.shape[2:])], 1)
        answer = self.unet(photo, planes)[:, :, :height, :width].float()
        bend = answer[:, 3:5] if self.bends else torch.zeros_like(answer[:, :2])
        return Reading(answer[:, :1], answer[:, 1:3], _UNIT * bend)

    def forward(self, blurry: Tensor, signs: Tensor | None = None) -> Tensor:
        """The ends of what `read` reads, `(B, outputs, H, W)` pixels."""
        return self.ends(self.read(blurry, signs), signs)

    def ends(self, reading: Reading, signs: Tensor | None = None) -> Tensor:
        """Start and end, `(B, 4, H, W)` pixels, or the start alone, `(B, 2, H, W)`.

        Where no guidance tells, things move downwards, or to the right along the horizontal.
        """
        motion = heading(reading.axis) * length_of(reading)
        if signs is not None:
            against = (motion * signs).sum(1, keepdim=True) < 0
            motion = torch.where(against, -motion, motion)
        if not self.bends:
            return motion / 2
        return torch.cat([motion / 2 + reading.bend, reading.bend - motion / 2], 1)


def reading_of(ends: Tensor) -> Reading:
    """What a perfect reader reads of known ends `(B, 2, 2, H, W)`, pixels."""
    motion = ends[:, 0] - ends[:, 1]
    x, y = motion[:, :1], motion[:, 1:]
    squared = x * x + y * y
    axis = torch.cat([x * x - y * y, 2 * x * y], 1) / squared.clamp(min=1e-8)
    return Reading(torch.log1p(squared.sqrt() / _UNIT), axis, ends.mean(1))


def length_of(reading: Reading) -> Tensor:
    """`(B, 1, H, W)` pixels from first to last."""
    return _UNIT * torch.expm1(reading.length.clamp(0, _LONGEST))


def heading(axis: Tensor) -> Tensor:
    """Unit vectors `(B, 2, H, W)` along an axis, downwards."""
    cosine, sine = axis.unbind(1)
    norm = torch.sqrt(cosine * cosine + sine * sine + 1e-8)
    # Half of the angle, by its sine and cosine, which unlike the angle have smooth gradients.
    along = torch.sqrt(((1 + cosine / norm) / 2).clamp(min=1e-6))
    across = torch.sqrt(((1 - cosine / norm) / 2).clamp(min=1e-6))
    return torch.stack([torch.where(sine < 0, -along, along), across], 1)


class TableOffsets(nn.Module):
    """Table 1 of Motion-ETR, which reads no guidance; arguments as of `GuidedOffsets`, but that
    the three levels are at 1/2, 1/4 and 1/8 of the photo's size."""

    stride = 8
    """Sizes that are multiples of this need no padding."""

    def __init__(self, widths: Sequence[int], blocks: int, outputs: int) -> None:
        super().__init__()
        fine, middle, coarse = widths
        self.encode1 = _Encoder(12, fine, blocks, stride=1)
        self.encode2 = _Encoder(fine, middle, blocks, stride=2)
        self.encode3 = _Encoder(middle, coarse, blocks, stride=2)
        self.bottleneck1 = _Bottleneck(coarse)
        self.up1 = nn.ConvTranspose2d(coarse, middle, 4, stride=2, padding=1)
        self.bottleneck2 = _Bottleneck(2 * middle)
        self.up2 = nn.ConvTranspose2d(2 * middle, fine, 4, stride=2, padding=1)
        self.bottleneck3 = _Bottleneck(2 * fine)
        self.up3 = nn.ConvTranspose2d(2 * fine, 2 * fine, 4, stride=2, padding=1)
        self.head = nn.Conv2d(2 * fine, outputs, 5, padding=2)
        for module in self.modules():
            if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
                nn.init.xavier_uniform_(module.weight)
                assert module.bias is not None
                nn.init.zeros_(module.bias)

    def forward(self, blurry: Tensor, signs: Tensor | None = None) -> Tensor:
        """`(B, 3, H, W)` → `(B, outputs, H, W)` pixels; the signs are not looked at."""
        height, width = blurry.shape[2:]
        fine = self.encode1(_space_to_depth(_padded(blurry)))
        middle = self.encode2(fine)
        features = self.up1(self.bottleneck1(self.encode3(middle)))
        features = torch.cat([F.leaky_relu(features, 0.2), middle], 1)
        features = self.up2(self.bottleneck2(features))
        features = torch.cat([F.leaky_relu(features, 0.2), fine], 1)
        features = F.relu(self.up3(self.bottleneck3(features)))
        answer: Tensor = self.head(features)[:, :, :height, :width]
        return answer


def _padded(images: Tensor) -> Tensor:
    """`(B, 3, H, W)` with both sizes a multiple of the stride and no less than `SMALLEST_SIDE`."""
    down, right = (max(0, SMALLEST_SIDE - side) for side in images.shape[2:])
    if down or right:
        images = F.pad(images, (0, right, 0, down), mode="replicate")
    return pad_to_multiple(images, TableOffsets.stride)


def _space_to_depth(images: Tensor) -> Tensor:
    """2×2 blocks to channels in the authors' order: block row, block column, colour."""
    return F.pixel_unshuffle(images, 2).unflatten(1, (3, 4)).transpose(1, 2).flatten(1, 2)


class _Encoder(nn.Module):
    """A 5×5 convolution with mirrored borders and some residual blocks."""

    def __init__(self, in_channels: int, width: int, blocks: int, stride: int) -> None:
        super().__init__()
        # The authors' padding for stride 2, so that even sizes are halved.
        self.padding = (2, 2, 2, 2) if stride == 1 else (1, 2, 1, 2)
        self.enter = nn.Conv2d(in_channels, width, 5, stride=stride)
        self.blocks = nn.Sequential(*[_ResidualBlock(width) for _ in range(blocks)])

    def forward(self, features: Tensor) -> Tensor:
        entered = F.relu(self.enter(F.pad(features, self.padding, mode="reflect")))
        blocks: Tensor = self.blocks(entered)
        return blocks


class _ResidualBlock(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 5, padding=2, padding_mode="replicate")
        self.conv2 = nn.Conv2d(width, width, 5, padding=2, padding_mode="replicate")

    def forward(self, features: Tensor) -> Tensor:
        return features + self.conv2(F.relu(self.conv1(features)))


class _Bottleneck(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.widen = nn.Conv2d(width, 2 * width, 1)
        self.narrow = nn.Conv2d(2 * width, width, 3, padding=1)

    def forward(self, features: Tensor) -> Tensor:
        widened = F.leaky_relu(self.widen(features), 0.2)
        return F.leaky_relu(self.narrow(widened), 0.2)
