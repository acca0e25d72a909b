"""Evaluation by where the guidance comes from: AfB's three sources side by side (Table 1 and 2).

On the same scenes a decomposer gets the guidance that comes with them, guidance from the photo
before in its video, or a predictor's samples. Measuring one guidance in detail is `evaluation`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from app.errors import InputError
from app.flow.cuts import DEFAULT_CUT, cut_between
from app.flow.matching import Flow, Matcher
from app.flow.shutter import DEFAULT_SHUTTER, displacement_while_exposed
from app.guidance.flow import DEFAULT_THRESHOLD, flow_to_guidance
from app.guidance.maps import to_signs
from app.training.batches import Batch, seeded
from app.training.datasets.samples import Dataset, Item, Skipped, batch_of
from app.training.encodings import signs_of
from app.training.metrics import psnr, squared_errors
from app.training.perceptual import Distance, ssim, ssim_available
from app.training.scene_measures import moving_pixels
from models.informed import AnyDecomposer
from models.predictor import Predictor

GIVEN = "given guidance"
BEFORE = "from the photo before"
BEFORE_TOLD = "from it, and how far"
REPEATED = "photo repeated"
VIDEO_FRAMES = (0, 3, 6)
"""The frames that AfB measures when guidance comes from a video."""

Guess = Callable[[Tensor, int], Tensor]
"""Guesses guidance: photo `(1, 3, H, W)` in [0, 1] and K → K sign maps `(K, 2, H, W)`."""

_LOWER_IS_BETTER = {"lpips"}
_MEASURES = ("psnr_moving", "psnr_whole", "ssim", "lpips")
_BEST_ORDER = "_best_order"


@dataclass(frozen=True)
class Comparison:
    """Means over scenes by where the guidance comes from, the photo repeated last.

    Attributes:
        scenes: how many were measured.
        rows: by name, by measure: PSNR in decibels over moving pixels and over whole frames from
            errors pooled over the frames, SSIM and LPIPS of whole frames, and each with
            `_best_order`, where the better order of time counts. NaN is not measured. Of several
            guesses, each measure takes the one that is best in it.
        agreement: by name, the part of truly moving pixels whose guidance is the given one.
    """

    scenes: int
    rows: dict[str, dict[str, float]]
    agreement: dict[str, float]

    def to_dict(self) -> dict[str, object]:
        """Plain values for JSON, with None for what is not measured."""

        def known(numbers: dict[str, float]) -> dict[str, float | None]:
            return {name: None if np.isnan(value) else value for name, value in numbers.items()}

        rows = {name: known(row) for name, row in self.rows.items()}
        return {"scenes": self.scenes, "rows": rows, "agreement": known(self.agreement)}


def evaluate_video(
    model: AnyDecomposer,
    dataset: Dataset,
    match: Matcher,
    device: torch.device | str = "cpu",
    *,
    lpips: Distance | None = None,
    shutter: float = DEFAULT_SHUTTER,
) -> Generator[tuple[int, int], None, Comparison]:
    """Given guidance against guidance from the photo before in the same video, frames 0, 3 and 6.

    The guidance is the negative of the flow from a photo to the one before, quantised as truth is
    (AfB, section 3.3). A network that sees displacement is also measured when it is told the part
    of that flow which an exposure takes of the time between two photos, see `shutter`.

    Yields (samples done, samples listed). What cannot be read, or has no photo before it that shows
    the same scene, joins `dataset.skipped`.

    Raises:
        InputError: the network or the dataset is unfit, or nothing is left to measure.
    """
    _require(model)
    measuring = _Measuring(model, torch.device(device), lpips, VIDEO_FRAMES)
    for done, item in enumerate(dataset.items, 1):
        case = _with_flow_from_before(dataset, item, match, model.config.frames)
        if case is not None:
            sample, flow = case
            signs = torch.from_numpy(to_signs(flow_to_guidance(flow, DEFAULT_THRESHOLD)))[None]
            moved = torch.from_numpy(displacement_while_exposed(flow, shutter))
            measuring.add(sample, signs, {BEFORE: 1}, moved.permute(2, 0, 1)[None])
        yield done, len(dataset)
    return measuring.result(str(dataset.root))


def evaluate_predicted(
    model: AnyDecomposer,
    scenes: Iterator[Batch],
    count: int,
    guess: Guess,
    samples: Sequence[int] = (1, 3, 5),
    device: torch.device | str = "cpu",
    *,
    lpips: Distance | None = None,
) -> Generator[tuple[int, int], None, Comparison]:
    """Given guidance against the best of so many guesses: AfB's P1, P3 and P5, over all frames.

    Each measure takes its own best of the first 1, 3 and 5 guesses, as in the paper. Yields (scenes
    done, `count`).

    Args:
        model: for guidance of 4 directions.
        scenes: one at a time.
        count: how many scenes there are at most.
        guess: see `Guess`.
        samples: how many guesses each row has.
        device: what the decomposer computes on.
        lpips: see `load_lpips`.

    Raises:
        InputError: `samples` makes no sense, the network is unfit, or nothing moves in any scene.
    """
    _require(model)
    if not samples or min(samples) < 1:
        raise InputError("The protocol 'predicted' needs numbers of samples from 1, such as 1,3,5.")
    measuring = _Measuring(model, torch.device(device), lpips, range(model.config.frames))
    for done, scene in enumerate(scenes, 1):
        guesses = guess(scene.blurry, max(samples))
        measuring.add(scene, guesses, {f"P{k}": k for k in sorted(set(samples))})
        yield done, max(count, done)
    return measuring.result("The source of scenes")


def predictor_guess(predictor: Predictor, seed: int = 0) -> Guess:
    """Guesses of a predictor: what its answers to codes from the standard normal say.

    Scenes get different codes, but the same ones in every evaluation.
    """
    generator = seeded(seed, 11)
    device = next(predictor.parameters()).device

    def guess(photo: Tensor, count: int) -> Tensor:
        codes = torch.randn(count, predictor.config.latent, generator=generator)
        with torch.inference_mode():
            guessed = [predictor(photo.to(device), code[None].to(device)).classes for code in codes]
        return signs_of(torch.cat(guessed).cpu())

    return guess


def _require(model: AnyDecomposer) -> None:
    if model.config.guidance_channels != 2:
        raise InputError("This network does not take guidance of 4 directions.")


def _with_flow_from_before(
    dataset: Dataset, item: Item, match: Matcher, frames: int
) -> tuple[Batch, Flow] | None:
    """A sample and how it moved since the photo before it; `None` where there is none."""
    sample = dataset.read(item)
    if sample is None:
        return None
    if len(sample.frames) != frames:
        raise InputError(
            f"{sample.path} comes with {len(sample.frames)} sharp frames, but the network makes "
            f"{frames}."
        )
    if item.before is None:
        reason = f"{item.path} is the first photo of its video."
        dataset.skipped.append(Skipped(item.path, reason))
        return None
    try:
        before = item.before()
    except InputError as error:
        dataset.skipped.append(Skipped(item.path, str(error)))
        return None
    other_size = before.shape != sample.blurry.shape
    if other_size or cut_between([before, sample.blurry], DEFAULT_CUT):
        reason = f"{item.path} shows another scene than the photo before it."
        dataset.skipped.append(Skipped(item.path, reason))
        return None
    return batch_of([sample]), -match(sample.blurry, before)


class _Measuring:
    """Measures of one scene after the other, and their means."""

    def __init__(
        self,
        model: AnyDecomposer,
        device: torch.device,
        lpips: Distance | None,
        frames: Sequence[int],
    ) -> None:
        self.model = model.to(device).eval()
        self.device = device
        self.lpips = lpips
        self.frames = list(frames)
        self.rows: list[dict[str, dict[str, float]]] = []
        self.agreement: list[dict[str, float]] = []

    def add(
        self,
        scene: Batch,
        guesses: Tensor,
        rows: Mapping[str, int],
        displacement: Tensor | None = None,
    ) -> None:
        """Measure one scene, unless nothing moves in it.

        Args:
            scene: with the given guidance.
            guesses: `(K, 2, H, W)` signs.
            rows: by name, of how many of the first guesses the best counts.
            displacement: `(1, 2, H, W)` pixels that belong to the first guess; networks that see
                displacement then get a row `BEFORE_TOLD`.
        """
        moving = moving_pixels(scene)
        if not bool(moving.any()):
            return
        given, *answers = (
            self._scores(self._film(scene, signs[None]), scene, moving)
            for signs in torch.cat([scene.guidance, guesses])
        )
        right = (guesses == scene.guidance).all(dim=1)[:, moving[0, 0]].float().mean(1).tolist()
        scores = {GIVEN: given}
        scores |= {name: _best(answers[:count]) for name, count in rows.items()}
        if displacement is not None and self.model.config.sees_displacement:
            film = self._film(scene, guesses[:1], displacement)
            scores[BEFORE_TOLD] = self._scores(film, scene, moving)
        photo = scene.blurry[:, None].expand_as(scene.frames)
        scores[REPEATED] = self._scores(photo, scene, moving)
        self.rows.append(scores)
        self.agreement.append({name: max(right[:count]) for name, count in rows.items()})

    def result(self, source: str) -> Comparison:
        """The means over all scenes."""
        if not self.rows:
            raise InputError(f"{source} holds no scene to measure in which anything moves.")
        rows = {
            name: {
                measure: float(np.mean([row[name][measure] for row in self.rows]))
                for measure in self.rows[0][name]
            }
            for name in self.rows[0]
        }
        agreement = {
            name: float(np.mean([one[name] for one in self.agreement]))
            for name in self.agreement[0]
        }
        return Comparison(len(self.rows), rows, agreement)

    def _film(self, scene: Batch, signs: Tensor, displacement: Tensor | None = None) -> Tensor:
        told = None if displacement is None else displacement.to(self.device)
        with torch.inference_mode():
            answer = self.model(scene.blurry.to(self.device), signs.to(self.device), told)
        return answer.frames.float().clamp(0, 1).cpu()

    def _scores(self, film: Tensor, scene: Batch, moving: Tensor) -> dict[str, float]:
        truth = scene.frames[:, self.frames]
        everywhere = torch.ones_like(moving)
        scores = dict.fromkeys(
            (m + order for m in _MEASURES for order in ("", _BEST_ORDER)), np.nan
        )
        # Backwards before the choice of frames: the last is then compared with the first.
        orders = [one[:, self.frames] for one in (film, film.flip(1))]
        measured: dict[str, list[Tensor]] = {
            "psnr_moving": [psnr(*squared_errors(one, truth, moving)) for one in orders],
            "psnr_whole": [psnr(*squared_errors(one, truth, everywhere)) for one in orders],
        }
        if ssim_available():
            measured["ssim"] = [ssim(one, truth) for one in orders]
        if self.lpips is not None:
            measured["lpips"] = [self.lpips(one, truth) for one in orders]
        for name, (forwards, backwards) in measured.items():
            ends = sorted((float(forwards), float(backwards)))
            scores[name] = float(forwards)
            scores[name + _BEST_ORDER] = ends[0 if name in _LOWER_IS_BETTER else 1]
        return scores


def _best(answers: Sequence[dict[str, float]]) -> dict[str, float]:
    """The best of several in every measure by itself."""

    def pick(name: str) -> Callable[..., float]:
        return min if name.removesuffix(_BEST_ORDER) in _LOWER_IS_BETTER else max

    return {name: pick(name)(answer[name] for answer in answers) for name in answers[0]}
