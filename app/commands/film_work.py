"""One film of `unspool animate`: photo and guidance read, animated, written as was asked for.

Which photos there are, and what happens when one of them is bad, is `animate`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.output import Show, note
from app.errors import InputError

if TYPE_CHECKING:
    from app.engine.animate import AnimateSettings
    from app.engine.batch import Work
    from app.engine.export import Products
    from app.engine.film_style import FilmStyle
    from app.engine.neighbours import NeighbourGuidance, NeighbourSettings
    from app.guidance.classes import Direction
    from app.guidance.displacement import MotionMaps
    from app.guidance.region import Region
    from app.media.pixels import Pixels
    from app.project.labels import Labels


class Product(str, Enum):
    """Choices of --also."""

    FRAMES = "frames"
    SHEET = "sheet"
    GUIDANCE = "guidance"
    LABELS = "labels"
    COCO = "coco"


class Quadrant(str, Enum):
    """Choices of --direction: up-right, up-left, down-left, down-right."""

    Q1 = "q1"
    Q2 = "q2"
    Q3 = "q3"
    Q4 = "q4"


@dataclass(frozen=True)
class FilmChoices:
    """How films are written, and what beside them."""

    style: FilmStyle
    also: tuple[Product, ...]
    overwrite: bool


@dataclass(frozen=True)
class WholeMotion:
    """How the whole photo moves, where options say it: the way, and perhaps how far in pixels."""

    direction: Direction
    displacement: tuple[float, float] | None = None

    def region(self, width: int, height: int) -> Region:
        """All of a photo, moving that way."""
        from app.guidance.region import whole_photo

        return whole_photo(width, height, self.direction, displacement=self.displacement)


def whole_motion(direction: Quadrant | None, displacement: str | None) -> WholeMotion | None:
    """What --direction or --displacement says; None where neither is given.

    Raises:
        InputError: both are given, or the displacement is none.
    """
    from app.guidance.classes import Direction, parse_label

    if displacement is None:
        return None if direction is None else WholeMotion(parse_label(direction.value))
    if direction is not None:
        raise InputError("--displacement says the direction, too: leave out --direction.")
    try:
        x, y = (float(part) for part in displacement.split(","))
    except ValueError:
        x = y = math.nan
    if not (math.isfinite(x) and math.isfinite(y) and (x or y)):
        raise InputError(
            f"A displacement is pixels to the right and down such as 30,-12, not '{displacement}'."
        )
    return WholeMotion(Direction.from_vector(x, y), (x, y))


def parsed_size(size: str | None) -> tuple[int | None, float | None]:
    """Longer edge in pixels, or percent, of "1280" or "50%"."""
    if size is None:
        return None, None
    try:
        if size.endswith("%"):
            return None, float(size[:-1])
        return int(size), None
    except ValueError:
        raise InputError(
            f"A size is pixels such as 1280 or percent such as 50%, not '{size}'."
        ) from None


def _products(work: Work, also: tuple[Product, ...]) -> Products:
    """The film or folder that was planned, and pictures beside it; maps and labels come later."""
    from app.engine.export import Products, named_products

    base = work.out if work.as_frames else work.out.with_suffix("")
    beside = named_products(
        base, suffix="", frames=Product.FRAMES in also, sheet=Product.SHEET in also
    )
    if work.as_frames:
        return Products(frames=work.out, sheet=beside.sheet)
    return Products(film=work.out, frames=beside.frames, sheet=beside.sheet)


def _refuse_replacing(paths: list[Path], work: Work, overwrite: bool) -> None:
    from app.engine.batch import already_there

    for path in paths:
        if path.exists() and any(
            path.samefile(own) for own in (work.photo, work.guidance) if own and own.exists()
        ):
            raise InputError(f"{path} is what the film is made from; name another --out.")
        if not overwrite and already_there(path):
            raise InputError(f"{path} exists already; name another --out or use --overwrite.")


def animate_one(
    work: Work,
    whole: WholeMotion | None,
    settings: AnimateSettings,
    choices: FilmChoices,
    show: Show,
    neighbours: NeighbourSettings,
) -> dict[str, Any]:
    """Read, animate and write one photo; what is reported about it."""
    from app.engine.animate import animate as animation_of
    from app.engine.export import Material, export, with_ending
    from app.engine.progress import finish
    from app.media.photos import read_photo
    from app.project.conversion import write_coco_of
    from app.project.labels import LabelledPhoto, write_labels
    from app.project.masks import write_guidance_png

    if work.problem:
        raise InputError(work.problem)
    base = work.out if work.as_frames else work.out.with_suffix("")
    writers: tuple[tuple[Product, str, Callable[[Path], object]], ...] = (
        (Product.GUIDANCE, "-guidance.png", lambda path: write_guidance_png(path, guidance)),
        (Product.LABELS, "-labelme.json", lambda path: write_labels(path, labelled())),
        (Product.COCO, "-coco.json", lambda path: write_coco_of(path, labelled())),
    )
    others = tuple(
        (with_ending(base, ending), write)
        for product, ending, write in writers
        if product in choices.also
    )
    products = replace(_products(work, choices.also), others=others)
    _refuse_replacing(products.paths, work, choices.overwrite)
    show("reading", 0, 1)
    pixels = read_photo(work.photo).pixels
    height, width = pixels.shape[:2]
    motion, labels_said = _said(work, whole, pixels, neighbours)
    guidance = motion.guidance

    def labelled() -> LabelledPhoto:
        return LabelledPhoto(work.photo, width, height, labels_said())

    if not guidance.any():
        source = work.guidance or work.photo
        note(f"warning: the guidance {source} is static everywhere, so the film stands still.")
    animation = finish(
        animation_of(pixels, guidance, settings, motion.displacement),
        lambda p: show(p.stage, p.done, p.total),
    )
    if animation.unheard:
        note(
            f"warning: {settings.weights} does not listen to how far things moved, so only the "
            "directions count."
        )
    material = Material(animation.frames, animation.guidance > 0, pixels)
    made = export(material, choices.style, products, overwrite=choices.overwrite, on_step=show)
    psnr = animation.reblur_psnr
    return {
        "photo": str(work.photo),
        "guidance": str(work.guidance) if work.guidance else None,
        "out": str(work.out),
        "also": [str(path) for path in made.paths if path != work.out],
        "frames": made.frames,
        "width": made.width,
        "height": made.height,
        "moving": float((animation.guidance > 0).mean()),
        "weights": animation.weights,
        "device": animation.device,
        "seconds": round(animation.seconds, 3),
        "reblur_psnr": round(psnr, 3) if math.isfinite(psnr) else None,
    }


def _said(
    work: Work, whole: WholeMotion | None, pixels: Pixels, neighbours: NeighbourSettings
) -> tuple[MotionMaps, Callable[[], Labels]]:
    """What is said about a photo's motion, and the same as labels for whoever wants them."""
    from app.guidance.displacement import MotionMaps
    from app.guidance.rasterise import rasterise, rasterise_displacement
    from app.project.labels import Labels, read_labels
    from app.project.source import load_motion

    height, width = pixels.shape[:2]
    file = work.guidance
    if file is not None:
        return load_motion(file, width, height), lambda: read_labels(file, width, height)
    if whole is not None:
        regions = [whole.region(width, height)]
        guidance = rasterise(regions, width, height)
    else:
        own = _own_guidance(work.photo, pixels, neighbours)
        regions, guidance = list(own.regions), own.guidance
    said = MotionMaps(guidance, rasterise_displacement(regions, width, height))
    return said, lambda: Labels(tuple(regions))


def _own_guidance(photo: Path, pixels: Pixels, neighbours: NeighbourSettings) -> NeighbourGuidance:
    """The guidance that a Motion Photo brings along."""
    from app.engine.motion_photo import guidance_from_motion_photo

    found = guidance_from_motion_photo(photo, pixels, neighbours)
    if found is None:
        raise InputError(
            f"Say what moved in {photo} with either --guidance FILE or --direction q1|q2|q3|q4; "
            "only a Motion Photo says it by itself."
        )
    return found


def film_sentence(film: dict[str, Any]) -> str:
    text = (
        f"{film['out']}: {film['frames']} frames, {film['width']}×{film['height']}, "
        f"{film['seconds']:.1f} s on {film['device']}"
    )
    psnr = film["reblur_psnr"]
    return text if psnr is None else f"{text}, reblur {psnr:.1f} dB"
