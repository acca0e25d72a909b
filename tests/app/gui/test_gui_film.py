"""From Animate to the exported file, with a small real network."""

from __future__ import annotations

import threading
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.gui.controller import STILL_WARNING
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from tests.app.gui.conftest import HEIGHT, PATIENCE_MS, WIDTH

FRAMES = 7


class SlowEngine:
    """Stands for a long run: reports steps until its generator is closed."""

    def __init__(self) -> None:
        self.started = threading.Event()
        self.closed = threading.Event()

    def animate(self, *args: object) -> Generator[Any, None, Any]:
        try:
            for done in range(100_000):
                self.started.set()
                yield SimpleNamespace(stage="decompose", done=done, total=100_000)
                threading.Event().wait(0.002)
        finally:
            self.closed.set()


@pytest.fixture
def slow_engine(monkeypatch: pytest.MonkeyPatch) -> SlowEngine:
    import app.engine.animate

    engine = SlowEngine()
    monkeypatch.setattr(app.engine.animate, "animate", engine.animate)
    return engine


def test_animating_shows_a_film_beside_the_photo(filmed: MainWindow, qtbot: QtBot) -> None:
    film, document = filmed.controller.film, filmed.editor.document
    assert film is not None
    assert document is not None
    assert film.frames.shape == (FRAMES, HEIGHT, WIDTH, 3)
    assert filmed.film_panel.isVisible()
    assert filmed.canvas.isVisible()
    assert filmed.film_panel.player.playing
    seen: set[int] = set()
    filmed.film_panel.player.frame_changed.connect(seen.add)
    qtbot.waitUntil(lambda: len(seen) == FRAMES, timeout=PATIENCE_MS)
    outside = np.ones((HEIGHT, WIDTH), bool)
    outside[10:50, 20:60] = False
    photo = document.photo.pixels
    assert all((frame[outside] == photo[outside]).all() for frame in film.frames)
    assert (film.frames[0] != photo).any()


def test_the_player_shows_the_frame_that_is_scrubbed_to(filmed: MainWindow) -> None:
    panel, film = filmed.film_panel, filmed.controller.film
    assert film is not None
    filmed.canvas.actual_size()
    for index in (5, 2):
        panel.slider.setValue(index)
        assert not panel.player.playing
        assert panel.position.text() == f"{index + 1} / {FRAMES}"
        shown = panel.view.grab().toImage()
        place = panel.view.viewportTransform().map(QPointF(40.5, 30.5))
        colour = shown.pixelColor(int(place.x()), int(place.y()))
        assert (colour.red(), colour.green(), colour.blue()) == tuple(film.frames[index, 30, 40])
    filmed.actions_by_name["next"].trigger()
    assert panel.slider.value() == 3


def test_the_film_looks_where_the_photo_looks(filmed: MainWindow) -> None:
    filmed.canvas.zoom_by(3.0)
    assert filmed.film_panel.view.scale_factor == pytest.approx(filmed.canvas.scale_factor)
    filmed.film_panel.view.zoom_by(0.5)
    assert filmed.canvas.scale_factor == pytest.approx(filmed.film_panel.view.scale_factor)


def test_a_changed_region_marks_the_film_as_out_of_date_until_it_is_undone(
    filmed: MainWindow,
) -> None:
    assert "out of date" not in filmed.film_panel.caption.text()
    filmed.editor.set_direction(Direction.DOWN_LEFT)
    assert "out of date" in filmed.film_panel.caption.text()
    filmed.actions_by_name["undo"].trigger()
    assert "out of date" not in filmed.film_panel.caption.text()
    filmed.film_settings.frames.setValue(5)
    assert "out of date" in filmed.film_panel.caption.text()


def test_playing_differently_does_not_make_the_film_out_of_date(filmed: MainWindow) -> None:
    filmed.film_panel.loop.setCurrentIndex(filmed.film_panel.loop.findData("once"))
    filmed.film_panel.fps.setValue(5)
    assert not filmed.controller.film_outdated
    assert filmed.editor.document is not None
    assert filmed.editor.document.choices.loop == "once"
    assert filmed.editor.dirty


def test_guidance_without_motion_gives_a_still_film_and_a_warning(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.animate()
    qtbot.waitUntil(lambda: window.controller.film is not None, timeout=PATIENCE_MS)
    film = window.controller.film
    assert film is not None
    assert (film.frames == film.frames[0]).all()
    assert window.banner.text == STILL_WARNING


def test_cancelling_really_ends_the_run_and_shows_the_true_state(
    ready: MainWindow, slow_engine: SlowEngine, qtbot: QtBot
) -> None:
    settings = ready.film_settings
    settings.animate_button.click()
    qtbot.waitUntil(settings.strip.isVisible)
    qtbot.waitUntil(slow_engine.started.is_set, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "Unspooling" in settings.strip.stage.text())
    settings.strip.cancel_button.click()
    assert not settings.strip.cancel_button.isEnabled()
    assert settings.strip.stage.text() == "Cancelling…"
    qtbot.waitUntil(lambda: not settings.strip.isVisible())
    assert slow_engine.closed.is_set()
    assert settings.animate_button.text() == "Animate"
    assert settings.animate_button.isEnabled()
    assert ready.controller.film is None
    assert ready.controller.background.activities == []


def test_closing_the_window_ends_a_run(
    ready: MainWindow,
    slow_engine: SlowEngine,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready.animate()
    qtbot.waitUntil(slow_engine.started.is_set, timeout=PATIENCE_MS)
    monkeypatch.setattr(QMessageBox, "question", lambda *a: QMessageBox.StandardButton.Discard)
    assert ready.close()
    assert slow_engine.closed.is_set()
    assert not ready.controller.background.inference.isRunning()


def test_a_film_of_the_photo_before_never_appears(
    ready: MainWindow,
    slow_engine: SlowEngine,
    photo: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready.animate()
    qtbot.waitUntil(slow_engine.started.is_set, timeout=PATIENCE_MS)
    monkeypatch.setattr(QMessageBox, "question", lambda *a: QMessageBox.StandardButton.Discard)
    with qtbot.waitSignal(ready.controller.opened, timeout=PATIENCE_MS):
        ready.open_path(photo)
    qtbot.waitUntil(slow_engine.closed.is_set, timeout=PATIENCE_MS)
    qtbot.wait(20)
    assert ready.controller.film is None
    assert ready.controller.background.activities == []


def test_missing_weights_are_told_in_the_banner(ready: MainWindow, qtbot: QtBot) -> None:
    assert ready.editor.document is not None
    choices = replace(ready.editor.document.choices, weights="no-such-weights")
    ready.editor.set_choices(choices)
    with qtbot.waitSignal(ready.controller.failed, timeout=PATIENCE_MS):
        ready.animate()
    assert "no-such-weights" in ready.banner.text
    assert ready.film_settings.animate_button.isEnabled()
