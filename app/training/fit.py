"""Fitting a decomposer: one readable loop over simulated exposures, resumable to the exact step.

Making batches is `batches`, saving the state of a run is `run_folder`, measuring is `validation`,
sharing steps among processes is `distribution`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from app.checkpoints import load_checkpoint
from app.errors import InputError, RunError
from app.guidance.encodings import BITS_OF_DIRECTIONS
from app.training.annotator import GUIDANCE
from app.training.batches import Batch, SimulatedBatches, seeded
from app.training.distribution import Processes, joined_processes
from app.training.optimizer import Muon, parameter_groups
from app.training.run_folder import RunFolder, TrainingState
from app.training.simulator import SimulatorSettings
from app.training.stills import StillBank, load_stills
from app.training.validation import Validator
from models.decomposer import Decomposer, DecomposerConfig, freed_pixels
from models.losses import LOSSES, balanced_weights, fitting_loss

NO_GUIDANCE = "none"
"""The choice of guidance that makes a network without any, free to change every pixel."""


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
        guidance: a name of `app.training.annotator.GUIDANCE`, or "none" for a network that is
            not guided at all.
        directions: how many directions the guidance tells apart: 2, 4, 8 or 16; the app draws 4.
        accumulate: in how many parts the samples of a step pass through the network. More parts
            need less memory; the step stays the same (batch norm, in `paper`, aside).
        init: weights file to start from.
        resume: continue the run in `out`.
        device, precision: "cpu", "cuda", …; "fp32", "bf16" or "auto" (bf16 on CUDA).
        block, reuse: see `SimulatedBatches`.
        validate_every, save_every: steps between measurements and between saved states.
        validate_scenes, validate_size: how many held-out scenes of which side are measured; they
            are like `scenes`.
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
    learning_rate: float = 1e-3
    final_rate: float = 0.02
    warmup: int = 300
    weight_decay: float = 1e-4
    clip: float = 1.0
    ema: float = 0.999
    loss: str = "balanced"
    guidance: str = "drawn"
    directions: int = 4
    accumulate: int = 1
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
        for name in ("steps", "batch", "accumulate", "validate_every", "save_every", "reuse"):
            if getattr(self, name) < 1:
                raise InputError(f"{name} must be at least 1, not {getattr(self, name)}.")
        if self.size < 32:
            raise InputError(f"size must be at least 32 pixels, not {self.size}.")
        choices: dict[str, tuple[object, list[object]]] = {
            "loss": (self.loss, [*LOSSES]),
            "guidance": (self.guidance, [*GUIDANCE, NO_GUIDANCE]),
            "number of directions": (self.directions, [*BITS_OF_DIRECTIONS]),
        }
        for name, (value, known) in choices.items():
            if value not in known:
                raise InputError(
                    f"There is no {name} '{value}' (known: {', '.join(map(str, known))})."
                )

    @property
    def guidance_channels(self) -> int:
        """How many sign channels the network to be fitted has."""
        return 0 if self.guidance == NO_GUIDANCE else BITS_OF_DIRECTIONS[self.directions]


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
        return (yield from _fit(settings, processes))


def _fit(settings: TrainSettings, processes: Processes) -> Generator[FitProgress, None, Path]:
    device = processes.device
    parts = processes.count * settings.accumulate
    if settings.batch < parts:
        raise InputError(f"A batch of {settings.batch} cannot be fitted in {parts} parts.")
    stills = load_stills(settings.simulate, settings.masks, part="fit")
    held_out = load_stills(settings.simulate, settings.masks, part="held-out")
    model = _new_model(settings).to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    folder = RunFolder(settings.out)
    folder.prepare(resume=settings.resume)
    batches = _batches(settings, stills, device)
    validator = _validator(settings, held_out, device) if processes.main else None
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
    autocast = _autocast(settings, device)
    saved_at = state.step
    started, start_step = time.monotonic(), state.step
    try:
        while state.step < settings.steps:
            rate = learning_rate(settings, state.step)
            loss = _fit_step(state, batches.at(state.step), settings, rate, autocast, processes)
            if not math.isfinite(loss):
                raise RunError(
                    f"The loss of {settings.out} became {loss} at step {state.step}; "
                    f"lower --learning-rate and --resume."
                )
            last = state.step == settings.steps
            metrics: dict[str, float] = {}
            if validator is not None and (state.step % settings.validate_every == 0 or last):
                metrics = validator.measure(state.averaged)
                folder.write_sheet(validator.sheet(state.averaged), state.step)
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
        folder.write_weights(state.averaged, settings, state.step)
    return folder.weights


def learning_rate(settings: TrainSettings, step: int) -> float:
    """Linear warm-up, then a cosine down to `final_rate` of the peak at the last step."""
    rising = min(1.0, (step + 1) / max(1, settings.warmup))
    passed = min(1.0, step / max(1, settings.steps))
    falling = settings.final_rate + (1 - settings.final_rate) * (1 + math.cos(math.pi * passed)) / 2
    return settings.learning_rate * rising * falling


def _batches(settings: TrainSettings, stills: StillBank, device: torch.device) -> SimulatedBatches:
    # Without guidance nobody's drawing is looked at, so it may as well be the standard one.
    annotators = GUIDANCE.get(settings.guidance, GUIDANCE["drawn"])
    return SimulatedBatches(
        stills,
        batch=settings.batch,
        seed=settings.seed,
        scenes=settings.scenes or SimulatorSettings.for_size(settings.size),
        annotators=annotators,
        directions=settings.directions,
        block=settings.block,
        reuse=settings.reuse,
        device=device,
    )


def _validator(settings: TrainSettings, stills: StillBank, device: torch.device) -> Validator:
    size = settings.validate_size
    alike = replace(settings.scenes, size=size) if settings.scenes else None
    return Validator(
        stills,
        device,
        count=settings.validate_scenes,
        scenes=alike or SimulatorSettings.for_size(size),
        directions=settings.directions,
    )


def _new_model(settings: TrainSettings) -> Decomposer:
    channels = settings.guidance_channels
    if settings.init is not None:
        checkpoint = load_checkpoint(settings.init)
        if not isinstance(checkpoint.model, Decomposer):
            raise InputError(
                f"{settings.init} holds no decomposer but a {checkpoint.architecture}."
            )
        if checkpoint.model.config.guidance_channels != channels:
            raise InputError(
                f"{settings.init} has {checkpoint.model.config.guidance_channels} guidance "
                f"channels, but this fit's guidance has {channels}."
            )
        return checkpoint.model
    try:
        config = DecomposerConfig.from_preset(settings.preset)
    except ValueError as error:
        raise InputError(f"Cannot fit a decomposer: {error}.") from error
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(seeded(settings.seed, 0).initial_seed()))
        return Decomposer(replace(config, guidance_channels=channels))


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
    processes: Processes,
) -> float:
    """One update from this process's share of a batch; returns the whole batch's loss."""
    state.model.train()
    for group in state.optimizer.param_groups:
        group["lr"] = rate
    state.optimizer.zero_grad(set_to_none=True)
    batch = replace(batch, guidance=batch.guidance[:, : settings.guidance_channels])
    counted = _counted(batch, settings)
    pixels = counted.sum()
    loss = 0.0
    for rows in processes.shares(len(batch), settings.accumulate):
        part = _loss(state.model, batch.rows(rows), counted[rows], pixels, settings, autocast)
        part.backward()
        loss += float(part.detach())
    processes.sum_gradients(state.model)
    nn.utils.clip_grad_norm_(state.model.parameters(), settings.clip)
    state.optimizer.step()
    state.step += 1
    state.average(settings.ema)
    return processes.sum(loss)


def _loss(
    model: Decomposer,
    batch: Batch,
    counted: Tensor,
    pixels: Tensor,
    settings: TrainSettings,
    autocast: torch.autocast | nullcontext[None],
) -> Tensor:
    """What a part of a batch adds to the loss of the whole, whose pixels count `pixels` in all."""
    wanted = LOSSES[settings.loss]
    photo = batch.blurry.contiguous(memory_format=torch.channels_last)
    with autocast:
        result = model(photo, batch.guidance)
        inverse = model(photo, -batch.guidance) if wanted.reversal else None
    return fitting_loss(
        wanted, result, batch.frames, batch.blurry, counted, inverse=inverse, pixels=pixels
    )


def _counted(batch: Batch, settings: TrainSettings) -> Tensor:
    """How much each pixel of the whole batch counts, `(B, 1, H, W)`."""
    freed = freed_pixels(batch.guidance)
    if LOSSES[settings.loss].balanced:
        return balanced_weights(batch.blurry, batch.frames, freed)
    return freed
