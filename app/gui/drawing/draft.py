"""The outline being drawn, before it becomes a region: a value with its own small history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import hypot

from app.gui.document import FEWEST_POINTS, Point


@dataclass(frozen=True)
class Draft:
    """Points clicked so far, in photo pixels, and those taken back that redo can bring again.

    `cut` says that the outline will be taken out of a region instead of making one.
    """

    points: tuple[Point, ...] = ()
    taken_back: tuple[Point, ...] = ()
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.points or self.taken_back)

    @property
    def closable(self) -> bool:
        """Whether the points so far enclose something."""
        return len(self.points) >= FEWEST_POINTS

    def add(self, point: Point) -> Draft:
        """The draft with one more point; a second click on the same spot adds nothing."""
        if self.points and self.points[-1] == point:
            return self
        return replace(self, points=(*self.points, point), taken_back=())

    def back(self) -> Draft:
        """The draft without its last point."""
        if not self.points:
            return self
        return replace(
            self, points=self.points[:-1], taken_back=(*self.taken_back, self.points[-1])
        )

    def again(self) -> Draft:
        """The draft with the point last taken back."""
        if not self.taken_back:
            return self
        return replace(
            self, points=(*self.points, self.taken_back[-1]), taken_back=self.taken_back[:-1]
        )

    def closes_at(self, point: Point, reach: float) -> bool:
        """Whether a click at `point` would close the outline on its first point."""
        if not self.closable:
            return False
        x, y = self.points[0]
        return hypot(point[0] - x, point[1] - y) <= reach
