"""Annotating a folder: what is done is seen, and one photo follows the other by keyboard."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.errors import InputError
from app.gui.folder.row_notes import NOTE_ROLE
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.region import Region
from app.project.document import load_project, new_project, project_path_for, save_project
from app.project.folders import read_folder
from tests.app.gui.conftest import HEIGHT, PATIENCE_MS, WIDTH, NoKeys

RING = ((5.0, 5.0), (30.0, 5.0), (30.0, 30.0))
NAMES = ["shot1.png", "shot2.png", "shot3.png", "shot10.png"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four photos: the first done, the second a draft, the third broken, the last untouched."""
    path = tmp_path / "photos"
    path.mkdir()
    for name in NAMES:
        cv2.imwrite(str(path / name), np.full((HEIGHT, WIDTH, 3), 90, np.uint8))
    for name, done in (("shot1.png", True), ("shot2.png", False)):
        photo = path / name
        project = project_path_for(photo)
        regions = [Region(Direction.UP_LEFT, (RING,), "Region 1")]
        document = new_project(photo, WIDTH, HEIGHT, regions, project)
        save_project(document.model_copy(update={"done": done}), project)
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
    assert listed.controller.background.activities == []
    assert go(listed, "previous_photo", qtbot) == "shot3.png"


def note_of(window: MainWindow, row: int) -> str:
    return str(window.folder_dock.list.item(row).data(NOTE_ROLE))


def names_listed(window: MainWindow) -> list[str]:
    return [
        window.folder_dock.list.item(row).text() for row in range(window.folder_dock.list.count())
    ]


def press(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, keys: Qt.KeyboardModifier = NoKeys
) -> None:
    qtbot.keyClick(window.canvas, key, keys)


