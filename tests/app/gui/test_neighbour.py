"""Guidance from the photo taken just after or before the open one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from tests.app.gui.conftest import PATIENCE_MS

SIDE = 160
FirstPlace, SecondPlace = (60, 90), (66, 84)
"""A textured square that moves up and right by six pixels, as (x, y) of its centre."""


def picture(place: tuple[int, int]) -> np.ndarray:
    rng = np.random.default_rng(3)
    ground = cv2.resize(rng.integers(60, 200, (12, 12, 3), np.uint8), (SIDE, SIDE))
    thing = cv2.resize(rng.integers(0, 255, (4, 4, 3), np.uint8), (50, 50))
    x, y = place
    ground[y - 25 : y + 25, x - 25 : x + 25] = thing
    return ground


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "first.png", tmp_path / "second.png"
    for path, place in zip(paths, (FirstPlace, SecondPlace), strict=True):
        cv2.imwrite(str(path), picture(place))
    return paths


def use(window: MainWindow, monkeypatch: pytest.MonkeyPatch, path: Path, answer: str) -> None:
    """Choose the menu's command, the file, and one of the buttons of the question."""
    chosen = staticmethod(lambda *_args, **_options: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)

    def press() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, QMessageBox)
        next(b for b in question.buttons() if b.text().replace("&", "") == answer).click()

    QTimer.singleShot(0, press)
    window.actions_by_name["neighbour"].trigger()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("After this one", Direction.UP_RIGHT), ("Before this one", Direction.DOWN_LEFT)],
)
def test_what_moved_becomes_regions_in_one_step(
    open_photo: Callable[[Path], MainWindow],
    pair: tuple[Path, Path],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    expected: Direction,
) -> None:
    window = open_photo(pair[0])
    use(window, monkeypatch, pair[1], answer)
    qtbot.waitUntil(lambda: bool(window.editor.regions), timeout=PATIENCE_MS)
    painted = rasterise(window.editor.regions, SIDE, SIDE)
    x, y = FirstPlace
    on_thing = painted[y - 15 : y + 15, x - 15 : x + 15]
    assert (on_thing == expected).mean() > 0.8
    assert (painted[:40, :40] == 0).all()
    window.actions_by_name["undo"].trigger()
    assert not window.editor.regions


def test_a_neighbour_that_does_not_fit_is_explained_and_nothing_changes(
    open_photo: Callable[[Path], MainWindow],
    pair: tuple[Path, Path],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    window = open_photo(pair[0])
    wide = tmp_path / "wide.png"
    cv2.imwrite(str(wide), np.zeros((40, 200, 3), np.uint8))
    use(window, monkeypatch, wide, "After this one")
    qtbot.waitUntil(lambda: "200" in window.banner.text, timeout=PATIENCE_MS)
    use(window, monkeypatch, pair[0], "After this one")
    qtbot.waitUntil(
        lambda: "nothing seems to have moved" in window.banner.text, timeout=PATIENCE_MS
    )
    assert not window.editor.regions


def test_cancelling_the_question_does_nothing(
    open_photo: Callable[[Path], MainWindow],
    pair: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_photo(pair[0])
    use(window, monkeypatch, pair[1], "Cancel")
    assert not window.controller.background.activities
    assert not window.editor.regions
