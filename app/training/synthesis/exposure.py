"""One exposure from consecutive frames of a clip: interpolated, averaged, and judged.

Which frames belong together is the business of `clips`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.flow.cuts import DEFAULT_CUT, cut_between
from app.flow.evidence import shown_motion, without_noise
from app.flow.matching import Flow, Matcher, dis_matcher
from app.flow.warping import warp
from app.guidance.flow import flow_to_guidance, moving_flow
from app.guidance.maps import GuidanceMap
from app.training.synthesis.interpolation import Interval
from app.training.synthesis.response import Response


@dataclass(frozen=True)
class ExposureSettings:
    """How windows are exposed, and which are refused.

    Attributes:
        response: the curve that is undone before averaging and applied after it.
        frames: T, how many sharp frames are kept.
        threshold: displacement in pixels over the exposure from which a pixel is not static.
        max_step: longest displacement between neighbouring frames (99th percentile, pixels) that
            interpolation is trusted with.
        min_moving: smallest share of moving pixels.
        cut: mean difference (0..1) that is left after compensating the motion between two frames
            from which there is a cut.
        turning: share of moving pixels that turn by more than a right angle between neighbouring
            steps from which the direction is no single one.
    """

    response: Response = field(default_factory=Response)
    frames: int = 7
    threshold: float = 0.5
    max_step: float = 8.0
    min_moving: float = 0.01
    cut: float = DEFAULT_CUT
    turning: float = 0.3


@dataclass(frozen=True, eq=False)
class Exposed:
    """What came out: `(H, W, 3)` and `(T, H, W, 3)` uint8, guidance, summed flow `(H, W, 2)`.

    `instants` is how many pictures were averaged.
    """

    blurry: NDArray[np.uint8]
    frames: NDArray[np.uint8]
    guidance: GuidanceMap
    flow: Flow
    instants: int


@dataclass(frozen=True)
class Rejected:
    """Why a window gives no sample, in a few words."""

    reason: str


def expose_window(
    frames: Sequence[NDArray[np.uint8]],
    settings: ExposureSettings,
    matcher: Matcher | None = None,
) -> Exposed | Rejected:
    """Average consecutive frames as one exposure from the first to the last.

    Between neighbours so many pictures are interpolated that nothing moves by more than a pixel
    from one to the next; they are averaged in linear light with trapezoid weights. Guidance comes
    from the flow summed over the window at each pixel (AfB, section 3.2), where the frames bear the
    flow out.

    Args:
        frames: two or more pictures `(H, W, 3)` uint8 of one size.
        settings: see there.
        matcher: estimates flow; DIS by default.
    """
    if cut_between(frames, settings.cut):
        return Rejected("scene cut")
    match = matcher or dis_matcher()
    pairs = list(itertools.pairwise(frames))
    flows = [(match(one, two), match(two, one)) for one, two in pairs]
    shown = shown_motion(frames, flows)
    reason = _refusal([there for there, _ in flows], shown, settings)
    if reason:
        return Rejected(reason)
    light = [settings.response.decode(frame) for frame in frames]
    intervals = [
        Interval(one, two, there, back)
        for (one, two), (there, back) in zip(itertools.pairwise(light), flows, strict=True)
    ]
    total: Flow = np.stack([interval.velocity for interval in intervals]).sum(axis=0)
    flow = without_noise(total, shown, settings.threshold)
    moving = moving_flow(flow, settings.threshold).any(axis=2)
    if moving.mean() < settings.min_moving:
        return Rejected("nothing moves")
    steps = _instants_per_interval(intervals, settings.frames)
    blurry, kept = _average(intervals, steps, settings)
    return Exposed(
        blurry=blurry,
        frames=kept,
        guidance=flow_to_guidance(flow, settings.threshold),
        flow=flow,
        instants=len(intervals) * steps + 1,
    )


def turning_share(flows: Sequence[Flow], least: float = 0.5) -> float:
    """The largest share of moving pixels that turn by more than a right angle between two steps.

    Args:
        flows: steps `(H, W, 2)` in pixels, from frame to frame.
        least: a pixel moves if both steps are at least this long.
    """
    worst = 0.0
    for one, two in itertools.pairwise(flows):
        following = np.dstack([warp(np.ascontiguousarray(two[..., i]), one) for i in (0, 1)])
        lengths = [np.hypot(flow[..., 0], flow[..., 1]) for flow in (one, following)]
        moving = (lengths[0] >= least) & (lengths[1] >= least)
        # A handful of pixels are noise, not motion.
        if moving.mean() >= 0.005:
            turned = (one * following).sum(-1) < 0
            worst = max(worst, float(turned[moving].mean()))
    return worst


def _refusal(flows: Sequence[Flow], shown: NDArray[np.bool_], settings: ExposureSettings) -> str:
    longest = max(float(np.percentile(np.hypot(f[..., 0], f[..., 1]), 99)) for f in flows)
    if longest > settings.max_step:
        return "too fast to interpolate"
    if turning_share([flow * shown[..., None] for flow in flows]) > settings.turning:
        return "abrupt change of direction"
    return ""


def _instants_per_interval(intervals: Sequence[Interval], frames: int) -> int:
    """So many that no step exceeds a pixel and the kept frames fall on instants."""
    steps = max(1, math.ceil(max(interval.longest_step for interval in intervals)))
    while steps * len(intervals) % (frames - 1):
        steps += 1
    return steps


def _average(
    intervals: Sequence[Interval], steps: int, settings: ExposureSettings
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    last = len(intervals) * steps
    keep = {index * last // (settings.frames - 1) for index in range(settings.frames)}
    total = np.zeros(intervals[0].first.shape, np.float64)
    kept = []
    for instant in range(last + 1):
        number = min(instant // steps, len(intervals) - 1)
        light = intervals[number].at((instant - number * steps) / steps)
        total += light * (0.5 if instant in (0, last) else 1.0)
        if instant in keep:
            kept.append(settings.response.encode(light))
    return settings.response.encode((total / last).astype(np.float32)), np.stack(kept)
