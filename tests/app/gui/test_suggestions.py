"""The strip of suggested animations: filled by a provider in the background, taken by a click."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.engine.animate import AnimateSettings, animate
from app.engine.progress import finish
from app.errors import RunError
from app.gui.discover.findings import Suggestion
from app.gui.document import Regions
from app.gui.files.storage import paint
from app.gui.window import MainWindow
from app.gui.worker import Step
from app.guidance.classes import Direction
from app.guidance.region import whole_photo
from app.media.photos import Photo
from app.media.pixels import resize_to_max_edge
from tests.app.gui.conftest import PATIENCE_MS


def both_ways(photo: Photo, regions: Regions, step: Step) -> Generator[Suggestion, None, None]:
    """Suggests that the whole photo went right or left, with real films."""
    for number, direction in enumerate((Direction.UP_RIGHT, Direction.DOWN_LEFT)):
        step("Suggesting", number, 2)
        whole = (whole_photo(photo.width, photo.height, direction),)
        guidance = paint(whole, photo.width, photo.height).guidance
        film = finish(animate(photo.pixels, guidance, AnimateSettings(weights="decomposer-fast")))
        small = np.stack([resize_to_max_edge(frame, 64) for frame in film.frames])
        yield Suggestion(whole, small, direction.long_name)


class Slow:
    """A provider that gives one suggestion and then waits to be cancelled."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def __call__(
        self, photo: Photo, regions: Regions, step: Step
    ) -> Generator[Suggestion, None, None]:
        try:
            whole = (whole_photo(photo.width, photo.height, Direction.UP_LEFT),)
            yield Suggestion(whole, np.zeros((3, 20, 30, 3), np.uint8), "up-left")
            while True:
                step("Suggesting", 1, 2)
                threading.Event().wait(0.002)
        finally:
            self.closed.set()


@pytest.fixture
def suggested(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with the suggestions of `both_ways`."""
    window.controller.discoveries.offer_suggestions(both_ways)
    window.actions_by_name["suggest"].trigger()
    qtbot.waitUntil(
        lambda: (
            len(window.workspace.suggestion_strip.thumbnails) == 2
            and not window.controller.discoveries.suggesting
        ),
        timeout=PATIENCE_MS,
    )
    return window


def test_nothing_is_seen_of_suggestions_until_somebody_offers_them(window: MainWindow) -> None:
    assert not window.actions_by_name["suggest"].isVisible()
    assert not window.workspace.suggestion_strip.isVisible()
    window.controller.discoveries.offer_suggestions(both_ways)
    assert window.actions_by_name["suggest"].isVisible()
    assert window.actions_by_name["suggest"].isEnabled()
    assert not window.workspace.suggestion_strip.isVisible()


def test_suggestions_move_and_a_click_makes_one_the_guidance_as_one_step(
    suggested: MainWindow, qtbot: QtBot
) -> None:
    strip = suggested.workspace.suggestion_strip
    assert strip.isVisible()
    seen: set[int] = set()

    def all_frames_seen() -> bool:
        seen.add(strip.thumbnails[1].shown_frame)
        return len(seen) == 7

    qtbot.waitUntil(all_frames_seen, timeout=PATIENCE_MS)
    qtbot.mouseClick(strip.thumbnails[1], Qt.MouseButton.LeftButton)
    (region,) = suggested.editor.regions
    assert region.direction == Direction.DOWN_LEFT
    suggested.actions_by_name["undo"].trigger()
    assert suggested.editor.regions == ()


def test_suggestions_can_be_chosen_and_closed_by_keys(suggested: MainWindow, qtbot: QtBot) -> None:
    strip = suggested.workspace.suggestion_strip
    strip.thumbnails[0].setFocus()
    qtbot.keyClick(strip.thumbnails[0], Qt.Key.Key_Right)
    assert strip.thumbnails[1].hasFocus()
    qtbot.keyClick(strip.thumbnails[1], Qt.Key.Key_Return)
    assert suggested.editor.regions[0].direction == Direction.DOWN_LEFT
    qtbot.keyClick(strip.thumbnails[1], Qt.Key.Key_Escape)
    assert not strip.isVisible()


def test_the_first_suggestion_is_shown_while_more_are_looked_for(
    window: MainWindow, qtbot: QtBot
) -> None:
    slow, strip = Slow(), window.workspace.suggestion_strip
    window.controller.discoveries.offer_suggestions(slow)
    window.actions_by_name["suggest"].trigger()
    qtbot.waitUntil(lambda: len(strip.thumbnails) == 1, timeout=PATIENCE_MS)
    assert "so far" in strip.heading.text()
    strip.close_button.click()
    qtbot.waitUntil(slow.closed.is_set, timeout=PATIENCE_MS)
    assert not strip.isVisible()


def test_suggestions_for_another_photo_never_appear(
    window: MainWindow, photo: Path, qtbot: QtBot
) -> None:
    slow = Slow()
    window.controller.discoveries.offer_suggestions(slow)
    window.actions_by_name["suggest"].trigger()
    qtbot.waitUntil(lambda: bool(window.controller.discoveries.suggestions), timeout=PATIENCE_MS)
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open_path(photo)
    qtbot.waitUntil(slow.closed.is_set, timeout=PATIENCE_MS)
    assert window.controller.discoveries.suggestions == ()
    assert not window.workspace.suggestion_strip.isVisible()


def test_a_provider_that_fails_is_told_and_leaves_no_strip(
    window: MainWindow, qtbot: QtBot
) -> None:
    def failing(photo: Photo, regions: Regions, step: Step) -> Generator[Suggestion, None, None]:
        raise RunError("The predictor ran out of memory.")
        yield

    window.controller.discoveries.offer_suggestions(failing)
    with qtbot.waitSignal(window.controller.failed, timeout=PATIENCE_MS):
        window.actions_by_name["suggest"].trigger()
    assert window.banner.text == "The predictor ran out of memory."
    qtbot.waitUntil(lambda: not window.workspace.suggestion_strip.isVisible())
