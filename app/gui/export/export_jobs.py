"""Exporting in the background: the jobs that write files, estimate a size, and copy a film.

What they do is the engine's; here values of the window become values of the engine.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.gui.document import Document
from app.gui.export.export_request import ExportRequest
from app.gui.jobs import Film
from app.gui.program.language import translate
from app.gui.program.sentences import told
from app.gui.worker import Job, Step

if TYPE_CHECKING:
    from app.engine.export import Material
    from app.engine.film_style import FilmStyle

COPY_EDGE = 800
"""Longest side in pixels of a film on the clipboard."""


@dataclass(frozen=True)
class ExportedFiles:
    """What an export wrote."""

    paths: tuple[Path, ...]


@dataclass(frozen=True)
class CopiedFilm:
    """An animated GIF for the clipboard, with its size."""

    path: Path
    width: int
    height: int


@dataclass(frozen=True)
class SizeEstimate:
    """About how many bytes the film of a request will have."""

    request: ExportRequest
    bytes: int


def style_of(request: ExportRequest) -> FilmStyle:
    """The request as the engine knows it.

    Raises:
        InputError: the choices contradict each other.
    """
    from app.engine.film_style import FilmStyle

    percent = float(request.size[:-1]) if request.size.endswith("%") else None
    return FilmStyle(
        fps=request.fps,
        loop=request.loop,
        # In-betweens only ever add frames: a film that is quicker already plays as it is.
        smooth=request.smooth if request.smooth > request.fps else None,
        max_edge=int(request.size) if request.size and percent is None else None,
        percent=percent,
        min_seconds=request.min_seconds,
    )


def export_job(film: Film, document: Document, request: ExportRequest) -> Job:
    """Write everything that was asked for, or nothing; the result is `ExportedFiles`."""

    def work(step: Step) -> ExportedFiles:
        step(translate("ExportJobs", "Preparing the export"), 0, 0)
        from app.engine.export import export, named_products
        from app.gui.files import storage

        paths = request.paths
        products = named_products(
            request.base,
            suffix=request.suffix if request.film else "",
            frames="frames" in paths,
            sheet="sheet" in paths,
        )
        # The labels are those that made the film, whatever was drawn since.
        labelled = replace(document, regions=film.regions)
        others = tuple(
            (paths[what], partial(write, labelled))
            for what, write in (
                ("guidance", storage.export_regions),
                ("labelme", storage.export_regions),
                ("coco", storage.export_coco),
            )
            if what in paths
        )
        made = export(
            _material(film, document),
            style_of(request),
            replace(products, others=others),
            overwrite=True,
            on_step=_telling(step),
        )
        return ExportedFiles(made.paths)

    return Job(
        "export", translate("ExportJobs", "Exporting {name}").format(name=request.name), work
    )


def estimate_job(film: Film, document: Document, request: ExportRequest) -> Job:
    """Encode a part of the film to see how large it gets; the result is a `SizeEstimate`."""

    def work(step: Step) -> SizeEstimate:
        step(translate("ExportJobs", "Estimating the size"), 0, 0)
        from app.engine.film_estimate import estimate_bytes

        material = _material(film, document)
        return SizeEstimate(
            request, estimate_bytes(material, style_of(request), request.suffix, _telling(step))
        )

    return Job("estimate", translate("ExportJobs", "Estimating the size"), work)


def copy_film_job(film: Film, document: Document, folder: Path) -> Job:
    """Write the film as a GIF into `folder`, for the clipboard; the result is a `CopiedFilm`."""

    def work(step: Step) -> CopiedFilm:
        step(translate("ExportJobs", "Preparing the copy"), 0, 0)
        from app.engine.export import Products, export
        from app.engine.film_style import FilmStyle

        choices = document.choices
        # A folder of its own, so that the file bears the photo's name wherever it is pasted.
        place = Path(tempfile.mkdtemp(dir=folder))
        path = place / f"{document.photo.path.stem}.gif"
        style = FilmStyle(fps=choices.fps, loop=choices.loop, max_edge=COPY_EDGE)
        made = export(_material(film, document), style, Products(film=path), on_step=_telling(step))
        return CopiedFilm(path, made.width, made.height)

    return Job("export", translate("ExportJobs", "Copying the film"), work)


def _telling(step: Step) -> Step:
    """Names the stages of the engine in the language of the window."""
    return lambda stage, done, total: step(told(stage), done, total)


def _material(film: Film, document: Document) -> Material:
    from app.engine.animate import shrink
    from app.engine.export import Material
    from app.gui.files.storage import paint

    guidance = paint(film.regions, document.width, document.height).guidance
    edge = max(film.frames.shape[1:3])
    photo, guidance = shrink(document.photo.pixels, guidance, edge)
    return Material(film.frames, guidance > 0, photo)
