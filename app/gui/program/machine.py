"""What this machine offers for computing, found in the background because torch loads slowly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.gui.program.language import translate
from app.gui.program.torch_loading import load_torch
from app.gui.worker import Job, Step

_KIND = "decomposer"


@dataclass(frozen=True)
class Device:
    """One of "cuda", "mps" and "cpu": whether it works here, and its model or why it does not."""

    name: str
    usable: bool
    description: str


@dataclass(frozen=True)
class Machine:
    """The devices, and the names of the weights that can make films."""

    devices: tuple[Device, ...]
    weights: tuple[str, ...]


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

        reports = [device_report(name) for name in ("cuda", "mps", "cpu")]
        return Machine(
            tuple(Device(report.name, report.usable, report.description) for report in reports),
            tuple(info.name for info in list_weights() if info.architecture == _KIND),
        )

    return Job("machine", translate("Machine", "Looking at this machine"), work)


def check_weights_job(path: Path) -> Job:
    """Read what a weights file says about itself; the result is a `CheckedWeights`."""

    def work(step: Step) -> CheckedWeights:
        load_torch()
        from app.engine.weights import describe_weights

        info = describe_weights(path)
        if info.problem:
            return CheckedWeights(path, info.problem)
        if info.architecture != _KIND:
            sentence = translate("Machine", "{name} makes no films: it holds a {kind}.")
            return CheckedWeights(path, sentence.format(name=path.name, kind=info.architecture))
        return CheckedWeights(path)

    return Job("weights", translate("Machine", "Reading {name}").format(name=path.name), work)
