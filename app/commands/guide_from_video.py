"""`unspool guide-from-video`: guidance for one frame from its neighbours in the video.

Finding it is `app.engine.neighbours`, and `app.engine.motion_photo` for photos that hold a clip.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.destinations import refuse_existing
from app.commands.options import (
    Device,
    DeviceOption,
    FlowOption,
    JsonOption,
    OverwriteOption,
    ShutterOption,
    Verbose,
)
from app.commands.output import note, print_json, progress_bar
from app.errors import InputError

if TYPE_CHECKING:
    from app.engine.neighbours import NeighbourGuidance, NeighbourSettings
    from app.media.pixels import Pixels

_SUFFIXES = (".png", ".npy", ".json")


@dataclass(frozen=True)
class _Asked:
    """Which frame is meant: two or three photos, a moment of a clip, or a Motion Photo."""

    source: Path | None
    frame: Path | None
    previous: Path | None
    following: Path | None
    at: float | None


def guide_from_video(
    out: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="Guidance as .png or .npy, or outlines as .unspool.json or .json (labelme).",
        ),
    ],
    source: Annotated[
        Path | None,
        typer.Argument(metavar="[CLIP|PHOTO]", help="A clip, with --at, or a Motion Photo."),
    ] = None,
    frame: Annotated[Path | None, typer.Option(metavar="PHOTO", help="The blurry frame.")] = None,
    previous: Annotated[
        Path | None, typer.Option(metavar="PHOTO", help="The frame before it.")
    ] = None,
    following: Annotated[
        Path | None, typer.Option("--next", metavar="PHOTO", help="The frame after it.")
    ] = None,
    at: Annotated[
        float | None, typer.Option(min=0.0, metavar="SECONDS", help="The moment in the clip.")
    ] = None,
    photo_out: Annotated[
        Path | None,
        typer.Option(metavar="PHOTO", help="Also write the clip's frame, as the photo to animate."),
    ] = None,
    shutter: ShutterOption = None,
    threshold: Annotated[
        float,
        typer.Option(
            min=0.0,
            metavar="PX",
            help="Slower motion is static: pixels over the exposure, at 640 pixels a side.",
        ),
    ] = 0.5,
    flow: FlowOption = "auto",
    device: DeviceOption = Device.AUTO,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """Find what moved which way in a video's frame from the frames before and after it."""
    from app.engine.neighbours import NeighbourSettings
    from app.flow.shutter import DEFAULT_SHUTTER
    from app.media.photo_writing import write_photo
    from app.project.labels import LabelledPhoto, Labels, write_labels

    asked = _Asked(source, frame, previous, following, at)
    _refuse_contradictions(asked, photo_out)
    if out.suffix.lower() not in _SUFFIXES:
        raise InputError(
            f"Cannot write {out}: guidance is written as .png, .npy, .json or .unspool.json."
        )
    refuse_existing(out, overwrite)
    if photo_out is not None:
        refuse_existing(photo_out, overwrite)
    settings = NeighbourSettings(
        flow,
        device.value,
        DEFAULT_SHUTTER if shutter is None else shutter,
        threshold,
        tells=shutter is not None,
    )
    with progress_bar() as show:
        show("comparing frames", 0, 0)
        pixels, photo, found = _found(asked, settings)
    photo = photo_out or photo
    if photo is None and out.suffix.lower() == ".json":
        raise InputError(f"{out} needs a photo to refer to: write the clip's frame by --photo-out.")
    if found.cut:
        note(
            "warning: the neighbouring frames show another scene, so the guidance is static "
            "everywhere."
        )
    elif not found.regions:
        note("warning: nothing moves between the frames, so the guidance is static everywhere.")
    if photo_out is not None:
        write_photo(photo_out, pixels, overwrite=overwrite)
    height, width = pixels.shape[:2]
    item = LabelledPhoto(photo or out, width, height, Labels(tuple(found.regions)))
    write_labels(out, item, overwrite=overwrite)
    moving = float((found.guidance > 0).mean())
    if as_json:
        print_json(
            {
                "guidance": str(out),
                "photo": str(photo) if photo else None,
                "width": width,
                "height": height,
                "moving": round(moving, 4),
                "regions": [region.direction.label for region in found.regions],
            }
        )
        return
    ways = ", ".join(region.direction.label for region in found.regions) or "nothing moves"
    typer.echo(f"{out}: {ways}; {moving:.0%} moves")


def _refuse_contradictions(asked: _Asked, photo_out: Path | None) -> None:
    named = [path for path in (asked.frame, asked.previous, asked.following) if path is not None]
    if asked.source is None:
        if asked.frame is None:
            raise InputError(
                "Name a blurry frame and a neighbour (--frame A --next B), a clip and a moment "
                "(CLIP --at SECONDS) or a Motion Photo."
            )
        if len(named) == 1:
            raise InputError("--frame needs a neighbour: --previous PHOTO, --next PHOTO or both.")
        if asked.at is not None or photo_out is not None:
            raise InputError("--at and --photo-out are for clips.")
    elif named:
        raise InputError(f"{asked.source} stands instead of --frame, --previous and --next.")


def _found(
    asked: _Asked, settings: NeighbourSettings
) -> tuple[Pixels, Path | None, NeighbourGuidance]:
    """The frame, its file if it has one, and its guidance."""
    from app.engine.motion_photo import guidance_from_motion_photo
    from app.engine.neighbours import guidance_from_neighbours
    from app.media.clips import frame_at
    from app.media.kinds import is_photo_name
    from app.media.photos import read_photo

    if asked.source is None:
        assert asked.frame is not None
        pixels = read_photo(asked.frame).pixels
        before, after = (
            read_photo(path).pixels if path else None for path in (asked.previous, asked.following)
        )
        try:
            return pixels, asked.frame, guidance_from_neighbours(pixels, before, after, settings)
        except InputError as error:
            raise InputError(f"{asked.frame}: {error}") from error
    if is_photo_name(asked.source):
        if asked.at is not None:
            raise InputError(f"--at is for clips, and {asked.source} is a photo.")
        pixels = read_photo(asked.source).pixels
        guidance = guidance_from_motion_photo(asked.source, pixels, settings)
        if guidance is None:
            raise InputError(
                f"{asked.source} is no Motion Photo: there is no clip in it. Name a neighbouring "
                "frame with --frame and --next."
            )
        return pixels, asked.source, guidance
    if asked.at is None:
        raise InputError(f"Say which moment of {asked.source} is meant: --at SECONDS.")
    shown = frame_at(asked.source, asked.at)
    if shown.previous is None and shown.following is None:
        raise InputError(f"{asked.source} has a single frame, so nothing says what moved.")
    guidance = guidance_from_neighbours(shown.frame, shown.previous, shown.following, settings)
    return shown.frame, None, guidance
