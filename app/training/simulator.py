"""The exposure simulator: random layered scenes moved through one exposure, with exact truth.

This is the entry; what scenes are like is `scenes`, how they are composited is `compositing`, and
what a camera makes of them is `camera`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor

import torch
from torch import Tensor

from app.training.compositing import Exposures
from app.training.rasteriser import can_rasterise
from app.training.scene_settings import SimulatorSettings
from app.training.scenes import Scenes
from app.training.stills import StillBank

CPU_CHUNK, DEVICE_CHUNK = 8, 64

__all__ = ["Exposures", "SimulatorSettings", "simulate"]


def simulate(
    bank: StillBank,
    settings: SimulatorSettings,
    count: int,
    generator: torch.Generator,
    device: torch.device | str = "cpu",
    *,
    points: int = 0,
    share: tuple[int, int] = (0, 1),
    chunk: int | None = None,
    compiled: bool = True,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exposures:
    """Draw `count` scenes and expose them.

    All random numbers come from `generator` (on the CPU), so a seed gives the same scenes on every
    device up to rounding. Scenes are rendered `chunk` at a time, similar speeds together, with
    enough sub-frames that nothing jumps by much more than a pixel; on a CPU as many chunks side by
    side as torch has threads.

    Args:
        bank: what the scenes are made of.
        settings: what they are like.
        count: how many are drawn.
        generator: decides everything.
        device: where they are rendered and will be.
        points: instants of the exposure trajectories that come with them; 0 leaves them out.
        share: (i, n) exposes only the i-th of n shares of the scenes; the others are zero in every
            respect, so that the sum of all shares is the whole.
        chunk: scenes rendered together; by default few on a CPU and many elsewhere.
        compiled: on a CPU, composite in compiled loops where Numba is installed.
        cancelled: asked before every chunk.

    Raises:
        CancelledError: `cancelled` said so.
    """
    device = torch.device(device)
    compiled = compiled and device.type == "cpu" and can_rasterise()
    scenes = Scenes.draw(bank, settings, count, generator)
    chunk = chunk or (CPU_CHUNK if device.type == "cpu" else DEVICE_CHUNK)
    alike = torch.argsort(scenes.fastest).split(chunk)
    # Samples with many things come first, so that every layer covers the first few of its chunk.
    chunks = [rows[torch.argsort(-scenes.numbers[rows], stable=True)] for rows in alike]

    # The first chunk's shape stands for the rest where there are fewer chunks than shares.
    mine = chunks[share[0] :: share[1]]
    rendered = mine or chunks[:1]

    def render(rows: Tensor) -> Exposures:
        if cancelled():
            raise CancelledError
        return scenes.render(bank, rows, device, points, compiled=compiled)

    workers = torch.get_num_threads() if compiled else 1
    if workers == 1:
        parts = [render(rows) for rows in rendered]
    else:
        # Chunks side by side are quicker than torch's threads within each, which wait for another.
        with ThreadPoolExecutor(workers, initializer=torch.set_num_threads, initargs=(1,)) as pool:
            # The slowest scenes first: at the end, no thread waits long for another.
            parts = list(pool.map(render, rendered[::-1]))[::-1]
        # What one thread sets is also what new threads begin with.
        torch.set_num_threads(workers)
    rows = torch.cat(rendered).to(device)

    def placed(_: str, tensor: Tensor) -> Tensor:
        whole = tensor.new_zeros(count, *tensor.shape[1:])
        return whole.index_copy(0, rows, tensor) if mine else whole

    return Exposures.joined(parts).each(placed)
