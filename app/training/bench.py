"""How fast exposures are simulated on this machine: `unspool bench simulator`.

Every variant simulates the same scenes in the same run, so that the numbers can be compared.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from app.errors import InputError
from app.training.batches import seeded
from app.training.rasteriser import can_rasterise
from app.training.simulator import SimulatorSettings, simulate
from app.training.stills import TILE, StillBank, load_stills

BASELINE = "torch, one core"
"""Whole-frame operations of torch, one after the other, as on an accelerator."""


@dataclass(frozen=True)
class SimulatorBenchSettings:
    """What is measured.

    Attributes:
        stills: folder of sharp photos; by default textures are made up.
        masks: folder of object masks; by default found beside the stills.
        size: side of the samples in pixels.
        samples: scenes per pass.
        repeats: timed passes per variant, after one that is not timed; the variants take turns, so
            that a slow moment of the machine meets them all.
        cores: threads of the variant "all cores"; 0 is as many as this process may use.
    """

    stills: Path | None = None
    masks: Path | None = None
    size: int = 128
    samples: int = 32
    repeats: int = 3
    cores: int = 0


@dataclass(frozen=True)
class SimulatorBenchRow:
    """One variant: its fastest pass, and how many times faster than the baseline that is."""

    variant: str
    samples_per_second: float
    times_faster_than_baseline: float
    baseline: str
    size: int
    device: str
    threads: int

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class _Variant:
    name: str
    device: torch.device
    threads: int
    compiled: bool = True


def bench_simulator(
    settings: SimulatorBenchSettings, device: torch.device
) -> Generator[tuple[int, int], None, list[SimulatorBenchRow]]:
    """Measure `simulate` in torch, compiled on one core and on all, and on `device` if another.

    Camera and annotator are not part of it. Torch's number of threads is the caller's again
    afterwards.

    Yields:
        (passes done, passes in all).

    Raises:
        InputError: the stills cannot be read or a number is out of range.
    """
    if settings.size < 32 or settings.samples < 1 or settings.repeats < 1:
        raise InputError("The benchmark needs 32 pixels, one sample and one repeat at least.")
    bank = (
        made_up_stills()
        if settings.stills is None
        else load_stills(settings.stills, settings.masks, limit=200)
    )
    variants = _variants(settings.cores or _usable_cores(), device)
    seconds: dict[str, list[float]] = {variant.name: [] for variant in variants}
    total, done = len(variants) * (settings.repeats + 1), 0
    for attempt in range(settings.repeats + 1):
        for variant in variants:
            elapsed = _pass_seconds(bank, settings, variant)
            if attempt:
                seconds[variant.name].append(elapsed)
            done += 1
            yield done, total
    # The fastest and not the mean: whatever else the machine does only ever slows a pass down.
    speed = {name: settings.samples / min(times) for name, times in seconds.items()}
    return [
        SimulatorBenchRow(
            variant=variant.name,
            samples_per_second=speed[variant.name],
            times_faster_than_baseline=speed[variant.name] / speed[BASELINE],
            baseline=BASELINE,
            size=settings.size,
            device=variant.device.type,
            threads=variant.threads,
        )
        for variant in variants
    ]


def made_up_stills(count: int = 8, side: int = 320, cutouts: int = 8) -> StillBank:
    """Stills and cut-outs of cloudy noise, the same every time, for machines without photos.

    Args:
        count: number of stills.
        side: their edge in pixels.
        cutouts: number of round cut-outs.
    """
    generator = torch.Generator().manual_seed(0)
    stills = [_clouds(side, generator) for _ in range(count)]
    axis = torch.linspace(-1, 1, TILE)
    distance = torch.hypot(axis[:, None], axis[None, :])
    alpha = (((0.7 - distance) * TILE / 2 + 0.5).clamp(0, 1) * 255).byte()[None]
    tiles = [torch.cat([_clouds(TILE, generator), alpha]) for _ in range(cutouts)]
    return StillBank(stills, torch.stack(tiles))


def _clouds(side: int, generator: torch.Generator) -> Tensor:
    """Noise of all sizes with the 1/f spectrum of photographs, `(3, side, side)` uint8."""
    total = torch.zeros(1, 3, side, side)
    for octave in range(2, int(math.log2(side)) + 1):
        noise = torch.randn(1, 3, 2**octave, 2**octave, generator=generator)
        smooth = F.interpolate(noise, (side, side), mode="bilinear", align_corners=False)
        total += smooth / 2**octave
    return (torch.sigmoid(total[0] / total.std()) * 255).byte()


def _variants(cores: int, device: torch.device) -> list[_Variant]:
    cpu = torch.device("cpu")
    variants = [_Variant(BASELINE, cpu, 1, compiled=False)]
    if can_rasterise():
        variants.append(_Variant("one core", cpu, 1))
    variants.append(_Variant("all cores", cpu, cores))
    if device.type != "cpu":
        variants.append(_Variant(device.type, device, cores))
    return variants


def _usable_cores() -> int:
    # Containers and batch systems often lend fewer cores than the machine has.
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _pass_seconds(bank: StillBank, settings: SimulatorBenchSettings, variant: _Variant) -> float:
    scenes = SimulatorSettings.for_size(settings.size)
    with _threads(variant.threads):
        started = time.perf_counter()
        made = simulate(
            bank, scenes, settings.samples, seeded(0), variant.device, compiled=variant.compiled
        )
        # Reading one value waits for a device that computes on its own time.
        made.blurry.flatten()[0].item()
        return time.perf_counter() - started


@contextmanager
def _threads(count: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)
