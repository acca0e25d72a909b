"""Importing, exporting and counting the labels of a folder in the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.gui.folder.folder_reports import ProblemsDialog, StatisticsDialog
from app.gui.folder.transfer_dialog import TransferDialog
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.guidance.region import Region
from app.project.document import load_project, new_project, project_path_for, save_project
from app.project.folder_values import LabelFormat
from app.project.masks import read_guidance_png, write_guidance_png
from tests.app.gui.conftest import HEIGHT, PATIENCE_MS, WIDTH

RING = ((5.0, 5.0), (30.0, 5.0), (30.0, 30.0))
REGION = Region(Direction.UP_LEFT, (RING,), "Region 1")
Button = QMessageBox.StandardButton


@pytest.fixture
def listed(empty_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window with a folder of two photos, the first of them labelled."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("p1.png", "p2.png"):
        cv2.imwrite(str(folder / name), np.full((HEIGHT, WIDTH, 3), 90, np.uint8))
    project = project_path_for(folder / "p1.png")
    save_project(new_project(folder / "p1.png", WIDTH, HEIGHT, [REGION], project), project)
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        empty_window.open_path(folder)
    return empty_window


def run(
    window: MainWindow,
    qtbot: QtBot,
    command: str,
    fill: Callable[[TransferDialog], None] | None = None,
) -> object:
    """Trigger a command, fill in and accept its dialog, and wait for what comes of it."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TransferDialog)
        if fill is not None:
            fill(dialog)
        dialog.go_button.click()

    if fill is not None:
        QTimer.singleShot(0, answer)
    with qtbot.waitSignal(window.controller.folder_work_ended, timeout=PATIENCE_MS) as ended:
        window.actions_by_name[command].trigger()
    return ended.args[0]


def choose(kind: LabelFormat, place: Path) -> Callable[[TransferDialog], None]:
    def fill(dialog: TransferDialog) -> None:
        dialog.format.setCurrentIndex(dialog.format.findData(kind))
        dialog.place.setText(str(place))

    return fill


def test_a_folder_is_exported_and_what_happened_is_told(
    listed: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    run(listed, qtbot, "export_folder", choose(LabelFormat.PNG, tmp_path / "out"))
    guidance = read_guidance_png(tmp_path / "out" / "p1.png")
    assert (guidance == rasterise([REGION], WIDTH, HEIGHT)).all()
    assert listed.banner.text == "1 photo converted. 1 photo has no labels."
    run(listed, qtbot, "export_folder", choose(LabelFormat.COCO, tmp_path / "all"))
    assert len(json.loads((tmp_path / "all.json").read_text())["annotations"]) == 1


@pytest.mark.parametrize("button", [Button.Yes, Button.No])
def test_files_that_exist_are_asked_about(
    listed: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    button: Button,
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "p1.png").write_bytes(b"mine")
    asked: list[str] = []

    def question(parent: object, title: str, text: str, *rest: object) -> Button:
        asked.append(text)
        return button

    monkeypatch.setattr(QMessageBox, "question", question)
    run(listed, qtbot, "export_folder", choose(LabelFormat.PNG, tmp_path / "out"))
    assert len(asked) == 1
    kept = (tmp_path / "out" / "p1.png").read_bytes() == b"mine"
    assert kept == (button == Button.No)
    assert ("1 file kept" in listed.banner.text) == kept


def test_imported_labels_are_listed_and_shown(
    listed: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("p1.png", "p2.png"):
        write_guidance_png(tmp_path / "maps" / name, np.full((HEIGHT, WIDTH), 3, np.uint8))
    monkeypatch.setattr(QMessageBox, "question", lambda *args: Button.Yes)
    assert listed.editor.document.name == "p1.png"
    with qtbot.waitSignal(listed.controller.opened, timeout=PATIENCE_MS):
        run(listed, qtbot, "import_folder", choose(LabelFormat.PNG, tmp_path / "maps"))
    assert [entry.state for entry in listed.folder_dock.entries] == ["draft", "draft"]
    assert listed.editor.document.name == "p1.png"
    assert [region.direction for region in listed.editor.regions] == [Direction.DOWN_LEFT]
    assert not listed.editor.dirty
    stored = load_project(tmp_path / "photos" / "p2.unspool.json")
    assert [region.direction for region in stored.to_regions()] == [Direction.DOWN_LEFT]


def test_what_could_not_be_imported_is_named(
    listed: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    maps = tmp_path / "maps"
    write_guidance_png(maps / "p2.png", np.full((HEIGHT, WIDTH + 1), 3, np.uint8))
    with qtbot.waitSignal(listed.controller.folder_listed, timeout=PATIENCE_MS):
        run(listed, qtbot, "import_folder", _without_question(maps))
    (dialog,) = (d for d in QApplication.topLevelWidgets() if isinstance(d, ProblemsDialog))
    assert "p2.png" in dialog.text()
    assert f"{WIDTH + 1} x {HEIGHT}" in dialog.text()
    dialog.close()


def _without_question(maps: Path) -> Callable[[TransferDialog], None]:
    def fill(dialog: TransferDialog) -> None:
        choose(LabelFormat.PNG, maps)(dialog)
        dialog._count_existing = lambda transfer: 0

    return fill


def test_classes_are_counted_and_can_be_copied(listed: MainWindow, qtbot: QtBot) -> None:
    run(listed, qtbot, "statistics")
    (dialog,) = (d for d in QApplication.topLevelWidgets() if isinstance(d, StatisticsDialog))
    pixels = int((rasterise([REGION], WIDTH, HEIGHT) == Direction.UP_LEFT).sum())
    assert dialog.table.item(2, 3).text() == str(pixels)
    dialog.copy_button.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "2 photos: 0 done, 1 draft, 1 untouched; 0 with a note"
    assert lines[4].split("\t")[:4] == ["up-left", "1", "1", str(pixels)]
    dialog.close()


def test_folder_commands_wait_for_a_folder(empty_window: MainWindow) -> None:
    for name in ("import_folder", "export_folder", "statistics", "next_photo"):
        assert not empty_window.actions_by_name[name].isEnabled()
