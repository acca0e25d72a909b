"""Deblurring networks: a blurry photo, and where its light came from, in; its middle frame out.

Motion-ETR section 4.1. The paper's is DMPHN(1-2-4), plain or along exposure trajectories, see
`dmphn`. Beyond the paper, a residual U-Net such as a decomposer's stage reads the photo at nine
points of every pixel's trajectory: the same kernel along paths, but only where the photo comes in,
at a fraction of the price. Trajectories come from `trajectory`.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.along_paths import PLANES, TAPS, seen_along
from models.config import NetworkConfig, preset_called
from models.decomposer_stages import ResidualUNetStage
from models.dmphn import Hierarchy
from models.layers import pad_to_multiple

DESIGNS = ("unet", "dmphn")
"""Kinds of deblurring network: ours, and the papers'."""

PATH_PLANES = 6
"""What the U-Net sees of a path's two ends: signs (x, y), way in units (x, y), direction (x, y)."""
_FAR = 16.0
"""That unit in pixels."""
_MOVING = 0.5
"""Ways that are shorter than this many pixels have no signs."""


@dataclass(frozen=True)
class DeblurConfig(NetworkConfig):
    """Everything needed to build a `DeblurNetwork` again.

    Attributes:
        design: one of `DESIGNS`.
        motion_aware: it reads along the trajectory of each pixel.
        alpha: how much of the trajectory is read (Eq. 15).
        width: of "dmphn", channels at the finest scale; 32 is the paper's.
        residual: of "dmphn", the answer is added to the photo, as Motion-ETR does; plain DMPHN's
            is the image.
        widths, encoder_blocks, middle_blocks, decoder_blocks: of "unet", as of a decomposer.
    """

    kind = "deblurring"

    design: str = "dmphn"
    motion_aware: bool = False
    alpha: float = 0.1
    width: int = 32
    residual: bool = True
    widths: tuple[int, ...] = (32, 64, 96, 160)
    encoder_blocks: tuple[int, ...] = (1, 1, 2)
    middle_blocks: int = 3
    decoder_blocks: tuple[int, ...] = (1, 1, 2)

    def __post_init__(self) -> None:
        if self.design not in DESIGNS:
            raise ValueError(f"unknown design '{self.design}' (known: {', '.join(DESIGNS)})")
        if self.width < 1 or len(self.widths) < 2 or min(self.widths) < 1:
            raise ValueError("a network needs at least one channel, and a U-Net two levels")
        levels = len(self.widths) - 1
        if not len(self.encoder_blocks) == len(self.decoder_blocks) == levels:
            raise ValueError(f"encoder_blocks and decoder_blocks must each name {levels} levels")
        if self.middle_blocks < 0:
            raise ValueError("no count of blocks can be negative")
        if not 0 < self.alpha <= 1:
            raise ValueError(f"alpha must be above 0 and at most 1, not {self.alpha}")

    @classmethod
    def from_preset(cls, name: str) -> DeblurConfig:
        """The configuration called `name`: one of `PRESETS`.

        Raises:
            ValueError: no preset has that name.
        """
        return preset_called(name, PRESETS)


PRESETS: dict[str, DeblurConfig] = {
    "default": DeblurConfig(design="unet", motion_aware=True, alpha=1.0),
    "plain": DeblurConfig(design="unet"),
    "tiny": DeblurConfig(
        design="unet", motion_aware=True, alpha=1.0, widths=(16, 32, 48),
        encoder_blocks=(1, 1), middle_blocks=2, decoder_blocks=(1, 1),
    ),
    "tiny-plain": DeblurConfig(
        design="unet", widths=(16, 32, 48),
        encoder_blocks=(1, 1), middle_blocks=2, decoder_blocks=(1, 1),
    ),
    "paper": DeblurConfig(motion_aware=True),
    "paper-plain": DeblurConfig(),
}  # fmt: skip


