"""Offset networks: a blurry photo in, every pixel's path over the exposure out.

Zhang et al., "Exposure Trajectory Recovery from Motion Blur" (TPAMI 2021), Table 1 and Eq. 12-14,
and a network beyond the paper that also reads a person's guidance. The layers of both are
`offset_networks`; what a sharp image looks like after travelling those paths is `exposure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from models.along_paths import straight_paths
from models.config import NetworkConfig, preset_called
from models.offset_networks import GuidedOffsets, Reading, TableOffsets

CONSTRAINTS = ("zero", "linear", "bilinear", "quadratic")
"""How the points of a trajectory depend on each other; "zero" leaves them all free (§3.4)."""

DESIGNS = ("guided", "table")
"""Kinds of offset network: one that reads guidance, and Motion-ETR's Table 1."""

_STRETCH = 4.0
"""Paths that are told to reach farther than so many times what was read lose their bend."""
_STILL = 1.0
"""So do those that were read to reach less far than so many pixels."""


@dataclass(frozen=True)
class TrajectoryConfig(NetworkConfig):
    """Everything needed to build a `TrajectoryNetwork` again.

    Attributes:
        constraint: one of `CONSTRAINTS`.
        points: N, the free points of "zero"; the others can be sampled at any number of points,
            and this is the one that they were fitted with.
        design: one of `DESIGNS`.
        widths: channels per level, finest first. Table 1 has three levels, at 1/2, 1/4 and 1/8 of
            the photo's size; the guided network any number, the finest at 1/4.
        blocks: residual blocks per level.
    """

    kind = "trajectory"

    constraint: str = "quadratic"
    points: int = 15
    design: str = "guided"
    widths: tuple[int, ...] = (48, 72, 104, 128)
    blocks: int = 2

    def __post_init__(self) -> None:
        if self.constraint not in CONSTRAINTS:
            raise ValueError(
                f"unknown constraint '{self.constraint}' (known: {', '.join(CONSTRAINTS)})"
            )
        if self.points < 2 or self.blocks < 0:
            raise ValueError("a trajectory needs at least 2 points; no count can be negative")
        if self.design not in DESIGNS:
            raise ValueError(f"unknown design '{self.design}' (known: {', '.join(DESIGNS)})")
        if self.design == "guided" and self.constraint == "zero":
            raise ValueError("the guided design knows two ends only, no free points")
        levels = len(self.widths)
        if (levels != 3 if self.design == "table" else levels < 2) or min(self.widths) < 1:
            known = "three" if self.design == "table" else "at least two"
            raise ValueError(f"widths must name {known} levels, not {self.widths}")

    @classmethod
    def from_preset(
        cls, name: str, constraint: str = "quadratic", points: int = 15
    ) -> TrajectoryConfig:
        """The configuration called `name`: one of `PRESETS`.

        Raises:
            ValueError: no preset has that name, or the other values are out of range.
        """
        return cls(constraint, points, **preset_called(name, PRESETS))

    @property
    def outputs(self) -> int:
        """Channels of the network's answer: x and y of every point that it predicts."""
        return 2 * {"zero": self.points, "linear": 1}.get(self.constraint, 2)


PRESETS: dict[str, dict[str, Any]] = {
    "default": {},
    "paper": {"design": "table", "widths": (16, 32, 64), "blocks": 3},
}
"""Designs with their sizes by name: "paper" is Motion-ETR's Table 1."""


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


def reaching(points: Tensor, displacement: Tensor) -> Tensor:
    """Paths that reach as far as somebody says: turned and stretched, with the bend they have.

    Where a path is read as hardly moving, or stretching it would blow up its bend, it becomes a
    straight and even one.

    Args:
        points: `(B, P, 2, H, W)` offsets in pixels, first to last in the direction that the
            displacement agrees with.
        displacement: `(B, 2, H, W)` pixels from first to last; 0 leaves a path as it is.
    """
    # Complex numbers turn and stretch; offsets run against the motion.
    knots = torch.complex(points[:, :, 0], points[:, :, 1])
    wanted = torch.complex(displacement[:, 0], displacement[:, 1])
    read = knots[:, 0] - knots[:, -1]
    bends = read.abs() > (wanted.abs() / _STRETCH).clamp(min=_STILL)
    stretched = knots * (wanted / torch.where(bends, read, 1))[:, None]
    even = straight_paths(displacement, points.shape[1])
    reached = torch.where(bends[:, None], stretched, torch.complex(even[:, :, 0], even[:, :, 1]))
    reached = torch.where(wanted[:, None] == 0, knots, reached)
    return torch.stack([reached.real, reached.imag], 2)


