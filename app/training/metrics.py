"""Measures of decomposed frames against the truth, as functions of tensors."""

from __future__ import annotations

import torch
from torch import Tensor

from models.light import exposed, linear_to_srgb


def squared_errors(frames: Tensor, truth: Tensor, where: Tensor) -> tuple[Tensor, Tensor]:
    """Per-sample sums of squared error and counts over the pixels of `where`.

    Args:
        frames, truth: `(B, T, 3, H, W)` in [0, 1]; clamped here.
        where: `(B, 1, H, W)` bool.

    Returns:
        `(B,)` sums and `(B,)` counts of values.
    """
    weight = where[:, None].to(frames.dtype)
    errors = (frames.clamp(0, 1) - truth.clamp(0, 1)).square() * weight
    count = weight.flatten(1).sum(1) * frames.shape[1] * frames.shape[2]
    return errors.flatten(1).sum(1), count


def psnr(sums: Tensor, counts: Tensor) -> Tensor:
    """Decibels per sample from pooled squared errors of values in [0, 1]; nan where none count."""
    return -10 * torch.log10((sums / counts).clamp(min=1e-10))


def frame_psnr(frames: Tensor, truth: Tensor, where: Tensor) -> Tensor:
    """Decibels of every frame by itself, `(B, T)`; arguments as of `squared_errors`."""
    count, length = frames.shape[:2]
    each = where.repeat_interleave(length, dim=0)
    sums, counts = squared_errors(frames.flatten(0, 1)[:, None], truth.flatten(0, 1)[:, None], each)
    return psnr(sums, counts).view(count, length)


def reblur_psnr(frames: Tensor, photo: Tensor, where: Tensor) -> Tensor:
    """How well frames `(B, T, 3, H, W)` explain the photo `(B, 3, H, W)`, decibels, `(B,)`.

    Averaged in linear light, compared sRGB-encoded.
    """
    explained = linear_to_srgb(exposed(frames.clamp(0, 1)))
    return psnr(*squared_errors(explained[:, None], photo[:, None], where))


def sharpness(frames: Tensor, where: Tensor) -> Tensor:
    """Mean absolute Laplacian of `(B, T, 3, H, W)` over the pixels of `where`, `(B,)`."""
    inner = frames[..., 1:-1, 1:-1]
    laplacian = (
        4 * inner
        - frames[..., :-2, 1:-1]
        - frames[..., 2:, 1:-1]
        - frames[..., 1:-1, :-2]
        - frames[..., 1:-1, 2:]
    )
    weight = where[:, None, :, 1:-1, 1:-1].to(frames.dtype)
    total = (laplacian.abs() * weight).flatten(1).sum(1)
    return total / (weight.flatten(1).sum(1) * frames.shape[1] * 3).clamp(min=1)
