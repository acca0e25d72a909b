"""Annotating a folder: what is done is seen, and one photo follows the other by keyboard."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.errors import InputError
from app.gui.photo_folder import read_folder
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.regions import Region
from app.project.document import new_project, project_path_for, save_project
from tests.app.gui.conftest import HEIGHT, PATIENCE_MS, WIDTH

RING = ((5.0, 5.0), (30.0, 5.0), (30.0, 30.0))
NAMES = ["shot1.png", "shot2.png", "shot3.png", "shot10.png"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four photos: the first done, the second a draft, the third broken, the last untouched."""
    path = tmp_path / "photos"
    path.mkdir()
    for name in NAMES:
        cv2.imwrite(str(path / name), np.full((HEIGHT, WIDTH, 3), 90, np.uint8))
    for name, direction in (("shot1.png", Direction.UP_LEFT), ("shot2.png", Direction.STATIC)):
        photo = path / name
        project = project_path_for(photo)
        regions = [Region(direction, (RING,), "Region 1")]
        save_project(new_project(photo, WIDTH, HEIGHT, regions, project), project)
    project_path_for(path / "shot3.png").write_text("{ broken")
    (path / "notes.txt").write_text("no photo")
    return path


@pytest.fixture
def listed(empty_window: MainWindow, folder: Path, qtbot: QtBot) -> MainWindow:
    """The window with the folder open, at its first photo that is not done."""
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        empty_window.open_path(folder)
    return empty_window


def shown(window: MainWindow) -> str:
    document = window.editor.document
    return document.name if document else ""


def go(window: MainWindow, command: str, qtbot: QtBot) -> str:
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.actions_by_name[command].trigger()
    return shown(window)


def states(window: MainWindow) -> list[str]:
    return [entry.state for entry in window.folder_dock.entries]


def test_a_folder_is_listed_with_what_is_done_and_the_first_to_do_is_opened(
    listed: MainWindow,
) -> None:
    assert listed.folder_dock.isVisible()
    assert [entry.photo.name for entry in listed.folder_dock.entries] == NAMES
    assert states(listed) == ["done", "draft", "unreadable", "untouched"]
    assert listed.folder_dock.summary.text() == "1 of 4 done"
    assert shown(listed) == "shot2.png"
    assert listed.folder_dock.list.currentRow() == 1


def test_next_and_previous_go_through_the_photos_and_stop_at_the_ends(
    listed: MainWindow, qtbot: QtBot
) -> None:
    assert go(listed, "next_photo", qtbot) == "shot3.png"
    assert go(listed, "next_photo", qtbot) == "shot10.png"
    listed.actions_by_name["next_photo"].trigger()
    assert listed.controller.activities == []
    assert go(listed, "previous_photo", qtbot) == "shot3.png"


def test_saving_marks_a_photo_as_done(listed: MainWindow) -> None:
    listed.editor.set_direction(Direction.UP_LEFT)
    listed.editor.add_whole_photo()
    assert "unsaved" in listed.folder_dock.list.item(1).toolTip()
    listed.actions_by_name["save"].trigger()
    assert states(listed)[1] == "done"
    assert listed.folder_dock.summary.text() == "2 of 4 done"


def test_the_list_can_show_only_what_is_not_done(listed: MainWindow, qtbot: QtBot) -> None:
    listed.folder_dock.unfinished.click()
    names = [listed.folder_dock.list.item(row).text()[3:] for row in range(3)]
    assert names == NAMES[1:]
    assert listed.folder_dock.list.count() == 3
    assert go(listed, "next_photo", qtbot) == "shot3.png"


def test_staying_with_unsaved_work_keeps_the_row(
    listed: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed.editor.add_whole_photo()
    monkeypatch.setattr(QMessageBox, "question", lambda *args: QMessageBox.StandardButton.Cancel)
    listed.actions_by_name["next_photo"].trigger()
    assert shown(listed) == "shot2.png"
    assert listed.folder_dock.list.currentRow() == 1


def test_a_folder_without_photos_is_told(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(bare))
    with qtbot.waitSignal(empty_window.controller.failed, timeout=PATIENCE_MS):
        empty_window.actions_by_name["open_folder"].trigger()
    assert "holds no photos" in empty_window.banner.text
    assert not empty_window.folder_dock.isVisible()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read_folder(tmp_path / "nowhere", lambda *_: None)
