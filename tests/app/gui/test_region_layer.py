"""The kept picture of the regions: painting only what changed gives what painting all gives."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QTransform

from app.gui.document import Regions, move_in_order, replace_region
from app.gui.drawing import region_layer
from app.gui.drawing.region_layer import Drawn, Look, RegionLayer, Rim
from app.guidance.classes import Direction
from app.guidance.region import Region

SIZE = QSize(240, 160)


def some_regions(count: int, rng: random.Random) -> Regions:
    regions = []
    for number in range(count):
        x, y = rng.uniform(0, 400), rng.uniform(0, 300)
        ring = tuple(
            (x + rng.uniform(-40, 40), y + rng.uniform(-40, 40)) for _ in range(rng.randint(3, 9))
        )
        regions.append(Region(Direction(number % 5), (ring,), f"Region {number}"))
    return tuple(regions)


def drawn_of(regions: Regions) -> list[Drawn]:
    rims = (Rim.PLAIN, Rim.SELECTED, Rim.HOVERED, Rim.NONE, Rim.PLAIN)
    return [
        Drawn(region, rims[len(region.rings[0]) % len(rims)], region.direction)
        for region in regions
    ]


def look_at(scale: float, dx: float, dy: float) -> Look:
    return Look(QTransform(scale, 0, 0, scale, dx, dy), SIZE, 1.0, 0.45)


def painted(layer: RegionLayer, drawn: list[Drawn], look: Look) -> QImage:
    """What is seen once the layer says that everything is painted."""
    for _ in range(10_000):
        picture = QImage(SIZE, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(0)
        with QPainter(picture) as painter:
            whole = layer.paint(painter, drawn, look)
        if whole:
            return picture
    raise AssertionError("the picture never became whole")


def alike(one: QImage, other: QImage) -> bool:
    """Whether two pictures differ by no more than the rounding of clipped edges."""
    worst = 0
    for a, b in zip(bytes(one.constBits()), bytes(other.constBits()), strict=True):
        worst = max(worst, abs(a - b))
    return worst <= 12


@pytest.mark.parametrize("seed", range(4))
def test_any_chain_of_edits_and_views_ends_in_the_picture_that_painting_anew_gives(
    qapp: object, seed: int
) -> None:
    rng = random.Random(seed)
    layer, regions = RegionLayer(), some_regions(12 if seed % 2 else 60, rng)
    scale, dx, dy = 0.6, 0.0, 0.0
    for _ in range(12):
        match rng.randint(0, 5):
            case 0:
                index = rng.randrange(len(regions))
                regions = replace_region(regions, index, some_regions(1, rng)[0])
            case 1:
                regions = move_in_order(
                    regions, rng.randrange(len(regions)), rng.randrange(len(regions))
                )
            case 2:
                regions = (*some_regions(1, rng), *regions)
            case 3:
                regions = regions[: max(len(regions) - 2, 1)]
            case 4:
                dx, dy = dx + rng.randint(-30, 30), dy + rng.randint(-30, 30)
            case 5:
                scale = rng.choice((0.4, 0.6, 1.3))
        drawn, look = drawn_of(regions), look_at(scale, dx, dy)
        kept = painted(layer, drawn, look)
        assert alike(kept, painted(RegionLayer(), drawn, look))


def test_a_picture_that_takes_long_is_painted_in_slices_and_the_old_one_stays_meanwhile(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(1)
    layer, few, many = RegionLayer(), some_regions(3, rng), some_regions(30, rng)
    look = look_at(0.5, 0, 0)
    before = painted(layer, drawn_of(few), look)
    monkeypatch.setattr(region_layer, "_SLICE_S", -1.0)
    picture = QImage(SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    with QPainter(picture) as painter:
        drawn = drawn_of(many)
        assert not layer.paint(painter, drawn, look)
    assert picture == before
    assert painted(layer, drawn, look) == painted(RegionLayer(), drawn, look)


def test_a_drag_does_not_keep_a_picture_under_way_from_being_finished(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(2)
    layer, regions = RegionLayer(), some_regions(10, rng)
    monkeypatch.setattr(region_layer, "_SLICE_S", -1.0)
    look = look_at(0.5, 0, 0)
    for step in range(200):
        picture = QImage(SIZE, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(0)
        with QPainter(picture) as painter:
            moved = replace(regions[0], name=f"step {step}")
            layer.paint(painter, drawn_of((moved, *regions[1:])), look)
    assert any(bytes(picture.constBits()))
