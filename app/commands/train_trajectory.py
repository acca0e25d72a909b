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
    ConditionOptions,
    FitOptions,
    SceneOptions,
    require_stills,
    run_fit,
)
from app.commands.option_groups import with_groups
from app.commands.options import Verbose

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


@with_groups()
def train_trajectory(
    fitting: FitOptions,
    scenes: SceneOptions,
    conditions: ConditionOptions,
    simulate: StillsOption = None,
    data: DataOption = None,
    preset: Annotated[
        str, typer.Option(help="default, or paper: Motion-ETR's network, which reads no guidance.")
    ] = "default",
    constraint: Annotated[Constraint, typer.Option(help="What paths are possible.")] = (
        Constraint.QUADRATIC
    ),
    points: Annotated[int, typer.Option(min=2, help="Points of a path.")] = 15,
    camera_only: Annotated[
        bool,
        typer.Option(
            "--camera-only",
            help="Simulate scenes in which only the camera moves: an easier start.",
            rich_help_panel=SAMPLES,
        ),
    ] = False,
    uniform: Annotated[
        bool,
        typer.Option(
            "--uniform", help="Average encoded values alike, as the paper.", rich_help_panel=SAMPLES
        ),
    ] = False,
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
    verbose: Verbose = False,
) -> None:
    """Fit an offset network: what blurs the sharp middle frame into the photo?

    Pairs come from --simulate or --data. Ctrl-C saves; --resume continues.
    """
    from app.training.fit_trajectory import TrajectoryFitSettings
    from app.training.fit_trajectory import train_trajectory as fit
    from models.trajectory_losses import TrajectoryLossSettings

    settings = TrajectoryFitSettings(
        pairs=pair_settings(
            simulate,
            data,
            camera_only=camera_only,
            conditions=conditions.settings(),
            **scenes.settings(),
        ),
        preset=preset,
        constraint=constraint.value,
        points=points,
        guided=guided,
        loss=TrajectoryLossSettings(reblur, ssim, variation, length, supervised, axis),
        uniform=uniform,
        **fitting.settings(),
    )
    run_fit(fit(settings), settings, settings.pairs.data)


@with_groups(soft=0.0, still=0.0, dark=0.0)
def train_deblur(
    fitting: FitOptions,
    scenes: SceneOptions,
    conditions: ConditionOptions,
    simulate: StillsOption = None,
    data: DataOption = None,
    preset: Annotated[
        str,
        typer.Option(
            help="default, tiny or paper, which is DMPHN(1-2-4), all along paths; or plain, "
            "tiny-plain or paper-plain."
        ),
    ] = "default",
    trajectory_weights: Annotated[
        str,
        typer.Option(
            "--trajectory-weights", metavar="NAME|PATH", help="The offset network; not fitted."
        ),
    ] = "trajectory-quadratic",
    guided: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, help="Share of samples whose paths are told the guidance."),
    ] = 0.5,
    arrows: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="How often guidance comes with arrows that say how far."
        ),
    ] = 0.0,
    loss: Annotated[
        str, typer.Option(help="log or squares.", rich_help_panel=OPTIMISATION)
    ] = "log",
    verbose: Verbose = False,
) -> None:
    """Fit a deblurring network: the sharp middle frame from the photo and its trajectories.

    Pairs come from --simulate or --data. Ctrl-C saves; --resume continues.
    """
    from app.engine.weights import find_weights
    from app.training.fit_deblur import DeblurFitSettings
    from app.training.fit_deblur import train_deblur as fit
    from models.deblur import PRESETS

    aware = preset in PRESETS and PRESETS[preset].motion_aware
    settings = DeblurFitSettings(
        pairs=pair_settings(
            simulate,
            data,
            conditions=conditions.settings(),
            arrows=arrows if aware else 0.0,
            **scenes.settings(),
        ),
        preset=preset,
        guided=guided,
        trajectory=find_weights(trajectory_weights) if aware else None,
        loss=loss,
        **fitting.settings(),
    )
    run_fit(fit(settings), settings, settings.pairs.data)


def pair_settings(simulate: Path | None, data: Path | None, **others: Any) -> PairSettings:
    """Where the pairs come from, as the options say; the others are `PairSettings`'s own."""
    from app.training.blur_pairs import PairSettings
    from app.training.datasets.layouts import open_dataset

    if simulate is not None:
        require_stills(simulate)
    dataset = open_dataset(data) if data is not None else None
    return PairSettings(simulate=simulate, data=dataset, **others)
