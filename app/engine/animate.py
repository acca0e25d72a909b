"""Photo and guidance in, film out: the one path that the command line and the window share.

Only what moves is run through the network, tile by tile; everything else is copied. Files are read
and written elsewhere.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.device import inference_dtype, is_out_of_memory, resolve_device
from app.engine.interpolate import resample
from app.engine.reblur import reblur_psnr
from app.engine.stills import still_film
from app.engine.tiling import Box, RowBlender, Tiling, moving_boxes, smallest_tile
from app.engine.weights import DEFAULT_DECOMPOSER, load_decomposer
from app.errors import InputError, RunError
from app.guidance.displacement import Displacement, resized, validated
from app.guidance.maps import to_signs, validate
from app.media.pixels import Pixels, resize_to_max_edge, to_float
from models.decomposer import Decomposer
from models.looks import LOOKS, PLAIN, Look, seen

GuidanceMap = NDArray[np.uint8]
T = TypeVar("T")

DEFAULT_FRAMES = 7
MAX_FRAMES = 1000

# Context read around every tile, in pixels. The receptive field is wider (300 px and more). With
# the shipped weights a cut 96 px away changes nothing by more than 2 of 255 levels (64 px away: 3,
# and eighty times as many values by more than 1); test_shipped_weights checks what is shipped.
CONTEXT = 96
# Longest tile edge by default. Larger tiles read less context twice; this one needs about 1 GB.
DEFAULT_TILE = {"residual-unet": 1024, "afb": 512}

_log = logging.getLogger(__name__)


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
    """

    frames: int | None = DEFAULT_FRAMES
    weights: str = DEFAULT_DECOMPOSER
    device: str = "auto"
    max_edge: int | None = None
    tile: int | None = None
    looks: int | None = None

    @property
    def looks_taken(self) -> int:
        """`looks`, or what None stands for."""
        if self.looks is not None:
            return self.looks
        return 2 if self.weights == DEFAULT_DECOMPOSER else 1


@dataclass(frozen=True)
class Progress:
    """`done` of `total` steps of the stage "load", "decompose" or "interpolate"."""

    stage: str
    done: int
    total: int


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
    """

    frames: Pixels
    guidance: GuidanceMap
    weights: str
    device: str
    seconds: float
    reblur_psnr: float


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

    if not moving.any():
        frames = still_film(pixels, settings.frames or DEFAULT_FRAMES)
        psnr = math.inf
    else:
        yield Progress("load", 0, 1)
        network = load_decomposer(settings.weights, device)
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
        scene = _Scene(pixels, guidance, displacement if network.config.sees_displacement else None)
        looks = LOOKS[: settings.looks_taken]
        frames = yield from _decomposed(network, scene, device, settings.tile, looks)
        psnr = reblur_psnr(frames, pixels, moving)
        if settings.frames not in (None, len(frames)):
            steps = resample(frames, moving, settings.frames)
            frames = yield from _announced("interpolate", steps)
    return Animation(
        frames=frames,
        guidance=guidance,
        weights=settings.weights,
        device=device.type,
        seconds=time.perf_counter() - started,
        reblur_psnr=psnr,
    )


def finish(
    generator: Generator[Progress, None, T],
    on_progress: Callable[[Progress], None] | None = None,
) -> T:
    """Run an animation, or what else makes progress, to its end and return its result.

    An exception from `on_progress` cancels it.
    """
    try:
        while True:
            progress = next(generator)
            if on_progress is not None:
                on_progress(progress)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        generator.close()


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
    if settings.max_edge is not None and settings.max_edge < 1:
        raise InputError(f"The longest edge must be at least 1 pixel, not {settings.max_edge}.")


def _size(pixels: NDArray) -> str:
    return f"{pixels.shape[1]}×{pixels.shape[0]}"


@dataclass(frozen=True, eq=False)
class _Scene:
    """What the network is shown: photo, guidance, and how far things moved if it listens."""

    pixels: Pixels
    guidance: GuidanceMap
    displacement: Displacement | None

    def part(self, where: tuple[slice, slice]) -> _Scene:
        """Some rows and columns."""
        told = None if self.displacement is None else self.displacement[where]
        return _Scene(self.pixels[where], self.guidance[where], told)


def _decomposed(
    network: Decomposer,
    scene: _Scene,
    device: torch.device,
    tile: int | None,
    looks: Sequence[Look] = (PLAIN,),
) -> Generator[Progress, None, Pixels]:
    """The network's frames, (T, H, W, 3), moving boxes only; halves the tile when memory ends."""
    height, width = scene.guidance.shape
    context = min(CONTEXT, network.receptive_radius)
    boxes = moving_boxes(scene.guidance > 0, context)
    frames = still_film(scene.pixels, network.config.frames)
    edge = tile or max(DEFAULT_TILE[network.config.family], smallest_tile(network.stride))
    done, announced = 0, -1
    for index, box in enumerate(boxes):
        finished = False
        while not finished:
            tiling = Tiling.fitting(edge, context, network.stride)
            tiles = sum(tiling.count(b, height, width) for b in boxes[index:])
            total = done + len(looks) * tiles
            steps = _decompose_box(network, scene, frames, box, tiling, device, looks)
            before = done
            try:
                if total != announced:
                    announced = total
                    yield Progress("decompose", done, total)
                for _ in steps:
                    done += 1
                    yield Progress("decompose", done, total)
                finished = True
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                reason = str(error).strip().splitlines()[0] if str(error).strip() else "no memory"
            # Outside the handler: the error's traceback would keep the tile's tensors alive.
            if not finished:
                done = before
                edge = smaller_tile(edge, tile, network.stride, device, reason)
    return frames


