"""Read-only mode: nothing changes and nothing is written, while looking and animating go on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app import atomic
from app.cli import main
from app.errors import InputError
from app.gui import application
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.region import Region
from app.project.document import new_project, project_path_for, save_project
from tests.app.gui.conftest import HEIGHT, WIDTH, Mouse

RING = ((5.0, 5.0), (60.0, 5.0), (60.0, 50.0), (5.0, 50.0))
Opener = Callable[[Path], MainWindow]


@pytest.fixture(autouse=True)
def writing_allowed_again() -> Iterator[None]:
    """What one test forbids must not hold for the next."""
    yield
    atomic.allow_writing_everywhere()


@pytest.fixture
def labelled(photo: Path) -> Path:
    """The photo, with a project of one region beside it."""
    project = project_path_for(photo)
    region = Region(Direction.UP_LEFT, (RING,), "arm")
    save_project(new_project(photo, WIDTH, HEIGHT, [region], project), project)
    return photo


@pytest.fixture
def asked(empty_window: MainWindow, open_photo: Opener, labelled: Path) -> MainWindow:
    """The window as `unspool --read-only` opens the photo."""
    empty_window.controller.read_only = True
    return open_photo(labelled)


@pytest.fixture
def locked_folder(photo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The photo's folder as the system tells of one that cannot be written, root or not."""
    really = os.access

    def access(path: Path, mode: int) -> bool:
        return really(path, mode) and not (mode == os.W_OK and Path(path) == photo.parent)

    monkeypatch.setattr(os, "access", access)
    return photo.parent


def enabled(window: MainWindow, *names: str) -> list[bool]:
    return [window.actions_by_name[name].isEnabled() for name in names]


def test_every_way_of_editing_leaves_the_document_as_it_is(asked: MainWindow, qtbot: QtBot) -> None:
    before = asked.editor.document
    mouse, canvas = Mouse(asked.canvas), asked.canvas
    asked.editor.select(0)
    mouse.drag((30, 25), (50, 45))
    mouse.drag((5, 5), (20, 20))
    for key in (Qt.Key.Key_4, Qt.Key.Key_Delete, Qt.Key.Key_W, Qt.Key.Key_B, Qt.Key.Key_M):
        qtbot.keyClick(canvas, key)
    mouse.drag((10, 10), (40, 40))
    qtbot.keyClicks(asked.note_dock.note, "mine")
    asked.note_dock.done.click()
    asked.workspace.compass.buttons[Direction.DOWN_LEFT].click()
    asked.region_list.delete_button.click()
    asked.editor.add_whole_photo()
    assert asked.editor.document == before
    assert not asked.editor.dirty
    assert asked.editor.stack.count() == 0


def test_the_window_says_so_and_greys_editing_out(asked: MainWindow) -> None:
    assert asked.read_only_strip.isVisible()
    assert "Read-only, as asked" in asked.read_only_strip.text.text()
    assert not asked.read_only_strip.edit_button.isVisible()
    asked.editor.select(0)
    assert not any(enabled(asked, "outline", "brush", "cut", "delete", "save", "done_and_next"))
    assert not any(enabled(asked, "duplicate", "rename", "hide_region", "import_guidance"))
    assert all(enabled(asked, "select", "animate", "export_guidance", "fit", "close"))
    assert asked.canvas.gestures.tool == "select"


def test_the_hint_says_that_nothing_can_be_dragged_until_it_can(
    empty_window: MainWindow, open_photo: Opener, labelled: Path, locked_folder: Path
) -> None:
    window = open_photo(labelled)
    assert window.status_line.hint.text().startswith("Read-only:")
    Mouse(window.canvas).click(30, 25)
    assert window.editor.selection == (0,)
    assert "Read-only:" in window.status_line.hint.text()
    window.read_only_strip.edit_button.click()
    assert window.status_line.hint.text().startswith("Drag a region")


def test_nothing_is_written_where_the_photo_lies_but_elsewhere(
    asked: MainWindow, labelled: Path, tmp_path: Path, own_home: Path
) -> None:
    before = {path: path.read_bytes() for path in labelled.parent.glob("photo*")}
    assert not asked.controller.export_guidance(labelled.with_name("guidance.png"))
    assert "read-only" in asked.banner.text
    asked.safety.autosave.keep_now()
    assert asked.close()
    assert {path: path.read_bytes() for path in labelled.parent.glob("photo*")} == before
    with pytest.raises(InputError, match="started read-only"):
        save_project(new_project(labelled, WIDTH, HEIGHT, [], labelled), labelled.with_suffix(".x"))


def test_exporting_to_another_place_works(
    asked: MainWindow,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    own_home: Path,
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "guidance.png"
    suggested: list[str] = []

    def save_as(parent: object, title: str, path: str, *rest: object) -> tuple[str, str]:
        suggested.append(path)
        return str(elsewhere), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save_as)
    asked.actions_by_name["export_guidance"].trigger()
    assert elsewhere.is_file()
    assert Path(suggested[0]).parent == own_home


def test_a_folder_that_cannot_be_written_is_read_only_by_itself(
    locked_folder: Path, open_photo: Opener, photo: Path
) -> None:
    window = open_photo(photo)
    assert window.editor.read_only
    assert f"the folder {locked_folder} cannot be written" in window.read_only_strip.text.text()
    assert not any(enabled(window, "outline", "whole_photo", "save"))


def test_editing_anyway_saves_elsewhere(
    locked_folder: Path,
    open_photo: Opener,
    photo: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_photo(photo)
    window.read_only_strip.edit_button.click()
    assert not window.read_only_strip.isVisible()
    assert all(enabled(window, "outline", "whole_photo", "save", "delete", "done_and_next"))
    window.actions_by_name["whole_photo"].trigger()
    assert window.editor.dirty
    place = tmp_path_factory.mktemp("elsewhere") / "photo.unspool.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(place), ""))
    window.actions_by_name["save"].trigger()
    assert place.is_file()
    assert not project_path_for(photo).exists()
    assert not window.editor.dirty


def test_a_folder_that_can_be_written_is_not(window: MainWindow) -> None:
    assert not window.editor.read_only
    assert not window.read_only_strip.isVisible()


@pytest.mark.parametrize("arguments", [["--read-only", "{photo}"], ["{photo}", "--read-only"]])
def test_the_command_line_asks_for_it(
    photo: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    asked: list[tuple[str | None, bool]] = []

    def run(path: str | None = None, *, read_only: bool = False) -> int:
        asked.append((path, read_only))
        return 0

    monkeypatch.setattr(application, "main", run)
    assert main([argument.replace("{photo}", str(photo)) for argument in arguments]) == 0
    assert main([str(photo)]) == 0
    assert asked == [(str(photo), True), (str(photo), False)]


def test_other_commands_know_no_read_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--read-only", "info"]) == 2
    assert "desktop app, not for info" in capsys.readouterr().err
