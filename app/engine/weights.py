"""Loading weights by name or path, once, and what a weights file says about itself.

Where they are found is `app.weights_files`, the file format `app.checkpoints`.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import torch
from torch import nn

from app.checkpoints import Checkpoint, load_checkpoint, read_header
from app.errors import InputError
from app.weights_files import (
    AUTO_READINGS,
    DEFAULT_DEBLUR,
    DEFAULT_DECOMPOSER,
    DEFAULT_PREDICTOR,
    DEFAULT_TRAJECTORY,
    FAST_DECOMPOSER,
    NO_READINGS,
    find_weights,
    named_weights,
    weights_folders,
)
from models.deblur import DeblurNetwork
from models.decomposer import Decomposer
from models.informed import AnyDecomposer, InformedDecomposer
from models.predictor import Predictor
from models.trajectory import TrajectoryNetwork

__all__ = [
    "AUTO_READINGS",
    "DEFAULT_DEBLUR",
    "DEFAULT_DECOMPOSER",
    "DEFAULT_PREDICTOR",
    "DEFAULT_TRAJECTORY",
    "FAST_DECOMPOSER",
    "NO_READINGS",
    "WeightsInfo",
    "can_guess",
    "describe_weights",
    "find_weights",
    "list_weights",
    "load_deblur",
    "load_decomposer",
    "load_guesser",
    "load_informed",
    "load_reader",
    "load_trajectory",
    "weights_folders",
]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WeightsInfo:
    """One weights file as `unspool weights list` shows it; `problem` says why it is unusable."""

    name: str
    path: Path
    size: int
    architecture: str = ""
    parameters: int = 0
    config: dict[str, Any] | None = None
    metadata: dict[str, str] | None = None
    problem: str = ""


def list_weights() -> list[WeightsInfo]:
    """Every weights file that can be named, shipped ones first; unusable files carry a problem."""
    return [describe_weights(path) for path in named_weights().values()]


def describe_weights(path: Path) -> WeightsInfo:
    """What the file says about itself; a file that cannot be used is described, not refused."""
    size = path.stat().st_size if path.is_file() else 0
    try:
        header = read_header(path)
    except InputError as error:
        return WeightsInfo(path.stem, path, size, problem=str(error))
    return WeightsInfo(
        path.stem,
        path,
        size,
        header.architecture,
        header.parameters,
        header.config,
        header.metadata,
    )


def can_guess(info: WeightsInfo) -> bool:
    """Whether `load_guesser` takes the file: its network says which way things may have moved."""
    if info.architecture == "trajectory":
        return (info.config or {}).get("design") == "guided"
    return info.architecture == "predictor"


def load_decomposer(name_or_path: str | Path, device: torch.device) -> Decomposer:
    """The decomposer for inference: evaluation mode, channels_last, on `device`.

    The last few are kept, so that many photos or previews pay for one load. Callers share the
    network and must not change it.

    Raises:
        InputError: the file is missing, unusable, or holds another kind of network.
    """
    return cast("Decomposer", _loaded(name_or_path, device, "decomposer"))


def load_informed(
    name_or_path: str | Path, device: torch.device, readings: str = AUTO_READINGS
) -> AnyDecomposer:
    """A decomposer for inference that is told what an offset network reads, if there is one.

    Args:
        name_or_path, device: as of `load_decomposer`.
        readings: see `load_reader`.

    Raises:
        InputError: as of `load_decomposer` and `load_reader`.
    """
    network = load_decomposer(name_or_path, device)
    reader = load_reader(network, name_or_path, readings, device)
    return network if reader is None else InformedDecomposer(network, reader).eval()


def load_reader(
    network: Decomposer, name_or_path: str | Path, readings: str, device: torch.device
) -> TrajectoryNetwork | None:
    """Who tells a decomposer how far things moved where nobody says it; None tells it nothing.

    Args:
        network: what is told.
        name_or_path: its weights, for messages.
        readings: weights of an offset network; `AUTO_READINGS` takes those called
            `DEFAULT_TRAJECTORY` where they are installed and the decomposer listens, `NO_READINGS`
            nobody.
        device: where it shall compute.

    Raises:
        InputError: as of `load_trajectory`, or readings are asked for by name and the decomposer
            does not listen.
    """
    if readings == AUTO_READINGS:
        readings = DEFAULT_TRAJECTORY if DEFAULT_TRAJECTORY in named_weights() else NO_READINGS
        if not network.config.sees_displacement:
            readings = NO_READINGS
    if readings == NO_READINGS:
        return None
    if not network.config.sees_displacement:
        raise InputError(f"{find_weights(name_or_path)} does not listen to readings.")
    return load_trajectory(readings, device)


def load_guesser(name_or_path: str | Path, device: torch.device) -> Predictor | TrajectoryNetwork:
    """A network that says which way things may have moved, as `load_decomposer` does it.

    Raises:
        InputError: the file is missing or unusable, or its network does not say so.
    """
    network = _loaded(name_or_path, device, "predictor", "trajectory")
    if isinstance(network, TrajectoryNetwork) and not network.reads_guidance:
        raise InputError(f"{find_weights(name_or_path)} cannot tell how sure it is of the motion.")
    return cast("Predictor | TrajectoryNetwork", network)


def load_trajectory(name_or_path: str | Path, device: torch.device) -> TrajectoryNetwork:
    """The offset network for inference, as `load_decomposer` does it.

    Raises:
        InputError: the file is missing, unusable, or holds another kind of network.
    """
    return cast("TrajectoryNetwork", _loaded(name_or_path, device, "trajectory"))


def load_deblur(name_or_path: str | Path, device: torch.device) -> DeblurNetwork:
    """The deblurring network for inference, as `load_decomposer` does it.

    Raises:
        InputError: the file is missing, unusable, or holds another kind of network.
    """
    return cast("DeblurNetwork", _loaded(name_or_path, device, "deblur"))


def _loaded(name_or_path: str | Path, device: torch.device, *wanted: str) -> nn.Module:
    path = find_weights(name_or_path).resolve()
    stamp = path.stat()
    found, network = _load(path, stamp.st_mtime_ns, stamp.st_size, device)
    if found not in wanted:
        raise InputError(f"{path} holds a {found}, not a {' or a '.join(wanted)}.")
    return network


@lru_cache(maxsize=5)
def _load(path: Path, _modified: int, _size: int, device: torch.device) -> tuple[str, nn.Module]:
    checkpoint: Checkpoint = load_checkpoint(path)
    _log.debug("loaded %s", path)
    network = checkpoint.model.requires_grad_(False).to(device)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return checkpoint.architecture, network
