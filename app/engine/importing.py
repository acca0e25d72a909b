"""Reading the authors' checkpoints into our networks; AfB's here, others in modules beside.

Only tensors are taken from their pickles (`weights_only=True`); writing the result is
`app.checkpoints`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from torch import Tensor

from app.atomic import explain_os_error
from app.errors import InputError
from models.decomposer import Decomposer, DecomposerConfig

AFB_FILES = ("decomposer_s1.pth", "decomposer_s2.pth")
_PHOTO_CHANNELS = 3
_MAX_NESTING = 4

State = dict[str, Tensor]


def import_afb(folder: Path) -> Decomposer:
    """The authors' decomposer (AfB Fig. 11) from a folder with both stages' `.pth` files.

    Widths, block counts, frames and guidance channels are inferred from the shapes. DDP's `module.`
    prefix and wrapping dictionaries such as `{"state_dict": …}` are accepted.

    Returns:
        The network in evaluation mode on the CPU, numerically equal to the authors' code where the
        guidance moves.

    Raises:
        InputError: a file is missing, is no checkpoint, or does not hold this architecture.
    """
    folder = Path(folder)
    if folder.is_file():
        raise InputError(
            f"{folder} is a file; give the folder that holds {' and '.join(AFB_FILES)}."
        )
    if not folder.is_dir():
        raise InputError(f"Cannot read {folder}: no such file or folder.")
    missing = [name for name in AFB_FILES if not (folder / name).is_file()]
    if missing:
        raise InputError(
            f"{folder} is not an AfB checkpoint folder: it lacks {' and '.join(missing)}."
        )
    first_path, second_path = (folder / name for name in AFB_FILES)
    first = _stage_state(first_path)
    second = _stage_state(second_path)
    config = _afb_config(first_path, first)
    with torch.device("meta"):
        network = Decomposer(config)
    assert network.stage2 is not None
    for path, stage, state in (
        (first_path, network.stage1, first),
        (second_path, network.stage2, second),
    ):
        fill(path, stage, state)
    return network.eval()


def read_state_dict(path: Path) -> State:
    """The tensors of a `.pth` file, wrapping dictionaries opened; nothing else is unpickled.

    Raises:
        InputError: the file cannot be read, is no checkpoint, or needs more than tensors.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise explain_os_error(error, path, "read") from error
    try:
        with stream:
            content = torch.load(stream, map_location="cpu", weights_only=True)
    except UnpicklingError as error:
        raise InputError(
            f"{path} is not a plain checkpoint: it holds something other than tensors, "
            "or is damaged, and is not opened."
        ) from error
    except (OSError, RuntimeError, EOFError, ValueError, LookupError, TypeError) as error:
        # torch reports a cut archive as any of these, "invalid argument" included.
        raise InputError(f"{path} is not a whole torch checkpoint.") from error
    state = _tensors(content, _MAX_NESTING)
    if state is None:
        raise InputError(f"{path} holds no network weights.")
    return state


def _tensors(content: Any, depth: int) -> State | None:
    """The largest dictionary of tensors in `content`, looking into nested dictionaries."""
    if not isinstance(content, Mapping) or depth == 0:
        return None
    here = {str(k): v for k, v in content.items() if isinstance(v, Tensor)}
    nested = [_tensors(v, depth - 1) for v in content.values() if isinstance(v, Mapping)]
    candidates = [state for state in (here, *nested) if state]
    return max(candidates, key=len, default=None)


def _stage_state(path: Path) -> State:
    state = read_state_dict(path)
    marker = "first_conv.conv.weight"
    prefix = next((key.removesuffix(marker) for key in state if key.endswith(marker)), None)
    if prefix is None:
        raise InputError(f"{path} does not hold an AfB decomposer stage: it has no {marker}.")
    return {key.removeprefix(prefix): tensor for key, tensor in state.items()}


def _afb_config(path: Path, state: State) -> DecomposerConfig:
    """The configuration that the shapes of stage 1 imply."""

    def sizes(key: str) -> torch.Size:
        if key not in state:
            raise InputError(f"{path} does not hold an AfB decomposer stage: it has no {key}.")
        if state[key].ndim != 4:
            raise InputError(f"{path} does not hold an AfB decomposer stage: {key} is no kernel.")
        return state[key].shape

    width, channels_in = sizes("first_conv.conv.weight")[:2]
    channels_out = sizes("final_conv.0.weight")[0]
    widths = [
        width,
        *(sizes(f"down_blocks.{i}.conv2.weight")[0] for i in range(_count(state, "down_blocks"))),
    ]
    if channels_out % _PHOTO_CHANNELS:
        raise InputError(f"{path} does not hold an AfB decomposer stage: {channels_out} outputs.")
    try:
        return DecomposerConfig(
            family="afb",
            frames=channels_out // _PHOTO_CHANNELS,
            guidance_channels=channels_in - _PHOTO_CHANNELS,
            widths=tuple(widths),
            encoder_blocks=(),
            middle_blocks=_count(state, "bottleneck"),
            decoder_blocks=(),
        )
    except ValueError as error:
        raise InputError(f"{path} does not hold an AfB decomposer stage: {error}.") from error


def _count(state: State, name: str) -> int:
    """How many numbered blocks `name.0`, `name.1`, … there are."""
    pattern = re.compile(rf"{re.escape(name)}\.(\d+)\.")
    return len({match.group(1) for key in state if (match := pattern.match(key))})


def fill(path: Path, stage: torch.nn.Module, state: State) -> None:
    """Give a network built without memory its weights, after comparing every name and shape.

    Raises:
        InputError: a tensor of `state`, read from `path`, is missing, unknown or of another shape.
    """
    expected = stage.state_dict()
    filled = {}
    for key, wanted in expected.items():
        if key not in state:
            if key.endswith("num_batches_tracked"):  # absent in old files, unused in inference
                filled[key] = torch.zeros((), dtype=wanted.dtype)
                continue
            raise InputError(f"{path} does not hold the expected network: it has no {key}.")
        tensor = state[key]
        if tensor.shape != wanted.shape:
            raise InputError(
                f"{path} does not hold the expected network: {key} is {list(tensor.shape)}, "
                f"not {list(wanted.shape)}."
            )
        filled[key] = tensor.detach().to(wanted.dtype).contiguous()
    unexpected = sorted(state.keys() - expected.keys())
    if unexpected:
        raise InputError(f"{path} does not hold the expected network: {unexpected[0]} is unknown.")
    stage.load_state_dict(filled, assign=True)
