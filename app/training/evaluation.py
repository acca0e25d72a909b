"""Measuring a decomposer on simulated scenes or on a dataset: `unspool evaluate decomposer`.

Beside every figure stands the one of "the photo repeated", and for measures that need optical flow
the one of the true frames, which says how much of the error is the measuring itself. How a scene is
measured is `scene_measures`.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from app.errors import InputError
from app.guidance.encodings import BITS_OF_DIRECTIONS
from app.training.annotator import GUIDANCE
from app.training.batches import Batch, photographed, seeded
from app.training.benchmark import benchmark_stills
from app.training.camera import CameraSettings
from app.training.datasets.samples import Dataset, batch_of
from app.training.perceptual import Distance, load_lpips
from app.training.scene_measures import DIRECTION_SUMS, measure
from app.training.simulator import Exposures, SimulatorSettings, simulate
from app.training.stills import load_stills
from models.informed import AnyDecomposer

ROBUSTNESS = ("truth", "drawn", "dilated", "eroded")
"""Whose guidance the robustness protocol compares (AfB Fig. 8)."""


@dataclass(frozen=True)
class EvaluateSettings:
    """Which scenes, how many, and whose guidance.

    Attributes:
        simulate: folder of stills; every tenth, which fitting never sees, is used - or all of them
            with `part="all"` for a folder that fitting never saw. None stands for the pictures of
            the benchmark.
        masks: folder of object masks; by default found beside the stills.
        part: "held-out" or "all".
        count, size, seed: number of scenes, their side in pixels, what decides them.
        batch: scenes per forward pass.
        guidance: a name of `app.training.annotator.GUIDANCE`.
        lpips: measure LPIPS too.
        looks: how many of `models.looks.LOOKS` are averaged, by networks of four quadrants.
        sharpen: how much of the frames' fine detail is added to them, as films have it.
        arrows: people also draw arrows from where things were first to where they were last.
    """

    simulate: Path | None
    masks: Path | None = None
    part: str = "held-out"
    count: int = 96
    size: int = 192
    seed: int = 7
    batch: int = 4
    guidance: str = "drawn"
    lpips: bool = False
    looks: int = 1
    sharpen: float = 0.0
    arrows: bool = False

    def __post_init__(self) -> None:
        if self.guidance not in GUIDANCE:
            raise InputError(
                f"There is no guidance '{self.guidance}' (known: {', '.join(GUIDANCE)})."
            )


BENCHMARKS = {"simulated": EvaluateSettings(simulate=None, count=96, size=192, seed=2022)}
"""Benchmarks by name; each is the same scenes for everybody."""


@dataclass(frozen=True)
class Evaluation:
    """Means over scenes of a decomposer ("ours"), the photo repeated and the true frames.

    PSNR in decibels from errors pooled over a scene's frames, over the pixels that the guidance
    frees, or (`_moving`) those that truly move, or (`_whole`) all; `psnr_frames` is each frame's by
    itself. `gain` is ours minus the photo's. SSIM and LPIPS are of whole frames. `_best_order` is
    the better of both orders of time, per scene. `reblur` is the PSNR of the frames' average in
    linear light against the photo; the photo repeated has no error there. `obedience` is the share
    of moving pixels whose first-to-last flow points the way of the guidance. `endpoint_error` is
    the mean distance in pixels between measured and true first-to-last flow over moving pixels; for
    the photo repeated it is the true displacement. `sharpness` is Laplacian energy relative to the
    truth's. `reversal` is the PSNR between f(B, G) and the reversed f(B, -G); `order` the share of
    scenes whose frames fit the truth better forwards than backwards. NaN stands for what could not
    be measured, such as endpoint errors where the true displacement is unknown, or SSIM without
    scikit-image.
    """

    scenes: int
    psnr: float
    psnr_photo: float
    gain: float
    psnr_best_order: float
    psnr_inverted: float
    psnr_frames: tuple[float, ...]
    psnr_frames_photo: tuple[float, ...]
    psnr_moving: float
    psnr_moving_photo: float
    psnr_moving_best_order: float
    psnr_whole: float
    psnr_whole_photo: float
    psnr_whole_best_order: float
    ssim: float
    ssim_photo: float
    ssim_best_order: float
    lpips: float
    lpips_photo: float
    lpips_best_order: float
    reblur: float
    reblur_truth: float
    order: float
    reversal: float
    obedience: float
    obedience_truth: float
    endpoint_error: float
    endpoint_error_truth: float
    endpoint_error_photo: float
    sharpness: float
    sharpness_photo: float

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON, which has no NaN: what could not be measured is None."""

        def plain(value: Any) -> Any:
            if isinstance(value, tuple):
                return [plain(v) for v in value]
            return None if isinstance(value, float) and math.isnan(value) else value

        return {name: plain(value) for name, value in asdict(self).items()}


