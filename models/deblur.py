"""Motion-aware deblurring: DMPHN(1-2-4), plain or with convolutions along exposure trajectories.

The hierarchy is Zhang et al.'s "Deep Stacked Hierarchical Multi-patch Network" (CVPR 2019); the
motion-aware convolution is Motion-ETR's Eq. 15. Trajectories come from `trajectory`. Beyond the
papers, the hierarchy may work on squares of pixels instead of pixels, which is that much cheaper,
and may see the paths' axes and lengths, so that it need not find out first what is blurred.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.axes import axis_of
from models.config import NetworkConfig, preset_called
from models.exposure import warped
from models.layers import pad_to_multiple

TAPS = 9
"""Points of a trajectory that a motion-aware 3×3 kernel reads, first to last."""


@dataclass(frozen=True)
class DeblurConfig(NetworkConfig):
    """Everything needed to build a `DeblurNetwork` again.

    Attributes:
        width: channels at the finest level; twice and four times as many below. 32 is the paper's.
        patch: squares of so many pixels a side are one place of the finest level; 1 in the paper.
        motion_aware: the finest decoder level of the whole-image network reads its 3×3 taps along
            the trajectory of each pixel.
        alpha: how much of the trajectory those taps cover (Eq. 15).
        sees_paths: all levels also see along which axis and how far every pixel moved.
        residual: the answer is added to the photo, as Motion-ETR does; plain DMPHN's is the image.
    """

    kind = "deblurring"

    width: int = 32
    patch: int = 1
    motion_aware: bool = False
    alpha: float = 0.1
    sees_paths: bool = False
    residual: bool = True

    def __post_init__(self) -> None:
        if self.width < 1:
            raise ValueError(f"a network needs at least one channel, not {self.width}")
        if self.patch < 1:
            raise ValueError(f"a patch is at least one pixel wide, not {self.patch}")
        if not 0 < self.alpha <= 1:
            raise ValueError(f"alpha must be above 0 and at most 1, not {self.alpha}")
        if self.sees_paths and not self.motion_aware:
            raise ValueError("only a motion-aware network can see paths")

    @classmethod
    def from_preset(cls, name: str) -> DeblurConfig:
        """The configuration called `name`: one of `PRESETS`.

        Raises:
            ValueError: no preset has that name.
        """
        return preset_called(name, PRESETS)


PRESETS: dict[str, DeblurConfig] = {
    # A sixteenth of the arithmetic of "paper", so that a CPU can fit it. Taps lie four times as far
    # apart, so paths must span as much more of them to reach beyond their own.
    "default": DeblurConfig(patch=4, motion_aware=True, alpha=1.0, sees_paths=True),
    "plain": DeblurConfig(patch=4),
    "paper": DeblurConfig(motion_aware=True),
    "paper-plain": DeblurConfig(),
}


class DeblurNetwork(nn.Module):
    """DMPHN(1-2-4) for photos of any size: quarters, then halves, then the whole photo.

    Each level passes what it found to the next, coarse to fine in context.
    """

    def __init__(self, config: DeblurConfig) -> None:
        super().__init__()
        self.config = config
        self.encoders = nn.ModuleList(_Encoder(config) for _ in range(3))
        self.decoders = nn.ModuleList(_Decoder(config, finest=level == 0) for level in range(3))

    @property
    def stride(self) -> int:
        """Sizes that are multiples of this need no padding: quarters are halved twice."""
        return 8 * self.config.patch

    def forward(self, blurry: Tensor, trajectory: Tensor | None = None) -> Tensor:
        """Deblur a batch.

        Args:
            blurry: `(B, 3, H, W)`, sRGB-encoded, in [0, 1]; any H, W >= 1.
            trajectory: `(B, 9, 2, H, W)` offsets in pixels, first to last; only read by
                motion-aware networks.

        Returns:
            `(B, 3, H, W)` the sharp middle frame; not clamped.

        Raises:
            ValueError: the shapes do not fit, or a motion-aware network got no trajectory.
        """
        if blurry.ndim != 4 or blurry.shape[1] != 3:
            raise ValueError(f"blurry must be (B, 3, H, W), not {tuple(blurry.shape)}")
        paths = self._paths(blurry, trajectory)
        taps = None if paths is None else self.config.alpha * paths
        height, width = blurry.shape[2:]
        image = pad_to_multiple(blurry - 0.5, self.stride)
        places = F.pixel_unshuffle(image, self.config.patch) if self.config.patch > 1 else image
        seen = self._planes(paths)
        whole, half, quarter = zip(self.encoders, self.decoders, strict=True)

        corners = [_cut(row, 3) for row in _cut(torch.cat([places, *seen], 1), 2)]
        rows = [torch.cat([quarter[0](corner) for corner in row], 3) for row in corners]
        found = torch.cat([quarter[1](row) for row in rows], 2)
        features = torch.cat(rows, 2)

        halves = _cut(torch.cat([places + found, *seen], 1), 2)
        features = torch.cat([half[0](part) for part in halves], 2) + features
        found = half[1](features)

        features = whole[0](torch.cat([places + found, *seen], 1)) + features
        answer: Tensor = whole[1](features, taps)
        if self.config.patch > 1:
            answer = F.pixel_shuffle(answer, self.config.patch)
        return answer[:, :, :height, :width] + (blurry if self.config.residual else 0.5)

    def _paths(self, blurry: Tensor, trajectory: Tensor | None) -> Tensor | None:
        """Trajectories of the padded photo's places, in places; None for a plain network."""
        if not self.config.motion_aware:
            return None
        expected = (blurry.shape[0], TAPS, 2, *blurry.shape[2:])
        if trajectory is None or tuple(trajectory.shape) != expected:
            given = "none" if trajectory is None else tuple(trajectory.shape)
            raise ValueError(f"a motion-aware network needs a trajectory {expected}, not {given}")
        patch = self.config.patch
        padded = pad_to_multiple(trajectory.flatten(1, 2), self.stride)
        placed = F.avg_pool2d(padded, patch) / patch if patch > 1 else padded
        return placed.unflatten(1, (TAPS, 2))

    def _planes(self, paths: Tensor | None) -> list[Tensor]:
        """What the levels see of paths: the way from first to last, up to its sign."""
        if not self.config.sees_paths or paths is None:
            return []
        return [axis_of(self.config.patch * (paths[:, -1] - paths[:, 0]))]


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


