"""`unspool bench`: measuring speed on this machine.

The measuring itself is `app.engine.bench` and `app.training.bench`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import (
    Device,
    DeviceOption,
    JsonOption,
    MasksOption,
    ThreadsOption,
    Verbose,
    command_group,
)
from app.commands.output import drain, print_json, print_table, progress_bar

commands = command_group("Measure speed on this machine.", no_args_is_help=True)


@commands.command("decompose")
def bench_decompose(
    presets: Annotated[
        list[str] | None, typer.Option("--preset", help="May be given several times.")
    ] = None,
    baseline: Annotated[str, typer.Option(help="The preset to compare with.")] = "paper",
    size: Annotated[int, typer.Option(min=16, help="Edge of the photo in pixels.")] = 256,
    repeats: Annotated[int, typer.Option(min=1, help="Timed passes per preset.")] = 3,
    device: DeviceOption = Device.AUTO,
    threads: ThreadsOption = 0,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """Seconds per megapixel of the decomposer presets, against a baseline in the same run."""
    import torch

    from app.engine.bench import BenchSettings
    from app.engine.bench import bench_decompose as measure
    from app.engine.device import resolve_device

    if threads:
        torch.set_num_threads(threads)
    settings = BenchSettings(
        presets=tuple(presets or BenchSettings.presets),
        baseline=baseline,
        size=size,
        repeats=repeats,
    )
    with progress_bar() as show:
        rows = drain(
            measure(settings, resolve_device(device.value)),
            lambda step: show("measuring", step[0], step[1]),
        )
    if as_json:
        print_json([row.to_dict() for row in rows])
        return
    first = rows[0]
    print_table(
        f"Decomposition, both stages, {first.device} {first.dtype}, {first.threads} threads",
        ("preset", "s / megapixel", f"× {baseline}", "parameters", "MFLOP / pixel"),
        [
            (
                row.preset,
                f"{row.seconds_per_megapixel:.3f}",
                f"{row.times_faster_than_baseline:.1f} faster",
                f"{row.parameters / 1e6:.2f} M",
                f"{row.megaflop_per_pixel:.3f}",
            )
            for row in rows
        ],
    )


@commands.command("simulator")
def bench_simulator(
    simulate: Annotated[
        Path | None,
        typer.Option(
            "--simulate",
            metavar="IMAGES",
            help="Folder of sharp photos. Default: made-up textures, which need no data.",
        ),
    ] = None,
    masks: MasksOption = None,
    size: Annotated[int, typer.Option(min=32, help="Edge of a sample in pixels.")] = 128,
    samples: Annotated[int, typer.Option(min=1, help="Scenes per pass.")] = 32,
    repeats: Annotated[int, typer.Option(min=1, help="Timed passes.")] = 3,
    device: DeviceOption = Device.AUTO,
    threads: Annotated[
        int, typer.Option("--threads", min=0, help="Cores to use; 0 is all of them.")
    ] = 0,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """Simulated exposures per second: in torch, and compiled on one core and on all of them."""
    from app.engine.device import resolve_device
    from app.training.bench import SimulatorBenchSettings
    from app.training.bench import bench_simulator as measure

    settings = SimulatorBenchSettings(simulate, masks, size, samples, repeats, threads)
    with progress_bar() as show:
        rows = drain(
            measure(settings, resolve_device(device.value)),
            lambda step: show("measuring", step[0], step[1]),
        )
    if as_json:
        print_json([row.to_dict() for row in rows])
        return
    print_table(
        f"Simulated exposures of {size}×{size} pixels",
        ("variant", "samples / s", f"× {rows[0].baseline}", "device", "threads"),
        [
            (
                row.variant,
                f"{row.samples_per_second:.1f}",
                f"{row.times_faster_than_baseline:.2f}",
                row.device,
                row.threads,
            )
            for row in rows
        ],
    )


@commands.command("ui")
def bench_ui(
    quick: Annotated[
        bool, typer.Option("--quick", help="Animate only a small part of the photo.")
    ] = False,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """How long the window is ever unresponsive, and how fast it starts."""
    from app.gui.program.bench import LIMIT_MS
    from app.gui.program.bench import bench_ui as measure
    from app.gui.program.bench_scenarios import UiBenchSettings

    settings = UiBenchSettings.quick() if quick else UiBenchSettings()
    with progress_bar() as show:
        outcome = measure(settings, show)
    if as_json:
        print_json(outcome.to_dict())
        return
    print_table(
        f"Longest time without events; first window after {outcome.first_window_s:.2f} s",
        (
            "scenario",
            "longest gap",
            f"within {LIMIT_MS:.0f} ms",
            "of it without a processor",
            "own computing at most",
            "events",
        ),
        [
            (
                row.scenario,
                f"{row.longest_ms:.0f} ms",
                "yes" if row.longest_ms <= LIMIT_MS else "no",
                f"{row.queued_ms:.0f} ms",
                f"{row.computing_ms:.0f} ms",
                row.events,
            )
            for row in outcome.rows
        ],
    )