def evaluate_decomposer(
    model: AnyDecomposer, settings: EvaluateSettings, device: torch.device | str = "cpu"
) -> Generator[tuple[int, int], None, Evaluation]:
    """Measure `model`, yielding (scenes done, scenes in all); returns the `Evaluation`.

    Raises:
        InputError: the folder of stills is missing or empty, or what LPIPS needs is missing.
    """
    if settings.arrows and not model.config.sees_displacement:
        raise InputError("This network does not listen to arrows.")
    lpips = load_lpips(device) if settings.lpips else None
    scenes = fixed_scenes(fixed_exposures(settings), settings, directions_of(model))
    return (yield from _evaluate(model, scenes, settings, torch.device(device), lpips))


def evaluate_robustness(
    model: AnyDecomposer, settings: EvaluateSettings, device: torch.device | str = "cpu"
) -> Generator[tuple[int, int], None, dict[str, Evaluation]]:
    """Measure `model` on the same photos with everybody's guidance of `ROBUSTNESS`.

    Yields (scenes done, scenes in all) over all of them; returns the evaluations by guidance, of
    which those over moving pixels and whole frames can be compared.

    Raises:
        InputError: as `evaluate_decomposer`.
    """
    lpips = load_lpips(device) if settings.lpips else None
    exposures = fixed_exposures(settings)
    results: dict[str, Evaluation] = {}
    for name in ROBUSTNESS:
        settings = replace(settings, guidance=name)
        scenes = fixed_scenes(exposures, settings, directions_of(model))
        measuring = _evaluate(model, scenes, settings, torch.device(device), lpips)
        try:
            while True:
                done, count = next(measuring)
                yield len(results) * count + done, len(ROBUSTNESS) * count
        except StopIteration as end:
            results[name] = end.value
    return results


def evaluate_dataset(
    model: AnyDecomposer,
    dataset: Dataset,
    device: torch.device | str = "cpu",
    *,
    lpips: bool = False,
    looks: int = 1,
    sharpen: float = 0.0,
) -> Generator[tuple[int, int], None, Evaluation]:
    """Measure `model` on every readable sample, yielding (samples done, samples listed).

    Directions and endpoint errors are measured where a sample brings its exact displacement. What
    cannot be read joins `dataset.skipped`.

    Raises:
        InputError: samples have no guidance or another number of frames than the network makes, or
            nothing is left to measure, or what LPIPS needs is missing.
    """
    if model.config.guidance_channels != 2:
        raise InputError(
            "This network does not take guidance of 4 directions, which datasets hold."
        )
    distance = load_lpips(device) if lpips else None
    model = model.to(device).eval()
    rows: list[dict[str, float]] = []
    for done, sample in enumerate(dataset, 1):
        if len(sample.frames) != model.config.frames:
            raise InputError(
                f"{sample.path} comes with {len(sample.frames)} sharp frames, but the network "
                f"makes {model.config.frames}."
            )
        rows += measure(model, batch_of([sample]), torch.device(device), distance, looks, sharpen)
        yield done, len(dataset)
    if not rows:
        raise InputError(f"{dataset.root} holds no readable sample in which anything moves.")
    return _summary(rows, model.config.frames)


def fixed_exposures(settings: EvaluateSettings) -> Exposures:
    """What happens in front of the cameras in the scenes that `settings` names.

    Raises:
        InputError: the folder of stills is missing or empty.
    """
    if settings.simulate is None:
        bank = benchmark_stills()
    else:
        bank = load_stills(settings.simulate, settings.masks, part=settings.part)
    scenes = SimulatorSettings.for_size(settings.size)
    points = 2 if settings.arrows else 0
    return simulate(bank, scenes, settings.count, seeded(settings.seed, 3), points=points)


