"""The two-stage decomposer: a blurry photo and its motion guidance in, the sharp frames out.

AfB §3.2. Two families of stage networks live here: `AfbStage`, numerically equal to the authors'
code, and `ResidualUNetStage`, the small norm-free one that Unspool ships. Weights files, devices
and tiles are elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import torch
from torch import Tensor, nn

from models.along_paths import PLANES, seen_along, straight_paths
from models.carrying import carried, evened
from models.config import NetworkConfig, preset_called
from models.decomposer_stages import AfbStage, ResidualUNetStage
from models.layers import pad_to_multiple
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
        carries: stage 2 also gets stage 1's middle frame carried along that displacement, and says
            where it is to be believed (two stages that see displacement only).
        reads_along: stage 1 also sees what the photo shows along that displacement (only one that
            sees displacement).
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
    carries: bool = False
    reads_along: bool = False

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
        if self.carries and (self.stages != 2 or not self.sees_displacement):
            raise ValueError("only two stages that see displacement can carry frames along it")
        if self.reads_along and not self.sees_displacement:
            raise ValueError("only what sees displacement can read the photo along it")

    @classmethod
    def from_preset(cls, name: str) -> DecomposerConfig:
        """The configuration called `name`: one of `PRESETS`.

        Raises:
            ValueError: no preset has that name.
        """
        return preset_called(name, PRESETS)

    def listening(self) -> DecomposerConfig:
        """The same, that sees displacement, reads along it and, with two stages, carries frames.

        Raises:
            ValueError: such a network cannot.
        """
        return replace(self, sees_displacement=True, carries=self.stages == 2, reads_along=True)


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
    One that carries, too, starts from the mean of stage 1's frames and of its middle frame moved so
    far, and learns which of both to believe where. One that reads along it gathers, as Motion-ETR's
    deblurring does (Eq. 15), what was smeared on the way.
    """

    def __init__(self, config: DecomposerConfig) -> None:
        super().__init__()
        self.config = config
        photo, guide, film = 3, config.guidance_channels, 3 * config.frames
        self.reader = None
        if config.reader:
            self.reader = GuidedOffsets(config.reader, config.reader_blocks, 4)
            self.reader.requires_grad_(False)
        known = (_READ if config.reader else 0) + (_TOLD if config.sees_displacement else 0)
        along = PLANES if config.reads_along else 0
        self.stage1 = _stage(photo + guide + known + along, film, config)
        second_in = photo + film + known + (0 if config.family == "afb" else guide)
        second_out = film
        if config.carries:
            second_in, second_out = second_in + film, film + config.frames
        self.stage2 = _stage(second_in, second_out, config) if config.stages == 2 else None

    @property
    def stride(self) -> int:
        """Sizes that are multiples of this need no padding."""
        return 2 ** (len(self.config.widths) - (1 if self.config.family == "afb" else 0))

    @property
    def receptive_radius(self) -> int:
        """How many pixels around an output pixel can influence it, through both stages."""
        radius = self.stage1.receptive_radius * self.config.stages
        radius += (self.config.carries + self.config.reads_along) * (int(_FARTHEST / 2) + 1)
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
            said = self._said(displacement, signs, moving)
            known = [*self._told(said), *self._read(padded, signs)]
            residual = self.stage1(
                torch.cat([padded, signs, *known, *self._along(padded, said)], 1)
            )
            coarse = torch.where(moving, photo + residual, photo)
            second_input = [padded, signs, coarse, *known]
            moved = coarse
            if self.config.carries:
                moved = self._carried(coarse, said, signs)
                second_input.append(moved)
        frames = coarse
        if self.stage2 is not None:
            residual = self.stage2(torch.cat(second_input, 1))
            if self.config.carries:
                residual, belief = residual.split((coarse.shape[1], self.config.frames), 1)
                belief = torch.sigmoid(belief).repeat_interleave(3, 1)
                residual = residual + belief * (moved - coarse)
            # The authors add stage 2's residual everywhere; static must stay untouched.
            frames = torch.where(moving, coarse + residual, photo)
        answers = [self._crop(film, height, width) for film in (coarse, frames)]
        return Decomposition(answers[0], answers[1] if self.stage2 is not None else answers[0])

    def _said(self, displacement: Tensor | None, signs: Tensor, moving: Tensor) -> Tensor:
        """What is said about displacement, padded, `(B, 2, H, W)`; 0 where nothing is."""
        if displacement is None:
            return torch.zeros_like(signs)
        said = pad_to_multiple(displacement, self.stride) * moving
        return said * (_FARTHEST / _length(said).clamp(min=_FARTHEST))

    def _told(self, said: Tensor) -> list[Tensor]:
        """The same as planes, `(B, 4, H, W)`, if the network listens to it."""
        if not self.config.sees_displacement:
            return []
        return [said / _FAR, said / _length(said).clamp(min=1e-12)]

    def _along(self, photo: Tensor, said: Tensor) -> list[Tensor]:
        """What the photo shows along that, `(B, 24, H, W)`, if the network looks there."""
        return [seen_along(photo, straight_paths(said))] if self.config.reads_along else []

    def _carried(self, coarse: Tensor, said: Tensor, signs: Tensor) -> Tensor:
        """Stage 1's middle frame carried along that, `(B, 3T, H, W)`; elsewhere its frames."""
        film = carried(coarse.unflatten(1, (self.config.frames, 3)), evened(said, signs))
        return torch.where(said.ne(0).any(dim=1, keepdim=True), film.flatten(1, 2), coarse)

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


def _length(vectors: Tensor) -> Tensor:
    """Of `(B, 2, H, W)`; torch's own norm over so few takes ten times as long."""
    return torch.hypot(vectors[:, :1], vectors[:, 1:])


def freed_pixels(guidance: Tensor) -> Tensor:
    """Where guidance `(B, G, H, W)` lets frames differ from the photo: `(B, 1, H, W)` bool."""
    if guidance.shape[1] == 0:
        count, _, height, width = guidance.shape
        return torch.ones(count, 1, height, width, dtype=torch.bool, device=guidance.device)
    return guidance.ne(0).any(dim=1, keepdim=True)


def _stage(
    in_channels: int, out_channels: int, config: DecomposerConfig
) -> AfbStage | ResidualUNetStage:
    """One stage of the family that the configuration names."""
    if config.family == "afb":
        return AfbStage(
            in_channels, out_channels, widths=config.widths, middle_blocks=config.middle_blocks
        )
    return ResidualUNetStage(
        in_channels,
        out_channels,
        widths=config.widths,
        encoder_blocks=config.encoder_blocks,
        middle_blocks=config.middle_blocks,
        decoder_blocks=config.decoder_blocks,
    )
