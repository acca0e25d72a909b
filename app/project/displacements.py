"""How far a region moved, in files of other programs: a key of our own, which they keep."""

from __future__ import annotations

from typing import Any

from app.guidance.classes import Direction
from app.guidance.region import MAX_COORDINATE, Region, Vector, agrees

KEY = "displacement"


def displacement_in(entry: dict[str, Any], direction: Direction) -> Vector | None:
    """What an entry says under `KEY`, `[x, y]` in photo pixels.

    None where it says nothing that can be used: other programs turn directions without knowing.
    """
    value = entry.get(KEY)
    if not isinstance(value, list) or len(value) != 2:
        return None
    for number in value:
        if isinstance(number, bool) or not isinstance(number, int | float):
            return None
        if not abs(number) <= MAX_COORDINATE:
            return None
    vector = float(value[0]), float(value[1])
    return vector if agrees(direction, vector) else None


def displacement_entry(region: Region) -> dict[str, list[float]]:
    """The key and value for a region; nothing where nobody knows."""
    return {KEY: list(region.displacement)} if region.displacement is not None else {}
