"""A shape being drawn in one drag, as a value: which tool, where it went, what it outlines.

What becomes of it is `app.gui.drawing.strokes`; the geometry is `app.gui.drawing.shaping`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import hypot

from app.gui.document import Point
from app.gui.drawing.rings import ellipse, rectangle, squared

LASSO, RECTANGLE, ELLIPSE = "lasso", "rectangle", "ellipse"
BRUSH, ERASER, SMART = "brush", "eraser", "smart"
STROKE_TOOLS = (LASSO, RECTANGLE, ELLIPSE, BRUSH, ERASER, SMART)
PAINTING = (BRUSH, ERASER)
"""Tools with a round tip of a size."""


@dataclass(frozen=True)
class Stroke:
    """A drag under way; points in photo pixels.

    `radius` is the tip's, `cut` says that the shape is taken away, `even` asks for a square or
    circle, and `spacing` is how far apart points must be to be worth keeping.
    """

    tool: str
    points: tuple[Point, ...]
    radius: float
    spacing: float
    cut: bool = False
    even: bool = False

    def to(self, point: Point, *, even: bool) -> Stroke:
        """The stroke after the pointer has moved to `point`."""
        if self.tool in (RECTANGLE, ELLIPSE):
            return replace(self, points=(self.points[0], point), even=even)
        x, y = self.points[-1]
        if hypot(point[0] - x, point[1] - y) < self.spacing:
            return self
        return replace(self, points=(*self.points, point))

    @property
    def dragged(self) -> bool:
        """Whether it went anywhere: a hand that only clicks trembles by a few screen pixels."""
        (x0, y0), far = self.points[0], 4 * self.spacing
        return any(hypot(x - x0, y - y0) > far for x, y in self.points)

    @property
    def ring(self) -> tuple[Point, ...]:
        """The outline drawn so far; empty for brushes and for a mere click."""
        if self.tool in PAINTING or len(self.points) < 2:
            return ()
        if self.tool not in (RECTANGLE, ELLIPSE):
            return self.points
        start, end = self.points[0], self.points[-1]
        end = squared(start, end) if self.even else end
        if self.tool == RECTANGLE:
            return rectangle(start, end)
        return ellipse(start, end, self.spacing)