class TrajectoryNetwork(nn.Module):
    """An offset network for photos of any size.

    Offsets are displacements of a backward warp into the sharp middle frame: at time t, pixel p
    shows what the middle frame shows at p + offset. An object that moves right has offsets that
    first point right and then left; the drawn trajectory is point-symmetric to its motion.
    """

    def __init__(self, config: TrajectoryConfig) -> None:
        super().__init__()
        self.config = config
        body = TableOffsets if config.design == "table" else GuidedOffsets
        self.body = body(config.widths, config.blocks, config.outputs)

    @property
    def stride(self) -> int:
        """Sizes that are multiples of this need no padding."""
        return self.body.stride

    @property
    def reads_guidance(self) -> bool:
        """Whether the answer depends on guidance, when there is some."""
        return self.config.design == "guided"

    def forward(self, blurry: Tensor, signs: Tensor | None = None) -> Tensor:
        """The points that the network predicts.

        Args:
            blurry: `(B, 3, H, W)`, sRGB-encoded, in [0, 1]; any H, W >= 1.
            signs: `(B, 2, H, W)` guidance as signs (x, y) in {-1, 0, +1}, 0 where static; None
                where nobody says which way things move, and all zeros for a sample of which
                nobody does. Table 1 reads none.

        Returns:
            `(B, P, 2, H, W)` offsets in pixels, in order of time: the N points of "zero"; start
            and end otherwise, where "linear" repeats the start with the sign changed.

        Raises:
            ValueError: a shape is another one.
        """
        if blurry.ndim != 4 or blurry.shape[1] != 3:
            raise ValueError(f"blurry must be (B, 3, H, W), not {tuple(blurry.shape)}")
        if signs is not None and signs.shape != (blurry.shape[0], 2, *blurry.shape[2:]):
            raise ValueError(f"signs of {tuple(signs.shape)} do not fit {tuple(blurry.shape)}")
        return self.points_of(self.body(blurry, signs))

    def read(self, blurry: Tensor, signs: Tensor | None = None) -> Reading:
        """What the guided design reads of a photo; arguments as for `forward`.

        Raises:
            ValueError: this is Table 1, which predicts ends and reads nothing.
        """
        if not isinstance(self.body, GuidedOffsets):
            raise ValueError("an offset network of Table 1 reads nothing")
        return self.body.read(blurry, signs)

    def displacement(self, blurry: Tensor, signs: Tensor) -> Tensor:
        """From where to where the thing seen at each pixel moved, `(B, 2, H, W)` pixels.

        Args:
            blurry, signs: as for `forward`. It runs the guided way, and is 0 where that is static.
        """
        points = self(blurry, signs)
        # Offsets point against the motion.
        moved = points[:, 0] - points[:, -1]
        against = (moved * signs).sum(1, keepdim=True) < 0
        moved = torch.where(against, -moved, moved)
        return moved * signs.ne(0).any(dim=1, keepdim=True)

    def points_of(self, answer: Tensor) -> Tensor:
        """What `forward` returns, of the layers' answer `(B, outputs, H, W)`."""
        points = answer.unflatten(1, (-1, 2))
        if self.config.constraint == "linear":
            return torch.cat([points, -points], 1)
        return points

    def trajectory(
        self, blurry: Tensor, points: int | None = None, signs: Tensor | None = None
    ) -> Tensor:
        """Every pixel's path, `(B, N, 2, H, W)`, first to last in time.

        Args:
            blurry, signs: as for `forward`.
            points: N; by default the number that the network was fitted with.

        Raises:
            ValueError: the constraint is "zero" and `points` is not the network's own number,
                because between free points nothing is known.
        """
        return self.through(self(blurry, signs), points)

    def through(self, predicted: Tensor, points: int | None = None) -> Tensor:
        """The paths through what `forward` returns; the rest as for `trajectory`."""
        wanted = self.config.points if points is None else points
        if self.config.constraint != "zero":
            return trajectory_through(predicted, wanted, self.config.constraint)
        if wanted != self.config.points:
            raise ValueError(f"without a constraint there are {self.config.points} points")
        return predicted
