"""How fast the decomposer presets run on this machine: `unspool bench decompose`."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode

from app.checkpoints import read_header
from app.engine.device import inference_dtype, is_out_of_memory
from app.errors import InputError, RunError
from app.weights_files import named_weights
from models.decomposer import PRESETS, Decomposer, DecomposerConfig

BASELINE = "paper"


@dataclass(frozen=True)
class BenchSettings:
    """What is measured.

    Attributes:
        presets: names of `models.decomposer.PRESETS`.
        baseline: the preset that the others are compared with, measured in the same run.
        size: edge of the square photo in pixels.
        repeats: timed passes per preset, after one that is not timed; the presets take turns, so
            that a slow moment of the machine meets them all.
    """

    presets: tuple[str, ...] = ("default", "fast", "paper")
    baseline: str = BASELINE
    size: int = 256
    repeats: int = 3


@dataclass(frozen=True)
class BenchRow:
    """One preset: its fastest pass, and how many times faster than the baseline that is.

    The fastest and not the mean: whatever else the machine does only ever slows a pass down.
    """

    preset: str
    seconds_per_megapixel: float
    times_faster_than_baseline: float
    baseline: str
    parameters: int
    megaflop_per_pixel: float
    device: str
    dtype: str
    threads: int

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def bench_decompose(
    settings: BenchSettings, device: torch.device
) -> Generator[tuple[int, int], None, list[BenchRow]]:
    """Measure forward passes through both stages; weights are random, all pixels move.

    Presets of our own are measured as they are shipped, told how far things moved.

    Yields:
        (passes done, passes in all).

    Raises:
        InputError: a preset is unknown or its weights are broken, or a number is out of range.
        RunError: the device has not enough memory.
    """
    names = list(dict.fromkeys((*settings.presets, settings.baseline)))
    unknown = [name for name in names if name not in PRESETS]
    if unknown:
        raise InputError(f"There is no preset '{unknown[0]}' (known: {', '.join(PRESETS)}).")
    if settings.size < 16 or settings.repeats < 1:
        raise InputError("The benchmark needs a size of at least 16 pixels and one repeat.")
    dtype = inference_dtype(device)
    networks = {name: _network(name, device) for name in names}
    seconds: dict[str, list[float]] = {name: [] for name in names}
    total, done = len(names) * (settings.repeats + 1), 0
    for attempt in range(settings.repeats + 1):
        for name in names:
            try:
                elapsed = _pass_seconds(networks[name], settings.size, device, dtype)
            except Exception as error:
                if is_out_of_memory(error):
                    raise RunError(
                        f"Not enough memory on {device.type} for the preset '{name}' at "
                        f"{settings.size} px; choose a smaller size."
                    ) from error
                raise
            if attempt:
                seconds[name].append(elapsed)
            done += 1
            yield done, total
    megapixels = settings.size**2 / 1e6
    cost = {name: min(seconds[name]) / megapixels for name in names}
    return [
        BenchRow(
            preset=name,
            seconds_per_megapixel=cost[name],
            times_faster_than_baseline=cost[settings.baseline] / cost[name],
            baseline=settings.baseline,
            parameters=sum(p.numel() for p in networks[name].parameters()),
            megaflop_per_pixel=_megaflop_per_pixel(_as_shipped(name)),
            device=device.type,
            dtype=str(dtype).removeprefix("torch."),
            threads=torch.get_num_threads(),
        )
        for name in names
    ]


def _as_shipped(name: str) -> DecomposerConfig:
    """The configuration of the preset's weights, where they are installed, else as it is fitted."""
    installed = named_weights().get(f"decomposer-{name}")
    if installed is not None:
        return DecomposerConfig.from_dict(read_header(installed).config)
    config = PRESETS[name]
    return config if config.family == "afb" else config.listening()


def _network(name: str, device: torch.device) -> Decomposer:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = Decomposer(_as_shipped(name)).eval().requires_grad_(False).to(device)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network


def _inputs(size: int, config: DecomposerConfig, device: torch.device) -> list[torch.Tensor]:
    """Photo, guidance and, for a network that sees it, displacement."""
    guide = config.guidance_channels
    channels = (3, guide, guide) if config.sees_displacement else (3, guide)
    return [
        torch.ones(1, count, size, size, device=device).contiguous(
            memory_format=torch.channels_last
        )
        for count in channels
    ]


def _pass_seconds(
    network: Decomposer, size: int, device: torch.device, dtype: torch.dtype
) -> float:
    inputs = _inputs(size, network.config, device)
    with (
        torch.inference_mode(),
        torch.autocast(device.type, torch.bfloat16, enabled=dtype == torch.bfloat16),
    ):
        _wait(device)
        started = time.perf_counter()
        network(*inputs)
        _wait(device)
        return time.perf_counter() - started


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


def _megaflop_per_pixel(config: DecomposerConfig) -> float:
    """Multiplications and additions per photo pixel through both stages, counted by torch."""
    size = 64
    with torch.device("meta"):
        network = Decomposer(config).eval()
    counter = FlopCounterMode(display=False)
    with torch.inference_mode(), counter:
        network(*_inputs(size, config, torch.device("meta")))
    return counter.get_total_flops() / size**2 / 1e6
