"""`unspool labels`: converting the annotations of a folder of photos, and counting them."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.destinations import refuse_unwritable
from app.commands.failures import tell_failure
from app.commands.options import JsonOption, OverwriteOption, Verbose, command_group
from app.commands.output import note, print_json, print_table, progress_bar
from app.errors import InputError

if TYPE_CHECKING:
    from app.project.folder_values import FolderStatistics


class Labels(str, Enum):
    """Choices of --to and --from-format, those of `app.project.folder_values.LabelFormat`."""

    PROJECT = "project"
    LABELME = "labelme"
    COCO = "coco"
    PNG = "png"
    NPY = "npy"


commands = command_group("Annotations of a folder of photos: convert, count.", no_args_is_help=True)

FolderArgument = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="The photos, not those of folders within it.")
]


@commands.command("convert")
def labels_convert(
    folder: FolderArgument,
    to: Annotated[Labels, typer.Option("--to", help="The format to write.")],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="The folder of the files, or the file for coco. Projects need none: they lie "
            "beside their photos.",
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="PATH",
            help="A COCO file, or a folder of label files named like the photos. Default: FOLDER.",
        ),
    ] = None,
    source_format: Annotated[
        Labels | None,
        typer.Option(
            "--from-format",
            help="Read only these files. Default: for each photo the first of project, labelme, "
            "npy, png.",
        ),
    ] = None,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """Write the annotations of a folder in another format; one bad photo does not stop the rest."""
    from app.project.conversion import convert_folder
    from app.project.folder_values import LabelFormat

    if out is None and to != Labels.PROJECT:
        raise InputError(f"Say where the {to.value} labels shall be written: --out PATH.")
    place = folder if out is None else out.parent if to == Labels.COCO else out
    refuse_unwritable(place)
    with progress_bar() as show:
        done = convert_folder(
            folder,
            LabelFormat(to.value),
            out,
            lambda number, count: show("converting", number, count),
            source=source,
            source_format=LabelFormat(source_format.value) if source_format else None,
            overwrite=overwrite,
        )
    for warning in done.warnings:
        note(warning)
    for path in done.kept:
        note(f"kept {path}: it exists already (--overwrite replaces it).")
    for problem in done.problems:
        tell_failure(problem)
    if as_json:
        print_json(
            {
                "photos": [str(path) for path in done.photos],
                "files": [str(path) for path in done.files],
                "unlabelled": [str(path) for path in done.unlabelled],
                "kept": [str(path) for path in done.kept],
                "problems": list(done.problems),
                "warnings": list(done.warnings),
            }
        )
    else:
        where = f" in {place if len(done.files) > 1 else done.files[0]}" if done.files else ""
        without = f"; {len(done.unlabelled)} have none" if done.unlabelled else ""
        typer.echo(f"{len(done.photos)} photos with {to.value} labels{where}{without}")
    if done.problems:
        raise typer.Exit(2)


@commands.command("stats")
def labels_stats(
    folder: FolderArgument, as_json: JsonOption = False, verbose: Verbose = False
) -> None:
    """How far a folder is annotated, and how its classes are distributed."""
    from app.project.statistics import count_folder

    with progress_bar() as show:
        found = count_folder(folder, lambda number, count: show("counting", number, count))
    for problem in found.problems:
        note(problem)
    if as_json:
        print_json(_as_json(found))
        return
    states = ", ".join(f"{count} {state}" for state, count in found.states.items())
    typer.echo(f"{found.photos} photos: {states}; {found.notes} with a note")
    print_table(
        "",
        ("class", "photos", "regions", "pixels", "share"),
        [
            (c.label, c.photos, c.regions, f"{c.pixels:,}", f"{100 * found.share(c):.2f} %")
            for c in found.classes
        ],
    )


def _as_json(found: FolderStatistics) -> dict[str, object]:
    return {
        "folder": str(found.folder),
        "photos": found.photos,
        "states": found.states,
        "notes": found.notes,
        "pixels": found.pixels,
        "classes": [{**vars(c), "share": found.share(c)} for c in found.classes],
        "problems": list(found.problems),
    }
