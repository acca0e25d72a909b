"""Sharp stills and object cut-outs as tensors: the raw material that the exposure simulator moves.

Reading folders happens here; motion, compositing and the camera are elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from app.errors import InputError

IMAGE_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"}
TILE = 128
"""Side of a cut-out tile in pixels."""


@dataclass(frozen=True)
class StillBank:
    """Stills and cut-outs, ready to be drawn from.

    Attributes:
        stills: uint8 `(3, H, W)` RGB each, sRGB-encoded; sizes may differ.
        cutouts: uint8 `(N, 4, TILE, TILE)` RGBA; alpha is the object's mask; N may be 0.
    """

    stills: list[Tensor]
    cutouts: Tensor

    def to(self, device: torch.device) -> StillBank:
        """The same bank with every tensor on `device`."""
        return StillBank([s.to(device) for s in self.stills], self.cutouts.to(device))

    def crops(self, indexes: Tensor, corners: Tensor, side: int) -> Tensor:
        """Square crops `(B, 3, side, side)` uint8.

        Args:
            indexes: `(B,)` which still.
            corners: `(B, 2)` in [0, 1): where in the still (x, y) the crop lies.
            side: the crop's side; stills that are smaller are mirrored at their border.
        """
        crops = []
        for index, (x, y) in zip(indexes.tolist(), corners.tolist(), strict=True):
            still = self.stills[index]
            height, width = still.shape[1:]
            top = int(y * max(1, height - side + 1))
            left = int(x * max(1, width - side + 1))
            crop = still[:, top : top + side, left : left + side]
            crops.append(_mirror_to(crop, side))
        return torch.stack(crops)


def load_stills(
    images: Path,
    masks: Path | None = None,
    *,
    part: str = "all",
    held_out_every: int = 10,
    limit: int | None = None,
    max_edge: int = 640,
) -> StillBank:
    """Read a folder of sharp images and, where they lie beside, their object masks.

    Args:
        images: a folder of images (its sub-folders are not read).
        masks: label images named `<still's stem>_<k>.png`, 0 or 1..n per object; by default a
            folder `masks` inside or beside `images`, when there is one.
        part: "fit", "held-out" (every `held_out_every`-th still in name order) or "all".
        limit: read at most this many stills.
        max_edge: larger stills are reduced to this, which also sharpens them.

    Raises:
        InputError: the folder is missing or holds no readable image.
    """
    if not images.is_dir():
        raise InputError(f"{images} is not a folder of images.")
    paths = sorted(p for p in images.iterdir() if p.suffix.lower() in IMAGE_SUFFIXES)
    if part == "fit":
        paths = [p for i, p in enumerate(paths) if i % held_out_every]
    elif part == "held-out":
        paths = paths[::held_out_every]
    if masks is None:
        found = [f for f in (images / "masks", images.parent / "masks") if f.is_dir()]
        masks = found[0] if found else None
    stills, tiles = [], []
    for path in paths[:limit]:
        pixels = _read(path, max_edge)
        if pixels is None:
            continue
        stills.append(torch.from_numpy(pixels).permute(2, 0, 1).contiguous())
        for mask in sorted(masks.glob(f"{path.stem}_*.png"))[:2] if masks else []:
            labels = cv2.imdecode(np.frombuffer(mask.read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
            if labels is not None:
                tiles += _cutouts(pixels, _fit_labels(labels, pixels.shape))
    if not stills:
        raise InputError(f"{images} holds no readable image ({', '.join(sorted(IMAGE_SUFFIXES))}).")
    cutouts = torch.from_numpy(np.stack(tiles)) if tiles else torch.zeros(0, 4, TILE, TILE).byte()
    return StillBank(stills, cutouts)


def _read(path: Path, max_edge: int) -> np.ndarray | None:
    data = np.frombuffer(path.read_bytes(), np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if image is None or min(image.shape[:2]) < 32:
        return None
    scale = max_edge / max(image.shape[:2])
    if scale < 1:
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(image[:, :, ::-1])


def _fit_labels(labels: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    if labels.shape != shape[:2]:
        size = (shape[1], shape[0])
        labels = cv2.resize(labels, size, interpolation=cv2.INTER_NEAREST)
    return labels


def _cutouts(pixels: np.ndarray, labels: np.ndarray) -> list[np.ndarray]:
    """One RGBA tile per compact segment of a sensible size."""
    tiles = []
    for label in np.unique(labels[labels > 0]):
        mask = (labels == label).astype(np.uint8)
        count, parts, stats, _ = cv2.connectedComponentsWithStats(mask)
        if count < 2:
            continue
        largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
        x, y, w, h, area = (int(v) for v in stats[largest])
        # Backgrounds are large or ragged; crumbs are no objects.
        if not 0.008 < area / mask.size < 0.35 or area / (w * h) < 0.35 or min(w, h) < 16:
            continue
        alpha = (parts[y : y + h, x : x + w] == largest).astype(np.uint8) * 255
        # One pixel inwards: human outlines run on the far side of an edge as often as not.
        alpha = cv2.erode(alpha, np.ones((3, 3), np.uint8), borderValue=0)
        tile = np.dstack([pixels[y : y + h, x : x + w], alpha])
        scale = min(1.0, (TILE - 8) / max(h, w))
        if scale < 1:
            tile = cv2.resize(tile, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        top, left = (TILE - tile.shape[0]) // 2, (TILE - tile.shape[1]) // 2
        bottom, right = TILE - top - tile.shape[0], TILE - left - tile.shape[1]
        border = cv2.copyMakeBorder(tile[:, :, :3], top, bottom, left, right, cv2.BORDER_REPLICATE)
        outline = cv2.copyMakeBorder(
            cv2.GaussianBlur(tile[:, :, 3], (3, 3), 0.7),
            top, bottom, left, right, cv2.BORDER_CONSTANT, value=0,
        )  # fmt: skip
        tiles.append(np.dstack([border, outline]).transpose(2, 0, 1))
    return tiles


def _mirror_to(crop: Tensor, side: int) -> Tensor:
    """Grow `(C, h, w)` to `side` by mirroring, as often as it takes."""
    for axis in (1, 2):
        while crop.shape[axis] < side:
            missing = side - crop.shape[axis]
            crop = torch.cat(
                [crop, crop.flip(axis).narrow(axis, 0, min(missing, crop.shape[axis]))], axis
            )
    return crop
