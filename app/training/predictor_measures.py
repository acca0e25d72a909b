"""How good sampled guidance is, measured against true guidance that points one of the ways.

A photo cannot tell forwards from backwards, so several samples are judged together: whether one of
them is right, and whether they differ. Running the network is done elsewhere.
"""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.guidance.maps import GuidanceMap

_SMALLEST_OBJECT = 64
"""Pixels; whether fewer than these point one way says little."""


def measure_samples(
    samples: NDArray[np.uint8], truth: GuidanceMap, counts: tuple[int, ...] = (1, 3, 5)
) -> dict[str, float]:
    """Measures of one photo's samples `(K, H, W)` against its true guidance `(H, W)`.

    Returns:
        Counts of pixels, to be summed over photos: `moving_both`, `moving_either`, `static_both`,
        `static_either`, means over the samples. And shares, to be averaged over photos that have
        them: `best_of_<n>`, the largest share of truly moving pixels that one of the first n
        samples, or of as many as there are, gets right; `disagreement`, the share of those on which
        two samples differ, mean over all pairs; `coherence`, see `coherence`.
    """
    moving, ours = truth > 0, samples > 0
    row = {
        "moving_both": float((ours & moving).sum() / len(samples)),
        "moving_either": float((ours | moving).sum() / len(samples)),
        "static_both": float((~ours & ~moving).sum() / len(samples)),
        "static_either": float((~ours | ~moving).sum() / len(samples)),
    }
    if moving.any():
        right = [float((sample == truth)[moving].mean()) for sample in samples]
        row |= {f"best_of_{n}": max(right[:n]) for n in counts}
        pairs = [float((a != b)[moving].mean()) for a, b in combinations(samples, 2)]
        if pairs:
            row["disagreement"] = float(np.mean(pairs))
    shares = [share for sample in samples for share in coherence(sample, truth)]
    if shares:
        row["coherence"] = float(np.mean(shares))
    return row


def coherence(sample: GuidanceMap, truth: GuidanceMap) -> list[float]:
    """For every truly moving object, the share of it that points the sample's most common way.

    An object is a connected patch of one true class. Only what the sample says moves is counted;
    objects that it overlooks have no direction and are left out.
    """
    shares = []
    for direction in range(1, 5):
        count, labels = cv2.connectedComponents((truth == direction).astype(np.uint8))
        for label in range(1, count):
            said = np.bincount(sample[labels == label], minlength=5)[1:5]
            if said.sum() >= _SMALLEST_OBJECT:
                shares.append(float(said.max() / said.sum()))
    return shares


def summary(rows: list[dict[str, float]]) -> dict[str, float]:
    """Measures over all photos from `measure_samples` of each.

    `iou_moving` and `iou_static` are intersection over union, pixels pooled over photos, and `iou`
    is their mean. What no photo has is NaN.
    """
    total = {
        name: sum(row[name] for row in rows)
        for name in ("moving_both", "moving_either", "static_both", "static_either")
    }
    ious = {
        f"iou_{side}": total[f"{side}_both"] / total[f"{side}_either"]
        if total[f"{side}_either"]
        else float("nan")
        for side in ("moving", "static")
    }
    result = {"iou": float(np.mean(list(ious.values()))), **ious}
    names = dict.fromkeys(name for row in rows for name in row if name not in total)
    for name in names:
        result[name] = float(np.mean([row[name] for row in rows if name in row]))
    return result
