"""Photo and guidance in, film out: the one path that the command line and the window share.

Only what moves is run through the network, tile by tile; everything else is copied. Files are read
and written elsewhere.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine.decomposing import Rendering, Scene, decomposed
from app.engine.device import resolve_device
from app.engine.interpolate import resample
from app.engine.progress import Progress, announced
from app.engine.reading import read_displacement
from app.engine.reblur import reblur_psnr
from app.engine.stills import still_film
from app.engine.tiling import smallest_tile
from app.engine.weights import AUTO_READINGS, DEFAULT_DECOMPOSER, load_decomposer, load_reader
from app.errors import InputError
from app.film_defaults import DEFAULT_SHARPENING, MOST_SHARPENED
from app.guidance.displacement import Displacement, resized, validated
from app.guidance.maps import GuidanceMap, validate
from app.media.pixels import Pixels, resize_to_max_edge
from models.looks import LOOKS

DEFAULT_FRAMES = 7
MAX_FRAMES = 1000

_KEPT_EDGE = 512


@dataclass(frozen=True)
class AnimateSettings:
    """What a person may choose about a film.

    Attributes:
        frames: how many, evenly spaced over the exposure. Other numbers than the network's own are
            made by optical flow between its frames, and held in memory like those; None leaves it
            at the network's own, for `app.engine.export` to draw others while it writes.
        weights: a name or a path, see `app.engine.weights`.
        device: "auto", "cuda", "mps" or "cpu".
        max_edge: the photo is shrunk until its longer edge has at most this many pixels, and the
            film has that size; static pixels then equal the shrunk photo. None keeps the size.
        tile: longest edge of what the network sees at once, in pixels; None chooses one, and then
            running out of memory halves it. A tile given here is never changed.
        looks: how many of `models.looks.LOOKS` are averaged, each a run of the network; None takes
            two with `DEFAULT_DECOMPOSER` and one with others.
        readings: what reads how far things moved where nobody says it, see `load_reader`.
        sharpen: how much of the frames' fine detail is added to what moves, from 0 to
            `MOST_SHARPENED`; networks in doubt are soft.
    """

    frames: int | None = DEFAULT_FRAMES
    weights: str = DEFAULT_DECOMPOSER
    device: str = "auto"
    max_edge: int | None = None
    tile: int | None = None
    looks: int | None = None
    readings: str = AUTO_READINGS
    sharpen: float = DEFAULT_SHARPENING

    @property
    def looks_taken(self) -> int:
        """`looks`, or what None stands for."""
        if self.looks is not None:
            return self.looks
        return 2 if self.weights == DEFAULT_DECOMPOSER else 1


@dataclass(frozen=True)
class Animation:
    """A film and how it came about.

    Attributes:
        frames: (T, H, W, 3), the photo's type, sRGB-encoded, first to last.
        guidance: (H, W) uint8 of classes, at the film's size.
        weights, device: what was used.
        seconds: wall-clock time, loading included.
        reblur_psnr: dB over the moving pixels of the mean of the network's frames in linear light
            against the photo, whatever number of frames was asked for; infinite when nothing moves.
        unheard: somebody said how far things moved, but the weights do not listen to that.
        told: (h, w, 2) how far things moved as the network was told, by a person or by what was
            read; the film at another size, of at most 1,024 pixels a side, in pixels of that size.
            None where nothing was told.
    """

    frames: Pixels
    guidance: GuidanceMap
    weights: str
    device: str
    seconds: float
    reblur_psnr: float
    unheard: bool = False
    told: Displacement | None = None


def animate(
    pixels: Pixels,
    guidance: GuidanceMap,
    settings: AnimateSettings | None = None,
    displacement: Displacement | None = None,
) -> Generator[Progress, None, Animation]:
    """Decompose a photo into a film.

    Args:
        pixels: (H, W, 3) uint8 or uint16, upright, sRGB-encoded.
        guidance: (H, W) uint8 of classes 0..4; where it is 0, every frame equals the photo.
        settings: see `AnimateSettings`.
        displacement: (H, W, 2) pixels from first to last where somebody knows how far things moved,
            0 elsewhere. Weights that do not listen to it make the film without.

    Yields:
        Progress between steps. Closing the generator cancels.

    Returns:
        The film. All-static guidance gives the photo repeated, without loading any weights.

    Raises:
        InputError: sizes, settings, device or weights are wrong.
        RunError: not enough memory even for small tiles.
    """
    settings = settings or AnimateSettings()
    started = time.perf_counter()
    _check(pixels, guidance, settings)
    guidance = validate(guidance)
    if displacement is not None:
        displacement = validated(displacement, *guidance.shape)
    if settings.max_edge is not None:
        pixels, guidance = shrink(pixels, guidance, settings.max_edge)
        if displacement is not None:
            displacement = resized(displacement, guidance.shape[1], guidance.shape[0])
    moving = guidance > 0
    device = resolve_device(settings.device)
    unheard, told = False, None

    if not moving.any():
        frames = still_film(pixels, settings.frames or DEFAULT_FRAMES)
        psnr = math.inf
    else:
        yield Progress("load", 0, 1)
        network = load_decomposer(settings.weights, device)
        reader = load_reader(network, settings.weights, settings.readings, device)
        if network.config.guidance_channels != 2:
            raise InputError(
                f"The weights '{settings.weights}' want {network.config.guidance_channels} "
                "guidance channels, but maps of the four quadrants have 2."
            )
        if settings.tile is not None and settings.tile < smallest_tile(network.stride):
            raise InputError(
                f"The tile size {settings.tile} is too small; "
                f"these weights need at least {smallest_tile(network.stride)} px."
            )
        yield Progress("load", 1, 1)
        if reader is not None:
            # It works on squares of pixels, and needs less memory for twice the edge.
            edge = None if settings.tile is None else 2 * settings.tile
            displacement = yield from read_displacement(
                reader, pixels, guidance, displacement, device, edge
            )
        unheard = displacement is not None and not network.config.sees_displacement
        if displacement is not None and not unheard:
            step = max(1, max(guidance.shape) // _KEPT_EDGE)
            told = displacement[::step, ::step] / np.float32(step)
        scene = Scene(pixels, guidance, None if unheard else displacement)
        rendering = Rendering(LOOKS[: settings.looks_taken], settings.sharpen)
        frames = yield from decomposed(network, scene, device, settings.tile, rendering)
        psnr = reblur_psnr(frames, pixels, moving)
        if settings.frames not in (None, len(frames)):
            steps = resample(frames, moving, settings.frames)
            frames = yield from announced("interpolate", steps)
    return Animation(
        frames=frames,
        guidance=guidance,
        weights=settings.weights,
        device=device.type,
        seconds=time.perf_counter() - started,
        reblur_psnr=psnr,
        unheard=unheard,
        told=told,
    )


def shrink(pixels: Pixels, guidance: GuidanceMap, max_edge: int) -> tuple[Pixels, GuidanceMap]:
    """Photo and guidance with a longer edge of at most `max_edge` pixels; classes never mix."""
    smaller = resize_to_max_edge(pixels, max_edge)
    height, width = smaller.shape[:2]
    if (height, width) == guidance.shape:
        return smaller, guidance
    nearest = cv2.resize(guidance, (width, height), interpolation=cv2.INTER_NEAREST_EXACT)
    return smaller, nearest.astype(np.uint8, copy=False)


def _check(pixels: Pixels, guidance: GuidanceMap, settings: AnimateSettings) -> None:
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype not in (np.uint8, np.uint16):
        raise InputError(
            f"A photo is (height, width, 3) of 8 or 16 bits, not {pixels.shape} {pixels.dtype}."
        )
    if guidance.shape != pixels.shape[:2]:
        raise InputError(
            f"The guidance is {_size(guidance)} pixels, but the photo is {_size(pixels)}."
        )
    if settings.frames is not None and not 1 <= settings.frames <= MAX_FRAMES:
        raise InputError(f"A film has 1 to {MAX_FRAMES} frames, not {settings.frames}.")
    if not 1 <= settings.looks_taken <= len(LOOKS):
        raise InputError(f"Looks are 1 to {len(LOOKS)}, not {settings.looks}.")
    if not 0 <= settings.sharpen <= MOST_SHARPENED:
        raise InputError(f"Films are sharpened by 0 to {MOST_SHARPENED}, not {settings.sharpen}.")
    if settings.max_edge is not None and settings.max_edge < 1:
        raise InputError(f"The longest edge must be at least 1 pixel, not {settings.max_edge}.")


def _size(pixels: NDArray) -> str:
    return f"{pixels.shape[1]}×{pixels.shape[0]}"
