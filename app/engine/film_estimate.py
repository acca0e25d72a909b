"""About how large an exported film will be: measured by encoding a part of it, not guessed."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.engine.export import Material, OnStep, resized, smoothed
from app.engine.film_style import FilmStyle
from app.media.films import shown_order, write_animation

# Pixels of all frames together that are encoded for an estimate: about a second of work.
_PIXELS = 12_000_000
_BAND = 96
"""Rows of a band: enough for the codecs' blocks and for optical flow."""


def estimate_bytes(
    material: Material, style: FilmStyle, suffix: str, on_step: OnStep | None = None
) -> int:
    """The size of the film file in bytes, measured on a part of the film.

    A small film is encoded whole. Of a large one, bands spread evenly over its height are encoded
    and their size is scaled up by area. Of mp4 and webm that repeat, one pass and two are encoded:
    what the second adds is what every further one does. With the app's samples this came within a
    fifth of the file's true size.

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
    count = style.count(len(small.frames))
    part, share = _bands(small, _PIXELS // (3 * count))
    film = smoothed(part, style, step)
    rate = style.rate if len(film.frames) > 1 else style.fps
    once = len(shown_order(len(film.frames), suffix, rate, style.loop, 0))
    whole = len(shown_order(len(film.frames), suffix, rate, style.loop, style.min_seconds))
    first = _encoded_bytes(film, style, suffix, rate, 0, step)
    if whole == once:
        return round(first / share)
    both = _encoded_bytes(film, style, suffix, rate, 2 * once / rate, step)
    return round((first + (whole / once - 1) * max(both - first, 0)) / share)


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


def _encoded_bytes(
    film: Material, style: FilmStyle, suffix: str, rate: float, seconds: float, on_step: OnStep
) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"film{suffix}"
        write_animation(
            path,
            film.frames,
            fps=rate,
            loop=style.loop,
            min_seconds=seconds,
            on_frame=lambda done, total: on_step("Estimating the size", done, total),
        )
        return path.stat().st_size
