"""Measuring guidance that was guessed from a photo: `unspool evaluate predictor`.

Whoever guesses is given as a function, so a predictor's samples, suggestions made of them and a
guess that does not even look at the photo are measured alike.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.errors import InputError
from app.training.batches import Batch, seeded
from app.training.encodings import headings, quantise
from app.training.predictor_measures import measure_samples, summary
from models.guidance_losses import divergences, one_hot
from models.predictor import Predictor

Guesser = Callable[[Tensor], NDArray[np.uint8]]
"""Guesses guidance: photo `(3, H, W)` in [0, 1] → classes `(K, H, W)`, the best guess first."""


def evaluate_guesses(
    scenes: Iterator[Batch], count: int, guessers: Mapping[str, Guesser]
) -> Generator[tuple[int, int], None, dict[str, dict[str, float]]]:
    """Measure every guesser on the same scenes, yielding (scenes done, `count`).

    Args:
        scenes: with exact guidance of 4 directions.
        count: how many scenes there are at most.
        guessers: by name.

    Returns:
        By name the measures of `predictor_measures.summary`, and `scenes`.

    Raises:
        InputError: there is no scene.
    """
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in guessers}
    done = 0
    for scene in scenes:
        truths, moved = classes_of(scene), scene.flow.norm(dim=1).cpu().numpy()
        for photo, truth, far in zip(scene.blurry, truths, moved, strict=True):
            for name, guess in guessers.items():
                rows[name].append(measure_samples(guess(photo), truth, far))
            done += 1
            yield done, max(count, done)
    if not done:
        raise InputError("There is no scene to measure on.")
    return {name: {"scenes": done, **summary(found)} for name, found in rows.items()}


def classes_of(scene: Batch) -> NDArray[np.uint8]:
    """The guidance of scenes as classes `(B, H, W)`."""
    classes: NDArray[np.uint8] = quantise(headings(scene.guidance), 0.5).byte().cpu().numpy()
    return classes


def sampler(model: Predictor, count: int, seed: int = 0) -> Guesser:
    """Guesses what the answers to standard normal codes say, new ones for each photo."""
    generator = seeded(seed, 12)

    def guess(photo: Tensor) -> NDArray[np.uint8]:
        return _answers(model, photo, torch.randn(count, model.config.latent, generator=generator))

    return guess


def constant(photo: Tensor) -> NDArray[np.uint8]:
    """The guess that does not look: everything moves, one way or another."""
    height, width = photo.shape[1:]
    return np.broadcast_to(np.arange(1, 5, dtype=np.uint8)[:, None, None], (4, height, width))


def measure_code(model: Predictor, scene: Batch) -> dict[str, float]:
    """What the code does for one scene.

    Returns:
        `known`, the share of moving pixels that are right under the truth's own code (absent where
        nothing moves), and `kl`, how many nats that code says.
    """
    truth = quantise(headings(scene.guidance[:1]), 0.5)
    device = next(model.parameters()).device
    with torch.inference_mode():
        code = model.encode(one_hot(truth).to(device))
    row = {"kl": float(divergences(code).sum())}
    moving = truth[0].numpy() > 0
    if moving.any():
        answer = _answers(model, scene.blurry[0], code.mean.cpu())[0]
        row["known"] = float((answer == truth[0].numpy())[moving].mean())
    return row


def _answers(model: Predictor, photo: Tensor, codes: Tensor) -> NDArray[np.uint8]:
    device = next(model.parameters()).device
    seen = photo[None].to(device, memory_format=torch.channels_last)
    with torch.inference_mode():
        answers = [model(seen, code[None].to(device)).classes for code in codes]
    classes: NDArray[np.uint8] = torch.cat(answers).byte().cpu().numpy()
    return classes
