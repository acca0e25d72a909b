"""Batches for fitting a decomposer: simulated, photographed, outlined and augmented.

A batch depends on nothing but the seed and the step, so an interrupted run continues exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Protocol

import torch
from torch import Tensor

from app.training.ahead import Ahead
from app.training.annotator import AnnotatorSettings, draw_arrows, draw_guidance
from app.training.camera import CameraSettings, develop, draw_cameras, photograph
from app.training.distribution import launched, summed
from app.training.motion import chance
from app.training.simulator import Exposures, SimulatorSettings, simulate
from app.training.stills import StillBank


@dataclass(frozen=True)
class Batch:
    """What one fitting step sees.

    Attributes:
        blurry: `(B, 3, H, W)` photos in [0, 1].
        guidance: `(B, bits, H, W)` signs; two bits for 4 directions.
        frames: `(B, T, 3, H, W)` the true frames in [0, 1].
        flow: `(B, 2, H, W)` summed flow in pixels.
        first_to_last: `(B, 2, H, W)` displacement of the first frame's pixels.
        trajectory: `(B, N, 2, H, W)` exposure trajectories as in `Exposures`, when asked for.
        displacement: `(B, 2, H, W)` pixels from first to last as annotators who draw arrows know
            it, 0 where they do not.
    """

    blurry: Tensor
    guidance: Tensor
    frames: Tensor
    flow: Tensor
    first_to_last: Tensor
    trajectory: Tensor | None = None
    displacement: Tensor | None = None

    def __len__(self) -> int:
        return self.blurry.shape[0]

    def rows(self, rows: slice) -> Batch:
        """Some of the samples."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return Batch(**{k: v[rows] for k, v in named.items() if v is not None})

    def to(self, device: torch.device) -> Batch:
        """The same batch on `device`."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return Batch(**{k: v.to(device) for k, v in named.items() if v is not None})


class Batches(Protocol):
    """An endless stream of batches in which every step can be sought."""

    def at(self, step: int) -> Batch:
        """The batch of fitting step `step` (0, 1, 2, …); the same one whenever asked for."""


class Alternating:
    """Several streams in turn, each at its own pace: of two, every second batch is of either."""

    def __init__(self, streams: Sequence[Batches]) -> None:
        self.streams = streams

    def at(self, step: int) -> Batch:
        """See `Batches`."""
        own_step, which = divmod(step, len(self.streams))
        return self.streams[which].at(own_step)


_VECTORS = {"flow", "first_to_last", "last_to_first", "trajectory"}
"""The fields of `Exposures` whose third dimension from the end is (x, y)."""


def seeded(seed: int, *path: int) -> torch.Generator:
    """A CPU generator for one purpose of one step; different paths give unrelated numbers."""
    mixed = seed & 0xFFFFFFFF
    for part in path:
        # SplitMix64's multiplier spreads neighbouring steps over the whole range.
        mixed = (mixed * 0x9E3779B97F4A7C15 + part + 1) & 0x7FFFFFFFFFFFFFFF
    return torch.Generator().manual_seed(mixed)


class SimulatedBatches:
    """An endless, seekable stream of simulated batches.

    Scenes are made `block` at a time and each is used `reuse` times, every time with another
    mirroring, direction of time, camera and outline: on a CPU simulating costs as much as fitting.
    With `points` the batches have trajectories of that many instants.

    On a CPU the next block is made in the background. Of several processes, started by a launcher,
    each makes its share of every block, and all get the same whole.
    """

    def __init__(
        self,
        bank: StillBank,
        *,
        batch: int,
        seed: int,
        scenes: SimulatorSettings | None = None,
        cameras: CameraSettings | None = None,
        annotators: AnnotatorSettings | None = None,
        directions: int = 4,
        block: int = 256,
        reuse: int = 4,
        points: int = 0,
        device: torch.device | str = "cpu",
    ) -> None:
        self.bank = bank
        self.batch_size = batch
        self.seed = seed
        self.scenes = scenes or SimulatorSettings()
        self.cameras = cameras or CameraSettings()
        self.annotators = annotators or AnnotatorSettings()
        self.directions = directions
        self.block = max(block, batch)
        self.reuse = reuse
        self.points = points
        self.device = torch.device(device)
        self._steps_per_block = max(1, self.block * reuse // batch)
        self._block_number = -1
        self._exposures: Exposures | None = None
        self._order = torch.empty(0, dtype=torch.long)
        recipe = _Recipe(bank, self.scenes, self.block, seed, points, self.device, launched())
        self._blocks = Ahead(recipe.make) if self.device.type == "cpu" else None
        self._recipe = recipe

    def at(self, step: int) -> Batch:
        """The batch of fitting step `step` (0, 1, 2, …)."""
        exposures, generator = self.exposures_at(step)
        return photographed(
            exposures, self.cameras, self.annotators, generator, directions=self.directions
        )

    def exposures_at(self, step: int) -> tuple[Exposures, torch.Generator]:
        """What the cameras of step `step` see, and the generator for what is random after it."""
        number, position = divmod(step, self._steps_per_block)
        exposures = self._load(number)
        rows = self._order[position * self.batch_size : (position + 1) * self.batch_size]
        generator = seeded(self.seed, 2, step)
        chosen = exposures.select(rows.to(exposures.blurry.device)).float()
        return augmented(chosen, generator), generator

    def _load(self, number: int) -> Exposures:
        if number != self._block_number or self._exposures is None:
            # Not needed any more, and as large as the next one.
            self._exposures = None
            made = self._blocks.take(number) if self._blocks else self._recipe.make(number)
            if self._recipe.share[1] > 1:
                made = made.each(lambda _, tensor: summed(tensor))
            self._exposures = made
            shuffled = seeded(self.seed, 5, number)
            self._order = torch.cat(
                [torch.randperm(self.block, generator=shuffled) for _ in range(self.reuse)]
            )
            self._block_number = number
        return self._exposures


@dataclass(frozen=True)
class _Recipe:
    """What block `number` depends on."""

    bank: StillBank
    scenes: SimulatorSettings
    block: int
    seed: int
    points: int
    device: torch.device
    share: tuple[int, int]

    def make(self, number: int, cancelled: Callable[[], bool] = lambda: False) -> Exposures:
        """This process's share of a block, in half precision."""
        return simulate(
            self.bank,
            self.scenes,
            self.block,
            seeded(self.seed, 1, number),
            self.device,
            points=self.points,
            share=self.share,
            cancelled=cancelled,
        ).half()


