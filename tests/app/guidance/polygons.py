"""Polygons and maps to try, and what is inside by the definition."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import shapely
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from app.guidance.classes import Direction
from app.guidance.region import Region, Ring

WIDTH, HEIGHT = 12, 9

# Halves put vertices and edges exactly on pixel centres; all are short binary fractions, for which
# the decision is exact.
coordinates = st.integers(-6, 30).map(lambda n: n / 2) | st.integers(-20, 220).map(lambda n: n / 16)
rings = st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=8).map(tuple)
polygons = st.lists(rings, min_size=1, max_size=3).map(tuple)
guidance_maps = hnp.arrays(
    np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(0, 4)
) | hnp.arrays(
    np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(0, 1)
)


def region(*polygon: Ring, direction: Direction = Direction.UP_RIGHT, name: str = "") -> Region:
    return Region(direction, polygon, name)


def square(left: float, top: float, right: float, bottom: float) -> Ring:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def even_odd(polygon: tuple[Ring, ...], width: int, height: int) -> NDArray:
    """The definition in exact arithmetic: an odd number of crossings on or left of the centre."""
    inside = np.zeros((height, width), dtype=bool)
    for row in range(height):
        y = Fraction(2 * row + 1, 2)
        crossings = []
        for ring in polygon:
            for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
                a, b, c, d = Fraction(x0), Fraction(y0), Fraction(x1), Fraction(y1)
                if min(b, d) <= y < max(b, d):
                    crossings.append(a + (y - b) * (c - a) / (d - b))
        for column in range(width):
            x = Fraction(2 * column + 1, 2)
            inside[row, column] = sum(crossing <= x for crossing in crossings) % 2
    return inside


def away_from_edges(polygon: tuple[Ring, ...]) -> NDArray:
    """Pixels whose centre is not on an edge, where new rounded vertices could tip the balance."""
    edges = shapely.union_all([shapely.LinearRing(ring) for ring in polygon])
    x, y = np.meshgrid(np.arange(WIDTH) + 0.5, np.arange(HEIGHT) + 0.5)
    return shapely.distance(shapely.points(x, y), edges) > 1e-6


def even_odd_away_from_edges(polygon: tuple[Ring, ...]) -> NDArray:
    return even_odd(polygon, WIDTH, HEIGHT) & away_from_edges(polygon)
