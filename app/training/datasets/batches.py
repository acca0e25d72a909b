"""Batches for fitting a decomposer from a dataset: crops, turned over, with somebody's guidance.

Like those of `app.training.batches`, a batch depends on nothing but the seed and the step, so an
interrupted run continues exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from app.errors import InputError
from app.guidance.maps import to_signs
from app.training.annotator import AnnotatorSettings, draw_guidance
from app.training.batches import Batch, seeded
from app.training.datasets.augmentation import augmented
from app.training.datasets.samples import Dataset, Item, Sample, pixels_and_truth

_CACHE_BYTES = 2**30
_READERS = 4
_CROPS = 4
"""How many places are looked at for one in which enough moves."""
_ENOUGH = 0.02
"""Share of moving pixels from which a crop is worth fitting to."""
_CLEARLY = 2.0
"""Pixels of displacement that no annotator overlooks, for guidance whose flow is not known."""


class DatasetBatches:
    """An endless, seekable stream of batches from a dataset.

    Every epoch takes each sample once, in an order of its own. A sample that cannot be read or used
    is named in the dataset's `skipped`, and another one is drawn for its place. Samples are kept in
    memory up to a gibibyte.

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
        self._kept: dict[Path, Sample] = {}
        self._kept_bytes = 0
        self._epoch = -1
        self._order = np.empty(0, np.int64)
        self._readers = ThreadPoolExecutor(_READERS, "dataset")

    def at(self, step: int) -> Batch:
        """The batch of fitting step `step` (0, 1, 2, …).

        Raises:
            InputError: no sample of the dataset can be used.
        """
        places = range(step * self.batch_size, (step + 1) * self.batch_size)
        items = [self._item(place) for place in places]
        samples = list(self._readers.map(self._prepared, places, items))
        generator = seeded(self.seed, 6, step)
        return guided(samples, self.annotators, generator, self.directions).to(self.device)

    def _item(self, place: int) -> Item:
        epoch, position = divmod(place, len(self.dataset))
        if epoch != self._epoch:
            self._order = np.random.default_rng([self.seed, 7, epoch]).permutation(
                len(self.dataset)
            )
            self._epoch = epoch
        return self.dataset.items[self._order[position]]

    def _prepared(self, place: int, item: Item) -> Sample:
        rng = np.random.default_rng([self.seed, 8, place])
        sample = self._read(item)
        # Tries enough to meet, almost surely, a sample of a dataset of which a tenth is readable.
        for index in rng.integers(len(self.dataset), size=100):
            if sample is not None:
                break
            sample = self._read(self.dataset.items[index])
        if sample is None:
            why = self.dataset.skipped[-1].reason
            raise InputError(f"{self.dataset.root} holds no sample to fit to: {why}")
        return augmented(crop_with_motion(sample, self.size, rng), rng)

    def _read(self, item: Item) -> Sample | None:
        if item.path in self._kept:
            return self._kept[item.path]
        sample = self.dataset.read(
            item, lambda sample: _require(sample, self.frames, self.size, self.directions)
        )
        if sample is not None:
            size = sample.blurry.nbytes + sample.frames.nbytes
            size += 0 if sample.flow is None else sample.flow.nbytes
            # Trajectories are large, and nothing here looks at them.
            sample = replace(sample, offsets=None)
            if self._kept_bytes + size <= _CACHE_BYTES:
                self._kept_bytes += size
                self._kept[item.path] = sample
        return sample


def held_out_batch(
    dataset: Dataset, *, count: int, size: int, directions: int = 4, frames: int = 7, seed: int = 0
) -> Batch:
    """A fixed batch to validate on: crops of samples from all over the dataset, as people draw.

    The crops are of `size` pixels, or as large as the smallest of the samples allows.

    Raises:
        InputError: no sample of the dataset can be used.
    """
    samples: list[Sample] = []
    chosen = np.linspace(0, len(dataset) - 1, min(count, len(dataset))).round().astype(int)
    for index in chosen:
        sample = dataset.read(
            dataset.items[index], lambda sample: _require(sample, frames, 1, directions)
        )
        if sample is not None:
            samples.append(sample)
    if not samples:
        why = dataset.skipped[-1].reason
        raise InputError(f"{dataset.root} holds no sample to validate on: {why}")
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
    height, width = sample.blurry.shape[:2]
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
    if min(height, width) < size:
        raise InputError(
            f"{sample.path} is {width} × {height} pixels, smaller than a crop of {size}."
        )
