"""What a photo says about its own motion: the predictor's answers to several codes, or a reading.

An offset network that reads blur tells lines of motion and how far, and of every line both ways are
as likely; the predictor also knows what goes together. Both together are better than either. What
is made of their answers - parts, suggestions - is `moving_parts` and `suggest`.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.device import resolve_device
from app.engine.progress import Progress
from app.engine.weights import load_guesser
from app.errors import InputError
from app.media.pixels import Pixels, resize_to_max_edge, to_8bit, to_float
from app.weights_files import installed_guessers
from models.offset_networks import Reading, length_of
from models.predictor import Predictor
from models.trajectory import TrajectoryNetwork

MAX_EDGE = 640
"""Pixels of the longer edge at which photos are looked at. The predictor knows blur of up to some
48 pixels, and reduced photos are as crisp as those that it was fitted to."""


_LEAST = 0.2
"""Pixels that are read from which on motion is likelier than none."""
_DOUBT = 0.1
"""How slowly that turns, in units of a reading's length."""
_TELLING = 4.0
"""How clearly the axis of a reading tells one diagonal from the other."""
_PLAINLY = 1.5
"""Pixels that are read from which on motion is taken for plain."""
_BIAS, _SAID, _READ, _ENOUGH = 0.3, 1.0, 0.25, 3.0
"""How both networks add up to the log-odds that a pixel moves: what the predictor says and, up to
some forty pixels, the length that is read. A logistic regression on 192 simulated scenes of the
stills that the networks were fitted to, but with two thirds of its bias: real photos are softer."""
_SEEN = 1.25
"""How plain motion is whose line shows as surely as can be; at 0.63 of that, half as plain."""


@dataclass(frozen=True)
class PredictSettings:
    """What may be chosen about a prediction.

    Attributes:
        codes: how many codes are tried; half of them are the negatives of the others.
        weights: a name or a path of a predictor or of an offset network that reads; None asks all
            of `GUESSERS` that are installed.
        device: "auto", "cuda", "mps" or "cpu".
        max_edge: see `MAX_EDGE`.
        seed: decides the codes; the same seed gives the same answers.
    """

    codes: int = 6
    weights: str | None = None
    device: str = "auto"
    max_edge: int = MAX_EDGE
    seed: int = 0


@dataclass(frozen=True)
class Predicted:
    """The network's answers, at the reduced photo's size.

    Attributes:
        pixels: (h, w, 3) uint8, the reduced photo.
        probabilities: (K, 5, h, w) float32, of the classes, per code; of a reading, K is 1.
        axis: (2, h, w) float32, mean over the codes, see `models.predictor.Prediction`.
        plain: (h, w) float32, how plainly each pixel moves, 0 to 1: far, and along a line that
            shows. Clouds, dark corners and what is out of focus are soft, too, but have none. None
            where no offset network was asked.
    """

    pixels: NDArray[np.uint8]
    probabilities: NDArray[np.float32]
    axis: NDArray[np.float32]
    plain: NDArray[np.float32] | None = None

    @property
    def moving(self) -> NDArray[np.float32]:
        """(h, w) how likely each pixel moves, whichever way."""
        moving: NDArray[np.float32] = 1 - self.probabilities[:, 0].mean(0)
        return moving


