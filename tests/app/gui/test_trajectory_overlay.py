"""Trajectories over the photo: which way they point, how they are drawn, when they are asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage, QTransform
from pytestqt.qtbot import QtBot

from app.gui.discover.findings import TrajectoryField
from app.gui.discover.trajectory_overlay import TrajectoryLook, draw_trajectories, time_colour
from app.gui.document import Regions
from app.gui.window import MainWindow
from app.gui.worker import Cancelled, Step
from app.guidance.classes import Direction
from app.media.photos import Photo
from tests.app.gui.conftest import HEIGHT, PATIENCE_MS, WIDTH

INSTANTS = 15


def moving_right(photo_width: int, photo_height: int, reach: float = 12.0) -> TrajectoryField:
    """The field of things that went `reach` pixels to the right in the photo's left half."""
    times = np.linspace(0.5, -0.5, INSTANTS, dtype=np.float32)
    offsets = np.zeros((INSTANTS, 2, photo_height // 2, photo_width // 2), np.float32)
    offsets[:, 0, :, : photo_width // 4] = reach * times[:, None, None]
    return TrajectoryField(offsets, photo_width, photo_height)


def drawn(field: TrajectoryField, look: TrajectoryLook, scale: float = 1.0) -> QImage:
    size = QSize(round(field.width * scale), round(field.height * scale))
    return draw_trajectories(field, look, QTransform.fromScale(scale, scale), size, 1.0)


def alpha(image: QImage) -> np.ndarray:
    bits = np.frombuffer(image.constBits(), np.uint8)
    return bits.reshape(image.height(), image.width(), 4)[..., 3]


def test_the_path_of_a_thing_is_the_mirror_image_of_the_offsets() -> None:
    field = moving_right(96, 64)
    (path,) = field.object_paths(np.array([[20.0, 30.0]]))
    assert path[0].tolist() == pytest.approx([14, 30])
    assert path[-1].tolist() == pytest.approx([26, 30])


def test_lines_are_drawn_only_where_something_moves_and_end_in_the_last_colour(
    qapp: object,
) -> None:
    field = moving_right(96, 64)
    image = drawn(field, TrajectoryLook(spacing=96), scale=4)
    seen = alpha(image)
    assert seen[:, : seen.shape[1] // 2].any()
    assert not seen[:, seen.shape[1] * 5 // 8 :].any()
    # One path around (12, 12): its last point, 6 pixels to the right, bears the head.
    last = image.pixelColor(QPointF(18 * 4, 12 * 4).toPoint())
    first = image.pixelColor(QPointF(6 * 4 + 3, 12 * 4).toPoint())
    assert abs(last.red() - time_colour(1).red()) < 25
    assert first.blue() > first.red()


def test_denser_and_longer_lines_cover_more(qapp: object) -> None:
    field = moving_right(96, 64)
    cover = [
        int((alpha(drawn(field, look, 3)) > 0).sum())
        for look in (TrajectoryLook(48), TrajectoryLook(24), TrajectoryLook(24, 3.0))
    ]
    assert cover[0] < cover[1] < cover[2]


def test_still_pixels_and_views_beside_the_photo_draw_nothing(qapp: object) -> None:
    still = TrajectoryField(np.zeros((INSTANTS, 2, 8, 8), np.float32), 96, 64)
    assert not alpha(drawn(still, TrajectoryLook())).any()
    aside = QTransform.fromTranslate(5000, 5000)
    assert not alpha(
        draw_trajectories(moving_right(96, 64), TrajectoryLook(), aside, QSize(80, 60), 1.0)
    ).any()


def test_a_cancelled_drawing_leaves_no_painter_behind(qapp: object) -> None:
    def cancel(_what: str, done: int, _of: int) -> None:
        if done == 3:
            raise Cancelled

    size = QSize(96, 64)
    with pytest.raises(Cancelled) as caught:
        draw_trajectories(
            moving_right(96, 64), TrajectoryLook(), QTransform(), size, 1.0, step=cancel
        )
    # Whoever keeps the exception keeps these: freed in the wrong order, they end the program.
    (kept,) = (entry.locals["painter"] for entry in caught.traceback if "painter" in entry.locals)
    assert not kept.isActive()


@pytest.mark.parametrize("shape", [(15, 3, 8, 8), (15, 2, 8), (0, 2, 8, 8)])
def test_offsets_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="Offsets have the shape"):
        TrajectoryField(np.zeros(shape, np.float32), 96, 64)


class Tracer:
    """A provider that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[Regions] = []

    def __call__(self, photo: Photo, regions: Regions, step: Step) -> TrajectoryField:
        step("Tracing", 0, 1)
        self.asked.append(regions)
        return moving_right(photo.width, photo.height)


@pytest.fixture
def traced(square: MainWindow, qtbot: QtBot) -> tuple[MainWindow, Tracer]:
    tracer = Tracer()
    square.controller.discoveries.offer_trajectories(tracer)
    square.actions_by_name["trajectories"].trigger()
    qtbot.waitUntil(lambda: not square.films.trajectories.picture.isNull(), timeout=PATIENCE_MS)
    return square, tracer


def test_nothing_is_seen_of_trajectories_until_somebody_offers_them(window: MainWindow) -> None:
    assert not window.actions_by_name["trajectories"].isVisible()
    assert not window.workspace.trajectory_panel.isVisible()


def test_the_overlay_follows_the_view_and_vanishes_when_it_is_switched_off(
    traced: tuple[MainWindow, Tracer], qtbot: QtBot
) -> None:
    window, _tracer = traced
    layer = window.films.trajectories
    before = layer.picture
    window.canvas.zoom_by(1.5)
    qtbot.waitUntil(lambda: layer.picture.cacheKey() != before.cacheKey(), timeout=PATIENCE_MS)
    assert alpha(layer.picture).any()
    window.workspace.trajectory_panel.visible.setChecked(False)
    assert layer.picture.isNull()
    assert not window.actions_by_name["trajectories"].isChecked()


def test_the_sliders_change_the_drawing(traced: tuple[MainWindow, Tracer], qtbot: QtBot) -> None:
    window, _tracer = traced
    layer, panel = window.films.trajectories, window.workspace.trajectory_panel
    before = layer.picture
    panel.length.setValue(panel.length.maximum())
    qtbot.waitUntil(lambda: layer.picture.cacheKey() != before.cacheKey(), timeout=PATIENCE_MS)
    assert (alpha(layer.picture) > 0).sum() > (alpha(before) > 0).sum()


def test_a_changed_direction_asks_again_and_a_new_name_does_not(
    traced: tuple[MainWindow, Tracer], qtbot: QtBot
) -> None:
    window, tracer = traced
    editor = window.editor
    editor.update_region("Rename", 0, replace(editor.regions[0], name="car"))
    editor.set_direction(Direction.DOWN_LEFT)
    qtbot.waitUntil(lambda: len(tracer.asked) == 2, timeout=PATIENCE_MS)
    assert tracer.asked[1][0].direction == Direction.DOWN_LEFT


def test_the_pixel_under_the_pointer_shows_its_path(
    traced: tuple[MainWindow, Tracer], qtbot: QtBot
) -> None:
    window, _tracer = traced
    window.canvas.actual_size()
    qtbot.wait(50)
    before = window.canvas.viewport().grab().toImage()
    window.canvas.pointed_at.emit((10.0, HEIGHT / 2))
    after = window.canvas.viewport().grab().toImage()
    assert before != after
    window.canvas.pointed_at.emit((WIDTH * 3.0, 5.0))
    assert window.canvas.viewport().grab().toImage() == before
