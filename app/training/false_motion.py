"""Photos in which nothing moves, however soft or dark: what of them is taken for moving."""

from __future__ import annotations

from collections.abc import Generator

import torch
from torch import Tensor

from app.training.batches import seeded
from app.training.camera import CameraSettings, draw_cameras, photograph
from app.training.conditions import soften
from app.training.predictor_evaluation import Guesser
from app.training.stills import StillBank
from models.light import srgb_to_linear

CONDITIONS = ("plain", "soft", "dark")
"""How the stills are photographed: as they are, through a soft lens, with a sixth of the light."""

_DIM = 1 / 6


def still_photo(still: Tensor, condition: str, generator: torch.Generator) -> Tensor:
    """A camera's photo `(3, H, W)` in [0, 1] of a sharp still, `(3, H, W)` uint8.

    Args:
        still: sRGB-encoded.
        condition: one of `CONDITIONS`.
        generator: a CPU generator; decides softness, camera and noise.
    """
    radiance = srgb_to_linear(still[None].float() / 255)
    if condition == "soft":
        radiance = soften(radiance, 1.0, generator)
    elif condition == "dark":
        radiance = radiance * _DIM
    return photograph(radiance, draw_cameras(1, CameraSettings(), generator), generator)[0]


def false_motion(
    guess: Guesser, bank: StillBank, seed: int = 0
) -> Generator[tuple[int, int], None, dict[str, float]]:
    """Guess guidance for stills, yielding (photos done, how many there are).

    Args:
        guess: the first of its guesses counts.
        bank: sharp stills; some of them have motion blur of their own.
        seed: decides softness, cameras and noise.

    Returns:
        By condition the mean share of a photo's pixels that are said to move.
    """
    total = len(CONDITIONS) * len(bank.stills)
    shares: dict[str, list[float]] = {condition: [] for condition in CONDITIONS}
    done = 0
    for number, still in enumerate(bank.stills):
        for condition, found in shares.items():
            photo = still_photo(still, condition, seeded(seed, 31, number))
            found.append(float((guess(photo)[0] > 0).mean()))
            done += 1
            yield done, total
    return {condition: sum(found) / len(found) for condition, found in shares.items()}
