"""Lasso, rectangle, ellipse, brush, eraser and holes, drawn with the mouse on the real canvas."""

from __future__ import annotations

from math import cos, pi, sin

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from tests.app.gui.conftest import HEIGHT, WIDTH, Mouse

Alt = Qt.KeyboardModifier.AltModifier
Shift = Qt.KeyboardModifier.ShiftModifier


def choose(window: MainWindow, name: str) -> None:
    window.actions_by_name[name].trigger()


def covered(window: MainWindow) -> int:
    """How many pixels the guidance moves."""
    return int((rasterise(window.editor.regions, WIDTH, HEIGHT) > 0).sum())


def steps(window: MainWindow) -> int:
    return window.editor.stack.count()


def circle(mouse: Mouse, x: float, y: float, radius: float) -> None:
    points = [
        (x + radius * cos(2 * pi * i / 40), y + radius * sin(2 * pi * i / 40)) for i in range(40)
    ]
    mouse.press(*points[0])
    for point in points[1:]:
        mouse.move(*point)
    mouse.release(*points[-1])


def test_a_lasso_closes_when_let_go_and_is_one_step(window: MainWindow, mouse: Mouse) -> None:
    choose(window, "lasso")
    circle(mouse, 40, 30, 20)
    assert covered(window) == pytest.approx(pi * 400, rel=0.02)
    assert len(window.editor.regions) == 1
    assert window.editor.selected == 0
    assert steps(window) == 1
    choose(window, "undo")
    assert window.editor.regions == ()


def test_a_lasso_has_no_more_points_than_it_needs(window: MainWindow, mouse: Mouse) -> None:
    choose(window, "lasso")
    mouse.press(10, 10)
    for x in range(11, 60):
        mouse.move(x, 10)
    for y in range(11, 40):
        mouse.move(59, y)
    mouse.release(59, 39)
    assert len(window.editor.regions[0].rings[0]) == 3


def test_a_rectangle_is_drawn_from_corner_to_corner(window: MainWindow, mouse: Mouse) -> None:
    choose(window, "rectangle")
    mouse.drag((50, 40), (10, 20))
    assert covered(window) == 40 * 20
    assert len(window.editor.regions[0].rings[0]) == 4


def test_shift_makes_a_square_and_a_circle(window: MainWindow, mouse: Mouse) -> None:
    choose(window, "rectangle")
    mouse.drag((10, 10), (40, 22), keys=Shift)
    assert covered(window) == 30 * 30
    choose(window, "undo")
    choose(window, "ellipse")
    mouse.drag((10, 10), (40, 22), keys=Shift)
    assert covered(window) == pytest.approx(pi * 15**2, rel=0.03)


def test_shapes_are_kept_on_the_photo(window: MainWindow, mouse: Mouse) -> None:
    choose(window, "ellipse")
    mouse.drag((-10, -10), (30, 30))
    xs = [x for x, _ in window.editor.regions[0].rings[0]]
    assert min(xs) >= 0


@pytest.mark.parametrize("tool", ["lasso", "rectangle", "ellipse"])
def test_a_mere_click_draws_nothing(window: MainWindow, mouse: Mouse, tool: str) -> None:
    choose(window, tool)
    mouse.click(30, 30)
    assert window.editor.regions == ()
    assert steps(window) == 0
    assert window.banner.text == ""


def test_a_brush_stroke_makes_a_region_of_its_width(window: MainWindow, mouse: Mouse) -> None:
    choose(window, "brush")
    window.canvas.set_brush_radius(5)
    mouse.drag((20, 30), (60, 30))
    assert covered(window) == pytest.approx(40 * 10 + pi * 25, rel=0.04)
    assert steps(window) == 1


def test_a_click_with_the_brush_leaves_a_dot(window: MainWindow, mouse: Mouse) -> None:
    choose(window, "brush")
    window.canvas.set_brush_radius(8)
    mouse.click(40, 30)
    assert covered(window) == pytest.approx(pi * 64, rel=0.05)


def test_a_stroke_that_touches_the_selected_region_grows_it(
    square: MainWindow, mouse: Mouse
) -> None:
    choose(square, "brush")
    square.canvas.set_brush_radius(5)
    before = covered(square)
    mouse.drag((55, 30), (80, 30))
    assert len(square.editor.regions) == 1
    assert covered(square) > before + 200
    assert steps(square) == 2


def test_a_stroke_elsewhere_is_a_region_of_its_own(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "brush")
    square.canvas.set_brush_radius(3)
    mouse.drag((70, 5), (90, 5))
    assert [region.name for region in square.editor.regions] == ["Region 1", "Region 2"]


def test_two_quick_strokes_are_two_steps(window: MainWindow, mouse: Mouse) -> None:
    choose(window, "brush")
    window.canvas.set_brush_radius(3)
    mouse.double_click(40, 30)
    assert steps(window) >= 1
    assert window.canvas.gestures.stroke is None


