"""Writing a sample in AfB's layout: whole or not at all.

Reading is `afb`; which samples are made is the business of `app.training.synthesis`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from app.atomic import atomic_file
from app.errors import InputError
from app.media.photo_writing import write_photo
from app.training.datasets.afb import SampleFiles
from app.training.datasets.guidance_files import write_flow, write_guidance_map, write_trend
from app.training.datasets.samples import Sample


def write_sample(video: Path, number: int, sample: Sample) -> SampleFiles:
    """Write a sample as photo `number` of a video's folder; `sample.path` does not matter.

    The blurry photo is written last: a sample whose photo is there is complete. If anything fails
    or is interrupted on the way, what was written of the sample is removed again.

    Raises:
        InputError: the sample has no guidance, or the folder cannot be written.
        RunError: the disk is full or failed.
    """
    files = SampleFiles(video, number)
    if sample.guidance is None:
        raise InputError(f"Cannot write {files.blurry}: the sample has no guidance.")
    # A photo of an earlier run must not vouch for files that are about to change.
    files.blurry.unlink(missing_ok=True)
    try:
        for index, frame in enumerate(sample.frames):
            write_photo(files.sharp(index), frame)
        write_guidance_map(files.guidance, sample.guidance)
        write_trend(files.trend, sample.guidance)
        if sample.flow is not None:
            write_flow(files.flow, sample.flow)
        _write_trajectory(files.trajectory, sample)
        write_photo(files.blurry, sample.blurry)
    except BaseException:
        _remove(files, len(sample.frames))
        raise
    return files


def is_complete(files: SampleFiles, frames: int) -> bool:
    """Whether a sample with this many frames is there as `write_sample` leaves it."""
    needed = [files.blurry, files.trend, files.guidance, *(files.sharp(i) for i in range(frames))]
    return all(path.is_file() for path in needed)


def _write_trajectory(path: Path, sample: Sample) -> None:
    arrays: dict[str, Any] = {}
    if sample.offsets is not None:
        arrays["offsets"] = sample.offsets.astype(np.float16)
        arrays["times"] = np.linspace(0, 1, len(sample.offsets), dtype=np.float32)
    if sample.first_to_last is not None:
        arrays["first_to_last"] = np.moveaxis(sample.first_to_last, 2, 0).astype(np.float16)
    if arrays:
        with atomic_file(path) as temporary, temporary.open("wb") as stream:
            np.savez_compressed(stream, **arrays)


def _remove(files: SampleFiles, frames: int) -> None:
    paths = [files.blurry, files.trend, files.guidance, files.flow, files.trajectory]
    for path in [*paths, *(files.sharp(i) for i in range(frames))]:
        path.unlink(missing_ok=True)
