"""Reading the checkpoints of Motion-ETR's two networks: the offset network and DMPHN(1-2-4).

Opening the files is `importing`; here are the authors' names of layers and what shapes imply.
"""

from __future__ import annotations

import re
from pathlib import Path

import torch

from app.engine.importing import State, fill, read_state_dict
from app.errors import InputError
from models.deblur import DeblurConfig, DeblurNetwork
from models.trajectory import TrajectoryConfig, TrajectoryNetwork

OFFSET_SUFFIX = "_net_offset.pth"
DMPHN_PARTS = ("encoder", "decoder")

_FREE_ENDS = ("quadratic", "bilinear")
_OFFSET_NAMES = [
    (r"conv_(\d)\.1\.", r"encode\1.enter."),
    (r"conv_(\d)\.3\.(\d+)\.conv_block\.1\.", r"encode\1.blocks.\2.conv1."),
    (r"conv_(\d)\.3\.(\d+)\.conv_block\.4\.", r"encode\1.blocks.\2.conv2."),
    # The authors register each bottleneck's layers twice; the second names are read last.
    (r"bottleneck_(\d)\.model\.0\.", r"bottleneck\1.widen."),
    (r"bottleneck_(\d)\.model\.2\.", r"bottleneck\1.narrow."),
    (r"uconv_(\d)\.", r"up\1."),
    (r"conv_out_0\.", r"head."),
]
_REPEATED = re.compile(r"bottleneck_\d\.conv[12]\.")
_DMPHN_NAMES = {
    "encoder": {
        1: "enter", 2: "blocks.0.0", 3: "blocks.0.1",
        5: "downs.0", 6: "blocks.1.0", 7: "blocks.1.1",
        9: "downs.1", 10: "blocks.2.0", 11: "blocks.2.1",
    },
    "decoder": {
        13: "blocks.0.0", 14: "blocks.0.1",
        16: "ups.0", 17: "blocks.1.0", 18: "blocks.1.1",
        20: "ups.1", 21: "blocks.2.0", 22: "blocks.2.1",
        24: "head",
    },
}  # fmt: skip


def import_motion_etr(path: Path, constraint: str | None = None) -> TrajectoryNetwork:
    """Motion-ETR's offset network from `*_net_offset.pth`, or from a folder that holds one.

    Args:
        path: the file or folder.
        constraint: needed where the shapes leave a choice: four output channels are either
            "quadratic" or "bilinear".

    Returns:
        The network in evaluation mode on the CPU, equal to the authors' up to rounding; its
        trajectories run first to last.

    Raises:
        InputError: the file is missing, is no checkpoint, does not hold this architecture, or
            does not fit the constraint.
    """
    file = _offset_file(Path(path))
    named = _without_prefix(read_state_dict(file), "conv_out_0.weight", file)
    state = {_our_offset_name(k): v for k, v in named.items() if not _REPEATED.match(k)}
    head = state["head.weight"]
    kernels = [state.get(f"encode{level}.enter.weight") for level in (1, 2, 3)]
    if head.ndim != 4 or any(k is None or k.ndim != 4 for k in kernels):
        raise InputError(f"{file} does not hold Motion-ETR's offset network.")
    blocks = len({k.split(".")[2] for k in state if k.startswith("encode1.blocks.")})
    kind, points = _constraint(file, head.shape[0], constraint)
    widths = [int(k.shape[0]) for k in kernels if k is not None]
    try:
        config = TrajectoryConfig(kind, points, "table", tuple(widths), blocks)
    except ValueError as error:
        raise InputError(f"{file} does not hold Motion-ETR's offset network: {error}.") from error
    with torch.device("meta"):
        network = TrajectoryNetwork(config)
    fill(file, network.body, state)
    return network.eval()


def import_dmphn(folder: Path) -> DeblurNetwork:
    """DMPHN(1-2-4) from a folder with `encoder_lv1.pkl` … `decoder_lv3.pkl`.

    Returns:
        The plain network in evaluation mode on the CPU, whose answer is the image itself.

    Raises:
        InputError: a file is missing, is no checkpoint, or does not hold this architecture.
    """
    folder = Path(folder)
    files = {(part, lv): folder / f"{part}_lv{lv}.pkl" for lv in (1, 2, 3) for part in DMPHN_PARTS}
    if not folder.is_dir():
        what = "is a file" if folder.is_file() else "is no folder"
        raise InputError(f"{folder} {what}; give the folder that holds DMPHN's six .pkl files.")
    missing = [path.name for path in files.values() if not path.is_file()]
    if missing:
        raise InputError(
            f"{folder} is no DMPHN checkpoint folder: it lacks {' and '.join(missing)}."
        )
    marker = {"encoder": "layer1.weight", "decoder": "layer24.weight"}
    states = {
        key: _without_prefix(read_state_dict(path), marker[key[0]], path)
        for key, path in files.items()
    }
    first = states["encoder", 1]["layer1.weight"]
    with torch.device("meta"):
        network = DeblurNetwork(DeblurConfig(width=int(first.shape[0]), residual=False))
    for (part, level), state in states.items():
        module = getattr(network.body, f"{part}s")[level - 1]
        path = files[part, level]
        fill(path, module, {_our_dmphn_name(path, part, k): v for k, v in state.items()})
    return network.eval()


def _offset_file(path: Path) -> Path:
    if not path.is_dir():
        return path
    found = sorted(path.glob(f"*{OFFSET_SUFFIX}"))
    if len(found) != 1:
        known = ", ".join(f.name for f in found) or "none"
        raise InputError(f"{path} must hold exactly one *{OFFSET_SUFFIX} (there are: {known}).")
    return found[0]


def _without_prefix(state: State, marker: str, path: Path) -> State:
    """The state with the prefix that wrapped training added, recognised by a layer's name."""
    prefix = next((k.removesuffix(marker) for k in state if k.endswith(marker)), None)
    if prefix is None:
        raise InputError(f"{path} does not hold the expected network: it has no {marker}.")
    return {key.removeprefix(prefix): tensor for key, tensor in state.items()}


def _our_offset_name(name: str) -> str:
    for theirs, ours in _OFFSET_NAMES:
        changed, count = re.subn(f"^{theirs}", ours, name)
        if count:
            return changed
    return name


def _our_dmphn_name(path: Path, part: str, name: str) -> str:
    match = re.fullmatch(r"layer(\d+)(?:\.([02]))?\.(weight|bias)", name)
    ours = _DMPHN_NAMES[part].get(int(match.group(1))) if match else None
    if match is None or ours is None:
        raise InputError(f"{path} does not hold the expected network: {name} is unknown.")
    conv = {None: "", "0": ".conv1", "2": ".conv2"}[match.group(2)]
    return f"{ours}{conv}.{match.group(3)}"


def _constraint(file: Path, channels: int, wanted: str | None) -> tuple[str, int]:
    """The constraint and the number of points that so many output channels mean."""
    points = TrajectoryConfig().points
    if channels == 4 and wanted is None:
        raise InputError(
            f"{file} predicts two ends, which fit two constraints: say --constraint "
            f"{' or --constraint '.join(_FREE_ENDS)}."
        )
    possible = {2: ("linear",), 4: _FREE_ENDS}.get(channels, ("zero",))
    if wanted is not None and wanted not in possible:
        raise InputError(
            f"{file} has {channels} output channels, which does not fit the constraint '{wanted}' "
            f"(possible: {', '.join(possible)})."
        )
    kind = wanted or possible[0]
    if kind == "zero":
        if channels % 2 or channels < 4:
            raise InputError(f"{file} has {channels} output channels, which are no points.")
        points = channels // 2
    return kind, points
