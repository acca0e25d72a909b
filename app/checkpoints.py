"""Saved networks: safetensors files that carry their architecture and configuration in the header.

Reading one executes nothing and allocates no more than the file holds. Where weights are looked for
by name is `app.engine.weights`; how a training run is resumed is `app.training`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from app.atomic import atomic_file, explain_os_error
from app.errors import InputError, RunError
from models.deblur import DeblurConfig, DeblurNetwork
from models.decomposer import Decomposer, DecomposerConfig
from models.predictor import Predictor, PredictorConfig
from models.trajectory import TrajectoryConfig, TrajectoryNetwork

FORMAT = "1"
_FORMAT_KEY = "unspool.format"
_ARCHITECTURE_KEY = "unspool.architecture"
_CONFIG_KEY = "unspool.config"
_RESERVED = "unspool."

# Bounds on what a header may ask to be built. The tensors' sizes are bounded by the file itself
# (every shape must match); these keep a hostile header from building millions of empty layers.
_MAX_CONFIG_CHARACTERS = 20_000
_MAX_CONFIG_NUMBER = 8192
_MAX_CONFIG_SUM = 30_000


class _Config(Protocol):
    def to_dict(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Architecture:
    """How to build one kind of network: `module(config.from_dict(values))`."""

    config: Any
    module: Any


# Every architecture that a file may name. Its configuration class has `to_dict` and `from_dict`
# (raising ValueError), its module class takes the configuration and keeps it as `.config`.
ARCHITECTURES: dict[str, Architecture] = {
    "decomposer": Architecture(DecomposerConfig, Decomposer),
    "predictor": Architecture(PredictorConfig, Predictor),
    "trajectory": Architecture(TrajectoryConfig, TrajectoryNetwork),
    "deblur": Architecture(DeblurConfig, DeblurNetwork),
}


@dataclass(frozen=True)
class Header:
    """What a weights file says about itself, read without loading its tensors.

    `config` is the configuration's `to_dict`; `metadata` the free part (data set, steps, licence,
    …); `parameters` counts the stored numbers.
    """

    path: Path
    architecture: str
    config: dict[str, Any]
    metadata: dict[str, str]
    parameters: int


@dataclass(frozen=True)
class Checkpoint:
    """A network in evaluation mode with float32 weights, and what its file says about it."""

    model: nn.Module
    architecture: str
    config: dict[str, Any]
    metadata: dict[str, str]


def save_checkpoint(
    path: Path,
    model: nn.Module,
    *,
    metadata: Mapping[str, str] | None = None,
    half: bool = False,
    overwrite: bool = True,
) -> None:
    """Write a network to `path`, whole or not at all.

    Args:
        path: the `.safetensors` file.
        model: one of the registered architectures.
        metadata: free text about the weights; keys beginning with "unspool." are reserved.
        half: store float16, half the size; the values are rounded.
        overwrite: replace an existing file.

    Raises:
        ValueError: the model's class is not registered or a metadata key is reserved.
        InputError: the file exists and may not be replaced, or cannot be written.
        RunError: the weights are not finite (or do not fit float16), or the disk is full.
    """
    path = Path(path)
    name = next((n for n, a in ARCHITECTURES.items() if type(model) is a.module), None)
    if name is None:
        raise ValueError(f"{type(model).__name__} is not a registered architecture")
    header = dict(metadata or {})
    reserved = [key for key in header if key.startswith(_RESERVED)]
    if reserved:
        raise ValueError(f"metadata keys beginning with '{_RESERVED}' are reserved: {reserved}")
    config: _Config = model.config  # type: ignore[assignment]
    header[_FORMAT_KEY] = FORMAT
    header[_ARCHITECTURE_KEY] = name
    header[_CONFIG_KEY] = json.dumps(config.to_dict(), sort_keys=True)

    tensors = {}
    for key, tensor in model.state_dict().items():
        stored = tensor.detach().to("cpu")
        if stored.is_floating_point():
            stored = stored.to(torch.float16 if half else torch.float32)
            if not torch.isfinite(stored).all():
                limit = " in half precision" if half else ""
                raise RunError(f"Cannot write {path}: {key} is not finite{limit}.")
        # A plain copy: safetensors refuses shared storage and other memory layouts.
        tensors[key] = stored.clone(memory_format=torch.contiguous_format)
    with atomic_file(path, overwrite=overwrite) as temporary:
        try:
            save_file(tensors, temporary, metadata=header)
        except SafetensorError as error:
            raise RunError(f"Cannot write {path}: {error}.") from error


def read_header(path: Path) -> Header:
    """Read what a weights file says about itself, without its tensors.

    Raises:
        InputError: the file is missing, truncated, not ours, from a newer Unspool, or its
            architecture or configuration is unknown or absurd.
    """
    path = Path(path)
    with _opened(path) as file:
        return _header(path, file)


def load_checkpoint(path: Path, device: str | torch.device = "cpu") -> Checkpoint:
    """Load a network written by `save_checkpoint`.

    Args:
        path: the `.safetensors` file.
        device: where the weights go.

    Returns:
        The network in evaluation mode; float16 files are widened to float32.

    Raises:
        InputError: everything `read_header` refuses, and tensors that are missing, unexpected, of
            another shape or type, or not finite.
    """
    path = Path(path)
    with _opened(path) as file:
        header = _header(path, file)
        model = _empty_model(path, header)
        expected = model.state_dict()
        stored = set(file.keys())
        _refuse_other_names(path, expected.keys() - stored, stored - expected.keys())
        for key, tensor in expected.items():
            shape = tuple(file.get_slice(key).get_shape())
            if shape != tuple(tensor.shape):
                raise InputError(
                    f"{path} does not fit its own configuration: {key} is {list(shape)}, "
                    f"not {list(tensor.shape)}."
                )
        try:
            state = {
                key: _widened(path, key, file.get_tensor(key), expected[key].dtype)
                for key in expected
            }
        except (SafetensorError, OSError) as error:
            raise InputError(f"{path} is damaged: {error}.") from error
    model.load_state_dict(state, assign=True)
    model.to(device).eval()
    return Checkpoint(model, header.architecture, header.config, header.metadata)


def _opened(path: Path) -> Any:
    """The safetensors file at `path`, which is a context manager."""
    try:
        with path.open("rb") as stream:
            stream.read(1)
    except OSError as error:
        raise explain_os_error(error, path, "read") from error
    try:
        return safe_open(path, framework="pt")
    except (SafetensorError, OSError) as error:
        raise InputError(
            f"{path} is not a whole safetensors file: truncated, damaged or of another kind "
            f"({error})."
        ) from error


def _header(path: Path, file: Any) -> Header:
    metadata: dict[str, str] = dict(file.metadata() or {})
    version = metadata.get(_FORMAT_KEY)
    if version is None:
        raise InputError(
            f"{path} does not hold Unspool weights: its header names no Unspool format."
        )
    if version != FORMAT:
        raise InputError(
            f"{path} was written by a newer Unspool (weights format {version!r}, this version "
            f"reads {FORMAT}); update Unspool to use it."
        )
    architecture = metadata.get(_ARCHITECTURE_KEY, "")
    if architecture not in ARCHITECTURES:
        known = ", ".join(sorted(ARCHITECTURES))
        raise InputError(f"{path} holds an unknown architecture '{architecture}' (known: {known}).")
    config = _config_values(path, metadata.get(_CONFIG_KEY, ""))
    free = {key: text for key, text in metadata.items() if not key.startswith(_RESERVED)}
    parameters = sum(_count(file.get_slice(key).get_shape()) for key in file.keys())  # noqa: SIM118
    return Header(path, architecture, config, free, parameters)


def _count(shape: list[int]) -> int:
    count = 1
    for size in shape:
        count *= size
    return count


def _config_values(path: Path, text: str) -> dict[str, Any]:
    problem = f"{path} carries an unusable configuration"
    if len(text) > _MAX_CONFIG_CHARACTERS:
        raise InputError(f"{problem}: it is {len(text)} characters long.")
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{problem}: it is not JSON.") from error
    if not isinstance(values, dict):
        raise InputError(f"{problem}: it is not an object.")
    numbers = [abs(number) for number in _numbers(path, values)]
    if any(n > _MAX_CONFIG_NUMBER for n in numbers) or sum(numbers) > _MAX_CONFIG_SUM:
        raise InputError(f"{problem}: it describes an absurdly large network.")
    return values


def _numbers(path: Path, value: Any) -> list[float]:
    """All numbers in a configuration of plain values and flat lists."""
    if isinstance(value, dict):
        return [n for item in value.values() for n in _numbers(path, item)]
    if isinstance(value, list):
        return [n for item in value for n in _numbers(path, item)]
    if isinstance(value, (int, float)):
        return [value]
    if value is None or isinstance(value, str):
        return []
    raise InputError(f"{path} carries an unusable configuration: {value!r} is not a plain value.")


def _empty_model(path: Path, header: Header) -> nn.Module:
    """The network without memory behind its weights, to compare shapes before loading anything."""
    architecture = ARCHITECTURES[header.architecture]
    try:
        config = architecture.config.from_dict(header.config)
        with torch.device("meta"):
            model: nn.Module = architecture.module(config)
    except (ValueError, TypeError, RuntimeError, ArithmeticError, LookupError) as error:
        raise InputError(f"{path} carries an unusable configuration: {error}.") from error
    return model


def _refuse_other_names(path: Path, missing: set[str], unexpected: set[str]) -> None:
    if missing:
        raise InputError(
            f"{path} lacks {len(missing)} of its network's tensors, for example {min(missing)}."
        )
    if unexpected:
        raise InputError(
            f"{path} holds {len(unexpected)} tensors that its network does not have, for example "
            f"{min(unexpected)}."
        )


def _widened(path: Path, key: str, tensor: Tensor, wanted: torch.dtype) -> Tensor:
    if tensor.is_floating_point() != wanted.is_floating_point or tensor.is_complex():
        raise InputError(f"{path} stores {key} as {tensor.dtype}, which does not fit {wanted}.")
    widened = tensor.to(wanted)
    if widened.is_floating_point() and not torch.isfinite(widened).all():
        raise InputError(f"{path} is damaged: {key} holds values that are not finite numbers.")
    return widened
