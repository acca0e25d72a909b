"""The optimiser of every fit: orthogonalised momentum for hidden convolutions, AdamW for the rest.

Muon (Jordan et al., 2024) replaces a kernel's momentum by the nearest orthogonal matrix, so that no
direction of a layer learns much faster than another; a norm-free network then bears a far higher
learning rate. Its scale follows Liu et al. 2025 (0.2 √max), which makes AdamW's rates fit both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

# Quintic Newton-Schulz coefficients that push singular values into about [0.7, 1.2] in 5 rounds.
_QUINTIC = (3.4445, -4.7750, 2.0315)
_ROUNDS = 5


class Muon(torch.optim.Optimizer):
    """Muon on groups with `orthogonal` true, AdamW on the others.

    Args:
        groups: parameter groups as `parameter_groups` makes them; each may carry its own `lr`.
        lr: default learning rate.
        weight_decay: decoupled, as in AdamW.
        momentum: Nesterov momentum of the orthogonal groups.
        betas, eps: AdamW's constants.
    """

    def __init__(
        self,
        groups: list[dict[str, Any]],
        lr: float,
        *,
        weight_decay: float = 0.0,
        momentum: float = 0.95,
        betas: tuple[float, float] = (0.9, 0.99),
        eps: float = 1e-8,
    ) -> None:
        defaults = {
            "lr": lr, "weight_decay": weight_decay, "momentum": momentum, "betas": betas,
            "eps": eps, "orthogonal": False, "step": 0,
        }  # fmt: skip
        super().__init__(groups, defaults)

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:  # type: ignore[override]
        """Take one step."""
        result = None
        if closure is not None:
            with torch.enable_grad():
                result = closure()
        for group in self.param_groups:
            group["step"] += 1
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                parameter.mul_(1 - group["lr"] * group["weight_decay"])
                move = self._orthogonal if group["orthogonal"] else self._adam
                parameter.add_(move(parameter, parameter.grad, group), alpha=-group["lr"])
        return result

    def _orthogonal(self, parameter: Tensor, gradient: Tensor, group: dict[str, Any]) -> Tensor:
        state = self.state[parameter]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(parameter)
        momentum = state["momentum"].lerp_(gradient, 1 - group["momentum"])
        ahead = gradient.lerp(momentum, group["momentum"])
        matrix = orthogonalised(ahead.flatten(1))
        return (0.2 * max(matrix.shape) ** 0.5) * matrix.view(parameter.shape)

    def _adam(self, parameter: Tensor, gradient: Tensor, group: dict[str, Any]) -> Tensor:
        state = self.state[parameter]
        if "mean" not in state:
            state["mean"] = torch.zeros_like(parameter)
            state["square"] = torch.zeros_like(parameter)
        first, second = group["betas"]
        mean = state["mean"].lerp_(gradient, 1 - first)
        square = state["square"].mul_(second).addcmul_(gradient, gradient, value=1 - second)
        deviation = (square / (1 - second ** group["step"])).sqrt_().add_(group["eps"])
        return mean / (1 - first ** group["step"]) / deviation


def orthogonalised(matrix: Tensor) -> Tensor:
    """The nearest semi-orthogonal matrix to `(M, N)`, roughly: five Newton-Schulz rounds.

    Every round multiplies from the shorter side by a polynomial of X Xᵀ, so the rounds are done on
    square matrices of that side; the matrix itself, often ten times as long, is multiplied once.
    """
    a, b, c = _QUINTIC
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = x / (x.norm() + 1e-7)
    gram = x @ x.T
    identity = torch.eye(len(gram), dtype=x.dtype, device=x.device)
    factor = identity
    for _ in range(_ROUNDS):
        change = a * identity + b * gram + c * gram @ gram
        factor = change @ factor
        gram = change @ gram @ change
    x = factor @ x
    return x.T if tall else x


def parameter_groups(model: nn.Module, lr: float) -> list[dict[str, Any]]:
    """Kernels between layers to Muon; biases, first and last layers to AdamW.

    The layers that touch pixels are small and their scale carries meaning, so they are not
    orthogonalised; they are recognised by the names `enter` and `head`, or `first` and `final`.
    """
    ends = ("enter", "head", "first_conv", "final_conv")
    inner: list[nn.Parameter] = []
    outer: list[nn.Parameter] = []
    for name, parameter in model.named_parameters():
        at_end = any(part in ends for part in name.split("."))
        (outer if parameter.ndim < 2 or at_end else inner).append(parameter)
    return [{"params": inner, "lr": lr, "orthogonal": True}, {"params": outer, "lr": lr}]