def predict(
    pixels: Pixels, settings: PredictSettings | None = None
) -> Generator[Progress, None, Predicted]:
    """Ask a network about a photo.

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
    names = [settings.weights] if settings.weights else installed_guessers()
    networks = [load_guesser(name, resolve_device(settings.device)) for name in names]
    yield Progress("load", 1, 1)
    reduced = to_8bit(resize_to_max_edge(pixels, settings.max_edge))
    photo = torch.from_numpy(to_float(reduced)).permute(2, 0, 1)[None]
    answer, reading = None, None
    for network in networks:
        if isinstance(network, TrajectoryNetwork):
            yield Progress("predict", 0, 1)
            reading = _read(network, photo)
        else:
            answer = yield from _answers(network, photo, settings)
    if answer is not None:
        probabilities, axis = answer
        if reading is not None:
            probabilities = agreed(probabilities, reading)
    else:
        assert reading is not None, "there is always somebody who guesses"
        probabilities, axis = classes_of(reading)
    plain = None if reading is None else plainness(reading)[0].numpy()
    return Predicted(reduced, probabilities.numpy(), axis[0].numpy(), plain)


def agreed(probabilities: torch.Tensor, reading: Reading) -> torch.Tensor:
    """What a predictor and an offset network say together of one photo.

    How likely things move is a weighted sum of what both say, as log-odds; what moves goes the
    predictor's ways.

    Args:
        probabilities: `(K, 5, h, w)`, the predictor's, per code.
        reading: of the photo.

    Returns:
        `(K, 5, h, w)`.
    """
    said = torch.logit(1 - probabilities[:, :1].mean(0), eps=1e-4)
    moving = torch.sigmoid(_BIAS + _SAID * said + _READ * reading.length[0].clamp(0, _ENOUGH))
    # Where nothing moves for certain, all ways are alike.
    ways = probabilities[:, 1:] + 1e-6
    ways = ways * moving / ways.sum(1, keepdim=True)
    return torch.cat([(1 - moving).expand(len(ways), -1, -1, -1), ways], 1)


def draw_codes(network: Predictor, count: int, seed: int) -> torch.Tensor:
    """`(count, latent)` standard normal codes, each followed by its negative."""
    generator = torch.Generator().manual_seed(seed)
    half = torch.randn((count + 1) // 2, network.config.latent, generator=generator)
    return torch.stack([half, -half], dim=1).flatten(0, 1)[:count]


def _read(network: TrajectoryNetwork, photo: torch.Tensor) -> Reading:
    """What an offset network reads of a photo `(B, 3, H, W)` in [0, 1] without being told."""
    device = next(network.parameters()).device
    with torch.inference_mode():
        reading = network.read(photo.to(device, memory_format=torch.channels_last))
        return Reading(*(part.float().cpu() for part in reading))


def classes_of(reading: Reading) -> tuple[torch.Tensor, torch.Tensor]:
    """What was read of photos without guidance, as the predictor would say it.

    Returns:
        How likely the five classes are, `(B, 5, H, W)`, and the axis, `(B, 2, H, W)`, see
        `models.predictor.Prediction`. Forwards is as likely as backwards.
    """
    pixels = length_of(reading)
    moving = _farther_than(_LEAST, reading)
    sine = reading.axis[:, 1]
    # Upwards to the right and downwards to the left are one diagonal; y points down.
    rising = torch.sigmoid(-_TELLING * sine)[:, None]
    both = torch.cat([1 - moving, *[moving * half / 2 for half in (rising, 1 - rising) * 2]], 1)
    unit = reading.axis / reading.axis.norm(dim=1, keepdim=True).clamp(min=1e-6)
    return both, unit * torch.log1p(pixels)


def plainness(reading: Reading) -> torch.Tensor:
    """`(B, H, W)`, see `Predicted.plain`; an axis is the shorter, the less sure it is."""
    surety = reading.axis.square().sum(1)
    return (_SEEN * surety * _farther_than(_PLAINLY, reading)[:, 0]).clamp(max=1)


def _farther_than(pixels: float, reading: Reading) -> torch.Tensor:
    """`(B, 1, H, W)` how likely it is that things moved by so many pixels at least."""
    return torch.sigmoid((reading.length - math.log1p(pixels / 2)) / _DOUBT)


def _answers(
    network: Predictor, photo: torch.Tensor, settings: PredictSettings
) -> Generator[Progress, None, tuple[torch.Tensor, torch.Tensor]]:
    """The predictor's probabilities for several codes, and the mean of its axes `(1, 2, h, w)`."""
    device = next(network.parameters()).device
    seen = photo.to(device, memory_format=torch.channels_last)
    codes = draw_codes(network, settings.codes, settings.seed)
    probabilities, axis = [], torch.zeros(1, 2, *photo.shape[2:])
    for number, code in enumerate(codes):
        with torch.inference_mode():
            answer = network(seen, code[None].to(device))
            probabilities.append(answer.logits.softmax(1).float().cpu())
            axis = axis + answer.axis.float().cpu() / len(codes)
        yield Progress("predict", number + 1, len(codes))
    return torch.cat(probabilities), axis
