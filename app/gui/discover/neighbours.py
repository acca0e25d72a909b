"""Regions from the photo taken just before or after this one, as of a burst or a video."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.gui.document import Regions
from app.gui.program.language import translate
from app.gui.worker import Job, Step

if TYPE_CHECKING:
    from app.media.photos import Photo


@dataclass(frozen=True, eq=False)
class NeighbourMotion:
    """What moved in `photo`, as its neighbour `path` tells."""

    photo: Photo
    path: Path
    regions: Regions


def neighbour_job(photo: Photo, path: Path, *, follows: bool) -> Job:
    """Find out what moved from a neighbouring photo; the result is a `NeighbourMotion`.

    Args:
        photo: the open photo.
        path: a photo of the same shape, taken just after this one, or else just before it.
        follows: whether it was taken after this one.
    """
    title = translate("Neighbours", "Comparing with the neighbouring photo")

    def work(step: Step) -> NeighbourMotion:
        step(title, 0, 2)
        from app.engine.neighbours import guidance_from_neighbours
        from app.media.photos import read_photo

        other = read_photo(path).pixels
        step(title, 1, 2)
        before, after = (None, other) if follows else (other, None)
        found = guidance_from_neighbours(photo.pixels, before, after).regions
        word = translate("Suggesting", "Part")
        named = [replace(region, name=f"{word} {n}") for n, region in enumerate(found, start=1)]
        return NeighbourMotion(photo, path, tuple(named))

    # The kind of outlining: whichever of the two is asked for last is the one that counts.
    return Job("outline", title, work)
