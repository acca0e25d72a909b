"""Running a network over every pixel of a photo, tile by tile, within the memory there is.

What the network answers is the caller's business; films of what moves are `animate`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator

import numpy as np
import torch

from app.engine.decomposing import smaller_tile
from app.engine.device import is_out_of_memory
from app.engine.progress import Progress
from app.engine.tiling import FloatFilm, RowBlender, Tiling, smallest_tile
from app.errors import InputError

Window = tuple[slice, slice]
Run = Callable[[Window], FloatFilm]
"""What the network answers for a window of the photo, `(T, h, w, C)` float32."""

DEFAULT_TILE = 768


def over_tiles(
    run: Run,
    height: int,
    width: int,
    *,
    stage: str,
    context: int,
    stride: int,
    device: torch.device,
    tile: int | None = None,
) -> Generator[Progress, None, FloatFilm]:
    """The answer for a whole photo, `(T, H, W, C)`, from tiles that fade into each other.

    Args:
        run: see `Run`.
        height, width: the photo's size.
        stage: what is being done, for the progress.
        context: pixels read around every tile, so that its edge does not show.
        stride: the network's stride.
        device: where the network runs.
        tile: longest edge of what is read at once; None chooses one and halves it where memory
            runs out.

    Raises:
        InputError: the tile is too small for the network.
        RunError: not enough memory.
    """
    if tile is not None and tile < smallest_tile(stride):
        raise InputError(
            f"The tile size {tile} is too small; these weights need at least "
            f"{smallest_tile(stride)} px."
        )
    edge = tile or DEFAULT_TILE
    while True:
        try:
            return (
                yield from _pass(run, height, width, stage, Tiling.fitting(edge, context, stride))
            )
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            reason = str(error).strip().splitlines()[0] if str(error).strip() else "no memory"
        # Outside the handler: the error's traceback would keep the tile's tensors alive.
        edge = smaller_tile(edge, tile, stride, device, reason)


def _pass(
    run: Run, height: int, width: int, stage: str, tiling: Tiling
) -> Generator[Progress, None, FloatFilm]:
    rows, columns = tiling.spans(0, height, height), tiling.spans(0, width, width)
    total = len(rows) * len(columns)
    yield Progress(stage, 0, total)
    blender = RowBlender(tiling.blend)
    answer = np.empty(0, np.float32)
    for i, row in enumerate(rows):
        blender.next_row()
        for j, column in enumerate(columns):
            window = (
                slice(row.read_start, row.read_stop),
                slice(column.read_start, column.read_stop),
            )
            film = run(window)
            down, right = row.keep_start - row.read_start, column.keep_start - column.read_start
            part = blender.add(
                film[
                    :,
                    down : down + row.keep_stop - row.keep_start,
                    right : right + column.keep_stop - column.keep_start,
                ],
                j,
                last_row=i == len(rows) - 1,
                last_column=j == len(columns) - 1,
            )
            if not answer.size:
                answer = np.empty((film.shape[0], height, width, film.shape[3]), np.float32)
            answer[
                :,
                row.keep_start : row.keep_start + part.shape[1],
                column.keep_start : column.keep_start + part.shape[2],
            ] = part
            yield Progress(stage, i * len(columns) + j + 1, total)
    return answer