def fixed_scenes(exposures: Exposures, settings: EvaluateSettings, directions: int = 4) -> Batch:
    """The exposures as photos, always the same ones, with guidance as `settings` wants it."""
    annotators = replace(GUIDANCE[settings.guidance], arrows=float(settings.arrows))
    generator = seeded(settings.seed, 4)
    return photographed(exposures, CameraSettings(), annotators, generator, directions=directions)


def scenes_of(dataset: Dataset | None, settings: EvaluateSettings) -> Iterator[Batch]:
    """The readable samples of a dataset, or without one the scenes of `settings`, one at a time."""
    if dataset is not None:
        for sample in dataset:
            yield batch_of([sample])
        return
    scenes = fixed_scenes(fixed_exposures(settings), settings)
    for index in range(len(scenes)):
        yield scenes.rows(slice(index, index + 1))


def directions_of(model: AnyDecomposer) -> int:
    """How many directions the network's guidance tells apart; 4 for one that is not guided."""
    known = {bits: directions for directions, bits in BITS_OF_DIRECTIONS.items()}
    return known.get(model.config.guidance_channels, 4)


def _evaluate(
    model: AnyDecomposer,
    scenes: Batch,
    settings: EvaluateSettings,
    device: torch.device,
    lpips: Distance | None,
) -> Generator[tuple[int, int], None, Evaluation]:
    model = model.to(device).eval()
    rows: list[dict[str, float]] = []
    for start in range(0, settings.count, settings.batch):
        end = min(start + settings.batch, settings.count)
        part = scenes.rows(slice(start, end))
        rows += measure(model, part, device, lpips, settings.looks, settings.sharpen)
        yield end, settings.count
    return _summary(rows, model.config.frames)


def _summary(rows: list[dict[str, float]], frames: int) -> Evaluation:
    """Means over scenes, leaving out those that do not have what is averaged."""

    def values(name: str) -> np.ndarray:
        return np.array([row.get(name, math.nan) for row in rows], float)

    def mean_of(numbers: np.ndarray) -> float:
        known = numbers[~np.isnan(numbers)]
        return float(known.mean()) if len(known) else math.nan

    def mean(name: str) -> float:
        return mean_of(values(name))

    def best(name: str) -> float:
        pick = np.minimum if name == "lpips" else np.maximum
        return mean_of(pick(values(name), values(f"{name}_reversed")))

    totals = {name: float(sum(row[name] for row in rows)) for name in DIRECTION_SUMS}

    def per_pixel(name: str) -> float:
        return totals[name] / totals["moving"] if totals["moving"] else math.nan

    forwards, backwards = values("psnr"), values("psnr_reversed")
    known = ~np.isnan(forwards)
    return Evaluation(
        scenes=len(rows),
        psnr=mean("psnr"),
        psnr_photo=mean("psnr_photo"),
        gain=mean("psnr") - mean("psnr_photo"),
        psnr_best_order=best("psnr"),
        psnr_inverted=mean("psnr_inverted"),
        psnr_frames=tuple(mean(f"psnr_frame{index}") for index in range(frames)),
        psnr_frames_photo=tuple(mean(f"psnr_frame{index}_photo") for index in range(frames)),
        psnr_moving=mean("moving_psnr"),
        psnr_moving_photo=mean("moving_psnr_photo"),
        psnr_moving_best_order=best("moving_psnr"),
        psnr_whole=mean("whole_psnr"),
        psnr_whole_photo=mean("whole_psnr_photo"),
        psnr_whole_best_order=best("whole_psnr"),
        ssim=mean("ssim"),
        ssim_photo=mean("ssim_photo"),
        ssim_best_order=best("ssim"),
        lpips=mean("lpips"),
        lpips_photo=mean("lpips_photo"),
        lpips_best_order=best("lpips"),
        reblur=mean("reblur"),
        reblur_truth=mean("reblur_truth"),
        order=mean_of((forwards > backwards)[known].astype(float)),
        reversal=mean("reversal"),
        obedience=per_pixel("obeyed"),
        obedience_truth=per_pixel("obeyed_truth"),
        endpoint_error=per_pixel("error"),
        endpoint_error_truth=per_pixel("error_truth"),
        endpoint_error_photo=per_pixel("displacement"),
        sharpness=mean("sharpness"),
        sharpness_photo=mean("sharpness_photo"),
    )
