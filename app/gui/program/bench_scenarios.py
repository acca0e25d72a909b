"""What a person does in the window during `bench`: open, draw, drag, undo, point, look, animate."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from PySide6.QtCore import QPoint

from app.errors import RunError
from app.gui.document import Point, Regions
from app.gui.drawing.stroke_values import BRUSH, LASSO
from app.gui.drawing.tools import OUTLINE, SELECT
from app.gui.program.bench_hand import Hand, Script, circle, line, rest
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.region import Region


@dataclass(frozen=True)
class UiBenchSettings:
    """How large the trial is.

    Attributes:
        draw_megapixels: size of the photo that is drawn on.
        film_megapixels: size of the photo that is animated at its full size.
        moving: share of the second photo that moves, from 0 to 1.
        regions: how many regions lie on the first photo, of `points` points each.
        points: see `regions`.
        starts: how often the start is measured.
    """

    draw_megapixels: float = 24.0
    film_megapixels: float = 12.0
    moving: float = 1.0
    regions: int = 200
    points: int = 40
    starts: int = 3

    @classmethod
    def quick(cls) -> UiBenchSettings:
        """The same photos and regions, but only a small part is animated, and one start."""
        return cls(moving=0.1, starts=1)


def many_regions(width: int, height: int, count: int, points: int) -> Regions:
    """Rounded shapes of some 5 % of the photo's width all over it, `count` of them."""
    rng = np.random.default_rng(3)
    size = 0.05 * width
    regions = []
    for number in range(count):
        x, y = rng.uniform(size, width - size), rng.uniform(size, height - size)
        angles = np.linspace(0, 2 * np.pi, points, endpoint=False)
        radii = size * rng.uniform(0.5, 1.0, points)
        ring = tuple(
            (float(x + r * math.cos(a)), float(y + r * math.sin(a)))
            for a, r in zip(angles, radii, strict=True)
        )
        regions.append(Region(Direction(number % 5), (ring,), f"Region {number + 1}"))
    return tuple(regions)


def _open(window: MainWindow, path: Path) -> Script:
    # Projects lie beside photos: without edits to lose, opening asks nothing.
    window.editor.stack.setClean()
    window.open_path(path)
    yield (
        lambda: (
            window.editor.document is not None
            and window.editor.document.photo.path == path
            and not window.controller.background.activities
        )
    )


def _opening(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    yield None
    yield from _open(window, folder / "draw.jpg")
    yield from rest(5)


def _drawing(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    document = window.editor.document
    assert document is not None
    width, height = document.width, document.height
    regions = many_regions(width, height, settings.regions, settings.points)
    window.editor.change("Regions", regions, None)
    window.canvas.choose_tool(OUTLINE)
    hand = Hand(window.canvas)
    yield None
    ring = circle((0.5 * width, 0.5 * height), 0.2 * height, 24)
    for point in ring:
        hand.move(point)
        yield None
        hand.click(point)
        yield None
    hand.click(ring[0])
    yield from rest()
    for tool in (LASSO, BRUSH):
        window.canvas.choose_tool(tool)
        yield from hand.drag(circle((0.4 * width, 0.4 * height), 0.25 * height, 150))


def _dragging(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    window.canvas.choose_tool(SELECT)
    window.editor.select(None)
    hand = Hand(window.canvas)
    yield None
    for number in (0, settings.regions // 2):
        start = _centre(window.editor.regions[number])
        window.editor.select(number)
        yield from hand.drag(line(start, (start[0] + 300.0, start[1] + 200.0), 50))
    last = len(window.editor.regions) - 1
    window.editor.select(last)
    corner = window.editor.regions[last].rings[0][0]
    yield from hand.drag(line(corner, (corner[0] + 200.0, corner[1] - 100.0), 50))


def _history(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    steps = window.editor.stack.count() - 1
    yield None
    for name in ("undo", "redo"):
        for _ in range(steps):
            window.actions_by_name[name].trigger()
            yield from rest()


def _turning(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    window.editor.select_all()
    yield None
    for direction in Direction:
        window.editor.set_direction(direction)
        yield from rest()
    window.editor.select(None)


def _looking(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    canvas = window.canvas
    canvas.fit()
    yield None
    for factor in (*[1.25] * 16, *[0.8] * 16):
        canvas.zoom_by(factor)
        yield from rest(2)
    canvas.zoom_by(3.0)
    for _ in range(40):
        canvas.pan(QPoint(-12, -8))
        yield from rest(1)
    canvas.fit()


def _animating(window: MainWindow, settings: UiBenchSettings, folder: Path) -> Script:
    yield None
    yield from _open(window, folder / "film.jpg")
    document = window.editor.document
    assert document is not None
    width, height = float(document.width), float(document.height)
    right, bottom = width * math.sqrt(settings.moving), height * math.sqrt(settings.moving)
    ring = ((0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom))
    region = Region(Direction.UP_RIGHT, (ring,), "Everything")
    window.editor.change("Everything moves", (region,), None)
    window.canvas.choose_tool(SELECT)
    window.animate()
    # Somebody looks around meanwhile.
    turn = 0
    while window.controller.background.activity("animate") is not None:
        window.canvas.zoom_by(1.02 if turn // 20 % 2 else 1 / 1.02)
        turn += 1
        yield from rest(5)
    if window.controller.film is None:
        raise RunError(f"No film came: {window.banner.text}")
    yield from rest(200)


Scenario: TypeAlias = Callable[[MainWindow, UiBenchSettings, Path], Script]
"""Drives a window; the folder holds the photos `draw.jpg` and `film.jpg`."""

SCENARIOS: dict[str, Scenario] = {
    "open": _opening,
    "draw": _drawing,
    "drag": _dragging,
    "undo and redo": _history,
    "point all regions": _turning,
    "zoom and pan": _looking,
    "animate": _animating,
}
"""Trials by name, in their order: each goes on where the last one ended."""


def _centre(region: Region) -> Point:
    xs, ys = zip(*region.rings[0], strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)
