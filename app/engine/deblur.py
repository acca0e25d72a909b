"""Deblurring a photo with a deblurring network; `middle_frame` knows other ways, too."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.device import resolve_device
from app.engine.exposure_paths import ExposurePaths
from app.engine.progress import Progress
from app.engine.reading import as_batch, predicted_paths
from app.engine.weights import (
    DEFAULT_DEBLUR,
    DEFAULT_TRAJECTORY,
    load_deblur,
    load_trajectory,
)
from app.engine.whole_photo import Window, over_tiles
from app.media.pixels import Pixels, resize_to_max_edge
from models.deblur import TAPS

# Pixels read around every tile of the deblurring network.
_CONTEXT = 64


@dataclass(frozen=True)
class DeblurSettings:
    """What a person may choose about deblurring.

    Attributes:
        weights: a name or a path of a deblurring network; of a decomposer for `middle_frame`.
        trajectory_weights: those of the offset network, which motion-aware networks need.
        device, max_edge, tile: as in `TrajectorySettings`. The network halves and quarters what it
            sees, so a photo in several tiles differs slightly from one in a single tile.
    """

    weights: str = DEFAULT_DEBLUR
    trajectory_weights: str = DEFAULT_TRAJECTORY
    device: str = "auto"
    max_edge: int | None = None
    tile: int | None = None


@dataclass(frozen=True)
class MiddleFrame:
    """The sharp middle frame, `(H, W, 3)` of the photo's type, and which weights made it."""

    pixels: Pixels
    weights: str


def deblur(
    pixels: Pixels,
    settings: DeblurSettings | None = None,
    paths: ExposurePaths | None = None,
) -> Generator[Progress, None, MiddleFrame]:
    """Deblur a photo.

    Args:
        pixels: `(H, W, 3)` uint8 or uint16, upright, sRGB-encoded; any size.
        settings: see `DeblurSettings`.
        paths: the photo's trajectories, where they are known already; motion-aware networks
            otherwise find them first.

    Yields:
        Progress between steps. Closing the generator cancels.

    Raises:
        InputError: settings, device or weights are wrong.
        RunError: not enough memory even for small tiles.
    """
    settings = settings or DeblurSettings()
    pixels = resize_to_max_edge(pixels, settings.max_edge)
    device = resolve_device(settings.device)
    yield Progress("load", 0, 1)
    network = load_deblur(settings.weights, device)
    yield Progress("load", 1, 1)
    knots: NDArray[np.float32] | None = None
    constraint = "quadratic"
    if network.config.motion_aware:
        if paths is None:
            offsets = load_trajectory(settings.trajectory_weights, device)
            paths = yield from predicted_paths(offsets, pixels, device, settings.tile)
        knots, constraint = paths.knots, paths.constraint

    def run(window: Window) -> NDArray[np.float32]:
        with torch.inference_mode():
            taps = None
            if knots is not None:
                part = ExposurePaths(knots[:, :, window[0], window[1]], constraint)
                taps = torch.from_numpy(part.offsets(TAPS))[None].to(device)
            sharp = network(as_batch(pixels[window], device), taps).float().clamp_(0, 1)
            values: NDArray[np.float32] = sharp.permute(0, 2, 3, 1).contiguous().cpu().numpy()
        return values

    film = yield from over_tiles(
        run,
        *pixels.shape[:2],
        stage="deblur",
        context=_CONTEXT,
        stride=network.stride,
        device=device,
        tile=settings.tile,
    )
    peak = np.iinfo(pixels.dtype).max
    sharp: Pixels = np.rint(film[0] * np.float32(peak)).astype(pixels.dtype)
    return MiddleFrame(sharp, settings.weights)
