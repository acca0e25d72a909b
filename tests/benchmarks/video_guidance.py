"""How well guidance from neighbouring frames agrees with the truth, on simulated videos.

Three exposures of each scene follow each other; the middle one is guided by the others, as
`unspool guide-from-video` does it, and compared with its own true motion.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.neighbours import (
    NeighbourSettings,
    guidance_from_neighbours,
    matcher_for,
)
from app.flow.shutter import DEFAULT_SHUTTER
from app.guidance.classes import Direction
from app.guidance.flow import flow_to_guidance
from app.guidance.maps import GuidanceMap, to_signs
from app.training.benchmark import benchmark_stills
from app.training.camera import CameraSettings, draw_cameras, photograph
from app.training.scene_settings import SimulatorSettings
from app.training.scenes import Scenes

INTERVALS = 3
DISPLACEMENT = 1.0, 32.0
"""Pixels within one exposure, at the default size."""
CHUNK = 4

Frame = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Video:
    """Three frames, (H, W, 3), and the middle one's summed flow, (H, W, 2) pixels."""

    frames: tuple[Frame, Frame, Frame]
    flow: NDArray[np.float32]


def videos(count: int, size: int, seed: int, shutter: float) -> Iterator[Video]:
    """Simulated videos of the fixed benchmark's pictures, taken by cameras with noise and JPEG."""
    generator = torch.Generator().manual_seed(seed)
    longer = INTERVALS / shutter
    settings = SimulatorSettings(
        size=size,
        displacement=(DISPLACEMENT[0] * longer, DISPLACEMENT[1] * longer),
        camera_displacement=(DISPLACEMENT[0] * longer, DISPLACEMENT[1] * longer / 2),
    )
    bank, device = benchmark_stills(), torch.device("cpu")
    scenes = Scenes.draw(bank, settings, count, generator)
    order = torch.argsort(scenes.fastest)
    for rows in order.split(CHUNK):
        rows = rows[torch.argsort(-scenes.numbers[rows], stable=True)]
        cameras = draw_cameras(len(rows), CameraSettings(), generator)
        exposures = [
            scenes.render(bank, rows, device, span=(n / INTERVALS, (n + shutter) / INTERVALS))
            for n in range(INTERVALS)
        ]
        photos = [photograph(one.blurry, cameras, generator) for one in exposures]
        levels = [np.rint(p.permute(0, 2, 3, 1).numpy() * 255).astype(np.uint8) for p in photos]
        for index in range(len(rows)):
            flow = exposures[1].flow[index].permute(1, 2, 0).numpy()
            yield Video((levels[0][index], levels[1][index], levels[2][index]), flow)


Guide = Callable[[Video], GuidanceMap]


def guides(settings: NeighbourSettings) -> dict[str, Guide]:
    """Ways to guide the middle frame by its neighbours."""
    match = matcher_for(settings)

    def plain(video: Video) -> GuidanceMap:
        # AfB's own way, section 3.3: the flow from the frame to the one before it, reversed.
        flow = -match(video.frames[1], video.frames[0]) * np.float32(settings.shutter)
        return flow_to_guidance(flow, settings.threshold)

    def regions(previous: bool, following: bool) -> Guide:
        def guide(video: Video) -> GuidanceMap:
            before, frame, after = video.frames
            return guidance_from_neighbours(
                frame, before if previous else None, after if following else None, settings
            ).guidance

        return guide

    return {
        "flow from the frame before, quantised": plain,
        "regions from the frame before": regions(True, False),
        "regions from the frame after": regions(False, True),
        "regions from both": regions(True, True),
    }


MEASURES = ("right", "fitting", "reversed", "IoU", "found", "false")
SLANT = math.tan(math.radians(20))


def agreement(guess: GuidanceMap, flow: NDArray[np.float32], threshold: float) -> dict[str, float]:
    """Shares by which a guidance agrees with the true flow.

    Returns:
        "right" and "reversed": of the truly moving pixels, those with the true and with the
        opposite quadrant; "fitting": those with the true one or, where the motion leaves an axis by
        less than 20 degrees, with the one beyond that axis; "IoU" of moving; "found": of the truly
        moving pixels, those that move; "false": of the truly static pixels, those that move. NaN
        where there are none.
    """
    truth = flow_to_guidance(flow, threshold)
    moving, said = truth > 0, guess > 0
    inverse = np.array([Direction(d).inverse for d in range(5)], np.uint8)
    signs = np.moveaxis(to_signs(guess), 0, 2)
    size = np.abs(flow)
    telling = size >= SLANT * size[..., ::-1]
    fitting = said & (~telling | (signs * flow > 0)).all(axis=2)

    def share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float:
        return float(part[whole].mean()) if whole.any() else math.nan

    return {
        "right": share(guess == truth, moving),
        "fitting": share(fitting, moving),
        "reversed": share(guess == inverse[truth], moving),
        "IoU": share(moving & said, moving | said),
        "found": share(said, moving),
        "false": share(said, ~moving),
    }


def mean(shares: Sequence[float]) -> float:
    """Of the shares that are known."""
    known = [share for share in shares if not math.isnan(share)]
    return float(np.mean(known)) if known else math.nan


def table(rows: Sequence[tuple[float, dict[str, dict[str, float]]]]) -> str:
    """Mean shares by guide, for all videos and by how far things move in one exposure."""
    lines = []
    for title, low, high in (
        ("all", 0.0, math.inf),
        ("below 3 px", 0.0, 3.0),
        ("3 to 10 px", 3.0, 10.0),
        ("10 px and more", 10.0, math.inf),
    ):
        chosen = [scores for travelled, scores in rows if low <= travelled < high]
        if not chosen:
            continue
        head = f"{title} ({len(chosen)} videos)"
        lines.append(f"{head:40s}" + "".join(f"{name:>10s}" for name in MEASURES))
        for guide in chosen[0]:
            means = [mean([scores[guide][name] for scores in chosen]) for name in MEASURES]
            lines.append(f"  {guide:38s}" + "".join(f"{100 * m:9.1f}%" for m in means))
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=64)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--shutter", type=float, default=DEFAULT_SHUTTER)
    parser.add_argument("--flow", default="auto")
    options = parser.parse_args()
    settings = NeighbourSettings(flow=options.flow, shutter=options.shutter)
    known = guides(settings)
    rows = []
    for video in videos(options.count, options.size, options.seed, options.shutter):
        length = np.linalg.norm(video.flow, axis=-1)
        moving = length >= settings.threshold
        if moving.mean() < 0.01:
            continue
        scores = {
            name: agreement(guide(video), video.flow, settings.threshold)
            for name, guide in known.items()
        }
        rows.append((float(length[moving].mean()), scores))
    print(table(rows))


if __name__ == "__main__":
    main()
