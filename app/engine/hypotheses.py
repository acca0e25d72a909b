"""What may have moved in a photo, and which ways: hypotheses, and how likely each is.

Smooth parts of a photo show no blur, so when some of the rest moves, it may be the camera that did,
and then all of the photo moves. Soft parts can be mistaken for blurred ones, so it may also be that
only moves of which that is plain, or at least surer than of the rest. Which parts there are is
`moving_parts`; which few hypotheses are worth showing is `choosing`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.moving_parts import Labels, Mask, moving_parts, texture_share
from app.engine.predict import Predicted
from app.guidance.maps import GuidanceMap

Ways = tuple[int, ...]
"""The class, 1 to 4, of every part in turn."""

INVERSE = (0, 3, 4, 1, 2)
"""By class, the one that points the opposite way."""
_RIVAL = 0.25
"""A second axis is offered for a part from this share of it on: motion along a border between
quadrants may be called either."""

_EVEN = 0.55
_STEEPNESS = 7.0
_RULED_OUT = 0.03
"""From this share of the photo and of its texture on the camera is the first idea, how soon its
likelihood turns, and up to which one it is not thought of. Tuned on 96 held-out scenes and the
benchmark's (`unspool evaluate predictor`): sooner first, and too much is outlined."""

_PLAIN_ONLY, _PLAIN_IN_ALL = 0.15, 0.1
"""How likely only that moves of which it is plain: of some parts only, of all of the photo. In
simulated scenes hardly anything is mistaken, and with this the best of five guesses gets 2 to 4 %
less of what moves right; real skies and dusk need it."""
_SURE = 0.7
"""How likely things move at least of which that is plain."""
_ALIKE = 0.5
"""From this share in common on (intersection over union) the two say the same."""


@dataclass(frozen=True, eq=False)
class Hypothesis:
    """What may have moved, whichever way.

    Attributes:
        labels: (h, w) which part each pixel belongs to, 0 static; smaller than the photo.
        likelihood: how likely it was this of the hypotheses about one photo.
    """

    labels: Labels
    likelihood: float


def hypotheses(predicted: Predicted) -> list[Hypothesis]:
    """What may have moved, the likeliest first: some parts only; the camera, and so all; or only
    that of which it is plain.

    Empty where nothing seems to move.
    """
    some = parts_of(predicted)
    if not some.any():
        return []
    if some.all():
        camera, everything, plainly = 1.0, some, _PLAIN_IN_ALL
    else:
        camera, everything = _camera(some > 0, predicted), np.ones_like(some)
        plainly = _PLAIN_ONLY * (1 - camera)
    plain = _plain_parts(predicted, some)
    if plain is None:
        plain, plainly = some, 0.0
    rest = 1 - plainly
    found = [(some, rest * (1 - camera)), (everything, rest * camera), (plain, plainly)]
    possible = [Hypothesis(labels, likely) for labels, likely in found if likely > _RULED_OUT]
    return sorted(possible, key=lambda h: -h.likelihood)


def _camera(moving: Mask, predicted: Predicted) -> float:
    """How likely it is that the camera moved, and not only what seems to."""
    # A ball before a plain wall has all of the texture, a crowd in a street most of the area.
    share = min(texture_share(moving, predicted.pixels), float(moving.mean()))
    return 1 / (1 + math.exp(-_STEEPNESS * (share - _EVEN)))


def _plain_parts(predicted: Predicted, some: Labels) -> Labels | None:
    """What plainly moves; None where nobody can say, nothing does, or `some` says much the same."""
    if predicted.plain is None:
        return None
    sure = ((predicted.moving - 0.5) / (2 * (_SURE - 0.5))).clip(0, 1)
    # In dim streets nothing moves plainly, but of people one can be surer than of the rest.
    for plain in (np.minimum(predicted.plain, sure), sure):
        parts = moving_parts(plain, predicted.axis, predicted.pixels)
        if parts.any():
            common, either = (parts > 0) & (some > 0), (parts > 0) | (some > 0)
            return parts if common.sum() < _ALIKE * either.sum() else None
    return None


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
        ways[tuple(INVERSE[d] for d in way)] = None
    for way in list(ways):
        for part in range(len(way)):
            ways[_changed(way, part, INVERSE[way[part]])] = None
    mean = shares.mean(0)
    for way in list(said):
        for part in range(len(way)):
            along = {way[part], INVERSE[way[part]]}
            for other in range(1, 5):
                both = mean[part, other - 1] + mean[part, INVERSE[other] - 1]
                if other not in along and both > _RIVAL:
                    ways[_changed(way, part, other)] = None
    ranked = [(way, likelihood(shares, way)) for way in ways]
    return sorted(ranked, key=lambda pair: -pair[1])


def _changed(way: Ways, part: int, direction: int) -> Ways:
    return (*way[:part], direction, *way[part + 1 :])


def likelihood(shares: NDArray[np.float64], way: Ways) -> float:
    """The mean over the codes of the probability that all parts point these ways, as logarithm.

    A code binds the parts together; between codes they are free.
    """
    parts = np.arange(len(way))
    logs = np.log(shares[:, parts, np.array(way, int) - 1]).sum(1)
    return float(np.logaddexp.reduce(logs) - math.log(len(logs)))
