"""What a live preview is and the work that makes one: a part of the photo, small, by `fast`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from app.film_defaults import DEFAULT_SHARPENING
from app.gui.document import Regions
from app.gui.drawing.pyramid import Pyramid, build_pyramid
from app.gui.film.preview_part import Part
from app.gui.program.language import translate
from app.gui.program.torch_loading import load_torch
from app.gui.worker import Job, Step
from app.guidance.region import Ways

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
    same guidance for what lies outside the part. `ways` are how far each region's things moved in
    it, in photo pixels, as somebody says or as is read; None where nothing is known.
    """

    pictures: tuple[Pyramid, ...]
    part: Part
    regions: Regions
    under: Preview | None = None
    ways: Ways = ()

    def layers(self, index: int) -> Layers:
        """What lies over the photo in one frame."""
        below = self.under.layers(index) if self.under else ()
        return (*below, (self.pictures[index], QRectF(self.part.place)))


def preview_job(
    photo: Photo, regions: Regions, part: Part, sharpen: float = DEFAULT_SHARPENING
) -> Job:
    """Animate a part of the photo; the result is a `Preview`."""

    def work(step: Step) -> Preview:
        step(translate("PreviewJob", "Starting the network"), 0, 0)
        load_torch()
        import cv2

        from app.engine.animate import AnimateSettings, animate
        from app.guidance.rasterise import rasterise, rasterise_displacement
        from app.guidance.ways import ways_in
        from app.media.pixels import to_8bit

        place, scale = part.place, part.scale
        rows = slice(place.y(), place.y() + place.height())
        pixels = to_8bit(photo.pixels[rows, place.x() : place.x() + place.width()])
        size = (max(1, round(place.width() * scale)), max(1, round(place.height() * scale)))
        step(translate("PreviewJob", "Preparing the preview"), 0, 0)
        small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
        factors = size[0] / place.width(), size[1] / place.height()
        placed = [r.placed(place.x(), place.y(), *factors) for r in regions]
        guidance = rasterise(placed, *size)
        told = rasterise_displacement(placed, *size)
        steps = animate(small, guidance, AnimateSettings(weights=FAST, sharpen=sharpen), told)
        try:
            while True:
                progress = next(steps)
                step(translate("PreviewJob", "Previewing"), progress.done, progress.total)
        except StopIteration as end:
            animation = end.value
        finally:
            steps.close()
        moving = guidance > 0
        pictures = []
        for frame in animation.frames:
            step(translate("PreviewJob", "Preparing the preview"), 0, 0)
            pictures.append(build_pyramid(frame, moving))
        ways: Ways = ()
        if animation.told is not None:
            across, down = factors
            ways = tuple(
                None if way is None else (way[0] / across, way[1] / down)
                for way in ways_in(placed, animation.told, *size)
            )
        return Preview(tuple(pictures), part, regions, ways=ways)

    return Job(KIND, translate("PreviewJob", "Previewing"), work)
