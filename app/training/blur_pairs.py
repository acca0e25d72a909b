"""Pairs of a photo and its sharp middle frame, for networks that explain or remove blur.

They come from the exposure simulator or from a dataset on disk; a batch depends on nothing but the
seed and the step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from app.errors import InputError
from app.guidance.maps import to_signs
from app.training.annotator import AnnotatorSettings
from app.training.batches import Batch, SimulatedBatches, photographed, seeded
from app.training.camera import CameraSettings
from app.training.conditions import PLAIN, Conditions, under
from app.training.datasets.augmentation import augmented
from app.training.datasets.samples import Dataset, Sample
from app.training.datasets.stream import SampleStream, fixed_samples, random_crop, require_size
from app.training.simulator import SimulatorSettings, simulate
from app.training.stills import load_stills

_HELD_OUT_SEED = 20_21
# Start, middle and end: the ends are what the measures and the supervised term need.
_POINTS = 3


@dataclass(frozen=True, kw_only=True)
class PairSettings:
    """Where pairs come from. Either `simulate` or `data` is given.

    Attributes:
        simulate: folder of sharp stills for the exposure simulator.
        masks: folder of object masks; by default found beside the stills.
        data: a dataset, whose `skipped` gets what turns out to be unreadable; the last tenth of
            every video is never fitted and measured instead.
        size: side of the samples; samples of a dataset are random crops.
        scenes: what simulated scenes are like; by default the standard ones for `size`.
        camera_only: nothing but the camera moves in simulated scenes. Their blur points the same
            way nearly everywhere, from which directions are learned sooner.
        conditions: in which simulated photos are taken.
        arrows: how often an annotator also draws how far things moved.
        block, reuse: see `SimulatedBatches`.
        validate_scenes, validate_size: how many held-out pairs of which side are measured.
    """

    simulate: Path | None = None
    masks: Path | None = None
    data: Dataset | None = None
    size: int = 128
    scenes: SimulatorSettings | None = None
    camera_only: bool = False
    conditions: Conditions = PLAIN
    arrows: float = 0.0
    block: int = 256
    reuse: int = 4
    validate_scenes: int = 48
    validate_size: int = 128

    def __post_init__(self) -> None:
        if (self.simulate is None) == (self.data is None):
            raise InputError("Say where samples come from with either --simulate or --data.")
        if min(self.size, self.validate_size) < 32:
            raise InputError("Samples must be at least 32 pixels a side.")
        if not 0 <= self.arrows <= 1:
            raise InputError(f"arrows is a share from 0 to 1, not {self.arrows}.")
        if self.reuse < 1 or self.validate_scenes < 1:
            raise InputError("reuse and the number of held-out scenes must be at least 1.")

    def scenes_of(self, size: int) -> SimulatorSettings:
        """What simulated scenes of a side of `size` are like."""
        scenes = self.scenes or SimulatorSettings.for_size(size)
        if self.camera_only:
            scenes = replace(
                scenes, objects=(1.0,), limbs=0.0, static_camera=0.0, turning_camera=0.25
            )
        # Of the sharp frames only the middle one is looked at.
        return replace(scenes, size=size, frames=_POINTS)


@dataclass(frozen=True)
class BlurPairs:
    """Photos and what is known about their blur.

    Attributes:
        blurry: `(B, 3, H, W)` photos in [0, 1], sRGB-encoded.
        sharp: `(B, 3, H, W)` their middle frames.
        ends: `(B, 2, 2, H, W)` true offsets of the first and the last instant; NaN where nobody
            knows them.
        signs: `(B, 2, H, W)` guidance as signs; all 0 for photos that come without.
        displacement: `(B, 2, H, W)` pixels from first to last as annotators who draw arrows know
            it, 0 where they do not.
    """

    blurry: Tensor
    sharp: Tensor
    ends: Tensor
    signs: Tensor
    displacement: Tensor

    def __len__(self) -> int:
        return self.blurry.shape[0]

    def rows(self, rows: slice) -> BlurPairs:
        """Some of the pairs."""
        return BlurPairs(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def told_of(self, chosen: Tensor) -> BlurPairs:
        """The same pairs of which annotators tell something only where `chosen` `(B,)` is 1."""
        kept = chosen.view(-1, 1, 1, 1).to(self.signs.device)
        return replace(self, signs=self.signs * kept, displacement=self.displacement * kept)

    @property
    def told(self) -> Tensor:
        """`(B,)` bool: of which photos there is guidance."""
        return self.signs.ne(0).any(1).flatten(1).any(1)


class PairSource:
    """An endless, seekable stream of batches of pairs."""

    def __init__(self, settings: PairSettings, batch: int, seed: int, device: torch.device) -> None:
        self._size, self._device = settings.size, device
        self._conditions = settings.conditions
        self._simulated: SimulatedBatches | None = None
        if settings.data is not None:
            self._stream = SampleStream(
                settings.data.split()[0],
                batch=batch,
                seed=seed,
                require=lambda sample: require_size(sample, settings.size),
                reduced=_seen_of,
            )
            # Unreadable and unfit data is found out here, before anything is written.
            self.knows_motion = not bool(self.at(0).ends.isnan().any())
            return
        assert settings.simulate is not None
        self.knows_motion = True
        self._simulated = SimulatedBatches(
            load_stills(settings.simulate, settings.masks, part="fit"),
            batch=batch,
            seed=seed,
            scenes=settings.scenes_of(settings.size),
            block=settings.block,
            annotators=AnnotatorSettings(arrows=settings.arrows),
            reuse=settings.reuse,
            points=_POINTS,
            device=device,
        )

    def at(self, step: int) -> BlurPairs:
        """The batch of fitting step `step` (0, 1, 2, …).

        Raises:
            InputError: no sample of the dataset can be used.
        """
        if self._simulated is not None:
            exposures, generator = self._simulated.exposures_at(step)
            exposures = under(exposures, self._conditions, generator)
            cameras, annotators = self._simulated.cameras, self._simulated.annotators
            return _from_simulator(photographed(exposures, cameras, annotators, generator))
        samples = self._stream.at(
            step, lambda sample, rng: augmented(random_crop(sample, self._size, rng), rng)
        )
        return from_samples(samples, self._device)


def held_out_pairs(settings: PairSettings, device: torch.device) -> BlurPairs:
    """Pairs that fitting never sees; the same ones every time."""
    count, size = settings.validate_scenes, settings.validate_size
    if settings.data is not None:
        held_out = settings.data.split()[1]
        samples = fixed_samples(held_out, count, lambda sample: require_size(sample, size))
        rng = np.random.default_rng(_HELD_OUT_SEED)
        return from_samples([random_crop(s, size, rng) for s in samples], device)
    assert settings.simulate is not None
    bank = load_stills(settings.simulate, settings.masks, part="held-out")
    generator = seeded(_HELD_OUT_SEED)
    exposures = simulate(bank, settings.scenes_of(size), count, generator, device, points=_POINTS)
    annotator = AnnotatorSettings(arrows=1.0)
    batch = photographed(exposures, CameraSettings(), annotator, generator)
    return _from_simulator(batch)


def _from_simulator(batch: Batch) -> BlurPairs:
    assert batch.trajectory is not None
    middle = batch.frames[:, batch.frames.shape[1] // 2]
    arrows = batch.displacement
    return BlurPairs(
        blurry=batch.blurry,
        sharp=middle,
        ends=batch.trajectory[:, [0, -1]],
        signs=batch.guidance,
        displacement=torch.zeros_like(batch.guidance) if arrows is None else arrows,
    )


def from_samples(samples: Sequence[Sample], device: torch.device) -> BlurPairs:
    """Samples of one size as pairs on `device`; ends that nobody knows are NaN."""

    def images(pixels: Sequence[np.ndarray]) -> Tensor:
        stacked = np.ascontiguousarray(np.moveaxis(np.stack(pixels), -1, 1))
        return torch.from_numpy(stacked).to(device).float() / 255

    unknown = np.full((2, 2, *samples[0].blurry.shape[:2]), np.nan, np.float32)
    ends = [unknown if s.offsets is None else s.offsets[[0, -1]] for s in samples]
    untold = np.zeros((2, *samples[0].blurry.shape[:2]), np.float32)
    signs = [untold if s.guidance is None else to_signs(s.guidance) for s in samples]
    return BlurPairs(
        blurry=images([s.blurry for s in samples]),
        sharp=images([s.frames[len(s.frames) // 2] for s in samples]),
        ends=torch.from_numpy(np.stack(ends)).to(device),
        signs=torch.from_numpy(np.stack(signs)).to(device).float(),
        displacement=torch.zeros(len(samples), *untold.shape, device=device),
    )


def _seen_of(sample: Sample) -> Sample:
    """A sample with nothing but what pairs are made of."""
    middle = len(sample.frames) // 2
    offsets = None if sample.offsets is None else sample.offsets[[0, -1]]
    frames = sample.frames[middle : middle + 1]
    return replace(sample, frames=frames, flow=None, first_to_last=None, offsets=offsets)
