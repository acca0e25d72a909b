"""Measuring a guidance predictor during fitting, on a few held-out scenes that never change."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from app.guidance.classes import PALETTE
from app.training.batches import seeded
from app.training.camera import CameraSettings, draw_cameras, photograph
from app.training.encodings import quantise
from app.training.predictor_measures import measure_samples, summary
from app.training.simulator import SimulatorSettings, simulate
from app.training.stills import StillBank
from models.guidance_losses import divergences, one_hot
from models.predictor import Predictor

_SEED = 20_23
_SAMPLES = 5
_THRESHOLD = 0.5


class PredictorValidator:
    """A fixed set of simulated scenes from stills that fitting never sees, with fixed codes."""

    def __init__(
        self,
        bank: StillBank,
        device: torch.device,
        *,
        count: int = 48,
        scenes: SimulatorSettings | None = None,
    ) -> None:
        generator = seeded(_SEED)
        exposures = simulate(bank, scenes or SimulatorSettings(), count, generator, device)
        camera = draw_cameras(count, CameraSettings(), generator)
        self._photo = photograph(exposures.blurry, camera, generator)
        self._classes = quantise(exposures.flow, _THRESHOLD)
        self._noise = torch.randn(_SAMPLES, count, 64, generator=generator)

    def measure(self, model: Predictor) -> dict[str, float]:
        """Measures of guidance sampled from the prior, see `predictor_measures`, and of the code.

        `known` is the share of moving pixels that are right when the code is the truth's own;
        `kl` is how many nats the code says, and `silent` how many of its numbers say less than
        0.05: all of them silent means that the code has collapsed.
        """
        truth = self._classes.cpu().numpy()
        samples = np.stack([self._answers(model, self._prior(model, k)) for k in range(_SAMPLES)])
        rows = [measure_samples(samples[:, i], truth[i]) for i in range(len(truth))]
        with torch.no_grad():
            code = model.encode(one_hot(self._classes))
        said = divergences(code).mean(0)
        known = self._answers(model, code.mean)
        moving = truth > 0
        return {
            **summary(rows),
            "known": float((known == truth)[moving].mean()),
            "kl": float(said.sum()),
            "silent": float((said < 0.05).sum()),
        }

    def sheet(self, model: Predictor, rows: int = 12) -> np.ndarray:
        """A picture: per row the photo, its guidance, the guidance of its own code, 5 samples."""
        truth = self._classes[:rows]
        with torch.no_grad():
            code = model.encode(one_hot(truth))
        columns = [truth.cpu().numpy(), self._answers(model, code.mean, rows)]
        columns += [
            self._answers(model, self._prior(model, k)[:rows], rows) for k in range(_SAMPLES)
        ]
        photos = (self._photo[:rows] * 255).round().byte().permute(0, 2, 3, 1).cpu().numpy()
        coloured = [PALETTE[column] for column in columns]
        lines = np.concatenate([photos, *coloured], axis=2)
        return np.concatenate(list(lines))

    def _prior(self, model: Predictor, sample: int) -> Tensor:
        return self._noise[sample, :, : model.config.latent].to(self._photo.device)

    def _answers(self, model: Predictor, code: Tensor, count: int | None = None) -> np.ndarray:
        model.eval()
        photo = self._photo[:count].contiguous(memory_format=torch.channels_last)
        with torch.no_grad():
            parts = [
                model(p, c).classes for p, c in zip(photo.split(8), code.split(8), strict=True)
            ]
        return torch.cat(parts).byte().cpu().numpy()
