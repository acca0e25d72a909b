"""A U-Net that reads a photo in patches, and what motion blur leaves to be read in them.

The guidance predictor and the guided offset network are such networks: what they answer is coarse
compared to pixels, and wide convolutions at few places beat narrow ones at many.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

_WINDOWS = (3, 9)


class PatchUNet(nn.Module):
    """A U-Net on the pixel-unshuffled photo, its `blur_traces` and further planes per patch.

    Args:
        patch: squares of so many pixels a side are one place of the finest level.
        widths: channels per level, finest first.
        blocks: residual blocks per level above the coarsest, on the way down and again on the way
            up.
        middle_blocks: residual blocks at the coarsest level.
        outputs: channels of the answer per pixel.
        block: makes a residual block of so many channels.
        planes: further channels per patch.
    """

    def __init__(
        self,
        *,
        patch: int,
        widths: tuple[int, ...],
        blocks: tuple[int, ...],
        middle_blocks: int,
        outputs: int,
        block: Callable[[int], nn.Module],
        planes: int = 0,
    ) -> None:
        super().__init__()
        finer, coarser = widths[:-1], widths[1:]

        def several(width: int, count: int) -> nn.ModuleList:
            return nn.ModuleList(block(width) for _ in range(count))

        self.patch = patch
        self.stride = patch * 2 ** len(finer)
        """Sizes must be multiples of this."""
        self.receptive_radius = _radius(patch, blocks, middle_blocks)
        """How many pixels around a pixel can influence its answer, an upper bound."""
        read = 3 * patch**2 + 2 * 4 * patch.bit_length() + planes
        self.enter = nn.Conv2d(read, widths[0], 3, padding=1)
        self.encoders = nn.ModuleList(several(w, n) for w, n in zip(finer, blocks, strict=True))
        self.downs = nn.ModuleList(
            nn.Conv2d(a, b, 2, stride=2) for a, b in zip(finer, coarser, strict=True)
        )
        self.middle = several(widths[-1], middle_blocks)
        self.ups = nn.ModuleList(
            nn.Conv2d(b, 4 * a, 1) for a, b in zip(finer, coarser, strict=True)
        )
        self.decoders = nn.ModuleList(several(w, n) for w, n in zip(finer, blocks, strict=True))
        self.head = nn.Conv2d(widths[0], outputs * patch**2, 3, padding=1)
        with torch.no_grad():
            self.head.weight.mul_(0.1)
            self.head.bias.zero_()  # type: ignore[union-attr]

    def forward(
        self, photo: Tensor, planes: Tensor | None = None, context: tuple[Tensor, ...] = ()
    ) -> Tensor:
        """Answer for every pixel.

        Args:
            photo: `(B, 3, H, W)` in [0, 1]; H and W multiples of the stride.
            planes: `(B, planes, H / patch, W / patch)`.
            context: what every block gets beside its features.

        Returns:
            `(B, outputs, H, W)`.
        """
        read = [F.pixel_unshuffle(photo - 0.5, self.patch), blur_traces(photo, self.patch)]
        features = self.enter(torch.cat(read if planes is None else [*read, planes], 1))
        skips = []
        for blocks, down in zip(self.encoders, self.downs, strict=True):
            for block in blocks:  # type: ignore[attr-defined]
                features = block(features, *context)
            skips.append(features)
            features = F.leaky_relu(down(features), 0.1)
        for block in self.middle:
            features = block(features, *context)
        for up, blocks in zip(reversed(self.ups), reversed(self.decoders), strict=True):
            features = F.pixel_shuffle(up(features), 2) + skips.pop()
            for block in blocks:  # type: ignore[attr-defined]
                features = block(features, *context)
        return F.pixel_shuffle(self.head(features), self.patch)


def _radius(patch: int, blocks: tuple[int, ...], middle_blocks: int) -> int:
    """The receptive radius in pixels of blocks with two 3×3 convolutions each."""
    # The widest window of the traces, the derivatives under it; enter and head.
    radius, scale = (_WINDOWS[-1] // 2 + 2) * patch + 2 * patch, patch
    for count in blocks:
        radius += 4 * count * scale
        scale *= 2
        radius += scale  # both ends of the strided convolution and its inverse
    return radius + 2 * middle_blocks * scale


def blur_traces(photo: Tensor, patch: int) -> Tensor:
    """What blur leaves in a photo: how strong its derivatives are, by direction and scale.

    Along its direction, motion blur takes the fine detail and leaves that across. As logarithms the
    axis and the length of the blur are nearly linear in these numbers, which spares a network that
    sees few samples from finding them first.

    Args:
        photo: `(B, 3, H, W)`; H and W multiples of `patch`.
        patch: a power of two; the result has one place per square of so many pixels a side.

    Returns:
        `(B, C, H / patch, W / patch)`: for each scale 1, 2, … `patch` and for each window of 3 and
        of 9 places a side, the mean squares of the derivatives right, up-right, up and up-left.
    """
    traces = []
    grey = photo.mean(1, keepdim=True)
    scale = 1
    while scale <= patch:
        y = F.pad(grey, (1, 1, 1, 1), mode="replicate")
        right = y[:, :, 1:-1, 2:] - y[:, :, 1:-1, :-2]
        up = y[:, :, :-2, 1:-1] - y[:, :, 2:, 1:-1]
        up_right = y[:, :, :-2, 2:] - y[:, :, 2:, :-2]
        up_left = y[:, :, :-2, :-2] - y[:, :, 2:, 2:]
        # The diagonal neighbours lie √2 times as far apart.
        energy = torch.cat([right, up_right / 2**0.5, up, up_left / 2**0.5], 1).square()
        placed = F.avg_pool2d(energy, patch // scale)
        for window in _WINDOWS:
            near = F.avg_pool2d(placed, window, 1, window // 2, count_include_pad=False)
            traces.append((torch.log(near + 1e-5) + 7) / 3)
        grey = F.avg_pool2d(grey, 2)
        scale *= 2
    return torch.cat(traces, dim=1)