class DeblurNetwork(nn.Module):
    """A deblurring network for photos of any size."""

    def __init__(self, config: DeblurConfig) -> None:
        super().__init__()
        self.config = config
        self.body: PathUNet | Hierarchy
        if config.design == "unet":
            self.body = PathUNet(config)
        else:
            aware, alpha = config.motion_aware, config.alpha
            self.body = Hierarchy(config.width, motion_aware=aware, alpha=alpha)

    @property
    def stride(self) -> int:
        """Sizes that are multiples of this need no padding."""
        return self.body.stride

    def forward(self, blurry: Tensor, trajectory: Tensor | None = None) -> Tensor:
        """Deblur a batch.

        Args:
            blurry: `(B, 3, H, W)`, sRGB-encoded, in [0, 1]; any H, W >= 1.
            trajectory: `(B, 9, 2, H, W)` offsets in pixels, first to last; only read by
                motion-aware networks. All 0 where nothing moved.

        Returns:
            `(B, 3, H, W)` the sharp middle frame; not clamped.

        Raises:
            ValueError: the shapes do not fit, or a motion-aware network got no trajectory.
        """
        if blurry.ndim != 4 or blurry.shape[1] != 3:
            raise ValueError(f"blurry must be (B, 3, H, W), not {tuple(blurry.shape)}")
        height, width = blurry.shape[2:]
        photo = pad_to_multiple(blurry, self.stride)
        answer: Tensor = self.body(photo, self._paths(blurry, trajectory))
        added = self.config.design == "unet" or self.config.residual
        return answer[:, :, :height, :width] + (blurry if added else 0.5)

    def _paths(self, blurry: Tensor, trajectory: Tensor | None) -> Tensor | None:
        """Trajectories of the padded photo; None for a plain network."""
        if not self.config.motion_aware:
            return None
        expected = (blurry.shape[0], TAPS, 2, *blurry.shape[2:])
        if trajectory is None or tuple(trajectory.shape) != expected:
            given = "none" if trajectory is None else tuple(trajectory.shape)
            raise ValueError(f"a motion-aware network needs a trajectory {expected}, not {given}")
        padded = pad_to_multiple(trajectory.flatten(1, 2), self.stride)
        return padded.unflatten(1, (TAPS, 2))


def sharpened(network: DeblurNetwork, blurry: Tensor, trajectory: Tensor | None = None) -> Tensor:
    """What a deblurring network makes of photos, at its best; arguments as for its `forward`.

    Our U-Net looks twice, the second time at the photo in a mirror while time runs backwards, and
    both answers are averaged: what belongs to the pixel grid goes. The papers' networks look once.
    """
    once: Tensor = network(blurry, trajectory)
    if network.config.design != "unet":
        return once
    if trajectory is not None:
        mirror = torch.tensor([-1.0, 1.0], device=blurry.device).view(2, 1, 1)
        trajectory = trajectory.flip(1, -1) * mirror
    again: Tensor = network(blurry.flip(-1), trajectory)
    return (once + again.flip(-1)) / 2


class PathUNet(nn.Module):
    """A residual U-Net that sees the photo as it is, and along every pixel's path."""

    def __init__(self, config: DeblurConfig) -> None:
        super().__init__()
        self.alpha = config.alpha
        self.stage = ResidualUNetStage(
            3 + (PATH_PLANES + PLANES if config.motion_aware else 0),
            3,
            widths=config.widths,
            encoder_blocks=config.encoder_blocks,
            middle_blocks=config.middle_blocks,
            decoder_blocks=config.decoder_blocks,
        )
        self.stride = 2 ** len(config.widths)

    def forward(self, photo: Tensor, paths: Tensor | None) -> Tensor:
        """`(B, 3, H, W)` and `(B, 9, 2, H, W)` pixels, or None → `(B, 3, H, W)`, to be added."""
        seen = [photo]
        if paths is not None:
            # Motion runs against the offsets.
            seen += path_planes(paths[:, 0] - paths[:, -1])
            seen.append(seen_along(photo, self.alpha * paths))
        answer: Tensor = self.stage(torch.cat(seen, 1))
        return answer


def path_planes(motion: Tensor) -> list[Tensor]:
    """Motion from first to last, `(B, 2, H, W)` pixels, as a decomposer is told it: the quadrant's
    signs, the way in units, and its direction; six planes, all 0 where nothing moves."""
    length = torch.hypot(motion[:, :1], motion[:, 1:])
    moves = length > _MOVING
    signs = torch.where(moves, torch.where(motion < 0, -1.0, 1.0), 0.0).to(motion.dtype)
    return [signs, motion / _FAR, moves * motion / length.clamp(min=_MOVING)]
