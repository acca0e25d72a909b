"""Fitting an offset network in Motion-ETR's reblurring cycle: its settings, network and loss.

The loop is `fit`, what it shares with other fits on pairs is `fit_pairs`, measuring is
`trajectory_measures`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from app.checkpoints import load_checkpoint
from app.errors import InputError
from app.training.batches import seeded
from app.training.blur_pairs import BlurPairs
from app.training.fit import FitProgress, fit
from app.training.fit_pairs import PairFitSettings, PairTask
from app.training.trajectory_measures import measured, paths_found, reblurred_along, sheet
from models.offset_networks import GuidedOffsets, Reading
from models.trajectory import TrajectoryConfig, TrajectoryNetwork, trajectory_through
from models.trajectory_losses import TrajectoryLossSettings, trajectory_loss


@dataclass(frozen=True, kw_only=True)
class TrajectoryFitSettings(PairFitSettings):
    """Everything that decides how an offset network is fitted.

    Attributes:
        preset: a name of `models.trajectory.PRESETS`.
        constraint: one of `models.trajectory.CONSTRAINTS`.
        points: N, points of a trajectory.
        loss: the weights of the loss's terms.
        uniform: average the points alike and sRGB-encoded, as the paper does (Eq. 3), and not
            with trapezoid weights in linear light, as light is averaged.
    """

    guided: float = 0.75
    constraint: str = "quadratic"
    points: int = 15
    loss: TrajectoryLossSettings = field(default_factory=TrajectoryLossSettings)
    uniform: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        try:
            TrajectoryConfig.from_preset(self.preset, self.constraint, self.points)
        except ValueError as error:
            raise InputError(f"Cannot fit an offset network: {error}.") from error
        if self.supervised and self.constraint == "zero":
            raise InputError("Free points have no order of time that known ends could supervise.")

    @property
    def supervised(self) -> bool:
        """Whether a term of the loss needs known ends."""
        return bool(self.loss.supervised or self.loss.axis)


def train_trajectory(settings: TrajectoryFitSettings) -> Generator[FitProgress, None, Path]:
    """Fit an offset network; see `fit` for what is yielded, returned and raised."""
    return fit(TrajectoryTask(settings), settings)


class TrajectoryTask(PairTask[TrajectoryFitSettings]):
    """An offset network as the loop sees it."""

    def open(self, device: torch.device) -> TrajectoryNetwork:
        """Open the pairs and build the network."""
        _need_ms_ssim(self.settings.loss)
        settings = self.settings
        source = self._open_pairs(device)
        if settings.supervised and not source.knows_motion:
            raise InputError("These pairs come without trajectories, so nothing can supervise.")
        model = _new_model(settings).to(device)
        return model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def losses(
        self,
        model: nn.Module,
        batch: BlurPairs,
        shares: list[slice],
        autocast: AbstractContextManager[Any],
    ) -> Iterator[Tensor]:
        """The terms of Eq. 11, each share weighted by its part of the batch."""
        assert isinstance(model, TrajectoryNetwork)
        for rows in shares:
            part = batch.rows(rows)
            offsets, reading = self._paths(model, part, autocast)
            terms, again = self.settings.loss, None
            if terms.reblur:
                again = reblurred_along(part.sharp, offsets, uniform=self.settings.uniform)
            loss = trajectory_loss(terms, offsets, again, part.blurry, part.ends, reading)
            yield loss * (len(part) / len(batch))

    def _paths(
        self, model: TrajectoryNetwork, part: BlurPairs, autocast: AbstractContextManager[Any]
    ) -> tuple[Tensor, Reading | None]:
        """Trajectories, and what they were read from, if the network reads."""
        photo = part.blurry.contiguous(memory_format=torch.channels_last)
        with autocast:
            if not isinstance(model.body, GuidedOffsets):
                return model.trajectory(photo).float(), None
            reading = model.body.read(photo, part.signs)
        ends = model.points_of(model.body.ends(reading, part.signs))
        # Only blurring again needs to know what lies between the ends.
        points = model.config.points if self.settings.loss.reblur else 2
        return trajectory_through(ends, points, model.config.constraint), reading

    def measure(self, model: nn.Module) -> dict[str, float]:
        """See `measured`; the means over the held-out pairs."""
        assert isinstance(model, TrajectoryNetwork)
        found = paths_found(model, self._held_out)
        measures = measured(found, self._held_out, uniform=self.settings.uniform)
        return {name: float(values.nanmean()) for name, values in measures.items()}

    def sheet(self, model: nn.Module) -> np.ndarray:
        """See `sheet`."""
        assert isinstance(model, TrajectoryNetwork)
        return sheet(model, self._held_out.rows(slice(0, 8)), uniform=self.settings.uniform)

    def note(self) -> dict[str, str]:
        """The settings that matter for quality, and the date."""
        loss = self.settings.loss
        supervised = f"ends {loss.supervised}, axis {loss.axis}"
        return {**self._noted("guided"), "supervised": supervised}


def _need_ms_ssim(loss: TrajectoryLossSettings) -> None:
    if not loss.ssim or not loss.reblur:
        return
    try:
        import pytorch_msssim  # noqa: F401
    except ImportError as error:
        raise InputError(
            "The loss needs pytorch-msssim: pip install 'unspool[train]'; or leave MS-SSIM out "
            "with --ssim 0."
        ) from error


def _new_model(settings: TrajectoryFitSettings) -> TrajectoryNetwork:
    if settings.init is None:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(int(seeded(settings.seed, 0).initial_seed()))
            config = (settings.preset, settings.constraint, settings.points)
            return TrajectoryNetwork(TrajectoryConfig.from_preset(*config))
    checkpoint = load_checkpoint(settings.init)
    model = checkpoint.model
    if not isinstance(model, TrajectoryNetwork):
        raise InputError(
            f"{settings.init} holds no offset network but a {checkpoint.architecture}."
        )
    return converted(model, settings.constraint, settings.points)


def converted(model: TrajectoryNetwork, constraint: str, points: int) -> TrajectoryNetwork:
    """The network under another constraint, as far as its last layer can be taken over.

    Raises:
        InputError: to or from "zero", whose points no other constraint has.
    """
    old = model.config
    if (old.constraint, old.points) == (constraint, points):
        return model
    if "zero" in (old.constraint, constraint):
        raise InputError(f"A network of '{old.constraint}' cannot become one of '{constraint}'.")
    result = TrajectoryNetwork(replace(old, constraint=constraint, points=points))
    state = model.state_dict()
    for name in [n for n in state if n.rsplit(".", 2)[-2] == "head"]:
        if model.reads_guidance:
            state[name] = _read_by(state[name], old.constraint, constraint)
        elif old.constraint == "linear" != constraint:
            state[name] = torch.cat([state[name], -state[name]])
        elif constraint == "linear" != old.constraint:
            # A straight, even path has opposite ends: half of their difference is the nearest.
            state[name] = (state[name][:2] - state[name][2:]) / 2
    result.load_state_dict(state)
    return result


def _read_by(head: Tensor, old: str, new: str) -> Tensor:
    """The last layer of a network that reads: without a bend for "linear", else with one."""
    if (old == "linear") == (new == "linear"):
        return head
    if new == "linear":
        return head[: len(head) * 3 // 5]
    return torch.cat([head, torch.zeros_like(head[: len(head) * 2 // 3])])
