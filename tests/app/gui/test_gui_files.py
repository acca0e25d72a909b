"""Opening, saving, importing, exporting and closing, with the questions they ask."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.assets import resources_dir, sample_names
from app.gui.document import RenderChoices
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.project.labels import read_labels
from app.project.masks import read_guidance_npy, read_guidance_png
from tests.app.gui.conftest import HEIGHT, PATIENCE_MS, WIDTH

Button = QMessageBox.StandardButton


def answer(monkeypatch: pytest.MonkeyPatch, button: Button) -> list[str]:
    """Let every question be answered with `button`; returns the questions asked."""
    asked: list[str] = []

    def question(parent: object, title: str, text: str, *rest: object) -> Button:
        asked.append(text)
        return button

    monkeypatch.setattr(QMessageBox, "question", question)
    return asked


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path | None, pattern: str = "") -> None:
    """Let every file dialog be answered with `path`."""
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(
            QFileDialog, name, lambda *args, **rest: (str(path) if path else "", pattern)
        )


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = window.canvas.mapTo(window, QPoint(20, 20))
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(place, actions, data, buttons, keys)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), actions, data, buttons, keys))


def test_without_a_photo_the_welcome_screen_is_shown(empty_window: MainWindow) -> None:
    assert empty_window.welcome.isVisible()
    assert not empty_window.actions_by_name["animate"].isEnabled()
    assert empty_window.windowTitle() == "Unspool"
    assert len(empty_window.welcome.sample_buttons) == len(sample_names())


def test_the_welcome_screen_copes_without_samples(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from app.gui import welcome

    monkeypatch.setattr(welcome, "sample_names", list)
    screen = welcome.Welcome()
    qtbot.addWidget(screen)
    screen.show()
    assert screen.sample_buttons == []
    assert screen.open_button.isVisible()


def test_dropping_a_photo_opens_it(empty_window: MainWindow, photo: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        drop(empty_window, photo)
    assert empty_window.canvas.isVisible()
    assert empty_window.windowTitle() == "photo.png[*] — Unspool"
    assert not empty_window.isWindowModified()
    assert empty_window.preferences.recent() == [photo]


def test_dropping_a_broken_file_says_so_and_keeps_the_open_photo(
    square: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, Button.Discard)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nand then nothing")
    before = square.editor.document
    with qtbot.waitSignal(square.controller.failed, timeout=PATIENCE_MS):
        drop(square, broken)
    assert str(broken) in square.banner.text
    assert square.banner.text.count(". ") == 0
    assert square.editor.document is before
    assert square.controller.background.activities == []


def test_a_missing_photo_is_named_on_the_welcome_screen(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(empty_window.controller.failed, timeout=PATIENCE_MS):
        empty_window.open_path(tmp_path / "gone.png")
    assert "gone.png" in empty_window.banner.text
    assert empty_window.welcome.isVisible()


def test_a_photo_of_one_pixel_can_be_opened_and_covered(
    open_photo: Callable[[Path], MainWindow], tmp_path: Path
) -> None:
    path = tmp_path / "dot.png"
    cv2.imwrite(str(path), np.full((1, 1, 3), 200, np.uint8))
    window = open_photo(path)
    window.canvas.grab()
    window.actions_by_name["whole_photo"].trigger()
    window.canvas.zoom_by(3)
    window.canvas.grab()
    assert len(window.editor.regions) == 1


def test_a_16_bit_photo_is_shown_by_its_upper_bits(
    open_photo: Callable[[Path], MainWindow], tmp_path: Path
) -> None:
    path = tmp_path / "deep.png"
    cv2.imwrite(str(path), np.full((8, 8, 3), 0x8080, np.uint16))
    window = open_photo(path)
    assert window.controller.picture is not None
    assert window.controller.picture.levels[0].pixelColor(3, 3).red() == 0x80


def test_saving_and_reopening_gives_the_same_work(
    square: MainWindow,
    open_photo: Callable[[Path], MainWindow],
    photo: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    square.editor.set_direction(Direction.DOWN_LEFT)
    square.editor.add_whole_photo()
    square.editor.set_choices(RenderChoices("elsewhere/w.safetensors", 5, 512, 24.0, "once"))
    assert square.isWindowModified()
    square.actions_by_name["save"].trigger()
    project = photo.with_name("photo.unspool.json")
    assert project.is_file()
    assert not square.isWindowModified()
    saved = square.editor.document
    assert saved is not None
    for path in (project, photo):
        document = open_photo(path).editor.document
        assert document is not None
        assert document.regions == saved.regions
        assert document.choices == saved.choices
        assert document.project_path == project
        assert (document.photo.pixels == saved.photo.pixels).all()


def test_saving_keeps_what_the_program_does_not_know(
    square: MainWindow, open_photo: Callable[[Path], MainWindow], photo: Path
) -> None:
    square.actions_by_name["save"].trigger()
    project = photo.with_name("photo.unspool.json")
    content = json.loads(project.read_text())
    content["weather"] = "rain"
    project.write_text(json.dumps(content))
    window = open_photo(photo)
    window.editor.set_direction(Direction.STATIC)
    window.editor.add_whole_photo()
    window.actions_by_name["save"].trigger()
    assert json.loads(project.read_text())["weather"] == "rain"


def test_a_broken_project_beside_the_photo_is_told_and_never_overwritten(
    open_photo: Callable[[Path], MainWindow],
    photo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project = photo.with_name("photo.unspool.json")
    project.write_text("{ broken")
    window = open_photo(photo)
    assert project.name in window.banner.text
    window.editor.add_whole_photo()
    suggested: list[str] = []

    def save_as(parent: object, title: str, path: str, *rest: object) -> tuple[str, str]:
        suggested.append(path)
        return path, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save_as)
    window.actions_by_name["save"].trigger()
    assert Path(suggested[0]).name == "photo.png.unspool.json"
    assert project.read_text() == "{ broken"
    assert not window.editor.dirty


def test_a_failed_save_is_told_and_leaves_the_work_unsaved(
    square: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "taken.unspool.json"
    folder.mkdir()
    choose_file(monkeypatch, folder)
    square.actions_by_name["save_as"].trigger()
    assert "taken.unspool.json" in square.banner.text
    assert square.editor.dirty


def test_a_sample_is_saved_elsewhere_than_in_the_program(
    open_photo: Callable[[Path], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    projects = sorted((resources_dir() / "samples").glob("*.unspool.json"))
    if not projects:
        pytest.skip("no samples are packaged")
    before = projects[0].read_bytes()
    window = open_photo(projects[0])
    assert window.editor.regions
    window.editor.add_whole_photo()
    choose_file(monkeypatch, tmp_path / "mine.unspool.json")
    window.actions_by_name["save"].trigger()
    assert projects[0].read_bytes() == before
    assert (tmp_path / "mine.unspool.json").is_file()


@pytest.mark.parametrize(("suffix", "reader"), [(".png", read_guidance_png), (".npy", None)])
def test_exported_guidance_comes_back_as_the_same_map(
    square: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    reader: Callable[[Path], np.ndarray] | None,
) -> None:
    square.editor.set_direction(Direction.UP_LEFT)
    path = tmp_path / f"guidance{suffix}"
    choose_file(monkeypatch, path)
    square.actions_by_name["export_guidance"].trigger()
    painted = rasterise(square.editor.regions, WIDTH, HEIGHT)
    read = reader(path) if reader else read_guidance_npy(path, (WIDTH, HEIGHT))
    assert (read == painted).all()
    square.actions_by_name["delete"].trigger()
    square.actions_by_name["import_guidance"].trigger()
    assert (rasterise(square.editor.regions, WIDTH, HEIGHT) == painted).all()
    square.actions_by_name["undo"].trigger()
    assert square.editor.regions == ()


def test_labelme_files_go_both_ways(
    square: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "photo.json"
    choose_file(monkeypatch, path)
    square.actions_by_name["export_guidance"].trigger()
    before = square.editor.regions
    square.actions_by_name["delete"].trigger()
    square.actions_by_name["import_guidance"].trigger()
    assert square.editor.regions == before


def test_guidance_of_another_size_is_refused_and_changes_nothing(
    square: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "small.png"
    cv2.imwrite(str(path), np.ones((5, 5), np.uint8))
    choose_file(monkeypatch, path)
    before = square.editor.regions
    square.actions_by_name["import_guidance"].trigger()
    assert "small.png" in square.banner.text
    assert square.editor.regions == before


def test_guidance_with_an_unknown_suffix_is_refused(square: MainWindow, tmp_path: Path) -> None:
    assert not square.controller.export_guidance(tmp_path / "guidance.bmp")
    assert ".bmp" in square.banner.text
    assert not (tmp_path / "guidance.bmp").exists()


def test_imported_regions_paint_exactly_the_imported_map(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    rough = rng.integers(0, 5, (6, 8), np.uint8)
    guidance = np.kron(rough, np.ones((7, 7), np.uint8))
    path = tmp_path / "map.png"
    cv2.imwrite(str(path), guidance)
    regions = read_labels(path, 56, 42).regions
    assert (rasterise(regions, 56, 42) == guidance).all()


@pytest.mark.parametrize(
    ("button", "closes", "saves"),
    [(Button.Save, True, True), (Button.Discard, True, False), (Button.Cancel, False, False)],
)
def test_closing_with_unsaved_work_asks(
    square: MainWindow,
    photo: Path,
    monkeypatch: pytest.MonkeyPatch,
    button: Button,
    closes: bool,
    saves: bool,
) -> None:
    asked = answer(monkeypatch, button)
    event = QCloseEvent()
    QApplication.sendEvent(square, event)
    assert len(asked) == 1
    assert event.isAccepted() == closes
    assert photo.with_name("photo.unspool.json").exists() == saves


def test_closing_without_changes_asks_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, Button.Cancel)
    assert window.close()
    assert asked == []


def test_opening_another_photo_with_unsaved_work_asks(
    square: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, Button.Cancel)
    square.open_path(tmp_path / "other.png")
    assert len(asked) == 1
    assert square.controller.background.activities == []


def test_closing_the_document_goes_back_to_the_welcome_screen(window: MainWindow) -> None:
    window.actions_by_name["close"].trigger()
    assert window.welcome.isVisible()
    assert window.editor.document is None
    window.edits.undo()
    window.edits.redo()
    window.canvas.grab()


def test_a_project_saved_for_another_photo_of_that_name_is_not_used(
    square: MainWindow, open_photo: Callable[[Path], MainWindow], photo: Path
) -> None:
    square.actions_by_name["save"].trigger()
    other = photo.with_suffix(".jpg")
    cv2.imwrite(str(other), np.zeros((HEIGHT, WIDTH, 3), np.uint8))
    window = open_photo(other)
    assert window.editor.regions == ()
    assert "another photo" in window.banner.text


def test_a_photo_changed_since_the_project_was_saved_is_told(
    square: MainWindow, open_photo: Callable[[Path], MainWindow], photo: Path
) -> None:
    square.actions_by_name["save"].trigger()
    cv2.imwrite(str(photo), np.zeros((HEIGHT, WIDTH, 3), np.uint8))
    window = open_photo(photo)
    assert "has changed" in window.banner.text
    assert len(window.editor.regions) == 1
