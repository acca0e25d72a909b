"""What this machine offers for computing, found in the background because torch loads slowly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.gui.program.language import translate
from app.gui.program.sentences import told
from app.gui.program.torch_loading import load_torch
from app.gui.worker import Job, Step

if TYPE_CHECKING:
    from app.engine.weights import WeightsInfo

PURPOSES = ("films", "guesses", "paths")
"""What weights may be for: making films, telling what moved, finding trajectories."""


@dataclass(frozen=True)
class Device:
    """One of "cuda", "mps" and "cpu": whether it works here, and its model or why it does not."""

    name: str
    usable: bool
    description: str


@dataclass(frozen=True)
class Machine:
    """The devices, and the names of the weights that there are for each of `PURPOSES`."""

    devices: tuple[Device, ...]
    weights: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class CheckedWeights:
    """A weights file that a person chose; `problem` is a sentence when it cannot be used."""

    path: Path
    problem: str = ""


def machine_job() -> Job:
    """Try every device and list the weights; the result is a `Machine`."""

    def work(step: Step) -> Machine:
        step(translate("Machine", "Looking at this machine"), 0, 0)
        load_torch()
        from app.engine.device import device_report
        from app.engine.weights import list_weights

        listed = list_weights()
        reports = [device_report(name) for name in ("cuda", "mps", "cpu")]
        return Machine(
            tuple(
                Device(report.name, report.usable, told(report.description)) for report in reports
            ),
            {
                purpose: tuple(info.name for info in listed if _serves(info, purpose))
                for purpose in PURPOSES
            },
        )

    return Job("machine", translate("Machine", "Looking at this machine"), work)


def check_weights_job(path: Path, purpose: str) -> Job:
    """Read what a weights file says about itself; the result is a `CheckedWeights`.

    A file that is for none of what `purpose`, one of `PURPOSES`, names has a problem.
    """

    def work(step: Step) -> CheckedWeights:
        load_torch()
        from app.engine.weights import describe_weights

        info = describe_weights(path)
        if info.problem:
            return CheckedWeights(path, told(info.problem))
        if _serves(info, purpose):
            return CheckedWeights(path)
        sentence = {
            "films": translate("Machine", "{name} makes no films: it holds a {kind}."),
            "guesses": translate("Machine", "{name} cannot tell what moved: it holds a {kind}."),
            "paths": translate("Machine", "{name} finds no trajectories: it holds a {kind}."),
        }[purpose]
        return CheckedWeights(path, sentence.format(name=path.name, kind=info.architecture))

    # Each purpose has a kind of its own: one file that is read must not cancel another.
    kind = f"weights {purpose}"
    return Job(kind, translate("Machine", "Reading {name}").format(name=path.name), work)


def _serves(info: WeightsInfo, purpose: str) -> bool:
    from app.engine.weights import can_guess

    if purpose == "guesses":
        return can_guess(info)
    return info.architecture == {"films": "decomposer", "paths": "trajectory"}[purpose]
