"""How near in-between frames come to the true ones, on simulated scenes.

Thirteen instants of each scene are rendered; the odd ones are left out and made again from the
seven even ones, which are the true frames or, with --weights, a decomposer's.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.animate import AnimateSettings, animate, finish
from app.engine.interpolate import in_between
from app.guidance.flow import flow_to_guidance
from app.media.color import linear_to_srgb
from app.media.photos import Pixels
from app.training.benchmark import benchmark_stills
from app.training.scenes import SimulatorSettings
from app.training.simulator import Exposures, simulate

FRAMES = 7
INSTANTS = 2 * FRAMES - 1

Method = Callable[[Pixels, Pixels], Pixels]
"""Makes the frame halfway between two."""


def nearest(first: Pixels, second: Pixels) -> Pixels:
    """The earlier frame again: what playing slower does."""
    return first


def cross_fade(first: Pixels, second: Pixels) -> Pixels:
    """The mean of both."""
    mean = (first.astype(np.float32) + second.astype(np.float32)) / 2
    return np.rint(mean).astype(first.dtype)


def warped(first: Pixels, second: Pixels) -> Pixels:
    """Unspool's in-between."""
    return in_between(first, second, [0.5])[0]


METHODS: dict[str, Method] = {
    "nearest frame": nearest,
    "cross-fade": cross_fade,
    "flow-warped": warped,
}


def scenes(count: int, size: int, seed: int) -> Exposures:
    """Scenes of the fixed benchmark's pictures with thirteen sharp instants."""
    settings = replace(SimulatorSettings.for_size(size), frames=INSTANTS)
    generator = torch.Generator().manual_seed(seed)
    return simulate(benchmark_stills(), settings, count, generator)


def to_pixels(radiance: torch.Tensor) -> Pixels:
    """(..., H, W, 3) uint8 of (..., 3, H, W) linear light."""
    values = linear_to_srgb(np.clip(radiance.movedim(-3, -1).numpy(), 0, 1))
    return np.rint(values * 255).astype(np.uint8)


def psnr(made: Pixels, truth: Pixels, where: NDArray[np.bool_]) -> float:
    """PSNR in dB over the pixels of a mask."""
    error = np.mean((made[where].astype(np.float64) - truth[where]) ** 2)
    return 10 * math.log10(255**2 / max(error, 1e-2))


def measure(
    exposures: Exposures, methods: dict[str, Method], weights: str | None
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
        known = instants[::2]
        if weights is not None:
            photo = to_pixels(exposures.blurry[index])
            known = finish(animate(photo, guidance, AnimateSettings(weights=weights))).frames
        truth = instants[1::2]
        scores = {}
        for name, method in methods.items():
            made = [method(*pair) for pair in pairwise(known)]
            scores[name] = float(
                np.mean([psnr(*pair, moving) for pair in zip(made, truth, strict=True)])
            )
        travelled = np.linalg.norm(flow[moving], axis=-1).mean() / (FRAMES - 1)
        rows.append((float(travelled), scores))
    return rows


def table(rows: Sequence[tuple[float, dict[str, float]]], methods: Sequence[str]) -> str:
    """Mean PSNR by method, over all scenes and by how far things move between two frames."""
    lines = [f"{'between two frames':22s}{'scenes':>8s}" + "".join(f"{m:>15s}" for m in methods)]
    for title, low, high in (
        ("all", 0.0, math.inf),
        ("below 2 px", 0.0, 2.0),
        ("2 to 4 px", 2.0, 4.0),
        ("4 px and more", 4.0, math.inf),
    ):
        chosen = [scores for travelled, scores in rows if low <= travelled < high]
        if chosen:
            means = "".join(f"{np.mean([s[m] for s in chosen]):15.2f}" for m in methods)
            lines.append(f"{title:22s}{len(chosen):8d}{means}")
    return "\n".join(lines)


def main() -> None:
    """Print the tables: between true frames, and between decomposed ones with --weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=48)
    parser.add_argument("--size", type=int, default=192)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--weights", help="also between the frames of these weights")
    options = parser.parse_args()
    exposures = scenes(options.count, options.size, options.seed)
    for weights in [None, options.weights] if options.weights else [None]:
        print(f"PSNR in dB over moving pixels, {weights or 'between true frames'}")
        print(table(measure(exposures, METHODS, weights), list(METHODS)))


if __name__ == "__main__":
    main()
