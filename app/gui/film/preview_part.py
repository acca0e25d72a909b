"""Which part of a photo a preview animates, and at which size: all that moves, or what is in view.

Arithmetic on rectangles of whole photo pixels; the work itself is `app.gui.film.preview_job`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRect

from app.gui.document import Regions
from app.gui.drawing.zoom_view import ZoomView
from app.guidance.classes import Direction

_ROOM = 0.08
"""How much of its own size the part that moves is enlarged by, so that the network sees around."""

_CONTEXT = 64
"""The same for what is in view, in pixels of the preview: farther away hardly anything counts."""

_WORTH = 1.25
"""How much sharper a preview must become to be made anew."""


@dataclass(frozen=True)
class Sight:
    """The part of the photo that is in view, and its size there in screen pixels per pixel."""

    place: QRect
    scale: float


@dataclass(frozen=True)
class Part:
    """What a preview animates.

    Attributes:
        place: that part of the photo, with context around it.
        scale: the preview's pixels per photo pixel, at most 1.
        seen: what it is made for, inside `place`.
        whole: it holds everything that moves.
    """

    place: QRect
    scale: float
    seen: QRect
    whole: bool

    def serves(self, wanted: Part) -> bool:
        """Whether a preview of this part may stand for one of another part of the same guidance."""
        if wanted.whole or self.whole:
            return self == wanted
        return self.place.contains(wanted.seen) and self.scale * _WORTH >= wanted.scale


def sight_of(view: ZoomView) -> Sight:
    """What a view shows of its picture."""
    to_photo = view.viewportTransform().inverted()[0]
    seen = to_photo.mapRect(view.viewport().rect().toRectF()).toAlignedRect()
    return Sight(
        seen & QRect(0, 0, *view.picture_size), view.scale_factor * view.devicePixelRatioF()
    )


def preview_part(regions: Regions, width: int, height: int, edge: int, sight: Sight | None) -> Part:
    """What to animate of a photo of `width` × `height` pixels.

    Args:
        regions: the guidance; something in it moves.
        edge: the preview's longest side in pixels at most.
        sight: what is in view. Where that would be animated clearly sharper by itself, it is;
            None always animates everything that moves.
    """
    moving = moving_place(regions, width, height)
    coarse = _scale(moving, edge)
    everything = Part(moving, coarse, moving, whole=True)
    if sight is None:
        return everything
    sharp = min(1.0, sight.scale)
    seen = moving & sight.place
    if seen.isEmpty() or seen == moving:
        return everything
    margin = math.ceil(_CONTEXT / sharp)
    place = seen.adjusted(-margin, -margin, margin, margin) & moving
    scale = min(sharp, _scale(place, edge))
    return Part(place, scale, seen, whole=False) if scale >= coarse * _WORTH else everything


def moving_place(regions: Regions, width: int, height: int) -> QRect:
    """The photo's part around everything that moves, with some context.

    Raises:
        ValueError: nothing moves.
    """
    boxes = [region.bounds for region in regions if region.direction != Direction.STATIC]
    if not boxes:
        raise ValueError("Nothing moves.")
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    room = max(32.0, _ROOM * max(right - left, bottom - top))
    x0, y0 = max(int(left - room), 0), max(int(top - room), 0)
    x1, y1 = min(int(right + room) + 1, width), min(int(bottom + room) + 1, height)
    return QRect(x0, y0, max(x1 - x0, 1), max(y1 - y0, 1))


def _scale(place: QRect, edge: int) -> float:
    return min(1.0, edge / max(place.width(), place.height()))
