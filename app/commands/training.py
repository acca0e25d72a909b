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
    ConditionOptions,
    FitOptions,
    SceneOptions,
    require_stills,
    run_fit,
)
from app.commands.option_groups import with_groups
from app.commands.options import (
    LayoutOption,
    OptionalSimulateOption,
    SimulateOption,
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
@with_groups()
def train_decomposer(
    fitting: FitOptions,
    scenes: SceneOptions,
    simulate: OptionalSimulateOption = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DATASET", help="Fit to a dataset; with --simulate, to both in turn."),
    ] = None,
    layout: LayoutOption = "auto",
    videos: VideosOption = None,
    preset: Annotated[
        str, typer.Option(help="default, fast, tiny, one-stage, tiny-one-stage or paper.")
    ] = "default",
    reader: Annotated[
        str | None,
        typer.Option(metavar="NAME|PATH", help="Offset network whose reading of blur is seen."),
    ] = None,
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
    arrows: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            help="How often the network is told from where to where things moved.",
            rich_help_panel=SAMPLES,
        ),
    ] = 0.0,
    readings: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|PATH",
            help="Offset network that often tells how far where no arrow does.",
            rich_help_panel=SAMPLES,
        ),
    ] = None,
    loss: Annotated[
        str,
        typer.Option(
            help="balanced, charbonnier, paper, reblur, temporal, reversal, consistent "
            "or unordered.",
            rich_help_panel=OPTIMISATION,
        ),
    ] = "balanced",
    verbose: Verbose = False,
) -> None:
    """Fit a decomposer to simulated exposures or a dataset. Ctrl-C saves; --resume continues.

    On several GPUs: accelerate launch -m app train decomposer …
    """
    from app.engine.weights import find_weights
    from app.training.datasets.layouts import open_dataset
    from app.training.fit_decomposer import DecomposerFitSettings
    from app.training.fit_decomposer import train_decomposer as fit
    from models.decomposer import PRESETS

    if preset not in PRESETS:
        raise InputError(f"There is no preset '{preset}' (known: {', '.join(PRESETS)}).")
    if simulate is None and data is None:
        raise InputError("Name --simulate IMAGES or --data DATASET, or both.")
    settings = DecomposerFitSettings(
        simulate=require_stills(simulate) if simulate is not None else None,
        data=open_dataset(data, layout, videos) if data is not None else None,
        preset=preset,
        loss=loss,
        guidance=guidance,
        directions=directions,
        arrows=arrows,
        readings=find_weights(readings) if readings else None,
        reader=find_weights(reader) if reader else None,
        **scenes.settings(),
        **fitting.settings(),
    )
    run_fit(fit(settings), settings, settings.data)


@train_commands.command("predictor")
@with_groups(reuse=6)
def train_predictor(
    fitting: FitOptions,
    scenes: SceneOptions,
    conditions: ConditionOptions,
    simulate: SimulateOption,
    preset: Annotated[str, typer.Option(help="default or paper.")] = "default",
    loss: Annotated[
        str, typer.Option(help="default, reading, paper or code.", rich_help_panel=OPTIMISATION)
    ] = "default",
    verbose: Verbose = False,
) -> None:
    """Fit a guidance predictor to simulated exposures. Ctrl-C saves; --resume continues.

    Measured on the way: iou of moving and static, best_of_5 and known (accuracy over moving pixels
    of samples and of the true code), disagreement of samples, kl of the code in nats.
    """
    from app.training.fit_predictor import PredictorFitSettings
    from app.training.fit_predictor import train_predictor as fit
    from models.predictor import PRESETS

    if preset not in PRESETS:
        raise InputError(f"There is no preset '{preset}' (known: {', '.join(PRESETS)}).")
    settings = PredictorFitSettings(
        simulate=require_stills(simulate),
        preset=preset,
        loss=loss,
        conditions=conditions.settings(),
        **scenes.settings(),
        **fitting.settings(),
    )
    run_fit(fit(settings), settings)
