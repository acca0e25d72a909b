"""Time as colour, from blue for the first instant of an exposure to yellow for its last."""

from __future__ import annotations

TIME_COLOURS = ((70, 120, 255), (190, 90, 235), (255, 100, 110), (255, 185, 40), (255, 255, 130))
"""RGB of evenly spaced instants, from the exposure's first to its last."""


def time_colour(share: float) -> tuple[int, int, int]:
    """RGB of an instant, from 0 for the exposure's first to 1 for its last."""
    place = min(max(share, 0.0), 1.0) * (len(TIME_COLOURS) - 1)
    index = min(int(place), len(TIME_COLOURS) - 2)
    part = place - index
    pairs = zip(TIME_COLOURS[index], TIME_COLOURS[index + 1], strict=True)
    red, green, blue = (round(a + (b - a) * part) for a, b in pairs)
    return red, green, blue
