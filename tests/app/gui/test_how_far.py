"""Saying how far things moved: by dragging in the photo and by typing."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.gui.document import same_guidance
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from tests.app.gui.conftest import PATIENCE_MS, Mouse


def region_of(window: MainWindow, index: int = 0):
    return window.editor.regions[index]


def picture(window: MainWindow) -> QImage:
    return window.canvas.grab().toImage()


def test_dragging_says_from_where_to_where_and_so_which_way(measured: MainWindow) -> None:
    assert region_of(measured).displacement == pytest.approx((20, -10), abs=0.51)
    assert region_of(measured).direction == Direction.UP_RIGHT
    assert measured.workspace.distance.distance.value() == pytest.approx(22.4, abs=0.8)
    row = measured.region_list.list.item(0)
    assert "up-right, 22 px" in row.data(Qt.ItemDataRole.AccessibleTextRole)


def test_it_is_one_step_of_the_history_that_makes_the_document_dirty(measured: MainWindow) -> None:
    assert measured.editor.dirty
    measured.actions_by_name["undo"].trigger()
    assert region_of(measured).displacement is None
    assert measured.workspace.distance.distance.text() == "not said"
    measured.actions_by_name["redo"].trigger()
    assert region_of(measured).displacement is not None


def test_a_drag_back_to_where_it_began_says_nothing(square: MainWindow, mouse: Mouse) -> None:
    square.actions_by_name["displacement"].trigger()
    mouse.press(30, 40)
    mouse.move(50, 30)
    mouse.move(30, 40)
    mouse.release(30, 40)
    assert region_of(square).displacement is None
    assert not square.canvas.gestures.holding


def test_the_way_is_drawn_while_it_is_dragged_and_after(square: MainWindow, mouse: Mouse) -> None:
    square.actions_by_name["displacement"].trigger()
    mouse.press(30, 40)
    before = picture(square)
    mouse.move(50, 30)
    dragging = picture(square)
    assert dragging != before
    mouse.release(50, 30)
    square.editor.select(None)
    with_way = picture(square)
    square.editor.select(0)
    square.editor.set_distance(0)
    square.editor.select(None)
    assert picture(square) != with_way


def test_the_rough_arrow_says_nothing_about_how_far(square: MainWindow, mouse: Mouse) -> None:
    square.actions_by_name["direction"].trigger()
    mouse.drag((30, 40), (50, 45))
    assert region_of(square).direction == Direction.DOWN_RIGHT
    assert region_of(square).displacement is None


def test_a_typed_distance_runs_the_way_of_the_region(square: MainWindow) -> None:
    spin = square.workspace.distance.distance
    spin.setValue(10)
    assert region_of(square).distance == pytest.approx(10)
    spin.setValue(25)
    assert region_of(square).distance == pytest.approx(25)
    spin.setValue(0)
    assert region_of(square).displacement is None


def test_the_opposite_direction_turns_the_way_round_and_another_forgets_it(
    measured: MainWindow,
) -> None:
    measured.editor.set_direction(Direction.DOWN_LEFT)
    assert region_of(measured).displacement == pytest.approx((-20, 10), abs=0.51)
    measured.editor.set_direction(Direction.STATIC)
    assert region_of(measured).displacement is None
    assert not measured.workspace.distance.distance.isEnabled()


def test_it_counts_for_every_selected_region_and_needs_one(
    square: MainWindow, mouse: Mouse
) -> None:
    square.editor.duplicate_selected()
    square.editor.select_many((0, 1))
    square.workspace.distance.distance.setValue(12)
    assert [round(r.distance) for r in square.editor.regions] == [12, 12]
    square.editor.select(None)
    assert not square.workspace.distance.distance.isEnabled()


def test_a_film_is_of_another_guidance_once_the_distance_changed(measured: MainWindow) -> None:
    before = measured.editor.regions
    measured.editor.set_distance(50)
    assert not same_guidance(before, measured.editor.regions)


def test_a_saved_project_still_knows_it(measured: MainWindow, qtbot: QtBot, tmp_path) -> None:
    from app.gui.files.storage import open_project, save_document

    document = measured.editor.document
    assert document is not None
    saved = save_document(document, tmp_path / "photo.unspool.json")
    again, notice = open_project(tmp_path / "photo.unspool.json")
    assert notice is None
    assert again.regions == saved.regions
    assert again.regions[0].displacement is not None


def test_previews_are_told_in_their_own_pixels(measured: MainWindow) -> None:
    small = region_of(measured).placed(10, 0, 0.5, 0.25)
    assert small.displacement == pytest.approx((10, -2.5), abs=0.3)


def test_the_tool_is_held_by_its_key(square: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(square.canvas, Qt.Key.Key_A)
    assert square.canvas.gestures.tool == "displacement"
    assert "first" in square.canvas.hint


def test_farther_than_networks_know_is_said_until_the_film_is_small_enough(
    square: MainWindow,
) -> None:
    panel = square.workspace.distance
    panel.distance.setValue(40)
    assert panel.advice.isHidden()
    panel.distance.setValue(64)
    assert not panel.advice.isHidden()
    assert "72 px or less" in panel.advice.text()
    document = square.editor.document
    assert document is not None
    square.editor.set_choices(replace(document.choices, max_edge=70))
    assert panel.advice.isHidden()


def test_a_network_that_does_not_listen_says_so(ready: MainWindow, qtbot: QtBot) -> None:
    ready.editor.select(0)
    ready.editor.set_displacement((20, -10))
    with qtbot.waitSignal(ready.controller.warned, timeout=PATIENCE_MS) as warning:
        ready.film_settings.animate_button.click()
    assert "does not listen" in warning.args[0]
    assert ready.controller.film is not None
    assert ready.controller.film.unheard


@pytest.fixture
def believed(square: MainWindow, qtbot: QtBot) -> MainWindow:
    """The square with a preview, which was told what the offset network reads."""
    square.actions_by_name["live_preview"].trigger()
    qtbot.waitUntil(lambda: square.controller.way_read(0) is not None, timeout=PATIENCE_MS)
    return square


def test_what_was_read_is_shown_while_nobody_says_it(believed: MainWindow) -> None:
    spin = believed.workspace.distance.distance
    way = believed.controller.way_read(0)
    assert way is not None
    assert spin.text() == f"about {round(math.hypot(*way))} px"
    assert region_of(believed).displacement is None


def test_a_step_goes_on_from_what_was_read_the_way_that_was_read(believed: MainWindow) -> None:
    spin = believed.workspace.distance.distance
    way = believed.controller.way_read(0)
    assert way is not None
    spin.stepUp()
    region = region_of(believed)
    assert region.distance == pytest.approx(round(math.hypot(*way)) + 1)
    assert region.displacement is not None
    assert math.atan2(*region.displacement) == pytest.approx(math.atan2(*way), abs=1e-5)
    assert region.direction == Direction.UP_RIGHT
    believed.actions_by_name["undo"].trigger()
    assert region_of(believed).displacement is None


def test_what_was_read_of_other_regions_is_not_shown(believed: MainWindow) -> None:
    believed.editor.set_direction(Direction.DOWN_LEFT)
    assert believed.controller.way_read(0) is None
    assert believed.workspace.distance.distance.text() == "not said"


def test_what_was_read_is_a_dashed_arrow_until_somebody_says_it(believed: MainWindow) -> None:
    canvas, far = believed.canvas, (40.0, -40.0)
    believed.editor.select(0)
    assert canvas.overlay_state().ways_read == believed.controller.ways_read() != ()
    canvas.show_ways_read(())
    without = _white(believed)
    canvas.show_ways_read((far,))
    supposed = _white(believed)
    believed.editor.set_displacement(far)
    assert canvas.overlay_state().ways_read == ()
    assert without < supposed < _white(believed)


def test_ways_of_regions_that_are_gone_are_not_drawn(believed: MainWindow) -> None:
    canvas = believed.canvas
    canvas.show_ways_read(())
    without = picture(believed)
    canvas.show_ways_read((None, (20.0, 0.0), (0.0, 20.0)))
    assert picture(believed) == without


def _white(window: MainWindow) -> int:
    """How many pixels of the canvas are white."""
    image = picture(window).convertToFormat(QImage.Format.Format_RGBX8888)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return int((pixels[..., :3].min(2) == 255).sum())


def test_digits_that_are_being_typed_stay_while_previews_come(
    believed: MainWindow, qtbot: QtBot
) -> None:
    spin = believed.workspace.distance.distance
    spin.selectAll()
    qtbot.keyClicks(spin, "1")
    believed.controller.film_changed.emit()
    assert spin.lineEdit().text() == "1 px"
    qtbot.keyClicks(spin, "2")
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert region_of(believed).distance == pytest.approx(12)
    believed.controller.film_changed.emit()
    assert spin.text() == "12.0 px"


def test_a_film_tells_what_was_read_as_well(square: MainWindow, qtbot: QtBot) -> None:
    document = square.editor.document
    assert document is not None
    square.editor.set_choices(replace(document.choices, weights="decomposer-fast"))
    square.animate()
    qtbot.waitUntil(lambda: square.controller.film is not None, timeout=PATIENCE_MS)
    assert square.controller.film_current
    assert square.controller.way_read(0) is not None
    assert square.workspace.distance.distance.text().startswith("about ")
    assert square.controller.way_read(1) is None
