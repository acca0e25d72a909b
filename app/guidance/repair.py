"""Mending regions: crossings resolved, what lies outside the photo cut away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from app.errors import InputError
from app.guidance.region import MAX_COORDINATE, Region, Ring


def repaired(region: Region, width: int, height: int) -> list[Region]:
    """The region as valid polygons within the photo: crossings resolved, the outside cut away.

    A region that is valid and inside the photo comes back unchanged. A self-intersecting outline
    keeps its even-odd inside and may fall into several regions, which share its other fields; parts
    of a hole outside the outline cut nothing.

    Raises:
        InputError: a ring has fewer than three points or a point that is not a usable number, or
            nothing of the region lies within the photo; the sentence names the region.
    """
    if not region.rings:
        raise InputError(f"Region {region.title} has no outline.")
    rings = tuple(_checked_ring(region, ring) for ring in region.rings)
    shape = shapely.Polygon(rings[0], rings[1:])
    photo = shapely.box(0, 0, width, height)
    if not shape.is_valid:
        shape = _valid(rings[0])
        for hole in rings[1:]:
            shape = shape.difference(_valid(hole))
    if shape.is_valid and photo.covers(shape) and isinstance(shape, shapely.Polygon):
        polygons = [shape] if shape.area > 0 else []
        if polygons and shape.equals_exact(shapely.Polygon(rings[0], rings[1:]), 0):
            return [region if rings == region.rings else replace(region, rings=rings)]
    else:
        polygons = _polygons(shape.intersection(photo))
    if not polygons:
        if shape.area == 0:
            raise InputError(f"Region {region.title} encloses no area.")
        raise InputError(
            f"Region {region.title} lies outside the photo of {width} x {height} pixels."
        )
    return [replace(region, rings=rings_of(polygon)) for polygon in polygons]


def _checked_ring(region: Region, ring: Sequence[Sequence[float]]) -> Ring:
    points: Ring = tuple((float(x), float(y)) for x, y in ring)
    if not all(abs(value) <= MAX_COORDINATE for point in points for value in point):
        raise InputError(f"Region {region.title} has a point that is not a usable number.")
    if len(points) > 1 and points[0] == points[-1]:
        points = points[:-1]
    if len(set(points)) < 3:
        raise InputError(
            f"Region {region.title} has a ring of {len(set(points))} different points; "
            "a polygon needs three."
        )
    return points


def _valid(ring: Ring) -> shapely.Geometry:
    """The even-odd inside of a ring as a valid geometry, possibly empty."""
    polygon = shapely.Polygon(ring)
    if polygon.is_valid:
        return polygon
    # shapely.make_valid takes an edge that is walked twice for one border; even-odd does not, and
    # outlines that reach their holes over such an edge (labelme files) depend on it.
    noded = shapely.union_all([shapely.LinearRing(ring)])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    x0, y0 = np.asarray(ring).T
    x1, y1 = np.roll(x0, -1), np.roll(y0, -1)
    inside = []
    for face, point in zip(faces, shapely.point_on_surface(faces), strict=True):
        crossed = (y0 <= point.y) != (y1 <= point.y)
        reach = (point.y - y0[crossed]) * (x1 - x0)[crossed] / (y1 - y0)[crossed]
        if ((x0[crossed] + reach) <= point.x).sum() % 2:
            inside.append(face)
    return shapely.union_all(inside)


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """The polygons with an area in a geometry that may also hold stray lines and points."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [part for part in parts if isinstance(part, shapely.Polygon) and part.area > 0]


def rings_of(polygon: shapely.Polygon) -> tuple[Ring, ...]:
    """The outline of a polygon and its holes, not closed."""
    return tuple(
        tuple((float(x), float(y)) for x, y in ring.coords[:-1])
        for ring in (polygon.exterior, *polygon.interiors)
    )
