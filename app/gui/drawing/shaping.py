"""Areas drawn freely, and regions made of them, grown by them or cut by them. No widgets here.

An `Area` is a valid shapely geometry in photo pixels; what becomes of it are ordinary regions.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import shapely
from shapely import affinity

from app.errors import InputError
from app.gui.document import Point, Regions, fresh_name, insert_region
from app.gui.program.language import translate
from app.guidance.classes import Direction
from app.guidance.region import Region, Vector
from app.guidance.repair import repaired

Area: TypeAlias = Any

_ROUGH = 0.5
"""Pixels by which grown outlines may be simplified."""
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


def with_room(
    regions: Regions, ways: Mapping[int, Vector], width: int, height: int
) -> tuple[Regions, tuple[int, ...]]:
    """The regions with some grown by where their things were first and last, and where those stand.

    An outline drawn around the middle of a streak would cut off its ends. Other regions lose
    nothing.

    Args:
        ways: from where to where the things of the region at an index moved, in photo pixels.
    """
    grown: dict[int, Area] = {}
    for index, way in ways.items():
        area = _area_of(regions[index], width, height)
        others = [_area_of(r, width, height) for i, r in enumerate(regions) if i != index]
        added = clipped(_swept(area, way), width, height).difference(shapely.union_all(others))
        # What others cut off from the region is not of its things.
        near = [part for part in shapely.get_parts(added) if part.intersects(area)]
        grown[index] = shapely.union_all([area, *near]).simplify(_ROUGH)
    return _put(regions, grown)


def _swept(area: Area, way: Vector) -> Area:
    """What an area covers while it moves by half of `way` to either side."""
    x, y = way[0] / 2, way[1] / 2
    parts = [affinity.translate(area, -x, -y), affinity.translate(area, x, y)]
    for polygon in _polygons(area):
        for ring in (polygon.exterior, *polygon.interiors):
            corners = list(ring.coords)
            for (ax, ay), (bx, by) in itertools.pairwise(corners):
                ends = [(ax - x, ay - y), (ax + x, ay + y), (bx + x, by + y), (bx - x, by - y)]
                parts.append(shapely.MultiPoint(ends).convex_hull)
    return shapely.union_all(parts)


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
