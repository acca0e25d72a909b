"""A rough stroke around or over a thing gives its outline as a region, found in the background."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.errors import InputError
from app.gui.drawing.smart_outline import find_outline, surrounds
from app.gui.window import MainWindow
from app.guidance.rasterise import rasterise
from tests.app.gui.conftest import PATIENCE_MS, Mouse

SIZE, MIDDLE, RADIUS = 160, 80, 40


def scene() -> tuple[np.ndarray, np.ndarray]:
    """A reddish disc on a bluish ground, both rough, and where the disc is."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[:SIZE, :SIZE]
    disc = (x - MIDDLE) ** 2 + (y - MIDDLE) ** 2 < RADIUS**2
    pixels = np.where(disc[..., None], (200, 90, 60), (60, 90, 160)).astype(np.float64)
    pixels += rng.normal(0, 18, pixels.shape)
    return np.clip(cv2.GaussianBlur(pixels, (0, 0), 1.5), 0, 255).astype(np.uint8), disc


def around(radius: float) -> list[tuple[float, float]]:
    return [
        (MIDDLE + radius * cos(2 * pi * i / 30), MIDDLE + radius * sin(2 * pi * i / 30))
        for i in range(30)
    ]


OVER = [(60.0 + i, 80.0 + 12 * sin(i / 6)) for i in range(0, 42, 3)]


def agreement(found: np.ndarray, truth: np.ndarray) -> float:
    return float((found & truth).sum() / (found | truth).sum())


def test_a_ring_goes_around_and_a_scribble_goes_over() -> None:
    assert surrounds(around(50))
    assert surrounds(around(50)[:-3])
    assert not surrounds(OVER)
    assert not surrounds([(0, 0), (50, 0), (0, 1), (50, 1), (0, 2)])


@pytest.mark.parametrize("stroke", [around(58), OVER], ids=["around", "over"])
@pytest.mark.parametrize("deep", [False, True], ids=["8 bit", "16 bit"])
def test_both_kinds_of_stroke_find_the_disc(stroke: list[tuple[float, float]], deep: bool) -> None:
    from app.gui.drawing.shaping import with_new
    from app.guidance.classes import Direction

    pixels, disc = scene()
    rounds: list[tuple[int, int]] = []
    area = find_outline(
        pixels.astype(np.uint16) * 257 if deep else pixels, stroke, lambda *r: rounds.append(r)
    )
    regions, _ = with_new((), area, Direction.UP_LEFT)
    assert len(regions) == 1
    assert agreement(rasterise(regions, SIZE, SIZE) > 0, disc) > 0.93
    assert len(regions[0].rings[0]) < 80
    assert len(rounds) == 4


def test_the_same_stroke_gives_the_same_outline() -> None:
    pixels, _ = scene()
    first, second = (find_outline(pixels, around(58), lambda *_: None) for _ in range(2))
    assert first.equals_exact(second, 0)


def test_where_nothing_stands_out_it_says_so() -> None:
    with pytest.raises(InputError, match="Nothing stands out"):
        find_outline(np.full((90, 90, 3), 128, np.uint8), around(60), lambda *_: None)


@pytest.fixture
def disc_window(open_photo: Callable[[Path], MainWindow], tmp_path: Path) -> MainWindow:
    path = tmp_path / "disc.png"
    cv2.imwrite(str(path), scene()[0][:, :, ::-1])
    window = open_photo(path)
    window.actions_by_name["smart"].trigger()
    return window


def draw(window: MainWindow, points: list[tuple[float, float]], alt: bool = False) -> None:
    keys = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    mouse = Mouse(window.canvas)
    mouse.press(*points[0], keys=keys)
    for point in points[1:]:
        mouse.move(*point, keys=keys)
    mouse.release(*points[-1], keys=keys)


def test_one_gesture_outlines_the_disc_in_one_step(disc_window: MainWindow, qtbot: QtBot) -> None:
    draw(disc_window, around(58))
    assert disc_window.controller.background.activity("outline") is not None
    assert disc_window.editor.regions == ()
    qtbot.waitUntil(lambda: len(disc_window.editor.regions) == 1, timeout=PATIENCE_MS)
    assert agreement(rasterise(disc_window.editor.regions, SIZE, SIZE) > 0, scene()[1]) > 0.93
    assert disc_window.editor.selected == 0
    disc_window.actions_by_name["undo"].trigger()
    assert disc_window.editor.regions == ()


def test_with_alt_the_disc_is_cut_out_of_what_was_selected(
    disc_window: MainWindow, qtbot: QtBot
) -> None:
    disc_window.actions_by_name["whole_photo"].trigger()
    draw(disc_window, around(58), alt=True)
    qtbot.waitUntil(lambda: disc_window.editor.stack.count() == 2, timeout=PATIENCE_MS)
    assert len(disc_window.editor.regions[0].rings) == 2


def test_an_outline_found_after_its_photo_was_closed_is_dropped(
    disc_window: MainWindow, qtbot: QtBot
) -> None:
    draw(disc_window, around(58))
    disc_window.controller.close_document()
    qtbot.waitUntil(
        lambda: disc_window.controller.background.activity("outline") is None, timeout=PATIENCE_MS
    )
    assert disc_window.editor.regions == ()
    assert disc_window.banner.text == ""


def test_a_click_with_the_smart_tool_does_nothing(disc_window: MainWindow) -> None:
    Mouse(disc_window.canvas).click(80, 80)
    assert disc_window.controller.background.activity("outline") is None


def test_the_search_is_told_in_the_status_line_and_can_be_given_up(
    disc_window: MainWindow, qtbot: QtBot
) -> None:
    hint = disc_window.status_line.hint.text()
    draw(disc_window, around(58))
    assert "Finding the outline" in disc_window.status_line.hint.text()
    disc_window.actions_by_name["cancel"].trigger()
    qtbot.waitUntil(
        lambda: disc_window.controller.background.activity("outline") is None, timeout=PATIENCE_MS
    )
    assert disc_window.editor.regions == ()
    assert disc_window.status_line.hint.text() == hint
