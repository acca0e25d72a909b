"""The guidance predictor: a blurry photo and a latent code in, one plausible motion guidance out.

AfB §3.3, a cVAE-GAN: an encoder compresses true guidance into a code, a generator turns photo and
code into guidance, and discriminators, which only fitting needs, judge the guidance alone. Its
losses are `guidance_losses`; sampling, tiles and weights files are elsewhere.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.config import NetworkConfig, preset_called
from models.layers import ResidualBlock, pad_to_multiple
from models.patch_unet import PatchUNet

CLASSES = 5
"""Static and the four quadrants."""


@dataclass(frozen=True)
class PredictorConfig(NetworkConfig):
    """Everything needed to build a `Predictor` again.

    Attributes:
        latent: numbers in the code z; 4 in the paper.
        patch: the generator reads and writes squares of so many pixels a side as one place, so its
            finest level has a `patch`-th of the photo's resolution. Outlines of guidance are
            coarse, and wide convolutions at few places beat narrow ones at many.
        widths: the generator's channels per resolution level, finest first.
        blocks: residual blocks per level above the coarsest, on the way down and again on the way
            up.
        middle_blocks: residual blocks at the coarsest level.
        encoder_widths: the encoder's channels per level, quarter resolution first.
    """

    kind = "predictor"

    latent: int = 4
    patch: int = 4
    widths: tuple[int, ...] = (48, 72, 104, 128)
    blocks: tuple[int, ...] = (2, 2, 2)
    middle_blocks: int = 2
    encoder_widths: tuple[int, ...] = (32, 48, 64)

    def __post_init__(self) -> None:
        if self.latent < 1 or self.middle_blocks < 0:
            raise ValueError("a predictor needs a latent code; no count can be negative")
        if self.patch < 1 or self.patch & (self.patch - 1):
            raise ValueError(f"a predictor's patch is a power of two, not {self.patch}")
        for name in ("widths", "encoder_widths"):
            if len(getattr(self, name)) < 2 or min(getattr(self, name)) < 1:
                raise ValueError(f"{name} must name at least two levels")
        if len(self.blocks) != len(self.widths) - 1 or min(self.blocks) < 0:
            raise ValueError(f"blocks must name {len(self.widths) - 1} levels")

    @classmethod
    def from_preset(cls, name: str) -> PredictorConfig:
        """The configuration called `name`: one of `PRESETS`.

        Raises:
            ValueError: no preset has that name.
        """
        return preset_called(name, PRESETS)


PRESETS: dict[str, PredictorConfig] = {
    "default": PredictorConfig(),
    # The widths of BicycleGAN's U-Net and encoder, on whose framework AfB §3.3 builds.
    "paper": PredictorConfig(
        patch=2,
        widths=(64, 128, 256, 512, 512),
        blocks=(1, 1, 1, 1),
        middle_blocks=1,
        encoder_widths=(64, 128, 192, 256),
    ),
}


class Prediction(NamedTuple):
    """What the generator says about every pixel.

    Attributes:
        logits: `(B, 5, H, W)` unnormalised log-likelihoods of the classes.
        axis: `(B, 2, H, W)` the motion up to its sign: (cos 2θ, sin 2θ) · ln(1 + length in pixels),
            the zero vector where nothing moves. It does not tell forwards from backwards.
    """

    logits: Tensor
    axis: Tensor

    @property
    def motion_logit(self) -> Tensor:
        """The log-odds `(B, H, W)` that a pixel moves, whichever way."""
        return torch.logsumexp(self.logits[:, 1:], dim=1) - self.logits[:, 0]

    @property
    def classes(self) -> Tensor:
        """The answer as classes `(B, H, W)`: first whether a pixel moves, then its likeliest way.

        Where four ways share the odds, static is soon the likeliest single class of pixels that
        surely move.
        """
        return torch.where(self.motion_logit > 0, self.logits[:, 1:].argmax(1) + 1, 0)


class Code(NamedTuple):
    """A normal distribution of codes, `(B, latent)` each."""

    mean: Tensor
    log_variance: Tensor

    def draw(self, noise: Tensor) -> Tensor:
        """A code `(B, latent)` from standard normal `noise` (Kingma & Welling's trick)."""
        return self.mean + torch.exp(0.5 * self.log_variance) * noise


class Predictor(nn.Module):
    """AfB's guidance predictor: encoder E and generator G.

    Both are convolutions without normalisation, so photos may have any size and shape, and a large
    photo gives the same answer in parts.
    """

    def __init__(self, config: PredictorConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = GuidanceEncoder(config)
        self.generator = GuidanceGenerator(config)

    @property
    def stride(self) -> int:
        """Sizes that are multiples of this need no padding."""
        return self.generator.stride

    def forward(self, photo: Tensor, code: Tensor) -> Prediction:
        """Predict guidance.

        Args:
            photo: `(B, 3, H, W)`, sRGB-encoded, in [0, 1]; any H, W >= 1.
            code: `(B, latent)`; a standard normal one gives a plausible answer.

        Raises:
            ValueError: the shapes do not fit together.
        """
        if photo.ndim != 4 or photo.shape[1] != 3:
            raise ValueError(f"photo must be (B, 3, H, W), not {tuple(photo.shape)}")
        if tuple(code.shape) != (photo.shape[0], self.config.latent):
            raise ValueError(
                f"code must be {(photo.shape[0], self.config.latent)}, not {tuple(code.shape)}"
            )
        height, width = photo.shape[2:]
        padded = pad_to_multiple(photo, self.generator.stride)
        answer = self.generator(padded, context=(code,))[:, :, :height, :width]
        return Prediction(answer[:, :CLASSES], answer[:, CLASSES:])

    def encode(self, guidance: Tensor) -> Code:
        """The codes that stand for true guidance `(B, 5, H, W)`, one-hot."""
        if guidance.ndim != 4 or guidance.shape[1] != CLASSES:
            raise ValueError(f"guidance must be (B, {CLASSES}, H, W), not {tuple(guidance.shape)}")
        return self.encoder(guidance)


class GuidanceEncoder(nn.Module):
    """A residual network on one-hot guidance that ends in the mean over the picture."""

    def __init__(self, config: PredictorConfig) -> None:
        super().__init__()
        widths = config.encoder_widths
        self.enter = nn.Conv2d(CLASSES, widths[0], 3, padding=1)
        self.blocks = nn.ModuleList(ResidualBlock(width) for width in widths)
        self.downs = nn.ModuleList(
            nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in itertools.pairwise(widths)
        )
        self.head = nn.Linear(widths[-1], 2 * config.latent)

    def forward(self, guidance: Tensor) -> Code:
        """`(B, 5, H, W)` → the distribution of its code."""
        # Which way things move does not hang on their exact outlines.
        coarse = F.avg_pool2d(guidance, 4, ceil_mode=True, count_include_pad=False)
        features = self.blocks[0](self.enter(coarse))
        for down, block in zip(self.downs, self.blocks[1:], strict=True):
            features = block(F.leaky_relu(down(features), 0.1))
        mean, log_variance = self.head(features.mean((2, 3))).chunk(2, dim=1)
        return Code(mean, log_variance.clamp(-8, 4))


class GuidanceGenerator(PatchUNet):
    """A U-Net on patches of the photo; the code steers every block."""

    def __init__(self, config: PredictorConfig) -> None:
        super().__init__(
            patch=config.patch,
            widths=config.widths,
            blocks=config.blocks,
            middle_blocks=config.middle_blocks,
            outputs=CLASSES + 2,
            block=lambda width: SteeredBlock(width, config.latent),
        )


class SteeredBlock(nn.Module):
    """A residual block in which the code scales and shifts every inner channel.

    Forwards and backwards are one pattern with another sign; a factor can flip it, where the
    constant planes that BicycleGAN appends can only shift it.
    """

    def __init__(self, width: int, latent: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1)
        self.steer = nn.Linear(latent, 2 * width)
        with torch.no_grad():
            # A small second convolution stands in for normalisation, as in `ResidualBlock`.
            for parameter in self.conv2.parameters():
                parameter.mul_(0.1)
            # A strong steer on random codes would be noise to what is learned of the photo.
            self.steer.weight.mul_(0.2)
            self.steer.bias.zero_()

    def forward(self, features: Tensor, code: Tensor) -> Tensor:
        """`(B, C, H, W)` and `(B, latent)` → the shape of the features."""
        scale, shift = self.steer(code)[:, :, None, None].chunk(2, dim=1)
        inner = F.leaky_relu(torch.addcmul(shift, self.conv1(features), 1 + scale), 0.1)
        return features + self.conv2(inner)


class GuidanceDiscriminator(nn.Module):
    """Two patch discriminators, the second at half the scale, that see guidance and no photo.

    Args:
        width: channels of the first layer; they double twice.
        reduce: by how much the guidance is averaged down before the finer of the two.
    """

    def __init__(self, width: int = 16, reduce: int = 4) -> None:
        super().__init__()
        self.reduce = reduce
        self.scales = nn.ModuleList(_PatchDiscriminator(width) for _ in range(2))

    def forward(self, guidance: Tensor) -> list[Tensor]:
        """`(B, 5, H, W)`, one-hot → scores `(B, 1, h, w)` per scale; 1 means true."""
        scores = []
        seen = F.avg_pool2d(guidance, self.reduce)
        for patches in self.scales:
            scores.append(patches(seen))
            seen = F.avg_pool2d(seen, 2)
        return scores


class _PatchDiscriminator(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.enter = nn.Conv2d(CLASSES, width, 4, stride=2, padding=1)
        self.down = nn.Conv2d(width, 2 * width, 4, stride=2, padding=1)
        self.middle = nn.Conv2d(2 * width, 4 * width, 3, padding=1)
        self.head = nn.Conv2d(4 * width, 1, 3, padding=1)

    def forward(self, guidance: Tensor) -> Tensor:
        features = guidance
        for layer in (self.enter, self.down, self.middle):
            features = F.leaky_relu(layer(features), 0.2)
        return self.head(features)
