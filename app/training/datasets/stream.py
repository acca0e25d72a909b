"""An endless, seekable stream of a dataset's samples, kept in memory as far as there is room."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from app.errors import InputError
from app.training.datasets.samples import Dataset, Item, Sample

_CACHE_BYTES = 2**30
_READERS = 4

Prepare = Callable[[Sample, np.random.Generator], Sample]
"""Makes of a sample what a batch wants of it, such as a random crop."""


class SampleStream:
    """Samples of every step, which depend on nothing but the seed and the step.

    Every epoch takes each sample once, in an order of its own. A sample that cannot be read or used
    is named in the dataset's `skipped`, and another one is drawn for its place. Samples are kept in
    memory up to a gibibyte.

    Args:
        dataset: where the samples come from.
        batch: how many belong to a step.
        seed: decides the order.
        require: raises InputError for a sample that does not serve the purpose.
        reduced: the part of a sample that is worth keeping.
    """

    def __init__(
        self,
        dataset: Dataset,
        *,
        batch: int,
        seed: int,
        require: Callable[[Sample], None],
        reduced: Callable[[Sample], Sample] = lambda sample: sample,
    ) -> None:
        self.dataset = dataset
        self.batch_size = batch
        self.seed = seed
        self._require = require
        self._reduced = reduced
        self._kept: dict[Path, Sample] = {}
        self._kept_bytes = 0
        self._epoch = -1
        self._order = np.empty(0, np.int64)
        self._readers = ThreadPoolExecutor(_READERS, "dataset")

    def at(self, step: int, prepare: Prepare) -> list[Sample]:
        """The samples of step `step` (0, 1, 2, …), each prepared with a generator of its own.

        Raises:
            InputError: no sample of the dataset can be used.
        """
        places = range(step * self.batch_size, (step + 1) * self.batch_size)
        items = [self._item(place) for place in places]

        def prepared(place: int, item: Item) -> Sample:
            rng = np.random.default_rng([self.seed, 8, place])
            return prepare(self._some(item, rng), rng)

        return list(self._readers.map(prepared, places, items))

    def _item(self, place: int) -> Item:
        epoch, position = divmod(place, len(self.dataset))
        if epoch != self._epoch:
            self._order = np.random.default_rng([self.seed, 7, epoch]).permutation(
                len(self.dataset)
            )
            self._epoch = epoch
        return self.dataset.items[self._order[position]]

    def _some(self, item: Item, rng: np.random.Generator) -> Sample:
        """The item's sample, or another one in its place."""
        sample = self._read(item)
        # Tries enough to meet, almost surely, a sample of a dataset of which a tenth is readable.
        for index in rng.integers(len(self.dataset), size=100):
            if sample is not None:
                break
            sample = self._read(self.dataset.items[index])
        if sample is None:
            why = self.dataset.skipped[-1].reason
            raise InputError(f"{self.dataset.root} holds no sample to fit to: {why}")
        return sample

    def _read(self, item: Item) -> Sample | None:
        if item.path in self._kept:
            return self._kept[item.path]
        sample = self.dataset.read(item, self._require)
        if sample is not None:
            sample = self._reduced(sample)
            parts = (sample.blurry, sample.frames, sample.guidance, sample.flow, sample.offsets)
            size = sum(part.nbytes for part in parts if part is not None)
            if self._kept_bytes + size <= _CACHE_BYTES:
                self._kept_bytes += size
                self._kept[item.path] = sample
        return sample


def fixed_samples(dataset: Dataset, count: int, require: Callable[[Sample], None]) -> list[Sample]:
    """Up to `count` usable samples from all over the dataset, the same ones every time.

    Raises:
        InputError: no sample of the dataset can be used.
    """
    chosen = np.linspace(0, len(dataset) - 1, min(count, len(dataset))).round().astype(int)
    samples = [dataset.read(dataset.items[index], require) for index in chosen]
    usable = [sample for sample in samples if sample is not None]
    if not usable:
        why = dataset.skipped[-1].reason
        raise InputError(f"{dataset.root} holds no sample to validate on: {why}")
    return usable


def require_size(sample: Sample, size: int) -> None:
    """Raise InputError for a sample that is smaller than a crop of `size` pixels a side."""
    height, width = sample.blurry.shape[:2]
    if min(height, width) < size:
        raise InputError(
            f"{sample.path} is {width} × {height} pixels, smaller than a crop of {size}."
        )


def random_crop(sample: Sample, size: int, rng: np.random.Generator) -> Sample:
    """A square of `size` pixels anywhere in the sample."""
    height, width = sample.blurry.shape[:2]
    top, left = int(rng.integers(height - size + 1)), int(rng.integers(width - size + 1))
    return sample.crop(top, left, size, size)
