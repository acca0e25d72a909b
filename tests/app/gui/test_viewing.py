"""Looking at a film and handing it on: layout, linked views, full screen, clipboard."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.gui.caption import Caption
from app.gui.film.picture_splitter import PictureSplitter
from app.gui.window import MainWindow
from app.media.photos import read_photo
from tests.app.gui.conftest import HEIGHT, PATIENCE_MS, WIDTH

FRAMES = 7


def test_the_frame_shown_is_copied_at_full_size(filmed: MainWindow) -> None:
    filmed.film_panel.player.show_frame(3)
    filmed.actions_by_name["copy_frame"].trigger()
    image = QGuiApplication.clipboard().image().convertToFormat(QImage.Format.Format_RGB888)
    assert (image.width(), image.height()) == (WIDTH, HEIGHT)
    assert filmed.controller.film is not None
    colour = image.pixelColor(40, 30)
    expected = tuple(filmed.controller.film.frames[3, 30, 40])
    assert (colour.red(), colour.green(), colour.blue()) == expected
    assert "frame 4 of 7" in filmed.banner.text


def test_the_film_is_copied_as_a_gif_and_as_a_file_that_goes_with_the_program(
    filmed: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(filmed.controller.film_copied, timeout=PATIENCE_MS):
        filmed.actions_by_name["copy_film"].trigger()
    data = QGuiApplication.clipboard().mimeData()
    (url,) = data.urls()
    path = Path(url.toLocalFile())
    assert path.name == "photo.gif"
    gif = bytes(data.data("image/gif").data())
    assert gif == path.read_bytes()
    with Image.open(io.BytesIO(gif)) as film:
        assert film.size == (WIDTH, HEIGHT)
        assert film.n_frames >= FRAMES
    assert "animated GIF, 96 × 64" in filmed.banner.text
    assert "until Unspool closes" in filmed.banner.text
    filmed.viewing.clipboard.clean()
    assert not path.exists()
    assert not path.parent.exists()


def named(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> list[str]:
    """Let the dialog answer with a path; the list gets the names that it suggested."""
    suggested: list[str] = []

    def answer(_parent, _title, suggestion, _kinds):
        suggested.append(suggestion)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return suggested


def test_the_frame_shown_is_saved_as_a_photo(
    filmed: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filmed.film_panel.player.pause()
    filmed.film_panel.player.show_frame(3)
    suggested = named(monkeypatch, tmp_path / "kept")
    with qtbot.waitSignal(filmed.controller.noticed, timeout=PATIENCE_MS):
        filmed.actions_by_name["save_frame"].trigger()
    assert Path(suggested[0]).name == "photo-sharp-4.png"
    assert filmed.controller.film is not None
    saved = read_photo(tmp_path / "kept.png").pixels
    np.testing.assert_array_equal(saved, filmed.controller.film.frames[3])
    assert "kept.png" in filmed.banner.text


def test_a_frame_never_replaces_the_blurry_photo_and_a_dismissed_dialog_does_nothing(
    filmed: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = filmed.editor.document
    assert document is not None
    before = document.photo.path.read_bytes()
    named(monkeypatch, document.photo.path)
    with qtbot.waitSignal(filmed.controller.failed, timeout=PATIENCE_MS) as failure:
        filmed.actions_by_name["save_frame"].trigger()
    assert "the blurry photo itself" in str(failure.args[0])
    assert document.photo.path.read_bytes() == before
    named(monkeypatch, "")
    files = set(tmp_path.rglob("*"))
    filmed.actions_by_name["save_frame"].trigger()
    assert set(tmp_path.rglob("*")) == files


def test_without_a_film_there_is_nothing_to_copy_or_to_show_large(window: MainWindow) -> None:
    for name in ("save_frame", "copy_frame", "copy_film", "theatre"):
        assert not window.actions_by_name[name].isEnabled()


def test_unlinked_views_go_their_own_ways_until_they_are_linked_again(filmed: MainWindow) -> None:
    canvas, film = filmed.canvas, filmed.film_panel.view
    filmed.actions_by_name["link_views"].trigger()
    before = film.scale_factor
    canvas.zoom_by(3.0)
    assert film.scale_factor == before
    film.zoom_by(0.5)
    assert canvas.scale_factor != pytest.approx(film.scale_factor)
    filmed.actions_by_name["link_views"].trigger()
    assert film.scale_factor == pytest.approx(canvas.scale_factor)
    canvas.zoom_by(0.7)
    assert film.scale_factor == pytest.approx(canvas.scale_factor)


def test_pictures_are_stacked_in_a_tall_window_or_when_asked(
    filmed: MainWindow, qtbot: QtBot
) -> None:
    splitter = filmed.workspace.splitter
    assert splitter.orientation() == Qt.Orientation.Horizontal
    filmed.actions_by_name["layout_stacked"].trigger()
    assert splitter.orientation() == Qt.Orientation.Vertical
    upper, lower = splitter.sizes()
    assert abs(upper - lower) <= max(upper, lower) // 4
    filmed.actions_by_name["layout_beside"].trigger()
    assert splitter.orientation() == Qt.Orientation.Horizontal
    filmed.actions_by_name["layout_auto"].trigger()
    splitter.resize(300, 700)
    assert splitter.orientation() == Qt.Orientation.Vertical


@pytest.mark.parametrize(
    ("aspect", "size", "stacked"),
    [
        (1.5, (1000, 650), False),
        (1.5, (480, 650), True),
        (3.0, (1000, 650), True),
        (0.6, (480, 650), False),
        (0.6, (300, 900), True),
    ],
)
def test_pictures_are_arranged_so_that_they_are_seen_larger(
    qtbot: QtBot, aspect: float, size: tuple[int, int], stacked: bool
) -> None:
    splitter = PictureSplitter()
    qtbot.addWidget(splitter)
    splitter.show_aspect(aspect)
    splitter.resize(*size)
    splitter.show()
    wanted = Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal
    assert splitter.orientation() == wanted
    # A little more or less room changes nothing.
    for share in (1.04, 0.97):
        splitter.resize(round(size[0] * share), size[1])
        assert splitter.orientation() == wanted


def test_a_photo_that_is_seen_whole_stays_so_beside_its_film_when_there_is_less_room(
    filmed: MainWindow, qtbot: QtBot
) -> None:
    canvas, film = filmed.canvas, filmed.film_panel.view
    filmed.actions_by_name["fit"].trigger()
    for layout in ("layout_stacked", "layout_beside"):
        filmed.actions_by_name[layout].trigger()
        filmed.resize(900, 640)
        qtbot.wait(20)
        filmed.resize(1000, 700)
        qtbot.wait(20)
        for view in (canvas, film):
            assert view.fitted
            whole = view.mapFromScene(QRectF(0, 0, *view.picture_size)).boundingRect()
            assert view.viewport().rect().contains(whole)
    first, second = filmed.workspace.splitter.sizes()
    filmed.workspace.splitter.setSizes([first + 150, second - 150])
    qtbot.wait(20)
    assert canvas.scale_factor == film.scale_factor
    whole = film.mapFromScene(QRectF(0, 0, *film.picture_size)).boundingRect()
    assert film.viewport().rect().contains(whole)
    canvas.zoom_by(3.0)
    assert not canvas.fitted
    assert not film.fitted


def test_layout_and_link_are_as_they_were_at_the_next_start(
    empty_window: MainWindow, qtbot: QtBot
) -> None:
    empty_window.actions_by_name["layout_stacked"].trigger()
    empty_window.actions_by_name["link_views"].trigger()
    again = MainWindow()
    qtbot.addWidget(again)
    assert again.actions_by_name["layout_stacked"].isChecked()
    assert not again.actions_by_name["layout_beside"].isChecked()
    assert again.workspace.splitter.orientation() == Qt.Orientation.Vertical
    assert not again.actions_by_name["link_views"].isChecked()
    assert not again.viewing.link.linked


def test_the_film_fills_the_screen_until_escape(filmed: MainWindow, qtbot: QtBot) -> None:
    filmed.film_panel.player.pause()
    filmed.actions_by_name["theatre"].trigger()
    theatre = filmed.viewing.theatre
    assert theatre is not None
    assert theatre.isFullScreen()
    qtbot.keyClick(theatre, Qt.Key.Key_Right)
    index = filmed.film_panel.player.frame
    assert index == filmed.film_panel.slider.value()
    shown = theatre.view.grab().toImage()
    place = theatre.view.viewportTransform().map(40.5, 30.5)
    colour = shown.pixelColor(int(place[0]), int(place[1]))
    assert filmed.controller.film is not None
    expected = filmed.controller.film.frames[index, 30, 40].astype(int)
    assert np.abs(np.array([colour.red(), colour.green(), colour.blue()]) - expected).max() <= 2
    qtbot.keyClick(theatre, Qt.Key.Key_Space)
    assert filmed.film_panel.player.playing
    qtbot.keyClick(theatre, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: filmed.viewing.theatre is None)
    assert filmed.film_panel.player.playing


def test_f11_fills_the_screen_with_the_window_until_there_is_a_film(
    filmed: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(filmed, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: filmed.viewing.theatre is not None)
    assert not filmed.isFullScreen()
    filmed.viewing.close_theatre()
    qtbot.waitUntil(lambda: filmed.viewing.theatre is None)
    filmed.controller.close_document()
    filmed.activateWindow()
    qtbot.waitUntil(filmed.isActiveWindow)
    qtbot.keyClick(filmed, Qt.Key.Key_F11)
    assert filmed.viewing.theatre is None
    assert filmed.isFullScreen()
    qtbot.keyClick(filmed, Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    assert not filmed.isFullScreen()


def test_the_full_screen_ends_with_its_film(filmed: MainWindow, qtbot: QtBot) -> None:
    filmed.actions_by_name["theatre"].trigger()
    filmed.controller.close_document()
    qtbot.waitUntil(lambda: filmed.viewing.theatre is None)


def test_a_caption_without_room_ends_in_dots_and_says_all_in_its_tip(qtbot: QtBot) -> None:
    caption = Caption()
    qtbot.addWidget(caption)
    caption.say("Film · full quality · 7 frames · re-blurs to the photo at 36.8 dB")
    caption.explain("What that means.")
    caption.resize(2000, 24)
    caption.grab()
    assert caption.shown_text() == caption.text()
    assert caption.toolTip() == "What that means."
    caption.resize(160, 24)
    caption.grab()
    assert caption.shown_text().endswith("…")
    assert caption.text() in caption.toolTip()
