"""`unspool animate`: blurry photos and their guidance become films, one after the other.

Which photo belongs to which guidance and film is `app.engine.batch`.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.clip_work import (
    ClipRequest,
    animate_clip_file,
    clip_sentence,
    the_clip,
)
from app.commands.destinations import refuse_unwritable
from app.commands.failures import tell_failure, unexpected_sentence
from app.commands.film_work import (
    FilmChoices,
    Product,
    Quadrant,
    animate_one,
    film_sentence,
    parsed_size,
    whole_motion,
)
from app.commands.options import (
    Device,
    DeviceOption,
    FlowOption,
    JsonOption,
    MaxEdgeOption,
    OverwriteOption,
    ReadingsOption,
    ShutterOption,
    Verbose,
    WeightsOption,
)
from app.commands.output import Show, note, print_json, progress_bar
from app.errors import InputError, RunError, UnspoolError
from app.film_defaults import DEFAULT_SHARPENING, MOST_SHARPENED

if TYPE_CHECKING:
    from app.engine.batch import Work


class Loop(str, Enum):
    """Choices of --loop."""

    ONCE = "once"
    LOOP = "loop"
    PINGPONG = "pingpong"


class FilmFormat(str, Enum):
    """Choices of --format; png is a folder of frames."""

    MP4 = "mp4"
    WEBM = "webm"
    GIF = "gif"
    WEBP = "webp"
    APNG = "apng"
    PNG = "png"


def animate(
    photos: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PHOTO...", help="Photos, or folders of them; or one clip."),
    ] = None,
    guidance: Annotated[
        Path | None,
        typer.Option(
            help="What moves where: guidance PNG, .npy, labelme JSON or project; for several "
            "photos a folder whose files match by stem."
        ),
    ] = None,
    direction: Annotated[
        Quadrant | None,
        typer.Option(
            help="The whole photo moves: q1 up-right, q2 up-left, q3 down-left, q4 down-right."
        ),
    ] = None,
    displacement: Annotated[
        str | None,
        typer.Option(
            metavar="X,Y",
            help="The whole photo moves, and so far: pixels to the right and down, such as 30,-12.",
        ),
    ] = None,
    sample: Annotated[
        str | None, typer.Option(metavar="NAME", help="A packaged sample instead of PHOTO.")
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Film (.mp4 .webm .gif .webp .apng) or folder of frames; for several photos the "
            "folder of all films. Default: <photo>.mp4 here.",
        ),
    ] = None,
    film_format: Annotated[
        FilmFormat | None,
        typer.Option("--format", help="Film format where --out is a folder. Default: mp4."),
    ] = None,
    frames: Annotated[int, typer.Option(min=1, max=1000, help="Frames over the exposure.")] = 7,
    fps: Annotated[
        float | None,
        typer.Option(
            min=0.1, max=240.0, help="Playback speed. Default: 12; for a clip its own, so slow."
        ),
    ] = None,
    loop: Annotated[Loop, typer.Option(help="How the film repeats.")] = Loop.LOOP,
    smooth: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            max=240.0,
            metavar="FPS",
            help="Show this many frames per second at the pace of --fps, with in-betweens.",
        ),
    ] = None,
    size: Annotated[
        str | None,
        typer.Option(
            metavar="PX|N%", help="Longer edge of what is written, or percent of the film's size."
        ),
    ] = None,
    duration: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=3600.0,
            metavar="SECONDS",
            help="A mp4 or webm that loops lasts at least this long.",
        ),
    ] = 3.0,
    also: Annotated[
        list[Product] | None,
        typer.Option(
            help="Write beside the film: <film>-frames/, <film>-sheet.png, "
            "<film>-guidance.png, <film>-labelme.json or <film>-coco.json. May be repeated."
        ),
    ] = None,
    tile: Annotated[
        int | None,
        typer.Option(min=16, metavar="PX", help="Process in tiles of this size. Default: chosen."),
    ] = None,
    shutter: ShutterOption = None,
    flow: FlowOption = "auto",
    resume: Annotated[
        bool,
        typer.Option(
            help="A clip: keep what is done in <out>.parts when interrupted, and go on from there."
        ),
    ] = False,
    looks: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=4,
            help="Looks at the photo, mirrored and turned, that are averaged: each takes as long. "
            "Default: 2 with decomposer-default, 1 with other weights and for clips.",
            show_default=False,
        ),
    ] = None,
    readings: ReadingsOption = "auto",
    sharpen: Annotated[
        float,
        typer.Option(
            min=0,
            max=MOST_SHARPENED,
            metavar="AMOUNT",
            help="How much finer detail what moves gets: networks in doubt are soft.",
        ),
    ] = DEFAULT_SHARPENING,
    weights: WeightsOption = "decomposer-default",
    device: DeviceOption = Device.AUTO,
    max_edge: MaxEdgeOption = None,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """Turn blurry photos and their motion guidance into films, or a blurry clip into a slow one.

    Clips and Motion Photos need no guidance: the neighbours of each frame give it.
    """
    from app.engine.batch import already_there, plan_films
    from app.engine.neighbours import NeighbourSettings
    from app.flow.shutter import DEFAULT_SHUTTER

    named = list(photos or [])
    neighbours = NeighbourSettings(
        flow,
        device.value,
        DEFAULT_SHUTTER if shutter is None else shutter,
        tells=shutter is not None,
    )
    clip = the_clip(named)
    if clip is not None:
        for name, given in (
            ("--guidance", guidance),
            ("--direction", direction),
            ("--displacement", displacement),
            ("--sample", sample),
            ("--format", film_format),
            ("--smooth", smooth),
            ("--size", size),
            ("--also", also),
        ):
            if given:
                raise InputError(f"{name} is for photos, and {clip} is a clip.")
        _animate_clip(
            clip,
            out,
            ClipRequest(
                frames=frames,
                fps=fps,
                tile=tile,
                weights=weights,
                device=device.value,
                max_edge=max_edge,
                looks=looks,
                readings=readings,
                sharpen=sharpen,
                neighbours=neighbours,
            ),
            overwrite=overwrite,
            resume=resume,
            as_json=as_json,
        )
        return
    if resume:
        raise InputError("--resume is for clips.")
    whole = whole_motion(direction, displacement)
    if sample is not None:
        if named or guidance is not None or whole is not None:
            raise InputError(
                "--sample stands instead of PHOTO, --guidance, --direction and --displacement."
            )
        named, guidance = _sample_files(sample)
    if not named:
        raise InputError("No photo is named: unspool animate PHOTO --guidance FILE.")
    if guidance is not None and whole is not None:
        raise InputError(
            "Say what moved with either --guidance FILE or --direction q1|q2|q3|q4 "
            "or --displacement X,Y."
        )
    if guidance is not None and not guidance.exists():
        raise InputError(f"Cannot read the guidance {guidance}: no such file or folder.")
    works = plan_films(named, guidance, out, film_format.value if film_format else None)
    several = len(named) > 1 or any(path.is_dir() for path in named)

    left = [work for work in works if overwrite or not already_there(work.out)]
    if not several and not left:
        raise InputError(f"{works[0].out} exists already; name another --out or use --overwrite.")
    for work in works:
        if work not in left:
            note(f"skipped {work.photo}: {work.out} exists already (--overwrite replaces it).")
    for folder in {work.out.parent for work in left}:
        refuse_unwritable(folder)

    from app.engine.animate import AnimateSettings
    from app.engine.film_style import FilmStyle
    from app.engine.weights import find_weights
    from app.media.films import DEFAULT_FPS

    max_pixels, percent = parsed_size(size)
    style = FilmStyle(
        frames,
        DEFAULT_FPS if fps is None else fps,
        loop.value,
        smooth,
        max_pixels,
        percent,
        duration,
    )
    # Refused before the network runs, if there are too many.
    style.count(frames)
    choices = FilmChoices(style, tuple(dict.fromkeys(also or ())), overwrite)
    # The network's own frames are kept; others are drawn between them while they are written.
    settings = AnimateSettings(
        None, weights, device.value, max_edge, tile, looks, readings, sharpen
    )
    find_weights(weights)
    films: list[dict[str, Any]] = []
    failures: list[tuple[Work, UnspoolError]] = []
    with progress_bar() as show:
        for number, work in enumerate(left, start=1):
            title = f"{number}/{len(left)} {work.photo.name}: " if several else ""
            step = _titled(show, title)
            try:
                film = animate_one(work, whole, settings, choices, step, neighbours)
            except Exception as error:
                if not several:
                    raise
                known = (
                    error
                    if isinstance(error, UnspoolError)
                    else RunError(unexpected_sentence(error))
                )
                failures.append((work, known))
                tell_failure(
                    str(known) if str(work.photo) in str(known) else f"{work.photo}: {known}"
                )
                continue
            films.append(film)
            if not as_json:
                typer.echo(film_sentence(film))
    if as_json:
        skipped = [{"photo": str(w.photo), "out": str(w.out)} for w in works if w not in left]
        failed = [{"photo": str(w.photo), "problem": str(e)} for w, e in failures]
        print_json({"films": films, "skipped": skipped, "failed": failed})
    if failures:
        # A photo that is wrong can be mended (2); a run that failed weighs more (1).
        raise typer.Exit(min(error.exit_status for _, error in failures))


def _animate_clip(
    clip: Path,
    out: str | None,
    request: ClipRequest,
    *,
    overwrite: bool,
    resume: bool,
    as_json: bool,
) -> None:
    with progress_bar() as show:
        film = animate_clip_file(clip, out, request, overwrite=overwrite, resume=resume, show=show)
    if as_json:
        print_json(film)
    else:
        typer.echo(clip_sentence(film))


def _titled(show: Show, title: str) -> Show:
    return lambda text, done, total: show(title + text, done, total)


def _sample_files(name: str) -> tuple[list[Path], Path]:
    from app.assets import sample_path

    photo = sample_path(name)
    return [photo], photo.with_name(f"{photo.stem}.unspool.json")
