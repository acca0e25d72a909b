"""The deterministic weights with which the authors' code made the fixtures in `tests/data`."""

from __future__ import annotations

import numpy as np
import torch


def fixture_weights(shapes: dict[str, list[int]], scale: float = 1.5) -> dict[str, torch.Tensor]:
    """A sine per tensor, scaled by its role; names and shapes are the authors'."""
    state: dict[str, torch.Tensor] = {}
    names = sorted(name for name in shapes if not name.endswith("num_batches_tracked"))
    for i, name in enumerate(names):
        shape = shapes[name]
        n = int(np.prod(shape))
        a = np.sin(0.7 * np.arange(n) + 1.3 * (i + 1))
        if name.endswith("running_var"):
            values = 0.75 + 0.25 * a
        elif len(shape) > 1:
            values = a * scale / np.sqrt(n / shape[0])
        elif name.endswith("weight"):
            values = 1 + 0.1 * a
        else:
            values = 0.05 * a
        state[name] = torch.from_numpy(values.astype(np.float32).reshape(shape))
    for name in shapes.keys() - state.keys():
        state[name] = torch.tensor(0)
    return state
