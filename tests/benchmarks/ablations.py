"""Motion-ETR's ablations in miniature: Tables 2, 3, 4 and 6 with small, short fits of equal length.

Every row is fitted from the same start with the same samples and differs in one thing only. Offset
networks are the paper's own (Table 1) in its self-supervised cycle, deblurring networks are small
U-Nets (the presets "tiny" and "tiny-plain") that are fitted for four times as many steps. Table 6
reads the trajectories of the networks that were fitted for Table 2.

    python -m tests.benchmarks.ablations STILLS --out DIR

A fit that is already in DIR is taken from there, so an interrupted run continues.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from app.checkpoints import load_checkpoint
from app.training.blur_pairs import PairSettings, held_out_pairs
from app.training.deblur_evaluation import by_network, evaluate_deblur
from app.training.fit_deblur import DeblurFitSettings, train_deblur
from app.training.fit_trajectory import TrajectoryFitSettings, train_trajectory
from app.training.trajectory_evaluation import evaluate_trajectory, kernel_pairs
from app.training.trajectory_measures import paths_found
from models.along_paths import TAPS
from models.deblur import DeblurNetwork
from models.trajectory import CONSTRAINTS, TrajectoryNetwork
from models.trajectory_losses import TrajectoryLossSettings

TABLES = (2, 3, 4, 6)
_POINTS = (5, 9, 15)
_PAPER = TrajectoryLossSettings()
_LOSSES = {
    "all terms": _PAPER,
    "without MS-SSIM": replace(_PAPER, ssim=0.0),
    "without total variation": replace(_PAPER, variation=0.0),
    "without length": replace(_PAPER, length=0.0),
}
_CPU = torch.device("cpu")


@dataclass(frozen=True)
class Miniature:
    """How small: `steps` of `batch` samples of `size` pixels a side, `scenes` measured."""

    stills: Path
    out: Path
    steps: int
    batch: int
    size: int
    scenes: int

    @property
    def pairs(self) -> PairSettings:
        """Simulated pairs; every scene is used eight times."""
        return PairSettings(
            simulate=self.stills,
            size=self.size,
            reuse=8,
            validate_scenes=self.scenes,
            validate_size=self.size,
        )

    def offsets(
        self, constraint: str, points: int = 15, loss: TrajectoryLossSettings = _PAPER
    ) -> Path:
        """Weights of an offset network; fitted unless they are there."""
        terms = f"{loss.ssim:g}-{loss.variation:g}-{loss.length:g}"
        out = self.out / f"offsets-{constraint}-{points}-{terms}"
        settings = TrajectoryFitSettings(
            pairs=self.pairs,
            out=out,
            preset="paper",
            constraint=constraint,
            points=points,
            loss=loss,
            uniform=True,
            **self._schedule(out, self.steps),
        )
        return _fitted(settings, out)

    def sharpener(self, constraint: str | None) -> Path:
        """Weights of a deblurring network that reads such trajectories; None is the plain one."""
        out = self.out / f"deblur-{constraint or 'plain'}"
        settings = DeblurFitSettings(
            pairs=self.pairs,
            out=out,
            preset="tiny" if constraint else "tiny-plain",
            trajectory=self.read_by(constraint) if constraint else None,
            guided=0.0,
            **self._schedule(out, 4 * self.steps),
        )
        return _fitted(settings, out)

    def read_by(self, constraint: str) -> Path:
        """Weights of the offset network whose trajectories deblurring reads at nine points."""
        return self.offsets(constraint, TAPS if constraint == "zero" else 15)

    def _schedule(self, out: Path, steps: int) -> dict[str, Any]:
        return {
            "steps": steps,
            "batch": self.batch,
            "learning_rate": 2e-3,
            "warmup": steps // 20,
            "ema": 0.99,
            "validate_every": steps,
            "save_every": 50,
            "resume": (out / "state.safetensors").is_file(),
        }


def _fitted(settings: TrajectoryFitSettings | DeblurFitSettings, out: Path) -> Path:
    weights = out / "weights.safetensors"
    if not weights.is_file():
        fit = (
            train_trajectory(settings)
            if isinstance(settings, TrajectoryFitSettings)
            else train_deblur(settings)
        )
        for event in fit:
            print(f"\r{out.name}: {event.step} of {settings.steps}", end="", file=sys.stderr)
        print(file=sys.stderr)
    return weights


def offset_rows(small: Miniature, table: int) -> Iterator[tuple[str, Path]]:
    """The rows of Tables 2, 3 and 4 with their weights."""
    if table == 2:
        for constraint in CONSTRAINTS:
            yield constraint, small.offsets(constraint)
    elif table == 3:
        for points in _POINTS:
            yield f"{points} points", small.offsets("quadratic", points)
    else:
        for name, loss in _LOSSES.items():
            yield name, small.offsets("quadratic", loss=loss)


def show_offsets(small: Miniature, table: int) -> None:
    """Print Table 2, 3 or 4."""
    simulated = held_out_pairs(small.pairs, _CPU)
    straight = kernel_pairs(small.pairs, _CPU)
    print(f"\nTable {table}: the sharp frame blurred again, against the photo")
    print("| | simulated: PSNR | SSIM | ends, px | straight kernels: PSNR | SSIM | motion MSE |")
    print("|---|---|---|---|---|---|---|")
    for name, weights in offset_rows(small, table):
        model = load_checkpoint(weights).model
        assert isinstance(model, TrajectoryNetwork)
        a, b = (
            evaluate_trajectory(paths_found(model, pairs), pairs, uniform=True)
            for pairs in (simulated, straight)
        )
        free = name == "zero"
        ends, error = ("-", "-") if free else (f"{a.epe:.2f}", f"{b.motion_mse:.2f}")
        print(
            f"| {name} | {a.reblur:.2f} | {a.reblur_ssim or 0:.4f} | {ends} "
            f"| {b.reblur:.2f} | {b.reblur_ssim or 0:.4f} | {error} |"
        )
    print(
        f"| nothing moves | {a.photo:.2f} | {a.photo_ssim or 0:.4f} | {a.displacement:.2f} ", end=""
    )
    print(f"| {b.photo:.2f} | {b.photo_ssim or 0:.4f} | |")


def show_deblurring(small: Miniature) -> None:
    """Print Table 6."""
    pairs = held_out_pairs(small.pairs, _CPU)
    print("\nTable 6: deblurred photos against the sharp frame")
    print("| | PSNR | SSIM |")
    print("|---|---|---|")
    for constraint in (None, *CONSTRAINTS):
        model = load_checkpoint(small.sharpener(constraint)).model
        assert isinstance(model, DeblurNetwork)
        offsets = load_checkpoint(small.read_by(constraint)).model if constraint else None
        assert offsets is None or isinstance(offsets, TrajectoryNetwork)
        result = evaluate_deblur(by_network(model, offsets), pairs)
        print(f"| {constraint or 'plain'} | {result.psnr:.2f} | {result.ssim or 0:.4f} |")
    print(f"| the photo | {result.photo:.2f} | {result.photo_ssim or 0:.4f} |")


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit what is missing and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("stills", type=Path, help="folder of sharp stills for the simulator")
    parser.add_argument("--out", type=Path, required=True, help="folder of the fits")
    parser.add_argument("--tables", type=int, nargs="*", choices=TABLES, default=TABLES)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--scenes", type=int, default=48)
    wanted = parser.parse_args(arguments)
    small = Miniature(
        wanted.stills, wanted.out, wanted.steps, wanted.batch, wanted.size, wanted.scenes
    )
    print(f"{small.steps} steps of {small.batch} samples of {small.size} pixels a side each")
    for table in wanted.tables:
        if table == 6:
            show_deblurring(small)
        else:
            show_offsets(small, table)


if __name__ == "__main__":
    main()
