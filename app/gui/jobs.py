"""The work that is done in the background, as plain functions: opening and animating.

Each builder captures values, imports what is heavy inside the job, and returns a `Job`; no widgets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.film_defaults import DEFAULT_SHARPENING
from app.gui.document import Document, Point, Regions, RenderChoices
from app.gui.drawing.pyramid import Pyramid, build_pyramid
from app.gui.program.language import marked, translate
from app.gui.program.torch_loading import load_torch
from app.gui.worker import Job, Step

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from app.gui.drawing.shaping import Area
    from app.guidance.region import Ways
    from app.media.photos import Photo
    from app.project.folder_values import PhotoFolder
    from app.project.recovery import Abandoned

_STAGES = {
    "load": marked("Jobs", "Loading the network"),
    "read": marked("Jobs", "Reading how far things moved"),
    "decompose": marked("Jobs", "Unspooling the exposure"),
    "interpolate": marked("Jobs", "Drawing frames in between"),
}


@dataclass(frozen=True, eq=False)
class Opened:
    """A document read from disk with its photo ready for the screen, and what is worth telling.

    `recovered` is the snapshot it was restored from; such a document is not saved yet. `found` are
    regions that were found for it, to be taken over as the step `found_by` of the history.
    `holds_clip` tells that the photo's file holds a clip, see `app.media.motion_photos`.
    """

    document: Document
    picture: Pyramid
    notice: str | None = None
    recovered: Abandoned | None = None
    found: Regions = ()
    found_by: str = ""
    holds_clip: bool = False


@dataclass(frozen=True, eq=False)
class Film:
    """An animation ready for the screen, with what it was made from.

    `frames` is (T, H, W, 3) uint8 or uint16; `reblur_psnr` says in dB how well the frames average
    back to the photo; `seconds` is the time the run took; `unheard` tells that the weights do not
    listen to how far things moved, although somebody said it. `ways` are how far each region's
    things moved, in photo pixels, as the network was told: by somebody, or by what was read.
    """

    frames: NDArray[Any]
    pictures: tuple[Pyramid, ...]
    regions: Regions
    choices: RenderChoices
    still: bool
    reblur_psnr: float
    seconds: float
    unheard: bool = False
    ways: Ways = ()


@dataclass(frozen=True, eq=False)
class FoundOutline:
    """What a rough stroke on `photo` meant; `cut` says that it shall be taken away."""

    photo: Photo
    area: Area
    cut: bool


def open_job(path: Path) -> Job:
    """Read a photo, with the project beside it if there is one, or a project with its photo."""

    def work(step: Step) -> Opened:
        step(translate("Jobs", "Reading the photo"), 0, 2)
        from app.gui.files import storage
        from app.media.motion_photos import find_clip

        opener = storage.open_project if storage.is_project(path) else storage.open_photo
        document, notice = opener(path)
        step(translate("Jobs", "Preparing the view"), 1, 2)
        holds_clip = find_clip(document.photo.path) is not None
        picture = build_pyramid(document.photo.pixels)
        return Opened(document, picture, notice, holds_clip=holds_clip)

    return Job("open", translate("Jobs", "Opening {name}").format(name=path.name), work)


def restore_job(item: Abandoned) -> Job:
    """Bring back the work of a program that ended unexpectedly."""

    def work(step: Step) -> Opened:
        step(translate("Jobs", "Reading the photo"), 0, 2)
        from app.gui.files.snapshots import restore

        document, notice = restore(item.snapshot)
        step(translate("Jobs", "Preparing the view"), 1, 2)
        return Opened(document, build_pyramid(document.photo.pixels), notice, item)

    # The kind of opening: whichever of the two is asked for last is the one that is shown.
    return Job(
        "open", translate("Jobs", "Restoring {name}").format(name=item.snapshot.photo.name), work
    )


def folder_job(path: Path) -> Job:
    """List the photos of a folder; the result is a `PhotoFolder`."""

    def work(step: Step) -> PhotoFolder:
        from app.project.folders import read_folder

        title = translate("Jobs", "Looking through the folder")
        return read_folder(path, lambda done, total: step(title, done, total))

    return Job("open", translate("Jobs", "Opening {name}").format(name=path.name), work)


def photos_job(photos: list[Path]) -> Job:
    """List these photos like a folder's; the result is a `PhotoFolder` of the first one's."""

    def work(step: Step) -> PhotoFolder:
        from app.project.folder_values import PhotoFolder
        from app.project.folders import read_entry

        entries = []
        for number, photo in enumerate(photos):
            step(translate("Jobs", "Looking through the photos"), number, len(photos))
            entries.append(read_entry(photo))
        return PhotoFolder(photos[0].parent, tuple(entries))

    return Job("open", translate("Jobs", "Opening {count} photos").format(count=len(photos)), work)


def keep_pixels_job(image: QImage, path: Path) -> Job:
    """Write an image to `path` as PNG and open it; the result is an `Opened`."""

    def work(step: Step) -> Opened:
        step(translate("Jobs", "Keeping the pasted photo"), 0, 2)
        from app.gui.files.pixels_file import write_image

        write_image(image, path)
        opened: Opened = open_job(path).work(step)
        sentence = translate("Jobs", "The pasted photo is kept as {path}.").format(path=path)
        return replace(opened, notice=opened.notice or sentence)

    return Job("open", translate("Jobs", "Opening the pasted photo"), work)


def animate_job(
    photo: Photo,
    regions: Regions,
    choices: RenderChoices,
    sharpen: float = DEFAULT_SHARPENING,
) -> Job:
    """Decompose the photo under the guidance that the regions paint; the result is a `Film`."""

    def work(step: Step) -> Film:
        # The first step comes before the imports: torch takes seconds to load.
        step(translate("Jobs", "Starting the network"), 0, 0)
        load_torch()
        from app.engine.animate import AnimateSettings, animate
        from app.gui.files.storage import paint
        from app.guidance.ways import ways_in

        height, width = photo.pixels.shape[:2]
        motion = paint(regions, width, height)
        settings = AnimateSettings(
            frames=choices.frames,
            weights=choices.weights,
            max_edge=choices.max_edge,
            sharpen=sharpen,
        )
        steps = animate(photo.pixels, motion.guidance, settings, motion.displacement)
        try:
            while True:
                progress = next(steps)
                title = translate("Jobs", _STAGES.get(progress.stage, progress.stage))
                step(title, progress.done, progress.total)
        except StopIteration as end:
            animation = end.value
        finally:
            steps.close()
        told = animation.told
        pictures = []
        for index, frame in enumerate(animation.frames):
            step(translate("Jobs", "Preparing the film"), index, len(animation.frames))
            pictures.append(build_pyramid(frame))
        return Film(
            frames=animation.frames,
            pictures=tuple(pictures),
            regions=regions,
            choices=choices,
            still=not motion.guidance.any(),
            reblur_psnr=float(animation.reblur_psnr),
            seconds=float(animation.seconds),
            unheard=animation.unheard,
            ways=() if told is None else ways_in(regions, told, width, height),
        )

    return Job("animate", translate("Jobs", "Animating"), work)


def outline_job(photo: Photo, points: tuple[Point, ...], cut: bool) -> Job:
    """Find the outline that a rough stroke means; the result is a `FoundOutline`."""

    def work(step: Step) -> FoundOutline:
        step(translate("Jobs", "Looking"), 0, 0)
        from app.gui.drawing.smart_outline import find_outline

        title = translate("Jobs", "Looking for edges")
        area = find_outline(photo.pixels, points, lambda done, total: step(title, done, total))
        return FoundOutline(photo, area, cut)

    return Job("outline", translate("Jobs", "Finding the outline"), work)
