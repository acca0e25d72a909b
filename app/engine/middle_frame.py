"""The sharp middle frame of a blurry photo, by whatever an installation can.

Deblurring weights, where there are some; else the decomposer. It wants to be told which way things
moved, but of the middle of the time both ways tell the same: without guidance it is asked along the
lines that are read from the photo, forwards and backwards, and the two answers are averaged.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import cv2
import numpy as np

from app.checkpoints import read_header
from app.engine.animate import AnimateSettings, animate
from app.engine.deblur import DeblurSettings, MiddleFrame, deblur
from app.engine.predict import PredictSettings, predict
from app.engine.progress import Progress
from app.engine.weights import DEFAULT_DEBLUR, DEFAULT_DECOMPOSER, find_weights
from app.errors import InputError
from app.guidance.classes import Direction
from app.guidance.displacement import Displacement
from app.guidance.maps import GuidanceMap, invert
from app.media.pixels import Pixels

_EVENED = 0.1
"""Over which part of the longer edge the lines of motion are evened: things move as wholes."""


def sharp_middle(
    pixels: Pixels,
    guidance: GuidanceMap | None,
    settings: DeblurSettings | None = None,
    displacement: Displacement | None = None,
) -> Generator[Progress, None, MiddleFrame]:
    """The middle frame by the best that is installed.

    Args:
        pixels: `(H, W, 3)` uint8 or uint16, upright, sRGB-encoded.
        guidance: `(H, W)` classes, or None. Where it is static, the frame equals the photo; without
            it nothing need be.
        settings: whose weights may be a decomposer's, too. Where those called `DEFAULT_DEBLUR` are
            not installed, `DEFAULT_DECOMPOSER` takes their place.
        displacement: `(H, W, 2)` pixels from first to last where somebody knows them, with guidance
            only; networks that can be told it reckon with it.

    Yields:
        Progress between steps. Closing the generator cancels.

    Raises:
        InputError: settings, device or weights are wrong.
        RunError: not enough memory even for small tiles.
    """
    settings = settings or DeblurSettings()
    weights, deblurs = chosen_weights(settings.weights)
    if deblurs:
        return (yield from deblur(pixels, settings, guidance, displacement))
    tries = AnimateSettings(
        None, weights, settings.device, settings.max_edge, settings.tile, sharpen=0
    )
    if guidance is not None:
        film = yield from animate(pixels, guidance, tries, displacement)
        return MiddleFrame(film.frames[len(film.frames) // 2], weights)
    # Both ways are two looks already.
    tries = replace(tries, looks=1)
    guidance = yield from _along_what_is_read(pixels, settings.device)
    middles = []
    for way in (guidance, invert(guidance)):
        film = yield from animate(pixels, way, tries)
        # A copy: the other frames of a large photo need not wait for the second film.
        middles.append(film.frames[len(film.frames) // 2].copy())
        del film
    return MiddleFrame(_mean(*middles), weights)


def _along_what_is_read(pixels: Pixels, device: str) -> Generator[Progress, None, GuidanceMap]:
    """Guidance in which everything moves downwards, along the diagonal that is read there."""
    predicted = yield from predict(pixels, PredictSettings(device=device))
    sine = predicted.axis[1]
    sine = cv2.GaussianBlur(sine, (0, 0), _EVENED * max(sine.shape))
    down = np.where(sine < 0, int(Direction.DOWN_LEFT), int(Direction.DOWN_RIGHT)).astype(np.uint8)
    height, width = pixels.shape[:2]
    found = cv2.resize(down, (width, height), interpolation=cv2.INTER_NEAREST_EXACT)
    return found.astype(np.uint8, copy=False)


def _mean(one: Pixels, other: Pixels) -> Pixels:
    """The mean of two pictures of one type, rounded upwards."""
    wide = one.astype(np.uint32) + other
    mean: Pixels = ((wide + 1) // 2).astype(one.dtype)
    return mean


def chosen_weights(weights: str) -> tuple[str, bool]:
    """The weights that stand for `weights` here, and whether they are a deblurring network's.

    Raises:
        InputError: there are none of that name; for `DEFAULT_DEBLUR` a decomposer's do.
    """
    try:
        path = find_weights(weights)
    except InputError:
        if weights != DEFAULT_DEBLUR:  # somebody asked for exactly these
            raise
        return DEFAULT_DECOMPOSER, False
    return weights, read_header(path).architecture != "decomposer"
