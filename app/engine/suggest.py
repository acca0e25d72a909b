"""Suggested guidance for a photo: what moves as a few parts, each pointing one plausible way.

Which parts there are is `moving_parts`; their outlines as editable regions are `outlines`. The
command line and the window share this.

Smooth parts of a photo show no blur, so when much of the rest moves, it may be the camera that did,
and then all of the photo moves. Both readings are offered.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.engine.animate import AnimateSettings, Animation, animate
from app.engine.moving_parts import Labels, moving_parts, texture_share
from app.engine.predict import Predicted, PredictSettings, predict
from app.engine.progress import Progress, finish
from app.engine.weights import FAST_DECOMPOSER, NO_READINGS
from app.errors import InputError
from app.guidance.maps import GuidanceMap
from app.media.pixels import Pixels

Ways = tuple[int, ...]
"""The class, 1 to 4, of every part in turn."""

_INVERSE = (0, 3, 4, 1, 2)
_RIVAL = 0.25
"""A second axis is offered for a part from this share of it on: motion along a border between
quadrants may be called either."""

_NATS_PER_DECIBEL = 0.25
_GOOD_REBLUR = 40.0
"""What a better re-blur counts for beside the predictor's word, and up to how many dB: beyond,
errors drown in the photo's noise, and films that hardly move would win. Forwards and backwards
re-blur alike, so it mostly tells a wrong axis from a right one."""

_EVEN = 0.55
_STEEPNESS = 7.0
_RULED_OUT = 0.04
"""From this share of the photo and of its texture on the camera is the first idea, how soon its
likelihood turns, and up to which one it is not offered. Tuned on 96 held-out scenes and the
benchmark's (`unspool evaluate predictor`): sooner first, and too much is outlined; offered later,
and the best of five guesses is a tenth worse."""
_PLACES = 2
"""How many suggestions the less likely reading gets: forwards and backwards."""


@dataclass(frozen=True)
class SuggestSettings:
    """What may be chosen about suggestions.

    Attributes:
        count: at most so many; a photo with one moving part has only two.
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
    # Some more than wanted are tried, so that the re-blur has a say in which are shown.
    tried = [
        (number, hypothesis, ways, likelihood)
        for number, hypothesis in enumerate(hypotheses(predicted))
        for ways, likelihood in _ways_of(hypothesis, predicted)[
            : 2 * (_PLACES if number else settings.count)
        ]
    ]
    tries = AnimateSettings(
        weights=settings.film_weights,
        device=settings.predict.device,
        max_edge=settings.film_edge,
        # Small films, and many of them: what is read would cost half as much again.
        readings=NO_READINGS,
    )
    groups: dict[int, list[Suggestion]] = {}
    for done, (number, hypothesis, ways, likelihood) in enumerate(tried):
        yield Progress("try", done, len(tried))
        labels = hypothesis.labels
        film = yield from _silent(
            animate(predicted.pixels, painted(labels, ways), tries), done, len(tried)
        )
        psnr = film.reblur_psnr
        likelihood += math.log(hypothesis.likelihood)
        score = likelihood + _NATS_PER_DECIBEL * min(psnr, _GOOD_REBLUR)
        suggestion = Suggestion(labels, ways, likelihood, psnr, score, film.frames)
        groups.setdefault(number, []).append(suggestion)
    for group in groups.values():
        group.sort(key=lambda suggestion: -suggestion.score)
    return _places(list(groups.values()), settings.count)


def likeliest(
    pixels: Pixels, count: int, settings: PredictSettings | None = None
) -> NDArray[np.uint8]:
    """The likeliest guidance for a photo, up to `count` different maps, without trying them.

    Args:
        pixels: (H, W, 3) uint8 or uint16.
        count: at most so many.
        settings: see `PredictSettings`.

    Returns:
        (K, h, w) classes at the size at which the photo is looked at, the likeliest first; one map
        of zeros where nothing seems to move.
    """
    predicted = finish(predict(pixels, settings))
    maps: list[list[GuidanceMap]] = [
        [painted(hypothesis.labels, ways) for ways, _ in _ways_of(hypothesis, predicted)]
        for hypothesis in hypotheses(predicted)
    ]
    found = _places(maps, count)
    return np.stack(found) if found else np.zeros((1, *predicted.moving.shape), np.uint8)


@dataclass(frozen=True, eq=False)
class Hypothesis:
    """What may have moved, whichever way.

    Attributes:
        labels: (h, w), see `Suggestion`.
        likelihood: how likely it was this of the hypotheses about one photo.
    """

    labels: Labels
    likelihood: float


