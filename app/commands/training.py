"""`unspool train`: fitting networks.

The loop is `app.training.fit`, shared options are `fit_options`; measuring is `evaluate`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
from app.commands.options import (
    Device,
    DeviceOption,
    LayoutOption,
    MasksOption,
    OptionalSimulateOption,
    SimulateOption,
    ThreadsOption,
    Verbose,
    VideosOption,
    command_group,
)
from app.commands.train_trajectory import train_deblur, train_trajectory
from app.errors import InputError

train_commands = command_group("Fit networks.", no_args_is_help=True)
train_commands.command("trajectory")(train_trajectory)
train_commands.command("deblur")(train_deblur)


@train_commands.command("decomposer")
def train_decomposer(
    out: OutOption,
    simulate: OptionalSimulateOption = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DATASET", help="Fit to a dataset; with --simulate, to both in turn."),
    ] = None,
    layout: LayoutOption = "auto",
    videos: VideosOption = None,
    masks: MasksOption = None,
    preset: Annotated[
        str, typer.Option(help="default, fast, tiny, one-stage, tiny-one-stage or paper.")
    ] = "default",
    reader: Annotated[
        str | None,
        typer.Option(metavar="NAME|PATH", help="Offset network whose reading of blur is seen."),
    ] = None,
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
    accumulate: AccumulateOption = 1,
    loss: Annotated[
        str,
        typer.Option(
            help="balanced, charbonnier, paper, reblur, temporal, reversal, consistent "
            "or unordered.",
            rich_help_panel=OPTIMISATION,
        ),
    ] = "balanced",
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
    """Fit a decomposer to simulated exposures or a dataset. Ctrl-C saves; --resume continues.

    On several GPUs: accelerate launch -m app train decomposer …
    """
    from app.engine.device import resolve_device
    from app.engine.weights import find_weights
    from app.training.datasets.layouts import open_dataset
    from app.training.fit_decomposer import DecomposerFitSettings
    from app.training.fit_decomposer import train_decomposer as fit
    from models.decomposer import PRESETS

    if preset not in PRESETS:
        raise InputError(f"There is no preset '{preset}' (known: {', '.join(PRESETS)}).")
    if simulate is None and data is None:
        raise InputError("Name --simulate IMAGES or --data DATASET, or both.")
    if simulate is not None and not simulate.is_dir():
        raise InputError(f"Cannot read {simulate}: no such folder.")
    dataset = open_dataset(data, layout, videos) if data is not None else None
    settings = DecomposerFitSettings(
        simulate=simulate,
        data=dataset,
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
        reader=find_weights(reader) if reader else None,
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
    run_fit(fit(settings), settings, dataset)


@train_commands.command("predictor")
def train_predictor(
    simulate: SimulateOption,
    out: OutOption,
    masks: MasksOption = None,
    preset: Annotated[str, typer.Option(help="default or paper.")] = "default",
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
    reuse: ReuseOption = 6,
    soft: SoftOption = 0.3,
    still: StillOption = 0.1,
    dark: DarkOption = 0.2,
    accumulate: AccumulateOption = 1,
    loss: Annotated[
        str, typer.Option(help="default, paper or code.", rich_help_panel=OPTIMISATION)
    ] = "default",
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
    """Fit a guidance predictor to simulated exposures. Ctrl-C saves; --resume continues.

    Measured on the way: iou of moving and static, best_of_5 and known (accuracy over moving pixels
    of samples and of the true code), disagreement of samples, kl of the code in nats.
    """
    from app.engine.device import resolve_device
    from app.engine.weights import find_weights
    from app.training.conditions import Conditions
    from app.training.fit_predictor import PredictorFitSettings
    from app.training.fit_predictor import train_predictor as fit
    from models.predictor import PRESETS

    if preset not in PRESETS:
        raise InputError(f"There is no preset '{preset}' (known: {', '.join(PRESETS)}).")
    if not simulate.is_dir():
        raise InputError(f"Cannot read {simulate}: no such folder.")
    settings = PredictorFitSettings(
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
        conditions=Conditions(soft, still, dark),
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
    run_fit(fit(settings), settings)
