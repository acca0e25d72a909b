"""Drawing and editing regions with the mouse and the keyboard on the real canvas."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.gui.drawing.overlay import handles
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from tests.app.gui.conftest import HEIGHT, WIDTH, Mouse

Key = Qt.Key
Modifier = Qt.KeyboardModifier


def press_key(window: MainWindow, key: Qt.Key, modifier: Modifier = Modifier.NoModifier) -> None:
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(window.canvas, QKeyEvent(kind, key, modifier))


def corners(window: MainWindow, index: int = 0) -> list[tuple[int, int]]:
    return [(round(x), round(y)) for x, y in window.editor.regions[index].rings[0]]


def choose(window: MainWindow, tool: str) -> None:
    window.actions_by_name[tool].trigger()


def test_clicking_round_and_on_the_first_point_makes_a_region(square: MainWindow) -> None:
    assert corners(square) == [(20, 10), (60, 10), (60, 50), (20, 50)]
    assert square.editor.selected == 0
    assert not square.canvas.gestures.draft
    assert square.region_list.list.count() == 1


def test_a_double_click_closes_the_outline(window: MainWindow, mouse: Mouse) -> None:
    mouse.click(10, 10)
    mouse.click(40, 10)
    mouse.double_click(40, 40)
    assert corners(window) == [(10, 10), (40, 10), (40, 40)]


def test_enter_closes_the_outline(window: MainWindow, mouse: Mouse) -> None:
    for corner in ((10, 10), (40, 10), (40, 40)):
        mouse.click(*corner)
    press_key(window, Key.Key_Return)
    assert len(window.editor.regions) == 1


def test_enter_closes_nothing_with_two_points(window: MainWindow, mouse: Mouse) -> None:
    mouse.click(10, 10)
    mouse.click(40, 10)
    press_key(window, Key.Key_Return)
    assert window.editor.regions == ()
    assert len(window.canvas.gestures.draft.points) == 2


def test_escape_gives_up_the_outline_and_leaves_no_ghost(
    window: MainWindow, mouse: Mouse, qtbot: QtBot
) -> None:
    mouse.click(2, 2)
    press_key(window, Key.Key_Escape)
    clean = window.canvas.grab().toImage()
    for corner in ((10, 10), (40, 10), (40, 40)):
        mouse.click(*corner)
    assert window.canvas.grab().toImage() != clean
    press_key(window, Key.Key_Escape)
    assert window.canvas.grab().toImage() == clean
    press_key(window, Key.Key_Return)
    assert window.editor.regions == ()
    assert not window.actions_by_name["undo"].isEnabled()


def test_undo_while_drawing_takes_back_points_and_never_an_earlier_edit(
    square: MainWindow, mouse: Mouse
) -> None:
    mouse.click(70, 10)
    mouse.click(90, 10)
    undo = square.actions_by_name["undo"]
    undo.trigger()
    assert len(square.canvas.gestures.draft.points) == 1
    undo.trigger()
    undo.trigger()
    assert len(square.editor.regions) == 1
    assert not undo.isEnabled()
    square.actions_by_name["redo"].trigger()
    assert len(square.canvas.gestures.draft.points) == 1


def test_points_outside_the_photo_are_put_on_its_rim(window: MainWindow, mouse: Mouse) -> None:
    for corner in ((-3, -3), (40, -3), (40, 40)):
        mouse.click(*corner)
    press_key(window, Key.Key_Return)
    assert corners(window) == [(0, 0), (40, 0), (40, 40)]


def test_a_self_crossing_outline_is_mended(window: MainWindow, mouse: Mouse) -> None:
    for corner in ((10, 10), (50, 50), (50, 10), (10, 50)):
        mouse.click(*corner)
    press_key(window, Key.Key_Return)
    assert len(window.editor.regions) == 2
    assert {region.name for region in window.editor.regions} == {"Region 1", "Region 2"}


def test_an_outline_that_encloses_nothing_is_refused_in_a_sentence(
    window: MainWindow, mouse: Mouse
) -> None:
    for corner in ((10, 10), (30, 10), (60, 10)):
        mouse.click(*corner)
    press_key(window, Key.Key_Return)
    assert window.editor.regions == ()
    assert "Region 1" in window.banner.text


def test_a_click_inside_the_selected_region_begins_a_new_one(
    square: MainWindow, mouse: Mouse
) -> None:
    mouse.click(30, 20)
    assert len(square.canvas.gestures.draft.points) == 1
    assert square.editor.selected is None


def test_a_new_region_takes_the_last_used_direction(square: MainWindow, mouse: Mouse) -> None:
    press_key(square, Key.Key_3)
    for corner in ((70, 10), (90, 10), (90, 30)):
        mouse.click(*corner)
    press_key(square, Key.Key_Return)
    assert square.editor.regions[1].direction == Direction.DOWN_LEFT


@pytest.mark.parametrize(
    ("key", "modifier", "direction"),
    [
        (Key.Key_0, Modifier.NoModifier, Direction.STATIC),
        (Key.Key_1, Modifier.NoModifier, Direction.UP_RIGHT),
        (Key.Key_2, Modifier.NoModifier, Direction.UP_LEFT),
        (Key.Key_3, Modifier.NoModifier, Direction.DOWN_LEFT),
        (Key.Key_4, Modifier.NoModifier, Direction.DOWN_RIGHT),
        (Key.Key_9, Modifier.KeypadModifier, Direction.UP_RIGHT),
        (Key.Key_7, Modifier.KeypadModifier, Direction.UP_LEFT),
        (Key.Key_1, Modifier.KeypadModifier, Direction.DOWN_LEFT),
        (Key.Key_3, Modifier.KeypadModifier, Direction.DOWN_RIGHT),
        (Key.Key_5, Modifier.KeypadModifier, Direction.STATIC),
        (Key.Key_Home, Modifier.KeypadModifier, Direction.UP_LEFT),
    ],
)
def test_keys_point_the_selected_region(
    square: MainWindow, key: Qt.Key, modifier: Modifier, direction: Direction
) -> None:
    other = direction.inverse if direction else Direction.UP_LEFT
    square.editor.set_direction(other)
    press_key(square, key, modifier)
    assert square.editor.regions[0].direction == direction
    assert square.workspace.compass.buttons[direction].isChecked()


def test_digits_work_while_the_region_list_has_the_focus(square: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(square.region_list.list, Key.Key_4)
    assert square.editor.regions[0].direction == Direction.DOWN_RIGHT


def test_compass_buttons_point_the_selected_region(square: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(square.workspace.compass.buttons[Direction.UP_LEFT], Qt.MouseButton.LeftButton)
    assert square.editor.regions[0].direction == Direction.UP_LEFT


@pytest.mark.parametrize("tool", ["outline", "direction"])
def test_dragging_inside_a_region_points_it_and_previews_the_quadrant(
    square: MainWindow, mouse: Mouse, tool: str
) -> None:
    choose(square, tool)
    square.editor.select(0)
    mouse.press(30, 20)
    mouse.move(35, 26)
    mouse.move(50, 42)
    arrow = square.canvas.overlay_state().arrow
    assert arrow is not None
    assert arrow.direction == Direction.DOWN_RIGHT
    assert square.editor.regions[0].direction == Direction.UP_RIGHT
    mouse.release(50, 42)
    assert square.editor.regions[0].direction == Direction.DOWN_RIGHT
    assert square.canvas.overlay_state().arrow is None
    assert corners(square) == [(20, 10), (60, 10), (60, 50), (20, 50)]


def test_escape_gives_up_a_dragged_arrow(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "direction")
    mouse.press(30, 20)
    mouse.move(50, 42)
    press_key(square, Key.Key_Escape)
    mouse.release(50, 42)
    assert square.editor.regions[0].direction == Direction.UP_RIGHT


def test_the_badge_of_the_selected_region_is_a_handle_for_its_direction(
    square: MainWindow, mouse: Mouse
) -> None:
    choose(square, "select")
    square.editor.select(0)
    mouse.drag((40, 30), (28, 42))
    assert square.editor.regions[0].direction == Direction.DOWN_LEFT
    assert corners(square)[0] == (20, 10)


def test_dragging_a_region_is_one_step_in_the_history(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "select")
    steps = square.editor.stack.count()
    mouse.drag((28, 20), (38, 24))
    assert corners(square)[0] == (30, 14)
    assert square.editor.stack.count() == steps + 1
    square.actions_by_name["undo"].trigger()
    assert corners(square)[0] == (20, 10)
    square.actions_by_name["redo"].trigger()
    assert corners(square)[0] == (30, 14)


def test_a_drag_that_ends_where_it_began_is_no_step(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "select")
    before, steps = square.editor.regions, square.editor.stack.count()
    mouse.press(28, 20)
    mouse.move(38, 24)
    mouse.move(28, 20)
    mouse.release(28, 20)
    assert square.editor.regions == before
    assert square.editor.stack.count() == steps


def test_escape_puts_a_dragged_region_back(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "select")
    steps = square.editor.stack.count()
    mouse.press(28, 20)
    mouse.move(38, 24)
    press_key(square, Key.Key_Escape)
    mouse.move(45, 30)
    mouse.release(45, 30)
    assert corners(square)[0] == (20, 10)
    assert square.editor.stack.count() == steps


def test_a_vertex_is_dragged_and_kept_on_the_photo(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "select")
    square.editor.select(0)
    mouse.drag((60, 10), (WIDTH + 3, 5))
    assert corners(square)[1] == (WIDTH, 5)


def test_a_double_click_on_an_edge_adds_a_vertex_there(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "select")
    square.editor.select(0)
    mouse.double_click(30, 10)
    assert corners(square) == [(20, 10), (30, 10), (60, 10), (60, 50), (20, 50)]


def test_an_alt_click_on_an_edge_adds_a_vertex_there(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "select")
    square.editor.select(0)
    mouse.click(20, 40, keys=Modifier.AltModifier)
    assert corners(square)[-1] == (20, 40)


def test_delete_removes_the_chosen_vertex_and_in_the_end_the_region(
    square: MainWindow, mouse: Mouse
) -> None:
    choose(square, "select")
    square.editor.select(0)
    delete = square.actions_by_name["delete"]
    mouse.click(60, 10)
    delete.trigger()
    assert corners(square) == [(20, 10), (60, 50), (20, 50)]
    mouse.click(60, 50)
    delete.trigger()
    assert square.editor.regions == ()
    delete.trigger()
    square.actions_by_name["undo"].trigger()
    square.actions_by_name["undo"].trigger()
    assert len(corners(square)) == 4


def test_undoing_an_added_vertex_forgets_that_it_was_chosen(
    square: MainWindow, mouse: Mouse
) -> None:
    choose(square, "select")
    square.editor.select(0)
    mouse.double_click(20, 40)
    square.actions_by_name["undo"].trigger()
    assert square.canvas.gestures.vertex is None
    square.actions_by_name["delete"].trigger()
    assert square.editor.regions == ()


def test_delete_without_a_chosen_vertex_removes_the_region(square: MainWindow) -> None:
    square.actions_by_name["delete"].trigger()
    assert square.editor.regions == ()


def test_a_locked_region_stays_where_it_is(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "select")
    square.actions_by_name["lock_region"].trigger()
    before = square.editor.regions
    mouse.drag((28, 20), (38, 24))
    square.actions_by_name["delete"].trigger()
    assert square.editor.regions == before


def test_the_whole_photo_becomes_one_region_below_the_others(square: MainWindow) -> None:
    square.actions_by_name["whole_photo"].trigger()
    assert square.editor.regions[0].bounds == (0, 0, WIDTH, HEIGHT)
    assert square.editor.selected == 0
    assert square.region_list.list.item(1).text() == "Whole photo"


def test_the_list_reorders_renames_and_selects(square: MainWindow) -> None:
    square.editor.add_whole_photo()
    rows = square.region_list.list
    square.region_list.forward_button.click()
    assert [rows.item(row).text() for row in range(2)] == ["Whole photo", "Region 1"]
    rows.item(1).setText("Runner")
    assert square.editor.regions[0].name == "Runner"
    rows.setCurrentRow(1)
    assert square.editor.selected == 0
    square.actions_by_name["undo"].trigger()
    square.actions_by_name["undo"].trigger()
    assert [rows.item(row).text() for row in range(2)] == ["Region 1", "Whole photo"]


def test_the_guidance_is_seen_over_the_photo_and_can_be_hidden(square: MainWindow) -> None:
    square.editor.select(None)
    square.overlay_panel.opacity.setValue(100)
    canvas = square.canvas
    place = canvas.viewportTransform().map(QPointF(26, 16)).toPoint()

    def reddish(image: QImage) -> int:
        ratio = image.devicePixelRatio()
        area = [
            QColor(image.pixel(round((place.x() + x) * ratio), round((place.y() + y) * ratio)))
            for x in range(26)
            for y in range(26)
        ]
        return sum(c.red() > 240 and c.green() < 15 and c.blue() < 15 for c in area)

    assert reddish(canvas.grab().toImage()) > 200
    square.actions_by_name["overlay"].trigger()
    assert not square.overlay_panel.visible.isChecked()
    assert reddish(canvas.grab().toImage()) == 0


def test_the_wheel_zooms_at_the_pointer(window: MainWindow, mouse: Mouse) -> None:
    canvas = window.canvas
    place = mouse.place(30, 20)
    before = canvas.scale_factor
    for _ in range(4):
        event = QWheelEvent(
            place,
            QPointF(canvas.viewport().mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Modifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.scale_factor == pytest.approx(before * 1.25**4)
    held = canvas.to_photo(place)
    # Scroll bars stand on whole screen pixels.
    assert abs(held.x() - 30) * canvas.scale_factor <= 1
    assert abs(held.y() - 20) * canvas.scale_factor <= 1


def test_enlarged_pixels_are_exact(window: MainWindow) -> None:
    window.actions_by_name["overlay"].trigger()
    canvas = window.canvas
    canvas.zoom_by(24 / canvas.scale_factor)
    image = canvas.grab().toImage()
    ratio = image.devicePixelRatio()
    assert window.editor.document is not None
    pixels = window.editor.document.photo.pixels
    for x, y in ((48, 32), (45, 30), (51, 35)):
        for inset in (0.1, 0.5, 0.9):
            place = canvas.viewportTransform().map(QPointF(x + inset, y + inset)) * ratio
            shown = QColor(image.pixel(int(place.x()), int(place.y())))
            assert (shown.red(), shown.green(), shown.blue()) == tuple(pixels[y, x])


def test_space_and_drag_pan_without_touching_regions(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "select")
    before, centre = square.editor.regions, square.canvas.centre()
    QApplication.sendEvent(
        square.canvas, QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_Space, Modifier.NoModifier)
    )
    mouse.drag((28, 20), (38, 24))
    QApplication.sendEvent(
        square.canvas, QKeyEvent(QKeyEvent.Type.KeyRelease, Key.Key_Space, Modifier.NoModifier)
    )
    assert square.editor.regions == before
    assert square.canvas.centre() != centre
    square.actions_by_name["fit"].trigger()
    assert square.canvas.centre() == centre


def test_points_that_lie_close_together_on_the_screen_have_small_handles() -> None:
    apart = [QPointF(20 * k, 0) for k in range(5)]
    assert {square.width() for square in handles(apart)} == {9.0}
    close = [QPointF(4 * k, 0) for k in range(40)]
    squares = handles(close)
    assert [square.center() for square in squares] == close
    large = [square for square in squares if square.width() == 9.0]
    assert 8 <= len(large) <= 12
    assert all(not a.intersects(b) for a, b in pairwise(large))
