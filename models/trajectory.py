"""Motion-ETR's offset network: a blurry photo in, every pixel's path over the exposure out.

Zhang et al., "Exposure Trajectory Recovery from Motion Blur" (TPAMI 2021), Table 1 and Eq. 12-14.
What a sharp image looks like after travelling those paths is `exposure`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.decomposer import pad_to_multiple

CONSTRAINTS = ("zero", "linear", "bilinear", "quadratic")
"""How the points of a trajectory depend on each other; "zero" leaves them all free (§3.4)."""

SMALLEST_SIDE = 16
"""Smaller photos are padded: the coarsest level's mirrored border needs so many pixels."""


@dataclass(frozen=True)
class TrajectoryConfig:
    """Everything needed to build a `TrajectoryNetwork` again.

    Attributes:
        constraint: one of `CONSTRAINTS`.
        points: N, the free points of "zero"; the others can be sampled at any number of points,
            and this is the one that they were fitted with.
        widths: channels of the three encoder levels, at 1/2, 1/4 and 1/8 of the photo's size.
        blocks: residual blocks per level.
    """

    constraint: str = "quadratic"
    points: int = 15
    widths: tuple[int, int, int] = (16, 32, 64)
    blocks: int = 3

    def __post_init__(self) -> None:
        if self.constraint not in CONSTRAINTS:
            raise ValueError(
                f"unknown constraint '{self.constraint}' (known: {', '.join(CONSTRAINTS)})"
            )
        if self.points < 2 or self.blocks < 0:
            raise ValueError("a trajectory needs at least 2 points; no count can be negative")
        if len(self.widths) != 3 or min(self.widths) < 1:
            raise ValueError(f"widths must name three levels, not {self.widths}")

    @property
    def outputs(self) -> int:
        """Channels of the network's answer: x and y of every point that it predicts."""
        return 2 * {"zero": self.points, "linear": 1}.get(self.constraint, 2)

    def to_dict(self) -> dict[str, Any]:
        """Plain values that survive JSON."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> TrajectoryConfig:
        """The inverse of `to_dict`.

        Raises:
            ValueError: a key is unknown or a value is out of range.
        """
        try:
            fields: dict[str, Any] = {
                k: tuple(v) if isinstance(v, list) else v for k, v in values.items()
            }
            return cls(**fields)
        except TypeError as error:
            raise ValueError(f"not a trajectory configuration: {error}") from error


def exposure_times(points: int) -> Tensor:
    """`(N,)` instants from -1 (the exposure begins) to 1 (it ends), evenly spaced; 0 for one."""
    # Whole numbers first, so that the middle is 0 exactly.
    return torch.arange(1 - points, points, 2) / max(1, points - 1)


def trajectory_through(endpoints: Tensor, points: int, constraint: str) -> Tensor:
    """Points evenly spaced in time on the paths that the ends determine (Eq. 12-14).

    Args:
        endpoints: `(B, 2, 2, H, W)` offsets (x, y) in pixels of the start, then of the end.
        points: N >= 1; a single point is the middle instant, where every offset is 0.
        constraint: "linear" and "bilinear" go straight from the start to 0 and on to the end;
            "quadratic" has a constant acceleration.

    Returns:
        `(B, N, 2, H, W)`, first to last in time.

    Raises:
        ValueError: the constraint is not one that ends determine, or `points` is less than 1.
    """
    if points < 1:
        raise ValueError(f"a trajectory has at least one point, not {points}")
    time = exposure_times(points).to(endpoints).view(1, -1, 1, 1, 1)
    start, end = endpoints[:, :1], endpoints[:, 1:]
    if constraint in ("linear", "bilinear"):
        return start * (-time).clamp(min=0) + end * time.clamp(min=0)
    if constraint == "quadratic":
        return (start + end) / 2 * time.square() + (end - start) / 2 * time
    raise ValueError(f"the ends do not determine a trajectory under the constraint '{constraint}'")


class TrajectoryNetwork(nn.Module):
    """The offset network of Table 1, for photos of any size.

    Offsets are displacements of a backward warp into the sharp middle frame: at time t, pixel p
    shows what the middle frame shows at p + offset. An object that moves right has offsets that
    first point right and then left; the drawn trajectory is point-symmetric to its motion.
    """

    stride = 8
    """Sizes that are multiples of this need no padding."""

    def __init__(self, config: TrajectoryConfig) -> None:
        super().__init__()
        self.config = config
        fine, middle, coarse = config.widths
        self.encode1 = _Encoder(12, fine, config.blocks, stride=1)
        self.encode2 = _Encoder(fine, middle, config.blocks, stride=2)
        self.encode3 = _Encoder(middle, coarse, config.blocks, stride=2)
        self.bottleneck1 = _Bottleneck(coarse)
        self.up1 = nn.ConvTranspose2d(coarse, middle, 4, stride=2, padding=1)
        self.bottleneck2 = _Bottleneck(2 * middle)
        self.up2 = nn.ConvTranspose2d(2 * middle, fine, 4, stride=2, padding=1)
        self.bottleneck3 = _Bottleneck(2 * fine)
        self.up3 = nn.ConvTranspose2d(2 * fine, 2 * fine, 4, stride=2, padding=1)
        self.head = nn.Conv2d(2 * fine, config.outputs, 5, padding=2)
        for module in self.modules():
            if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
                nn.init.xavier_uniform_(module.weight)
                assert module.bias is not None
                nn.init.zeros_(module.bias)

    def forward(self, blurry: Tensor) -> Tensor:
        """The points that the network predicts.

        Args:
            blurry: `(B, 3, H, W)`, sRGB-encoded, in [0, 1]; any H, W >= 1.

        Returns:
            `(B, P, 2, H, W)` offsets in pixels, in order of time: the N points of "zero"; start
            and end otherwise, where "linear" repeats the start with the sign changed.

        Raises:
            ValueError: the shape is another one.
        """
        if blurry.ndim != 4 or blurry.shape[1] != 3:
            raise ValueError(f"blurry must be (B, 3, H, W), not {tuple(blurry.shape)}")
        height, width = blurry.shape[2:]
        fine = self.encode1(_space_to_depth(_padded(blurry)))
        middle = self.encode2(fine)
        features = self.up1(self.bottleneck1(self.encode3(middle)))
        features = torch.cat([F.leaky_relu(features, 0.2), middle], 1)
        features = self.up2(self.bottleneck2(features))
        features = torch.cat([F.leaky_relu(features, 0.2), fine], 1)
        features = F.relu(self.up3(self.bottleneck3(features)))
        points = self.head(features)[:, :, :height, :width].unflatten(1, (-1, 2))
        if self.config.constraint == "linear":
            return torch.cat([points, -points], 1)
        return points

    def trajectory(self, blurry: Tensor, points: int | None = None) -> Tensor:
        """Every pixel's path, `(B, N, 2, H, W)`, first to last in time.

        Args:
            blurry: as for `forward`.
            points: N; by default the number that the network was fitted with.

        Raises:
            ValueError: the constraint is "zero" and `points` is not the network's own number,
                because between free points nothing is known.
        """
        wanted = self.config.points if points is None else points
        predicted = self(blurry)
        if self.config.constraint != "zero":
            return trajectory_through(predicted, wanted, self.config.constraint)
        if wanted != self.config.points:
            raise ValueError(f"without a constraint there are {self.config.points} points")
        return predicted


def _padded(images: Tensor) -> Tensor:
    """`(B, 3, H, W)` with both sizes a multiple of the stride and no less than `SMALLEST_SIDE`."""
    down, right = (max(0, SMALLEST_SIDE - side) for side in images.shape[2:])
    if down or right:
        images = F.pad(images, (0, right, 0, down), mode="replicate")
    return pad_to_multiple(images, TrajectoryNetwork.stride)


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
