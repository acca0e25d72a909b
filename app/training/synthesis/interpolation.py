"""Pictures between two neighbouring frames of a clip, by warping along the flow both ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.flow.matching import Flow
from app.flow.warping import warp


@dataclass(frozen=True, eq=False)
class Interval:
    """Two neighbouring frames in linear light and the flows between them, both ways."""

    first: NDArray[np.float32]
    second: NDArray[np.float32]
    forwards: Flow
    backwards: Flow

    def at(self, time: float) -> NDArray[np.float32]:
        """The picture at `time` in 0..1 between the frames; exactly the frames at 0 and 1.

        Both frames are warped along flows approximated as in Super SloMo (Jiang et al., CVPR 2018,
        Eq. 4) and mixed by nearness in time and by how well the two flows agree there.
        """
        if time <= 0:
            return self.first
        if time >= 1:
            return self.second
        t = np.float32(time)
        to_first = t * t * self.backwards - (1 - t) * t * self.forwards
        to_second = (1 - t) * (1 - t) * self.forwards - t * (1 - t) * self.backwards
        one, two = warp(self.first, to_first), warp(self.second, to_second)
        trust_one = (1 - t) * warp(_trust(self.forwards, self.backwards), to_first)
        trust_two = t * warp(_trust(self.backwards, self.forwards), to_second)
        share = (trust_one / (trust_one + trust_two))[..., None]
        return np.asarray(share * one + (1 - share) * two, np.float32)

    @property
    def velocity(self) -> Flow:
        """How far what passes each pixel moves from the first frame to the second.

        The mean of both flows, so that the reversed interval has exactly the opposite velocity.
        """
        return np.asarray((self.forwards - self.backwards) / 2, np.float32)

    @property
    def longest_step(self) -> float:
        """The longest displacement of any pixel, in pixels."""
        return max(
            float(np.hypot(flow[..., 0], flow[..., 1]).max())
            for flow in (self.forwards, self.backwards)
        )


def _trust(there: Flow, back: Flow) -> NDArray[np.float32]:
    """`(H, W)` in (0, 1]: near 1 where going there and back ends where it began."""
    missed = there + warp(back, there)
    return np.exp(-np.minimum((missed**2).sum(-1), 16)).astype(np.float32) + np.float32(1e-4)
