"""A film that stands still: where every film begins before its moving pixels are written."""

from __future__ import annotations

import numpy as np

from app.media.pixels import Pixels


def still_film(photo: Pixels, count: int) -> Pixels:
    """The photo `count` times over.

    Copied frame by frame: `np.repeat` is several times slower and holds Python's lock all the
    while, half a second for 12 megapixels, in which a window cannot paint.

    Args:
        photo: (H, W, 3).

    Returns:
        (count, H, W, 3) of the same type, writable.
    """
    film = np.empty((count, *photo.shape), photo.dtype)
    for frame in film:
        frame[...] = photo
    return film
