"""What an offset network reads of a photo, tile by tile: paths, and how far things moved.

What paths mean, and which way they run, is `exposure_paths`.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.exposure_paths import ExposurePaths
from app.engine.progress import Progress
from app.engine.tiling import moving_boxes, smallest_tile
from app.engine.whole_photo import Window, over_tiles
from app.guidance.displacement import Displacement
from app.guidance.maps import GuidanceMap, to_signs
from app.media.pixels import Pixels, to_float
from models.trajectory import TrajectoryNetwork

# Pixels read around every tile; blur much longer than that is rare.
CONTEXT = 96


def read_displacement(
    network: TrajectoryNetwork,
    pixels: Pixels,
    guidance: GuidanceMap,
    said: Displacement | None,
    device: torch.device,
    tile: int | None = None,
) -> Generator[Progress, None, Displacement]:
    """How far things moved, the guided way: as somebody says, and where nobody does, as is read.

    Only what moves and nobody speaks about is looked at.

    Args:
        network: reads guidance or not.
        pixels: `(H, W, 3)` uint8 or uint16.
        guidance: `(H, W)` classes, not all of them static.
        said: `(H, W, 2)` pixels, 0 where nobody says; None is nowhere.
        device: what computes.
        tile: longest edge of what is seen at once, or as small as the network allows; None chooses
            one.

    Yields:
        Progress of the stage "read".

    Raises:
        RunError: not enough memory.
    """
    if tile is not None:
        tile = max(tile, smallest_tile(network.stride))
    height, width = guidance.shape
    result = np.zeros((height, width, 2), np.float32)
    unsaid = guidance > 0
    if said is not None:
        unsaid &= ~said.any(axis=-1)
    for box in moving_boxes(unsaid, CONTEXT):
        seen = (
            slice(max(0, box.top - CONTEXT), min(height, box.bottom + CONTEXT)),
            slice(max(0, box.left - CONTEXT), min(width, box.right + CONTEXT)),
        )
        part = guidance[seen]
        paths = yield from predicted_paths(network, pixels[seen], device, tile, part, stage="read")
        moved, signs = paths.motion, np.moveaxis(to_signs(part), 0, -1)
        against = (moved * signs).sum(-1, keepdims=True) < 0
        inside = (
            slice(box.top - seen[0].start, box.bottom - seen[0].start),
            slice(box.left - seen[1].start, box.right - seen[1].start),
        )
        whole = slice(box.top, box.bottom), slice(box.left, box.right)
        result[whole] = np.where(against, -moved, moved)[inside]
    result *= (guidance > 0)[..., None]
    if said is not None:
        np.copyto(result, said, where=said.any(axis=-1, keepdims=True))
    return result


def predicted_paths(
    network: TrajectoryNetwork,
    pixels: Pixels,
    device: torch.device,
    tile: int | None = None,
    guidance: GuidanceMap | None = None,
    stage: str = "trajectories",
) -> Generator[Progress, None, ExposurePaths]:
    """The network's paths for a whole photo; without guidance, in whichever order of time."""
    signs = None if guidance is None else to_signs(guidance)

    def run(window: Window) -> NDArray[np.float32]:
        known = None
        if signs is not None:
            part = np.ascontiguousarray(signs[:, window[0], window[1]])
            known = torch.from_numpy(part)[None].to(device).float()
        with torch.inference_mode():
            knots = network(as_batch(pixels[window], device), known)[0].float()
            values: NDArray[np.float32] = knots.permute(0, 2, 3, 1).contiguous().cpu().numpy()
        return values

    film = yield from over_tiles(
        run,
        *pixels.shape[:2],
        stage=stage,
        context=CONTEXT,
        stride=network.stride,
        device=device,
        tile=tile,
    )
    knots = np.ascontiguousarray(np.moveaxis(film, -1, 1))
    return ExposurePaths(knots, network.config.constraint)


def as_batch(pixels: Pixels, device: torch.device) -> torch.Tensor:
    """A photo `(H, W, 3)` as the networks want it: `(1, 3, H, W)` float32 in [0, 1]."""
    photo = torch.from_numpy(to_float(pixels)).permute(2, 0, 1)[None]
    return photo.to(device, memory_format=torch.channels_last)
