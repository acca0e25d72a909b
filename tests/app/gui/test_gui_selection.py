"""Selecting several regions, on the canvas and in the list, and what is done with them at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from app.gui.window import MainWindow
from app.guidance.classes import Direction
from tests.app.gui.conftest import Mouse

Control = Qt.KeyboardModifier.ControlModifier
Shift = Qt.KeyboardModifier.ShiftModifier


def choose(window: MainWindow, name: str) -> None:
    window.actions_by_name[name].trigger()


@pytest.fixture
def three(window: MainWindow, mouse: Mouse) -> MainWindow:
    """Three squares of 16 pixels side by side, nothing selected, the Select tool held."""
    choose(window, "rectangle")
    for left in (10, 40, 70):
        mouse.drag((left, 20), (left + 16, 36))
    choose(window, "select")
    window.editor.select(None)
    return window


def lefts(window: MainWindow) -> list[int]:
    return [round(region.bounds[0]) for region in window.editor.regions]


@pytest.mark.parametrize("key", [Control, Shift])
def test_a_click_with_shift_or_control_adds_and_takes_away(
    three: MainWindow, mouse: Mouse, key: Qt.KeyboardModifier
) -> None:
    mouse.click(13, 23)
    mouse.click(43, 23, keys=key)
    assert three.editor.selection == (0, 1)
    mouse.click(13, 23, keys=key)
    assert three.editor.selection == (1,)


def test_a_band_selects_what_it_touches(three: MainWindow, mouse: Mouse) -> None:
    steps = three.editor.stack.count()
    mouse.drag((5, 5), (45, 25))
    assert three.editor.selection == (0, 1)
    mouse.drag((65, 50), (75, 30), keys=Shift)
    assert three.editor.selection == (0, 1, 2)
    assert three.editor.stack.count() == steps


def test_a_band_is_seen_while_it_is_pulled(three: MainWindow, mouse: Mouse) -> None:
    before = three.canvas.grab().toImage()
    mouse.press(5, 5)
    mouse.move(35, 50)
    assert three.canvas.grab().toImage() != before
    mouse.release(35, 50)


def test_a_click_beside_all_regions_selects_nothing(three: MainWindow, mouse: Mouse) -> None:
    choose(three, "select_all")
    mouse.click(5, 5)
    assert three.editor.selection == ()


def test_control_a_selects_all_but_hidden_regions(three: MainWindow) -> None:
    three.editor.select(1)
    choose(three, "hide_region")
    choose(three, "select_all")
    assert three.editor.selection == (0, 2)


def test_dragging_one_of_several_moves_them_all_in_one_step(
    three: MainWindow, mouse: Mouse
) -> None:
    steps = three.editor.stack.count()
    three.editor.select_many((0, 2))
    mouse.drag((13, 23), (17, 33))
    assert lefts(three) == [14, 40, 74]
    assert three.editor.stack.count() == steps + 1
    assert three.editor.selection == (0, 2)
    choose(three, "undo")
    assert lefts(three) == [10, 40, 70]
    assert three.editor.selection == (0, 2)


def test_regions_moved_together_keep_their_distance_at_the_rim(
    three: MainWindow, mouse: Mouse
) -> None:
    choose(three, "select_all")
    mouse.drag((13, 23), (60, 23))
    assert lefts(three) == [20, 50, 80]


def test_a_locked_region_among_them_stays(three: MainWindow, mouse: Mouse) -> None:
    three.editor.select(1)
    choose(three, "lock_region")
    choose(three, "select_all")
    mouse.drag((13, 23), (17, 23))
    assert lefts(three) == [14, 40, 74]
    choose(three, "delete")
    assert lefts(three) == [40]


def test_a_click_on_one_of_several_selects_it_alone(three: MainWindow, mouse: Mouse) -> None:
    choose(three, "select_all")
    mouse.click(43, 23)
    assert three.editor.selection == (1,)


def test_a_key_points_all_selected_regions_in_one_step(three: MainWindow, qtbot: QtBot) -> None:
    steps = three.editor.stack.count()
    three.editor.select_many((0, 2))
    qtbot.keyClick(three.canvas, Qt.Key.Key_4)
    directions = [region.direction for region in three.editor.regions]
    assert directions == [Direction.DOWN_RIGHT, Direction.UP_RIGHT, Direction.DOWN_RIGHT]
    assert three.editor.stack.count() == steps + 1


def test_an_arrow_dragged_in_one_points_them_all(three: MainWindow, mouse: Mouse) -> None:
    choose(three, "direction")
    choose(three, "select_all")
    mouse.drag((13, 23), (22, 33))
    assert {region.direction for region in three.editor.regions} == {Direction.DOWN_RIGHT}


@pytest.mark.parametrize("name", ["hide_region", "lock_region", "delete", "duplicate"])
def test_what_is_done_to_several_is_one_step(three: MainWindow, name: str) -> None:
    before, steps = three.editor.regions, three.editor.stack.count()
    three.editor.select_many((0, 1))
    choose(three, name)
    assert three.editor.regions != before
    assert three.editor.regions[-1 if name == "delete" else 2] == before[2]
    assert three.editor.stack.count() == steps + 1
    choose(three, "undo")
    assert three.editor.regions == before


def test_copies_lie_in_front_a_little_aside_and_are_selected(three: MainWindow) -> None:
    three.editor.select_many((0, 2))
    choose(three, "duplicate")
    assert three.editor.selection == (3, 4)
    assert lefts(three)[3:] == [12, 72]
    assert len({region.name for region in three.editor.regions}) == 5


def test_a_copy_of_the_whole_photo_is_made_all_the_same(window: MainWindow) -> None:
    choose(window, "whole_photo")
    choose(window, "duplicate")
    assert len(window.editor.regions) == 2


def test_several_are_reordered_together(three: MainWindow) -> None:
    three.editor.select_many((0, 1))
    choose(three, "forward")
    assert lefts(three) == [70, 10, 40]
    assert three.editor.selection == (1, 2)
    assert not three.actions_by_name["forward"].isEnabled()
    choose(three, "backward")
    assert lefts(three) == [10, 40, 70]


def test_the_list_and_the_canvas_show_the_same_selection(three: MainWindow) -> None:
    rows = three.region_list.list
    three.editor.select_many((0, 2))
    assert sorted(index.row() for index in rows.selectedIndexes()) == [0, 2]
    rows.setCurrentRow(1, QItemSelectionModel.SelectionFlag.Select)
    assert sorted(three.editor.selection) == [0, 1, 2]
    three.region_list.delete_button.click()
    assert three.editor.regions == ()
    choose(three, "undo")
    assert len(rows.selectedIndexes()) == 3


def test_points_of_several_regions_are_not_offered(three: MainWindow, mouse: Mouse) -> None:
    choose(three, "select_all")
    mouse.drag((10, 20), (12, 20))
    assert len(three.editor.regions[0].rings[0]) == 4
    assert three.canvas.gestures.vertex is None
    assert three.actions_by_name["rename"].isEnabled() is False
