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
import torch
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.checkpoints import save_checkpoint
from app.gui.controller import STILL_WARNING
from app.gui.dialogs import ExportDialog
from app.gui.jobs import ExportRequest
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.media.film_reading import read_animation
from models.decomposer import Decomposer, DecomposerConfig
from tests.app.gui.conftest import HEIGHT, PATIENCE_MS, WIDTH

FRAMES = 7


@pytest.fixture(scope="session")
def small_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny network whose output differs from the photo wherever something moves."""
    torch.manual_seed(1)
    config = DecomposerConfig(
        widths=(8, 8), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,)
    )
    network = Decomposer(config)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
    path = tmp_path_factory.mktemp("weights") / "small.safetensors"
    save_checkpoint(path, network)
    return path


@pytest.fixture
def ready(square: MainWindow, small_weights: Path) -> MainWindow:
    """One moving region, and the small network chosen."""
    document = square.editor.document
    assert document is not None
    square.editor.set_choices(replace(document.choices, weights=str(small_weights), fps=25.0))
    return square


@pytest.fixture
def filmed(ready: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with its film."""
    ready.film_settings.animate_button.click()
    qtbot.waitUntil(lambda: ready.controller.film is not None, timeout=PATIENCE_MS)
    return ready


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
    assert ready.controller.activities == []


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
    assert not ready.controller.inference.isRunning()


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
    assert ready.controller.activities == []


def test_missing_weights_are_told_in_the_banner(ready: MainWindow, qtbot: QtBot) -> None:
    assert ready.editor.document is not None
    choices = replace(ready.editor.document.choices, weights="no-such-weights")
    ready.editor.set_choices(choices)
    with qtbot.waitSignal(ready.controller.failed, timeout=PATIENCE_MS):
        ready.animate()
    assert "no-such-weights" in ready.banner.text
    assert ready.film_settings.animate_button.isEnabled()


@pytest.mark.parametrize("suffix", [".gif", ".mp4"])
def test_an_exported_film_can_be_decoded_again(
    filmed: MainWindow, tmp_path: Path, qtbot: QtBot, suffix: str
) -> None:
    assert filmed.controller.film is not None
    path = tmp_path / f"film{suffix}"
    dialog = ExportDialog(filmed.controller.film, path, 10, "pingpong", filmed)
    qtbot.addWidget(dialog)
    assert dialog.format.currentData() == suffix
    dialog.seconds.setValue(0)
    with qtbot.waitSignal(filmed.controller.exported, timeout=PATIENCE_MS):
        filmed.controller.export_film(dialog.request())
    frames, fps = read_animation(path)
    assert frames.shape == (2 * FRAMES - 2, HEIGHT, WIDTH, 3)
    assert fps == pytest.approx(10, rel=0.05)
    made = filmed.controller.film.frames.astype(int)
    for shown, index in zip(frames, (0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1), strict=True):
        distances = np.abs(made - shown).mean(axis=(1, 2, 3))
        assert distances.argmin() == index
    assert np.abs(frames[0][52:].astype(int) - made[0][52:]).mean() < 8
    assert str(path) in filmed.banner.text


def test_frames_are_exported_smaller_into_a_folder(
    filmed: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    request = ExportRequest(tmp_path / "frames", 12, "loop", max_edge=48)
    with qtbot.waitSignal(filmed.controller.exported, timeout=PATIENCE_MS):
        filmed.controller.export_film(request)
    frames, _ = read_animation(tmp_path / "frames")
    assert frames.shape == (FRAMES, 32, 48, 3)


def test_a_cancelled_export_leaves_nothing_behind(
    filmed: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import app.media.films

    begun = threading.Event()

    def endless(path: Path, frames: object, *, on_frame: Any, **rest: object) -> None:
        while True:
            begun.set()
            on_frame(1, 2)
            threading.Event().wait(0.002)

    monkeypatch.setattr(app.media.films, "write_animation", endless)
    filmed.controller.export_film(ExportRequest(tmp_path / "film.mp4", 12, "loop"))
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE_MS)
    qtbot.waitUntil(filmed.file_strip.isVisible)
    filmed.file_strip.cancel_button.click()
    qtbot.waitUntil(lambda: filmed.controller.activities == [], timeout=PATIENCE_MS)
    assert not filmed.file_strip.isVisible()
    assert not (tmp_path / "film.mp4").exists()


def test_an_export_that_cannot_be_written_is_told(
    filmed: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("in the way")
    request = ExportRequest(tmp_path / "file" / "film.gif", 12, "loop")
    with qtbot.waitSignal(filmed.controller.failed, timeout=PATIENCE_MS):
        filmed.controller.export_film(request)
    assert "film.gif" in filmed.banner.text


def test_the_export_dialog_follows_the_format(filmed: MainWindow, qtbot: QtBot) -> None:
    assert filmed.controller.film is not None
    dialog = ExportDialog(filmed.controller.film, Path("/home/me/film.mp4"), 12, "loop")
    qtbot.addWidget(dialog)
    assert dialog.seconds.isEnabled()
    dialog.format.setCurrentIndex(dialog.format.findData(".gif"))
    assert dialog.path.text() == "/home/me/film.gif"
    assert not dialog.seconds.isEnabled()
    dialog.format.setCurrentIndex(dialog.format.findData(""))
    assert dialog.request().path == Path("/home/me/film")
    assert not dialog.fps.isEnabled()
    dialog.format.setCurrentIndex(dialog.format.findData(".webp"))
    dialog.path.setText("/home/me/other")
    assert dialog.request().path == Path("/home/me/other.webp")


def test_an_existing_file_is_replaced_only_after_asking(
    filmed: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filmed.controller.film is not None
    path = tmp_path / "film.gif"
    path.write_bytes(b"dear")
    dialog = ExportDialog(filmed.controller.film, path, 12, "loop")
    qtbot.addWidget(dialog)
    for answer, accepted in (
        (QMessageBox.StandardButton.No, 0),
        (QMessageBox.StandardButton.Yes, 1),
    ):
        monkeypatch.setattr(QMessageBox, "question", lambda *a, answer=answer: answer)
        dialog.export_button.click()
        assert dialog.result() == accepted
