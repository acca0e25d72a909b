"""Suggestions and "What is blurred?" in the window, from a predictor whose word is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import weights_files
from app.assets import weights_dir
from app.gui.discover.suggesting import PredictedMotion, offer_suggestions
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from tests.app.gui.conftest import PATIENCE_MS


@pytest.fixture
def ball(tmp_path: Path) -> Path:
    """A photo of a red square on blue."""
    pixels = np.full((64, 96, 3), (190, 60, 10), np.uint8)
    pixels[20:50, 30:60] = (20, 40, 210)
    path = tmp_path / "ball.png"
    cv2.imwrite(str(path), pixels)
    return path


@pytest.fixture
def window(open_photo: Callable[[Path], MainWindow], ball: Path, red_moves: Path) -> MainWindow:
    opened = open_photo(ball)
    motion = PredictedMotion(red_moves, weights_dir() / "decomposer-fast.safetensors")
    opened.controller.discoveries.offer_suggestions(motion.suggest)
    opened.controller.discoveries.offer_outlines(motion.outline)
    return opened


def test_suggestions_outline_what_moves_both_ways_and_one_click_takes_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.actions_by_name["suggest"].trigger()
    strip, found = window.workspace.suggestion_strip, window.controller.discoveries
    qtbot.waitUntil(
        lambda: len(strip.thumbnails) == 4 and not found.suggesting, timeout=PATIENCE_MS
    )
    titles = [thumbnail.suggestion.title for thumbnail in strip.thumbnails]
    assert set(titles[:2]) == {"up-right", "down-left"}
    # A plain ground cannot say that it stood still.
    assert set(titles[2:]) == {"all up-right", "all down-left"}
    qtbot.mouseClick(strip.thumbnails[0], Qt.MouseButton.LeftButton)
    (region,) = window.editor.regions
    left, top, right, bottom = region.bounds
    assert (left, top, right, bottom) == pytest.approx((30, 20, 60, 50), abs=2)
    assert region.name == "Part 1"
    qtbot.mouseClick(strip.thumbnails[2], Qt.MouseButton.LeftButton)
    (region,) = window.editor.regions
    assert region.bounds == (0, 0, 96, 64)
    assert region.name == "Whole photo"
    for _ in range(2):
        window.actions_by_name["undo"].trigger()
    assert window.editor.regions == ()


def test_what_is_blurred_is_outlined_and_waits_for_a_direction(
    window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.controller.discoveries.outlined, timeout=PATIENCE_MS):
        window.actions_by_name["blurred"].trigger()
    (region,) = window.editor.regions
    assert region.direction == Direction.STATIC
    assert "press 1 to 4" in window.banner.text
    window.editor.set_direction(Direction.UP_LEFT)
    assert window.editor.regions[0].direction == Direction.UP_LEFT
    window.actions_by_name["undo"].trigger()
    window.actions_by_name["undo"].trigger()
    assert window.editor.regions == ()


def test_outlines_go_below_what_a_person_has_drawn(window: MainWindow, qtbot: QtBot) -> None:
    window.editor.add_outline(((10, 10), (80, 10), (80, 60)))
    (drawn,) = window.editor.regions
    with qtbot.waitSignal(window.controller.discoveries.outlined, timeout=PATIENCE_MS):
        window.actions_by_name["blurred"].trigger()
    assert window.editor.regions[1] == drawn
    assert window.editor.selection == (0,)


@pytest.mark.parametrize("command", ["suggest", "blurred"])
def test_a_photo_without_blur_is_told(
    window: MainWindow, qtbot: QtBot, ball: Path, command: str
) -> None:
    cv2.imwrite(str(ball), np.full((64, 96, 3), (190, 60, 10), np.uint8))
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open_path(ball)
    with qtbot.waitSignal(window.controller.failed, timeout=PATIENCE_MS):
        window.actions_by_name[command].trigger()
    assert "Nothing in this photo looks motion-blurred" in window.banner.text
    assert window.editor.regions == ()


@pytest.mark.parametrize("guesser", ["predictor", "trajectory-quadratic"])
def test_nothing_is_offered_without_weights_that_guess(
    empty_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, guesser: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr(weights_files, "weights_dir", lambda: tmp_path)
    monkeypatch.setattr(weights_files, "user_weights_dir", lambda: own)
    offer_suggestions(empty_window.controller.discoveries)
    assert not empty_window.actions_by_name["suggest"].isVisible()
    assert not empty_window.actions_by_name["blurred"].isVisible()
    for folder, name in ((own, guesser), (tmp_path, "decomposer-fast")):
        (folder / f"{name}.safetensors").write_bytes(b"")
    offer_suggestions(empty_window.controller.discoveries)
    assert empty_window.actions_by_name["suggest"].isVisible()
    assert empty_window.actions_by_name["blurred"].isVisible()
