"""Curves of small fits as one picture, drawn with Pillow so that no plotting library is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.atomic import atomic_file

Curve = Sequence[tuple[float, float]]
"""Points (step, value), by step."""

_WIDTH, _HEIGHT, _LEGEND = 460, 300, 22
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 56, 40
# Okabe and Ito's colours, which colour-blind eyes tell apart; lines also end in different marks.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_INK, _GRID = "#222222", "#dddddd"


@dataclass(frozen=True)
class Panel:
    """One chart: its title and its curves by name."""

    title: str
    curves: Mapping[str, Curve]


def draw_panels(path: Path, panels: Sequence[Panel], across: str, upwards: str) -> None:
    """Draw charts side by side, all with the same axes, as a PNG."""
    points = [point for panel in panels for curve in panel.curves.values() for point in curve]
    most = max(len(panel.curves) for panel in panels)
    end = max(x for x, _ in points)
    low, high = min(0.0, *(y for _, y in points)), max(y for _, y in points)
    step = _round_step((high - low) / 5)
    low, high = step * (low // step), step * -(-high // step)
    picture = Image.new("RGB", (_WIDTH * len(panels), _HEIGHT + _LEGEND * most + 10), "white")
    draw = ImageDraw.Draw(picture)
    for number, panel in enumerate(panels):
        _draw_panel(draw, number * _WIDTH, panel, (end, low, high, step), (across, upwards))
    with atomic_file(path) as temporary:
        picture.save(temporary, format="PNG", optimize=True)


def _draw_panel(
    draw: ImageDraw.ImageDraw,
    left: int,
    panel: Panel,
    scale: tuple[float, float, float, float],
    names: tuple[str, str],
) -> None:
    end, low, high, step = scale
    small, large = ImageFont.load_default(13), ImageFont.load_default(16)
    right, bottom = left + _WIDTH - _RIGHT, _HEIGHT - _BOTTOM

    def place(x: float, y: float) -> tuple[float, float]:
        across = left + _LEFT + x / end * (right - left - _LEFT)
        return across, bottom - (y - low) / (high - low) * (bottom - _TOP)

    draw.text((left + _LEFT, 8), panel.title, fill=_INK, font=large)
    for line in range(round((high - low) / step) + 1):
        value = low + line * step
        start = place(0, value)
        draw.line([start, place(end, value)], fill=_INK if abs(value) < 1e-9 else _GRID)
        draw.text((start[0] - 6, start[1]), f"{value:.1f}", fill=_INK, font=small, anchor="rm")
    for part in range(5):
        x, y = place(end * part / 4, low)
        draw.text((x, y + 6), f"{end * part / 4:.0f}", fill=_INK, font=small, anchor="mt")
    draw.text((right, bottom + 22), names[0], fill=_INK, font=small, anchor="rt")
    draw.text((left + _LEFT - 40, 38), names[1], fill=_INK, font=small, anchor="lm")
    for index, (name, curve) in enumerate(panel.curves.items()):
        colour = _COLOURS[index % len(_COLOURS)]
        line = [place(*point) for point in curve]
        draw.line(line, fill=colour, width=3, joint="curve")
        _mark(draw, line[-1], index, colour)
        key = (left + _LEFT, _HEIGHT + _LEGEND * index + 10)
        draw.line([key, (key[0] + 24, key[1])], fill=colour, width=3)
        _mark(draw, (key[0] + 24, key[1]), index, colour)
        draw.text((key[0] + 36, key[1]), name, fill=_INK, font=small, anchor="lm")


def _mark(draw: ImageDraw.ImageDraw, place: tuple[float, float], index: int, colour: str) -> None:
    x, y = place
    corners = {0: 20, 1: 4, 2: 3, 3: 5, 4: 6}.get(index, 8)
    draw.regular_polygon((x, y, 6), corners, rotation=45 if corners == 4 else 0, fill=colour)


def _round_step(step: float) -> float:
    """The next larger of 0.1, 0.2, 0.5, 1, 2, 5, …"""
    size = 0.1
    while True:
        for factor in (1, 2, 5):
            if size * factor >= step:
                return size * factor
        size *= 10
