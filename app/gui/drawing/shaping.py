"""Areas drawn freely, and regions made of them, grown by them or cut by them. No widgets here.

An `Area` is a valid shapely geometry in photo pixels; what becomes of it are ordinary regions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import shapely

from app.errors import InputError
from app.gui.document import Point, Regions, fresh_name, insert_region
from app.gui.program.language import translate
from app.guidance.classes import Direction
from app.guidance.region import Region
from app.guidance.repair import repaired

Area: TypeAlias = Any

_LEAST_AREA = 1.0
"""Square pixels; smaller scraps that cutting leaves behind are dropped."""


def area_of_ring(ring: tuple[Point, ...], width: int, height: int, tolerance: float) -> Area:
    """What a ring drawn by hand encloses, with no more points than `tolerance` pixels need.

    Raises:
        InputError: it encloses nothing of the photo.
    """
    drawn = Region(Direction.STATIC, (ring,), "outline")
    area = shapely.union_all([_polygon(part) for part in repaired(drawn, width, height)])
    return area.simplify(tolerance) if tolerance else area


def area_of_brush(
    points: Sequence[Point], radius: float, width: int, height: int, tolerance: float
) -> Area:
    """What a round brush of `radius` pixels covers of the photo along a path.

    Raises:
        InputError: it covers nothing of the photo.
    """
    path = shapely.LineString(points) if len(points) > 1 else shapely.Point(points[0])
    covered = path.simplify(tolerance / 2).buffer(radius, quad_segs=8)
    area = covered.simplify(tolerance).intersection(shapely.box(0, 0, width, height))
    if area.area == 0:
        raise InputError(translate("Shaping", "The brush did not touch the photo."))
    return area


def clipped(area: Area, width: int, height: int) -> Area:
    """The part of an area that lies on the photo."""
    return area.intersection(shapely.box(0, 0, width, height))


def with_new(regions: Regions, area: Area, direction: Direction) -> tuple[Regions, tuple[int, ...]]:
    """The regions with an area in front as a region of its own, and the indexes of its parts."""
    first = len(regions)
    for polygon in _polygons(area):
        region = Region(direction, _rings(polygon), fresh_name(regions))
        regions = (*regions, region)
    return regions, tuple(range(first, len(regions)))


def touches(region: Region, area: Area, width: int, height: int) -> bool:
    """Whether an area overlaps or borders a region."""
    left, top, right, bottom = area.bounds
    x0, y0, x1, y1 = region.bounds
    if x0 > right or x1 < left or y0 > bottom or y1 < top:
        return False
    return bool(_area_of(region, width, height).intersects(area))


def with_grown(
    regions: Regions, index: int, area: Area, width: int, height: int
) -> tuple[Regions, tuple[int, ...]]:
    """The regions with an area added to one of them, and where that one now stands."""
    grown = _area_of(regions[index], width, height).union(area)
    return _put(regions, {index: grown})


def with_cut(
    regions: Regions, indexes: Iterable[int], area: Area, width: int, height: int
) -> tuple[Regions, tuple[int, ...]]:
    """The regions with an area taken out of some of them, and where what is left of those stands.

    A region may get a hole, fall into several, or vanish; one that the area misses stays the same.
    """
    cut = {}
    for index in indexes:
        before = _area_of(regions[index], width, height)
        if before.intersects(area):
            cut[index] = before.difference(area)
    return _put(regions, cut)


def _put(regions: Regions, shapes: dict[int, Area]) -> tuple[Regions, tuple[int, ...]]:
    placed: Regions = ()
    standing: list[int] = []
    names = regions
    for index, region in enumerate(regions):
        if index not in shapes:
            placed = (*placed, region)
            continue
        for number, polygon in enumerate(_polygons(shapes[index])):
            name = fresh_name(names) if number else region.name
            part = replace(region, rings=_rings(polygon), name=name)
            names = (*names, part)
            standing.append(len(placed))
            placed = insert_region(placed, len(placed), part)
    return placed, tuple(standing)


def _area_of(region: Region, width: int, height: int) -> Area:
    try:
        return shapely.union_all([_polygon(part) for part in repaired(region, width, height)])
    except InputError:
        # A region that encloses nothing, such as one read from a file.
        return shapely.Polygon()


def _polygon(region: Region) -> shapely.Polygon:
    return shapely.Polygon(region.rings[0], region.rings[1:])


def _polygons(area: Area) -> list[shapely.Polygon]:
    """The polygons of an area worth keeping, the largest first, without pinholes."""
    parts = shapely.get_parts(shapely.get_parts(shapely.normalize(area)))
    found = [p for p in parts if isinstance(p, shapely.Polygon) and p.area >= _LEAST_AREA]
    return sorted((_without_pinholes(p) for p in found), key=lambda p: -p.area)


def _without_pinholes(polygon: shapely.Polygon) -> shapely.Polygon:
    holes = [h for h in polygon.interiors if shapely.Polygon(h).area >= _LEAST_AREA]
    return shapely.Polygon(polygon.exterior, holes)


def _rings(polygon: shapely.Polygon) -> tuple[tuple[Point, ...], ...]:
    rings = (polygon.exterior, *polygon.interiors)
    return tuple(tuple((float(x), float(y)) for x, y in ring.coords[:-1]) for ring in rings)
