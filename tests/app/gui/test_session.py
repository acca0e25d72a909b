"""What comes back at the next start: the window, the last photo, and the part that was seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.gui.program.preferences import LastPhoto, Preferences
from app.gui.window import MainWindow
from tests.app.gui.conftest import PATIENCE_MS, Mouse


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[], MainWindow]]:
    """Starts the window anew, as often as it is called."""
    windows: list[MainWindow] = []

    def started() -> MainWindow:
        window = MainWindow()
        window.show()
        windows.append(window)
        return window

    yield started
    for window in windows:
        window.editor.stack.setClean()
        window.close()
        window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_photo_and_view_come_back(
    window: MainWindow, start: Callable[[], MainWindow], qtbot: QtBot, photo: Path
) -> None:
    window.canvas.look_at(9.0, QPointF(30, 20))
    window.close()
    again = start()
    with qtbot.waitSignal(again.controller.opened, timeout=PATIENCE_MS):
        assert again.session.reopen()
    qtbot.waitUntil(lambda: again.canvas.scale_factor == 9.0)
    assert again.editor.document.photo.path == photo
    assert again.canvas.centre() == QPointF(30, 20)


def test_a_view_that_showed_the_whole_photo_fits_again(
    window: MainWindow, start: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window.close()
    again = start()
    with qtbot.waitSignal(again.controller.opened, timeout=PATIENCE_MS):
        again.session.reopen()
    qtbot.wait(10)
    assert again.canvas.fitted


def test_a_project_comes_back_with_its_regions(
    square: MainWindow, start: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    square.actions_by_name["save"].trigger()
    square.close()
    again = start()
    with qtbot.waitSignal(again.controller.opened, timeout=PATIENCE_MS):
        again.session.reopen()
    assert len(again.editor.regions) == 1


def test_a_window_that_ended_without_closing_left_its_session(
    window: MainWindow, start: Callable[[], MainWindow], qtbot: QtBot, photo: Path
) -> None:
    with qtbot.waitSignal(window.preferences.changed, timeout=PATIENCE_MS):
        pass
    assert Preferences().last_photo() is not None
    assert Preferences().last_photo().photo == photo


def test_a_closed_photo_does_not_come_back(
    window: MainWindow, start: Callable[[], MainWindow]
) -> None:
    window.actions_by_name["close"].trigger()
    window.close()
    assert not start().session.reopen()


def test_nothing_comes_back_when_the_person_does_not_want_it(
    window: MainWindow, start: Callable[[], MainWindow]
) -> None:
    dialog = window.program.show_settings()
    dialog.again.setChecked(False)
    dialog.accept()
    window.close()
    assert not start().session.reopen()


def test_a_photo_that_is_gone_is_not_asked_for(
    window: MainWindow, start: Callable[[], MainWindow], photo: Path
) -> None:
    window.close()
    photo.unlink()
    again = start()
    assert not again.session.reopen()
    assert again.banner.text == ""


def test_a_photo_that_ended_the_program_is_not_opened_at_every_start(
    window: MainWindow, start: Callable[[], MainWindow]
) -> None:
    window.close()
    Preferences().set_reopening(True)
    assert not start().session.reopen()
    assert not Preferences().reopening()


def test_a_listed_folder_comes_back_at_the_photo_that_was_open(
    open_photo: Callable[[Path], MainWindow],
    start: Callable[[], MainWindow],
    qtbot: QtBot,
    photo: Path,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.png", "b.png", "c.png"):
        shutil.copy(photo, folder / name)
    window = open_photo(folder)
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.folder_dock.step(1)
    window.close()
    again = start()
    with qtbot.waitSignal(again.controller.opened, timeout=PATIENCE_MS):
        again.session.reopen()
    assert again.editor.document.name == "b.png"
    assert again.folder_dock.folder == folder


def test_the_window_comes_back_in_its_size(start: Callable[[], MainWindow]) -> None:
    first = start()
    first.resize(640, 520)
    first.close()
    assert start().size() == first.size()


def test_an_edit_on_the_way_is_the_business_of_the_recovery(
    square: MainWindow, mouse: Mouse, photo: Path
) -> None:
    square.session.keep()
    last = Preferences().last_photo()
    assert last == LastPhoto(photo)


@pytest.mark.parametrize(
    "stored", ["{", "[]", '{"photo": 3}', '{"photo": "a", "project": 1, "folder": 2, "view": 3}']
)
def test_a_broken_session_counts_as_none(own_home: Path, stored: str) -> None:
    QSettings().setValue("session/last", stored)
    assert Preferences().last_photo() is None
