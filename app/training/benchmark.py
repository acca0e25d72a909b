"""The fixed benchmark that anyone can rebuild: scenes from scikit-image's pictures and fixed seeds.

What is measured on them is `evaluation`.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch

from app.errors import InputError
from app.media.photos import read_photo
from app.media.pixels import resize_to_max_edge
from app.training.stills import TILE, StillBank

PICTURES = (
    "astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "motorcycle_left.png",
)  # fmt: skip
"""Freely licensed colour photographs that travel inside the scikit-image package."""

_MAX_EDGE = 640


def benchmark_stills() -> StillBank:
    """The pictures of the benchmark, without cut-outs: what moves in its scenes are shapes.

    Raises:
        InputError: scikit-image is not installed or comes without one of the pictures.
    """
    found = importlib.util.find_spec("skimage")
    if found is None or found.origin is None:
        raise InputError(
            "The benchmark is made from scikit-image's pictures: pip install 'unspool[evaluate]'."
        )
    folder = Path(found.origin).parent / "data"
    stills = []
    for name in PICTURES:
        pixels = resize_to_max_edge(read_photo(folder / name).pixels, _MAX_EDGE)
        stills.append(torch.tensor(pixels).permute(2, 0, 1).contiguous())
    return StillBank(stills, torch.zeros(0, 4, TILE, TILE, dtype=torch.uint8))
