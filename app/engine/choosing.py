"""Choosing the few guesses to show: such that one of them is as right as can be expected.

The likeliest guesses are much alike: each says the same of nearly everything. So the first is the
likeliest one, the second its reverse, and each further guess the one that adds most to how much of
what moves the best of all is expected to get right, over what may be true (a greedy choice, which
for such a sum is within 1 - 1/e of the best one: Nemhauser, Wolsey and Fisher 1978).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.hypotheses import (
    INVERSE,
    Hypothesis,
    Ways,
    hypotheses,
    likelihood,
    painted,
    part_shares,
    plausible_ways,
)
from app.engine.moving_parts import MOST, Labels
from app.engine.predict import Predicted
from app.guidance.maps import GuidanceMap

_POSSIBLE = 160
"""How many things that may be true are drawn."""
_DOUBT = 0.7
"""Networks are surer of ways than they are right: their probabilities are taken to this power."""
_OPEN = 0.2
"""The same of what moves at all. In 192 simulated scenes the camera moved in a fifth of those where
it is called least likely, and in half of those where it is given one chance in ten."""
_ALONE = 0.25
"""How often parts run forwards or backwards each by itself, and not as they do together."""
_WORTH = 0.03
"""A guess that adds less than this share of what moves is not worth a look."""
_NEEDLESS = 0.5
"""A film in which something stands still is spoilt; one that lets a wall move hardly differs.
With 1, the best of five guesses on those scenes gets 2 % less of what moves right; with 0, guesses
set much more in motion that stands still."""
_WAYS = 24
"""Of the plausible ways of a hypothesis so many are looked at."""


@dataclass(frozen=True, eq=False)
class Guess:
    """One guidance that a photo may have.

    Attributes:
        hypothesis: the number of the hypothesis that it comes from.
        labels: (h, w) which part each pixel belongs to, 0 static.
        ways: the class of every part.
        likelihood: the networks', as a natural logarithm; comparable within one hypothesis.
    """

    hypothesis: int
    labels: Labels
    ways: Ways
    likelihood: float

    @property
    def guidance(self) -> GuidanceMap:
        """(h, w) classes."""
        return painted(self.labels, self.ways)


def choose(predicted: Predicted, count: int) -> list[Guess]:
    """Up to `count` different guesses, the likeliest first; none where nothing seems to move.

    The same photo gets the same guesses.
    """
    found = hypotheses(predicted)
    if not found:
        return []
    shares = [part_shares(predicted.probabilities, h.labels) for h in found]
    possible = _drawn(found, shares)
    ranked = [plausible_ways(share)[:_WAYS] for share in shares]
    way = ranked[0][0][0]
    # A photo never tells forwards from backwards: the first guess comes with its reverse.
    surely = [(0, way), (0, tuple(INVERSE[direction] for direction in way))]
    others = [(n, ways) for n, some in enumerate(ranked) for ways, _ in some]
    candidates = list(dict.fromkeys([*surely, *others, *possible]))
    right = _agreement(found, candidates, possible)
    chosen = list(range(len(surely)))[:count]
    best = right[chosen].max(0)
    while len(chosen) < count:
        gains = np.maximum(right, best).mean(1) - best.mean()
        further = int(gains.argmax())
        if gains[further] < _WORTH:
            break
        chosen.append(further)
        best = np.maximum(best, right[further])
    return [
        Guess(
            number,
            found[number].labels,
            ways,
            math.log(found[number].likelihood) + likelihood(shares[number], ways),
        )
        for number, ways in (candidates[c] for c in chosen)
    ]


_Candidate = tuple[int, Ways]
"""The number of a hypothesis, and the ways of its parts."""


def _drawn(found: list[Hypothesis], shares: list[NDArray[np.float64]]) -> list[_Candidate]:
    """What may be true, drawn by how likely it is; a photo never tells forwards from backwards."""
    rng = np.random.default_rng(0)
    weights = np.array([h.likelihood for h in found]) ** _OPEN
    result = []
    for number in rng.choice(len(found), _POSSIBLE, p=weights / weights.sum()):
        said = shares[number]
        # Half of the time what one code says of all parts together, else what all say of each.
        code = said[rng.integers(len(said))] if rng.random() < 0.5 else said.mean(0)
        doubted = code**_DOUBT
        doubted /= doubted.sum(1, keepdims=True)
        ways = [int(rng.choice(4, p=part)) + 1 for part in doubted]
        # Along its line each part runs as the code says, or all of them the other way.
        ways = [
            min(w, INVERSE[w], key=lambda w: (-c[w - 1], w))
            for w, c in zip(ways, code, strict=True)
        ]
        alone = rng.random() < _ALONE
        turns = np.broadcast_to(rng.random(len(ways) if alone else 1) < 0.5, len(ways))
        turned = (INVERSE[w] if turn else w for w, turn in zip(ways, turns, strict=True))
        result.append((int(number), tuple(turned)))
    return result


def _agreement(
    found: list[Hypothesis], candidates: list[_Candidate], possible: list[_Candidate]
) -> NDArray[np.float64]:
    """`(C, P)`: how right each of the first is if one of the second is true, from 0 to 1: pixels
    that it says right as a part of those that move, and of `_NEEDLESS` of those that it sets in
    motion besides."""
    # Pixels that are in the same part by every hypothesis count together.
    places = np.zeros(found[0].labels.size, np.int64)
    for hypothesis in found:
        places = places * (MOST + 1) + hypothesis.labels.ravel()
    _, first, areas = np.unique(places, return_index=True, return_counts=True)
    parts = [hypothesis.labels.ravel()[first] for hypothesis in found]

    def classes(ones: list[_Candidate]) -> NDArray[np.int64]:
        return np.stack([np.array([0, *ways])[parts[number]] for number, ways in ones])

    said = classes(candidates)
    columns = []
    for true in classes(possible):
        moving = np.where(true > 0, areas, 0)
        needless = ((said > 0) & (true == 0)) @ areas
        columns.append(((said == true) @ moving) / (moving.sum() + _NEEDLESS * needless))
    return np.stack(columns, 1)
