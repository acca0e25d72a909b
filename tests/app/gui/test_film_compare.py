"""Comparing film and photo with the wipe, playing it by keys, and the note on its quality."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.gui.document import RenderChoices
from app.gui.drawing.pyramid import build_pyramid
from app.gui.film.film_quality import describe_quality
from app.gui.film.film_view import FilmView
from app.gui.jobs import Film
from app.gui.window import MainWindow
from tests.app.gui.conftest import HEIGHT, WIDTH


@pytest.fixture
def filmed(square: MainWindow) -> MainWindow:
    """The window with a film whose frame k is a grey of 40 + 20 k."""
    document = square.editor.document
    assert document is not None
    frames = np.stack([np.full((HEIGHT, WIDTH, 3), 40 + 20 * k, np.uint8) for k in range(7)])
    square.controller._film = Film(
        frames=frames,
        pictures=tuple(build_pyramid(frame) for frame in frames),
        regions=document.regions,
        choices=RenderChoices(),
        still=False,
        reblur_psnr=31.0,
        seconds=1.0,
    )
    square.controller.film_changed.emit()
    square.film_panel.player.pause()
    square.film_panel.player.show_frame(2)
    return square


def colour(view: FilmView, x: float, y: float) -> tuple[int, int, int]:
    image = view.grab().toImage()
    place = view.viewportTransform().map(QPointF(x, y)) * image.devicePixelRatio()
    seen = QColor(image.pixel(int(place.x()), int(place.y())))
    return seen.red(), seen.green(), seen.blue()


def drag_divider(view: FilmView, to: float) -> None:
    for kind, x, held in (
        (QEvent.Type.MouseButtonPress, view.share * WIDTH, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, to, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, to, Qt.MouseButton.NoButton),
    ):
        place = view.viewportTransform().map(QPointF(x, 50))
        everywhere = QPointF(view.viewport().mapToGlobal(QPoint(0, 0))) + place
        button = (
            Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        )
        event = QMouseEvent(kind, place, everywhere, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view.viewport(), event)


def test_the_wipe_shows_the_photo_on_the_left_and_the_film_on_the_right(
    filmed: MainWindow,
) -> None:
    view, document = filmed.film_panel.view, filmed.editor.document
    assert document is not None
    assert colour(view, 20.5, 40.5) == (80, 80, 80)
    filmed.actions_by_name["wipe"].trigger()
    assert filmed.film_panel.wipe_button.isChecked()
    assert colour(view, 20.5, 40.5) == tuple(document.photo.pixels[40, 20])
    assert colour(view, 76.5, 40.5) == (80, 80, 80)
    filmed.film_panel.wipe_button.click()
    assert not filmed.actions_by_name["wipe"].isChecked()
    assert colour(view, 20.5, 40.5) == (80, 80, 80)


def test_the_divider_is_dragged_and_stays_on_the_photo(filmed: MainWindow) -> None:
    view, document = filmed.film_panel.view, filmed.editor.document
    assert document is not None
    filmed.actions_by_name["wipe"].trigger()
    drag_divider(view, 90)
    assert view.share == pytest.approx(90 / WIDTH, abs=0.02)
    assert colour(view, 76.5, 40.5) == tuple(document.photo.pixels[40, 76])
    drag_divider(view, WIDTH + 40)
    assert view.share == 1.0


def test_the_film_goes_on_under_the_wipe(filmed: MainWindow) -> None:
    filmed.actions_by_name["wipe"].trigger()
    filmed.actions_by_name["next"].trigger()
    assert colour(filmed.film_panel.view, 76.5, 40.5) == (100, 100, 100)


def test_arrow_keys_step_through_the_film(filmed: MainWindow, qtbot: QtBot) -> None:
    view = filmed.film_panel.view
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert filmed.film_panel.player.frame == 4
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert filmed.film_panel.player.frame == 3


def test_commands_change_the_speed_and_it_is_remembered(filmed: MainWindow) -> None:
    document = filmed.editor.document
    assert document is not None
    before = document.choices.fps
    filmed.actions_by_name["faster"].trigger()
    assert filmed.film_panel.player.cadence.fps == before + 3
    document = filmed.editor.document
    assert document is not None
    assert document.choices.fps == before + 3
    for _ in range(40):
        filmed.actions_by_name["slower"].trigger()
    assert filmed.film_panel.player.cadence.fps == 1


def test_the_caption_tells_how_well_the_film_explains_the_photo(filmed: MainWindow) -> None:
    assert "31.0 dB, 2.8 % off" in filmed.film_panel.caption.text()
    assert "reverse" in filmed.film_panel.caption.toolTip()


@pytest.mark.parametrize(
    ("psnr", "words"),
    [(float("inf"), "exactly"), (40.0, "40.0 dB, 1.0 % off"), (20.0, "10.0 % off: a poor match")],
)
def test_quality_is_told_in_words(psnr: float, words: str) -> None:
    assert describe_quality(psnr).endswith(words)
