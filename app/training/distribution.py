"""One fit in several processes: who takes which samples of a step, and how gradients are added up.

Processes are started by `accelerate launch`, or on CPUs, where that starts only one, by `torchrun`;
a single process needs neither of them nor the package. The processes simulate a share of every
block each, make the same whole batches of it and fit their share of those, and as losses are
divided by counts over the whole batch, the sum of gradients is that of a single process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from app.errors import InputError


@dataclass(frozen=True)
class Processes:
    """The processes of a fit as one of them sees it.

    Attributes:
        rank, count: which one this is, of how many.
        device: what this one computes on.
    """

    rank: int
    count: int
    device: torch.device

    @property
    def main(self) -> bool:
        """Whether this is the one that measures and writes."""
        return self.rank == 0

    def shares(self, samples: int, pieces: int) -> list[slice]:
        """This process's samples of a step in `pieces` parts, each small enough to be fitted."""
        total = self.count * pieces
        bounds = [samples * i // total for i in range(total + 1)]
        first = self.rank * pieces
        return [slice(bounds[i], bounds[i + 1]) for i in range(first, first + pieces)]

    def sum_gradients(self, model: nn.Module) -> None:
        """Give every process the sum of all processes' gradients."""
        if self.count == 1:
            return
        gradients = [p.grad for p in model.parameters() if p.grad is not None]
        # One long message is quicker than one for every layer.
        total = summed(torch.cat([g.flatten() for g in gradients]))
        for gradient, part in zip(
            gradients, total.split([g.numel() for g in gradients]), strict=True
        ):
            gradient.copy_(part.view(gradient.shape))

    def sum(self, value: float) -> float:
        """The sum of all processes' values."""
        if self.count == 1:
            return value
        return float(summed(torch.tensor([value], dtype=torch.float32, device=self.device)))


def launched() -> tuple[int, int]:
    """Rank and number of the processes that a launcher has started; (0, 1) without one."""
    return int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))


@contextmanager
def joined_processes(device: str) -> Iterator[Processes]:
    """Meet the other processes, if a launcher has started any, and part at the end.

    Args:
        device: "cpu", "cuda", …; of several processes each gets an accelerator of its own.

    Raises:
        InputError: there are several processes and accelerate is not installed.
    """
    if launched()[1] == 1:
        yield Processes(0, 1, torch.device(device))
        return
    try:
        from accelerate import PartialState
    except ImportError as error:
        raise InputError(
            "Fitting in several processes needs accelerate: pip install 'unspool[train]'."
        ) from error
    state: Any = PartialState(cpu=device == "cpu")
    try:
        yield Processes(state.process_index, state.num_processes, state.device)
    finally:
        state.destroy_process_group()


def summed(values: Tensor) -> Tensor:
    """The sum of all processes' tensors of one shape, after `joined_processes`."""
    from accelerate.utils import reduce

    total: Tensor = reduce(values, reduction="sum")
    return total
