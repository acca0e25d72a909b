"""The claims of Animation from Blur in miniature: small fits of every ablation, measured alike.

    python -m tests.benchmarks.claims --simulate IMAGES --out RUNS

Each fit is one call of `unspool train decomposer`, printed as it is run; all are measured on scenes
made from scikit-image's pictures, which are the same for everybody. It leaves RUNS/claims.json and
RUNS/claims.png. Stopped and called again, it continues; `--fit 0` only measures what is there. How
curves are drawn is `claims_chart`.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from app.atomic import atomic_file
from app.checkpoints import load_checkpoint
from app.engine.weights import find_weights
from app.training.batches import Batch
from app.training.evaluation import (
    EvaluateSettings,
    Evaluation,
    directions_of,
    evaluate_robustness,
    fixed_exposures,
    fixed_scenes,
)
from app.training.metrics import psnr, squared_errors
from app.training.optimizer import Muon, parameter_groups
from app.training.scene_measures import moving_pixels
from models.decomposer import PRESETS, Decomposer, DecomposerConfig
from models.losses import decomposition_loss
from tests.benchmarks.claims_chart import Panel, draw_panels

ROOT = Path(__file__).resolve().parents[2]
SIZE, BATCH = 48, 8
SCENES = 192
COMMON = (
    f"--size {SIZE} --validate-size {SIZE} --batch {BATCH} --block 150 --reuse 8 "
    "--learning-rate 2e-3 --warmup 30 --ema 0.98 --validate-every 25 --save-every 100 "
    "--device cpu --threads 1"
).split()  # fmt: skip


@dataclass(frozen=True)
class Fit:
    """One small fit.

    Attributes:
        claim: which claim it belongs to.
        preset: of the network.
        arguments: what else its command has besides those that all have in common.
        timed: fitted for as many steps as its preset makes in the time that all such fits get.
    """

    claim: str
    preset: str = "tiny"
    arguments: str = ""
    timed: bool = False


FITS = {
    "guided": Fit("reference"),
    "unguided": Fit("Fig. 9", arguments="--guidance none"),
    "unguided-unordered": Fit("Fig. 9", arguments="--guidance none --loss unordered"),
    "directions-2": Fit("Fig. 10", arguments="--directions 2"),
    "one-stage": Fit("Table 3", "tiny-one-stage"),
    "directions-8": Fit("Fig. 10", arguments="--directions 8"),
    "guided-again": Fit("reference", arguments="--seed 1"),
    "default": Fit("same time", "default", timed=True),
    "paper": Fit("same time", "paper", timed=True),
    "directions-16": Fit("Fig. 10", arguments="--directions 16"),
}
"""All fits by name; "guided" is the one that the ablations are held against, and "guided-again",
which differs in nothing but its seed, says how far apart two fits of the same kind come out."""


def main() -> None:
    """Fit what is not fitted yet, then measure everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--simulate", type=Path, required=True, metavar="IMAGES")
    parser.add_argument("--out", type=Path, required=True, metavar="RUNS")
    parser.add_argument("--steps", type=int, default=320, help="of the fits that are not timed")
    parser.add_argument("--seconds", type=float, default=70, help="CPU time of the timed fits")
    parser.add_argument("--fit", type=int, default=len(FITS), help="how many of the fits to make")
    parser.add_argument("--weights", default="decomposer-default", help="for robustness")
    wanted = parser.parse_args()
    torch.set_num_threads(1)
    for name, fit in list(FITS.items())[: wanted.fit]:
        run(name, fit, wanted.simulate, wanted.out, wanted.steps, wanted.seconds)
    fits = measured_fits(wanted.out)
    draw_panels(wanted.out / "claims.png", panels(fits), "steps", "dB above the photo repeated")
    for name, measures in fits.items():
        print(f"{name:20}", {k: v for k, v in measures.items() if k != "curve"}, flush=True)
    speed = {name: megapixel_seconds(name) for name in ("default", "paper")}
    print("seconds per megapixel", speed, flush=True)
    robust = robustness(wanted.weights)
    print("robustness", robust)
    result = {"fits": fits, "seconds_per_megapixel": speed, "robustness": robust}
    with atomic_file(wanted.out / "claims.json") as temporary:
        temporary.write_text(json.dumps(result, indent=2) + "\n")


