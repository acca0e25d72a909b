"""A region: a polygon with holes and one direction, as a plain value that is quick to import.

Coordinates are upright photo pixels, x right and y down, with the photo's corner at (0, 0), so the
centre of the first pixel is (0.5, 0.5). They are painted in `rasterise`, mended in
`repair` and traced in `tracing`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import hypot

from app.guidance.classes import Direction

Point = tuple[float, float]
Ring = tuple[Point, ...]
Vector = tuple[float, float]

Ways = tuple[Vector | None, ...]
"""How far the things of each of some regions moved, pixels (x, y); None where it is not known."""

KNOWN_DISTANCE = 48.0
"""Pixels that things moved in what the shipped networks were fitted to; farther is a guess."""

MAX_COORDINATE = 1e9
"""Farther out, products of coordinates lose the precision that the pixel-centre rule needs."""


@dataclass(frozen=True)
class Region:
    """A polygon with one direction; the first ring is the outline, the others are holes.

    Rings are not repeated at their end: the last point joins the first. `hidden` and `locked` are
    the editor's business; a hidden region still counts.

    `displacement` is how far its things moved, in photo pixels (x, y) from where they were first to
    where they were last, where a person knows that; None leaves it to the networks.
    """

    direction: Direction
    rings: tuple[Ring, ...]
    name: str = ""
    hidden: bool = False
    locked: bool = False
    displacement: Vector | None = None

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the outline, in photo pixels; computed once."""
        xs = [x for x, _ in self.rings[0]]
        ys = [y for _, y in self.rings[0]]
        return min(xs), min(ys), max(xs), max(ys)

    def pointed(self, direction: Direction) -> Region:
        """This region with another direction; a displacement that points elsewhere is turned round
        when the direction is the inverse one, and forgotten otherwise."""
        moved = self.displacement
        if moved is not None and direction == self.direction.inverse:
            moved = -moved[0], -moved[1]
        if moved is not None and not agrees(direction, moved):
            moved = None
        return replace(self, direction=direction, displacement=moved)

    def displaced(self, displacement: Vector) -> Region:
        """This region with what is in it moved so far, which decides its direction."""
        return replace(
            self, direction=Direction.from_vector(*displacement), displacement=displacement
        )

    @property
    def distance(self) -> float:
        """How far its things moved, in photo pixels; 0 where nobody knows."""
        return hypot(*self.displacement) if self.displacement is not None else 0.0

    def at_distance(self, distance: float, way: Vector | None = None) -> Region:
        """This region with its things moved so many pixels the way they do; 0 forgets how far.

        Where nobody has said the way yet, it is `way`, if that agrees with the direction, or else
        the direction's middle.
        """
        if distance <= 0 or self.direction == Direction.STATIC:
            return replace(self, displacement=None)
        if way is not None and not agrees(self.direction, way):
            way = None
        x, y = self.displacement or way or self.direction.sign
        longer = distance / hypot(x, y)
        return replace(self, displacement=(x * longer, y * longer))

    def placed(self, left: float, top: float, across: float, down: float) -> Region:
        """This region in the pixels of a part of the photo that begins at `left`, `top` and is
        `across` and `down` times as large."""
        rings = tuple(
            tuple(((x - left) * across, (y - top) * down) for x, y in ring) for ring in self.rings
        )
        moved = self.displacement
        if moved is not None:
            moved = moved[0] * across, moved[1] * down
        return replace(self, rings=rings, displacement=moved)

    @property
    def title(self) -> str:
        """How messages call the region: its name, or its direction when it has none."""
        return f"'{self.name}'" if self.name else f"({self.direction.long_name})"


def agrees(direction: Direction, displacement: Vector) -> bool:
    """Whether a displacement points into the half of all ways around the direction's middle."""
    x, y = direction.sign
    return x * displacement[0] + y * displacement[1] > 0


def whole_photo(
    width: int,
    height: int,
    direction: Direction,
    name: str = "",
    displacement: Vector | None = None,
) -> Region:
    """One region that covers every pixel of a `width` x `height` photo."""
    right, bottom = float(width), float(height)
    ring = ((0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom))
    return Region(direction, (ring,), name, displacement=displacement)
