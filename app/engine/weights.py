"""Finding weights by name or path, and loading them once.

Shipped weights lie in the `weights` folder of the installation, a person's own in the user data
folder. The file format is `app.checkpoints`.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import torch
from torch import nn

from app.assets import weights_dir
from app.checkpoints import Checkpoint, load_checkpoint, read_header
from app.errors import InputError
from models.deblur import DeblurNetwork
from models.decomposer import Decomposer
from models.predictor import Predictor
from models.trajectory import TrajectoryNetwork

SUFFIX = ".safetensors"
DEFAULT_DECOMPOSER = "decomposer-default"
FAST_DECOMPOSER = "decomposer-fast"
DEFAULT_PREDICTOR = "predictor"
DEFAULT_TRAJECTORY = "trajectory-quadratic"
DEFAULT_DEBLUR = "deblur"

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


def user_weights_dir() -> Path:
    """Where a person's own weights are found by name; it need not exist."""
    # Imported late: machines that only fit networks do without it.
    import platformdirs

    return platformdirs.user_data_path("unspool", appauthor=False) / "weights"


def weights_folders() -> list[Path]:
    """The folders searched for names, first found wins: the shipped weights, then one's own."""
    return [weights_dir(), user_weights_dir()]


def find_weights(name_or_path: str | Path) -> Path:
    """The file for a name such as "decomposer-fast", or for a path.

    Raises:
        InputError: there is no such file; the sentence names what there is.
    """
    text = str(name_or_path)
    path = Path(text).expanduser()
    if path.is_file():
        return path
    looks_like_path = path.suffix == SUFFIX or len(path.parts) > 1
    if not looks_like_path:
        for folder in weights_folders():
            candidate = folder / f"{text}{SUFFIX}"
            if candidate.is_file():
                return candidate
    if path.is_dir():
        raise InputError(f"Cannot read weights from {path}: it is a folder.")
    known = ", ".join(sorted({info.name for info in _files()})) or "none are installed"
    what = f"the weights file {path}" if looks_like_path else f"weights called '{text}'"
    raise InputError(f"Cannot find {what} (by name there are: {known}).")


def list_weights() -> list[WeightsInfo]:
    """Every weights file that can be named, shipped ones first; unusable files carry a problem."""
    return [describe_weights(info.path) for info in _files()]


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


def load_decomposer(name_or_path: str | Path, device: torch.device) -> Decomposer:
    """The decomposer for inference: evaluation mode, channels_last, on `device`.

    The last few are kept, so that many photos or previews pay for one load. Callers share the
    network and must not change it.

    Raises:
        InputError: the file is missing, unusable, or holds another kind of network.
    """
    return cast("Decomposer", _loaded(name_or_path, device, "decomposer"))


def load_predictor(name_or_path: str | Path, device: torch.device) -> Predictor:
    """The guidance predictor for inference, as `load_decomposer` does it.

    Raises:
        InputError: the file is missing, unusable, or holds another kind of network.
    """
    return cast("Predictor", _loaded(name_or_path, device, "predictor"))


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


def _loaded(name_or_path: str | Path, device: torch.device, architecture: str) -> nn.Module:
    path = find_weights(name_or_path).resolve()
    stamp = path.stat()
    found, network = _load(path, stamp.st_mtime_ns, stamp.st_size, device)
    if found != architecture:
        raise InputError(f"{path} holds a {found}, not a {architecture}.")
    return network


@lru_cache(maxsize=5)
def _load(path: Path, _modified: int, _size: int, device: torch.device) -> tuple[str, nn.Module]:
    checkpoint: Checkpoint = load_checkpoint(path)
    _log.debug("loaded %s", path)
    network = checkpoint.model.requires_grad_(False).to(device)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return checkpoint.architecture, network


def _files() -> list[WeightsInfo]:
    found: dict[str, WeightsInfo] = {}
    for folder in weights_folders():
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            # The first folder's file is the one that `find_weights` means by this name.
            found.setdefault(path.stem, WeightsInfo(path.stem, path, path.stat().st_size))
    return list(found.values())
