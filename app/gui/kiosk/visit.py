"""One visitor's work as plain values: the photo and the swipes on it. No widgets, no files.

Everything about a visitor is in one `Visit`; forgetting it forgets the visitor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import hypot
from typing import Any

from numpy.typing import NDArray

from app.errors import InputError
from app.gui.document import Document, Point, Regions, fresh_name
from app.gui.drawing.pyramid import Pyramid
from app.gui.program.language import translate
from app.guidance.classes import Direction
from app.guidance.region import whole_photo

_SHORTEST = 0.03
"""A swipe must be as long as this part of the photo's longer side to say a direction."""

_FINGER = 0.04
"""What a finger covers for sure, as a part of the photo's longer side."""


@dataclass(frozen=True, eq=False)
class Visit:
    """The photo in work, its picture for the screen, and what each swipe has outlined."""

    document: Document
    picture: Pyramid
    swipes: tuple[Regions, ...] = ()

    @property
    def regions(self) -> Regions:
        """All swipes' regions, later ones in front."""
        return tuple(region for regions in self.swipes for region in regions)

    def with_swipe(self, regions: Regions) -> Visit:
        """The visit after one more swipe."""
        return replace(self, swipes=(*self.swipes, regions))

    def without_last(self) -> Visit:
        """The visit before its last swipe."""
        return replace(self, swipes=self.swipes[:-1])


def direction_of(swipe: tuple[Point, ...], width: int, height: int) -> Direction | None:
    """Which way a swipe goes from its start to its end; None when it goes nowhere."""
    (x0, y0), (x1, y1) = swipe[0], swipe[-1]
    if hypot(x1 - x0, y1 - y0) < _SHORTEST * max(width, height):
        return None
    return Direction.from_vector(x1 - x0, y1 - y0)


def find_swiped(
    pixels: NDArray[Any],
    swipe: tuple[Point, ...],
    taken: Regions,
    step: Callable[[int, int], None],
    *,
    everything: bool = False,
) -> Regions:
    """The regions that a swipe over a moving thing means, in its direction.

    What stands out along the swipe is outlined; where nothing does, what the finger covered counts.
    The outline is kept a little too large, as guidance should be.

    Args:
        pixels: the photo, (H, W, 3).
        swipe: the finger's path in photo pixels.
        taken: regions that are there already, for fresh names.
        step: called with (done, total); may raise to cancel.
        everything: the camera moved, so the whole photo does.

    Raises:
        InputError: the swipe goes nowhere.
    """
    from app.gui.drawing import shaping
    from app.gui.drawing.smart_outline import find_outline

    height, width = pixels.shape[:2]
    longer = max(width, height)
    direction = direction_of(swipe, width, height)
    if direction is None:
        raise InputError(translate("Visit", "That was a tap: swipe along the way that it moved."))
    if everything:
        return (whole_photo(width, height, direction, fresh_name(taken)),)
    finger = shaping.area_of_brush(swipe, _FINGER * longer, width, height, 1.0)
    try:
        found = find_outline(pixels, swipe, step)
    except InputError:
        found = finger
    whole = found.union(finger).buffer(0.01 * longer).simplify(1.0)
    inside = shaping.clipped(whole, width, height)
    regions, standing = shaping.with_new(taken, inside, direction)
    return tuple(regions[index] for index in standing)
