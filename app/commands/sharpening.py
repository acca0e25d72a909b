"""What makes photos sharp on this installation, as evaluations ask for it, and what it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from app.training.blur_pairs import BlurPairs
    from app.training.deblur_evaluation import Sharpen

WITH_ARROWS, WITH_GUIDANCE, PHOTO_ALONE = "with arrows", "with guidance", "photo alone"
"""What a network is told of a photo; plain networks can be told nothing."""
TOLD = {
    WITH_ARROWS: {"guided": True, "arrows": True},
    WITH_GUIDANCE: {"guided": True, "arrows": False},
    PHOTO_ALONE: {"guided": False, "arrows": False},
}
"""The same as what measures and networks are asked for, in the order of tables."""


def tellings(pairs: BlurPairs) -> list[str]:
    """Which of them these pairs know enough for."""
    known = {
        WITH_ARROWS: bool(pairs.displacement.any()),
        WITH_GUIDANCE: bool(pairs.told.any()),
        PHOTO_ALONE: True,
    }
    return [name for name in TOLD if known[name]]


def sharpeners_of(
    weights: str, trajectory_weights: str, device: torch.device
) -> tuple[str, dict[str, Sharpen]]:
    """Which weights `unspool deblur` would use, and what it would do with whatever is told it.

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
    from app.training.deblur_evaluation import by_network

    weights, deblurs = chosen_weights(weights)
    if not deblurs:
        return weights, {name: _decomposed(weights, device, **said) for name, said in TOLD.items()}
    network = load_deblur(weights, device)
    if not network.config.motion_aware:
        return weights, {PHOTO_ALONE: by_network(network, None)}
    offsets = load_trajectory(trajectory_weights, device)
    return weights, {name: by_network(network, offsets, **said) for name, said in TOLD.items()}


def _decomposed(weights: str, device: torch.device, *, guided: bool, arrows: bool) -> Sharpen:
    import numpy as np
    import torch

    from app.engine.deblur import DeblurSettings
    from app.engine.middle_frame import sharp_middle
    from app.engine.progress import finish
    from app.guidance.maps import from_signs

    settings = DeblurSettings(weights, device=device.type)

    def sharpen(pairs: BlurPairs) -> Tensor:
        pixels = (pairs.blurry * 255).round().byte().permute(0, 2, 3, 1).cpu().numpy()
        frames = []
        for index, photo in enumerate(pixels):
            guidance = from_signs(pairs.signs[index].cpu().numpy()) if guided else None
            moved = pairs.displacement[index].permute(1, 2, 0).cpu().numpy() if arrows else None
            frames.append(finish(sharp_middle(photo, guidance, settings, moved)).pixels)
        stacked = torch.from_numpy(np.stack(frames)).permute(0, 3, 1, 2)
        return stacked.to(pairs.blurry) / 255

    return sharpen
