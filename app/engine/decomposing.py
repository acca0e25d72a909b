"""Running the decomposer over what moves in a photo, tile by tile, within the memory there is.

What a film is, and what a person may choose about it, is `animate`.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.colours import REACH, keep_colours
from app.engine.device import inference_dtype, is_out_of_memory
from app.engine.progress import Progress
from app.engine.stills import still_film
from app.engine.tiling import Box, RowBlender, Tiling, moving_boxes, smallest_tile
from app.errors import RunError
from app.guidance.displacement import Displacement
from app.guidance.maps import GuidanceMap, to_signs
from app.media.pixels import Pixels, to_float
from models.informed import AnyDecomposer
from models.looks import PLAIN, Look, seen
from models.sharpening import fine_detail

# Context read around every tile, in pixels. The receptive field is wider (300 px and more). With
# the shipped weights a cut 96 px away changes nothing by more than 2 of 255 levels (64 px away: 3,
# and eighty times as many values by more than 1); test_shipped_weights checks what is shipped.
CONTEXT = 96
# Longest tile edge by default. Larger tiles read less context twice; this one needs about 1 GB.
DEFAULT_TILE = {"residual-unet": 1024, "afb": 512}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Scene:
    """What the network is shown: photo, guidance, and how far things moved if it listens."""

    pixels: Pixels
    guidance: GuidanceMap
    displacement: Displacement | None

    def part(self, where: tuple[slice, slice]) -> Scene:
        """Some rows and columns."""
        told = None if self.displacement is None else self.displacement[where]
        return Scene(self.pixels[where], self.guidance[where], told)


@dataclass(frozen=True)
class Rendering:
    """How a network's answers become frames.

    Attributes:
        looks: whose answers are averaged.
        sharpen: how much of the frames' fine detail is added to them, see `models.sharpening`.
    """

    looks: Sequence[Look]
    sharpen: float


def decomposed(
    network: AnyDecomposer,
    scene: Scene,
    device: torch.device,
    tile: int | None,
    rendering: Rendering,
) -> Generator[Progress, None, Pixels]:
    """The network's frames, (T, H, W, 3), moving boxes only; halves the tile when memory ends."""
    looks = rendering.looks
    height, width = scene.guidance.shape
    context = max(REACH, min(CONTEXT, network.receptive_radius))
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
            steps = _decompose_box(network, scene, frames, box, tiling, device, rendering)
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
    network: AnyDecomposer,
    scene: Scene,
    frames: Pixels,
    box: Box,
    tiling: Tiling,
    device: torch.device,
    rendering: Rendering,
) -> Generator[None, None, None]:
    """Write one box's moving pixels into `frames`, pausing after every look at a tile."""
    looks = rendering.looks
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
            keep_colours(film, to_float(tile.pixels))
            if rendering.sharpen:
                _sharpen(film, rendering.sharpen)
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


def _sharpen(film: NDArray[np.float32], amount: float) -> None:
    """Add so much of its fine detail to a film (T, h, w, 3), in place, within [0, 1]."""
    frames = torch.from_numpy(film).permute(0, 3, 1, 2)
    frames += amount * fine_detail(frames)
    frames.clamp_(0, 1)


def run_network(
    network: AnyDecomposer,
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
    network: AnyDecomposer, scene: Scene, device: torch.device, look: Look
) -> NDArray[np.float32]:
    return run_network(network, scene.pixels, scene.guidance, device, look, scene.displacement)
