"""`unspool trajectory`, `deblur` and `extract`: a photo's motion, its sharp middle, its frames.

What is computed is `app.engine.trajectory`, `deblur` and `extraction`.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.destinations import refuse_existing
from app.commands.options import (
    Device,
    DeviceOption,
    JsonOption,
    MaxEdgeOption,
    OverwriteOption,
    Verbose,
    WeightsOption,
)
from app.commands.output import Show, drain, note, print_json, progress_bar
from app.errors import InputError

if TYPE_CHECKING:
    from app.engine.trajectory import FoundTrajectories, TrajectorySettings
    from app.guidance.displacement import MotionMaps
    from app.media.pixels import Pixels

PhotoArgument = Annotated[Path, typer.Argument(metavar="PHOTO", help="The blurry photo.")]
GuidanceOption = Annotated[
    Path | None,
    typer.Option(help="Which way it moved: guidance PNG, .npy, labelme JSON or project."),
]
RefineOption = Annotated[
    int,
    typer.Option(
        min=0, max=1000, metavar="N", help="Steps of fitting the paths to this very photo."
    ),
]
SharpOption = Annotated[
    Path | None,
    typer.Option(metavar="PHOTO", help="The sharp middle frame, where it is known."),
]
TileOption = Annotated[
    int | None,
    typer.Option(min=16, metavar="PX", help="Process in tiles of this size. Default: chosen."),
]
TrajectoryWeightsOption = Annotated[
    str,
    typer.Option("--trajectory-weights", metavar="NAME|PATH", help="Those of the offset network."),
]

_ARRAYS, _PICTURE, _LINES = ".npz", ".png", ".svg"


def trajectory(
    photo: PhotoArgument,
    out: Annotated[Path, typer.Option(metavar="FILE", help="A file .npz, .png or .svg.")],
    guidance: GuidanceOption = None,
    points: Annotated[int, typer.Option(min=1, max=1000, help="Points of a path (.npz).")] = 15,
    as_map: Annotated[
        bool, typer.Option("--map", help="A .png of colours: hue is direction, not lines.")
    ] = False,
    spacing: Annotated[
        int | None, typer.Option(min=2, metavar="PX", help="Pixels between lines.")
    ] = None,
    stretch: Annotated[
        float, typer.Option(min=0.1, max=20.0, help="Lines this much longer than real.")
    ] = 1.0,
    refine: RefineOption = 0,
    sharp: SharpOption = None,
    weights: WeightsOption = "trajectory-quadratic",
    device: DeviceOption = Device.AUTO,
    max_edge: MaxEdgeOption = None,
    tile: TileOption = None,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """Find how every pixel of a photo moved during the exposure.

    .npz holds `offsets` (N, 2, H, W) and `times` (N,); .png the photo with lines, or --map; .svg
    the lines alone. Without --guidance first and last are a guess: a photo does not tell.
    """
    suffix = out.suffix.lower()
    if suffix not in (_ARRAYS, _PICTURE, _LINES):
        raise InputError(f"Cannot write {out}: the suffix must be .npz, .png or .svg.")
    if as_map and suffix != _PICTURE:
        raise InputError(f"--map makes a .png, not {out.name}.")
    refuse_existing(out, overwrite)
    from app.engine.trajectory import TrajectorySettings

    settings = TrajectorySettings(weights, device.value, max_edge, tile, refine)
    pixels, drawn = _read(photo, guidance)
    with progress_bar() as show:
        found, _ = _found(pixels, drawn, settings, sharp, None, show, refine > 0)
        show("writing", 0, 1)
        _write(out, found, points, as_map, spacing, stretch, overwrite)
    _report(photo, out, found, as_json)


def deblur(
    photo: PhotoArgument,
    out: Annotated[Path, typer.Option(metavar="PHOTO", help="The photo to write.")],
    guidance: GuidanceOption = None,
    weights: WeightsOption = "deblur",
    trajectory_weights: TrajectoryWeightsOption = "trajectory-quadratic",
    device: DeviceOption = Device.AUTO,
    max_edge: MaxEdgeOption = None,
    tile: TileOption = None,
    overwrite: OverwriteOption = False,
    verbose: Verbose = False,
) -> None:
    """Make the sharp photo of the exposure's middle.

    Where no deblurring weights are installed, the decomposer's middle frame is written; with
    --guidance what stands stays the photo's, without it all may have moved.
    """
    from app.media.kinds import PHOTO_SUFFIXES
    from app.media.photo_writing import write_photo

    if out.suffix.lower() not in PHOTO_SUFFIXES:
        raise InputError(f"Cannot write {out}: use one of {', '.join(PHOTO_SUFFIXES)}.")
    refuse_existing(out, overwrite)
    from app.engine.deblur import DeblurSettings
    from app.engine.middle_frame import sharp_middle

    settings = DeblurSettings(weights, trajectory_weights, device.value, None, tile)
    pixels, drawn = _shrunk(*_read(photo, guidance), max_edge)
    with progress_bar() as show:
        known = (None, None) if drawn is None else (drawn.guidance, drawn.displacement)
        frame = _drained(sharp_middle(pixels, known[0], settings, known[1]), show)
        write_photo(out, frame.pixels, overwrite=overwrite, made_from=photo)
    typer.echo(f"{out}: {pixels.shape[1]}×{pixels.shape[0]}, by {frame.weights}")


def extract(
    photo: PhotoArgument,
    out: Annotated[
        str,
        typer.Option(metavar="PATH", help="Film (.mp4 .webm .gif .webp .apng) or folder."),
    ],
    guidance: GuidanceOption = None,
    frames: Annotated[int, typer.Option(min=1, max=1000, help="Any number of frames.")] = 15,
    fps: Annotated[float, typer.Option(min=0.1, max=240.0, help="Playback speed.")] = 12.0,
    refine: RefineOption = 0,
    sharp: SharpOption = None,
    weights: WeightsOption = "trajectory-quadratic",
    deblur_weights: Annotated[
        str, typer.Option("--deblur-weights", metavar="NAME|PATH", help="The sharp frame's.")
    ] = "deblur",
    device: DeviceOption = Device.AUTO,
    max_edge: MaxEdgeOption = None,
    tile: TileOption = None,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """Warp the sharp middle frame along the trajectories into a film of any number of frames.

    The middle frame is --sharp, or what `unspool deblur` would write.
    """
    from app.engine.batch import already_there
    from app.engine.extraction import extracted
    from app.engine.trajectory import TrajectorySettings
    from app.media.films import write_animation

    target = Path(out)
    if not overwrite and already_there(target):
        raise InputError(f"{target} exists already; name another --out or use --overwrite.")
    settings = TrajectorySettings(weights, device.value, None, tile, refine)
    pixels, drawn = _read(photo, guidance)
    with progress_bar() as show:
        found, middle = _found(
            pixels, drawn, settings, sharp, deblur_weights, show, True, max_edge=max_edge
        )
        assert middle is not None
        if drawn is not None:
            _, drawn = _shrunk(pixels, drawn, max_edge)
        moving = None if drawn is None else drawn.guidance > 0
        film = _drained(extracted(found.photo, middle, found.paths, frames, moving), show)
        write_animation(
            out,
            film,
            fps=fps,
            overwrite=overwrite,
            on_frame=lambda done, total: show("writing", done, total),
        )
    _report(photo, target, found, as_json, frames=frames)


def _found(
    pixels: Pixels,
    motion: MotionMaps | None,
    settings: TrajectorySettings,
    sharp: Path | None,
    deblur_weights: str | None,
    show: Show,
    needs_middle: bool,
    max_edge: int | None = None,
) -> tuple[FoundTrajectories, Pixels | None]:
    """Trajectories, and the sharp middle frame at their size where it is needed."""
    from dataclasses import replace

    from app.engine.deblur import DeblurSettings
    from app.engine.middle_frame import sharp_middle
    from app.engine.trajectory import find_trajectories
    from app.engine.weights import DEFAULT_DEBLUR

    edge = max_edge or settings.max_edge
    known = None if sharp is None else _sharp_of(sharp, pixels)
    pixels, motion, known = _all_shrunk(pixels, motion, known, edge)
    guidance = displacement = None
    if motion is not None:
        guidance, displacement = motion.guidance, motion.displacement
    settings = replace(settings, max_edge=None)
    if known is None and needs_middle:
        choices = DeblurSettings(
            deblur_weights or DEFAULT_DEBLUR, settings.weights, settings.device, None, settings.tile
        )
        known = _drained(sharp_middle(pixels, guidance, choices, displacement), show).pixels
    found = _drained(find_trajectories(pixels, guidance, settings, known, displacement), show)
    return found, known


def _read(photo: Path, guidance: Path | None) -> tuple[Pixels, MotionMaps | None]:
    from app.media.photos import read_photo
    from app.project.source import load_motion

    pixels = read_photo(photo).pixels
    height, width = pixels.shape[:2]
    return pixels, None if guidance is None else load_motion(guidance, width, height)


def _sharp_of(path: Path, pixels: Pixels) -> Pixels:
    from app.media.photos import read_photo
    from app.media.pixels import to_8bit, to_float

    sharp = read_photo(path).pixels
    if sharp.shape != pixels.shape:
        raise InputError(
            f"{path} is {sharp.shape[1]}×{sharp.shape[0]} pixels, but the photo is "
            f"{pixels.shape[1]}×{pixels.shape[0]}."
        )
    if sharp.dtype == pixels.dtype:
        return sharp
    if pixels.dtype == "uint8":
        return to_8bit(sharp)
    return (to_float(sharp) * 65535).round().astype(pixels.dtype)


def _shrunk(
    pixels: Pixels, motion: MotionMaps | None, max_edge: int | None
) -> tuple[Pixels, MotionMaps | None]:
    small, drawn, _ = _all_shrunk(pixels, motion, None, max_edge)
    return small, drawn


def _all_shrunk(
    pixels: Pixels, motion: MotionMaps | None, sharp: Pixels | None, max_edge: int | None
) -> tuple[Pixels, MotionMaps | None, Pixels | None]:
    from app.media.pixels import resize_to_max_edge

    if max_edge is None:
        return pixels, motion, sharp
    if sharp is not None:
        sharp = resize_to_max_edge(sharp, max_edge)
    pixels = resize_to_max_edge(pixels, max_edge)
    if motion is not None:
        motion = motion.resized(pixels.shape[1], pixels.shape[0])
    return pixels, motion, sharp


def _drained(generator: Generator[Any, None, Any], show: Show) -> Any:
    return drain(generator, lambda p: show(p.stage, p.done, p.total))


def _write(
    out: Path,
    found: FoundTrajectories,
    points: int,
    as_map: bool,
    spacing: int | None,
    stretch: float,
    overwrite: bool,
) -> None:
    import numpy as np

    from app.atomic import atomic_file
    from app.engine.exposure_paths import times
    from app.engine.trajectory_pictures import default_spacing, lines, motion_map, overlay, svg
    from app.media.photo_writing import write_photo

    height, width = found.paths.shape
    if out.suffix.lower() == _ARRAYS:
        offsets = found.paths.offsets(points)
        with atomic_file(out, overwrite=overwrite) as temporary:
            np.savez_compressed(temporary, offsets=offsets, times=times(points))
        return
    if as_map:
        write_photo(out, motion_map(found.paths), overwrite=overwrite)
        return
    ways = lines(found.paths, spacing or default_spacing(height, width), stretch)
    if out.suffix.lower() == _PICTURE:
        write_photo(out, overlay(found.photo, ways), overwrite=overwrite)
        return
    with atomic_file(out, overwrite=overwrite) as temporary:
        temporary.write_text(svg(ways, height, width), encoding="utf-8")


def _report(
    photo: Path, out: Path, found: FoundTrajectories, as_json: bool, frames: int | None = None
) -> None:
    """One line or JSON about what was found, and notes about what it does not mean."""
    height, width = found.paths.shape
    agreement, refinement = found.agreement, found.refinement
    if not found.blurred:
        note(f"{photo} shows hardly any motion blur: its trajectories are close to nothing.")
    if agreement is None:
        note("without --guidance, first and last are a guess; the photo does not tell.")
    if as_json:
        print_json(
            {
                "photo": str(photo),
                "out": str(out),
                "frames": frames,
                "width": width,
                "height": height,
                "moving": found.moving,
                "blurred": found.blurred,
                "agreement": None if agreement is None else vars(agreement),
                "refinement": None if refinement is None else vars(refinement),
                "seconds": round(found.seconds, 3),
                "device": found.device,
            }
        )
        return
    parts = [f"{out}: {width}×{height}, {100 * found.moving:.0f} % moves"]
    if frames is not None:
        parts.insert(1, f"{frames} frames")
    if agreement is not None:
        parts.append(f"{100 * agreement.half_plane:.1f} % of it the guided way")
    if refinement is not None:
        parts.append(f"reblur {refinement.before:.1f} → {refinement.after:.1f} dB")
    typer.echo(", ".join(parts))
