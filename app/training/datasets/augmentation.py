"""Turning samples over: mirrored, transposed, and backwards in time, everything known going along.

The counterpart for simulated exposures, which are batched tensors, is `app.training.batches`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.guidance import maps
from app.training.datasets.samples import Sample


def augmented(sample: Sample, rng: np.random.Generator) -> Sample:
    """The sample mirrored, upended, transposed and reversed, each with probability one half.

    Only square samples are transposed, so that those of one size stay of one size.
    """
    mirror, upend, turn, backwards = rng.random(4) < 0.5
    if mirror:
        sample = mirrored(sample)
    if upend:
        sample = upended(sample)
    if turn and sample.blurry.shape[0] == sample.blurry.shape[1]:
        sample = transposed(sample)
    return reversed_in_time(sample) if backwards else sample


def mirrored(sample: Sample) -> Sample:
    """Left and right exchanged."""
    return _turned(sample, lambda x: x[:, ::-1], maps.flip_horizontal, ((-1, 0), (0, 1)))


def upended(sample: Sample) -> Sample:
    """Top and bottom exchanged."""
    return _turned(sample, lambda x: x[::-1], maps.flip_vertical, ((1, 0), (0, -1)))


def transposed(sample: Sample) -> Sample:
    """Rows and columns exchanged."""
    return _turned(sample, lambda x: x.swapaxes(0, 1), maps.transpose, ((0, 1), (1, 0)))


def reversed_in_time(sample: Sample) -> Sample:
    """The same photo of the opposite motion: AfB's inverse samples (appendix C).

    A sample does not know the displacement of the last frame's pixels, so that of the first frame's
    becomes unknown.
    """
    return replace(
        sample,
        frames=sample.frames[::-1],
        guidance=None if sample.guidance is None else maps.invert(sample.guidance),
        flow=None if sample.flow is None else -sample.flow,
        first_to_last=None,
        offsets=None if sample.offsets is None else sample.offsets[::-1],
    )


def _turned(
    sample: Sample,
    move: Callable[[NDArray], NDArray],
    classes: Callable[[maps.GuidanceMap], maps.GuidanceMap],
    matrix: tuple[tuple[int, int], tuple[int, int]],
) -> Sample:
    """`move` takes `(H, W, ...)` pixels to their places; vectors are multiplied by `matrix`."""
    turn = np.array(matrix, np.float32).T

    def vectors(field: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
        return None if field is None else move(field) @ turn

    offsets = sample.offsets
    if offsets is not None:
        turned = [vectors(np.moveaxis(instant, 0, -1)) for instant in offsets]
        offsets = np.stack(
            [np.moveaxis(instant, -1, 0) for instant in turned if instant is not None]
        )
    return replace(
        sample,
        blurry=move(sample.blurry),
        frames=np.stack([move(frame) for frame in sample.frames]),
        guidance=None if sample.guidance is None else classes(sample.guidance),
        flow=vectors(sample.flow),
        first_to_last=vectors(sample.first_to_last),
        offsets=offsets,
    )
