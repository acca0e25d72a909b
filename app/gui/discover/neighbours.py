"""Regions from the photo taken just before or after this one, as of a burst or a video."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.gui.document import Regions
from app.gui.program.language import translate
from app.gui.worker import Job, Step

if TYPE_CHECKING:
    from app.guidance.region import Region
    from app.media.photos import Photo


@dataclass(frozen=True, eq=False)
class NeighbourMotion:
    """What moved in `photo`, as its neighbours in time tell.

    `title` names the step of the history that takes it over, `nothing` is what is said instead
    where there are no regions.
    """

    photo: Photo
    regions: Regions
    title: str
    nothing: str


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
        nothing = translate(
            "Neighbours", "Between this photo and {name} nothing seems to have moved."
        )
        return NeighbourMotion(
            photo,
            named_parts(found),
            translate("Neighbours", "Guidance from a neighbour"),
            nothing.format(name=path.name),
        )

    # The kind of outlining: whichever of the two is asked for last is the one that counts.
    return Job("outline", title, work)


def named_parts(found: Sequence[Region]) -> Regions:
    """Regions with names that number them."""
    word = translate("Suggesting", "Part")
    return tuple(replace(region, name=f"{word} {n}") for n, region in enumerate(found, start=1))
