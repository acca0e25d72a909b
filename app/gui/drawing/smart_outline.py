"""Finds what a rough stroke means: the outline of the thing drawn around, or drawn over.

GrabCut (Rother et al., 2004; OpenCV's) on a reduced crop. Plain numpy in, an area out; no Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.errors import InputError
from app.gui.document import Point
from app.gui.drawing.shaping import Area
from app.gui.program.language import translate

_LONGEST = 288
"""Pixels of the crop's longest side while it is worked on."""

_ROUNDS = 4
_ENLARGE = 3
"""The found mask is enlarged and smoothed by this much before it is traced, against steps."""


def surrounds(points: Sequence[Point]) -> bool:
    """Whether a stroke goes around something: its ends meet and it encloses a round enough area."""
    path = np.asarray(points, dtype=np.float64)
    length = float(np.hypot(*np.diff(path, axis=0).T).sum())
    if length == 0 or len(points) < 4:
        return False
    (x0, y0), (x1, y1) = points[0], points[-1]
    xs, ys = path.T
    area = abs(float((xs * np.roll(ys, -1) - ys * np.roll(xs, -1)).sum())) / 2
    # A circle of that length would enclose length² / 4π.
    return hypot(x1 - x0, y1 - y0) < 0.25 * length and area > 0.25 * length**2 / (4 * np.pi)


def find_outline(
    pixels: NDArray[Any], points: Sequence[Point], step: Callable[[int, int], None]
) -> Area:
    """What stands out along or within a stroke.

    Args:
        pixels: the photo, (H, W, 3) uint8 or uint16.
        points: the stroke in photo pixels.
        step: called with (done, total) between rounds; may raise to cancel.

    Raises:
        InputError: nothing stands out there.
    """
    import cv2

    from app.media.pixels import to_8bit

    around = surrounds(points)
    left, top, right, bottom = _crop(points, pixels.shape[1], pixels.shape[0], around)
    crop = to_8bit(pixels[top:bottom, left:right])
    scale = min(1.0, _LONGEST / max(crop.shape[:2]))
    size = (max(2, round(crop.shape[1] * scale)), max(2, round(crop.shape[0] * scale)))
    small = cv2.resize(crop, size, interpolation=cv2.INTER_AREA)
    to_small = (size[0] / crop.shape[1], size[1] / crop.shape[0])
    path = np.asarray([((x - left) * to_small[0], (y - top) * to_small[1]) for x, y in points])
    mask = _first_guess(path, size, around)
    stroke = mask == cv2.GC_FGD
    models = np.zeros((1, 65)), np.zeros((1, 65))
    # A rectangle must be given but counts for nothing beside a mask.
    whole = (0, 0, *size)
    # The clustering inside draws lots; the same stroke shall give the same outline.
    cv2.setRNGSeed(0)
    for number in range(_ROUNDS):
        step(number, _ROUNDS)
        mode = cv2.GC_EVAL if number else cv2.GC_INIT_WITH_MASK
        try:
            mask = np.asarray(cv2.grabCut(small, mask, whole, *models, 1, mode)[0])
        except cv2.error as error:
            raise _nothing() from error
    found = (mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)
    kept = _tidied(found, stroke if not around else None)
    if not kept.any():
        raise _nothing()
    return _traced(kept, (left, top), to_small)


def _nothing() -> InputError:
    return InputError(
        translate(
            "SmartOutline", "Nothing stands out there: draw around it, or along the middle of it."
        )
    )


def _crop(
    points: Sequence[Point], width: int, height: int, around: bool
) -> tuple[int, int, int, int]:
    """The part of the photo to look at: what is needed to know the background as well."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    longest = max(max(xs) - min(xs), max(ys) - min(ys), 8.0)
    room = longest * (0.15 if around else 0.7)
    left, top = max(int(min(xs) - room), 0), max(int(min(ys) - room), 0)
    right, bottom = min(int(max(xs) + room) + 1, width), min(int(max(ys) + room) + 1, height)
    if right - left < 4 or bottom - top < 4:
        raise _nothing()
    return left, top, right, bottom


def _first_guess(path: NDArray[Any], size: tuple[int, int], around: bool) -> NDArray[np.uint8]:
    """GrabCut's mask from the stroke; `path` in pixels of the reduced crop."""
    import cv2

    width, height = size
    line = np.round(path).astype(np.int32)
    if around:
        mask = np.full((height, width), cv2.GC_BGD, np.uint8)
        cv2.fillPoly(mask, [line], cv2.GC_PR_FGD)
        return mask
    longest = max(width, height)
    mask = np.full((height, width), cv2.GC_PR_BGD, np.uint8)
    rim = max(1, longest // 40)
    mask[:rim] = mask[-rim:] = cv2.GC_BGD
    mask[:, :rim] = mask[:, -rim:] = cv2.GC_BGD
    cv2.polylines(mask, [line], False, cv2.GC_PR_FGD, max(3, longest // 7))
    cv2.polylines(mask, [line], False, cv2.GC_FGD, max(1, longest // 60))
    return mask


def _tidied(found: NDArray[np.bool_], stroke: NDArray[np.bool_] | None) -> NDArray[np.uint8]:
    """Without specks and small holes: the parts under the stroke, or else the large ones."""
    import cv2

    reach = max(3, max(found.shape) // 60) | 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    mask: NDArray[Any] = cv2.morphologyEx(found.astype(np.uint8), cv2.MORPH_OPEN, disc)
    if stroke is not None:
        # What was drawn over belongs to it, also where it is thinner than the disc.
        mask = np.maximum(mask, stroke.astype(np.uint8))
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, disc)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    sizes = stats[:, cv2.CC_STAT_AREA].copy()
    sizes[0] = 0
    if stroke is not None:
        keep = np.zeros(len(sizes), bool)
        keep[np.unique(labels[stroke])] = True
    else:
        keep = sizes >= 0.15 * sizes.max()
    keep[0] = False
    return np.asarray(keep[labels], np.uint8)


def _traced(
    mask: NDArray[np.uint8], corner: tuple[int, int], to_small: tuple[float, float]
) -> Area:
    """The mask as an area in photo pixels, its steps smoothed away."""
    import cv2

    from app.guidance.tracing import regions_from_map

    padded = np.pad(mask, 1, mode="edge").astype(np.float32)
    height, width = padded.shape
    large = cv2.resize(padded, (width * _ENLARGE, height * _ENLARGE), interpolation=cv2.INTER_CUBIC)
    smooth = cv2.GaussianBlur(large, (0, 0), 1.6 * _ENLARGE)[_ENLARGE:-_ENLARGE, _ENLARGE:-_ENLARGE]
    traced = regions_from_map(
        (smooth > 0.5).astype(np.uint8),
        min_area=max(16, mask.size * _ENLARGE**2 // 2000),
        tolerance=0.8 * _ENLARGE,
    )
    if not traced:
        raise _nothing()
    across, down = _ENLARGE * to_small[0], _ENLARGE * to_small[1]
    parts = [shapely.Polygon(*_placed(region.rings, corner, (across, down))) for region in traced]
    return shapely.union_all([part.buffer(0) for part in parts])


def _placed(
    rings: tuple[tuple[Point, ...], ...], corner: tuple[int, int], scale: tuple[float, float]
) -> tuple[list[Point], list[list[Point]]]:
    placed = [
        [(x / scale[0] + corner[0], y / scale[1] + corner[1]) for x, y in ring] for ring in rings
    ]
    return placed[0], placed[1:]
