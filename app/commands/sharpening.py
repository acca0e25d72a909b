"""What makes photos sharp on this installation, as evaluations ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from app.training.trajectory_evaluation import Sharpen

WITH_GUIDANCE, PHOTO_ALONE = "with guidance", "photo alone"
"""Names of what `sharpeners_of` finds; a deblurring network looks at no guidance."""


def sharpeners_of(
    weights: str, trajectory_weights: str, device: torch.device
) -> tuple[str, dict[str, Sharpen]]:
    """Which weights `unspool deblur` would use, and what it would do with guidance and without.

    Args:
        weights: of a deblurring network, or of a decomposer; where `DEFAULT_DEBLUR` is asked for
            and not installed, the decomposer's.
        trajectory_weights: the offset network's, which motion-aware networks need.
        device: what computes.

    Raises:
        InputError: the weights cannot be used.
    """
    from app.engine.middle_frame import chosen_weights
    from app.engine.weights import load_deblur, load_trajectory
    from app.training.trajectory_evaluation import by_network

    weights, deblurs = chosen_weights(weights)
    if not deblurs:
        return weights, {
            WITH_GUIDANCE: _decomposed(weights, device, told=True),
            PHOTO_ALONE: _decomposed(weights, device, told=False),
        }
    network = load_deblur(weights, device)
    aware = network.config.motion_aware
    offsets = load_trajectory(trajectory_weights, device) if aware else None
    return weights, {PHOTO_ALONE: by_network(network, offsets)}


def _decomposed(weights: str, device: torch.device, *, told: bool) -> Sharpen:
    import numpy as np
    import torch

    from app.engine.deblur import DeblurSettings
    from app.engine.middle_frame import sharp_middle
    from app.engine.progress import finish
    from app.guidance.maps import from_signs

    settings = DeblurSettings(weights, device=device.type)

    def sharpen(photos: Tensor, signs: Tensor) -> Tensor:
        pixels = (photos * 255).round().byte().permute(0, 2, 3, 1).cpu().numpy()
        maps = [from_signs(sign) if told else None for sign in signs.cpu().numpy()]
        frames = [
            finish(sharp_middle(photo, guidance, settings)).pixels
            for photo, guidance in zip(pixels, maps, strict=True)
        ]
        stacked = torch.from_numpy(np.stack(frames)).permute(0, 3, 1, 2)
        return stacked.to(photos) / 255

    return sharpen
