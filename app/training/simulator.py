"""The exposure simulator: random layered scenes moved through one exposure, with exact truth.

This is the entry; what scenes are like is `scenes`, how they are composited is `compositing`, and
what a camera makes of them is `camera`.
"""

from __future__ import annotations

import torch

from app.training.compositing import Exposures
from app.training.scenes import Scenes, SimulatorSettings
from app.training.stills import StillBank

__all__ = ["Exposures", "SimulatorSettings", "simulate"]


def simulate(
    bank: StillBank,
    settings: SimulatorSettings,
    count: int,
    generator: torch.Generator,
    device: torch.device | str = "cpu",
    *,
    points: int = 0,
    chunk: int = 8,
) -> Exposures:
    """Draw `count` scenes and expose them.

    All random numbers come from `generator` (on the CPU), so a seed gives the same scenes on every
    device up to rounding. Scenes are rendered `chunk` at a time, similar displacements together,
    with enough sub-frames that nothing jumps by much more than a pixel. `points` instants of the
    exposure trajectories come with them; 0 leaves them out.
    """
    scenes = Scenes.draw(bank, settings, count, generator)
    alike = torch.argsort(scenes.longest).split(chunk)
    # Samples with many things come first, so that every layer covers the first few of its chunk.
    chunks = [rows[torch.argsort(-scenes.numbers[rows], stable=True)] for rows in alike]
    order = torch.cat(chunks)
    parts = [scenes.render(bank, rows, torch.device(device), points) for rows in chunks]
    joined = Exposures.joined(parts)
    return joined.select(torch.argsort(order).to(joined.blurry.device))
