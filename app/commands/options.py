"""What the calls of several commands have in common: choices, options and how groups are made.

Options that only one command has stand with that command.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.failures import set_verbose


class Device(str, Enum):
    """Choices of --device."""

    AUTO = "auto"
    CUDA = "cuda"
    MPS = "mps"
    CPU = "cpu"


Verbose = Annotated[
    bool,
    typer.Option("--verbose", "-v", callback=set_verbose, help="Show details and tracebacks."),
]
DeviceOption = Annotated[Device, typer.Option("--device", help="What computes.")]
WeightsOption = Annotated[
    str,
    typer.Option("--weights", metavar="NAME|PATH", help="A name from `weights list` or a file."),
]
MaxEdgeOption = Annotated[
    int | None,
    typer.Option("--max-edge", min=1, metavar="PX", help="Shrink to this longer edge first."),
]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace what exists.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
ThreadsOption = Annotated[
    int, typer.Option("--threads", min=0, help="CPU threads; 0 leaves the choice to torch.")
]
SimulateOption = Annotated[
    Path,
    typer.Option(
        "--simulate", metavar="IMAGES", help="Folder of sharp photos to simulate blur from."
    ),
]
OptionalSimulateOption = Annotated[
    Path | None,
    typer.Option(
        "--simulate", metavar="IMAGES", help="Folder of sharp photos to simulate blur from."
    ),
]
DataOption = Annotated[
    Path | None, typer.Option("--data", metavar="DATASET", help="Use a dataset instead.")
]
LayoutOption = Annotated[
    str, typer.Option("--layout", help="The dataset's layout: auto, afb or b-aist++.")
]
VideosOption = Annotated[
    Path | None,
    typer.Option("--videos", metavar="LIST", help="The dataset's videos to use, as YAML or text."),
]
FlowOption = Annotated[
    str,
    typer.Option("--flow", help="Optical flow: raft, dis, or auto: RAFT where its weights are."),
]
ReadingsOption = Annotated[
    str,
    typer.Option(
        "--readings",
        metavar="auto|none|NAME|PATH",
        help="Offset network that reads how far things moved where nobody says it, for weights "
        "that listen.",
    ),
]
ShutterOption = Annotated[
    float | None,
    typer.Option(
        "--shutter",
        max=1.0,
        metavar="PART",
        help="Exposed part of the time between two frames, up to 1. Default: 6/7. "
        "Where it is given, it also says how far things moved.",
    ),
]
MasksOption = Annotated[
    Path | None,
    typer.Option(
        "--masks", metavar="DIR", help="Object masks; by default found beside the photos."
    ),
]


def command_group(help_text: str, **options: Any) -> typer.Typer:
    """A group of commands with the conventions of this program."""
    return typer.Typer(
        help=help_text,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        **options,
    )


GuesserOption = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="NAME|PATH",
        help="A guidance predictor, or an offset network that reads blur; "
        "left out, all of them that are installed.",
        show_default=False,
    ),
]
