"""The live preview: every edit is animated in the background by the fast network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from app.gui.film.preview_job import KIND, Preview, preview_job
from app.gui.film.preview_part import moving_place, preview_part
from app.gui.program.preferences import Preferences
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.region import Region
from app.media.photos import read_photo
from tests.app.gui.conftest import HEIGHT, PATIENCE_MS, WIDTH, Mouse


@pytest.fixture
def live(window: MainWindow) -> MainWindow:
    """The window with the preview switched on, and nothing drawn yet."""
    window.actions_by_name["live_preview"].trigger()
    return window


@pytest.fixture
def previewed(live: MainWindow, mouse: Mouse, qtbot: QtBot) -> MainWindow:
    """The window with the preview of one square region."""
    for corner in ((20, 10), (60, 10), (60, 50), (20, 50), (20, 10)):
        mouse.click(*corner)
    qtbot.waitUntil(lambda: live.controller.live.preview is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not live.controller.live.pending, timeout=PATIENCE_MS)
    return live


def test_drawing_a_region_shows_a_preview_that_plays_beside_the_photo(
    previewed: MainWindow, qtbot: QtBot
) -> None:
    panel = previewed.film_panel
    assert panel.isVisible()
    assert isinstance(panel.film, Preview)
    assert panel.caption.text().startswith("Preview (fast)")
    seen: set[int] = set()
    panel.player.frame_changed.connect(seen.add)
    qtbot.waitUntil(lambda: len(seen) == 7, timeout=PATIENCE_MS)
    assert previewed.controller.film is None
    assert not previewed.actions_by_name["export"].isEnabled()


def test_what_does_not_move_is_the_photo_itself_in_a_preview(previewed: MainWindow) -> None:
    document, panel = previewed.editor.document, previewed.film_panel
    assert document is not None
    panel.player.show_frame(0)
    panel.view.follow(2.0, QPointF(WIDTH / 2, HEIGHT / 2))
    shown = panel.view.grab().toImage()
    for x, y in ((5, 5), (15, 30), (80, 50)):
        place = panel.view.viewportTransform().map(QPointF(x + 0.5, y + 0.5))
        colour = shown.pixelColor(int(place.x()), int(place.y()))
        photo = tuple(int(v) for v in document.photo.pixels[y, x])
        assert (colour.red(), colour.green(), colour.blue()) == photo


def test_another_direction_makes_another_preview_without_stopping_the_player(
    previewed: MainWindow, qtbot: QtBot
) -> None:
    first, panel = previewed.controller.live.preview, previewed.film_panel
    assert first is not None
    stops: list[bool] = []
    panel.player.playing_changed.connect(stops.append)
    previewed.editor.set_direction(Direction.DOWN_LEFT)
    assert "following your changes" in panel.caption.text()
    qtbot.waitUntil(
        lambda: previewed.controller.live.preview not in (None, first), timeout=PATIENCE_MS
    )
    second = previewed.controller.live.preview
    assert second is not None
    assert second.regions[0].direction == Direction.DOWN_LEFT
    assert (second.pictures[0].buffers[0] != first.pictures[0].buffers[0]).any()
    assert panel.film is second
    assert panel.player.playing
    assert stops == []


def test_a_paused_preview_stays_at_its_frame_when_it_is_renewed(
    previewed: MainWindow, qtbot: QtBot
) -> None:
    first, panel = previewed.controller.live.preview, previewed.film_panel
    panel.player.show_frame(4)
    previewed.editor.set_direction(Direction.UP_LEFT)
    qtbot.waitUntil(lambda: panel.film is not first, timeout=PATIENCE_MS)
    assert panel.player.frame == 4
    assert not panel.player.playing


def test_the_film_of_full_quality_takes_the_previews_place_and_an_edit_brings_it_back(
    previewed: MainWindow, qtbot: QtBot
) -> None:
    panel = previewed.film_panel
    previewed.actions_by_name["animate"].trigger()
    qtbot.waitUntil(lambda: previewed.controller.film is not None, timeout=PATIENCE_MS)
    assert panel.film is previewed.controller.film
    assert "full quality" in panel.caption.text()
    previewed.editor.set_direction(Direction.DOWN_RIGHT)
    assert "out of date" in panel.caption.text()
    qtbot.waitUntil(lambda: isinstance(panel.film, Preview), timeout=PATIENCE_MS)
    previewed.actions_by_name["undo"].trigger()
    assert panel.film is previewed.controller.film


def test_guidance_without_motion_is_not_previewed(previewed: MainWindow) -> None:
    previewed.editor.set_direction(Direction.STATIC)
    assert not previewed.controller.live.pending
    assert previewed.controller.live.preview is None
    assert not previewed.film_panel.isVisible()


def test_switching_the_preview_off_is_remembered_and_ends_it(previewed: MainWindow) -> None:
    previewed.actions_by_name["live_preview"].trigger()
    assert not Preferences().live_preview()
    assert not previewed.film_panel.isVisible()
    previewed.editor.set_direction(Direction.UP_LEFT)
    assert not previewed.controller.live.pending


def test_the_newest_edit_wins(live: MainWindow, mouse: Mouse, qtbot: QtBot) -> None:
    mouse.drag((10, 10), (50, 50))
    live.editor.add_whole_photo()
    for direction in (Direction.UP_LEFT, Direction.DOWN_LEFT, Direction.DOWN_RIGHT):
        live.editor.set_direction(direction)
        qtbot.wait(200)
    qtbot.waitUntil(
        lambda: live.controller.live.preview is not None and not live.controller.live.pending,
        timeout=PATIENCE_MS,
    )
    preview = live.controller.live.preview
    assert preview is not None
    assert preview.regions[0].direction == Direction.DOWN_RIGHT


def test_a_preview_covers_what_moves_and_no_more_at_the_size_that_is_asked_for(
    photo: Path, qapp: object
) -> None:
    ring = ((30.0, 20.0), (70.0, 20.0), (70.0, 40.0), (30.0, 40.0))
    regions = (
        Region(Direction.UP_RIGHT, (ring,)),
        Region(Direction.STATIC, (((0.0, 0.0), (96.0, 0.0), (40.0, 30.0)),)),
    )
    place = moving_place(regions, 2000, 1000)
    assert (place.left(), place.top()) == (0, 0)
    assert place.left() + place.width() < 110
    assert place.top() + place.height() < 80
    job = preview_job(read_photo(photo), regions, preview_part(regions, WIDTH, HEIGHT, 48, None))
    preview = job.work(lambda stage, done, total: None)
    assert job.kind == KIND
    assert max(preview.pictures[0].buffers[0].shape[:2]) == 48
    alpha = preview.pictures[0].buffers[0][..., 3]
    assert set(np.unique(alpha)) == {0, 255}
    assert 0.02 < (alpha > 0).mean() < 0.2
