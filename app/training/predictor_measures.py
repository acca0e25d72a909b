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

FAR = 3.0
"""Pixels that things moved at least, to be told from what stands still in nearly any photo: less
is as soft as many a lens."""


def measure_samples(
    samples: NDArray[np.uint8],
    truth: GuidanceMap,
    displacement: NDArray[np.float32] | None = None,
    counts: tuple[int, ...] = (1, 3, 5),
) -> dict[str, float]:
    """Measures of one photo's samples `(K, H, W)` against its true guidance `(H, W)`.

    Args:
        samples, truth: classes.
        displacement: `(H, W)`, how many pixels things really moved, where that is known.
        counts: of how many samples the best one is taken.

    Returns:
        Counts of pixels, to be summed over photos: `moving_both`, `moving_either`, `static_both`,
        `static_either`, means over the samples; the same of the first sample alone, as
        `first_moving_both` and so on, and with a displacement, as `far_…`, of only those pixels
        that stand still or moved by at least `FAR`; `near_found_both` of `near_found_either` pixels
        that moved less than that, and the same of `far` ones. And shares, to be averaged over
        photos that have them: `best_of_<n>`, the largest share of truly moving pixels that one of
        the first n samples, or of as many as there are, gets right; `disagreement`, the share of
        those on which two samples differ, mean over all pairs; `coherence`, see `coherence`.
    """
    moving, ours = truth > 0, samples > 0
    row = {**_overlaps(moving, ours), **_overlaps(moving, ours[:1], "first_")}
    if displacement is not None:
        counted = ~moving | (displacement >= FAR)
        row |= _overlaps(moving[counted], ours[:, counted], "far_")
        for name, part in (("near", moving & ~counted), ("far", moving & counted)):
            row[f"{name}_found_both"] = float((ours & part).sum() / len(ours))
            row[f"{name}_found_either"] = float(part.sum())
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


def _overlaps(
    moving: NDArray[np.bool_], ours: NDArray[np.bool_], prefix: str = ""
) -> dict[str, float]:
    """Pixels in common and in all of the truth and of each sample, means over the samples."""
    found = {}
    for side, true, said in (("moving", moving, ours), ("static", ~moving, ~ours)):
        found[f"{prefix}{side}_both"] = float((said & true).sum() / len(ours))
        found[f"{prefix}{side}_either"] = float((said | true).sum() / len(ours))
    return found


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
    is their mean; `first_iou`, `far_iou` and their parts are the same of what `measure_samples`
    calls so, and `near_found` and `far_found` are shares of moving pixels. What no photo has is
    NaN.
    """
    result: dict[str, float] = {}
    for which in ("", "first_", "far_"):
        ious = [_pooled(rows, f"{which}{side}") for side in ("moving", "static")]
        result[f"{which}iou"] = float(np.mean(ious))
        result |= {f"{which}iou_moving": ious[0], f"{which}iou_static": ious[1]}
    result |= {name: _pooled(rows, name) for name in ("near_found", "far_found")}
    counts = ("_both", "_either")
    names = dict.fromkeys(name for row in rows for name in row if not name.endswith(counts))
    for name in names:
        result[name] = float(np.mean([row[name] for row in rows if name in row]))
    return result


def _pooled(rows: list[dict[str, float]], side: str) -> float:
    """Intersection over union of all photos together; NaN where there is nothing to unite."""
    both, either = (
        sum(row.get(f"{side}_{which}", 0.0) for row in rows) for which in ("both", "either")
    )
    return both / either if either else float("nan")
