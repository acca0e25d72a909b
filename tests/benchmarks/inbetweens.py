"""How near in-between frames come to the true ones, on simulated scenes.

Thirteen instants of each scene are rendered; the odd ones are left out and made again from the
seven even ones, which are the true frames or, with --weights, a decomposer's. With --trajectory
they are also warped along exposure trajectories instead of optical flow: an offset network's, told
the true guidance, and the true ones.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.animate import AnimateSettings, animate
from app.engine.exposure_paths import ExposurePaths
from app.engine.interpolate import in_between
from app.engine.progress import finish
from app.engine.trajectory import TrajectorySettings, find_trajectories
from app.flow.warping import warp
from app.guidance.flow import flow_to_guidance
from app.media.color import linear_to_srgb
from app.media.pixels import Pixels
from app.training.benchmark import benchmark_stills
from app.training.scene_settings import SimulatorSettings
from app.training.simulator import Exposures, simulate

FRAMES = 7
INSTANTS = 2 * FRAMES - 1

_WAYS_POINTS = 15


@dataclass(frozen=True)
class Film:
    """Seven frames of a scene, and where its pixels' light came from, as far as it is known."""

    frames: Pixels
    paths: ExposurePaths | None
    true_paths: ExposurePaths


Method = Callable[[Film], list[Pixels]]
"""Makes the six frames halfway between the seven."""


def nearest(film: Film) -> list[Pixels]:
    """The earlier frame again: what playing slower does."""
    return list(film.frames[:-1])


def cross_fade(film: Film) -> list[Pixels]:
    """The mean of both."""
    means = (film.frames[:-1].astype(np.float32) + film.frames[1:].astype(np.float32)) / 2
    return list(np.rint(means).astype(film.frames.dtype))


def warped(film: Film) -> list[Pixels]:
    """Unspool's in-betweens."""
    return [in_between(first, second, [0.5])[0] for first, second in pairwise(film.frames)]


def along_paths(film: Film) -> list[Pixels]:
    """Both neighbours warped along the predicted trajectories, and their mean."""
    assert film.paths is not None
    return _along(film.frames, film.paths)


def along_true_paths(film: Film) -> list[Pixels]:
    """The same along the true trajectories: as well as it could be done."""
    return _along(film.frames, film.true_paths)


def _along(frames: Pixels, paths: ExposurePaths) -> list[Pixels]:
    times = np.linspace(-1, 1, INSTANTS)
    made = []
    for index, (first, second) in enumerate(pairwise(frames)):
        # Two instants show the same of the middle frame where their offsets lead to the same place.
        before, now, after = (paths.at(float(t)) for t in times[2 * index : 2 * index + 3])
        sides = [
            warp(image.astype(np.float32), np.moveaxis(now - then, 0, -1), cv2.INTER_CUBIC)
            for image, then in ((first, before), (second, after))
        ]
        made.append(np.rint(np.clip((sides[0] + sides[1]) / 2, 0, 255)).astype(frames.dtype))
    return made


METHODS: dict[str, Method] = {
    "nearest frame": nearest,
    "cross-fade": cross_fade,
    "flow-warped": warped,
}
ALONG_PATHS: dict[str, Method] = {
    "along paths": along_paths,
    "along true ones": along_true_paths,
}


def scenes(count: int, size: int, seed: int) -> Exposures:
    """Scenes of the fixed benchmark's pictures with thirteen sharp instants."""
    settings = replace(SimulatorSettings.for_size(size), frames=INSTANTS)
    generator = torch.Generator().manual_seed(seed)
    return simulate(benchmark_stills(), settings, count, generator, points=_WAYS_POINTS)


def to_pixels(radiance: torch.Tensor) -> Pixels:
    """(..., H, W, 3) uint8 of (..., 3, H, W) linear light."""
    values = linear_to_srgb(np.clip(radiance.movedim(-3, -1).numpy(), 0, 1))
    return np.rint(values * 255).astype(np.uint8)


def psnr(made: Pixels, truth: Pixels, where: NDArray[np.bool_]) -> float:
    """PSNR in dB over the pixels of a mask."""
    error = np.mean((made[where].astype(np.float64) - truth[where]) ** 2)
    return 10 * math.log10(255**2 / max(error, 1e-2))


def measure(
    exposures: Exposures,
    methods: dict[str, Method],
    weights: str | None,
    trajectory: str | None = None,
) -> list[tuple[float, dict[str, float]]]:
    """Per scene: the mean displacement between neighbours in pixels, and each method's PSNR."""
    rows = []
    for index in range(len(exposures)):
        instants = to_pixels(exposures.frames[index])
        flow = exposures.flow[index].movedim(0, -1).numpy()
        guidance = flow_to_guidance(flow)
        moving = guidance > 0
        if moving.mean() < 0.01:
            continue
        known, photo = instants[::2], to_pixels(exposures.blurry[index])
        if weights is not None:
            known = finish(animate(photo, guidance, AnimateSettings(weights=weights))).frames
        paths = None
        if trajectory is not None:
            settings = TrajectorySettings(trajectory)
            paths = finish(find_trajectories(photo, guidance, settings)).paths
        assert exposures.trajectory is not None
        film = Film(known, paths, ExposurePaths(exposures.trajectory[index].numpy(), "zero"))
        truth = instants[1::2]
        scores = {}
        for name, method in methods.items():
            pairs = zip(method(film), truth, strict=True)
            scores[name] = float(np.mean([psnr(*pair, moving) for pair in pairs]))
        travelled = np.linalg.norm(flow[moving], axis=-1).mean() / (FRAMES - 1)
        rows.append((float(travelled), scores))
    return rows


def table(rows: Sequence[tuple[float, dict[str, float]]], methods: Sequence[str]) -> str:
    """Mean PSNR by method, over all scenes and by how far things move between two frames."""
    lines = [f"{'between two frames':22s}{'scenes':>8s}" + "".join(f"{m:>17s}" for m in methods)]
    for title, low, high in (
        ("all", 0.0, math.inf),
        ("below 2 px", 0.0, 2.0),
        ("2 to 4 px", 2.0, 4.0),
        ("4 px and more", 4.0, math.inf),
    ):
        chosen = [scores for travelled, scores in rows if low <= travelled < high]
        if chosen:
            means = "".join(f"{np.mean([s[m] for s in chosen]):17.2f}" for m in methods)
            lines.append(f"{title:22s}{len(chosen):8d}{means}")
    return "\n".join(lines)


def main() -> None:
    """Print the tables: between true frames, and between decomposed ones with --weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=48)
    parser.add_argument("--size", type=int, default=192)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--weights", help="also between the frames of these weights")
    parser.add_argument("--trajectory", help="also along the paths of these weights")
    options = parser.parse_args()
    methods = METHODS | (ALONG_PATHS if options.trajectory else {})
    exposures = scenes(options.count, options.size, options.seed)
    for weights in [None, options.weights] if options.weights else [None]:
        print(f"PSNR in dB over moving pixels, {weights or 'between true frames'}")
        print(table(measure(exposures, methods, weights, options.trajectory), list(methods)))


if __name__ == "__main__":
    main()
