"""`unspool train trajectory` and `unspool train deblur`: networks that explain or remove blur.

The loop is `app.training.fit`; shared options are `fit_options`.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.fit_options import (
    OPTIMISATION,
    SAMPLES,
    AccumulateOption,
    BatchOption,
    BlockOption,
    ClipOption,
    DarkOption,
    EmaOption,
    FinalRateOption,
    InitOption,
    LearningRateOption,
    OutOption,
    Precision,
    PrecisionOption,
    ResumeOption,
    ReuseOption,
    SaveEveryOption,
    SeedOption,
    SizeOption,
    SoftOption,
    StepsOption,
    StillOption,
    ValidateEveryOption,
    ValidateScenesOption,
    ValidateSizeOption,
    WarmupOption,
    WeightDecayOption,
    run_fit,
)
from app.commands.options import Device, DeviceOption, MasksOption, ThreadsOption, Verbose
from app.errors import InputError

if TYPE_CHECKING:
    from app.training.blur_pairs import PairSettings

StillsOption = Annotated[
    Path | None,
    typer.Option("--simulate", metavar="IMAGES", help="Sharp photos to simulate blur from."),
]
DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DATASET", help="Instead: blurry photos with sharp ones."),
]


class Constraint(str, Enum):
    """Choices of --constraint (Motion-ETR section 3.4)."""

    ZERO = "zero"
    LINEAR = "linear"
    BILINEAR = "bilinear"
    QUADRATIC = "quadratic"


def train_trajectory(
    out: OutOption,
    simulate: StillsOption = None,
    data: DataOption = None,
    masks: MasksOption = None,
    preset: Annotated[
        str, typer.Option(help="default, or paper: Motion-ETR's network, which reads no guidance.")
    ] = "default",
    constraint: Annotated[Constraint, typer.Option(help="What paths are possible.")] = (
        Constraint.QUADRATIC
    ),
    points: Annotated[int, typer.Option(min=2, help="Points of a path.")] = 15,
    init: InitOption = None,
    resume: ResumeOption = False,
    steps: StepsOption = 20_000,
    seed: SeedOption = 0,
    save_every: SaveEveryOption = 250,
    device: DeviceOption = Device.AUTO,
    precision: PrecisionOption = Precision.AUTO,
    threads: ThreadsOption = 0,
    batch: BatchOption = 8,
    size: SizeOption = 128,
    block: BlockOption = 256,
    reuse: ReuseOption = 4,
    camera_only: Annotated[
        bool,
        typer.Option(
            "--camera-only",
            help="Simulate scenes in which only the camera moves: an easier start.",
            rich_help_panel=SAMPLES,
        ),
    ] = False,
    soft: SoftOption = 0.3,
    still: StillOption = 0.1,
    dark: DarkOption = 0.2,
    uniform: Annotated[
        bool,
        typer.Option(
            "--uniform", help="Average encoded values alike, as the paper.", rich_help_panel=SAMPLES
        ),
    ] = False,
    accumulate: AccumulateOption = 1,
    guided: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            help="How often the network is told the guidance.",
            rich_help_panel=SAMPLES,
        ),
    ] = 0.75,
    reblur: Annotated[
        float,
        typer.Option(
            min=0.0, help="Weight of the photo blurred again.", rich_help_panel=OPTIMISATION
        ),
    ] = 1.0,
    ssim: Annotated[
        float, typer.Option(min=0.0, help="Of MS-SSIM, beside it.", rich_help_panel=OPTIMISATION)
    ] = 0.1,
    variation: Annotated[
        float, typer.Option(min=0.0, help="Of total variation.", rich_help_panel=OPTIMISATION)
    ] = 5e-4,
    length: Annotated[
        float, typer.Option(min=0.0, help="Of the paths' length.", rich_help_panel=OPTIMISATION)
    ] = 2e-5,
    supervised: Annotated[
        float,
        typer.Option(
            min=0.0,
            help="Of the distance to known ends; 0 is the paper's, who knows none.",
            rich_help_panel=OPTIMISATION,
        ),
    ] = 0.0,
    axis: Annotated[
        float,
        typer.Option(
            min=0.0,
            help="Of the known axis and length of motion; 0 is the paper's.",
            rich_help_panel=OPTIMISATION,
        ),
    ] = 0.0,
    learning_rate: LearningRateOption = 1e-3,
    final_rate: FinalRateOption = 0.02,
    warmup: WarmupOption = 300,
    weight_decay: WeightDecayOption = 1e-4,
    clip: ClipOption = 1.0,
    ema: EmaOption = 0.999,
    validate_every: ValidateEveryOption = 500,
    validate_scenes: ValidateScenesOption = 48,
    validate_size: ValidateSizeOption = 128,
    verbose: Verbose = False,
) -> None:
    """Fit an offset network: what blurs the sharp middle frame into the photo?

    Pairs come from --simulate or --data. Ctrl-C saves; --resume continues.
    """
    from app.engine.device import resolve_device
    from app.engine.weights import find_weights
    from app.training.conditions import Conditions
    from app.training.fit_trajectory import TrajectoryFitSettings
    from app.training.fit_trajectory import train_trajectory as fit
    from models.trajectory_losses import TrajectoryLossSettings

    settings = TrajectoryFitSettings(
        pairs=pair_settings(
            simulate,
            data,
            masks=masks,
            size=size,
            camera_only=camera_only,
            conditions=Conditions(soft, still, dark),
            block=block,
            reuse=reuse,
            validate_scenes=validate_scenes,
            validate_size=validate_size,
        ),
        out=out,
        preset=preset,
        constraint=constraint.value,
        points=points,
        guided=guided,
        loss=TrajectoryLossSettings(reblur, ssim, variation, length, supervised, axis),
        uniform=uniform,
        steps=steps,
        batch=batch,
        seed=seed,
        learning_rate=learning_rate,
        final_rate=final_rate,
        warmup=warmup,
        weight_decay=weight_decay,
        clip=clip,
        ema=ema,
        accumulate=accumulate,
        init=find_weights(init) if init else None,
        resume=resume,
        device=resolve_device(device.value).type,
        precision=precision.value,
        validate_every=validate_every,
        save_every=save_every,
        threads=threads,
    )
    run_fit(fit(settings), settings, settings.pairs.data)


def train_deblur(
    out: OutOption,
    simulate: StillsOption = None,
    data: DataOption = None,
    masks: MasksOption = None,
    preset: Annotated[
        str, typer.Option(help="default, plain, paper or paper-plain: DMPHN(1-2-4)'s own width.")
    ] = "default",
    trajectory_weights: Annotated[
        str,
        typer.Option(
            "--trajectory-weights", metavar="NAME|PATH", help="The offset network; not fitted."
        ),
    ] = "trajectory-quadratic",
    init: InitOption = None,
    resume: ResumeOption = False,
    steps: StepsOption = 20_000,
    seed: SeedOption = 0,
    save_every: SaveEveryOption = 250,
    device: DeviceOption = Device.AUTO,
    precision: PrecisionOption = Precision.AUTO,
    threads: ThreadsOption = 0,
    batch: BatchOption = 8,
    size: SizeOption = 128,
    block: BlockOption = 256,
    reuse: ReuseOption = 4,
    soft: SoftOption = 0.0,
    still: StillOption = 0.0,
    dark: DarkOption = 0.0,
    accumulate: AccumulateOption = 1,
    loss: Annotated[
        str, typer.Option(help="log or squares.", rich_help_panel=OPTIMISATION)
    ] = "log",
    learning_rate: LearningRateOption = 1e-3,
    final_rate: FinalRateOption = 0.02,
    warmup: WarmupOption = 300,
    weight_decay: WeightDecayOption = 1e-4,
    clip: ClipOption = 1.0,
    ema: EmaOption = 0.999,
    validate_every: ValidateEveryOption = 500,
    validate_scenes: ValidateScenesOption = 48,
    validate_size: ValidateSizeOption = 128,
    verbose: Verbose = False,
) -> None:
    """Fit a deblurring network: the sharp middle frame from the photo and its trajectories.

    Pairs come from --simulate or --data. Ctrl-C saves; --resume continues.
    """
    from app.engine.device import resolve_device
    from app.engine.weights import find_weights
    from app.training.conditions import Conditions
    from app.training.fit_deblur import DeblurFitSettings
    from app.training.fit_deblur import train_deblur as fit
    from models.deblur import PRESETS

    aware = preset in PRESETS and PRESETS[preset].motion_aware
    settings = DeblurFitSettings(
        pairs=pair_settings(
            simulate,
            data,
            masks=masks,
            size=size,
            conditions=Conditions(soft, still, dark),
            block=block,
            reuse=reuse,
            validate_scenes=validate_scenes,
            validate_size=validate_size,
        ),
        out=out,
        preset=preset,
        trajectory=find_weights(trajectory_weights) if aware else None,
        loss=loss,
        steps=steps,
        batch=batch,
        seed=seed,
        learning_rate=learning_rate,
        final_rate=final_rate,
        warmup=warmup,
        weight_decay=weight_decay,
        clip=clip,
        ema=ema,
        accumulate=accumulate,
        init=find_weights(init) if init else None,
        resume=resume,
        device=resolve_device(device.value).type,
        precision=precision.value,
        validate_every=validate_every,
        save_every=save_every,
        threads=threads,
    )
    run_fit(fit(settings), settings, settings.pairs.data)


def pair_settings(simulate: Path | None, data: Path | None, **others: Any) -> PairSettings:
    """Where the pairs come from, as the options say; the others are `PairSettings`'s own."""
    from app.training.blur_pairs import PairSettings
    from app.training.datasets.layouts import open_dataset

    if simulate is not None and not simulate.is_dir():
        raise InputError(f"Cannot read {simulate}: no such folder.")
    dataset = open_dataset(data) if data is not None else None
    return PairSettings(simulate=simulate, data=dataset, **others)
