"""Batches for fitting a decomposer from a dataset: crops, turned over, with somebody's guidance.

Like those of `app.training.batches`, a batch depends on nothing but the seed and the step, so an
interrupted run continues exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from app.errors import InputError
from app.guidance.maps import to_signs
from app.training.annotator import AnnotatorSettings, draw_guidance
from app.training.batches import Batch, seeded
from app.training.datasets.augmentation import augmented
from app.training.datasets.samples import Dataset, Sample, pixels_and_truth
from app.training.datasets.stream import SampleStream, fixed_samples, require_size

_CROPS = 4
"""How many places are looked at for one in which enough moves."""
_ENOUGH = 0.02
"""Share of moving pixels from which a crop is worth fitting to."""
_CLEARLY = 2.0
"""Pixels of displacement that no annotator overlooks, for guidance whose flow is not known."""


class DatasetBatches:
    """An endless, seekable stream of batches from a dataset.

    Where its samples come from is a `SampleStream`.

    Args:
        dataset: what to fit to; its samples need `frames` sharp frames and guidance or flow.
        batch, size: samples per batch, the side of a crop in pixels.
        seed: decides everything random.
        annotators: who draws the guidance, from the dataset's own as the truth.
        directions: how many are told apart; other than 4 they need the samples' flow.
        frames: T of the network.
        device: where batches are wanted.
    """

    def __init__(
        self,
        dataset: Dataset,
        *,
        batch: int,
        size: int,
        seed: int,
        annotators: AnnotatorSettings | None = None,
        directions: int = 4,
        frames: int = 7,
        device: torch.device | str = "cpu",
    ) -> None:
        self.dataset = dataset
        self.batch_size = batch
        self.size = size
        self.seed = seed
        self.annotators = annotators or AnnotatorSettings()
        self.directions = directions
        self.frames = frames
        self.device = torch.device(device)
        self._stream = SampleStream(
            dataset,
            batch=batch,
            seed=seed,
            require=lambda sample: _require(sample, frames, size, directions),
            # Trajectories are large, and nothing here looks at them.
            reduced=lambda sample: replace(sample, offsets=None),
        )

    def at(self, step: int) -> Batch:
        """The batch of fitting step `step` (0, 1, 2, …).

        Raises:
            InputError: no sample of the dataset can be used.
        """
        samples = self._stream.at(
            step, lambda sample, rng: augmented(crop_with_motion(sample, self.size, rng), rng)
        )
        generator = seeded(self.seed, 6, step)
        return guided(samples, self.annotators, generator, self.directions).to(self.device)


def held_out_batch(
    dataset: Dataset, *, count: int, size: int, directions: int = 4, frames: int = 7, seed: int = 0
) -> Batch:
    """A fixed batch to validate on: crops of samples from all over the dataset, as people draw.

    The crops are of `size` pixels, or as large as the smallest of the samples allows.

    Raises:
        InputError: no sample of the dataset can be used.
    """
    samples = fixed_samples(dataset, count, lambda sample: _require(sample, frames, 1, directions))
    side = min(size, *(n for sample in samples for n in sample.blurry.shape[:2]))
    rng = np.random.default_rng([seed, 9])
    crops = [crop_with_motion(sample, side, rng) for sample in samples]
    return guided(crops, AnnotatorSettings(), seeded(seed, 9), directions)


def guided(
    samples: Sequence[Sample],
    annotators: AnnotatorSettings,
    generator: torch.Generator,
    directions: int = 4,
) -> Batch:
    """Samples of one size as a batch whose guidance `annotators` have drawn.

    With 4 directions the truth is the samples' guidance, where they have any, else their flow.
    """
    motion = np.stack([_motion(sample, directions) for sample in samples])
    signs = draw_guidance(torch.from_numpy(motion), annotators, generator, directions)
    return pixels_and_truth(samples, signs)


def crop_with_motion(sample: Sample, size: int, rng: np.random.Generator) -> Sample:
    """A random square of `size` pixels in which at least some pixels move, if one is found soon.

    Of a few random places the first with enough motion is taken, or else the one with most.
    """
    height, width = sample.blurry.shape[:2]
    moves = np.abs(_motion(sample, 4)).max(axis=0) > 0
    best, most = (0, 0), -1.0
    for _ in range(_CROPS):
        top, left = int(rng.integers(height - size + 1)), int(rng.integers(width - size + 1))
        share = float(moves[top : top + size, left : left + size].mean())
        if share > most:
            best, most = (top, left), share
        if share >= _ENOUGH:
            break
    return sample.crop(*best, size, size)


def _motion(sample: Sample, directions: int) -> NDArray[np.float32]:
    """`(2, H, W)` displacements that tell the directions: flow, or what guidance says of it."""
    if sample.guidance is not None and (directions == 4 or sample.flow is None):
        return to_signs(sample.guidance) * np.float32(_CLEARLY)
    assert sample.flow is not None, "checked when the sample was read"
    return np.nan_to_num(np.moveaxis(sample.flow, -1, 0), posinf=0, neginf=0).astype(np.float32)


def _require(sample: Sample, frames: int, size: int, directions: int) -> None:
    """Raise InputError unless the sample can be fitted to."""
    if len(sample.frames) != frames:
        raise InputError(
            f"{sample.path} comes with {len(sample.frames)} sharp frames, not {frames}."
        )
    if sample.guidance is None and sample.flow is None:
        raise InputError(f"{sample.path} comes without guidance and without flow.")
    if directions != 4 and sample.flow is None:
        raise InputError(
            f"{sample.path} comes without flow, which guidance of {directions} directions needs."
        )
    require_size(sample, size)
