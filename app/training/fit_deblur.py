"""Fitting a deblurring network with frozen trajectories (Motion-ETR section 4.1).

The loop is `fit`; what it shares with other fits on pairs is `fit_pairs`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from app.checkpoints import load_checkpoint
from app.errors import InputError
from app.training.batches import seeded
from app.training.blur_pairs import BlurPairs
from app.training.deblur_evaluation import by_network, deblurred, evaluate_deblur
from app.training.deblur_starts import begun_from
from app.training.fit import FitProgress, fit
from app.training.fit_pairs import PairFitSettings, PairTask
from app.training.reading import frozen_offsets
from models.deblur import PRESETS, DeblurConfig, DeblurNetwork
from models.trajectory import TrajectoryNetwork

LOSSES = ("log", "squares")
_NOISE = 1e-4
"""A mean squared error that a camera's noise makes anyway; 40 dB."""


@dataclass(frozen=True, kw_only=True)
class DeblurFitSettings(PairFitSettings):
    """Everything that decides how a deblurring network is fitted.

    Attributes:
        preset: a name of `models.deblur.PRESETS`; the plain ones need no trajectories.
        trajectory: weights of the offset network, which stays as it is.
        loss: "log" is the logarithm of every photo's mean squared error, so that a photo that is
            sharp already weighs as much as one that never will be; "squares" is the error itself,
            DMPHN's, which is content to spoil the sharp ones.
    """

    trajectory: Path | None = None
    loss: str = "log"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.preset not in PRESETS:
            raise InputError(f"There is no preset '{self.preset}' (known: {', '.join(PRESETS)}).")
        if self.loss not in LOSSES:
            raise InputError(f"There is no loss '{self.loss}' (known: {', '.join(LOSSES)}).")


def train_deblur(settings: DeblurFitSettings) -> Generator[FitProgress, None, Path]:
    """Fit a deblurring network; see `fit` for what is yielded, returned and raised."""
    return fit(DeblurTask(settings), settings)


class DeblurTask(PairTask[DeblurFitSettings]):
    """A deblurring network as the loop sees it."""

    def open(self, device: torch.device) -> DeblurNetwork:
        """Open the pairs, load the trajectories' weights and build the network."""
        settings = self.settings
        model = _new_model(settings).to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._offsets = _offset_network(settings, device) if model.config.motion_aware else None
        self._open_pairs(device)
        return model

    def losses(
        self,
        model: nn.Module,
        batch: BlurPairs,
        shares: list[slice],
        autocast: AbstractContextManager[Any],
    ) -> Iterator[Tensor]:
        """See `DeblurFitSettings.loss`; each share is weighted by its part of the batch."""
        assert isinstance(model, DeblurNetwork)
        for rows in shares:
            part = batch.rows(rows)
            with autocast:
                sharp = deblurred(model, part, self._offsets)
            error = (sharp.float() - part.sharp).square().flatten(1).mean(1)
            if self.settings.loss == "log":
                error = torch.log(error + _NOISE)
            yield error.mean() * (len(part) / len(batch))

    def measure(self, model: nn.Module) -> dict[str, float]:
        """PSNR against the sharp middle frames, and how much better than the photo that is."""
        assert isinstance(model, DeblurNetwork)
        alone = evaluate_deblur(by_network(model, self._offsets), self._held_out)
        measures = {"psnr": alone.psnr, "gain": alone.psnr - alone.photo}
        if self._offsets is not None:
            guided = evaluate_deblur(by_network(model, self._offsets, guided=True), self._held_out)
            measures["guided"] = guided.psnr - guided.photo
        return measures

    def sheet(self, model: nn.Module) -> np.ndarray:
        """A picture: per row the photo, what was made of it, and the truth."""
        assert isinstance(model, DeblurNetwork)
        pairs = self._held_out.rows(slice(0, 8))
        with torch.no_grad():
            ours = deblurred(model, pairs, self._offsets).float().clamp(0, 1)
        rows = torch.cat([pairs.blurry, ours, pairs.sharp], dim=3)
        whole = torch.cat(list(rows), dim=1)
        return (whole * 255).round().byte().permute(1, 2, 0).cpu().numpy()

    def note(self) -> dict[str, str]:
        """The settings that matter for quality, and the date."""
        note, trajectory = self._noted("preset", "loss"), self.settings.trajectory
        if self._offsets is not None and trajectory is not None:
            note |= {"guided": str(self.settings.guided), "trajectory": trajectory.stem}
        return note


def _offset_network(settings: DeblurFitSettings, device: torch.device) -> TrajectoryNetwork:
    if settings.trajectory is None:
        raise InputError("A motion-aware network needs an offset network's weights.")
    return frozen_offsets(settings.trajectory, device)


def _new_model(settings: DeblurFitSettings) -> DeblurNetwork:
    if settings.init is None:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(int(seeded(settings.seed, 0).initial_seed()))
            return DeblurNetwork(DeblurConfig.from_preset(settings.preset))
    model = load_checkpoint(settings.init).model
    return begun_from(model, PRESETS[settings.preset], settings.init)
