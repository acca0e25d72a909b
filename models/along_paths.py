"""Reading a photo along the paths of its pixels: Motion-ETR's motion-aware convolution (Eq. 15).

There every 3×3 kernel of a network takes its taps along the trajectory of the pixel. Unspool's
networks do so once, where the photo comes in, at nine points of the path: light that was smeared
along it is gathered again, at a fraction of the price. `dmphn` has the paper's own.
"""

from __future__ import annotations

import torch
from torch import Tensor

from models.exposure import warped

TAPS = 9
"""Points of a path that are read, first to last; the middle one is the pixel itself."""

PLANES = 3 * (TAPS - 1)
"""Channels of what is read."""


def seen_along(photo: Tensor, paths: Tensor) -> Tensor:
    """What the photo shows along every pixel's path, less what it shows at the pixel.

    Args:
        photo: `(B, 3, H, W)`.
        paths: `(B, 9, 2, H, W)` offsets in pixels (x, y), first to last.

    Returns:
        `(B, 24, H, W)`, all 0 where nothing moves.
    """
    aside = [tap for tap in range(TAPS) if tap != TAPS // 2]
    return torch.cat([warped(photo, paths[:, tap]) - photo for tap in aside], 1)


def straight_paths(displacement: Tensor, points: int = TAPS) -> Tensor:
    """Offsets `(B, points, 2, H, W)` of what moves straight and evenly, first to last.

    Args:
        displacement: `(B, 2, H, W)` pixels (x, y) from first to last.
        points: at least 2.
    """
    # Offsets run against the motion.
    shares = torch.linspace(0.5, -0.5, points, device=displacement.device)
    return displacement[:, None] * shares.to(displacement.dtype).view(1, -1, 1, 1, 1)