def run(name: str, fit: Fit, images: Path, out: Path, steps: int, seconds: float) -> None:
    """Fit `name` in its folder unless its weights are there; notes the CPU time it took."""
    folder = out / name
    if (folder / "weights.safetensors").is_file():
        return
    notes = out / f"{name}.json"
    note = json.loads(notes.read_text()) if notes.is_file() else {"cpu_seconds": 0.0}
    if "steps" not in note:
        if fit.timed:
            steps = max(1, round(seconds / step_seconds(PRESETS[fit.preset])))
        note["steps"] = steps
    arguments = ["--preset", fit.preset, *fit.arguments.split(), "--steps", str(note["steps"])]
    command = ["train", "decomposer", "--simulate", str(images), "--out", str(folder), *arguments]
    command += COMMON + (["--resume"] if (folder / "state.safetensors").is_file() else [])
    print("unspool", *command, flush=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        subprocess.run([sys.executable, "-m", "app", *command], cwd=ROOT, check=True)
    finally:
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        note["cpu_seconds"] += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        with atomic_file(notes) as temporary:
            temporary.write_text(json.dumps(note, indent=2))


def step_seconds(config: DecomposerConfig) -> float:
    """CPU seconds of one fitting step: forwards, backwards and Muon, on one thread."""
    model = Decomposer(config).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = Muon(parameter_groups(model, 1e-3), 1e-3)
    photo = torch.rand(BATCH, 3, SIZE, SIZE).contiguous(memory_format=torch.channels_last)
    guidance = torch.ones(BATCH, config.guidance_channels, SIZE, SIZE)
    frames = torch.rand(BATCH, config.frames, 3, SIZE, SIZE)
    freed = torch.ones(BATCH, 1, SIZE, SIZE, dtype=torch.bool)
    started = time.process_time()
    decomposition_loss(model(photo, guidance), frames, freed).backward()
    optimizer.step()
    return time.process_time() - started


def measured_fits(out: Path) -> dict[str, dict[str, Any]]:
    """What is known about every finished fit, by name.

    `gain` is the mean PSNR over truly moving pixels above the photo repeated, `gain_best_order`
    that with the better order of time of every scene. `behind` is how far a fit is behind "guided"
    on the same scenes, with the standard error of that mean: it says how much the choice of scenes
    matters, and nothing about the choice of seeds, which the difference of "guided-again" hints at.
    """
    settings = EvaluateSettings(simulate=None, count=SCENES, size=SIZE, seed=2022)
    exposures = fixed_exposures(settings)
    each: dict[str, tuple[Tensor, Tensor]] = {}
    results: dict[str, dict[str, Any]] = {}
    for name, fit in FITS.items():
        weights = out / name / "weights.safetensors"
        if not weights.is_file():
            continue
        model = load_checkpoint(weights).model
        assert isinstance(model, Decomposer)
        scenes = fixed_scenes(exposures, settings, directions_of(model))
        each[name] = gains(model.eval(), scenes)
        forwards, best = each[name]
        note = json.loads((out / f"{name}.json").read_text())
        results[name] = {
            "claim": fit.claim,
            "parameters": sum(p.numel() for p in model.parameters()),
            **note,
            "gain": float(forwards.mean()),
            "gain_best_order": float(best.mean()),
            "curve": validation_curve(out / name / "log.csv"),
        }
        if "guided" in each:
            behind = each["guided"][0] - forwards
            error = float(behind.std() / len(behind) ** 0.5)
            results[name]["behind"] = [float(behind.mean()), error]
    return results


def gains(model: Decomposer, scenes: Batch) -> tuple[Tensor, Tensor]:
    """Decibels above the photo repeated over moving pixels, per scene: forwards, and best order."""
    moving = moving_pixels(scenes)
    told = scenes.guidance[:, : model.config.guidance_channels]
    with torch.inference_mode():
        films = torch.cat(
            [
                model(photo, signs).frames
                for photo, signs in zip(scenes.blurry.split(8), told.split(8), strict=True)
            ]
        )
    photo = scenes.blurry[:, None].expand_as(films)
    ours, backwards, base = (
        psnr(*squared_errors(film, scenes.frames, moving)) for film in (films, films.flip(1), photo)
    )
    counts = moving.flatten(1).any(1)
    return (ours - base)[counts], (torch.maximum(ours, backwards) - base)[counts]


def validation_curve(log: Path) -> list[tuple[int, float, float]]:
    """(step, gain, gain in the best order) as validated during a fit; at step 0 both are 0."""
    curve = [(0, 0.0, 0.0)]
    with log.open() as stream:
        for row in csv.DictReader(stream):
            metrics = dict(pair.split("=") for pair in row["metrics"].split())
            if metrics:
                gain = float(metrics["gain"]), float(metrics["gain_best_order"])
                curve.append((int(row["step"]), *gain))
    return curve


def panels(fits: dict[str, dict[str, Any]]) -> list[Panel]:
    """The curves of Fig. 9, Fig. 10 and, for Table 3, of one and two stages."""

    def curve(name: str, column: int = 1) -> list[tuple[float, float]]:
        return [(point[0], point[column]) for point in fits[name]["curve"]]

    wanted = {
        "Guidance (AfB Fig. 9)": {
            "guided": ("guided", 1),
            "no guidance": ("unguided", 1),
            "no guidance, unordered loss, best order": ("unguided-unordered", 2),
        },
        "Directions (AfB Fig. 10)": {
            "4": ("guided", 1), "2": ("directions-2", 1), "8": ("directions-8", 1),
            "16": ("directions-16", 1),
        },
        "Stages (AfB Table 3)": {
            "two stages": ("guided", 1), "two stages, another seed": ("guided-again", 1),
            "one stage of the same size": ("one-stage", 1),
        },
    }  # fmt: skip
    return [
        Panel(title, {label: curve(*which) for label, which in lines.items() if which[0] in fits})
        for title, lines in wanted.items()
    ]


def megapixel_seconds(preset: str) -> float:
    """CPU seconds per megapixel of decomposing, on one thread."""
    config = PRESETS[preset]
    model = Decomposer(config).eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    photo = torch.rand(1, 3, 128, 128).contiguous(memory_format=torch.channels_last)
    guidance = torch.ones(1, config.guidance_channels, 128, 128)
    with torch.inference_mode():
        if preset != "paper":  # to which a cold start makes no difference
            model(photo, guidance)
        started = time.process_time()
        model(photo, guidance)
        return (time.process_time() - started) / (128 * 128 / 1e6)


def robustness(weights: str) -> dict[str, float]:
    """Mean PSNR over moving pixels by whose guidance it was, and of the photo (AfB Fig. 8)."""
    settings = EvaluateSettings(simulate=None, count=48, size=128, seed=2022)
    model = load_checkpoint(find_weights(weights)).model
    assert isinstance(model, Decomposer)
    measuring = evaluate_robustness(model, settings)
    while True:
        try:
            next(measuring)
        except StopIteration as end:
            results: dict[str, Evaluation] = end.value
            break
    means = {name: result.psnr_moving for name, result in results.items()}
    return means | {"photo": results["truth"].psnr_moving_photo}


if __name__ == "__main__":
    main()
