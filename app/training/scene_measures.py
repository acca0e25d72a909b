"""What is measured on single scenes: frames against the truth, the photo and the guidance.

Which scenes are measured, and what becomes of the numbers, is `evaluation`.
"""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import torch
from torch import Tensor

from app.flow.matching import dis_matcher
from app.training.batches import Batch
from app.training.encodings import headings
from app.training.metrics import frame_psnr, psnr, reblur_psnr, sharpness, squared_errors
from app.training.perceptual import Distance, ssim, ssim_available
from models.decomposer import freed_pixels
from models.informed import AnyDecomposer
from models.looks import averaged
from models.sharpening import fine_detail

THRESHOLD = 0.5
"""Displacement in pixels from which a pixel moves at all, whether or not anybody outlined it."""
MOVING = 2.0
"""Displacement in pixels from which a pixel counts as moving when directions are measured."""

DIRECTION_SUMS = ("moving", "obeyed", "obeyed_truth", "error", "error_truth", "displacement")
"""Measures that are sums over a scene's moving pixels, the number of which is the first."""


def measure(
    model: AnyDecomposer,
    batch: Batch,
    device: torch.device,
    lpips: Distance | None = None,
    looks: int = 1,
    sharpen: float = 0.0,
) -> list[dict[str, float]]:
    """Measures by name of every scene of `batch` in which anything moves or is freed.

    Names ending in `_photo` are of the photo repeated, `_truth` of the true frames and `_reversed`
    of the network's frames backwards. A network that sees displacement is told that of `batch`.
    What moves is sharpened by so much, see `models.sharpening`.
    `psnr` is over the pixels that the guidance frees, `moving`
    over those that truly move, `whole` over all. NaN stands for what a scene does not have.
    """
    # A network that is not guided is told nothing, but measured where the others are.
    told = batch.guidance[:, : model.config.guidance_channels]
    arrows = batch.displacement if model.config.sees_displacement else None
    with torch.inference_mode():
        photo, guidance = batch.blurry.to(device), told.to(device)
        moved = None if arrows is None else arrows.to(device)
        back = None if moved is None else -moved
        ours = averaged(model, photo, guidance, looks, moved).float().clamp(0, 1).cpu()
        inverted = averaged(model, photo, -guidance, looks, back).float().clamp(0, 1).cpu().flip(1)
    if sharpen:
        ours, inverted = (_crisper(film, batch, sharpen) for film in (ours, inverted))
    truth = batch.frames
    films = {"": ours, "_reversed": ours.flip(1), "_photo": batch.blurry[:, None].expand_as(ours)}
    freed = freed_pixels(batch.guidance)
    moving = moving_pixels(batch)
    everywhere = torch.ones_like(freed)

    measured: dict[str, Tensor] = {}
    for suffix, film in films.items():
        measured |= {
            f"psnr{suffix}": psnr(*squared_errors(film, truth, freed)),
            f"moving_psnr{suffix}": psnr(*squared_errors(film, truth, moving)),
            f"whole_psnr{suffix}": psnr(*squared_errors(film, truth, everywhere)),
            f"sharpness{suffix}": sharpness(film, freed) / sharpness(truth, freed),
        }
        if ssim_available():
            measured[f"ssim{suffix}"] = ssim(film, truth)
        if lpips is not None:
            measured[f"lpips{suffix}"] = lpips(film, truth)
    measured |= {
        "psnr_inverted": psnr(*squared_errors(inverted, truth, freed)),
        "reversal": psnr(*squared_errors(ours, inverted, freed)),
        "reblur": reblur_psnr(ours, batch.blurry, freed),
        "reblur_truth": reblur_psnr(truth, batch.blurry, freed),
    }
    for suffix, film in (("", ours), ("_photo", films["_photo"])):
        for index, values in enumerate(frame_psnr(film, truth, freed).unbind(1)):
            measured[f"psnr_frame{index}{suffix}"] = values
    rows = []
    for index in range(len(batch)):
        if bool(freed[index].any()) or bool(moving[index].any()):
            row = {name: float(values[index]) for name, values in measured.items()}
            rows.append(row | _directions(ours[index], batch.rows(slice(index, index + 1))))
    return rows


def _crisper(film: Tensor, batch: Batch, amount: float) -> Tensor:
    """A film `(B, T, 3, H, W)` with more of its fine detail where the guidance frees it."""
    detail = fine_detail(film.flatten(0, 1)).unflatten(0, film.shape[:2])
    return (film + amount * detail * freed_pixels(batch.guidance)[:, None]).clamp(0, 1)


def moving_pixels(batch: Batch) -> Tensor:
    """Where something truly moves, `(B, 1, H, W)` bool: by the flow, or where that is unknown, by
    the guidance."""
    lengths = batch.flow.norm(dim=1, keepdim=True)
    return torch.where(lengths.isnan(), freed_pixels(batch.guidance), lengths >= THRESHOLD)


def chained_flow(frames: np.ndarray) -> np.ndarray:
    """Optical flow from the first frame to the last, chained over all frames.

    Args:
        frames: `(T, H, W, 3)` uint8.

    Returns:
        `(H, W, 2)` float32 pixels. Small steps keep DIS (Kroeger et al., ECCV 2016) from losing
        fast things.
    """
    match = dis_matcher()
    height, width = frames.shape[1:3]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    total = np.zeros((height, width, 2), np.float32)
    for before, after in itertools.pairwise(frames):
        step = match(before, after)
        total += cv2.remap(
            step,
            x + total[..., 0],
            y + total[..., 1],
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
    return total


def _directions(frames: Tensor, scene: Batch) -> dict[str, float]:
    """Sums over moving pixels of one scene, to be divided by their number in the summary."""
    truth = scene.first_to_last[0].permute(1, 2, 0).numpy()
    pointed = headings(scene.guidance)[0].permute(1, 2, 0).numpy()
    height, width = truth.shape[:2]
    y, x = np.mgrid[:height, :width]
    landed_x, landed_y = x + truth[..., 0], y + truth[..., 1]
    # Only what is still in the picture at the end can be followed to it.
    inside = (landed_x >= 0) & (landed_x < width) & (landed_y >= 0) & (landed_y < height)
    length = np.hypot(truth[..., 0], truth[..., 1])
    agrees = (truth * pointed).sum(-1) > 0
    moving = (length >= MOVING) & (pointed != 0).any(-1) & inside & agrees
    if not moving.any():
        return dict.fromkeys(DIRECTION_SUMS, 0.0)
    ours, ideal = (
        chained_flow((film.permute(0, 2, 3, 1).numpy() * 255).round().astype(np.uint8))
        for film in (frames, scene.frames[0].clamp(0, 1))
    )
    return {
        "moving": float(moving.sum()),
        "obeyed": float(((ours * pointed).sum(-1) > 0)[moving].sum()),
        "obeyed_truth": float(((ideal * pointed).sum(-1) > 0)[moving].sum()),
        "error": float(np.linalg.norm(ours - truth, axis=-1)[moving].sum()),
        "error_truth": float(np.linalg.norm(ideal - truth, axis=-1)[moving].sum()),
        "displacement": float(length[moving].sum()),
    }
