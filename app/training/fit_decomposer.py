"""Fitting a decomposer to simulated exposures or a dataset: its settings, batches and loss.

The loop is `fit`, making batches is `batches`, measuring is `validation`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from app.checkpoints import load_checkpoint
from app.errors import InputError
from app.guidance.encodings import BITS_OF_DIRECTIONS
from app.training.annotator import GUIDANCE, AnnotatorSettings
from app.training.batches import Alternating, Batch, Batches, SimulatedBatches, seeded
from app.training.datasets.batches import DatasetBatches, held_out_batch
from app.training.datasets.samples import Dataset
from app.training.fit import FitProgress, FitSettings, fit
from app.training.motion import chance
from app.training.reading import frozen_offsets, with_displacement, with_reader
from app.training.simulator import SimulatorSettings
from app.training.stills import StillBank, load_stills
from app.training.validation import Validator, simulated_scenes
from models.decomposer import Decomposer, DecomposerConfig, Decomposition, freed_pixels
from models.informed import InformedDecomposer, completed
from models.losses import LOSSES, balanced_weights, fitting_loss
from models.trajectory import TrajectoryNetwork

_READINGS = 0.7
"""How often an offset network reads how far things moved, where it may."""

NO_GUIDANCE = "none"
"""The choice of guidance that makes a network without any, free to change every pixel."""


@dataclass(frozen=True, kw_only=True)
class DecomposerFitSettings(FitSettings):
    """Everything that decides how a decomposer is fitted.

    Attributes:
        simulate: folder of sharp stills for the exposure simulator.
        data: a dataset, whose `skipped` gets what turns out to be unreadable; with `simulate` too,
            every second batch comes from each, and only the dataset is measured on.
        masks: folder of object masks; by default found beside the stills.
        preset: a name of `models.decomposer.PRESETS`.
        reader: weights of an offset network whose reading of the blur the decomposer sees.
        size: side of the samples in pixels; photos of a dataset are cropped to it.
        scenes: what the simulated scenes are like; by default the standard ones for `size`.
        loss: a name of `models.losses.LOSSES`.
        guidance: a name of `app.training.annotator.GUIDANCE`, or "none" for a network that is
            not guided at all.
        directions: how many directions the guidance tells apart: 2, 4, 8 or 16; the app draws 4.
        arrows: how often the network is told from where to where things moved; a network that
            never was learns to listen, and without any a preset's is never told.
        readings: weights of an offset network that tells how far, in `_READINGS` of the samples,
            where no arrow does; only with arrows.
        block, reuse: see `SimulatedBatches`.
        validate_scenes, validate_size: how many held-out scenes of which side are measured; they
            are like `scenes`, or crops of held-out photos of the dataset.
    """

    simulate: Path | None = None
    data: Dataset | None = None
    masks: Path | None = None
    preset: str = "default"
    reader: Path | None = None
    size: int = 128
    scenes: SimulatorSettings | None = None
    loss: str = "balanced"
    guidance: str = "drawn"
    directions: int = 4
    arrows: float = 0.0
    readings: Path | None = None
    block: int = 256
    reuse: int = 4
    validate_scenes: int = 48
    validate_size: int = 128

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.simulate is None and self.data is None:
            raise InputError("Name stills to simulate from, or a dataset, or both.")
        if self.reuse < 1:
            raise InputError(f"reuse must be at least 1, not {self.reuse}.")
        if not 0 <= self.arrows <= 1:
            raise InputError(f"arrows is a share from 0 to 1, not {self.arrows}.")
        if self.arrows and (self.guidance == NO_GUIDANCE or self.directions != 4):
            raise InputError("Arrows are drawn with guidance of 4 directions only.")
        if self.readings is not None and not self.arrows:
            raise InputError("Readings are told to networks that learn to listen: with arrows.")
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


def train_decomposer(settings: DecomposerFitSettings) -> Generator[FitProgress, None, Path]:
    """Fit a decomposer; see `fit` for what is yielded, returned and raised."""
    return fit(DecomposerTask(settings), settings)


class DecomposerTask:
    """A decomposer as the loop sees it."""

    def __init__(self, settings: DecomposerFitSettings) -> None:
        self.settings = settings

    def open(self, device: torch.device) -> Decomposer:
        """Read the stills and build the network."""
        settings = self.settings
        self.device = device
        streams: list[Batches] = []
        if settings.data is not None:
            fitted, held_out = settings.data.split()
            streams.append(self._from_dataset(fitted))
            # Unreadable and unfit data is found out here, before anything is written.
            streams[0].at(0)
            self._held_out: Dataset | StillBank = held_out
        if settings.simulate is not None:
            streams.append(self._simulated(settings.simulate))
            if settings.data is None:
                self._held_out = load_stills(settings.simulate, settings.masks, part="held-out")
        self._batches = Alternating(streams)
        model = _new_model(settings)
        if settings.arrows:
            model = with_displacement(model)
        readings = settings.readings
        self._offsets = None if readings is None else frozen_offsets(readings, device)
        if settings.reader is not None:
            model = with_reader(model, settings.reader)
        return model.to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def batch(self, step: int) -> Batch:
        """Simulated exposures with the guidance that this network sees."""
        batch = self._batches.at(step)
        if self._offsets is not None:
            batch = self._with_readings(batch, step, self._offsets)
        return replace(batch, guidance=batch.guidance[:, : self.settings.guidance_channels])

    def _with_readings(self, batch: Batch, step: int, offsets: TrajectoryNetwork) -> Batch:
        """Some samples with what is read where no arrow was drawn."""
        photo = batch.blurry.contiguous(memory_format=torch.channels_last)
        told = completed(offsets, photo, batch.guidance, batch.displacement)
        read = chance(len(batch), _READINGS, seeded(self.settings.seed, 6, step)).bool()
        read = read.to(told.device).view(-1, 1, 1, 1)
        said = torch.zeros_like(told) if batch.displacement is None else batch.displacement
        return replace(batch, displacement=torch.where(read, told, said))

    def losses(
        self,
        model: nn.Module,
        batch: Batch,
        shares: list[slice],
        autocast: AbstractContextManager[Any],
    ) -> Iterator[Tensor]:
        """The terms of `settings.loss` over the pixels that the guidance frees."""
        wanted = LOSSES[self.settings.loss]
        counted = freed_pixels(batch.guidance)
        if wanted.balanced:
            counted = balanced_weights(batch.blurry, batch.frames, counted)
        pixels = counted.sum()
        for rows in shares:
            part = batch.rows(rows)
            photo = part.blurry.contiguous(memory_format=torch.channels_last)
            with autocast:
                result = model(photo, part.guidance, part.displacement)
                inverse = self._inverse(model, photo, part) if wanted.reversal else None
            yield fitting_loss(
                wanted,
                result,
                part.frames,
                part.blurry,
                counted[rows],
                inverse=inverse,
                pixels=pixels,
            )

    def _inverse(self, model: nn.Module, photo: Tensor, part: Batch) -> Decomposition:
        told = None if part.displacement is None else -part.displacement
        inverse: Decomposition = model(photo, -part.guidance, told)
        return inverse

    def measure(self, model: nn.Module) -> dict[str, float]:
        """See `Validator.measure`; `gain_read` is with the readings that it is fitted with."""
        assert isinstance(model, Decomposer)
        measured = self._validator.measure(model)
        if self._offsets is not None:
            informed = InformedDecomposer(model, self._offsets)
            measured["gain_read"] = self._validator.measure(informed)["gain"]
        return measured

    def sheet(self, model: nn.Module) -> np.ndarray:
        """See `Validator.sheet`."""
        assert isinstance(model, Decomposer)
        return self._validator.sheet(model)

    def weights_of(self, model: nn.Module) -> nn.Module:
        """The whole network."""
        return model

    def note(self) -> dict[str, str]:
        """The settings that matter for quality, and the date."""
        names = ("batch", "size", "seed", "loss", "guidance")
        note = {name: str(getattr(self.settings, name)) for name in names}
        if self.settings.data is not None:
            note["data"] = self.settings.data.root.name
        return {**note, "date": date.today().isoformat()}

    @cached_property
    def _validator(self) -> Validator:
        settings, size = self.settings, self.settings.validate_size
        if isinstance(self._held_out, Dataset):
            batch = held_out_batch(
                self._held_out,
                count=settings.validate_scenes,
                size=size,
                directions=settings.directions,
            )
            return Validator(batch.to(self.device))
        alike = replace(settings.scenes, size=size) if settings.scenes else None
        return Validator(
            simulated_scenes(
                self._held_out,
                self.device,
                count=settings.validate_scenes,
                scenes=alike or SimulatorSettings.for_size(size),
                directions=settings.directions,
                arrows=settings.arrows > 0,
            )
        )

    @property
    def _annotators(self) -> AnnotatorSettings:
        # Without guidance nobody's drawing is looked at, so it may as well be the standard one.
        drawn = GUIDANCE.get(self.settings.guidance, GUIDANCE["drawn"])
        return replace(drawn, arrows=self.settings.arrows)

    def _from_dataset(self, dataset: Dataset) -> DatasetBatches:
        settings = self.settings
        return DatasetBatches(
            dataset,
            batch=settings.batch,
            size=settings.size,
            seed=settings.seed,
            annotators=self._annotators,
            directions=settings.directions,
            device=self.device,
        )

    def _simulated(self, images: Path) -> SimulatedBatches:
        settings = self.settings
        return SimulatedBatches(
            load_stills(images, settings.masks, part="fit"),
            batch=settings.batch,
            seed=settings.seed,
            scenes=settings.scenes or SimulatorSettings.for_size(settings.size),
            annotators=self._annotators,
            directions=settings.directions,
            block=settings.block,
            reuse=settings.reuse,
            points=2 if settings.arrows else 0,
            device=self.device,
        )


def _new_model(settings: DecomposerFitSettings) -> Decomposer:
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