def hypotheses(predicted: Predicted) -> list[Hypothesis]:
    """What may have moved, the likeliest first: some parts only, or the camera, and so all.

    Empty where nothing seems to move.
    """
    labels = parts_of(predicted)
    if not labels.any():
        return []
    if labels.all():
        return [Hypothesis(labels, 1.0)]
    moving = labels > 0
    # A ball before a plain wall has all of the texture, a crowd in a street most of the area.
    share = min(texture_share(moving, predicted.pixels), float(moving.mean()))
    camera = 1 / (1 + math.exp(-_STEEPNESS * (share - _EVEN)))
    found = [Hypothesis(labels, 1 - camera), Hypothesis(np.ones_like(labels), camera)]
    return sorted((h for h in found if h.likelihood > _RULED_OUT), key=lambda h: -h.likelihood)


def _ways_of(hypothesis: Hypothesis, predicted: Predicted) -> list[tuple[Ways, float]]:
    return plausible_ways(part_shares(predicted.probabilities, hypothesis.labels))


_T = TypeVar("_T")


def _places(groups: list[list[_T]], count: int) -> list[_T]:
    """The best `count` of groups of which the first is the likeliest.

    The others get `_PLACES` each, as far as the first leaves room for more than one of its own.
    """
    if not groups:
        return []
    others = [item for group in groups[1:] for item in group[:_PLACES]]
    others = others[: max(0, count - _PLACES)]
    first = groups[0][: count - len(others)]
    return [*first, *others]


def parts_of(predicted: Predicted) -> Labels:
    """(h, w) the parts that move independently, see `moving_parts`."""
    return moving_parts(predicted.moving, predicted.axis, predicted.pixels)


def painted(labels: Labels, ways: Ways) -> GuidanceMap:
    """(h, w) classes of parts that point these ways."""
    return np.array([0, *ways], np.uint8)[labels]


def part_shares(probabilities: NDArray[np.float32], labels: Labels) -> NDArray[np.float64]:
    """How likely each part points each way, for every code.

    Args:
        probabilities: (K, 5, h, w).
        labels: (h, w), parts 1 to C.

    Returns:
        (K, C, 4), positive, adding up to 1 over the four classes.
    """
    flat = labels.ravel()
    count = int(flat.max())
    shares = np.empty((len(probabilities), count, 4))
    for k, answer in enumerate(probabilities):
        for direction in range(4):
            weights = answer[direction + 1].ravel()
            shares[k, :, direction] = np.bincount(flat, weights, minlength=count + 1)[1:]
    shares += 1e-3 * shares.sum(2, keepdims=True) + 1e-9
    normalised: NDArray[np.float64] = shares / shares.sum(2, keepdims=True)
    return normalised


def plausible_ways(shares: NDArray[np.float64]) -> list[tuple[Ways, float]]:
    """Different ways for all parts together, the likeliest first, with their log-likelihoods.

    They are what each code says, and that reversed: all of it, or one part alone. A part on the
    border between two axes is offered along the other one, too.

    Args:
        shares: (K, C, 4), see `part_shares`.
    """
    said = dict.fromkeys(tuple(int(d) + 1 for d in code.argmax(1)) for code in shares)
    ways: dict[Ways, None] = {}
    for way in said:
        ways[way] = None
        ways[tuple(_INVERSE[d] for d in way)] = None
    for way in list(ways):
        for part in range(len(way)):
            ways[_changed(way, part, _INVERSE[way[part]])] = None
    mean = shares.mean(0)
    for way in list(said):
        for part in range(len(way)):
            along = {way[part], _INVERSE[way[part]]}
            for other in range(1, 5):
                both = mean[part, other - 1] + mean[part, _INVERSE[other] - 1]
                if other not in along and both > _RIVAL:
                    ways[_changed(way, part, other)] = None
    ranked = [(way, _likelihood(shares, way)) for way in ways]
    return sorted(ranked, key=lambda pair: -pair[1])


def _changed(way: Ways, part: int, direction: int) -> Ways:
    return (*way[:part], direction, *way[part + 1 :])


def _likelihood(shares: NDArray[np.float64], way: Ways) -> float:
    """The mean over the codes of the probability that all parts point these ways, as logarithm.

    A code binds the parts together; between codes they are free.
    """
    parts = np.arange(len(way))
    logs = np.log(shares[:, parts, np.array(way, int) - 1]).sum(1)
    return float(np.logaddexp.reduce(logs) - math.log(len(logs)))


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
