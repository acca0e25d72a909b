"""Deblurring a photo with a deblurring network; `middle_frame` knows other ways, too."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.animate import shrink
from app.engine.colours import keep_colours
from app.engine.device import resolve_device
from app.engine.exposure_paths import ExposurePaths
from app.engine.progress import Progress
from app.engine.reading import as_batch
from app.engine.trajectory import TrajectorySettings, find_trajectories
from app.engine.weights import DEFAULT_DEBLUR, DEFAULT_TRAJECTORY, load_deblur
from app.engine.whole_photo import Window, over_tiles
from app.guidance.displacement import Displacement, resized
from app.guidance.maps import GuidanceMap
from app.media.pixels import Pixels, resize_to_max_edge, to_float
from models.along_paths import TAPS
from models.deblur import sharpened

# Pixels read around every tile of the deblurring network.
_CONTEXT = 128


@dataclass(frozen=True)
class DeblurSettings:
    """What a person may choose about deblurring.

    Attributes:
        weights: a name or a path of a deblurring network; of a decomposer for `middle_frame`.
        trajectory_weights: those of the offset network, which motion-aware networks need.
        device, max_edge, tile: as in `TrajectorySettings`. A photo in several tiles differs
            slightly from one in a single tile: without guidance neighbouring tiles may take first
            for last, and DMPHN halves and quarters what it sees.
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
    guidance: GuidanceMap | None = None,
    displacement: Displacement | None = None,
) -> Generator[Progress, None, MiddleFrame]:
    """Deblur a photo.

    Args:
        pixels: `(H, W, 3)` uint8 or uint16, upright, sRGB-encoded; any size.
        settings: see `DeblurSettings`.
        guidance: `(H, W)` classes, or None. Where it is static, the frame equals the photo, and
            motion-aware networks see paths that run its way; without it nothing need be.
        displacement: `(H, W, 2)` pixels from first to last where somebody knows them, with guidance
            only; motion-aware networks see paths that reach so far.

    Yields:
        Progress between steps. Closing the generator cancels.

    Raises:
        InputError: settings, device or weights are wrong.
        RunError: not enough memory even for small tiles.
    """
    settings = settings or DeblurSettings()
    device = resolve_device(settings.device)
    yield Progress("load", 0, 1)
    network = load_deblur(settings.weights, device)
    yield Progress("load", 1, 1)
    if guidance is None:
        pixels = resize_to_max_edge(pixels, settings.max_edge)
    else:
        pixels, guidance = shrink(pixels, guidance, settings.max_edge or max(pixels.shape))
    height, width = pixels.shape[:2]
    if displacement is not None:
        displacement = resized(displacement, width, height)
    knots: NDArray[np.float32] | None = None
    constraint = "quadratic"
    if network.config.motion_aware:
        found = yield from find_trajectories(
            pixels,
            guidance,
            TrajectorySettings(settings.trajectory_weights, settings.device, tile=settings.tile),
            displacement=displacement,
        )
        knots, constraint = found.paths.knots, found.paths.constraint

    def run(window: Window) -> NDArray[np.float32]:
        with torch.inference_mode():
            taps = None
            if knots is not None:
                part = ExposurePaths(knots[:, :, window[0], window[1]], constraint)
                taps = torch.from_numpy(part.offsets(TAPS))[None].to(device)
            sharp = sharpened(network, as_batch(pixels[window], device), taps)
            sharp = sharp.float().clamp_(0, 1)
            values: NDArray[np.float32] = sharp.permute(0, 2, 3, 1).contiguous().cpu().numpy()
        keep_colours(values, to_float(pixels[window]))
        return values

    film = yield from over_tiles(
        run,
        height,
        width,
        stage="deblur",
        context=_CONTEXT,
        stride=network.stride,
        device=device,
        tile=settings.tile,
    )
    peak = np.iinfo(pixels.dtype).max
    sharp: Pixels = np.rint(film[0] * np.float32(peak)).astype(pixels.dtype)
    if guidance is not None:
        sharp = np.where((guidance > 0)[..., None], sharp, pixels)
    return MiddleFrame(sharp, settings.weights)
