"""Fitting a guidance predictor to simulated exposures: its settings, networks, batches and losses.

The loop is `fit`, the losses are `models.guidance_losses`, measuring is `predictor_validation`.
Generator and discriminators take their steps together: each minimises its own terms, which reach
the other's weights only as constants.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call

from app.checkpoints import load_checkpoint
from app.errors import InputError
from app.training.batches import SimulatedBatches, seeded
from app.training.camera import CameraSettings, draw_cameras, photograph
from app.training.conditions import Conditions, under
from app.training.encodings import quantise
from app.training.fit import FitProgress, FitSettings, fit
from app.training.motion import chance
from app.training.predictor_validation import PredictorValidator
from app.training.reading import take_reading
from app.training.simulator import SimulatorSettings
from app.training.stills import load_stills
from models.guidance_losses import (
    GUIDANCE_LOSSES,
    GuidanceLossSettings,
    axis_loss,
    blind_loss,
    discriminator_gan_loss,
    generator_gan_loss,
    hard_samples,
    kl_loss,
    one_hot,
    reconstruction_loss,
    sign_loss,
    taxed_numbers,
)
from models.predictor import (
    CLASSES,
    GuidanceDiscriminator,
    Predictor,
    PredictorConfig,
)

THRESHOLD = 0.5
"""Pixels of flow over the exposure below which the true guidance is static."""


@dataclass(frozen=True, kw_only=True)
class PredictorFitSettings(FitSettings):
    """Everything that decides how a predictor is fitted.

    Attributes:
        simulate: folder of sharp stills for the exposure simulator.
        masks: folder of object masks; by default found beside the stills.
        init: weights of a predictor, or of an offset network whose reading of blur is taken over.
        preset: a name of `models.predictor.PRESETS`.
        size: side of the samples.
        scenes: what the simulated scenes are like; by default the standard ones for `size`.
        loss: a name of `models.guidance_losses.GUIDANCE_LOSSES`.
        conditions: in which photos are taken.
        block, reuse: see `SimulatedBatches`.
        validate_scenes, validate_size: how many held-out scenes of which side are measured.
    """

    simulate: Path
    masks: Path | None = None
    preset: str = "default"
    size: int = 128
    scenes: SimulatorSettings | None = None
    loss: str = "default"
    conditions: Conditions = field(default_factory=Conditions)
    block: int = 256
    reuse: int = 6
    validate_scenes: int = 48
    validate_size: int = 128

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.reuse < 1:
            raise InputError(f"reuse must be at least 1, not {self.reuse}.")
        if self.size < 32:
            raise InputError(f"size must be at least 32 pixels, not {self.size}.")
        if self.loss not in GUIDANCE_LOSSES:
            known = ", ".join(GUIDANCE_LOSSES)
            raise InputError(f"There is no loss '{self.loss}' (known: {known}).")


@dataclass(frozen=True)
class GuidanceBatch:
    """What one step sees.

    Attributes:
        photo: `(B, 3, H, W)` in [0, 1].
        flow: `(B, 2, H, W)` summed flow in pixels.
        classes: `(B, H, W)` its quantised guidance.
        told: `(B, H, W)` what the encoder sees of it: every other sample as in a mirror. So the
            code can say up or down, but not which diagonal, which is to be seen in the photo.
        code_noise: `(B, latent)` standard normal.
        class_noise: `(B, 5, H, W)` uniform in [0, 1).
        from_prior: `(B,)` bool, whose code is the noise itself and not the truth's.
        kl_weight: what a nat costs at this step.
    """

    photo: Tensor
    flow: Tensor
    classes: Tensor
    told: Tensor
    code_noise: Tensor
    class_noise: Tensor
    from_prior: Tensor
    kl_weight: float

    def __len__(self) -> int:
        return len(self.photo)


class AdversarialPredictor(nn.Module):
    """A predictor and the discriminators that it is fitted against, as one set of parameters."""

    def __init__(self, predictor: Predictor, discriminator: GuidanceDiscriminator) -> None:
        super().__init__()
        self.predictor = predictor
        self.discriminator = discriminator


def train_predictor(settings: PredictorFitSettings) -> Generator[FitProgress, None, Path]:
    """Fit a predictor; see `fit` for what is yielded, returned and raised."""
    return fit(PredictorTask(settings), settings)


class PredictorTask:
    """A predictor as the loop sees it."""

    def __init__(self, settings: PredictorFitSettings) -> None:
        self.settings = settings
        self.terms: GuidanceLossSettings = GUIDANCE_LOSSES[settings.loss]

    def open(self, device: torch.device) -> AdversarialPredictor:
        """Read the stills and build the networks."""
        settings = self.settings
        self.device = device
        stills = load_stills(settings.simulate, settings.masks, part="fit")
        self._held_out = load_stills(settings.simulate, settings.masks, part="held-out")
        scenes = settings.scenes or SimulatorSettings.for_size(settings.size)
        self._batches = SimulatedBatches(
            stills,
            batch=settings.batch,
            seed=settings.seed,
            # Nobody looks at the sharp frames, so only the two that must be there are kept.
            scenes=replace(scenes, frames=2),
            block=settings.block,
            reuse=settings.reuse,
            device=device,
        )
        model = _new_model(settings).to(device)
        self._latent = model.predictor.config.latent
        return model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def batch(self, step: int) -> GuidanceBatch:
        """Simulated exposures in all conditions, as cameras see them."""
        exposures, generator = self._batches.exposures_at(step)
        exposures = under(exposures, self.settings.conditions, generator)
        count, _, height, width = exposures.blurry.shape
        camera = draw_cameras(count, CameraSettings(), generator)
        photo = photograph(exposures.blurry, camera, generator)
        classes = quantise(exposures.flow, THRESHOLD)
        mirrored = chance(count, 0.5, generator).bool().to(self.device).view(-1, 1, 1)
        risen = min(1.0, step / self.terms.kl_warmup) if self.terms.kl_warmup else 1.0
        return GuidanceBatch(
            photo=photo.contiguous(memory_format=torch.channels_last),
            flow=exposures.flow,
            classes=classes,
            told=torch.where(mirrored, _in_a_mirror(classes), classes),
            code_noise=torch.randn(count, self._latent, generator=generator).to(self.device),
            class_noise=torch.rand(count, CLASSES, height, width, generator=generator).to(
                self.device
            ),
            # At least one sample must show what the code is for.
            from_prior=torch.arange(count, device=self.device)
            >= max(1, count - round(count * self.terms.prior)),
            kl_weight=self.terms.kl * risen,
        )

    def losses(
        self,
        model: nn.Module,
        batch: GuidanceBatch,
        shares: list[slice],
        autocast: AbstractContextManager[Any],
    ) -> Iterator[Tensor]:
        """Eq. 9 of AfB and the terms that do not know forwards from backwards."""
        assert isinstance(model, AdversarialPredictor)
        told = one_hot(batch.told[~batch.from_prior])
        with torch.no_grad(), autocast:
            taxed = taxed_numbers(model.predictor.encode(told), self.terms.free_bits)
        for rows in shares:
            yield self._loss(model, batch, taxed, rows, autocast)

    def _loss(
        self,
        model: AdversarialPredictor,
        batch: GuidanceBatch,
        taxed: Tensor,
        rows: slice,
        autocast: AbstractContextManager[Any],
    ) -> Tensor:
        terms, classes = self.terms, batch.classes[rows]
        count, drawn_from_prior = len(batch), batch.from_prior[rows]
        told = ~drawn_from_prior
        told_in_all = max(1, count - int(batch.from_prior.sum()))

        def mean(values: Tensor, chosen: Tensor, of: int) -> Tensor:
            """This part's share of the mean over the chosen samples of the whole batch."""
            return torch.where(chosen, values, 0.0).sum() / max(1, of)

        noise = batch.code_noise[rows]
        with autocast:
            code = model.predictor.encode(one_hot(batch.told[rows]))
            codes = torch.where(drawn_from_prior[:, None], noise, code.draw(noise))
            answer = model.predictor(batch.photo[rows], codes)
        loss = batch.kl_weight * mean(kl_loss(code, taxed), told, told_in_all)
        if terms.reconstruction:
            rebuilt = mean(reconstruction_loss(answer, classes), told, told_in_all)
            loss = loss + terms.reconstruction * rebuilt
        if terms.sign:
            loss = loss + terms.sign * mean(sign_loss(answer, classes), told, told_in_all)
        if terms.blind:
            blind = mean(blind_loss(answer, classes), drawn_from_prior, count - told_in_all)
            loss = loss + terms.blind * blind
        if terms.axis:
            everyone = torch.ones_like(told)
            loss = loss + terms.axis * mean(axis_loss(answer, batch.flow[rows]), everyone, count)
        if terms.gan:
            part = len(classes) / count
            drawn = hard_samples(answer.logits, batch.class_noise[rows])
            judge = model.discriminator
            with autocast:
                fooled = functional_call(
                    judge, {name: p.detach() for name, p in judge.named_parameters()}, drawn
                )
                told_true, told_drawn = judge(one_hot(classes)), judge(drawn.detach())
            loss = loss + part * terms.gan * generator_gan_loss(fooled)
            loss = loss + part * discriminator_gan_loss(told_true, told_drawn)
        return loss

    def measure(self, model: nn.Module) -> dict[str, float]:
        """See `PredictorValidator.measure`."""
        return self._validator.measure(self.weights_of(model))

    def sheet(self, model: nn.Module) -> np.ndarray:
        """See `PredictorValidator.sheet`."""
        return self._validator.sheet(self.weights_of(model))

    def weights_of(self, model: nn.Module) -> Predictor:
        """The predictor alone: nobody needs its discriminators afterwards."""
        assert isinstance(model, AdversarialPredictor)
        return model.predictor

    def note(self) -> dict[str, str]:
        """The settings that matter for quality, and the date."""
        names = ("batch", "size", "seed", "loss", "conditions")
        note = {name: str(getattr(self.settings, name)) for name in names}
        return {**note, "date": date.today().isoformat()}

    @cached_property
    def _validator(self) -> PredictorValidator:
        return PredictorValidator(
            self._held_out,
            self.device,
            count=self.settings.validate_scenes,
            scenes=SimulatorSettings.for_size(self.settings.validate_size),
        )


def _in_a_mirror(classes: Tensor) -> Tensor:
    """Guidance `(B, H, W)` with left and right exchanged."""
    table = torch.tensor([0, 2, 1, 4, 3], dtype=classes.dtype, device=classes.device)
    return table[classes.flip(-1).long()]


def _new_model(settings: PredictorFitSettings) -> AdversarialPredictor:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(seeded(settings.seed, 0).initial_seed()))
        start = load_checkpoint(settings.init).model if settings.init is not None else None
        if isinstance(start, Predictor):
            return AdversarialPredictor(start, GuidanceDiscriminator())
        try:
            predictor = Predictor(PredictorConfig.from_preset(settings.preset))
        except ValueError as error:
            raise InputError(f"Cannot fit a predictor: {error}.") from error
        if start is not None and settings.init is not None:
            take_reading(predictor, start, settings.init)
        return AdversarialPredictor(predictor, GuidanceDiscriminator())