def smaller_tile(
    edge: int, wished: int | None, stride: int, device: torch.device, reason: str
) -> int:
    """Half the tile edge after memory ran out.

    Raises:
        RunError: the edge was `wished` for, or half of it is too small for the network's stride.
    """
    if device.type == "cuda":
        torch.cuda.empty_cache()
    if wished is not None:
        raise RunError(
            f"Not enough memory on {device.type} for tiles of {wished} px ({reason}); "
            "choose a smaller tile or let Unspool choose."
        )
    if edge // 2 < smallest_tile(stride):
        raise RunError(
            f"Not enough memory on {device.type} even for tiles of {edge} px ({reason})."
        )
    _log.info("out of memory with tiles of %d px, trying %d px", edge, edge // 2)
    return edge // 2


def _decompose_box(
    network: Decomposer,
    scene: _Scene,
    frames: Pixels,
    box: Box,
    tiling: Tiling,
    device: torch.device,
    looks: Sequence[Look],
) -> Generator[None, None, None]:
    """Write one box's moving pixels into `frames`, pausing after every look at a tile."""
    guidance = scene.guidance
    height, width = guidance.shape
    peak = np.iinfo(frames.dtype).max
    rows = tiling.spans(box.top, box.bottom, height)
    columns = tiling.spans(box.left, box.right, width)
    blender = RowBlender(tiling.blend)
    for i, row in enumerate(rows):
        blender.next_row()
        for j, column in enumerate(columns):
            keep = (
                slice(row.keep_start, row.keep_stop),
                slice(column.keep_start, column.keep_stop),
            )
            if not guidance[keep].any():
                blender.skip()
                for _ in looks:
                    yield
                continue
            read = (
                slice(row.read_start, row.read_stop),
                slice(column.read_start, column.read_stop),
            )
            tile = scene.part(read)
            film = _run(network, tile, device, looks[0])
            for look in looks[1:]:
                yield
                film += _run(network, tile, device, look)
            film /= len(looks)
            down, right = row.keep_start - row.read_start, column.keep_start - column.read_start
            kept = film[
                :,
                down : down + row.keep_stop - row.keep_start,
                right : right + column.keep_stop - column.keep_start,
            ]
            part = blender.add(
                kept, j, last_row=i == len(rows) - 1, last_column=j == len(columns) - 1
            )
            where = (
                slice(row.keep_start, row.keep_start + part.shape[1]),
                slice(column.keep_start, column.keep_start + part.shape[2]),
            )
            moving = guidance[where] > 0
            for frame, values in zip(frames, part, strict=True):
                whole = np.rint(values * np.float32(peak)).astype(frames.dtype)
                # Only moving pixels are written: static ones stay the photo, bit for bit.
                np.copyto(frame[where], whole, where=moving[..., None])
            yield


def run_network(
    network: Decomposer,
    pixels: Pixels,
    guidance: GuidanceMap,
    device: torch.device,
    look: Look = PLAIN,
    displacement: Displacement | None = None,
) -> NDArray[np.float32]:
    """One pass of the decomposer over one tile.

    Args:
        pixels: (h, w, 3) uint8 or uint16.
        guidance: (h, w) classes.
        look: how the tile is looked at.
        displacement: (h, w, 2) pixels for a network that sees it, or None.

    Returns:
        (T, h, w, 3) float32, clamped to [0, 1].
    """
    photo = torch.from_numpy(to_float(pixels))
    signs = torch.from_numpy(to_signs(guidance))
    dtype = inference_dtype(device)
    with (
        torch.inference_mode(),
        torch.autocast(device.type, torch.bfloat16, enabled=dtype == torch.bfloat16),
    ):
        blurry = photo.permute(2, 0, 1)[None].to(device, memory_format=torch.channels_last)
        moved = None
        if displacement is not None:
            vectors = torch.from_numpy(np.ascontiguousarray(displacement)).permute(2, 0, 1)
            moved = vectors[None].to(device)
        film = seen(network, blurry, signs[None].to(device), look, moved)[0]
        film = film.permute(0, 2, 3, 1).float().clamp_(0, 1)
        values: NDArray[np.float32] = film.contiguous().cpu().numpy()
    return values


def _run(
    network: Decomposer, scene: _Scene, device: torch.device, look: Look
) -> NDArray[np.float32]:
    return run_network(network, scene.pixels, scene.guidance, device, look, scene.displacement)


def _announced(
    stage: str, steps: Generator[tuple[int, int], None, Pixels]
) -> Generator[Progress, None, Pixels]:
    """The steps of a part of the work as progress of that stage."""
    try:
        while True:
            yield Progress(stage, *next(steps))
    except StopIteration as end:
        result: Pixels = end.value
        return result
