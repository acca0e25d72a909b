"""Fitting a deblurring network with frozen trajectories (Motion-ETR section 4.1).

The loop is `fit`, pairs of a photo and its sharp middle frame come from `blur_pairs`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from app.checkpoints import load_checkpoint
from app.errors import InputError
from app.training.batches import seeded
from app.training.blur_pairs import BlurPairs, PairSettings, PairSource, held_out_pairs
from app.training.deblur_evaluation import by_network, deblurred, evaluate_deblur
from app.training.deblur_starts import begun_from
from app.training.fit import FitProgress, FitSettings, fit
from app.training.motion import chance
from app.training.reading import frozen_offsets
from models.deblur import PRESETS, DeblurConfig, DeblurNetwork
from models.trajectory import TrajectoryNetwork

LOSSES = ("log", "squares")
_NOISE = 1e-4
"""A mean squared error that a camera's noise makes anyway; 40 dB."""


@dataclass(frozen=True, kw_only=True)
class DeblurFitSettings(FitSettings):
    """Everything that decides how a deblurring network is fitted.

    Attributes:
        pairs: where photos and their sharp middle frames come from.
        preset: a name of `models.deblur.PRESETS`; the plain ones need no trajectories.
        trajectory: weights of the offset network, which stays as it is.
        guided: share of the samples of which the trajectories are told the guidance, and the
            arrows, if annotators draw any.
        loss: "log" is the logarithm of every photo's mean squared error, so that a photo that is
            sharp already weighs as much as one that never will be; "squares" is the error itself,
            DMPHN's, which is content to spoil the sharp ones.
    """

    pairs: PairSettings
    preset: str = "default"
    trajectory: Path | None = None
    guided: float = 0.5
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


class DeblurTask:
    """A deblurring network as the loop sees it."""

    def __init__(self, settings: DeblurFitSettings) -> None:
        self.settings = settings

    def open(self, device: torch.device) -> DeblurNetwork:
        """Open the pairs, load the trajectories' weights and build the network."""
        settings, self.device = self.settings, device
        model = _new_model(settings).to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._offsets = _offset_network(settings, device) if model.config.motion_aware else None
        self._source = PairSource(settings.pairs, settings.batch, settings.seed, device)
        return model

    def batch(self, step: int) -> BlurPairs:
        """Photos with their sharp middle frames, some of them without their guidance."""
        pairs = self._source.at(step)
        return pairs.told_of(
            chance(len(pairs), self.settings.guided, seeded(self.settings.seed, 7, step))
        )

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

    def weights_of(self, model: nn.Module) -> nn.Module:
        """The deblurring network; the trajectories' weights are a file of their own."""
        return model

    def note(self) -> dict[str, str]:
        """The settings that matter for quality, and the date."""
        settings = self.settings
        note = {name: str(getattr(settings, name)) for name in ("batch", "seed", "preset", "loss")}
        if self._offsets is not None:
            note["guided"] = str(settings.guided)
        if self._offsets is not None and settings.trajectory is not None:
            note["trajectory"] = settings.trajectory.stem
        return {**note, "size": str(settings.pairs.size), "date": date.today().isoformat()}

    @cached_property
    def _held_out(self) -> BlurPairs:
        return held_out_pairs(self.settings.pairs, self.device)


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
