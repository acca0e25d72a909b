"""The claims of Animation from Blur in miniature: small fits of every ablation, measured alike.

    python -m tests.benchmarks.claims --simulate IMAGES --out RUNS

Each fit is one call of `unspool train decomposer`, printed as it is run; all are measured on scenes
made from scikit-image's pictures, which are the same for everybody. Stopped and called again, it
continues. How the results are drawn is `claims_chart`.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from app.atomic import atomic_file
from app.training.optimizer import Muon, parameter_groups
from models.decomposer import PRESETS, Decomposer, DecomposerConfig
from models.losses import decomposition_loss

ROOT = Path(__file__).resolve().parents[2]
SIZE, BATCH = 48, 8
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
    """Fit what is not fitted yet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--simulate", type=Path, required=True, metavar="IMAGES")
    parser.add_argument("--out", type=Path, required=True, metavar="RUNS")
    parser.add_argument("--steps", type=int, default=320, help="of the fits that are not timed")
    parser.add_argument("--seconds", type=float, default=70, help="CPU time of the timed fits")
    wanted = parser.parse_args()
    torch.set_num_threads(1)
    for name, fit in FITS.items():
        run(name, fit, wanted.simulate, wanted.out, wanted.steps, wanted.seconds)


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


if __name__ == "__main__":
    main()
