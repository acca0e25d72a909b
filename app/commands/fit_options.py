"""What the calls that fit networks share: options with their headings, and the run itself."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.option_groups import OptionGroup
from app.commands.options import Device, DeviceOption, MasksOption, ThreadsOption
from app.commands.output import drain, note, note_skipped, progress_bar
from app.errors import InputError

if TYPE_CHECKING:
    from app.training.conditions import Conditions
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


@dataclass(frozen=True, kw_only=True)
class FitOptions(OptionGroup):
    """How any network is fitted, see `app.training.fit.FitSettings`."""

    out: Annotated[Path, typer.Option("--out", metavar="RUN", help="Folder of the run.")]
    init: Annotated[
        str | None,
        typer.Option("--init", metavar="NAME|PATH", help="Weights to start from, not a preset."),
    ] = None
    resume: Annotated[bool, typer.Option("--resume", help="Continue the run in --out.")] = False
    steps: Annotated[int, typer.Option(min=1, help="Steps in all.")] = 20_000
    seed: Annotated[int, typer.Option(help="Decides everything random.")] = 0
    save_every: Annotated[int, typer.Option(min=1, help="Steps between saved states.")] = 250
    device: DeviceOption = Device.AUTO
    precision: Annotated[
        Precision, typer.Option(help="auto is bf16 on CUDA and fp32 elsewhere.")
    ] = Precision.AUTO
    threads: ThreadsOption = 0
    batch: Annotated[
        int, typer.Option(min=1, help="Samples per step.", rich_help_panel=SAMPLES)
    ] = 8
    accumulate: Annotated[
        int,
        typer.Option(
            min=1,
            help="Parts in which a step's samples pass; more need less memory.",
            rich_help_panel=OPTIMISATION,
        ),
    ] = 1
    learning_rate: Annotated[
        float, typer.Option(help="Highest rate.", rich_help_panel=OPTIMISATION)
    ] = 1e-3
    final_rate: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="Last rate, of the highest.", rich_help_panel=OPTIMISATION
        ),
    ] = 0.02
    warmup: Annotated[
        int, typer.Option(min=0, help="Steps the rate rises.", rich_help_panel=OPTIMISATION)
    ] = 300
    weight_decay: Annotated[
        float, typer.Option(min=0.0, help="Decoupled.", rich_help_panel=OPTIMISATION)
    ] = 1e-4
    clip: Annotated[
        float, typer.Option(help="Largest norm of a gradient.", rich_help_panel=OPTIMISATION)
    ] = 1.0
    ema: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            help="Decay of the averaged weights.",
            rich_help_panel=OPTIMISATION,
        ),
    ] = 0.999
    validate_every: Annotated[
        int, typer.Option(min=1, help="Steps between measurements.", rich_help_panel=MEASURING)
    ] = 500

    def settings(self) -> dict[str, Any]:
        """The arguments of any `FitSettings` that these options are.

        Raises:
            InputError: there are no such weights to start from, or no such device.
        """
        from app.engine.device import resolve_device
        from app.engine.weights import find_weights

        return {
            **vars(self),
            "init": find_weights(self.init) if self.init else None,
            "device": resolve_device(self.device.value).type,
            "precision": self.precision.value,
        }


@dataclass(frozen=True, kw_only=True)
class SceneOptions(OptionGroup):
    """Which samples are seen and measured; the fields are called as in the settings of fits."""

    masks: MasksOption = None
    size: Annotated[
        int, typer.Option(min=32, help="Edge of a sample in pixels.", rich_help_panel=SAMPLES)
    ] = 128
    block: Annotated[
        int, typer.Option(min=1, help="Scenes simulated at a time.", rich_help_panel=SAMPLES)
    ] = 256
    reuse: Annotated[
        int,
        typer.Option(
            min=1,
            help="How often a scene is used, with another camera and outline.",
            rich_help_panel=SAMPLES,
        ),
    ] = 4
    validate_scenes: Annotated[
        int, typer.Option(min=1, help="Held-out scenes measured.", rich_help_panel=MEASURING)
    ] = 48
    validate_size: Annotated[
        int, typer.Option(min=32, help="Their edge in pixels.", rich_help_panel=MEASURING)
    ] = 128

    def settings(self) -> dict[str, Any]:
        """The arguments that these options are."""
        return dict(vars(self))


@dataclass(frozen=True, kw_only=True)
class ConditionOptions(OptionGroup):
    """In which conditions simulated photos are taken."""

    soft: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            help="How often a photo is softened as lenses do, which is no motion.",
            rich_help_panel=SAMPLES,
        ),
    ] = 0.3
    still: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, help="How often nothing moves.", rich_help_panel=SAMPLES),
    ] = 0.1
    dark: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="How often there is less light.", rich_help_panel=SAMPLES
        ),
    ] = 0.2

    def settings(self) -> Conditions:
        """What these options are."""
        from app.training.conditions import Conditions

        return Conditions(self.soft, self.still, self.dark)


def require_stills(folder: Path) -> Path:
    """The folder of stills to simulate from.

    Raises:
        InputError: there is none.
    """
    if not folder.is_dir():
        raise InputError(f"Cannot read {folder}: no such folder.")
    return folder


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
