"""Measuring a decomposer during fitting, on a few held-out scenes that never change."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from app.training.annotator import AnnotatorSettings
from app.training.batches import Batch, photographed, seeded
from app.training.camera import CameraSettings
from app.training.encodings import headings, quantise
from app.training.metrics import psnr, sharpness, squared_errors
from app.training.simulator import SimulatorSettings, simulate
from app.training.stills import StillBank
from models.informed import AnyDecomposer

_SEED = 20_22


def simulated_scenes(
    bank: StillBank,
    device: torch.device,
    *,
    count: int = 48,
    scenes: SimulatorSettings | None = None,
    directions: int = 4,
    arrows: bool = False,
) -> Batch:
    """A fixed set of simulated scenes, from stills that fitting should never see."""
    generator = seeded(_SEED)
    points = 2 if arrows else 0
    exposures = simulate(
        bank, scenes or SimulatorSettings(), count, generator, device, points=points
    )
    # Guidance as drawn, so that the numbers mean what people will see.
    annotators = AnnotatorSettings(arrows=float(arrows))
    return photographed(exposures, CameraSettings(), annotators, generator, directions=directions)


class Validator:
    """Measures of a decomposer on a few scenes that never change."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch

    def measure(self, model: AnyDecomposer) -> dict[str, float]:
        """Mean measures over the set.

        `gain` is the PSNR over freed pixels above "the photo repeated" in decibels, and
        `gain_best_order` that of the better order of time in each scene, for networks that cannot
        know it; `order` is the share of scenes whose frames fit the truth better forwards than
        backwards, `sharpness` the Laplacian energy relative to the truth's. Names ending in
        `_told` are of a network that sees displacement and is told it.
        """
        measured = self._measure(self._run(model))
        if model.config.sees_displacement and self.batch.displacement is not None:
            told = self._measure(self._run(model, told=True))
            measured |= {f"{name}_told": told[name] for name in ("gain", "sharpness")}
        return measured

    def _measure(self, frames: Tensor) -> dict[str, float]:
        batch = self.batch
        freed = batch.guidance.ne(0).any(dim=1, keepdim=True)
        valid = freed.flatten(1).any(1)
        photo = batch.blurry[:, None].expand_as(frames)
        ours = psnr(*squared_errors(frames, batch.frames, freed))[valid]
        base = psnr(*squared_errors(photo, batch.frames, freed))[valid]
        backwards = psnr(*squared_errors(frames.flip(1), batch.frames, freed))[valid]
        sharp = sharpness(frames, freed)[valid] / sharpness(batch.frames, freed)[valid]
        blunt = sharpness(photo, freed)[valid] / sharpness(batch.frames, freed)[valid]
        return {
            "psnr": float(ours.mean()),
            "gain": float((ours - base).mean()),
            "gain_best_order": float((torch.maximum(ours, backwards) - base).mean()),
            "order": float((ours > backwards).float().mean()),
            "sharpness": float(sharp.mean()),
            "photo_sharpness": float(blunt.mean()),
        }

    def sheet(self, model: AnyDecomposer, rows: int = 8) -> np.ndarray:
        """A picture: per row the photo, its guidance, our frames 0, 3, 6 and the true ones."""
        frames = self._run(model, rows).clamp(0, 1)
        pictures = []
        for index in range(len(frames)):
            truth = self.batch.frames[index]
            picked = [0, truth.shape[0] // 2, truth.shape[0] - 1]
            row = [self.batch.blurry[index], _coloured(self.batch.guidance[index])]
            row += [frames[index, i] for i in picked] + [truth[i] for i in picked]
            pictures.append(torch.cat(row, dim=2))
        sheet = torch.cat(pictures, dim=1)
        return (sheet * 255).round().byte().permute(1, 2, 0).cpu().numpy()

    def _run(
        self,
        model: AnyDecomposer,
        count: int | None = None,
        chunk: int = 8,
        *,
        told: bool = False,
    ) -> Tensor:
        batch: Batch = self.batch
        # A network that is not guided sees none of the channels.
        guidance = batch.guidance[:count, : model.config.guidance_channels]
        model.eval()
        parts = []
        with torch.no_grad():
            for start in range(0, len(guidance), chunk):
                rows = slice(start, start + chunk)
                photo = batch.blurry[rows].contiguous(memory_format=torch.channels_last)
                arrows = (
                    batch.displacement[rows] if told and batch.displacement is not None else None
                )
                parts.append(model(photo, guidance[rows], arrows).frames)
        return torch.cat(parts).float()


def _coloured(signs: Tensor) -> Tensor:
    """Signs `(bits, H, W)` → RGB `(3, H, W)`, each direction in the colour of its quadrant."""
    quadrants = quantise(headings(signs[None]), 0.5)[0]
    palette = torch.tensor(
        [[0.0, 0, 0], [1, 0, 0], [0, 0.8, 0], [1, 1, 0], [0, 0, 1]], device=signs.device
    )
    return palette[quadrants].permute(2, 0, 1)