def augmented(exposures: Exposures, generator: torch.Generator) -> Exposures:
    """Mirror, transpose and reverse in time, each with probability one half per sample.

    Reversal gives AfB's inverse samples (appendix C): the same photo, the opposite guidance, the
    frames backwards.
    """
    count = len(exposures)
    device = exposures.blurry.device
    mirrored, upended, transposed, reversed_ = (
        chance(count, 0.5, generator).bool().to(device) for _ in range(4)
    )
    result = _mirrored(exposures, mirrored, axis=-1)
    result = _mirrored(result, upended, axis=-2)
    if exposures.blurry.shape[-1] == exposures.blurry.shape[-2]:
        result = _transposed(result, transposed)
    return _reversed(result, reversed_)


def photographed(
    exposures: Exposures,
    cameras: CameraSettings,
    annotators: AnnotatorSettings,
    generator: torch.Generator,
    *,
    directions: int = 4,
) -> Batch:
    """Give each exposure a camera and an annotator who tells so many directions apart.

    Those who draw arrows need exposures with trajectories, and tell four directions apart.
    """
    camera = draw_cameras(len(exposures), cameras, generator)
    batch = Batch(
        blurry=photograph(exposures.blurry, camera, generator),
        guidance=draw_guidance(exposures.flow, annotators, generator, directions),
        frames=develop(exposures.frames, camera),
        flow=exposures.flow,
        first_to_last=exposures.first_to_last,
        trajectory=exposures.trajectory,
    )
    if not annotators.arrows:
        return batch
    assert exposures.trajectory is not None
    # Trajectories point against the motion.
    moved = exposures.trajectory[:, 0] - exposures.trajectory[:, -1]
    arrows = draw_arrows(moved, batch.guidance, annotators, generator)
    return replace(batch, displacement=arrows)


def _choose(flags: Tensor, yes: Tensor, no: Tensor) -> Tensor:
    return torch.where(flags.view(-1, *([1] * (yes.ndim - 1))), yes, no)


def _mirrored(e: Exposures, flags: Tensor, axis: int) -> Exposures:
    signs = torch.tensor([-1.0, 1.0] if axis == -1 else [1.0, -1.0], device=flags.device)
    signs = signs.view(2, 1, 1)

    def mirror(name: str, tensor: Tensor) -> Tensor:
        turned = tensor.flip(axis)
        return _choose(flags, turned * signs if name in _VECTORS else turned, tensor)

    return e.each(mirror)


def _transposed(e: Exposures, flags: Tensor) -> Exposures:
    def transpose(name: str, tensor: Tensor) -> Tensor:
        turned = tensor.transpose(-1, -2)
        return _choose(flags, turned.flip(-3) if name in _VECTORS else turned, tensor)

    return e.each(transpose)


def _reversed(e: Exposures, flags: Tensor) -> Exposures:
    """Last frame first. Summed flow belongs to pixels and changes its sign; what runs from one
    frame to another swaps its ends."""

    def backwards(name: str, tensor: Tensor) -> Tensor:
        if name in ("frames", "trajectory"):
            other = tensor.flip(1)
        elif name == "flow":
            other = -tensor
        elif name == "first_to_last":
            other = e.last_to_first
        elif name == "last_to_first":
            other = e.first_to_last
        else:
            return tensor
        return _choose(flags, other, tensor)

    return e.each(backwards)