class _Block(nn.Module):
    """Two 3×3 convolutions with one activation, added to the input."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1)
        with torch.no_grad():
            # As in `layers.ResidualBlock`: depth does not grow the variance.
            for parameter in self.conv2.parameters():
                parameter.mul_(0.1)

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
    """Places to features of a quarter as many a side: a convolution and two blocks per level."""

    def __init__(self, config: DeblurConfig) -> None:
        super().__init__()
        width = config.width
        widths = (width, 2 * width, 4 * width)
        read = 3 * config.patch**2 + (2 if config.sees_paths else 0)
        self.enter = nn.Conv2d(read, width, 3, padding=1)
        self.downs = nn.ModuleList(
            nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in itertools.pairwise(widths)
        )
        self.blocks = nn.ModuleList(_Pair(w) for w in widths)

    def forward(self, places: Tensor) -> Tensor:
        features: Tensor = self.blocks[0](self.enter(places))
        for down, blocks in zip(self.downs, list(self.blocks)[1:], strict=True):
            features = blocks(down(features))
        return features


class _Decoder(nn.Module):
    """Features of a quarter of the places a side to all places, the encoder's mirror."""

    def __init__(self, config: DeblurConfig, *, finest: bool) -> None:
        super().__init__()
        width = config.width
        widths = (4 * width, 2 * width, width)
        self.motion_aware = config.motion_aware and finest
        self.blocks = nn.ModuleList(_Pair(w) for w in widths)
        self.ups = nn.ModuleList(
            nn.ConvTranspose2d(a, b, 4, stride=2, padding=1) for a, b in itertools.pairwise(widths)
        )
        self.head = nn.Conv2d(width, 3 * config.patch**2, 3, padding=1)
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
        places: Tensor = self.head(features)
        return places
