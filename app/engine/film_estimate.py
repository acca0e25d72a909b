"""About how large an exported film will be: measured by encoding a part of it, not guessed."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.engine.export import Material, OnStep, resized, smoothed
from app.engine.film_style import FilmStyle
from app.media.films import write_animation

# Pixels of all frames together that are encoded for an estimate: some seconds of work at most.
_PIXELS = 10_000_000
_BAND = 96
"""Rows of a band: enough for the codecs' blocks and for optical flow."""


def estimate_bytes(
    material: Material, style: FilmStyle, suffix: str, on_step: OnStep | None = None
) -> int:
    """The size of the film file in bytes, measured on a part of the film.

    A small film is encoded whole. Of a large one, bands spread evenly over its height are encoded,
    from the first frame to the last, and their size is scaled up by area.

    Args:
        material: what would be exported.
        style: how.
        suffix: of the film, such as ".mp4".
        on_step: as in `export`; an exception from it ends the estimate.

    Raises:
        InputError, RunError: as `export`.
    """
    step = on_step or (lambda _stage, _done, _total: None)
    small = resized(material, style, step)
    timing = style.timing(len(small.frames), suffix)
    part, share = _bands(small, _PIXELS // timing.file_frames)
    film = smoothed(part, style, again=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"film{suffix}"
        write_animation(
            path,
            film,
            fps=style.rate if len(film) > 1 else style.fps,
            loop=style.loop,
            min_seconds=style.min_seconds,
            on_frame=lambda done, total: step("Estimating the size", done, total),
        )
        return round(path.stat().st_size / share)


def _bands(material: Material, pixels: int) -> tuple[Material, float]:
    """Bands of the material of about that many pixels, as one picture, and their share of it."""
    height, width = material.frames.shape[1:3]
    wanted = max(pixels // width, _BAND)
    if wanted >= height:
        return material, 1.0
    count = max(wanted // _BAND, 1)
    starts = np.linspace(0, height - _BAND, count + 2).round().astype(int)[1:-1]
    rows = np.unique(np.concatenate([np.arange(start, start + _BAND) for start in starts]))
    part = replace(
        material,
        frames=np.ascontiguousarray(material.frames[:, rows]),
        moving=material.moving[rows],
    )
    return part, len(rows) / height
