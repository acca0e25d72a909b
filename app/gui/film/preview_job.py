"""What a live preview is and the work that makes one: a part of the photo, small, by `fast`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF

from app.gui.document import Regions
from app.gui.drawing.pyramid import Pyramid, build_pyramid
from app.gui.film.preview_part import Part
from app.gui.program.language import translate
from app.gui.program.torch_loading import load_torch
from app.gui.worker import Job, Step
from app.guidance.region import Region

if TYPE_CHECKING:
    from app.media.photos import Photo

KIND = "preview"
FAST = "decomposer-fast"

Layers = tuple[tuple[Pyramid, QRectF], ...]
"""Pictures, from the bottom to the top, each with its place in photo pixels."""


@dataclass(frozen=True, eq=False)
class Preview:
    """Frames of what moves, to be laid over the photo; transparent where nothing moves.

    `part` says where, `regions` is the guidance that it shows. `under` is a coarser preview of the
    same guidance for what lies outside the part.
    """

    pictures: tuple[Pyramid, ...]
    part: Part
    regions: Regions
    under: Preview | None = None

    def layers(self, index: int) -> Layers:
        """What lies over the photo in one frame."""
        below = self.under.layers(index) if self.under else ()
        return (*below, (self.pictures[index], QRectF(self.part.place)))


def preview_job(photo: Photo, regions: Regions, part: Part) -> Job:
    """Animate a part of the photo; the result is a `Preview`."""

    def work(step: Step) -> Preview:
        step(translate("PreviewJob", "Starting the network"), 0, 0)
        load_torch()
        import cv2

        from app.engine.animate import AnimateSettings, animate
        from app.guidance.rasterise import rasterise, rasterise_displacement
        from app.media.pixels import to_8bit

        place, scale = part.place, part.scale
        rows = slice(place.y(), place.y() + place.height())
        pixels = to_8bit(photo.pixels[rows, place.x() : place.x() + place.width()])
        size = (max(1, round(place.width() * scale)), max(1, round(place.height() * scale)))
        step(translate("PreviewJob", "Preparing the preview"), 0, 0)
        small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
        factors = size[0] / place.width(), size[1] / place.height()
        moved = [_moved(r, place, factors) for r in regions]
        guidance = rasterise(moved, *size)
        told = rasterise_displacement(moved, *size)
        steps = animate(small, guidance, AnimateSettings(weights=FAST), told)
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
        return Preview(tuple(pictures), part, regions)

    return Job(KIND, translate("PreviewJob", "Previewing"), work)


def _moved(region: Region, place: QRect, factors: tuple[float, float]) -> Region:
    """The region in pixels of the small picture."""
    across, down = factors
    rings = tuple(
        tuple(((x - place.x()) * across, (y - place.y()) * down) for x, y in ring)
        for ring in region.rings
    )
    told = region.displacement
    scaled = None if told is None else (told[0] * across, told[1] * down)
    return replace(region, rings=rings, displacement=scaled)
