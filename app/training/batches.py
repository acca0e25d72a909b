"""Batches for fitting a decomposer: simulated, photographed, outlined and augmented.

A batch depends on nothing but the seed and the step, so an interrupted run continues exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import torch
from torch import Tensor

from app.training.annotator import AnnotatorSettings, draw_guidance
from app.training.camera import CameraSettings, develop, draw_cameras, photograph
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
    """

    blurry: Tensor
    guidance: Tensor
    frames: Tensor
    flow: Tensor
    first_to_last: Tensor

    def __len__(self) -> int:
        return self.blurry.shape[0]

    def rows(self, rows: slice) -> Batch:
        """Some of the samples."""
        return Batch(*[getattr(self, field.name)[rows] for field in fields(self)])


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
        self.device = torch.device(device)
        self._steps_per_block = max(1, self.block * reuse // batch)
        self._block_number = -1
        self._exposures: Exposures | None = None
        self._order = torch.empty(0, dtype=torch.long)

    def at(self, step: int) -> Batch:
        """The batch of fitting step `step` (0, 1, 2, …)."""
        number, position = divmod(step, self._steps_per_block)
        exposures = self._load(number)
        rows = self._order[position * self.batch_size : (position + 1) * self.batch_size]
        generator = seeded(self.seed, 2, step)
        chosen = exposures.select(rows.to(exposures.blurry.device)).float()
        return photographed(
            augmented(chosen, generator),
            self.cameras,
            self.annotators,
            generator,
            directions=self.directions,
        )

    def _load(self, number: int) -> Exposures:
        if number != self._block_number or self._exposures is None:
            generator = seeded(self.seed, 1, number)
            made = simulate(self.bank, self.scenes, self.block, generator, self.device)
            self._exposures = made.half()
            self._order = torch.cat(
                [torch.randperm(self.block, generator=generator) for _ in range(self.reuse)]
            )
            self._block_number = number
        return self._exposures


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
    # The displacement of the last frame's pixels is not kept, so a reversed sample has no exact
    # first-to-last truth; the summed flow belongs to pixels and simply changes its sign.
    sign = torch.where(reversed_, -1.0, 1.0).view(-1, 1, 1, 1)
    backwards = _choose(reversed_, result.frames.flip(1), result.frames)
    return replace(
        result,
        frames=backwards,
        flow=result.flow * sign,
        first_to_last=result.first_to_last * sign,
    )


def photographed(
    exposures: Exposures,
    cameras: CameraSettings,
    annotators: AnnotatorSettings,
    generator: torch.Generator,
    *,
    directions: int = 4,
) -> Batch:
    """Give each exposure a camera and an annotator who tells so many directions apart."""
    camera = draw_cameras(len(exposures), cameras, generator)
    return Batch(
        blurry=photograph(exposures.blurry, camera, generator),
        guidance=draw_guidance(exposures.flow, annotators, generator, directions),
        frames=develop(exposures.frames, camera),
        flow=exposures.flow,
        first_to_last=exposures.first_to_last,
    )


def _choose(flags: Tensor, yes: Tensor, no: Tensor) -> Tensor:
    return torch.where(flags.view(-1, *([1] * (yes.ndim - 1))), yes, no)


def _mirrored(e: Exposures, flags: Tensor, axis: int) -> Exposures:
    component = torch.tensor([-1.0, 1.0] if axis == -1 else [1.0, -1.0], device=flags.device)
    component = component.view(1, 2, 1, 1)
    return Exposures(
        blurry=_choose(flags, e.blurry.flip(axis), e.blurry),
        frames=_choose(flags, e.frames.flip(axis), e.frames),
        flow=_choose(flags, e.flow.flip(axis) * component, e.flow),
        first_to_last=_choose(flags, e.first_to_last.flip(axis) * component, e.first_to_last),
        occlusion=_choose(flags, e.occlusion.flip(axis), e.occlusion),
    )


def _transposed(e: Exposures, flags: Tensor) -> Exposures:
    def turn(images: Tensor) -> Tensor:
        return images.transpose(-1, -2)

    return Exposures(
        blurry=_choose(flags, turn(e.blurry), e.blurry),
        frames=_choose(flags, turn(e.frames), e.frames),
        flow=_choose(flags, turn(e.flow).flip(1), e.flow),
        first_to_last=_choose(flags, turn(e.first_to_last).flip(1), e.first_to_last),
        occlusion=_choose(flags, turn(e.occlusion), e.occlusion),
    )
