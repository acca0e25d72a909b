"""`unspool evaluate trajectory` and `evaluate deblur`: against known blur and known sharp frames.

The measures are `app.training.trajectory_evaluation`.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.destinations import refuse_existing
from app.commands.options import (
    DataOption,
    Device,
    DeviceOption,
    MasksOption,
    OptionalSimulateOption,
    OverwriteOption,
    Verbose,
    WeightsOption,
)
from app.commands.output import print_table, progress_bar, write_json
from app.commands.path_finding import paths_told
from app.commands.sharpening import sharpeners_of, tellings
from app.commands.train_trajectory import pair_settings

if TYPE_CHECKING:
    import torch

    from app.training.blur_pairs import BlurPairs

ScenesOption = Annotated[int, typer.Option("--scenes", min=1, help="How many pairs.")]
SizeOption = Annotated[int, typer.Option("--size", min=32, help="Their edge in pixels.")]
KernelsOption = Annotated[
    bool,
    typer.Option(
        "--kernels", help="Stills blurred by straight kernels, the paper's synthetic set."
    ),
]
JsonFileOption = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Also write the numbers as JSON.")
]


def evaluate_trajectory(
    simulate: OptionalSimulateOption = None,
    data: DataOption = None,
    masks: MasksOption = None,
    weights: WeightsOption = "trajectory-quadratic",
    kernels: KernelsOption = False,
    scenes: ScenesOption = 48,
    size: SizeOption = 128,
    uniform: Annotated[
        bool, typer.Option("--uniform", help="Average encoded values alike, as the paper.")
    ] = False,
    refine: Annotated[
        int,
        typer.Option(
            min=0, metavar="N", help="Steps of fitting the paths to each photo and its sharp frame."
        ),
    ] = 0,
    device: DeviceOption = Device.AUTO,
    json_file: JsonFileOption = None,
    overwrite: OverwriteOption = False,
    verbose: Verbose = False,
) -> None:
    """How well paths explain blur: reblur PSNR and SSIM, and the ends' error where it is known.

    Networks that read guidance are measured with it and without, and any with arrows that say how
    far things moved, where pairs have some. Beside them, where they are known, the true paths: what
    was hidden in the middle frame, and noise, no path explains.
    """
    from app.training.trajectory_evaluation import evaluate_trajectory as evaluation_of

    if json_file is not None:
        refuse_existing(json_file, overwrite)
    chosen = _device(device)
    pairs = _pairs(simulate, data, masks, scenes, size, chosen, kernels)
    with progress_bar() as show:
        found = paths_told(weights, pairs, refine, chosen, show)
    results = {
        name: evaluation_of(offsets, pairs, uniform=uniform) for name, offsets in found.items()
    }
    first = next(iter(results.values()))
    rows: list[tuple[str, list[float | None], float | None]] = [
        (title, [getattr(result, name) for result in results.values()], base)
        for title, name, base in (
            ("PSNR of the reblurred middle frame, dB", "reblur", first.photo),
            ("SSIM of it", "reblur_ssim", first.photo_ssim),
            ("error of the ends, px", "epe", first.displacement),
            ("the same in the true order of time, px", "directed", first.displacement),
            ("squared error of start to end, px²", "motion_mse", None),
        )
    ]
    _print(f"{weights} on {first.pairs} pairs", [*results, "middle frame itself"], rows)
    values = {name.replace(" ", "_"): asdict(result) for name, result in results.items()}
    _write(
        json_file, {"weights": weights, "kernels": kernels, "refine": refine, **values}, overwrite
    )


def evaluate_deblur(
    simulate: OptionalSimulateOption = None,
    data: DataOption = None,
    masks: MasksOption = None,
    weights: WeightsOption = "deblur",
    trajectory_weights: Annotated[
        str, typer.Option("--trajectory-weights", metavar="NAME|PATH", help="For its paths.")
    ] = "trajectory-quadratic",
    kernels: KernelsOption = False,
    scenes: ScenesOption = 48,
    size: SizeOption = 128,
    device: DeviceOption = Device.AUTO,
    json_file: JsonFileOption = None,
    overwrite: OverwriteOption = False,
    verbose: Verbose = False,
) -> None:
    """How much sharper photos become: PSNR and SSIM against their true middle frames.

    Measured is what `unspool deblur` does, also where no deblurring weights are installed or
    --weights names a decomposer: with guidance and arrows, with guidance, and without.
    """
    from app.training.deblur_evaluation import evaluate_deblur as evaluation_of

    if json_file is not None:
        refuse_existing(json_file, overwrite)
    chosen = _device(device)
    weights, sharpeners = sharpeners_of(weights, trajectory_weights, chosen)
    pairs = _pairs(simulate, data, masks, scenes, size, chosen, kernels)
    results = {
        name: evaluation_of(sharpeners[name], pairs)
        for name in tellings(pairs)
        if name in sharpeners
    }
    first = next(iter(results.values()))
    rows: list[tuple[str, list[float | None], float | None]] = [
        ("PSNR, dB", [result.psnr for result in results.values()], first.photo),
        ("SSIM", [result.ssim for result in results.values()], first.photo_ssim),
    ]
    _print(f"{weights} on {first.pairs} pairs", [*results, "photo itself"], rows)
    values = {name.replace(" ", "_"): asdict(result) for name, result in results.items()}
    _write(json_file, {"weights": weights, "kernels": kernels, **values}, overwrite)


def _device(device: Device) -> torch.device:
    from app.engine.device import resolve_device

    return resolve_device(device.value)


def _pairs(
    simulate: Path | None,
    data: Path | None,
    masks: Path | None,
    scenes: int,
    size: int,
    device: torch.device,
    kernels: bool,
) -> BlurPairs:
    from app.training.trajectory_evaluation import pairs_for

    settings = pair_settings(
        simulate, data, masks=masks, size=size, validate_scenes=scenes, validate_size=size
    )
    return pairs_for(settings, device, kernels=kernels)


def _print(
    title: str, columns: list[str], rows: list[tuple[str, list[float | None], float | None]]
) -> None:
    def shown(value: float | None) -> str:
        return "–" if value is None else f"{value:.3f}"

    print_table(
        title,
        ("measure", *columns),
        [(name, *map(shown, values), shown(base)) for name, values, base in rows],
    )


def _write(path: Path | None, values: dict[str, Any], overwrite: bool) -> None:
    if path is not None:
        write_json(path, values, overwrite)
