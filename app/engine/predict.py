"""What a photo says about its own motion: the predictor's answers to several codes.

What is made of them - parts, suggestions - is `moving_parts` and `suggest`.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.animate import Progress
from app.engine.device import resolve_device
from app.engine.weights import DEFAULT_PREDICTOR, load_predictor
from app.errors import InputError
from app.media.photos import Pixels, resize_to_max_edge, to_8bit, to_float
from models.predictor import Predictor

MAX_EDGE = 640
"""Pixels of the longer edge at which photos are looked at. The predictor knows blur of up to some
48 pixels, and reduced photos are as crisp as those that it was fitted to."""


@dataclass(frozen=True)
class PredictSettings:
    """What may be chosen about a prediction.

    Attributes:
        codes: how many codes are tried; half of them are the negatives of the others.
        weights: a name or a path, see `app.engine.weights`.
        device: "auto", "cuda", "mps" or "cpu".
        max_edge: see `MAX_EDGE`.
        seed: decides the codes; the same seed gives the same answers.
    """

    codes: int = 12
    weights: str = DEFAULT_PREDICTOR
    device: str = "auto"
    max_edge: int = MAX_EDGE
    seed: int = 0


@dataclass(frozen=True)
class Predicted:
    """The predictor's answers, at the reduced photo's size.

    Attributes:
        pixels: (h, w, 3) uint8, the reduced photo.
        probabilities: (K, 5, h, w) float32, of the classes, per code.
        axis: (2, h, w) float32, mean over the codes, see `models.predictor.Prediction`.
    """

    pixels: NDArray[np.uint8]
    probabilities: NDArray[np.float32]
    axis: NDArray[np.float32]

    @property
    def moving(self) -> NDArray[np.float32]:
        """(h, w) how likely each pixel moves, whichever way."""
        moving: NDArray[np.float32] = 1 - self.probabilities[:, 0].mean(0)
        return moving


def predict(
    pixels: Pixels, settings: PredictSettings | None = None
) -> Generator[Progress, None, Predicted]:
    """Ask the predictor about a photo.

    Args:
        pixels: (H, W, 3) uint8 or uint16, upright, sRGB-encoded; any size.
        settings: see `PredictSettings`.

    Yields:
        Progress of the stages "load" and "predict". Closing the generator cancels.

    Raises:
        InputError: settings, device or weights are wrong.
    """
    settings = settings or PredictSettings()
    if settings.codes < 1 or settings.max_edge < 16:
        raise InputError("A prediction needs at least one code and an edge of 16 pixels.")
    yield Progress("load", 0, 1)
    network = load_predictor(settings.weights, resolve_device(settings.device))
    yield Progress("load", 1, 1)
    reduced = to_8bit(resize_to_max_edge(pixels, settings.max_edge))
    photo = torch.from_numpy(to_float(reduced)).permute(2, 0, 1)[None]
    codes = draw_codes(network, settings.codes, settings.seed)
    probabilities, axis = [], torch.zeros(2, *photo.shape[2:])
    for number, code in enumerate(codes):
        answer, axes = _answer(network, photo, code[None])
        probabilities.append(answer)
        axis += axes / len(codes)
        yield Progress("predict", number + 1, len(codes))
    return Predicted(reduced, torch.stack(probabilities).numpy(), axis.numpy())


def draw_codes(network: Predictor, count: int, seed: int) -> torch.Tensor:
    """`(count, latent)` standard normal codes, each followed by its negative."""
    generator = torch.Generator().manual_seed(seed)
    half = torch.randn((count + 1) // 2, network.config.latent, generator=generator)
    return torch.stack([half, -half], dim=1).flatten(0, 1)[:count]


def _answer(
    network: Predictor, photo: torch.Tensor, code: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    device = next(network.parameters()).device
    with torch.inference_mode():
        answer = network(photo.to(device, memory_format=torch.channels_last), code.to(device))
        return answer.logits.softmax(1)[0].float().cpu(), answer.axis[0].float().cpu()
