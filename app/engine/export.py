"""A finished film into files: the film itself, its frames, its contact sheet and what goes along.

The one path that the command line and the window share. All files of a call appear together, when
the last of them is written, or none does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.atomic import atomic_file
from app.engine.film_style import FilmStyle
from app.engine.interpolate import DrawnFilm, frame_times
from app.errors import InputError, UnspoolError
from app.media.contact_sheet import film_sheet
from app.media.film_frames import Frames
from app.media.films import staged_animation
from app.media.photo_writing import write_photo
from app.media.pixels import Pixels, resize_to_max_edge

OnStep = Callable[[str, int, int], object]
"""Called with (what is being done, steps done, steps in all); may raise to cancel."""

Writer = Callable[[Path], object]
"""Writes one file at the path it is given."""

_KEPT_BYTES = 1 << 30
"""Memory that in-betweens may stay in for the next pass: 43 frames of 8, 29 of 12 megapixels."""


@dataclass(frozen=True, eq=False)
class Material:
    """What there is to export.

    Attributes:
        frames: (T, H, W, 3) uint8 or uint16, first to last.
        moving: (H, W); where it is false, all frames are equal.
        photo: (h, w, 3), the photo at any size of the same shape.
    """

    frames: Pixels
    moving: NDArray[np.bool_]
    photo: Pixels


@dataclass(frozen=True)
class Products:
    """The files to write; None is left out.

    Attributes:
        film: a film; its suffix chooses the format.
        frames: a folder that gets 0000.png, 0001.png …: the film's frames, in-betweens included.
        sheet: a PNG of the photo and the frames, without those of smoothing.
        others: further files, each with what writes it.
    """

    film: Path | None = None
    frames: Path | None = None
    sheet: Path | None = None
    others: tuple[tuple[Path, Writer], ...] = ()

    @property
    def paths(self) -> list[Path]:
        """All of them."""
        named = [path for path in (self.film, self.frames, self.sheet) if path is not None]
        return [*named, *(path for path, _ in self.others)]


@dataclass(frozen=True)
class Exported:
    """What was written: its files and folders, and the film's frames and size in pixels."""

    paths: tuple[Path, ...]
    frames: int
    width: int
    height: int


def named_products(base: Path, *, suffix: str, frames: bool, sheet: bool) -> Products:
    """Products beside each other: `<base><suffix>`, `<base>-frames` and `<base>-sheet.png`.

    Args:
        base: folder and name without a suffix.
        suffix: of the film, such as ".mp4"; empty for none.
    """
    return Products(
        film=with_ending(base, suffix) if suffix else None,
        frames=with_ending(base, "-frames") if frames else None,
        sheet=with_ending(base, "-sheet.png") if sheet else None,
    )


def with_ending(base: Path, ending: str) -> Path:
    """The path with text added to its name, whatever dots are in it."""
    return base.with_name(base.name + ending)


def export(
    material: Material,
    style: FilmStyle,
    products: Products,
    *,
    overwrite: bool = False,
    on_step: OnStep | None = None,
) -> Exported:
    """Write the products; on a failure, or when `on_step` raises, nothing is left or replaced.

    Raises:
        InputError: nothing to write, two products of one name, a file that exists already, or
            settings that cannot be met.
        RunError: the disk is full, or an encoder failed.
    """
    paths = products.paths
    if not paths:
        raise InputError("Nothing was chosen to export.")
    if len({path.absolute() for path in paths}) < len(paths):
        raise InputError("Two of the files to export bear the same name.")
    step = on_step or (lambda _stage, _done, _total: None)
    small = resized(material, style, step)
    film: Frames = small.frames
    if products.film is not None or products.frames is not None:
        film = smoothed(small, style, again=_read_again(products, style, len(film)))
    with ExitStack() as stack:
        for path, write in products.others:
            step(f"Writing {path.name}", 0, 0)
            stack.enter_context(_staged(path, write, overwrite))
        if products.sheet is not None:
            step("Writing the contact sheet", 0, 0)
            sheet = film_sheet(small.photo, drawn(small, style.frames))
            stack.enter_context(
                _staged(products.sheet, lambda path: write_photo(path, sheet), overwrite)
            )
        if products.frames is not None:
            # The slash says that a name with a dot in it is a folder, too.
            stack.enter_context(
                staged_animation(
                    f"{products.frames}/",
                    film,
                    overwrite=overwrite,
                    on_frame=lambda done, total: step("Writing the frames", done, total),
                )
            )
        if products.film is not None:
            stack.enter_context(
                staged_animation(
                    products.film,
                    film,
                    fps=style.rate if len(film) > 1 else style.fps,
                    loop=style.loop,
                    overwrite=overwrite,
                    min_seconds=style.min_seconds,
                    on_frame=lambda done, total: step("Writing the film", done, total),
                )
            )
    count, height, width = film.shape[:3]
    return Exported(tuple(paths), count, width, height)


def resized(material: Material, style: FilmStyle, on_step: OnStep) -> Material:
    """The material at the size of the written film; the photo is at most that large."""
    count, height, width = material.frames.shape[:3]
    edge = style.longest_edge(height, width)
    photo = resize_to_max_edge(material.photo, edge)
    if edge >= max(height, width):
        return replace(material, photo=photo)
    frames = []
    for index, frame in enumerate(material.frames):
        on_step("Resizing", index, count)
        frames.append(resize_to_max_edge(frame, edge))
    size = (frames[0].shape[1], frames[0].shape[0])
    # The filter of the frames: a pixel stands still only if all that went into it did.
    touched = cv2.resize(material.moving.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return Material(np.stack(frames), touched > 0, photo)


def smoothed(material: Material, style: FilmStyle, *, again: bool) -> Frames:
    """The frames with the in-betweens that the style asks for, which are drawn as they are read.

    Args:
        material: what is exported, at its final size.
        style: how.
        again: the film will be read more than once, so some memory is spent on drawing less.
    """
    return drawn(material, style.count(len(material.frames)), _KEPT_BYTES if again else 0)


def drawn(material: Material, count: int | None, keep_bytes: int = 0) -> Frames:
    """The film at `count` instants evenly spaced over the exposure; see `DrawnFilm`.

    None, or as many as there are, gives the frames themselves.
    """
    if count in (None, len(material.frames)):
        return material.frames
    times = frame_times(count, len(material.frames))
    return DrawnFilm(material.frames, material.moving, times, keep_bytes)


def _read_again(products: Products, style: FilmStyle, frames: int) -> bool:
    """Whether writing these products reads frames of the film more than once."""
    if products.film is None:
        return False
    suffix = products.film.suffix.lower()
    timing = style.timing(frames, suffix)
    repeats = timing.file_frames > timing.frames
    return repeats or suffix == ".gif" or products.frames is not None


@contextmanager
def _staged(path: Path, write: Writer, overwrite: bool) -> Iterator[Any]:
    """The file written under a temporary name, which takes its place when the block ends well."""
    with atomic_file(path, overwrite=overwrite) as temporary:
        # Writers of labels keep what a file holds already: the empty one is none of theirs.
        temporary.unlink()
        try:
            write(temporary)
        except UnspoolError as error:
            # The sentence shall name the file as the person knows it.
            raise type(error)(str(error).replace(str(temporary), str(path))) from error
        yield
