"""The outlines of rectangles and ellipses pulled open between two corners. Plain arithmetic."""

from __future__ import annotations

from math import acos, ceil, cos, pi, sin

from app.gui.document import Point


def rectangle(start: Point, end: Point) -> tuple[Point, ...]:
    """The ring of the rectangle between two opposite corners."""
    (x0, y0), (x1, y1) = start, end
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def ellipse(start: Point, end: Point, tolerance: float) -> tuple[Point, ...]:
    """The ring of the ellipse in a rectangle, true to `tolerance` pixels."""
    (x0, y0), (x1, y1) = start, end
    across, down = abs(x1 - x0) / 2, abs(y1 - y0) / 2
    radius = max(across, down, tolerance)
    # The middle of a chord lies r (1 - cos(pi / n)) inside the arc.
    sides = ceil(pi / acos(max(1 - tolerance / radius, 0.0)))
    count = 4 * ceil(min(max(sides, 12), 96) / 4)
    angles = [2 * pi * step / count for step in range(count)]
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    return tuple((middle_x + across * cos(a), middle_y + down * sin(a)) for a in angles)


def squared(start: Point, end: Point) -> Point:
    """The corner towards `end` that makes a square with `start`, by the longer side."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    side = max(abs(dx), abs(dy))
    return (start[0] + (side if dx >= 0 else -side), start[1] + (side if dy >= 0 else -side))
