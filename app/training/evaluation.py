"""Measuring a decomposer on simulated scenes or on a dataset: `unspool evaluate decomposer`.

Beside every figure stands the one of "the photo repeated", and for measures that need optical flow
the one of the true frames, which says how much of the error is the measuring itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from app.errors import InputError
from app.training.annotator import AnnotatorSettings
from app.training.batches import Batch, photographed, seeded
from app.training.camera import CameraSettings
from app.training.datasets.samples import Dataset, batch_of
from app.training.metrics import psnr, sharpness, squared_errors
from app.training.simulator import SimulatorSettings, simulate
from app.training.stills import StillBank, load_stills
from models.decomposer import Decomposer

MOVING = 2.0
"""Displacement in pixels from which a pixel counts as moving when directions are measured."""


_SUMS = ("moving", "obeyed", "obeyed_truth", "error", "error_truth", "displacement")


@dataclass(frozen=True)
class EvaluateSettings:
    """Which scenes, and how many.

    Attributes:
        simulate: folder of stills; every tenth, which fitting never sees, is used - or all of them
            with `part="all"` for a folder that fitting never saw.
        masks: folder of object masks; by default found beside the stills.
        part: "held-out" or "all".
        count, size, seed: number of scenes, their side in pixels, what decides them.
        batch: scenes per forward pass.
    """

    simulate: Path
    masks: Path | None = None
    part: str = "held-out"
    count: int = 96
    size: int = 192
    seed: int = 7
    batch: int = 4


@dataclass(frozen=True)
class Evaluation:
    """Means over scenes of a decomposer ("ours"), the photo repeated and the true frames.

    PSNR in decibels from errors pooled over a scene's frames, over the pixels that the guidance
    frees; `gain` is ours minus the photo's. `obedience` is the share of moving pixels whose
    first-to-last flow points the way of the guidance. `endpoint_error` is the mean distance in
    pixels between measured and true first-to-last flow over moving pixels; for the photo repeated
    it is the true displacement. `sharpness` is Laplacian energy relative to the truth's. `reversal`
    is the PSNR between f(B, G) and the reversed f(B, -G); `order` the share of scenes whose frames
    fit the truth better forwards than backwards. NaN stands for what could not be measured, such as
    endpoint errors where the true displacement is unknown.
    """

    scenes: int
    psnr: float
    psnr_photo: float
    gain: float
    psnr_best_order: float
    psnr_inverted: float
    order: float
    reversal: float
    obedience: float
    obedience_truth: float
    endpoint_error: float
    endpoint_error_truth: float
    endpoint_error_photo: float
    sharpness: float
    sharpness_photo: float

    def to_dict(self) -> dict[str, float]:
        """Plain numbers for JSON."""
        return asdict(self)


def evaluate_decomposer(
    model: Decomposer, settings: EvaluateSettings, device: torch.device | str = "cpu"
) -> Generator[tuple[int, int], None, Evaluation]:
    """Measure `model`, yielding (scenes done, scenes in all); returns the `Evaluation`.

    Raises:
        InputError: the folder of stills is missing or empty.
    """
    bank = load_stills(settings.simulate, settings.masks, part=settings.part)
    scenes = fixed_scenes(bank, settings)
    model = model.to(device).eval()
    rows: list[dict[str, float]] = []
    for start in range(0, settings.count, settings.batch):
        part = _rows(scenes, slice(start, start + settings.batch))
        rows += _measure(model, part, torch.device(device))
        yield min(start + settings.batch, settings.count), settings.count
    return _summary(rows)


def evaluate_dataset(
    model: Decomposer, dataset: Dataset, device: torch.device | str = "cpu"
) -> Generator[tuple[int, int], None, Evaluation]:
    """Measure `model` on every readable sample, yielding (samples done, samples listed).

    Directions and endpoint errors are measured where a sample brings its exact displacement. What
    cannot be read joins `dataset.skipped`.

    Raises:
        InputError: samples have no guidance or another number of frames than the network makes, or
            nothing is left to measure.
    """
    if model.config.guidance_channels != 2:
        raise InputError(
            "This network does not take guidance of 4 directions, which datasets hold."
        )
    model = model.to(device).eval()
    rows: list[dict[str, float]] = []
    for done, sample in enumerate(dataset, 1):
        if len(sample.frames) != model.config.frames:
            raise InputError(
                f"{sample.path} comes with {len(sample.frames)} sharp frames, but the network "
                f"makes {model.config.frames}."
            )
        rows += _measure(model, batch_of([sample]), torch.device(device))
        yield done, len(dataset)
    if not rows:
        raise InputError(f"{dataset.root} holds no readable sample in which anything moves.")
    return _summary(rows)


def fixed_scenes(bank: StillBank, settings: EvaluateSettings) -> Batch:
    """The scenes that `settings` names, always the same ones, outlined as people draw."""
    generator = seeded(settings.seed, 3)
    exposures = simulate(bank, SimulatorSettings.for_size(settings.size), settings.count, generator)
    return photographed(exposures, CameraSettings(), AnnotatorSettings(), generator)


def chained_flow(frames: np.ndarray) -> np.ndarray:
    """Optical flow from the first frame to the last, chained over all frames.

    Args:
        frames: `(T, H, W, 3)` uint8.

    Returns:
        `(H, W, 2)` float32 pixels. Small steps keep DIS (Kroeger et al., ECCV 2016) from losing
        fast things.
    """
    matcher = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    matcher.setFinestScale(0)
    grey = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in frames]
    height, width = grey[0].shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    total = np.zeros((height, width, 2), np.float32)
    for before, after in itertools.pairwise(grey):
        step = matcher.calc(before, after, np.zeros_like(total))
        total += cv2.remap(
            step,
            x + total[..., 0],
            y + total[..., 1],
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
    return total


def _measure(model: Decomposer, batch: Batch, device: torch.device) -> list[dict[str, float]]:
    with torch.inference_mode():
        photo, guidance = batch.blurry.to(device), batch.guidance.to(device)
        forwards = model(photo, guidance).frames.float().clamp(0, 1).cpu()
        backwards = model(photo, -guidance).frames.float().clamp(0, 1).cpu().flip(1)
    freed = batch.guidance.ne(0).any(dim=1, keepdim=True)
    still = batch.blurry[:, None].expand_as(forwards)
    measured = {
        "psnr": psnr(*squared_errors(forwards, batch.frames, freed)),
        "psnr_photo": psnr(*squared_errors(still, batch.frames, freed)),
        "psnr_reversed": psnr(*squared_errors(forwards.flip(1), batch.frames, freed)),
        "psnr_inverted": psnr(*squared_errors(backwards, batch.frames, freed)),
        "reversal": psnr(*squared_errors(forwards, backwards, freed)),
        "sharpness": sharpness(forwards, freed) / sharpness(batch.frames, freed),
        "sharpness_photo": sharpness(still, freed) / sharpness(batch.frames, freed),
    }
    rows = []
    for index in range(len(forwards)):
        if not bool(freed[index].any()):
            continue
        row = {name: float(values[index]) for name, values in measured.items()}
        rows.append(row | _directions(forwards[index], _rows(batch, slice(index, index + 1))))
    return rows


def _directions(frames: Tensor, scene: Batch) -> dict[str, float]:
    """Sums over moving pixels of one scene, to be divided by their number in the summary."""
    truth = scene.first_to_last[0].permute(1, 2, 0).numpy()
    signs = scene.guidance[0].permute(1, 2, 0).numpy()
    height, width = truth.shape[:2]
    y, x = np.mgrid[:height, :width]
    landed_x, landed_y = x + truth[..., 0], y + truth[..., 1]
    # Only what is still in the picture at the end can be followed to it.
    inside = (landed_x >= 0) & (landed_x < width) & (landed_y >= 0) & (landed_y < height)
    length = np.hypot(truth[..., 0], truth[..., 1])
    agrees = (truth * signs).sum(-1) > 0
    moving = (length >= MOVING) & (signs != 0).any(-1) & inside & agrees
    if not moving.any():
        return dict.fromkeys(_SUMS, 0.0)
    ours, ideal = (
        chained_flow((film.permute(0, 2, 3, 1).numpy() * 255).round().astype(np.uint8))
        for film in (frames, scene.frames[0].clamp(0, 1))
    )
    return {
        "moving": float(moving.sum()),
        "obeyed": float(((ours * signs).sum(-1) > 0)[moving].sum()),
        "obeyed_truth": float(((ideal * signs).sum(-1) > 0)[moving].sum()),
        "error": float(np.linalg.norm(ours - truth, axis=-1)[moving].sum()),
        "error_truth": float(np.linalg.norm(ideal - truth, axis=-1)[moving].sum()),
        "displacement": float(length[moving].sum()),
    }


def _summary(rows: list[dict[str, float]]) -> Evaluation:
    def mean(name: str) -> float:
        return float(np.mean([row[name] for row in rows])) if rows else float("nan")

    def per_pixel(name: str) -> float:
        pixels = sum(row["moving"] for row in rows)
        return sum(row[name] for row in rows) / pixels if pixels else float("nan")

    best = [max(row["psnr"], row["psnr_reversed"]) for row in rows]
    order = [row["psnr"] > row["psnr_reversed"] for row in rows]
    return Evaluation(
        scenes=len(rows),
        psnr=mean("psnr"),
        psnr_photo=mean("psnr_photo"),
        gain=mean("psnr") - mean("psnr_photo"),
        psnr_best_order=float(np.mean(best)) if rows else float("nan"),
        psnr_inverted=mean("psnr_inverted"),
        order=float(np.mean(order)) if rows else float("nan"),
        reversal=mean("reversal"),
        obedience=per_pixel("obeyed"),
        obedience_truth=per_pixel("obeyed_truth"),
        endpoint_error=per_pixel("error"),
        endpoint_error_truth=per_pixel("error_truth"),
        endpoint_error_photo=per_pixel("displacement"),
        sharpness=mean("sharpness"),
        sharpness_photo=mean("sharpness_photo"),
    )


def _rows(batch: Batch, rows: slice) -> Batch:
    return Batch(
        batch.blurry[rows],
        batch.guidance[rows],
        batch.frames[rows],
        batch.flow[rows],
        batch.first_to_last[rows],
    )
