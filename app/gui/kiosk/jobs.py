"""What the booth does in the background, as plain functions; no widgets.

Nothing is written but the film that a visitor keeps: neither projects nor recovery files.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.errors import InputError, UnspoolError
from app.gui.document import Document, Point, RenderChoices
from app.gui.drawing.pyramid import Pyramid, build_pyramid
from app.gui.jobs import Film, animate_job
from app.gui.kiosk.settings import KioskSettings
from app.gui.kiosk.visit import Visit, find_swiped
from app.gui.program.language import translate
from app.gui.worker import Job, Step

_THUMBNAIL = 480
_MOST_PHOTOS = 200
_KEPT_FPS = 12.0
_KEPT_SECONDS = 4.0


@dataclass(frozen=True, eq=False)
class Choice:
    """A photo that can be picked, with its small picture and (size, time) of the file then."""

    path: Path
    picture: Pyramid
    stamp: tuple[int, int]


def choices_job(settings: KioskSettings, known: tuple[Choice, ...] = ()) -> Job:
    """The photos to choose from, a tuple of `Choice`; unreadable ones are left out.

    Those `known` from the visitor before are read again only if their file has changed.
    """
    before = {choice.path: choice for choice in known}

    def work(step: Step) -> tuple[Choice, ...]:
        title = translate("Jobs", "Looking for photos")
        step(title, 0, 0)
        from app.media.pixels import resize_to_max_edge
        from app.media.small_photos import read_small

        found = []
        paths = photo_paths(settings)
        for number, path in enumerate(paths):
            step(title, number, len(paths))
            try:
                stat = path.stat()
                stamp = (stat.st_size, stat.st_mtime_ns)
                if path in before and before[path].stamp == stamp:
                    found.append(before[path])
                    continue
                pixels = read_small(path, _THUMBNAIL).pixels
            except (UnspoolError, OSError):
                continue
            small = build_pyramid(resize_to_max_edge(pixels, _THUMBNAIL))
            found.append(Choice(path, small, stamp))
        if not found:
            raise InputError(
                translate("Jobs", "{folder} holds no photos that can be shown.").format(
                    folder=settings.folder
                )
            )
        return tuple(found)

    return Job("choices", translate("Jobs", "Looking for photos"), work)


def photo_paths(settings: KioskSettings) -> list[Path]:
    """The booth's photos, the folder's or else the samples.

    Raises:
        InputError: the folder cannot be read or holds no photos.
    """
    from app.assets import sample_names, sample_path

    if settings.folder is None:
        return [sample_path(name) for name in sample_names()]
    from app.project.folders import photos_in

    return photos_in(settings.folder)[:_MOST_PHOTOS]


def pick_job(path: Path, max_edge: int) -> Job:
    """Read a photo, no larger than the booth needs, for a new `Visit`."""

    def work(step: Step) -> Visit:
        step(translate("Jobs", "Opening the photo"), 0, 0)
        from app.media.photos import read_photo
        from app.media.pixels import resize_to_max_edge

        photo = read_photo(path)
        photo = replace(photo, pixels=resize_to_max_edge(photo.pixels, max_edge))
        return Visit(Document(photo), build_pyramid(photo.pixels))

    return Job("visit", translate("Jobs", "Opening the photo"), work)


def swipe_job(visit: Visit, swipe: tuple[Point, ...], *, everything: bool) -> Job:
    """Outline what a swipe means, see `find_swiped`; the result is the visit after it."""

    def work(step: Step) -> Visit:
        step(translate("Jobs", "Looking"), 0, 0)
        found = find_swiped(
            visit.document.photo.pixels,
            swipe,
            visit.regions,
            lambda done, total: step(translate("Jobs", "Looking"), done, total),
            everything=everything,
        )
        return visit.with_swipe(found)

    return Job("visit", translate("Jobs", "Looking"), work)


def film_job(visit: Visit, settings: KioskSettings) -> Job:
    """Animate the visitor's photo; the result is a `Film`."""
    choices = RenderChoices(weights=settings.weights)
    return animate_job(visit.document.photo, visit.regions, choices)


def attract_job(name: str, settings: KioskSettings) -> Job:
    """Animate a packaged sample to attract people; delivers its photo, the result is a `Film`."""

    def work(step: Step) -> Generator[Pyramid, None, Film]:
        step(translate("Jobs", "Preparing"), 0, 0)
        from app.assets import sample_path
        from app.gui.files.storage import open_photo

        document, _ = open_photo(sample_path(name))
        yield build_pyramid(document.photo.pixels)
        choices = RenderChoices(weights=settings.weights)
        film: Film = animate_job(document.photo, document.regions, choices).work(step)
        return film

    return Job("attract", translate("Jobs", "Preparing"), work)


def keep_job(film: Film, out: Path) -> Job:
    """Write a film under a name of its own into the folder; the result is its path."""
    path = free_name(out)

    def work(step: Step) -> Path:
        title = translate("Jobs", "Writing the film")
        step(title, 0, 0)
        from app.media.films import write_animation

        write_animation(
            path,
            film.frames,
            fps=_KEPT_FPS,
            loop="pingpong",
            min_seconds=_KEPT_SECONDS,
            on_frame=lambda done, total: step(title, done, total),
        )
        return path

    return Job("export", translate("Jobs", "Exporting {name}").format(name=path.name), work)


def free_name(out: Path) -> Path:
    """`unspool-20240131-154502.mp4`, or with a number behind it when that is taken."""
    stem = f"unspool-{datetime.now():%Y%m%d-%H%M%S}"
    path, number = out / f"{stem}.mp4", 2
    while path.exists():
        path, number = (
            out / f"{stem}-{number}.mp4",
            number + 1,
        )
    return path
