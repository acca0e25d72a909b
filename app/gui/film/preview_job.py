"""What a live preview is and the work that makes one: the part that moves, small, by `fast`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.gui.document import Regions
from app.gui.drawing.pyramid import Pyramid, build_pyramid
from app.gui.program.language import translate
from app.gui.program.torch_loading import load_torch
from app.gui.worker import Job, Step
from app.guidance.classes import Direction
from app.guidance.region import Region

if TYPE_CHECKING:
    from app.media.photos import Photo

KIND = "preview"
FAST = "decomposer-fast"

_CONTEXT = 0.08
"""How much of its own size the part that moves is enlarged by, so that the network sees around."""


@dataclass(frozen=True)
class Place:
    """A rectangle of whole photo pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, eq=False)
class Preview:
    """Frames of what moves, to be laid over the photo at `place`; transparent where nothing moves.

    `regions` is the guidance that it shows, `scale` its pixels per photo pixel.
    """

    pictures: tuple[Pyramid, ...]
    place: Place
    scale: float
    regions: Regions


def preview_job(photo: Photo, regions: Regions, edge: int) -> Job:
    """Animate what moves at `edge` pixels at most; the result is a `Preview`."""

    def work(step: Step) -> Preview:
        step(translate("PreviewJob", "Starting the network"), 0, 0)
        load_torch()
        import cv2

        from app.engine.animate import AnimateSettings, animate
        from app.guidance.regions import rasterise
        from app.media.photos import to_8bit

        place = moving_place(regions, photo.width, photo.height)
        rows = slice(place.top, place.top + place.height)
        part = to_8bit(photo.pixels[rows, place.left : place.left + place.width])
        scale = min(1.0, edge / max(place.width, place.height))
        size = (max(1, round(place.width * scale)), max(1, round(place.height * scale)))
        step(translate("PreviewJob", "Preparing the preview"), 0, 0)
        small = cv2.resize(part, size, interpolation=cv2.INTER_AREA) if scale < 1 else part
        factors = size[0] / place.width, size[1] / place.height
        guidance = rasterise([_moved(r, place, factors) for r in regions], *size)
        steps = animate(small, guidance, AnimateSettings(weights=FAST))
        try:
            while True:
                progress = next(steps)
                step(translate("PreviewJob", "Previewing"), progress.done, progress.total)
        except StopIteration as end:
            frames = end.value.frames
        finally:
            steps.close()
        moving = guidance > 0
        pictures = []
        for frame in frames:
            step(translate("PreviewJob", "Preparing the preview"), 0, 0)
            pictures.append(build_pyramid(frame, moving))
        return Preview(tuple(pictures), place, scale, regions)

    return Job(KIND, translate("PreviewJob", "Previewing"), work)


def moving_place(regions: Regions, width: int, height: int) -> Place:
    """The photo's part around everything that moves, with some context.

    Raises:
        ValueError: nothing moves.
    """
    boxes = [region.bounds for region in regions if region.direction != Direction.STATIC]
    if not boxes:
        raise ValueError("Nothing moves.")
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    room = max(32.0, _CONTEXT * max(right - left, bottom - top))
    x0, y0 = max(int(left - room), 0), max(int(top - room), 0)
    x1, y1 = min(int(right + room) + 1, width), min(int(bottom + room) + 1, height)
    return Place(x0, y0, max(x1 - x0, 1), max(y1 - y0, 1))


def _moved(region: Region, place: Place, factors: tuple[float, float]) -> Region:
    """The region in pixels of the small picture."""
    across, down = factors
    rings = tuple(
        tuple(((x - place.left) * across, (y - place.top) * down) for x, y in ring)
        for ring in region.rings
    )
    return replace(region, rings=rings)
