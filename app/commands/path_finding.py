"""What finds the paths of pixels on this installation, as evaluations ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.sharpening import TOLD, WITH_GUIDANCE, tellings

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from app.commands.output import Show
    from app.training.blur_pairs import BlurPairs

TRUE_PATHS = "true paths"
"""What nothing that finds paths can be better than, where they are known."""


def paths_told(
    weights: str, pairs: BlurPairs, refine: int, device: torch.device, show: Show
) -> dict[str, Tensor]:
    """The paths that `unspool trajectory` finds, by what it is told, and the true ones last.

    Args:
        weights: the offset network's.
        pairs: photos and what is known about them.
        refine: steps of refinement, for which the true middle frames are taken.
        device: what computes.
        show: is told of the steps.

    Returns:
        `(B, N, 2, H, W)` offsets in pixels, by name.

    Raises:
        InputError: the weights cannot be used, or refinement cannot use them.
    """
    from app.engine.weights import load_trajectory
    from app.training.trajectory_evaluation import true_paths
    from app.training.trajectory_measures import paths_found

    network = load_trajectory(weights, device)
    found = {}
    for name in tellings(pairs):
        if name == WITH_GUIDANCE and not network.reads_guidance:
            continue
        paths = paths_found(network, pairs, **TOLD[name])
        if refine:
            guided = network.reads_guidance and TOLD[name]["guided"]
            paths = _refined(paths, pairs, refine, network.config.constraint, guided, show)
        found[name] = paths
    if not bool(pairs.ends.isnan().any()):
        found[TRUE_PATHS] = true_paths(pairs)
    return found


def _refined(
    offsets: Tensor, pairs: BlurPairs, steps: int, constraint: str, guided: bool, show: Show
) -> Tensor:
    """Paths after refinement with the true middle frames; what annotators call static stays."""
    import numpy as np
    import torch

    from app.engine.exposure_paths import ExposurePaths
    from app.engine.progress import finish
    from app.engine.refinement import refined
    from app.media.pixels import Pixels

    def pixels(image: Tensor) -> Pixels:
        return (image.permute(1, 2, 0) * 65535).round().cpu().numpy().astype(np.uint16)

    result = []
    for index in range(len(pairs)):
        show("refining", index, len(pairs))
        told = guided and bool(pairs.told[index])
        moving = pairs.signs[index].ne(0).any(0).cpu().numpy() if told else None
        paths = ExposurePaths(offsets[index, [0, -1]].cpu().numpy(), constraint)
        photo, sharp = pixels(pairs.blurry[index]), pixels(pairs.sharp[index].clamp(0, 1))
        paths, _ = finish(refined(paths, photo, sharp, steps, offsets.device, moving))
        result.append(torch.from_numpy(paths.offsets(offsets.shape[1])))
    return torch.stack(result).to(offsets)
