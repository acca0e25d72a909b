"""One item of a dataset in memory, and a dataset as a list of items that are read when needed.

How items lie on disk is the business of the modules of the layouts (`afb`, `pairs`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.errors import InputError
from app.guidance.maps import GuidanceMap, to_signs
from app.training.batches import Batch


@dataclass(frozen=True, eq=False)
class Sample:
    """A blurry photo and what is known about it; what is not known is `None`.

    Attributes:
        path: the blurry photo's file.
        blurry: `(H, W, 3)` uint8, sRGB-encoded.
        frames: `(T, H, W, 3)` uint8, first to last; T is 1 where only the middle instant is known.
        guidance: `(H, W)` uint8 classes 0..4.
        flow: `(H, W, 2)` float32, summed flow (x, y) in pixels.
        first_to_last: `(H, W, 2)` float32, displacement of the first frame's pixels.
        offsets: `(N, 2, H, W)` float32 exposure trajectory, relative to the middle instant.
    """

    path: Path
    blurry: NDArray[np.uint8]
    frames: NDArray[np.uint8]
    guidance: GuidanceMap | None = None
    flow: NDArray[np.float32] | None = None
    first_to_last: NDArray[np.float32] | None = None
    offsets: NDArray[np.float32] | None = None

    def crop(self, top: int, left: int, height: int, width: int) -> Sample:
        """The part of `height` × `width` pixels whose upper left pixel is (left, top)."""
        rows, columns = slice(top, top + height), slice(left, left + width)

        def part(pixels: NDArray | None) -> NDArray | None:
            return None if pixels is None else pixels[rows, columns]

        return Sample(
            path=self.path,
            blurry=self.blurry[rows, columns],
            frames=self.frames[:, rows, columns],
            guidance=part(self.guidance),
            flow=part(self.flow),
            first_to_last=part(self.first_to_last),
            offsets=None if self.offsets is None else self.offsets[..., rows, columns],
        )


@dataclass(frozen=True)
class Skipped:
    """An item that was left out: the file at fault, and why in one sentence."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Item:
    """An item that can be read; reading raises InputError.

    Attributes:
        path: the blurry photo's.
        load: reads the sample.
        before: reads the pixels of the photo before in the same video, cropped as the sample's
            photo is; `None` where there is none.
    """

    path: Path
    load: Callable[[], Sample]
    before: Callable[[], NDArray[np.uint8]] | None = None


class Dataset:
    """Items of a dataset, read one at a time; what cannot be read is named, never replaced.

    Attributes:
        root: the dataset's folder.
        items: what seems to be there, in the order of the files' names.
        skipped: what is missing or broken, as far as it was found out by listing and reading.
    """

    def __init__(self, root: Path, items: Sequence[Item], skipped: Sequence[Skipped] = ()) -> None:
        self.root = root
        self.items = list(items)
        self.skipped = list(skipped)
        self._refused: set[Path] = set()
        self._noting = Lock()

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Sample]:
        """Every readable sample; the others join `skipped`, once each."""
        for item in self.items:
            sample = self.read(item)
            if sample is not None:
                yield sample

    def read(self, item: Item, require: Callable[[Sample], None] | None = None) -> Sample | None:
        """Read an item, from any thread; `None` if that fails, and it joins `skipped`.

        Args:
            item: one of `items`.
            require: raises InputError for a sample that does not serve the purpose.
        """
        if item.path in self._refused:
            return None
        try:
            sample = item.load()
            if require is not None:
                require(sample)
        except InputError as error:
            with self._noting:
                if item.path not in self._refused:
                    self._refused.add(item.path)
                    self.skipped.append(Skipped(item.path, str(error)))
            return None
        return sample

    def split(self) -> tuple[Dataset, Dataset]:
        """What to fit to, and what to validate on: the last tenth of every video.

        Neighbouring photos of a video look alike, so the held-out ones lie together. All parts
        share `skipped`.

        Raises:
            InputError: there are less than two samples.
        """
        if len(self.items) < 2:
            raise InputError(
                f"{self.root} holds {len(self.items)} usable samples; fitting needs two or more."
            )
        videos: dict[Path, list[Item]] = {}
        for item in self.items:
            videos.setdefault(item.path.parent, []).append(item)
        held_out = [
            item for items in videos.values() for item in items[len(items) - len(items) // 10 :]
        ]
        # Where all videos are short, whole ones are held out, or in the end a single photo.
        if not held_out:
            held_out = [item for items in list(videos.values())[9::10] for item in items]
        held_out = held_out or self.items[-1:]
        kept_back = {item.path for item in held_out}
        fitted = [item for item in self.items if item.path not in kept_back]
        return self._part(fitted), self._part(held_out)

    def _part(self, items: Sequence[Item]) -> Dataset:
        part = Dataset(self.root, items)
        part.skipped, part._refused, part._noting = self.skipped, self._refused, self._noting
        return part


def batch_of(samples: Sequence[Sample]) -> Batch:
    """Samples of one size as a `Batch`; flow and displacement that nobody knows are NaN.

    Raises:
        InputError: the samples differ in size or number of frames, or one has no guidance.
    """
    for sample in samples:
        if sample.guidance is None:
            raise InputError(f"{sample.path} comes without guidance.")
        if sample.frames.shape != samples[0].frames.shape:
            raise InputError(
                f"{sample.path} and {samples[0].path} differ in size or number of frames."
            )
    signs = np.stack([to_signs(s.guidance) for s in samples if s.guidance is not None])
    return pixels_and_truth(samples, torch.from_numpy(signs))


def pixels_and_truth(samples: Sequence[Sample], signs: Tensor) -> Batch:
    """Samples of one size as a `Batch` with the guidance `signs`, `(B, bits, H, W)`.

    Flow and displacement that nobody knows are NaN.
    """
    return Batch(
        blurry=_channels_first(np.stack([s.blurry for s in samples])).float() / 255,
        guidance=signs,
        frames=_channels_first(np.stack([s.frames for s in samples])).float() / 255,
        flow=_vectors([s.flow for s in samples], samples),
        first_to_last=_vectors([s.first_to_last for s in samples], samples),
    )


def _channels_first(pixels: NDArray) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(pixels, -1, -3)))


def _vectors(fields: Sequence[NDArray[np.float32] | None], samples: Sequence[Sample]) -> Tensor:
    unknown = np.full((*samples[0].blurry.shape[:2], 2), np.nan, np.float32)
    return _channels_first(np.stack([unknown if f is None else f for f in fields]))
