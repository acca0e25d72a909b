"""Fitting a decomposer: one readable loop over simulated exposures, resumable to the exact step.

Making batches is `batches`, saving the state of a run is `run_folder`, measuring is `validation`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import nn

from app.checkpoints import load_checkpoint
from app.errors import InputError, RunError
from app.training.batches import Batch, SimulatedBatches, seeded
from app.training.optimizer import Muon, parameter_groups
from app.training.run_folder import RunFolder, TrainingState
from app.training.simulator import SimulatorSettings
from app.training.stills import load_stills
from app.training.validation import Validator
from models.decomposer import Decomposer, DecomposerConfig
from models.losses import decomposition_loss


@dataclass(frozen=True)
class TrainSettings:
    """Everything that decides how a decomposer is fitted.

    Attributes:
        simulate: folder of sharp stills for the exposure simulator.
        out: the run's folder; an existing run there is only continued with `resume`.
        masks: folder of object masks; by default found beside the stills.
        preset: a name of `models.decomposer.PRESETS`.
        steps, batch, size: how many steps of how many samples of which side.
        scenes: what the simulated scenes are like; by default the standard ones for `size`.
        seed: decides everything random.
        learning_rate, final_rate, warmup: the peak rate, where the cosine ends as a part of
            it, and the number of steps it rises.
        weight_decay, clip, ema: decoupled decay, largest gradient norm, the average's decay.
        loss: a name of `models.losses.LOSSES`.
        init: weights file to start from.
        resume: continue the run in `out`.
        device, precision: "cpu", "cuda", …; "fp32", "bf16" or "auto" (bf16 on CUDA).
        block, reuse: see `SimulatedBatches`.
        validate_every, save_every: steps between measurements and between saved states.
        validate_scenes, validate_size: how many held-out scenes of which side are measured.
        threads: CPU threads; 0 leaves torch's choice.
    """

    simulate: Path
    out: Path
    masks: Path | None = None
    preset: str = "default"
    steps: int = 20_000
    batch: int = 8
    size: int = 128
    scenes: SimulatorSettings | None = None
    seed: int = 0
    learning_rate: float = 4e-4
    final_rate: float = 0.02
    warmup: int = 300
    weight_decay: float = 1e-4
    clip: float = 1.0
    ema: float = 0.999
    loss: str = "charbonnier"
    init: Path | None = None
    resume: bool = False
    device: str = "cpu"
    precision: str = "auto"
    block: int = 256
    reuse: int = 4
    validate_every: int = 500
    save_every: int = 250
    validate_scenes: int = 48
    validate_size: int = 128
    threads: int = 0

    def __post_init__(self) -> None:
        for name in ("steps", "batch", "validate_every", "save_every", "reuse"):
            if getattr(self, name) < 1:
                raise InputError(f"{name} must be at least 1, not {getattr(self, name)}.")
        if self.size < 32:
            raise InputError(f"size must be at least 32 pixels, not {self.size}.")


@dataclass(frozen=True)
class FitProgress:
    """One step of a run: the loss of its batch and, now and then, what validation measured."""

    step: int
    steps: int
    loss: float
    rate: float
    samples_per_second: float
    metrics: dict[str, float] = field(default_factory=dict)


def train_decomposer(settings: TrainSettings) -> Generator[FitProgress, None, Path]:
    """Fit a decomposer, yielding after every step; returns the path of the averaged weights.

    Both stages are supervised. Closing the generator, or Ctrl-C inside it, saves the state first,
    and `resume` continues with the same losses as an uninterrupted run.

    Raises:
        InputError: a folder, a weights file or a setting is wrong.
        RunError: the loss stopped being a number.
    """
    if settings.threads:
        torch.set_num_threads(settings.threads)
    device = torch.device(settings.device)
    folder = RunFolder(settings.out)
    stills = load_stills(settings.simulate, settings.masks, part="fit")
    held_out = load_stills(settings.simulate, settings.masks, part="held-out")
    folder.prepare(resume=settings.resume)
    batches = SimulatedBatches(
        stills,
        batch=settings.batch,
        seed=settings.seed,
        scenes=settings.scenes or SimulatorSettings.for_size(settings.size),
        block=settings.block,
        reuse=settings.reuse,
        device=device,
    )
    validator = Validator(
        held_out, device, count=settings.validate_scenes, size=settings.validate_size
    )

    model = _new_model(settings).to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = Muon(
        parameter_groups(model, settings.learning_rate),
        settings.learning_rate,
        weight_decay=settings.weight_decay,
    )
    state = TrainingState(model, optimizer)
    if settings.resume:
        folder.load_state(state)
    autocast = _autocast(settings, device)
    saved_at = state.step
    started, start_step = time.monotonic(), state.step
    try:
        while state.step < settings.steps:
            rate = learning_rate(settings, state.step)
            loss = _fit_step(state, batches.at(state.step), settings, rate, autocast)
            if not math.isfinite(loss):
                raise RunError(
                    f"The loss of {settings.out} became {loss} at step {state.step}; "
                    f"lower --learning-rate and --resume."
                )
            metrics: dict[str, float] = {}
            last = state.step == settings.steps
            if state.step % settings.validate_every == 0 or last:
                metrics = validator.measure(state.averaged)
                folder.write_sheet(validator.sheet(state.averaged), state.step)
            speed = (state.step - start_step) * settings.batch / (time.monotonic() - started)
            progress = FitProgress(state.step, settings.steps, loss, rate, speed, metrics)
            folder.log(progress.step, loss, rate, metrics)
            if state.step % settings.save_every == 0 or last:
                folder.save_state(state)
                saved_at = state.step
            yield progress
    except (KeyboardInterrupt, GeneratorExit):
        if state.step > saved_at:
            folder.save_state(state)
        raise
    return folder.write_weights(state.averaged, settings, state.step)


def learning_rate(settings: TrainSettings, step: int) -> float:
    """Linear warm-up, then a cosine down to `final_rate` of the peak at the last step."""
    rising = min(1.0, (step + 1) / max(1, settings.warmup))
    passed = min(1.0, step / max(1, settings.steps))
    falling = settings.final_rate + (1 - settings.final_rate) * (1 + math.cos(math.pi * passed)) / 2
    return settings.learning_rate * rising * falling


def _new_model(settings: TrainSettings) -> Decomposer:
    if settings.init is not None:
        checkpoint = load_checkpoint(settings.init)
        if not isinstance(checkpoint.model, Decomposer):
            raise InputError(
                f"{settings.init} holds no decomposer but a {checkpoint.architecture}."
            )
        return checkpoint.model
    try:
        config = DecomposerConfig.from_preset(settings.preset)
    except ValueError as error:
        raise InputError(f"Cannot fit a decomposer: {error}.") from error
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(seeded(settings.seed, 0).initial_seed()))
        return Decomposer(config)


def _autocast(settings: TrainSettings, device: torch.device) -> torch.autocast | nullcontext[None]:
    if settings.precision == "bf16" or (settings.precision == "auto" and device.type == "cuda"):
        return torch.autocast(device.type, torch.bfloat16)
    return nullcontext()


def _fit_step(
    state: TrainingState,
    batch: Batch,
    settings: TrainSettings,
    rate: float,
    autocast: torch.autocast | nullcontext[None],
) -> float:
    state.model.train()
    for group in state.optimizer.param_groups:
        group["lr"] = rate
    moving = batch.guidance.ne(0).any(dim=1, keepdim=True)
    with autocast:
        result = state.model(
            batch.blurry.contiguous(memory_format=torch.channels_last), batch.guidance
        )
    loss = decomposition_loss(result, batch.frames, moving, settings.loss)
    state.optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(state.model.parameters(), settings.clip)
    state.optimizer.step()
    state.step += 1
    state.average(settings.ema)
    return float(loss.detach())
