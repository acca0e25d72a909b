"""`unspool [PHOTO|CLIP|PROJECT|FOLDER]`: opening the desktop app. The app itself is `app.gui`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import Verbose
from app.errors import InputError, RunError

ReadOnlyOption = Annotated[
    bool,
    typer.Option("--read-only", help="Look only: edit nothing, write nothing beside the photos."),
]


def open_app(
    path: Annotated[Path | None, typer.Argument(metavar="[PHOTO|CLIP|PROJECT|FOLDER]")] = None,
    read_only: ReadOnlyOption = False,
    verbose: Verbose = False,
) -> None:
    """Open the desktop app, with a photo, a clip, a project or a folder of photos."""
    if path is not None and not path.exists():
        raise InputError(f"Cannot open {path}: no such file or folder.")
    require_display()
    from app.gui.application import main as run_window

    status = run_window(None if path is None else str(path), read_only=read_only)
    if status:
        raise typer.Exit(status)


def require_display() -> None:
    """Refuse to go on where Qt would abort the process.

    Raises:
        RunError: there is no display.
    """
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in displays):
        raise RunError(
            "There is no display to open the app on; `unspool animate --help` works without one."
        )
