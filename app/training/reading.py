"""What other networks take over from a guided offset network, which reads blur best.

Known trajectories tell so much about every pixel that reading is learned soon from them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from app.checkpoints import load_checkpoint
from app.errors import InputError
from models.decomposer import Decomposer
from models.offset_networks import GuidedOffsets
from models.predictor import Predictor
from models.trajectory import TrajectoryNetwork


def frozen_offsets(path: Path, device: torch.device) -> TrajectoryNetwork:
    """The offset network in a file, as it is and stays.

    Raises:
        InputError: the file cannot be used or holds another kind of network.
    """
    checkpoint = load_checkpoint(path, device)
    network = checkpoint.model
    if not isinstance(network, TrajectoryNetwork):
        raise InputError(f"{path} holds no offset network but a {checkpoint.architecture}.")
    network = network.eval().requires_grad_(False)
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def take_reading(predictor: Predictor, other: nn.Module, path: Path) -> None:
    """Let a predictor begin with the layers of an offset network, but for those of the guidance.

    Args:
        predictor: is changed.
        other: the network that was found in `path`.

    Raises:
        InputError: the other network is no guided offset network, or of other sizes.
    """
    theirs = {
        k: v for k, v in _reader_in(other, path).unet.state_dict().items() if "head." not in k
    }
    ours = predictor.generator.state_dict()
    theirs["enter.weight"] = theirs["enter.weight"][:, : ours["enter.weight"].shape[1]]
    if any(key not in ours or ours[key].shape != value.shape for key, value in theirs.items()):
        raise InputError(f"The offset network in {path} has not the predictor's sizes.")
    predictor.generator.load_state_dict(theirs, strict=False)


def with_reader(decomposer: Decomposer, path: Path) -> Decomposer:
    """The decomposer with the offset network in `path` as its reader.

    A decomposer that had none answers as before: what is read is not listened to yet.

    Raises:
        InputError: the file cannot be used or holds no guided offset network with a start and an
            end, or the decomposer cannot have a reader.
    """
    if decomposer.config.sees_displacement:
        raise InputError("A decomposer that sees displacement cannot be given a reader.")
    network = load_checkpoint(path).model
    reader = _reader_in(network, path)
    assert isinstance(network, TrajectoryNetwork)
    if not reader.bends:
        raise InputError(f"A reader tells start and end; {path} tells one of them only.")
    read = network.config
    try:
        result = Decomposer(
            replace(decomposer.config, reader=read.widths, reader_blocks=read.blocks)
        )
    except ValueError as error:
        raise InputError(f"This decomposer cannot have a reader: {error}.") from error
    state = {k: v for k, v in decomposer.state_dict().items() if not k.startswith("reader.")}
    state |= {f"reader.{key}": value for key, value in reader.state_dict().items()}
    return _with_more_planes(result, state)


def with_displacement(decomposer: Decomposer) -> Decomposer:
    """The decomposer as one that can be told displacement and makes all of it that it can.

    It reads the photo along it, and with two stages carries frames along it. Told nothing it
    answers as before.

    Raises:
        InputError: it cannot learn that.
    """
    if decomposer.config.reader:
        raise InputError("A decomposer that has a reader cannot be taught to see displacement.")
    try:
        wanted = decomposer.config.listening()
    except ValueError as error:
        raise InputError(f"This decomposer cannot see displacement: {error}.") from error
    if wanted == decomposer.config:
        return decomposer
    result = Decomposer(wanted)
    return _with_more_planes(result, decomposer.state_dict())


def _with_more_planes(result: Decomposer, state: dict[str, Tensor]) -> Decomposer:
    """The state of one that sees and says less: what is new comes last and counts nothing yet."""
    grown = {name: torch.zeros_like(value) for name, value in result.state_dict().items()}
    for name, fresh in grown.items():
        fresh[tuple(slice(0, size) for size in state[name].shape)] = state[name]
    result.load_state_dict(grown)
    return result


def _reader_in(network: nn.Module, path: Path) -> GuidedOffsets:
    if isinstance(network, TrajectoryNetwork) and isinstance(network.body, GuidedOffsets):
        return network.body
    raise InputError(f"{path} holds no offset network that reads guidance.")
