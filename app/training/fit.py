"""Fitting any network: one readable loop, resumable to the exact step.

What is particular to a network - how it is built, what a batch is, what the loss is, how it is
measured - is a `Task`, one module `fit_<network>` each. Saving the state of a run is `run_folder`,
sharing steps among processes is `distribution`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterator, Sized
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from app.errors import InputError, RunError
from app.training.distribution import Processes, joined_processes
from app.training.optimizer import Muon, parameter_groups
from app.training.run_folder import RunFolder, TrainingState


@dataclass(frozen=True, kw_only=True)
class FitSettings:
    """What decides how any network is fitted.

    Attributes:
        out: the run's folder; an existing run there is only continued with `resume`.
        steps, batch: how many steps of how many samples.
        seed: decides everything random.
        learning_rate, final_rate, warmup: the peak rate, where the cosine ends as a part of
            it, and the number of steps it rises.
        weight_decay, clip, ema: decoupled decay, largest gradient norm, the average's decay.
        accumulate: in how many parts the samples of a step pass through the network. More parts
            need less memory; the step stays the same (batch norm aside).
        init: weights file to start from.
        resume: continue the run in `out`.
        device, precision: "cpu", "cuda", …; "fp32", "bf16" or "auto" (bf16 on CUDA).
        validate_every, save_every: steps between measurements and between saved states.
        threads: CPU threads; 0 leaves torch's choice.
    """

    out: Path
    steps: int = 20_000
    batch: int = 8
    seed: int = 0
    learning_rate: float = 1e-3
    final_rate: float = 0.02
    warmup: int = 300
    weight_decay: float = 1e-4
    clip: float = 1.0
    ema: float = 0.999
    accumulate: int = 1
    init: Path | None = None
    resume: bool = False
    device: str = "cpu"
    precision: str = "auto"
    validate_every: int = 500
    save_every: int = 250
    threads: int = 0

    def __post_init__(self) -> None:
        for name in ("steps", "batch", "accumulate", "validate_every", "save_every"):
            if getattr(self, name) < 1:
                raise InputError(f"{name} must be at least 1, not {getattr(self, name)}.")


class Task(Protocol):
    """What the loop asks of a network that it fits. The methods are called in this order."""

    def open(self, device: torch.device) -> nn.Module:
        """Read what fitting needs and return the network to fit, on `device`.

        Raises:
            InputError: a folder, a file or a setting is wrong; nothing has been written yet.
        """

    def batch(self, step: int) -> Sized:
        """The whole batch of step 0, 1, 2, …; the same one whenever it is asked for."""

    def losses(
        self,
        model: nn.Module,
        batch: Any,
        shares: list[slice],
        autocast: AbstractContextManager[Any],
    ) -> Iterator[Tensor]:
        """What each of `shares` adds to the whole batch's loss, one at a time.

        Losses are divided by counts over the whole batch, so that the sum of the shares' gradients
        is the whole batch's. `autocast` belongs around the network's forward pass.
        """

    def measure(self, model: nn.Module) -> dict[str, float]:
        """Measures of the averaged network on held-out samples that never change."""

    def sheet(self, model: nn.Module) -> np.ndarray:
        """A picture of held-out results, `(H, W, 3)` uint8."""

    def weights_of(self, model: nn.Module) -> nn.Module:
        """What of the fitted network is kept as weights: all of it, where nothing only helps."""

    def note(self) -> dict[str, str]:
        """What the finished weights say about how they were fitted."""


@dataclass(frozen=True)
class FitProgress:
    """One step of a run: the loss of its batch and, now and then, what validation measured."""

    step: int
    steps: int
    loss: float
    rate: float
    samples_per_second: float
    metrics: dict[str, float] = field(default_factory=dict)


def fit(task: Task, settings: FitSettings) -> Generator[FitProgress, None, Path]:
    """Fit a network, yielding after every step; returns the path of the averaged weights.

    Closing the generator, or Ctrl-C inside it, saves the state first, and `resume` continues with
    the same losses as an uninterrupted run. Several processes, started by `accelerate launch`,
    each fit a share of every step; only the first of them measures and writes.

    Raises:
        InputError: a folder, a weights file or a setting is wrong.
        RunError: the loss stopped being a number.
    """
    if settings.threads:
        torch.set_num_threads(settings.threads)
    with joined_processes(settings.device) as processes:
        return (yield from _fit(task, settings, processes))


def _fit(
    task: Task, settings: FitSettings, processes: Processes
) -> Generator[FitProgress, None, Path]:
    parts = processes.count * settings.accumulate
    if settings.batch < parts:
        raise InputError(f"A batch of {settings.batch} cannot be fitted in {parts} parts.")
    model = task.open(processes.device)
    folder = RunFolder(settings.out)
    folder.prepare(resume=settings.resume)
    optimizer = Muon(
        parameter_groups(model, settings.learning_rate),
        settings.learning_rate,
        weight_decay=settings.weight_decay,
    )
    state = TrainingState(model, optimizer)
    if settings.resume:
        folder.load_state(state)
    if processes.main:
        folder.open_log(state.step)
    saved_at = state.step
    started, start_step = time.monotonic(), state.step
    try:
        while state.step < settings.steps:
            rate = learning_rate(settings, state.step)
            loss = _fit_step(task, state, settings, rate, processes)
            if not math.isfinite(loss):
                raise RunError(
                    f"The loss of {settings.out} became {loss} at step {state.step}; "
                    f"lower --learning-rate and --resume."
                )
            last = state.step == settings.steps
            metrics: dict[str, float] = {}
            if processes.main and (state.step % settings.validate_every == 0 or last):
                metrics = task.measure(state.averaged)
                folder.write_sheet(task.sheet(state.averaged), state.step)
            if processes.main:
                folder.log(state.step, loss, rate, metrics)
                if state.step % settings.save_every == 0 or last:
                    folder.save_state(state)
                    saved_at = state.step
            speed = (state.step - start_step) * settings.batch / (time.monotonic() - started)
            yield FitProgress(state.step, settings.steps, loss, rate, speed, metrics)
    except (KeyboardInterrupt, GeneratorExit):
        if processes.main and state.step > saved_at:
            folder.save_state(state)
        raise
    finally:
        folder.close_log()
    if processes.main:
        weights = task.weights_of(state.averaged)
        folder.write_weights(weights, {"steps": str(state.step), **task.note()})
    return folder.weights


def learning_rate(settings: FitSettings, step: int) -> float:
    """Linear warm-up, then a cosine down to `final_rate` of the peak at the last step."""
    rising = min(1.0, (step + 1) / max(1, settings.warmup))
    passed = min(1.0, step / max(1, settings.steps))
    falling = settings.final_rate + (1 - settings.final_rate) * (1 + math.cos(math.pi * passed)) / 2
    return settings.learning_rate * rising * falling


def _fit_step(
    task: Task, state: TrainingState, settings: FitSettings, rate: float, processes: Processes
) -> float:
    """One update from this process's share of a batch; returns the whole batch's loss."""
    batch = task.batch(state.step)
    state.model.train()
    for group in state.optimizer.param_groups:
        group["lr"] = rate
    state.optimizer.zero_grad(set_to_none=True)
    shares = processes.shares(len(batch), settings.accumulate)
    autocast = _autocast(settings, processes.device)
    loss = 0.0
    for part in task.losses(state.model, batch, shares, autocast):
        part.backward()
        loss += float(part.detach())
    processes.sum_gradients(state.model)
    nn.utils.clip_grad_norm_(state.model.parameters(), settings.clip)
    state.optimizer.step()
    state.step += 1
    state.average(settings.ema)
    return processes.sum(loss)


def _autocast(settings: FitSettings, device: torch.device) -> AbstractContextManager[Any]:
    if settings.precision == "bf16" or (settings.precision == "auto" and device.type == "cuda"):
        return torch.autocast(device.type, torch.bfloat16)
    return nullcontext()
