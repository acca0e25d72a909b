"""What fits on pairs of a photo and its sharp middle frame have in common.

The loop is `fit`, pairs come from `blur_pairs`; offset networks are fitted by `fit_trajectory`,
deblurring networks by `fit_deblur`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

import torch
from torch import nn

from app.training.batches import seeded
from app.training.blur_pairs import BlurPairs, PairSettings, PairSource, held_out_pairs
from app.training.fit import FitSettings
from app.training.motion import chance


@dataclass(frozen=True, kw_only=True)
class PairFitSettings(FitSettings):
    """What decides how any network is fitted to pairs.

    Attributes:
        pairs: where photos and their sharp middle frames come from.
        preset: the name of a configuration.
        guided: share of the samples of which what annotators say is told.
    """

    pairs: PairSettings
    preset: str = "default"
    guided: float = 0.5


_Settings = TypeVar("_Settings", bound=PairFitSettings)


class PairTask(Generic[_Settings]):
    """The part of a `Task` that is the same for all of them; `_open_pairs` belongs into `open`."""

    def __init__(self, settings: _Settings) -> None:
        self.settings = settings

    def _open_pairs(self, device: torch.device) -> PairSource:
        self.device = device
        settings = self.settings
        self._source = PairSource(settings.pairs, settings.batch, settings.seed, device)
        return self._source

    def batch(self, step: int) -> BlurPairs:
        """Photos with their sharp middle frames, some of them without their guidance."""
        pairs = self._source.at(step)
        told = chance(len(pairs), self.settings.guided, seeded(self.settings.seed, 7, step))
        return pairs.told_of(told)

    def weights_of(self, model: nn.Module) -> nn.Module:
        """The whole network; weights of others that it reads are files of their own."""
        return model

    def _noted(self, *names: str) -> dict[str, str]:
        """The settings of these names beside those that matter for every fit, and the date."""
        settings = self.settings
        noted = {name: str(getattr(settings, name)) for name in ("batch", "seed", *names)}
        return {**noted, "size": str(settings.pairs.size), "date": date.today().isoformat()}

    @cached_property
    def _held_out(self) -> BlurPairs:
        return held_out_pairs(self.settings.pairs, self.device)
