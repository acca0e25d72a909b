"""A region: a polygon with holes and one direction, as a plain value that is quick to import.

Coordinates are upright photo pixels, x right and y down, with the photo's corner at (0, 0), so the
centre of the first pixel is (0.5, 0.5). They are painted in `rasterise`, mended in
`repair` and traced in `tracing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.guidance.classes import Direction

Point = tuple[float, float]
Ring = tuple[Point, ...]

MAX_COORDINATE = 1e9
"""Farther out, products of coordinates lose the precision that the pixel-centre rule needs."""


@dataclass(frozen=True)
class Region:
    """A polygon with one direction; the first ring is the outline, the others are holes.

    Rings are not repeated at their end: the last point joins the first. `hidden` and `locked` are
    the editor's business; a hidden region still counts.
    """

    direction: Direction
    rings: tuple[Ring, ...]
    name: str = ""
    hidden: bool = False
    locked: bool = False

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the outline, in photo pixels; computed once."""
        xs = [x for x, _ in self.rings[0]]
        ys = [y for _, y in self.rings[0]]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def title(self) -> str:
        """How messages call the region: its name, or its direction when it has none."""
        return f"'{self.name}'" if self.name else f"({self.direction.long_name})"
