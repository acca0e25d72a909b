"""`unspool reblur`: a film becomes the photo that it would expose."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.destinations import refuse_existing
from app.commands.options import OverwriteOption, Verbose
from app.errors import InputError


def reblur(
    film: Annotated[Path, typer.Argument(metavar="PATH", help="A film or a folder of frames.")],
    out: Annotated[Path, typer.Option(metavar="PHOTO", help="The photo to write.")],
    overwrite: OverwriteOption = False,
    verbose: Verbose = False,
) -> None:
    """Average a film in linear light: the photo that it would expose."""
    from app.engine.reblur import reblur as mean_of
    from app.media.film_reading import read_animation
    from app.media.kinds import PHOTO_SUFFIXES
    from app.media.photo_writing import write_photo

    if out.suffix.lower() not in PHOTO_SUFFIXES:
        raise InputError(f"Cannot write {out}: use one of {', '.join(PHOTO_SUFFIXES)}.")
    refuse_existing(out, overwrite)
    frames, _ = read_animation(film)
    write_photo(out, mean_of(frames), overwrite=overwrite)
    typer.echo(f"{out}: the mean of {len(frames)} frames in linear light")
