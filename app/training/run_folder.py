"""What a training run keeps on disk: its resumable state, its log, sample sheets and the weights.

States are safetensors like weights, so continuing a run unpickles nothing.
"""

from __future__ import annotations

import copy
import csv
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from app.atomic import atomic_file, explain_os_error
from app.checkpoints import save_checkpoint
from app.errors import InputError
from app.media.photo_writing import write_photo


class TrainingState:
    """A network, its optimiser, its averaged twin and the number of steps taken."""

    def __init__(self, model: nn.Module, optimizer: torch.optim.Optimizer) -> None:
        self.model = model
        self.optimizer = optimizer
        self.averaged = copy.deepcopy(model).eval()
        self.step = 0

    def average(self, decay: float) -> None:
        """Move the averaged weights towards the current ones; early on faster than `decay` says."""
        keep = min(decay, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for mean, current in zip(
                self.averaged.parameters(), self.model.parameters(), strict=True
            ):
                mean.lerp_(current, 1 - keep)
            for copied, buffer in zip(self.averaged.buffers(), self.model.buffers(), strict=True):
                copied.copy_(buffer)

    def tensors(self) -> dict[str, Tensor]:
        """Everything that decides the next step, by name."""
        named = {f"model.{k}": v for k, v in self.model.state_dict().items()}
        named |= {f"averaged.{k}": v for k, v in self.averaged.state_dict().items()}
        for name, parameter in self.model.named_parameters():
            moments = self.optimizer.state.get(parameter, {})
            named |= {f"optimizer.{moment}.{name}": v for moment, v in moments.items()}
        return {k: v.detach().cpu().contiguous() for k, v in named.items()}

    def restore(self, tensors: dict[str, Tensor], step: int) -> None:
        """The inverse of `tensors`.

        Raises:
            KeyError, RuntimeError: the tensors belong to another network.
        """

        def part(prefix: str) -> dict[str, Tensor]:
            return {k[len(prefix) :]: v for k, v in tensors.items() if k.startswith(prefix)}

        self.model.load_state_dict(part("model."))
        self.averaged.load_state_dict(part("averaged."))
        parameters = dict(self.model.named_parameters())
        for key, moment in part("optimizer.").items():
            kind, name = key.split(".", 1)
            # copy_ keeps the parameter's memory layout, which the fast convolutions want.
            own = torch.empty_like(parameters[name], memory_format=torch.preserve_format)
            self.optimizer.state[parameters[name]][kind] = own.copy_(moment)
        for group in self.optimizer.param_groups:
            group["step"] = step
        self.step = step


class RunFolder:
    """The files of one run: `state.safetensors`, `log.csv`, `sheets/`, `weights.safetensors`.

    Where TensorBoard is installed, `tensorboard/` shows the numbers of the log.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.weights = path / "weights.safetensors"
        self._state = path / "state.safetensors"
        self._log = path / "log.csv"
        self._board: Any = None

    def prepare(self, *, resume: bool) -> None:
        """Make the folder.

        Raises:
            InputError: a run is there and `resume` is false, or none is there and it is true.
        """
        if resume and not self._state.is_file():
            raise InputError(f"There is no run to resume in {self.path}.")
        if not resume and self._state.exists():
            raise InputError(
                f"{self.path} holds a run already; resume it or choose another folder."
            )
        try:
            (self.path / "sheets").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explain_os_error(error, self.path, "write") from error

    def save_state(self, state: TrainingState) -> None:
        """Write the resumable state, whole or not at all."""
        with atomic_file(self._state) as temporary:
            save_file(state.tensors(), temporary, metadata={"step": str(state.step)})

    def load_state(self, state: TrainingState) -> None:
        """Read the state back into `state`.

        Raises:
            InputError: the file is broken or belongs to another network.
        """
        try:
            with safe_open(self._state, framework="pt") as file:
                step = int((file.metadata() or {}).get("step", ""))
                state.restore({k: file.get_tensor(k) for k in file.keys()}, step)  # noqa: SIM118
        except (SafetensorError, KeyError, RuntimeError, ValueError, OSError) as error:
            raise InputError(
                f"{self._state} cannot be resumed: it is broken or of another network."
            ) from error

    def open_log(self, step: int) -> None:
        """Continue the log after `step`: the steps since the last saved state are taken again."""
        if self._log.exists():
            rows = self._log.read_text().splitlines(keepends=True)
            kept = rows[:1] + [r for r in rows[1:] if int(r.split(",", 1)[0]) <= step]
            with atomic_file(self._log) as temporary:
                temporary.write_text("".join(kept))
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError:
            return
        self._board = SummaryWriter(str(self.path / "tensorboard"), purge_step=step + 1)

    def close_log(self) -> None:
        """Write what TensorBoard still holds back."""
        if self._board is not None:
            self._board.close()

    def log(self, step: int, loss: float, rate: float, metrics: dict[str, float]) -> None:
        """Append one row to `log.csv`; metrics become `name=value` pairs in the last column."""
        new = not self._log.exists()
        with self._log.open("a", newline="") as stream:
            writer = csv.writer(stream)
            if new:
                writer.writerow(["step", "loss", "rate", "metrics"])
            measured = " ".join(f"{k}={v:.4f}" for k, v in metrics.items())
            writer.writerow([step, f"{loss:.6f}", f"{rate:.3e}", measured])
        if self._board is not None:
            for name, value in {"loss": loss, "rate": rate, **metrics}.items():
                self._board.add_scalar(name, value, step)

    def write_sheet(self, sheet: np.ndarray, step: int) -> None:
        """Keep a picture of validation results, `(H, W, 3)` uint8."""
        write_photo(self.path / "sheets" / f"{step:07d}.png", sheet)

    def write_weights(self, model: nn.Module, note: dict[str, str]) -> None:
        """Write the finished weights with a note of how they were fitted."""
        save_checkpoint(self.weights, model, metadata=note)
