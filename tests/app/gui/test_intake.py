"""What is pasted or dropped: pixels become a photo with a file, several photos become a list."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.gui.files import intake
from app.gui.window import MainWindow
from tests.app.gui.conftest import PATIENCE_MS


@pytest.fixture(autouse=True)
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's folder of pictures."""
    folder = tmp_path / "Pictures"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(folder))
    return folder


def red_image() -> QImage:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 20, 30))
    return image


def drop(window: MainWindow, data: QMimeData) -> bool:
    """Drop on the canvas or whatever is shown; whether the window wants it."""
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys, place = Qt.KeyboardModifier.NoModifier, QPoint(300, 200)
    entering = QDragEnterEvent(place, actions, data, buttons, keys)
    QApplication.sendEvent(window, entering)
    if entering.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(place), actions, data, buttons, keys))
    return entering.isAccepted()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_pasted_picture_is_kept_as_a_file_and_opened(
    empty_window: MainWindow, qtbot: QtBot, pictures: Path
) -> None:
    QGuiApplication.clipboard().setImage(red_image())
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        empty_window.actions_by_name["paste"].trigger()
    document = empty_window.editor.document
    assert document is not None
    assert document.photo.path.parent == pictures / "Unspool"
    assert document.photo.path.is_file()
    assert tuple(document.photo.pixels[0, 0]) == (200, 20, 30)
    assert str(document.photo.path) in empty_window.banner.text


def test_two_pastes_in_one_second_are_two_files(
    empty_window: MainWindow, qtbot: QtBot, pictures: Path
) -> None:
    QGuiApplication.clipboard().setImage(red_image())
    for _ in range(2):
        with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
            empty_window.actions_by_name["paste"].trigger()
    assert len(list((pictures / "Unspool").glob("*.png"))) == 2


def test_pasting_files_opens_them_where_they_are(
    empty_window: MainWindow, qtbot: QtBot, photo: Path
) -> None:
    QGuiApplication.clipboard().setMimeData(files(photo))
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        empty_window.actions_by_name["paste"].trigger()
    assert empty_window.editor.document.photo.path == photo


def test_pasting_words_says_that_there_is_no_photo(empty_window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("only words")
    empty_window.actions_by_name["paste"].trigger()
    assert "no photo on the clipboard" in empty_window.banner.text


def test_a_folder_of_pictures_that_cannot_be_written_is_named(
    empty_window: MainWindow, qtbot: QtBot, pictures: Path
) -> None:
    pictures.write_text("a file where the folder should be")
    QGuiApplication.clipboard().setImage(red_image())
    with qtbot.waitSignal(empty_window.controller.failed, timeout=PATIENCE_MS):
        empty_window.actions_by_name["paste"].trigger()
    assert str(pictures) in empty_window.banner.text
    assert empty_window.editor.document is None


def test_pixels_dropped_from_another_program_are_kept_too(
    empty_window: MainWindow, qtbot: QtBot, pictures: Path
) -> None:
    data = QMimeData()
    data.setImageData(red_image())
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        assert drop(empty_window, data)
    assert empty_window.editor.document.photo.path.is_relative_to(pictures)


def test_several_dropped_photos_are_listed_and_the_first_is_opened(
    empty_window: MainWindow, qtbot: QtBot, photo: Path, tmp_path: Path
) -> None:
    for name in ("b.png", "c.png", "d.png"):
        shutil.copy(photo, tmp_path / name)
    notes = tmp_path / "notes.txt"
    notes.write_text("no photo")
    dropped = [tmp_path / "b.png", notes, tmp_path / "d.png"]
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        assert drop(empty_window, files(*dropped))
    listed = [entry.photo.name for entry in empty_window.folder_dock.entries]
    assert listed == ["b.png", "d.png"]
    assert empty_window.editor.document.name == "b.png"


def test_a_dropped_folder_is_listed(
    empty_window: MainWindow, qtbot: QtBot, photo: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    shutil.copy(photo, folder / "one.png")
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        assert drop(empty_window, files(folder))
    assert empty_window.folder_dock.folder == folder


def test_several_things_that_are_no_photos_open_the_first_and_say_so(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    with qtbot.waitSignal(empty_window.controller.failed, timeout=PATIENCE_MS):
        assert drop(empty_window, files(tmp_path / "a.txt", tmp_path / "b.txt"))
    assert "a.txt" in empty_window.banner.text


def test_dropped_words_are_not_wanted(empty_window: MainWindow) -> None:
    data = QMimeData()
    data.setText("only words")
    assert not drop(empty_window, data)


def test_pasted_photos_go_to_the_pictures_of_the_person(pictures: Path) -> None:
    assert intake.pictures_folder() == pictures / "Unspool"