def test_only_the_mark_makes_a_photo_done(listed: MainWindow, qtbot: QtBot) -> None:
    listed.editor.add_whole_photo()
    listed.actions_by_name["save"].trigger()
    assert states(listed)[1] == "draft"
    press(listed, qtbot, Qt.Key.Key_M)
    assert note_of(listed, 1) == "done, unsaved"
    assert listed.note_dock.done.isChecked()
    listed.actions_by_name["save"].trigger()
    assert states(listed)[1] == "done"
    assert note_of(listed, 1) == "done"
    assert listed.folder_dock.summary.text() == "2 of 4 done"
    assert load_project(project_path_for(listed.folder_dock.entries[1].photo)).done
    press(listed, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert note_of(listed, 1) == "draft, unsaved"


def test_a_simple_photo_takes_three_key_presses_from_open_to_open(
    listed: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *args: pytest.fail("a question"))
    go(listed, "next_photo", qtbot)
    go(listed, "next_photo", qtbot)
    assert shown(listed) == "shot10.png"
    press(listed, qtbot, Qt.Key.Key_W)
    press(listed, qtbot, Qt.Key.Key_3)
    with qtbot.waitSignal(listed.controller.opened, timeout=PATIENCE_MS):
        press(listed, qtbot, Qt.Key.Key_N)
    assert shown(listed) == "shot2.png"
    assert states(listed) == ["done", "draft", "unreadable", "done"]
    stored = load_project(folder / "shot10.unspool.json")
    assert [region.direction for region in stored.to_regions()] == [Direction.DOWN_LEFT]
    assert listed.canvas.hasFocus()
    assert listed.banner.text == ""


def test_done_and_next_ends_with_the_last_photo(
    empty_window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    (folder / "shot3.unspool.json").unlink()
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        empty_window.open_path(folder)
    assert [go(empty_window, "done_and_next", qtbot) for _ in range(2)] == [
        "shot3.png",
        "shot10.png",
    ]
    empty_window.actions_by_name["done_and_next"].trigger()
    assert states(empty_window) == ["done"] * 4
    assert empty_window.banner.text == "All 4 photos of photos are done."
    assert shown(empty_window) == "shot10.png"


def test_a_photo_without_a_folder_can_be_done_too(window: MainWindow, photo: Path) -> None:
    window.actions_by_name["done_and_next"].trigger()
    assert load_project(project_path_for(photo)).done
    assert window.banner.text == "photo.png is done and saved."


def test_a_project_that_cannot_be_saved_keeps_the_photo(
    listed: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert go(listed, "next_photo", qtbot) == "shot3.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: ("", ""))
    listed.actions_by_name["done_and_next"].trigger()
    assert shown(listed) == "shot3.png"
    assert listed.controller.background.activities == []
    assert (folder / "shot3.unspool.json").read_text() == "{ broken"


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ("All photos", NAMES),
        ("Not done", NAMES[1:]),
        ("Untouched", ["shot2.png", "shot10.png"]),
        ("Draft", ["shot2.png"]),
        ("Done", ["shot1.png", "shot2.png"]),
        ("With a note", ["shot2.png"]),
        ("Unreadable project", ["shot2.png", "shot3.png"]),
    ],
)
def test_the_list_can_be_narrowed_and_always_holds_the_open_photo(
    listed: MainWindow, chosen: str, names: list[str]
) -> None:
    listed.folder_dock.which.setCurrentText(chosen)
    assert names_listed(listed) == names
    assert listed.folder_dock.list.currentItem().text() == "shot2.png"


def test_names_narrow_the_list_and_next_stays_within_it(listed: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(listed.folder_dock.name_part, "SHOT1")
    assert names_listed(listed) == ["shot1.png", "shot2.png", "shot10.png"]
    assert listed.folder_dock.summary.text() == "1 of 4 done, 3 listed"
    assert go(listed, "next_photo", qtbot) == "shot10.png"
    assert names_listed(listed) == ["shot1.png", "shot10.png"]


def test_a_note_is_typed_saved_shown_and_found(
    listed: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    press(listed, qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(listed.note_dock.note, "1 Nebel, w")
    assert listed.editor.document.note == "1 Nebel, w"
    assert len(listed.editor.regions) == 1
    assert listed.editor.stack.count() == 1
    qtbot.keyClick(listed.note_dock.note, Qt.Key.Key_Escape)
    assert listed.canvas.hasFocus()
    listed.actions_by_name["save"].trigger()
    assert load_project(folder / "shot2.unspool.json").note == "1 Nebel, w"
    assert go(listed, "previous_photo", qtbot) == "shot1.png"
    assert listed.note_dock.note.toPlainText() == ""
    listed.folder_dock.which.setCurrentText("With a note")
    assert names_listed(listed) == ["shot1.png", "shot2.png"]
    assert "1 Nebel, w" in listed.folder_dock.list.item(1).toolTip()
    assert go(listed, "next_photo", qtbot) == "shot2.png"
    assert listed.note_dock.note.toPlainText() == "1 Nebel, w"


def test_a_note_is_unsaved_work_kept_after_a_crash_and_can_be_undone(
    listed: MainWindow, qtbot: QtBot
) -> None:
    listed.note_dock.write()
    qtbot.keyClicks(listed.note_dock.note, "blurred twice")
    with qtbot.waitSignal(listed.safety.autosave.kept, timeout=PATIENCE_MS):
        listed.safety.autosave.keep_now()
    kept = listed.safety.autosave._slot.path.read_text()
    assert '"note": "blurred twice"' in kept
    listed.canvas.setFocus()
    press(listed, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert listed.note_dock.note.toPlainText() == ""
    assert not listed.editor.dirty


def test_photos_that_share_a_stem_have_projects_of_their_own(
    empty_window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    twin = folder / "shot1.bmp"
    cv2.imwrite(str(twin), np.full((HEIGHT, WIDTH, 3), 10, np.uint8))
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        empty_window.open_path(folder)
    assert shown(empty_window) == "shot1.bmp"
    assert states(empty_window)[:2] == ["untouched", "done"]
    empty_window.editor.add_whole_photo()
    go(empty_window, "done_and_next", qtbot)
    assert states(empty_window)[:2] == ["done", "done"]
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        empty_window.open_path(twin)
    assert [region.name for region in empty_window.editor.regions] == ["Whole photo"]
    assert empty_window.editor.document.project_path == folder / "shot1.bmp.unspool.json"


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
