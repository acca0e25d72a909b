"""Measuring trajectories: how well they explain a photo's blur, and how far off they are.

Motion-ETR section 5.3; the end point error is the true one, in the order of time that fits better.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from app.media.motion_colours import motion_colours
from app.training.blur_pairs import BlurPairs
from app.training.metrics import psnr, squared_errors
from models.exposure import created_blur, reblurred
from models.light import exposure_weights
from models.trajectory import TrajectoryNetwork, reaching
from models.trajectory_losses import end_distance, unordered_distance

CHUNK = 8
"""So many pairs are looked at together."""

MOVING = 0.5
"""Paths shorter than this many pixels over the exposure count as not moving."""


def reblurred_along(sharp: Tensor, offsets: Tensor, *, uniform: bool = False) -> Tensor:
    """The photo `(B, 3, H, W)` that the sharp middle frames make along `(B, N, 2, H, W)` offsets.

    Averaged with trapezoid weights in linear light; `uniform` averages encoded values alike, to
    the letter of Eq. 3.
    """
    if uniform:
        return created_blur(sharp, offsets)
    return reblurred(sharp, offsets, exposure_weights(offsets.shape[1]))


def offsets_of(
    model: TrajectoryNetwork,
    pairs: BlurPairs,
    *,
    guided: bool = True,
    arrows: bool = False,
    points: int | None = None,
) -> Tensor:
    """The network's trajectories of the photos, `(B, N, 2, H, W)` float32.

    With `guided` a network that reads guidance is told the pairs'; with `arrows` paths also reach
    as far as annotators say. N is `points`, by default the network's own number.
    """
    knots = model(pairs.blurry, pairs.signs if guided else None).float()
    if arrows:
        knots = reaching(knots, pairs.displacement)
    return model.through(knots, points)


def paths_found(
    model: TrajectoryNetwork, pairs: BlurPairs, *, guided: bool = True, arrows: bool = False
) -> Tensor:
    """`offsets_of` for measuring: any number of pairs, without gradients."""
    model.eval()
    with torch.no_grad():
        parts = [pairs.rows(slice(n, n + CHUNK)) for n in range(0, len(pairs), CHUNK)]
        return torch.cat([offsets_of(model, p, guided=guided, arrows=arrows) for p in parts])


def measured(offsets: Tensor, pairs: BlurPairs, *, uniform: bool = False) -> dict[str, Tensor]:
    """Measures of every pair, `(B,)` each; NaN where the truth is not known or nothing moves.

    `offsets` are the paths that were found, `(B, N, 2, H, W)`.

    `reblur` is the PSNR of the reblurred middle frame against the photo, `photo` that of the
    middle frame itself, `gain` their difference. Over truly moving pixels, `epe` is the ends' mean
    distance to the true ends in the better order of the whole photo's pixels, `displacement` the
    ends' true distance from the middle, `relative` the first as a part of the second, and
    `directed` the same in the order of time that is true.
    """
    parts: list[dict[str, Tensor]] = []
    with torch.no_grad():
        for start in range(0, len(pairs), CHUNK):
            rows = slice(start, start + CHUNK)
            part = pairs.rows(rows)
            again = reblurred_along(part.sharp, offsets[rows], uniform=uniform)
            everywhere = torch.ones_like(part.blurry[:, :1], dtype=torch.bool)
            ours, base = (
                psnr(*squared_errors(image[:, None], part.blurry[:, None], everywhere))
                for image in (again, part.sharp)
            )
            parts.append(
                {"reblur": ours, "photo": base, "gain": ours - base}
                | end_errors(offsets[rows][:, [0, -1]], part.ends)
            )
    return {name: torch.cat([p[name] for p in parts]) for name in parts[0]}


def end_errors(ends: Tensor, truth: Tensor) -> dict[str, Tensor]:
    """`epe`, `displacement`, `relative`, `directed` of `(B, 2, 2, H, W)` ends, see `measured`.

    The order of time is chosen per pixel, because a photo tells nothing about it anywhere.
    """
    still = torch.zeros_like(truth)
    moving = (truth[:, 0] - truth[:, 1]).norm(dim=1) > MOVING
    weight = moving.float()

    def mean(values: Tensor) -> Tensor:
        counted = torch.where(moving, values, torch.zeros_like(values))
        return counted.flatten(1).sum(1) / weight.flatten(1).sum(1)

    epe = mean(unordered_distance(ends, truth))
    displacement = mean(unordered_distance(still, truth))
    return {
        "epe": epe,
        "displacement": displacement,
        "relative": epe / displacement,
        "directed": mean(end_distance(ends, truth)) / displacement,
    }


def sheet(model: TrajectoryNetwork, pairs: BlurPairs, *, uniform: bool = False) -> np.ndarray:
    """A picture: per row the photo, its reblurred middle frame, our motion and the true one."""
    model.eval()
    with torch.no_grad():
        offsets = offsets_of(model, pairs)
        again = reblurred_along(pairs.sharp, offsets, uniform=uniform).clamp(0, 1)
    rows = []
    for index in range(len(pairs)):
        motions = [(e[0] - e[1]).cpu() for e in (offsets[index][[0, -1]], pairs.ends[index])]
        motions = [_turned_down(m.nan_to_num()) for m in motions]
        pictures = [
            (image[index] * 255).round().byte().permute(1, 2, 0).cpu().numpy()
            for image in (pairs.blurry, pairs.sharp, again)
        ]
        longest = max(1.0, float(motions[1].norm(dim=0).max()))
        pictures += [motion_colours(m.permute(1, 2, 0).numpy(), longest) for m in motions]
        rows.append(np.concatenate(pictures, axis=1))
    return np.concatenate(rows, axis=0)


def _turned_down(motion: Tensor) -> Tensor:
    """Motion `(2, H, W)` in one of its two orders, so that pictures can be compared."""
    return torch.where(motion[1:] < 0, -motion, motion)
