"""What the calls that fit networks share: options with their headings, and the run itself."""

from __future__ import annotations

from collections.abc import Generator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.output import drain, note, note_skipped, progress_bar

if TYPE_CHECKING:
    from app.training.datasets.samples import Dataset
    from app.training.fit import FitProgress, FitSettings

# Headings in `train --help`.
SAMPLES = "Samples"
OPTIMISATION = "Optimisation"
MEASURING = "Measuring"


class Precision(str, Enum):
    """Choices of --precision."""

    AUTO = "auto"
    FP32 = "fp32"
    BF16 = "bf16"


OutOption = Annotated[Path, typer.Option("--out", metavar="RUN", help="Folder of the run.")]
InitOption = Annotated[
    str | None,
    typer.Option("--init", metavar="NAME|PATH", help="Weights to start from, not a preset."),
]
ResumeOption = Annotated[bool, typer.Option("--resume", help="Continue the run in --out.")]
StepsOption = Annotated[int, typer.Option("--steps", min=1, help="Steps in all.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Decides everything random.")]
SaveEveryOption = Annotated[
    int, typer.Option("--save-every", min=1, help="Steps between saved states.")
]
PrecisionOption = Annotated[
    Precision, typer.Option("--precision", help="auto is bf16 on CUDA and fp32 elsewhere.")
]

BatchOption = Annotated[
    int, typer.Option("--batch", min=1, help="Samples per step.", rich_help_panel=SAMPLES)
]
SizeOption = Annotated[
    int,
    typer.Option("--size", min=32, help="Edge of a sample in pixels.", rich_help_panel=SAMPLES),
]
BlockOption = Annotated[
    int,
    typer.Option("--block", min=1, help="Scenes simulated at a time.", rich_help_panel=SAMPLES),
]
ReuseOption = Annotated[
    int,
    typer.Option(
        "--reuse",
        min=1,
        help="How often a scene is used, with another camera and outline.",
        rich_help_panel=SAMPLES,
    ),
]

AccumulateOption = Annotated[
    int,
    typer.Option(
        "--accumulate",
        min=1,
        help="Parts in which a step's samples pass; more need less memory.",
        rich_help_panel=OPTIMISATION,
    ),
]
LearningRateOption = Annotated[
    float, typer.Option("--learning-rate", help="Highest rate.", rich_help_panel=OPTIMISATION)
]
FinalRateOption = Annotated[
    float,
    typer.Option(
        "--final-rate",
        min=0.0,
        max=1.0,
        help="Last rate, of the highest.",
        rich_help_panel=OPTIMISATION,
    ),
]
WarmupOption = Annotated[
    int,
    typer.Option("--warmup", min=0, help="Steps the rate rises.", rich_help_panel=OPTIMISATION),
]
WeightDecayOption = Annotated[
    float,
    typer.Option("--weight-decay", min=0.0, help="Decoupled.", rich_help_panel=OPTIMISATION),
]
ClipOption = Annotated[
    float,
    typer.Option("--clip", help="Largest norm of a gradient.", rich_help_panel=OPTIMISATION),
]
EmaOption = Annotated[
    float,
    typer.Option(
        "--ema",
        min=0.0,
        max=1.0,
        help="Decay of the averaged weights.",
        rich_help_panel=OPTIMISATION,
    ),
]

ValidateEveryOption = Annotated[
    int,
    typer.Option(
        "--validate-every", min=1, help="Steps between measurements.", rich_help_panel=MEASURING
    ),
]
ValidateScenesOption = Annotated[
    int,
    typer.Option(
        "--validate-scenes", min=1, help="Held-out scenes measured.", rich_help_panel=MEASURING
    ),
]
ValidateSizeOption = Annotated[
    int,
    typer.Option(
        "--validate-size", min=32, help="Their edge in pixels.", rich_help_panel=MEASURING
    ),
]
SoftOption = Annotated[
    float,
    typer.Option(
        min=0.0,
        max=1.0,
        help="How often a photo is softened as lenses do, which is no motion.",
        rich_help_panel=SAMPLES,
    ),
]
StillOption = Annotated[
    float,
    typer.Option(min=0.0, max=1.0, help="How often nothing moves.", rich_help_panel=SAMPLES),
]
DarkOption = Annotated[
    float,
    typer.Option(min=0.0, max=1.0, help="How often there is less light.", rich_help_panel=SAMPLES),
]


def run_fit(
    events: Generator[FitProgress, None, Path],
    settings: FitSettings,
    dataset: Dataset | None = None,
) -> None:
    """Fit under a progress bar, and name what of the dataset was left out.

    Of several processes the first speaks for all.
    """
    from app.training.distribution import launched

    rank, _ = launched()
    missing = dataset.skipped if dataset is not None else []
    listed = len(missing)
    note_skipped(missing)

    def report(progress: FitProgress) -> None:
        if rank != 0:
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
            path = drain(events, report)
        except KeyboardInterrupt:
            note(f"The run is saved in {settings.out}; the same call with --resume continues it.")
            raise
    if rank == 0:
        typer.echo(f"{path}: fitted for {settings.steps} steps")
    # What only turned out to be broken when it was read.
    note_skipped(missing[listed:])
