"""Judging a film: the loupe with the same pixels of photo and film, and the heat of its errors."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.engine.reblur import reblur, reblur_difference
from app.gui.film.heat import FULL, heat_colours
from app.gui.film.loupe import ZOOMS
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from tests.app.gui.conftest import PATIENCE_MS, WIDTH
from tests.app.gui.test_film_compare import filmed  # noqa: F401


def pixel(image: QImage, x: int, y: int) -> tuple[int, int, int]:
    colour = image.pixelColor(x, y)
    return colour.red(), colour.green(), colour.blue()


def test_a_film_that_averages_to_the_photo_differs_nowhere_and_another_does_there() -> None:
    rng = np.random.default_rng(2)
    frames = rng.integers(0, 255, (7, 20, 30, 3), np.uint8)
    photo = reblur(frames)
    assert reblur_difference(frames, photo).max() < 0.004
    photo[5:10, 5:10] = 255 - photo[5:10, 5:10]
    difference = reblur_difference(frames, photo)
    assert difference[5:10, 5:10].mean() > 0.1
    assert difference[12:].max() < 0.004


def test_heat_dims_what_is_right_and_gets_brighter_and_denser_with_the_difference() -> None:
    colours = heat_colours(np.array([[0.0, FULL / 4, FULL, 1.0]], np.float32))
    alpha = colours[0, :, 3].tolist()
    assert 100 < alpha[0] < alpha[1] < alpha[2] == alpha[3]
    light = colours[0].sum(axis=1).tolist()
    assert light[0] < light[1] < light[2]
    assert (colours[..., :3] <= colours[..., 3:]).all()


def test_the_heat_lies_over_the_photo_until_it_is_switched_off_or_the_film_is_outdated(
    filmed: MainWindow,  # noqa: F811
    qtbot: QtBot,
) -> None:
    film, document = filmed.controller.film, filmed.editor.document
    assert film is not None
    assert document is not None
    filmed.editor.set_choices(film.choices)
    filmed.editor.select(None)
    action, canvas = filmed.actions_by_name["heat"], filmed.canvas
    assert action.isEnabled()
    before = canvas.grab().toImage()
    action.trigger()
    qtbot.waitUntil(lambda: filmed.films.heat.picture is not None, timeout=PATIENCE_MS)
    place = canvas.viewportTransform().map(canvas.to_photo(canvas.viewport().rect().center()))
    warm = pixel(canvas.grab().toImage(), int(place.x()), int(place.y()))
    assert warm[0] > warm[2]
    assert not canvas.overlay_state().visible
    action.trigger()
    assert canvas.grab().toImage() == before
    action.trigger()
    filmed.editor.select(0)
    filmed.editor.set_direction(Direction.DOWN_LEFT)
    assert filmed.films.heat.picture is None
    assert not action.isEnabled()
    assert canvas.overlay_state().visible


@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_loupe_shows_the_same_pixels_of_photo_and_film_exactly(
    filmed: MainWindow,  # noqa: F811
    zoom: int,
) -> None:
    loupe, film, document = filmed.workspace.loupe, filmed.controller.film, filmed.editor.document
    assert film is not None
    assert document is not None
    filmed.actions_by_name["loupe"].trigger()
    assert loupe.isVisible()
    loupe.set_zoom(zoom)
    filmed.canvas.pointed_at.emit((40.2, 30.9))
    filmed.film_panel.player.show_frame(5)
    shown = loupe.grab().toImage()
    pane = loupe.width() // 2
    for column in (-1, 0, 1):
        x, y = 40 + column, 30
        middle = 1 + pane // 2 - 1 + column * zoom
        assert pixel(shown, middle, loupe.height() // 2) == tuple(document.photo.pixels[y, x])
        assert pixel(shown, middle + pane, loupe.height() // 2) == tuple(film.frames[5, y, x])


def test_the_loupe_is_worked_with_keys(filmed: MainWindow, qtbot: QtBot) -> None:  # noqa: F811
    loupe, action = filmed.workspace.loupe, filmed.actions_by_name["loupe"]
    action.trigger()
    loupe.setFocus()
    filmed.canvas.pointed_at.emit((40.0, 30.0))
    qtbot.keyClick(loupe, Qt.Key.Key_Right)
    qtbot.keyClick(loupe, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert (loupe.point.x(), loupe.point.y()) == (41, 40)
    qtbot.keyClick(loupe, Qt.Key.Key_Plus)
    assert loupe.zoom == 6
    for _ in ZOOMS:
        qtbot.keyClick(loupe, Qt.Key.Key_Minus)
    assert loupe.zoom == ZOOMS[0]
    for _ in range(200):
        qtbot.keyClick(loupe, Qt.Key.Key_Right)
    assert loupe.point.x() == WIDTH
    qtbot.keyClick(loupe, Qt.Key.Key_Escape)
    assert not loupe.isVisible()
    assert not action.isChecked()
