"""Guidance for a frame of a video from the frames before and after it (AfB, section 3.3).

The flow between neighbours says how far things move from one frame to the next; the exposure is a
part of that. The command line and the window share this; reading clips is `app.media.clips`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine.directed_parts import directed_area, labelled
from app.engine.outlines import outlined
from app.errors import InputError
from app.flow.cuts import DEFAULT_CUT, cut_between
from app.flow.evidence import shown_motion, shown_rest, without_noise
from app.flow.matching import Flow, Matcher, matcher, resolved
from app.flow.shutter import DEFAULT_SHUTTER, displacement_while_exposed
from app.flow.warping import warp
from app.guidance.displacement import MotionMaps
from app.guidance.flow import DEFAULT_THRESHOLD
from app.guidance.maps import GuidanceMap
from app.guidance.rasterise import rasterise
from app.guidance.region import Region, Vector
from app.guidance.ways import ways_in
from app.media.pixels import Pixels, resize_to_max_edge, to_8bit

WORK_EDGE = 640
"""Flow is sought at this longer edge: larger frames are mostly noise and compression to it."""

_DOUBT = 2.0
"""Grey levels that are added to what a flow leaves unexplained before two flows are weighed."""

_FELT = 1.0
"""Pixels; nobody is told of less."""

_SAME_SHAPE = 0.02
"""How far the aspect ratios of a photo and its neighbour may differ, as a part of either."""


@dataclass(frozen=True)
class NeighbourSettings:
    """What may be chosen about guidance from neighbours.

    Attributes:
        flow: a name of `app.flow.matching.MATCHERS`.
        device: where RAFT runs: "auto", "cuda", "mps" or "cpu"; DIS needs none.
        shutter: exposed part of the time between two frames, above 0 and up to 1.
        threshold: displacement over the exposure, in pixels at a longer edge of at most 640, from
            which a pixel moves.
        tells: the shutter is known and no guess, so that the flow also says how far things moved.
    """

    flow: str = "auto"
    device: str = "auto"
    shutter: float = DEFAULT_SHUTTER
    threshold: float = DEFAULT_THRESHOLD
    tells: bool = False

    def __post_init__(self) -> None:
        """Refuse what makes no sense.

        Raises:
            InputError: the sentence says what is wrong.
        """
        if not 0 < self.shutter <= 1:
            raise InputError(
                f"The shutter is open for a part of the frame interval above 0 and up to 1, "
                f"not {self.shutter:g}."
            )
        if not (self.threshold >= 0 and math.isfinite(self.threshold)):
            raise InputError(f"The threshold must be 0 or more pixels, not {self.threshold:g}.")


@dataclass(frozen=True, eq=False)
class Step:
    """Two frames of a video in the order of time, at working size, and the flow between them.

    `cut` says that they show different scenes; the flows then mean nothing.
    """

    first: NDArray[np.uint8]
    second: NDArray[np.uint8]
    there: Flow
    back: Flow
    cut: bool


@dataclass(frozen=True, eq=False)
class NeighbourGuidance:
    """What the neighbours of a frame say.

    Attributes:
        guidance: (H, W) classes at the frame's size, as the regions paint it.
        regions: its clean outlines in painting order; they say how far where the shutter is known.
        cut: no neighbour shows the frame's scene, so nothing is known and nothing moves.
    """

    guidance: GuidanceMap
    regions: list[Region]
    cut: bool


def working_size(pixels: Pixels, like: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
    """A frame as flow sees it: 8 bits and not too large, or exactly as large as `like`."""
    if like is None:
        return to_8bit(resize_to_max_edge(pixels, WORK_EDGE))
    height, width = like.shape[:2]
    frame = to_8bit(pixels)
    if frame.shape[:2] == (height, width):
        return frame
    return np.asarray(cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def step_between(first: NDArray[np.uint8], second: NDArray[np.uint8], match: Matcher) -> Step:
    """Compare two neighbours of one size, (h, w, 3) uint8, both ways."""
    if np.array_equal(first, second):
        still = np.zeros((*first.shape[:2], 2), np.float32)
        return Step(first, second, still, still, cut=False)
    if cut_between([first, second], DEFAULT_CUT):
        still = np.zeros((*first.shape[:2], 2), np.float32)
        return Step(first, second, still, still, cut=True)
    return Step(first, second, match(first, second), match(second, first), cut=False)


def velocity(
    before: Step | None, after: Step | None
) -> tuple[Flow, NDArray[np.bool_], NDArray[np.bool_]] | None:
    """How a frame moves, from the step that ends with it and the one that begins with it.

    Forwards it is the flow to the next frame, backwards the negative of the flow to the previous
    one. Of both, each pixel counts the more the better it explains the frame: what is hidden in one
    neighbour shows in the other.

    Returns:
        (h, w, 2) pixels per frame interval, (h, w) where the pictures bear that out and (h, w)
        where they show rest; None if neither neighbour shows the same scene.
    """
    steps = [step for step in (before, after) if step is not None and not step.cut]
    if not steps:
        return None
    frames = [steps[0].first, *(step.second for step in steps)]
    shown = shown_motion(frames, [(step.there, step.back) for step in steps])
    total = np.zeros(steps[0].there.shape, np.float32)
    weights = np.zeros(steps[0].there.shape[:2], np.float32)
    for step in steps:
        if step is before:
            frame, other, there, sign = step.second, step.first, step.back, -1.0
        else:
            frame, other, there, sign = step.first, step.second, step.there, 1.0
        missed = np.abs(_grey(frame) - warp(_grey(other), there))
        weight = 1 / (cv2.GaussianBlur(missed, (0, 0), 3) + _DOUBT)
        total += np.float32(sign) * weight[..., None] * there
        weights += weight
    return total / weights[..., None], shown, shown_rest(frames)


def motion_from_steps(
    before: Step | None, after: Step | None, settings: NeighbourSettings
) -> MotionMaps | None:
    """What moves in the frame between two steps, at working size; None beside cuts only.

    How far is part of it where the settings know the shutter.
    """
    moved = velocity(before, after)
    if moved is None:
        return None
    speed, shown, still = moved
    flow = without_noise(speed * np.float32(settings.shutter), shown, settings.threshold)
    step = after if after is not None else before
    assert step is not None
    frame = step.first if step is after else step.second
    exposed = displacement_while_exposed(speed, settings.shutter) if settings.tells else None
    return MotionMaps(directed_area(flow, frame, settings.threshold, still), exposed)


def guidance_from_neighbours(
    frame: Pixels,
    previous: Pixels | None = None,
    following: Pixels | None = None,
    settings: NeighbourSettings | None = None,
) -> NeighbourGuidance:
    """Guidance for one frame from the one before it, the one after it, or better, both.

    Args:
        frame: (H, W, 3) uint8 or uint16.
        previous, following: of any size with the frame's aspect ratio.
        settings: see `NeighbourSettings`.

    Raises:
        InputError: no neighbour, one of another shape, or the flow that is wished for is missing.
    """
    settings = settings or NeighbourSettings()
    if previous is None and following is None:
        raise InputError("At least one neighbouring frame is needed, the previous or the next.")
    for neighbour in (previous, following):
        if neighbour is not None and not same_shape(frame, neighbour):
            raise InputError(
                f"The neighbouring frame is {_size(neighbour)} pixels, but the photo is "
                f"{_size(frame)}: they are not frames of one video."
            )
    motion = motion_between(working_size(frame), previous, following, settings)
    height, width = frame.shape[:2]
    if motion is None:
        return NeighbourGuidance(np.zeros((height, width), np.uint8), [], cut=True)
    return outlined_guidance(motion, width, height)


def motion_between(
    frame: NDArray[np.uint8],
    previous: Pixels | None,
    following: Pixels | None,
    settings: NeighbourSettings,
) -> MotionMaps | None:
    """What moves in a frame at working size; None if its neighbours show other scenes.

    Raises:
        InputError: the flow that is wished for is missing.
    """
    match = matcher_for(settings)
    before = after = None
    if previous is not None:
        before = step_between(working_size(previous, like=frame), frame, match)
    if following is not None:
        after = step_between(frame, working_size(following, like=frame), match)
    return motion_from_steps(before, after, settings)


def matcher_for(settings: NeighbourSettings) -> Matcher:
    """The optical flow that is wished for.

    Raises:
        InputError: there is none of that name, or RAFT or its device is missing.
    """
    if resolved(settings.flow) != "raft":
        return matcher(settings.flow)
    # Only RAFT needs torch.
    from app.engine.device import resolve_device

    return matcher("raft", resolve_device(settings.device).type)


def outlined_guidance(motion: MotionMaps, width: int, height: int) -> NeighbourGuidance:
    """Motion at working size as regions, and the map that they paint on a frame of that size."""
    regions = outlined(*labelled(motion.guidance), width, height)
    if motion.displacement is not None:
        moved = motion.displacement * (motion.guidance > 0)[..., None]
        ways = ways_in(regions, moved, width, height)
        regions = [_displaced(region, way) for region, way in zip(regions, ways, strict=True)]
    return NeighbourGuidance(rasterise(regions, width, height), regions, cut=False)


def _displaced(region: Region, way: Vector | None) -> Region:
    if way is None or math.hypot(*way) < _FELT:
        return region
    return replace(region, displacement=(round(way[0], 1), round(way[1], 1)))


def same_shape(one: Pixels, other: Pixels) -> bool:
    """Whether two pictures have one aspect ratio, up to rounding."""
    (height, width), (other_height, other_width) = one.shape[:2], other.shape[:2]
    ratio = (width * other_height) / (height * other_width)
    return abs(ratio - 1) <= _SAME_SHAPE


def _grey(frame: NDArray[np.uint8]) -> NDArray[np.float32]:
    return cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY).astype(np.float32)


def _size(pixels: Pixels) -> str:
    return f"{pixels.shape[1]}×{pixels.shape[0]}"
