"""`unspool evaluate predictor`: how good guidance guessed from photos is.

Measuring is `app.training.predictor_evaluation`.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.destinations import refuse_existing
from app.commands.guessing import suggester
from app.commands.options import (
    DataOption,
    Device,
    DeviceOption,
    GuesserOption,
    LayoutOption,
    MasksOption,
    OptionalSimulateOption,
    OverwriteOption,
    Verbose,
    VideosOption,
)
from app.commands.output import drain, note_skipped, print_table, progress_bar, write_json
from app.errors import InputError

if TYPE_CHECKING:
    from app.training.predictor_evaluation import Guesser

_SAMPLES = 5

_MEASURES = {
    "iou": "IoU, mean of moving and static",
    "iou_moving": "IoU of moving",
    "iou_static": "IoU of static",
    "first_iou": "IoU of the first guess",
    "far_iou": "IoU where what moves by less than 3 px is left out",
    "near_found": "of what moves by less than 3 px, found",
    "far_found": "of what moves by 3 px or more, found",
    "best_of_1": "right class of moving pixels, 1 guess",
    "best_of_3": "best of 3 guesses",
    "best_of_5": "best of 5 guesses",
    "disagreement": "moving pixels on which two guesses differ",
    "coherence": "of an object, pointing one way",
}


def evaluate_predictor(
    simulate: OptionalSimulateOption = None,
    data: DataOption = None,
    benchmark: Annotated[
        bool,
        typer.Option("--benchmark", help="Measure on scenes that are the same everywhere."),
    ] = False,
    masks: MasksOption = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Use every photo, not only the tenth that fitting never sees."),
    ] = False,
    count: Annotated[int, typer.Option(min=1, help="Simulated scenes.")] = 96,
    size: Annotated[int, typer.Option(min=32, help="Their edge in pixels.")] = 192,
    seed: Annotated[int, typer.Option(help="Decides scenes and codes.")] = 7,
    layout: LayoutOption = "auto",
    videos: VideosOption = None,
    weights: GuesserOption = None,
    device: DeviceOption = Device.AUTO,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the numbers here too.")
    ] = None,
    overwrite: OverwriteOption = False,
    verbose: Verbose = False,
) -> None:
    """Measure a guidance predictor: its samples, and the suggestions made of them.

    Of an offset network that reads blur, only the suggestions are measured. With --simulate also
    what of the held-out stills themselves, in which nothing moves, is taken for moving.
    """
    from dataclasses import replace

    from app.engine.device import resolve_device
    from app.engine.weights import load_guesser
    from app.training import predictor_evaluation as measuring
    from app.training.datasets.layouts import open_dataset
    from app.training.evaluation import BENCHMARKS, EvaluateSettings, scenes_of
    from app.training.false_motion import false_motion
    from app.training.stills import load_stills
    from app.weights_files import installed_guessers
    from models.predictor import Predictor

    if len([source for source in (simulate, data, benchmark or None) if source is not None]) != 1:
        raise InputError("Name one of --simulate IMAGES or --data DATASET or --benchmark.")
    if json_file is not None:
        refuse_existing(json_file, overwrite)
    chosen = resolve_device(device.value)
    dataset = open_dataset(data, layout, videos) if data is not None else None
    if simulate is not None:
        settings = EvaluateSettings(
            simulate, masks, "all" if everything else "held-out", count, size, seed
        )
    else:
        settings = BENCHMARKS["simulated"]
    settings = replace(settings, guidance="truth")
    names = [weights] if weights else installed_guessers()
    network = load_guesser(names[0], chosen)
    guessers: dict[str, Guesser] = {
        "suggestions": suggester(weights, device.value, _SAMPLES, seed),
        "one way everywhere": measuring.constant,
    }
    if isinstance(network, Predictor):
        guessers = {"samples": measuring.sampler(network, _SAMPLES, seed), **guessers}
    total = len(dataset) if dataset is not None else settings.count
    codes: list[dict[str, float]] = []

    def scenes() -> Any:
        for scene in scenes_of(dataset, settings):
            if isinstance(network, Predictor):
                codes.append(measuring.measure_code(network, scene))
            yield scene

    with progress_bar() as show:
        results = drain(
            measuring.evaluate_guesses(scenes(), total, guessers),
            lambda done: show("evaluating", *done),
        )
        still: dict[str, float] = {}
        if simulate is not None:
            bank = load_stills(simulate, masks, part=settings.part)
            still = drain(
                false_motion(guessers["suggestions"], bank, seed),
                lambda done: show("looking at still photos", *done),
            )
    name = data or simulate or "the simulated benchmark"
    rows = [
        (words, *[_cell(results[who].get(measure, math.nan)) for who in results])
        for measure, words in _MEASURES.items()
    ]
    if codes:
        known = [row["known"] for row in codes if "known" in row]
        results["code"] = {
            "known": sum(known) / len(known) if known else math.nan,
            "kl": sum(row["kl"] for row in codes) / len(codes),
        }
        rows.append(("right class under the truth's code", _cell(results["code"]["known"]), "", ""))
        rows.append(("what the code says, nats", _cell(results["code"]["kl"]), "", ""))
    for condition, share in still.items():
        cells = [_cell(share) if who == "suggestions" else "" for who in guessers]
        rows.append((f"of still photos, {condition}, taken for moving", *cells))
    scenes_measured = int(results["suggestions"]["scenes"])
    weights = " + ".join(names)
    print_table(f"{weights} on {name}, {scenes_measured} scenes", ("measure", *guessers), rows)
    if dataset is not None:
        note_skipped(dataset.skipped)
    if json_file is not None:
        plain = {
            who: {k: None if math.isnan(v) else v for k, v in row.items()}
            for who, row in results.items()
        }
        found = {"weights": weights, "on": str(name), **plain, "still": still}
        write_json(json_file, found, overwrite)
        typer.echo(f"{json_file}: {', '.join(plain)}")


def _cell(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"
