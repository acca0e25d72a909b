"""Suggested guidance for a photo: what moves as a few parts, each pointing one plausible way.

What may have moved is `hypotheses`, which of them are shown `choosing`; their outlines as editable
regions are `outlines`. The command line and the window share this.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.engine.animate import AnimateSettings, Animation, animate
from app.engine.choosing import choose
from app.engine.hypotheses import Ways, painted
from app.engine.moving_parts import Labels
from app.engine.predict import PredictSettings, predict
from app.engine.progress import Progress, finish
from app.engine.weights import FAST_DECOMPOSER, NO_READINGS
from app.errors import InputError
from app.guidance.maps import GuidanceMap
from app.media.pixels import Pixels

_NATS_PER_DECIBEL = 0.25
_GOOD_REBLUR = 40.0
"""What a better re-blur counts for beside the predictor's word, and up to how many dB: beyond,
errors drown in the photo's noise, and films that hardly move would win. Forwards and backwards
re-blur alike, so it mostly tells a wrong axis from a right one."""


@dataclass(frozen=True)
class SuggestSettings:
    """What may be chosen about suggestions.

    Attributes:
        count: at most so many; a photo in which one part clearly moves has only two.
        predict: how the predictor is asked.
        film_weights: the decomposer that tries them.
        film_edge: the longer edge of the small films, in pixels.
    """

    count: int = 5
    predict: PredictSettings = field(default_factory=PredictSettings)
    film_weights: str = FAST_DECOMPOSER
    film_edge: int = 256


@dataclass(frozen=True, eq=False)
class Suggestion:
    """One plausible guidance.

    Attributes:
        labels: (h, w) which part each pixel belongs to, 0 static; smaller than the photo.
        ways: the class of every part.
        likelihood: the predictor's, as a natural logarithm; comparable within one photo.
        reblur_psnr: dB over moving pixels of the small film's mean against the photo.
        score: what suggestions with the same labels are ranked by, higher is better.
        frames: (T, h', w', 3) uint8, the small film.
    """

    labels: Labels
    ways: Ways
    likelihood: float
    reblur_psnr: float
    score: float
    frames: NDArray[np.uint8]

    @property
    def guidance(self) -> GuidanceMap:
        """(h, w) classes at the labels' size."""
        return painted(self.labels, self.ways)


def suggest(
    pixels: Pixels, settings: SuggestSettings | None = None
) -> Generator[Progress, None, list[Suggestion]]:
    """Suggest guidance for a photo, the best first, all different.

    Args:
        pixels: (H, W, 3) uint8 or uint16, upright, sRGB-encoded.
        settings: see `SuggestSettings`.

    Yields:
        Progress of the stages "load", "predict" and "try". Closing the generator cancels.

    Returns:
        The suggestions; none where nothing seems to move.

    Raises:
        InputError: settings, device or weights are wrong.
        RunError: not enough memory for the small films.
    """
    settings = settings or SuggestSettings()
    if settings.count < 1:
        raise InputError(f"At least one suggestion must be wanted, not {settings.count}.")
    predicted = yield from predict(pixels, settings.predict)
    guesses = choose(predicted, settings.count)
    tries = AnimateSettings(
        weights=settings.film_weights,
        device=settings.predict.device,
        max_edge=settings.film_edge,
        # Small films, and many of them: what is read would cost half as much again.
        readings=NO_READINGS,
        # They are compared by how well they re-blur.
        sharpen=0,
    )
    groups: dict[int, list[Suggestion]] = {}
    for done, guess in enumerate(guesses):
        yield Progress("try", done, len(guesses))
        film = yield from _silent(
            animate(predicted.pixels, guess.guidance, tries), done, len(guesses)
        )
        psnr = film.reblur_psnr
        score = guess.likelihood + _NATS_PER_DECIBEL * min(psnr, _GOOD_REBLUR)
        suggestion = Suggestion(
            guess.labels, guess.ways, guess.likelihood, psnr, score, film.frames
        )
        groups.setdefault(guess.hypothesis, []).append(suggestion)
    for group in groups.values():
        group.sort(key=lambda suggestion: -suggestion.score)
    # Every hypothesis keeps its places; who gets them, its films decide.
    return [groups[guess.hypothesis].pop(0) for guess in guesses]


def likeliest(
    pixels: Pixels, count: int, settings: PredictSettings | None = None
) -> NDArray[np.uint8]:
    """Guidance that a photo may have, up to `count` different maps, see `choose`, without trying.

    Args:
        pixels: (H, W, 3) uint8 or uint16.
        count: at most so many.
        settings: see `PredictSettings`.

    Returns:
        (K, h, w) classes at the size at which the photo is looked at, the likeliest first; one map
        of zeros where nothing seems to move.
    """
    predicted = finish(predict(pixels, settings))
    found = [guess.guidance for guess in choose(predicted, count)]
    return np.stack(found) if found else np.zeros((1, *predicted.moving.shape), np.uint8)


def _silent(
    steps: Generator[Progress, None, Animation], number: int, total: int
) -> Generator[Progress, None, Animation]:
    """A film whose own steps only give the caller a chance to cancel."""
    try:
        while True:
            next(steps)
            yield Progress("try", number, total)
    except StopIteration as end:
        film: Animation = end.value
        return film
    finally:
        steps.close()
