"""`unspool synthesize`: datasets with known truth from clips, numbered pictures or stills.

The making itself is `app.training.synthesis`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import FlowOption, JsonOption, MasksOption, ThreadsOption, Verbose
from app.commands.output import drain, note, print_json, progress_bar


def synthesize(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="IMAGES_OR_VIDEOS",
            help="Clips, folders of clips or of numbered frames; or one folder of stills.",
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="DATASET", help="Folder of the dataset.")],
    kind: Annotated[
        str, typer.Option(help="auto, clips, simulated (from stills) or linear-kernels.")
    ] = "auto",
    window: Annotated[int, typer.Option(min=2, help="Frames of a clip per exposure.")] = 7,
    max_windows: Annotated[
        int | None, typer.Option(min=1, help="Look at so many windows of each clip at most.")
    ] = None,
    max_edge: Annotated[
        int, typer.Option(min=32, metavar="PX", help="Shrink clips to this longer edge.")
    ] = 960,
    response: Annotated[
        str, typer.Option(help="Response curve of the camera: srgb, gamma:2.2 or linear.")
    ] = "srgb",
    flow: FlowOption = "auto",
    max_step: Annotated[
        float, typer.Option(min=0.5, help="Refuse windows that move further from frame to frame.")
    ] = 8.0,
    min_moving: Annotated[
        float, typer.Option(min=0, max=1, help="Refuse windows in which fewer pixels move.")
    ] = 0.01,
    count: Annotated[int, typer.Option(min=1, help="Samples to make from stills.")] = 100,
    size: Annotated[int, typer.Option(min=32, help="Edge of a simulated sample in pixels.")] = 192,
    longest: Annotated[float, typer.Option(min=2, help="Longest linear kernel in pixels.")] = 33.0,
    seed: Annotated[int, typer.Option(help="Decides everything random.")] = 0,
    masks: MasksOption = None,
    threads: ThreadsOption = 0,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """Make a dataset in the layout of Animation from Blur. The same call continues it."""
    import torch

    from app.training.synthesis.exposure import ExposureSettings
    from app.training.synthesis.response import Response
    from app.training.synthesis.run import SynthesisProgress, SynthesisSettings
    from app.training.synthesis.run import synthesize as run

    if threads:
        torch.set_num_threads(threads)
    settings = SynthesisSettings(
        sources=tuple(sources),
        out=out,
        kind=kind,
        window=window,
        max_edge=max_edge,
        max_windows=max_windows,
        exposure=ExposureSettings(
            response=Response(response), max_step=max_step, min_moving=min_moving
        ),
        flow=flow,
        count=count,
        size=size,
        longest=longest,
        seed=seed,
        masks=masks,
    )

    def report(progress: SynthesisProgress) -> None:
        show(f"{Path(progress.source).name}: {progress.status}", progress.done, progress.total)

    with progress_bar() as show:
        try:
            result = drain(run(settings), report)
        except KeyboardInterrupt:
            note(f"The finished samples are in {out}; the same call continues.")
            raise
    for reason in result.failed.values():
        note(reason)
    if as_json:
        print_json(vars(result))
    else:
        left_out = ", ".join(f"{number} {reason}" for reason, number in result.rejected.items())
        typer.echo(
            f"{out}: {result.samples} samples, {result.new} of them new"
            + (f"; rejected: {left_out}" if left_out else "")
        )
    if result.failed:
        # A source that cannot be read can be mended.
        raise typer.Exit(2)
