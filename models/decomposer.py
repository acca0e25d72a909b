"""The two-stage decomposer: a blurry photo and its motion guidance in, the sharp frames out.

AfB §3.2. Two families of stage networks live here: `AfbStage`, numerically equal to the authors'
code, and `ResidualUNetStage`, the small norm-free one that Unspool ships. Weights files, devices
and tiles are elsewhere.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.config import NetworkConfig, preset_called
from models.layers import pad_to_multiple, residual_blocks
from models.offset_networks import GuidedOffsets

FAMILIES = ("afb", "residual-unet")

_READ = 7
"""Planes that a reader gives: start and end (x, y), axis (cos 2θ, sin 2θ), length."""
_PIXELS = 8.0
"""The unit of start and end there, about what ends are away from the middle."""
_TOLD = 4
"""Planes of a displacement that is told: in units (x, y), and its direction (cos, sin)."""
_FAR = 16.0
"""That unit in pixels."""
_FARTHEST = 80.0
"""Pixels beyond which no farther displacement is told: networks were never shown any."""


@dataclass(frozen=True)
class DecomposerConfig(NetworkConfig):
    """Everything needed to build a `Decomposer` again.

    Attributes:
        family: "residual-unet" (ours) or "afb" (the authors' architecture, AfB Fig. 11).
        frames: T, how many frames the exposure is decomposed into.
        guidance_channels: sign channels of the guidance; 2 for the four quadrants, 0 for a network
            that is not guided and may change every pixel (the baseline of AfB Fig. 9).
        stages: 2 as in the paper, or 1 for its ablation (Table 3).
        widths: channels per resolution level, finest first. In "residual-unet" the first level is
            half resolution (pixel-unshuffled); in "afb" it is full resolution.
        encoder_blocks, decoder_blocks: residual blocks per level above the coarsest
            ("residual-unet" only).
        middle_blocks: residual blocks at the coarsest level.
        reader: channels per level of a guided offset network whose reading of the blur both stages
            see; none leaves it out ("residual-unet" with two guidance channels only).
        reader_blocks: its residual blocks per level.
        sees_displacement: whether it can be told how far things moved, and exactly which way
            ("residual-unet" with two guidance channels only).
    """

    kind = "decomposer"

    family: str = "residual-unet"
    frames: int = 7
    guidance_channels: int = 2
    stages: int = 2
    widths: tuple[int, ...] = (32, 64, 96, 160)
    encoder_blocks: tuple[int, ...] = (1, 1, 2)
    middle_blocks: int = 3
    decoder_blocks: tuple[int, ...] = (1, 1, 2)
    reader: tuple[int, ...] = ()
    reader_blocks: int = 2
    sees_displacement: bool = False

    def __post_init__(self) -> None:
        if self.family not in FAMILIES:
            raise ValueError(f"unknown decomposer family '{self.family}' (known: {FAMILIES})")
        if self.stages not in (1, 2):
            raise ValueError(f"a decomposer has 1 or 2 stages, not {self.stages}")
        if self.frames < 2 or self.guidance_channels < 0 or self.middle_blocks < 0:
            raise ValueError("a decomposer needs at least 2 frames; no count can be negative")
        if len(self.widths) < 2 or min(self.widths) < 1:
            raise ValueError(f"widths must name at least two levels, not {self.widths}")
        levels = len(self.widths) - 1
        if self.family == "residual-unet" and not (
            len(self.encoder_blocks) == len(self.decoder_blocks) == levels
        ):
            raise ValueError(f"encoder_blocks and decoder_blocks must each name {levels} levels")
        if self.reader:
            if self.family != "residual-unet" or self.guidance_channels != 2:
                raise ValueError("only a residual-unet with two guidance channels has a reader")
            if len(self.reader) < 2 or min(self.reader) < 1 or self.reader_blocks < 0:
                raise ValueError("a reader needs at least two levels; no count can be negative")
        if self.sees_displacement and (
            self.family != "residual-unet" or self.guidance_channels != 2
        ):
            raise ValueError("only a residual-unet with two guidance channels sees displacement")

    @classmethod
    def from_preset(cls, name: str) -> DecomposerConfig:
        """The configuration called `name`: one of `PRESETS`.

        Raises:
            ValueError: no preset has that name.
        """
        return preset_called(name, PRESETS)


PRESETS: dict[str, DecomposerConfig] = {
    "default": DecomposerConfig(),
    "fast": DecomposerConfig(
        widths=(24, 48, 64, 96),
        encoder_blocks=(1, 1, 1),
        middle_blocks=2,
        decoder_blocks=(1, 1, 1),
    ),
    # The ablation of stage 2 (AfB Table 3): one stage with the parameters of default's two.
    "one-stage": DecomposerConfig(stages=1, widths=(48, 96, 136, 224)),
    # Small enough to repeat the papers' ablations on a processor, with its own one-stage twin.
    "tiny": DecomposerConfig(
        widths=(16, 32, 48), encoder_blocks=(1, 1), middle_blocks=2, decoder_blocks=(1, 1)
    ),
    "tiny-one-stage": DecomposerConfig(
        stages=1,
        widths=(23, 46, 70),
        encoder_blocks=(1, 1),
        middle_blocks=2,
        decoder_blocks=(1, 1),
    ),
    # AfB Fig. 11: base width 128, at most 512, two down blocks, 12 residual blocks.
    "paper": DecomposerConfig(
        family="afb", widths=(128, 256, 512), encoder_blocks=(), middle_blocks=12, decoder_blocks=()
    ),
}


class Decomposition(NamedTuple):
    """Both stages' answers, `(B, T, 3, H, W)` each, nominally in [0, 1], first to last in time."""

    coarse: Tensor
    frames: Tensor


class Decomposer(nn.Module):
    """AfB's two-stage decomposer (§3.2, Eq. 8) for photos of any size.

    Stage 1 expands the photo into coarse frames under the guidance; stage 2 sees the photo, the
    guidance (our family only) and the coarse frames, and adds a residual. Wherever the guidance is
    static, both stages return the photo itself, bit for bit.

    With a reader both stages also see how far and along which line every pixel moved. Beyond the
    paper: known trajectories teach that sooner than frames do, so the reader is fitted on its own
    (`trajectory`) and fitting the frames leaves it as it is.

    One that sees displacement can be told, wherever a person or another photo of the scene knows
    it, from where to where things moved. Beyond the paper: a quadrant says which way, but how far
    is in the photo only where there is texture, and a network in doubt moves things too little.
    """

    def __init__(self, config: DecomposerConfig) -> None:
        super().__init__()
        self.config = config
        photo, guide, film = 3, config.guidance_channels, 3 * config.frames
        stage = AfbStage if config.family == "afb" else ResidualUNetStage
        self.reader = None
        if config.reader:
            self.reader = GuidedOffsets(config.reader, config.reader_blocks, 4)
            self.reader.requires_grad_(False)
        known = (_READ if config.reader else 0) + (_TOLD if config.sees_displacement else 0)
        self.stage1 = stage(photo + guide + known, film, config)
        second_in = photo + film + known + (0 if config.family == "afb" else guide)
        self.stage2 = stage(second_in, film, config) if config.stages == 2 else None

    @property
    def stride(self) -> int:
        """Sizes that are multiples of this need no padding."""
        return 2 ** (len(self.config.widths) - (1 if self.config.family == "afb" else 0))

    @property
    def receptive_radius(self) -> int:
        """How many pixels around an output pixel can influence it, through both stages."""
        radius = self.stage1.receptive_radius * self.config.stages
        return radius + (self.reader.receptive_radius if self.reader is not None else 0)

    def forward(
        self, blurry: Tensor, guidance: Tensor, displacement: Tensor | None = None
    ) -> Decomposition:
        """Decompose a batch.

        Args:
            blurry: `(B, 3, H, W)`, sRGB-encoded, in [0, 1]; any H, W >= 1.
            guidance: `(B, G, H, W)` signs in {-1, 0, +1}; all channels 0 means static. With no
                channel at all, nothing is static.
            displacement: `(B, 2, H, W)` pixels (x, y) from where things are first to where they are
                last, 0 where nobody says; for a network that sees it. None says nothing.

        Returns:
            Coarse and final frames, `(B, T, 3, H, W)`; with one stage they are the same tensor.
            Values are not clamped, so that fitting sees gradients beyond the ends of the range.

        Raises:
            ValueError: the shapes do not fit together.
        """
        if blurry.ndim != 4 or blurry.shape[1] != 3:
            raise ValueError(f"blurry must be (B, 3, H, W), not {tuple(blurry.shape)}")
        expected = (blurry.shape[0], self.config.guidance_channels, *blurry.shape[2:])
        if tuple(guidance.shape) != expected:
            raise ValueError(f"guidance must be {expected}, not {tuple(guidance.shape)}")
        if displacement is not None and (
            not self.config.sees_displacement or displacement.shape != guidance.shape
        ):
            raise ValueError(
                f"displacement {tuple(displacement.shape)} is not what this network is told"
            )
        height, width = blurry.shape[2:]
        padded = pad_to_multiple(blurry, self.stride)
        signs = pad_to_multiple(guidance, self.stride)
        moving = freed_pixels(signs)
        photo = padded.repeat(1, self.config.frames, 1, 1)

        if self.config.family == "afb":
            coarse = torch.where(moving, self.stage1(torch.cat([padded, signs], 1)), photo)
            second_input = [padded, coarse]
        else:
            known = [*self._told(displacement, signs, moving), *self._read(padded, signs)]
            residual = self.stage1(torch.cat([padded, signs, *known], 1))
            coarse = torch.where(moving, photo + residual, photo)
            second_input = [padded, signs, coarse, *known]
        frames = coarse
        if self.stage2 is not None:
            residual = self.stage2(torch.cat(second_input, 1))
            # The authors add stage 2's residual everywhere; static must stay untouched.
            frames = torch.where(moving, coarse + residual, photo)
        answers = [self._crop(film, height, width) for film in (coarse, frames)]
        return Decomposition(answers[0], answers[1] if self.stage2 is not None else answers[0])

    def _told(self, displacement: Tensor | None, signs: Tensor, moving: Tensor) -> list[Tensor]:
        """What is said about displacement, `(B, 4, H, W)`, if the network listens to it."""
        if not self.config.sees_displacement:
            return []
        if displacement is None:
            return [torch.zeros_like(signs).repeat(1, 2, 1, 1)]
        said = pad_to_multiple(displacement, self.stride) * moving
        said = said * (_FARTHEST / said.norm(dim=1, keepdim=True).clamp(min=_FARTHEST))
        return [said / _FAR, F.normalize(said, dim=1)]

    def _read(self, photo: Tensor, signs: Tensor) -> list[Tensor]:
        """What the reader says about every pixel, `(B, 7, H, W)`, if there is one."""
        if self.reader is None:
            return []
        with torch.no_grad():
            reading = self.reader.read(photo, signs)
            ends = self.reader.ends(reading, signs) / _PIXELS
        return [torch.cat([ends, reading.axis, reading.length], 1).to(photo.dtype)]

    def _crop(self, film: Tensor, height: int, width: int) -> Tensor:
        return film[:, :, :height, :width].unflatten(1, (self.config.frames, 3))


def freed_pixels(guidance: Tensor) -> Tensor:
    """Where guidance `(B, G, H, W)` lets frames differ from the photo: `(B, 1, H, W)` bool."""
    if guidance.shape[1] == 0:
        count, _, height, width = guidance.shape
        return torch.ones(count, 1, height, width, dtype=torch.bool, device=guidance.device)
    return guidance.ne(0).any(dim=1, keepdim=True)


class ResidualUNetStage(nn.Module):
    """A norm-free 3×3 residual U-Net on pixel-unshuffled input with a zero-initialised linear head.

    Without normalisation or pooling over the image, a tile gives the same answer as the whole
    photo; with the zero head, fitting starts from "the photo repeated".
    """

    def __init__(self, in_channels: int, out_channels: int, config: DecomposerConfig) -> None:
        super().__init__()
        widths = config.widths
        finer, coarser = widths[:-1], widths[1:]
        self.enter = nn.Conv2d(4 * in_channels, widths[0], 3, padding=1)
        self.encoders = nn.ModuleList(
            residual_blocks(width, count)
            for width, count in zip(finer, config.encoder_blocks, strict=True)
        )
        self.downs = nn.ModuleList(
            nn.Conv2d(a, b, 2, stride=2) for a, b in zip(finer, coarser, strict=True)
        )
        self.middle = residual_blocks(widths[-1], config.middle_blocks)
        self.ups = nn.ModuleList(
            nn.Conv2d(b, 4 * a, 1) for a, b in zip(finer, coarser, strict=True)
        )
        self.decoders = nn.ModuleList(
            residual_blocks(width, count)
            for width, count in zip(finer, config.decoder_blocks, strict=True)
        )
        self.head = nn.Conv2d(widths[0], 4 * out_channels, 3, padding=1)
        for parameter in self.head.parameters():
            nn.init.zeros_(parameter)
        self.receptive_radius = _unet_radius(config)

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


def _unet_radius(config: DecomposerConfig) -> int:
    """Receptive radius of one `ResidualUNetStage` in input pixels, an upper bound."""
    levels = zip(config.encoder_blocks, config.decoder_blocks, strict=True)
    scale, radius = 2, 2 * 2 + 1  # enter and head
    for encoder, decoder in levels:
        radius += 2 * scale * (encoder + decoder)
        scale *= 2
        radius += scale - 1  # both ends of the strided convolution and its inverse
    return radius + 2 * scale * config.middle_blocks


class AfbStage(nn.Module):
    """One stage as the authors build it (AfB Fig. 11); names match their state dict."""

    def __init__(self, in_channels: int, out_channels: int, config: DecomposerConfig) -> None:
        super().__init__()
        widths = config.widths
        pairs = list(itertools.pairwise(widths))
        self.first_conv = _ConvNorm(in_channels, widths[0], kernel=7)
        self.down_blocks = nn.ModuleList(_DownBlock(a, b) for a, b in pairs)
        self.bottleneck = nn.Sequential(
            *[_PreActivationBlock(widths[-1]) for _ in range(config.middle_blocks)]
        )
        self.up_blocks = nn.ModuleList(_UpBlock(b, a) for a, b in reversed(pairs))
        self.final_conv = nn.Sequential(
            nn.Conv2d(widths[0], out_channels, 7, padding=3), nn.Sigmoid()
        )
        coarsest = 2 ** len(pairs)
        # 7×7 ends; per level a 3×3, a strided 3×3, a transposed 4×4 and a 3×3; two 3×3 per block.
        self.receptive_radius = (
            6 + sum(5 * 2**i for i in range(len(pairs))) + coarsest * (1 + 2 * config.middle_blocks)
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
