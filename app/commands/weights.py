"""`unspool weights`: listing, showing and importing the networks' weights."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.destinations import refuse_existing
from app.commands.options import JsonOption, OverwriteOption, Verbose, command_group
from app.commands.output import note, print_json, print_table
from app.errors import InputError

commands = command_group("The networks' weights: list, show, import.", no_args_is_help=True)


class ImportFormat(str, Enum):
    """Whose checkpoints `weights import` reads."""

    AFB = "afb"
    MOTION_ETR = "motion-etr"
    DMPHN = "dmphn"


@commands.command("list")
def weights_list(as_json: JsonOption = False, verbose: Verbose = False) -> None:
    """The weights that can be named."""
    from app.engine.weights import list_weights

    rows = [weights_row(item) for item in list_weights()]
    if as_json:
        print_json(rows)
    else:
        print_weights(rows)


@commands.command("show")
def weights_show(
    weights: Annotated[str, typer.Argument(metavar="NAME|PATH")],
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """What a weights file says about itself."""
    from app.checkpoints import read_header
    from app.engine.weights import find_weights

    header = read_header(find_weights(weights))
    if as_json:
        print_json(
            {
                "path": str(header.path),
                "architecture": header.architecture,
                "parameters": header.parameters,
                "config": header.config,
                "metadata": header.metadata,
            }
        )
        return
    rows: list[tuple[str, object]] = [
        ("file", header.path),
        ("architecture", header.architecture),
        ("parameters", f"{header.parameters:,}"),
    ]
    rows += [(f"config: {key}", value) for key, value in header.config.items()]
    rows += list(header.metadata.items())
    print_table("", ("", ""), rows)


@commands.command("import")
def weights_import(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="The checkpoint, or the folder of several.")
    ],
    out: Annotated[Path, typer.Option(metavar="NAME.safetensors", help="The file to write.")],
    source: Annotated[ImportFormat, typer.Option("--format", help="Whose checkpoints.")],
    constraint: Annotated[
        str | None,
        typer.Option(
            help="What paths motion-etr's offsets describe, where the file leaves a choice: "
            "quadratic or bilinear."
        ),
    ] = None,
    half: Annotated[bool, typer.Option("--half", help="Store float16: half the size.")] = False,
    overwrite: OverwriteOption = False,
    verbose: Verbose = False,
) -> None:
    """Convert the authors' checkpoints; `--weights NAME.safetensors` then uses them."""
    from app.checkpoints import save_checkpoint

    if constraint is not None and source is not ImportFormat.MOTION_ETR:
        raise InputError(f"--constraint belongs to motion-etr, not to {source.value}.")
    if out.suffix != ".safetensors":
        raise InputError(f"Cannot write {out}: the suffix must be .safetensors.")
    refuse_existing(out, overwrite)
    network, description = _imported(path, source, constraint)
    metadata = {"source": f"imported from {source.value} checkpoints in {path.resolve().name}"}
    save_checkpoint(out, network, metadata=metadata, half=half, overwrite=overwrite)
    count = sum(parameter.numel() for parameter in network.parameters())
    typer.echo(f"{out}: {description}, {count:,} parameters")


def _imported(path: Path, source: ImportFormat, constraint: str | None) -> tuple[Any, str]:
    """The network of the authors' checkpoints, and what it is in words."""
    if source is ImportFormat.AFB:
        from app.engine.importing import import_afb

        decomposer = import_afb(path)
        config = decomposer.config
        return decomposer, (
            f"decomposer with widths {'/'.join(map(str, config.widths))}, "
            f"{config.middle_blocks} blocks, {config.frames} frames"
        )
    from app.engine.importing_motion_etr import import_dmphn, import_motion_etr

    if source is ImportFormat.MOTION_ETR:
        offsets = import_motion_etr(path, constraint)
        kind = {"zero": f"{offsets.config.points} free points"}.get(offsets.config.constraint)
        return offsets, f"trajectory network, {kind or offsets.config.constraint + ' paths'}"
    deblur = import_dmphn(path)
    return deblur, f"deblurring network of width {deblur.config.width}"


def weights_row(item: Any) -> dict[str, Any]:
    return {
        "name": item.name,
        "architecture": item.architecture,
        "parameters": item.parameters,
        "bytes": item.size,
        "path": str(item.path),
        "problem": item.problem or None,
    }


def print_weights(rows: list[dict[str, Any]]) -> None:
    if not rows:
        typer.echo("No weights are installed.")
        return
    print_table(
        "Weights",
        ("name", "architecture", "parameters", "size", "file"),
        [
            (
                row["name"],
                row["architecture"] or "unusable",
                f"{row['parameters'] / 1e6:.2f} M",
                f"{row['bytes'] / 1e6:.1f} MB",
                row["path"],
            )
            for row in rows
        ],
    )
    for row in rows:
        if row["problem"]:
            note(row["problem"])
