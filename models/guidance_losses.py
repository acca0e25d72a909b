"""Losses for fitting guidance predictors (AfB Eq. 9) as pure functions of tensors.

Three terms are the paper's: cross-entropy of the reconstruction, KL divergence of the code, LSGAN.
Two are blind to forwards and backwards, which a photo cannot tell: whether a pixel moves and along
which diagonal, and along which axis exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from models.axes import axis_of
from models.predictor import CLASSES, Code, Prediction


@dataclass(frozen=True)
class GuidanceLossSettings:
    """Weights of the terms; 0 leaves one out.

    Attributes:
        reconstruction: cross-entropy of the five classes under the code of the truth.
        sign: the part of it that a photo cannot tell, forwards or backwards, by itself. Together
            with `blind` it makes up the whole cross-entropy, but the code cannot gain anything by
            naming what the photo shows.
        kl: divergence of that code from a standard normal, summed over its numbers.
        free_bits: nats per number of the code below which divergence costs nothing, which keeps
            the code from falling silent (Kingma et al. 2016).
        kl_warmup: steps over which `kl` rises from 0, so that the code is used before it is taxed.
        prior: share of the samples whose code is drawn from the standard normal instead. Such a
            code knows nothing of the truth, so what the photo can tell must be learned from the
            photo. Without them the code soon names the class of the background, and the generator
            stops looking.
        blind: for those samples, the other part of the cross-entropy: of static and the two
            diagonals, whichever way.
        axis: absolute error of `Prediction.axis`, for all samples.
        gan: the generator's LSGAN term, summed over scales, for all samples.
    """

    reconstruction: float = 1.0
    sign: float = 0.0
    kl: float = 0.01
    free_bits: float = 0.0
    kl_warmup: int = 0
    prior: float = 0.0
    blind: float = 0.0
    axis: float = 0.0
    gan: float = 0.0


GUIDANCE_LOSSES: dict[str, GuidanceLossSettings] = {
    "default": GuidanceLossSettings(
        reconstruction=0,
        sign=1.0,
        kl=0.03,
        free_bits=0.1,
        kl_warmup=200,
        prior=0.5,
        blind=1.0,
        axis=0.5,
        gan=0.02,
    ),
    "reading": GuidanceLossSettings(
        reconstruction=0,
        sign=1.0,
        kl=0.03,
        free_bits=0.1,
        prior=0.75,
        blind=1.0,
        axis=0.5,
    ),
    "paper": GuidanceLossSettings(reconstruction=10, kl=0.1, gan=0.1),
    "code": GuidanceLossSettings(reconstruction=10, kl=0.01, gan=1.0),
}
"""Losses by name: "reading" goes on where the code already says what it can, and spends three of
four samples on what the photo says; "paper" has the weights of AfB's text, "code" those of its
authors' code."""


def one_hot(classes: Tensor) -> Tensor:
    """Classes `(B, H, W)` → `(B, 5, H, W)` float."""
    return F.one_hot(classes.long(), CLASSES).movedim(3, 1).float().contiguous()


def reconstruction_loss(prediction: Prediction, classes: Tensor) -> Tensor:
    """Cross-entropy against true classes `(B, H, W)`: `(B,)`, means over pixels."""
    return F.cross_entropy(prediction.logits, classes.long(), reduction="none").mean((1, 2))


def sign_loss(prediction: Prediction, classes: Tensor) -> Tensor:
    """Cross-entropy of a moving pixel's class against its inverse: `(B,)`, means over all pixels.

    `blind_loss` and this add up to `reconstruction_loss`.
    """
    index = classes.long().clamp(min=1)
    inverse = (index + 1) % 4 + 1
    logits = prediction.logits
    ahead = logits.gather(1, index[:, None]) - logits.gather(1, inverse[:, None])
    return (F.softplus(-ahead[:, 0]) * (classes > 0)).mean((1, 2))


def blind_loss(prediction: Prediction, classes: Tensor) -> Tensor:
    """The same where a direction and its inverse are one class: static, one diagonal, the other."""
    logits = prediction.logits
    merged = torch.stack(
        [
            logits[:, 0],
            torch.logaddexp(logits[:, 1], logits[:, 3]),
            torch.logaddexp(logits[:, 2], logits[:, 4]),
        ],
        dim=1,
    )
    axes = torch.where(classes > 0, (classes - 1) % 2 + 1, 0)
    return F.cross_entropy(merged, axes.long(), reduction="none").mean((1, 2))


def axis_loss(prediction: Prediction, flow: Tensor) -> Tensor:
    """Absolute error of the axis against true flow `(B, 2, H, W)`: `(B,)`, means over values."""
    return (prediction.axis - axis_of(flow)).abs().mean((1, 2, 3))


def divergences(code: Code) -> Tensor:
    """Divergence of each number of a code from a standard normal, nats `(B, latent)`."""
    return 0.5 * (code.mean.square() + code.log_variance.exp() - 1 - code.log_variance)


def kl_loss(code: Code, taxed: Tensor | None = None) -> Tensor:
    """Divergence of codes from a standard normal in nats, summed over numbers: `(B,)`.

    Args:
        code: `(B, latent)`.
        taxed: `(latent,)` bool, see `taxed_numbers`; all by default.
    """
    each = divergences(code)
    return (each if taxed is None else each * taxed).sum(1)


def taxed_numbers(code: Code, free_bits: float) -> Tensor:
    """Which numbers of a batch's codes `(B, latent)` say more than is free: `(latent,)` bool.

    What counts is a number's mean over the batch, so that one sample may say more, another less.
    """
    return divergences(code).mean(0).detach() > free_bits


def hard_samples(logits: Tensor, noise: Tensor, temperature: float = 1.0) -> Tensor:
    """One-hot samples `(B, 5, H, W)` whose gradient is the soft one's (straight-through Gumbel).

    Args:
        logits: `(B, 5, H, W)`.
        noise: the same shape, uniform in [0, 1).
        temperature: τ of the softmax.
    """
    gumbel = -torch.log(-torch.log(noise.clamp(1e-6, 1 - 1e-6)))
    soft = torch.softmax((logits + gumbel) / temperature, dim=1)
    # Comparing is several times quicker than argmax; two equal floats do not occur.
    hard = (soft == soft.amax(1, keepdim=True)).to(soft.dtype)
    return hard + soft - soft.detach()


def generator_gan_loss(scores: list[Tensor]) -> Tensor:
    """LSGAN: how far the discriminators are from taking the samples for true."""
    return torch.stack([(score - 1).square().mean() for score in scores]).sum()


def discriminator_gan_loss(true: list[Tensor], drawn: list[Tensor]) -> Tensor:
    """LSGAN: how far the discriminators are from telling true guidance (1) and samples (0)."""
    errors = [
        ((t - 1).square().mean() + d.square().mean()) / 2 for t, d in zip(true, drawn, strict=True)
    ]
    return torch.stack(errors).sum()
