"""The blur creation module (Motion-ETR Eq. 3-4): a sharp image that travels becomes a blurry one.

Also the warp of Eq. 16, which moves the sharp middle frame to another instant. Everything is
differentiable in the image and in the offsets, on any device.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from models.light import linear_to_srgb, srgb_to_linear


def warped(image: Tensor, offsets: Tensor) -> Tensor:
    """What each pixel sees at its place plus its offset (Eq. 2, 4 and 16).

    Args:
        image: `(B, C, H, W)`.
        offsets: `(B, 2, H, W)` pixels (x, y). Between pixels the image is interpolated linearly;
            beyond its border it continues with the border's values.

    Returns:
        `(B, C, H, W)`.
    """
    height, width = image.shape[2:]
    y, x = torch.meshgrid(
        torch.arange(height, device=image.device, dtype=image.dtype),
        torch.arange(width, device=image.device, dtype=image.dtype),
        indexing="ij",
    )
    # grid_sample counts from -1 to 1 over the image's whole extent, half a pixel beyond centres.
    across = (2 * (x + offsets[:, 0]) + 1) / width - 1
    down = (2 * (y + offsets[:, 1]) + 1) / height - 1
    grid = torch.stack([across, down], dim=-1)
    return F.grid_sample(image, grid, padding_mode="border", align_corners=False)


def created_blur(sharp: Tensor, offsets: Tensor, weights: Tensor | None = None) -> Tensor:
    """Average what every pixel sees along its trajectory (Eq. 3).

    Args:
        sharp: `(B, C, H, W)`, the middle frame; averaged as it is, so it should be linear light.
        offsets: `(B, N, 2, H, W)` pixels (x, y).
        weights: `(N,)`, adding up to 1; by default every point counts alike, as in the paper.

    Returns:
        `(B, C, H, W)`.
    """
    count = offsets.shape[1]
    if weights is None:
        weights = sharp.new_full((count,), 1 / count)
    blurry = torch.zeros_like(sharp)
    for weight, point in zip(weights.to(sharp).unbind(), offsets.unbind(1), strict=True):
        blurry = blurry + weight * warped(sharp, point)
    return blurry


def reblurred(sharp: Tensor, offsets: Tensor, weights: Tensor | None = None) -> Tensor:
    """`created_blur` of sRGB-encoded images: decoded, averaged in linear light, encoded again."""
    return linear_to_srgb(created_blur(srgb_to_linear(sharp), offsets, weights))
