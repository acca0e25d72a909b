"""`unspool evaluate`: measuring networks against known truth.

The measures are `app.training.evaluation` and `protocols`, their tables `evaluation_tables`.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.destinations import refuse_existing
from app.commands.evaluate_predictor import evaluate_predictor
from app.commands.evaluate_trajectory import evaluate_deblur, evaluate_trajectory
from app.commands.evaluation_tables import print_comparison, print_evaluation, print_robustness
from app.commands.guessing import guess_of
from app.commands.options import (
    DataOption,
    Device,
    DeviceOption,
    FlowOption,
    LayoutOption,
    MasksOption,
    OptionalSimulateOption,
    OverwriteOption,
    ReadingsOption,
    Verbose,
    VideosOption,
    WeightsOption,
    command_group,
)
from app.commands.output import drain, note, note_skipped, progress_bar, write_json
from app.errors import InputError
from app.film_defaults import MOST_SHARPENED

if TYPE_CHECKING:
    from app.training.evaluation import EvaluateSettings

commands = command_group("Measure networks against known truth.", no_args_is_help=True)
commands.command("trajectory")(evaluate_trajectory)
commands.command("deblur")(evaluate_deblur)
commands.command("predictor")(evaluate_predictor)


class Protocol(str, Enum):
    """Choices of --protocol."""

    GUIDED = "guided"
    ROBUSTNESS = "robustness"
    VIDEO = "video"
    PREDICTED = "predicted"


class Benchmark(str, Enum):
    """Choices of --benchmark."""

    SIMULATED = "simulated"


@commands.command("decomposer")
def evaluate_decomposer(
    simulate: OptionalSimulateOption = None,
    data: DataOption = None,
    benchmark: Annotated[
        Benchmark | None,
        typer.Option(help="Measure on scenes that are the same everywhere instead."),
    ] = None,
    protocol: Annotated[
        Protocol,
        typer.Option(
            help="One guidance in detail; exact, drawn, dilated and eroded compared; or given "
            "guidance beside that of the photo before (datasets) or the best of several guesses."
        ),
    ] = Protocol.GUIDED,
    guidance: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Whose guidance on simulated scenes: drawn, truth, dilated, eroded or flipped.",
        ),
    ] = None,
    samples: Annotated[
        str, typer.Option(metavar="K,K,…", help="Guesses of which the best counts, for predicted.")
    ] = "1,3,5",
    predictor: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|PATH",
            help="Who guesses, for predicted: a predictor by its samples, an offset network by "
            "suggestions; left out, all that are installed by suggestions of both.",
            show_default=False,
        ),
    ] = None,
    flow: FlowOption = "auto",
    lpips: Annotated[
        bool, typer.Option("--lpips", help="Measure LPIPS too, where its weights are.")
    ] = False,
    layout: LayoutOption = "auto",
    videos: VideosOption = None,
    masks: MasksOption = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Use every photo, not only the tenth that fitting never sees."),
    ] = False,
    count: Annotated[
        int | None, typer.Option(min=1, help="Scenes; 96 unless told otherwise.")
    ] = None,
    size: Annotated[
        int | None, typer.Option(min=32, help="Edge of a scene in pixels; 192 otherwise.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Decides the scenes.")] = None,
    looks: Annotated[
        int, typer.Option(min=1, max=4, help="Looks at every photo that are averaged.")
    ] = 1,
    sharpen: Annotated[
        float,
        typer.Option(
            min=0, max=MOST_SHARPENED, metavar="AMOUNT", help="Sharpen as `animate` does."
        ),
    ] = 0.0,
    arrows: Annotated[
        bool,
        typer.Option(
            "--arrows",
            help="On scenes, people also draw from where to where things moved, if the network "
            "listens to that.",
        ),
    ] = False,
    readings: ReadingsOption = "auto",
    weights: WeightsOption = "decomposer-default",
    device: DeviceOption = Device.AUTO,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the numbers here too.")
    ] = None,
    overwrite: OverwriteOption = False,
    verbose: Verbose = False,
) -> None:
    """Measure a decomposer on simulated scenes or a dataset, beside the photo repeated."""
    from app.engine.device import resolve_device
    from app.engine.weights import load_informed
    from app.flow.matching import matcher, resolved
    from app.training import evaluation, protocols
    from app.training.datasets.layouts import open_dataset
    from app.training.perceptual import load_lpips, ssim_available

    given = {
        "--masks": masks, "--all": everything or None, "--count": count, "--size": size,
        "--seed": seed,
    }  # fmt: skip
    choices = [name for name, value in given.items() if value is not None]
    _refuse_mixtures((simulate, data, benchmark), choices, protocol, guidance, looks, sharpen)
    if arrows and (data is not None or protocol is not Protocol.GUIDED):
        raise InputError("--arrows is for scenes, and for the protocol guided.")
    if json_file is not None:
        refuse_existing(json_file, overwrite)
    if not ssim_available():
        note("SSIM is left out; it needs scikit-image: pip install 'unspool[evaluate]'.")

    chosen = resolve_device(device.value)
    dataset = open_dataset(data, layout, videos) if data is not None else None
    if protocol is Protocol.PREDICTED and guidance is None:
        guidance = "truth"
    settings = _settings(simulate, masks, everything, count, size, seed, guidance, lpips)
    settings = replace(settings, looks=looks, sharpen=sharpen, arrows=arrows)
    network = load_informed(weights, chosen, readings)
    if looks > 1 and network.config.guidance_channels != 2:
        raise InputError(
            f"--looks needs guidance of four quadrants, which {weights} does not take."
        )
    name = data or simulate or f"the {Benchmark.SIMULATED.value} benchmark"
    title = f"{weights} on {name}"
    report: dict[str, object] = {"weights": weights, "on": str(name), "protocol": protocol.value}
    measuring: Generator[tuple[int, int], None, Any]
    if protocol is Protocol.VIDEO:
        assert dataset is not None
        distance = load_lpips(chosen) if lpips else None
        match = matcher(flow, str(chosen))
        measuring = protocols.evaluate_video(network, dataset, match, chosen, lpips=distance)
    elif protocol is Protocol.PREDICTED:
        guesser, guess = guess_of(predictor, device.value)
        report["predictor"] = guesser
        measuring = protocols.evaluate_predicted(
            network,
            evaluation.scenes_of(dataset, settings),
            len(dataset) if dataset is not None else settings.count,
            guess,
            _numbers(samples),
            chosen,
            lpips=load_lpips(chosen) if lpips else None,
        )
    elif protocol is Protocol.ROBUSTNESS:
        measuring = evaluation.evaluate_robustness(network, settings, chosen)
    elif dataset is not None:
        measuring = evaluation.evaluate_dataset(
            network, dataset, chosen, lpips=lpips, looks=looks, sharpen=sharpen
        )
    else:
        measuring = evaluation.evaluate_decomposer(network, settings, chosen)
    with progress_bar() as show:
        result = drain(measuring, lambda done: show("evaluating", *done))
    if protocol is Protocol.ROBUSTNESS:
        report["guidance"] = {whose: one.to_dict() for whose, one in result.items()}
        print_robustness(title, result)
    else:
        report["guidance"] = settings.guidance if dataset is None else "given"
        if protocol is Protocol.VIDEO:
            report |= {"flow": resolved(flow), "frames": list(protocols.VIDEO_FRAMES)}
        report |= result.to_dict()
        (print_evaluation if protocol is Protocol.GUIDED else print_comparison)(title, result)
    if dataset is not None:
        report["skipped"] = len(dataset.skipped)
        note_skipped(dataset.skipped)
    if json_file is not None:
        write_json(json_file, report, overwrite)
        typer.echo(f"{json_file}: {', '.join(report)}")


def _refuse_mixtures(
    sources: Sequence[object],
    choices: Sequence[str],
    protocol: Protocol,
    guidance: str | None,
    looks: int,
    sharpen: float,
) -> None:
    """Refuse calls whose options contradict each other.

    Args:
        sources: --simulate, --data and --benchmark.
        choices: the options given that only --simulate has.
        protocol, guidance, looks, sharpen: as given.
    """
    simulate, data, _ = sources
    if len([source for source in sources if source is not None]) != 1:
        raise InputError(
            "Name one of --simulate IMAGES or --data DATASET or --benchmark simulated."
        )
    if simulate is None and choices:
        raise InputError(f"{choices[0]} is for --simulate; other scenes are what they are.")
    if data is not None and (protocol is Protocol.ROBUSTNESS or guidance is not None):
        raise InputError(
            "A dataset comes with its guidance: --guidance and robustness need scenes."
        )
    if protocol is Protocol.ROBUSTNESS and guidance is not None:
        raise InputError("--protocol robustness compares every guidance; leave out --guidance.")
    if protocol in (Protocol.VIDEO, Protocol.PREDICTED):
        for name, given in (("--looks", looks > 1), ("--sharpen", sharpen > 0)):
            if given:
                raise InputError(f"{name} is not for the protocol {protocol.value}.")
    if protocol is Protocol.VIDEO and data is None:
        raise InputError("--protocol video needs videos: name --data DATASET.")


def _numbers(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(f"--samples takes numbers such as 1,3,5, not '{text}'.") from error


def _settings(
    simulate: Path | None,
    masks: Path | None,
    everything: bool,
    count: int | None,
    size: int | None,
    seed: int | None,
    guidance: str | None,
    lpips: bool,
) -> EvaluateSettings:
    """The scenes to measure on: those of the benchmark, with what was asked for changed."""
    from app.training.evaluation import BENCHMARKS, EvaluateSettings

    if simulate is None:
        settings = BENCHMARKS[Benchmark.SIMULATED.value]
    else:
        settings = EvaluateSettings(simulate, masks, "all" if everything else "held-out")
    changes = {"count": count, "size": size, "seed": seed, "guidance": guidance, "lpips": lpips}
    changed = {name: value for name, value in changes.items() if value is not None}
    return replace(settings, **changed)  # type: ignore[arg-type]
