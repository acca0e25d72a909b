"""How long painting regions into a 24-megapixel map takes, for outlines of several kinds."""

from __future__ import annotations

import time

import numpy as np

from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.guidance.region import Region

WIDTH, HEIGHT, COUNT = 6000, 4000, 200


def scattered(points: int, radius: float, seed: int = 0) -> list[Region]:
    """`COUNT` star-shaped regions of about `radius` pixels, anywhere on the photo."""
    rng = np.random.default_rng(seed)
    regions = []
    for index in range(COUNT):
        centre = rng.uniform((0, 0), (WIDTH, HEIGHT))
        angles = np.sort(rng.uniform(0, 2 * np.pi, points))
        reach = radius * rng.uniform(0.5, 1.0, points)
        ring = centre + reach[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        regions.append(Region(Direction(1 + index % 4), (tuple(map(tuple, ring.tolist())),)))
    return regions


def full_frame() -> list[Region]:
    """`COUNT` regions that each cover nearly the whole photo with slanted sides."""
    return [
        Region(
            Direction(1 + index % 4),
            (((index, 0.3), (WIDTH - 0.7, 9.0), (WIDTH - index, HEIGHT - 0.2), (5.0, HEIGHT - 7)),),
        )
        for index in range(COUNT)
    ]


def main() -> None:
    """Print one line per kind of region: the best of three runs."""
    cases = {
        "40 points, 150 px": scattered(40, 150),
        "200 points, 600 px": scattered(200, 600),
        "1000 points, 1500 px": scattered(1000, 1500),
        "4 points, full frame": full_frame(),
    }
    print(f"{WIDTH} x {HEIGHT} pixels, {COUNT} regions")
    for title, regions in cases.items():
        seconds = []
        for _ in range(3):
            started = time.perf_counter()
            rasterise(regions, WIDTH, HEIGHT)
            seconds.append(time.perf_counter() - started)
        print(f"{title:24s}{min(seconds):8.3f} s")


if __name__ == "__main__":
    main()