def test_the_freeze_brush_keeps_what_it_covers_still(square: MainWindow, mouse: Mouse) -> None:
    before = covered(square)
    square.editor.select(None)
    square.editor.set_direction(Direction.STATIC)
    choose(square, "brush")
    square.canvas.set_brush_radius(5)
    mouse.drag((30, 30), (50, 30))
    assert square.editor.regions[1].direction == Direction.STATIC
    assert covered(square) < before - 200


def test_erasing_across_a_region_splits_it(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "eraser")
    square.canvas.set_brush_radius(3)
    mouse.drag((40, 2), (40, 60))
    assert len(square.editor.regions) == 2
    assert len({region.name for region in square.editor.regions}) == 2
    assert covered(square) == pytest.approx(1600 - 6 * 40, rel=0.02)
    assert steps(square) == 2
    choose(square, "undo")
    assert len(square.editor.regions) == 1


def test_erasing_inside_a_region_makes_a_hole(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "eraser")
    square.canvas.set_brush_radius(6)
    mouse.click(40, 30)
    assert len(square.editor.regions[0].rings) == 2


def test_erasing_all_of_a_region_removes_it(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "eraser")
    square.canvas.set_brush_radius(60)
    mouse.click(40, 30)
    assert square.editor.regions == ()
    assert square.editor.selection == ()


def test_without_a_selection_the_eraser_takes_from_every_region_but_locked_ones(
    square: MainWindow, mouse: Mouse
) -> None:
    choose(square, "whole_photo")
    choose(square, "lock_region")
    square.editor.select(None)
    locked = square.editor.regions[0]
    choose(square, "eraser")
    square.canvas.set_brush_radius(6)
    mouse.click(40, 30)
    assert square.editor.regions[0] == locked
    assert len(square.editor.regions[1].rings) == 2


def test_erasing_where_nothing_is_says_so(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "eraser")
    square.canvas.set_brush_radius(2)
    mouse.click(90, 60)
    assert "no region here" in square.banner.text
    assert steps(square) == 1


@pytest.mark.parametrize("tool", ["lasso", "rectangle", "ellipse", "brush"])
def test_alt_cuts_a_hole_with_every_shape(square: MainWindow, mouse: Mouse, tool: str) -> None:
    choose(square, tool)
    square.canvas.set_brush_radius(4)
    mouse.press(30, 20, keys=Alt)
    mouse.move(50, 20, keys=Alt)
    mouse.move(50, 40, keys=Alt)
    mouse.release(50, 40, keys=Alt)
    (region,) = square.editor.regions
    assert len(region.rings) == 2
    assert square.editor.selected == 0
    assert steps(square) == 2


def test_in_cutting_mode_the_outline_tool_draws_a_hole(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "cut")
    for corner in ((30, 20), (50, 20), (50, 40), (30, 40), (30, 20)):
        mouse.click(*corner)
    assert covered(square) == 1600 - 400
    assert len(square.editor.regions[0].rings) == 2
    choose(square, "cut")
    assert not square.canvas.gestures.cutting


def test_escape_gives_up_a_stroke(window: MainWindow, mouse: Mouse, qtbot: QtBot) -> None:
    choose(window, "lasso")
    mouse.press(10, 10)
    mouse.move(50, 10)
    mouse.move(50, 50)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    mouse.release(50, 50)
    assert window.editor.regions == ()
    assert window.canvas.gestures.stroke is None


def test_undo_during_a_stroke_touches_nothing(square: MainWindow, mouse: Mouse) -> None:
    choose(square, "brush")
    mouse.press(70, 10)
    mouse.move(80, 10)
    choose(square, "undo")
    assert len(square.editor.regions) == 1
    mouse.release(80, 10)


def test_brackets_and_the_field_set_the_size_of_the_brush(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.toolbar.brush.isVisible()
    choose(window, "brush")
    qtbot.waitUntil(window.toolbar.brush.isVisible)
    window.toolbar.brush.setValue(20)
    assert window.canvas.gestures.brush_radius == 10
    choose(window, "brush_larger")
    assert window.canvas.gestures.brush_radius == 12
    assert window.toolbar.brush.value() == 24
    for _ in range(30):
        choose(window, "brush_smaller")
    assert window.canvas.gestures.brush_radius == 1
    choose(window, "select")
    qtbot.waitUntil(lambda: not window.toolbar.brush.isVisible())


def test_the_stroke_under_way_is_seen(window: MainWindow, mouse: Mouse) -> None:
    choose(window, "brush")
    window.canvas.set_brush_radius(6)
    mouse.press(20, 30)
    mouse.move(60, 30)
    image = window.canvas.grab().toImage()
    place = window.canvas.viewportTransform().map(QPointF(40, 30)) * image.devicePixelRatio()
    seen = QColor(image.pixel(int(place.x()), int(place.y())))
    assert seen.red() > seen.green() + 60
    mouse.release(60, 30)
