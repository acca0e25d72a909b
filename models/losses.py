"""Losses for fitting decomposers, as pure functions of tensors."""

from __future__ import annotations

import torch
from torch import Tensor

from models.decomposer import Decomposition

LOSSES = ("charbonnier", "mse")


def decomposition_loss(
    result: Decomposition, frames: Tensor, moving: Tensor, kind: str = "charbonnier"
) -> Tensor:
    """Both stages against the truth over the pixels that the guidance frees (AfB Eq. 8).

    Args:
        result: both stages' frames, `(B, T, 3, H, W)` each.
        frames: the truth, `(B, T, 3, H, W)`.
        moving: `(B, 1, H, W)` bool; elsewhere the frames are the photo and nothing can be learned.
        kind: "mse" (the paper's) or "charbonnier", which prefers sharp answers to mean ones.

    Returns:
        A scalar: the mean per freed pixel and channel, summed over the stages.

    Raises:
        ValueError: `kind` is not one of `LOSSES`.
    """
    weight = moving[:, None].to(frames.dtype)
    count = (weight.sum() * frames.shape[1] * frames.shape[2]).clamp(min=1)
    stages = [result.frames] if result.coarse is result.frames else [result.coarse, result.frames]
    total = frames.new_zeros(())
    for stage in stages:
        total = total + (_penalty(stage - frames, kind) * weight).sum() / count
    return total


def _penalty(error: Tensor, kind: str) -> Tensor:
    if kind == "mse":
        return error.square()
    if kind == "charbonnier":
        return torch.sqrt(error.square() + 1e-6)
    raise ValueError(f"unknown loss '{kind}' (known: {', '.join(LOSSES)})")
