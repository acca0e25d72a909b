"""`unspool train`: fitting networks.

The loop is `app.training.fit`; measuring what it leaves is `evaluate`.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import (
    Device,
    DeviceOption,
    MasksOption,
    SimulateOption,
    ThreadsOption,
    Verbose,
    command_group,
)
from app.commands.output import drain, note, progress_bar
from app.errors import InputError

train_commands = command_group("Fit networks.", no_args_is_help=True)


# Headings in `train --help`.
SAMPLES = "Samples"
OPTIMISATION = "Optimisation"
MEASURING = "Measuring"


class Precision(str, Enum):
    """Choices of --precision."""

    AUTO = "auto"
    FP32 = "fp32"
    BF16 = "bf16"


@train_commands.command("decomposer")
def train_decomposer(
    simulate: SimulateOption,
    out: Annotated[Path, typer.Option(metavar="RUN", help="Folder of the run.")],
    masks: MasksOption = None,
    preset: Annotated[str, typer.Option(help="default, fast, one-stage or paper.")] = "default",
    init: Annotated[
        str | None,
        typer.Option(metavar="NAME|PATH", help="Weights to start from, instead of a preset."),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Continue the run in --out.")] = False,
    steps: Annotated[int, typer.Option(min=1, help="Steps in all.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Decides everything random.")] = 0,
    save_every: Annotated[int, typer.Option(min=1, help="Steps between saved states.")] = 250,
    device: DeviceOption = Device.AUTO,
    precision: Annotated[
        Precision, typer.Option(help="auto is bf16 on CUDA and fp32 elsewhere.")
    ] = Precision.AUTO,
    threads: ThreadsOption = 0,
    batch: Annotated[
        int, typer.Option(min=1, help="Samples per step.", rich_help_panel=SAMPLES)
    ] = 8,
    size: Annotated[
        int, typer.Option(min=32, help="Edge of a sample in pixels.", rich_help_panel=SAMPLES)
    ] = 128,
    block: Annotated[
        int, typer.Option(min=1, help="Scenes simulated at a time.", rich_help_panel=SAMPLES)
    ] = 256,
    reuse: Annotated[
        int,
        typer.Option(
            min=1,
            help="How often a scene is used, with another camera and outline.",
            rich_help_panel=SAMPLES,
        ),
    ] = 4,
    guidance: Annotated[
        str,
        typer.Option(
            help="Whose guidance: drawn, truth, dilated, eroded, flipped or none.",
            rich_help_panel=SAMPLES,
        ),
    ] = "drawn",
    directions: Annotated[
        int,
        typer.Option(
            help="Directions told apart: 2, 4, 8 or 16; the app draws 4.", rich_help_panel=SAMPLES
        ),
    ] = 4,
    accumulate: Annotated[
        int,
        typer.Option(
            min=1,
            help="Parts in which a step's samples pass; more need less memory.",
            rich_help_panel=OPTIMISATION,
        ),
    ] = 1,
    loss: Annotated[
        str,
        typer.Option(
            help="balanced, charbonnier, paper, reblur, temporal, reversal, consistent "
            "or unordered.",
            rich_help_panel=OPTIMISATION,
        ),
    ] = "balanced",
    learning_rate: Annotated[
        float, typer.Option(help="Highest rate.", rich_help_panel=OPTIMISATION)
    ] = 1e-3,
    final_rate: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="Last rate, of the highest.", rich_help_panel=OPTIMISATION
        ),
    ] = 0.02,
    warmup: Annotated[
        int, typer.Option(min=0, help="Steps the rate rises.", rich_help_panel=OPTIMISATION)
    ] = 300,
    weight_decay: Annotated[
        float, typer.Option(min=0.0, help="Decoupled decay.", rich_help_panel=OPTIMISATION)
    ] = 1e-4,
    clip: Annotated[
        float, typer.Option(help="Largest norm of a gradient.", rich_help_panel=OPTIMISATION)
    ] = 1.0,
    ema: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="Decay of the averaged weights.", rich_help_panel=OPTIMISATION
        ),
    ] = 0.999,
    validate_every: Annotated[
        int, typer.Option(min=1, help="Steps between measurements.", rich_help_panel=MEASURING)
    ] = 500,
    validate_scenes: Annotated[
        int, typer.Option(min=1, help="Held-out scenes measured.", rich_help_panel=MEASURING)
    ] = 48,
    validate_size: Annotated[
        int, typer.Option(min=32, help="Their edge in pixels.", rich_help_panel=MEASURING)
    ] = 128,
    verbose: Verbose = False,
) -> None:
    """Fit a decomposer to simulated exposures. Ctrl-C saves; --resume continues.

    On several GPUs: accelerate launch -m app train decomposer …
    """
    from app.engine.device import resolve_device
    from app.engine.weights import find_weights
    from app.training.distribution import launched
    from app.training.fit import FitProgress, TrainSettings
    from app.training.fit import train_decomposer as fit
    from models.decomposer import PRESETS

    if preset not in PRESETS:
        raise InputError(f"There is no preset '{preset}' (known: {', '.join(PRESETS)}).")
    if not simulate.is_dir():
        raise InputError(f"Cannot read {simulate}: no such folder.")
    settings = TrainSettings(
        simulate=simulate,
        out=out,
        masks=masks,
        preset=preset,
        steps=steps,
        batch=batch,
        size=size,
        seed=seed,
        learning_rate=learning_rate,
        final_rate=final_rate,
        warmup=warmup,
        weight_decay=weight_decay,
        clip=clip,
        ema=ema,
        loss=loss,
        guidance=guidance,
        directions=directions,
        accumulate=accumulate,
        init=find_weights(init) if init else None,
        resume=resume,
        device=resolve_device(device.value).type,
        precision=precision.value,
        block=block,
        reuse=reuse,
        validate_every=validate_every,
        save_every=save_every,
        validate_scenes=validate_scenes,
        validate_size=validate_size,
        threads=threads,
    )

    rank, _ = launched()

    def report(progress: FitProgress) -> None:
        if rank != 0:  # one of several processes speaks for all
            return
        show(
            f"loss {progress.loss:.4f}, {progress.samples_per_second:.1f} samples/s",
            progress.step,
            progress.steps,
        )
        if progress.metrics:
            measured = ", ".join(f"{name} {value:.3f}" for name, value in progress.metrics.items())
            typer.echo(f"step {progress.step}: loss {progress.loss:.4f}, {measured}")

    with progress_bar() as show:
        try:
            path = drain(fit(settings), report)
        except KeyboardInterrupt:
            note(f"The run is saved in {out}; the same call with --resume continues it.")
            raise
    if rank == 0:
        typer.echo(f"{path}: fitted for {steps} steps")
