"""torchvision's RAFT (Teed and Deng, ECCV 2020) as a matcher, where it and its weights are there.

Nothing is downloaded: the weights must be where torchvision itself would keep them.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.errors import InputError

WEIGHTS = "raft_large_C_T_SKHT_V2-ff5fadd5.pth"
"""The file that torchvision calls RAFT's default weights."""

_STRIDE = 8
_SMALLEST_SIDE = 128
"""RAFT's coarsest correlations need at least this many pixels."""
_UPDATES = 12


def raft_missing() -> str:
    """Why RAFT cannot be used here, in one sentence; empty if it can."""
    if importlib.util.find_spec("torchvision") is None:
        return "RAFT needs torchvision: pip install 'unspool[raft]'."
    path = _weights_path()
    if not path.is_file():
        return (
            "RAFT needs its weights, which nothing downloads here: save "
            f"https://download.pytorch.org/models/{WEIGHTS} as {path}."
        )
    return ""


def raft_matcher(
    device: str = "cpu",
) -> Callable[[NDArray[np.uint8], NDArray[np.uint8]], NDArray[np.float32]]:
    """RAFT as a `Matcher`.

    Raises:
        InputError: torchvision or the weights are missing, or are not what they should be.
    """
    missing = raft_missing()
    if missing:
        raise InputError(missing)
    import torch

    try:
        from torchvision.models.optical_flow import raft_large
    # A torchvision of another release than torch fails while it registers its operators.
    except (ImportError, RuntimeError) as error:
        raise InputError(
            f"RAFT needs the torchvision that goes with torch {torch.__version__}: {error}."
        ) from error
    path = _weights_path()
    network = raft_large(weights=None)
    try:
        network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    # A damaged file can fail in any of torch's and pickle's ways.
    except Exception as error:
        raise InputError(f"Cannot read {path}: it is not RAFT's weights, or damaged.") from error
    network = network.to(device).eval()

    def prepared(picture: NDArray[np.uint8]) -> torch.Tensor:
        height, width = picture.shape[:2]
        down, right = (max(_SMALLEST_SIDE, -(-n // _STRIDE) * _STRIDE) - n for n in (height, width))
        wide = np.pad(picture, ((0, down), (0, right), (0, 0)), mode="edge")
        levels = torch.from_numpy(np.ascontiguousarray(wide)).to(device)
        return levels.permute(2, 0, 1)[None].float() / 127.5 - 1

    def match(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> NDArray[np.float32]:
        height, width = first.shape[:2]
        with torch.inference_mode():
            flow = network(prepared(first), prepared(second), num_flow_updates=_UPDATES)[-1]
        field = flow[0, :, :height, :width].permute(1, 2, 0).float().cpu().numpy()
        return np.ascontiguousarray(field)

    return match


def _weights_path() -> Path:
    import torch

    return Path(torch.hub.get_dir()) / "checkpoints" / WEIGHTS
