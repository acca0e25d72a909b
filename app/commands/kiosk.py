"""`unspool kiosk`: the demo booth. The booth itself is `app.gui.kiosk`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.desktop import require_display
from app.commands.options import Verbose
from app.errors import InputError


def kiosk(
    folder: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Photos to choose from; by default the samples."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder for films that visitors keep."),
    ] = None,
    idle: Annotated[
        float, typer.Option(min=5, metavar="SECONDS", help="Start again after so long untouched.")
    ] = 60.0,
    quit_keys: Annotated[
        str, typer.Option(metavar="KEYS", help="The key chord that ends the booth.")
    ] = "Ctrl+Alt+Shift+Q",
    weights: Annotated[
        str, typer.Option(metavar="NAME|PATH", help="A name from `weights list` or a file.")
    ] = "decomposer-default",
    max_edge: Annotated[
        int, typer.Option(min=64, metavar="PX", help="Longest side of photos and films.")
    ] = 1280,
    camera: Annotated[
        bool, typer.Option("--camera/--no-camera", help="Offer the camera where there is one.")
    ] = True,
    windowed: Annotated[
        bool, typer.Option("--windowed", help="An ordinary window, for setting up.")
    ] = False,
    verbose: Verbose = False,
) -> None:
    """Demo booth: full screen, pick a photo, swipe on what moved, watch.

    Nothing of a visitor stays but the films kept with --out.
    """
    if folder is not None and not folder.is_dir():
        raise InputError(f"Cannot read {folder}: no such folder.")
    if out is not None and not out.is_dir():
        raise InputError(f"Cannot write to {out}: no such folder.")
    require_display()
    from app.engine.weights import find_weights
    from app.gui.kiosk.application import main
    from app.gui.kiosk.settings import KioskSettings

    find_weights(weights)
    settings = KioskSettings(
        folder=folder,
        out=out,
        idle_seconds=idle,
        quit_keys=quit_keys,
        weights=weights,
        max_edge=max_edge,
        camera=camera,
        full_screen=not windowed,
    )
    status = main(settings)
    if status:
        raise typer.Exit(status)
