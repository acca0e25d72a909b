"""Zoomed in, the preview is of what is in view, as large as it is seen, and in its right place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.gui.drawing.pyramid import Pyramid, build_pyramid
from app.gui.film.film_view import FilmView
from app.gui.film.loupe import Loupe
from app.gui.film.preview_job import Preview, preview_job
from app.gui.film.preview_part import Part, Sight, preview_part
from app.gui.program.preferences import PREVIEW_EDGES, Preferences
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.region import Region
from app.media.photos import read_photo
from tests.app.gui.conftest import PATIENCE_MS

WIDTH, HEIGHT = 1400, 900
RING = ((100.0, 80.0), (1300.0, 80.0), (1300.0, 820.0), (100.0, 820.0))
REGIONS = (Region(Direction.UP_RIGHT, (RING,)),)


@pytest.fixture
def large_photo(tmp_path: Path) -> Path:
    rng = np.random.default_rng(7)
    rough = rng.integers(0, 255, (HEIGHT // 10, WIDTH // 10, 3), np.uint8)
    path = tmp_path / "large.png"
    cv2.imwrite(str(path), cv2.resize(rough, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC))
    return path


@pytest.fixture
def previewed(
    open_photo: Callable[[Path], MainWindow], large_photo: Path, qtbot: QtBot
) -> MainWindow:
    """The window with the small preview of a region that is most of the photo."""
    window = open_photo(large_photo)
    Preferences().set_preview_edge(PREVIEW_EDGES[0])
    window.controller.live.set_edge(PREVIEW_EDGES[0])
    window.actions_by_name["live_preview"].trigger()
    window.editor.change("Outline", REGIONS, 0)
    settle(window, qtbot)
    return window


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the view has been looked at and the preview is there."""
    live = window.controller.live
    qtbot.waitUntil(
        lambda: live.preview is not None and not live.pending and not live._view_settled.isActive(),
        timeout=PATIENCE_MS,
    )


def test_zooming_in_sharpens_what_is_in_view_and_zooming_out_brings_the_whole_photo_back(
    previewed: MainWindow, qtbot: QtBot
) -> None:
    live, panel = previewed.controller.live, previewed.film_panel
    whole = live.preview
    assert whole is not None
    assert whole.part.whole
    assert panel.caption.text().startswith("Preview (fast) of the whole photo")
    previewed.canvas.look_at(2.0, QPointF(600, 400))
    qtbot.waitUntil(lambda: live.pending, timeout=PATIENCE_MS)
    assert "following the view" in panel.caption.text()
    settle(previewed, qtbot)
    detail = live.preview
    assert detail is not None
    assert panel.film is detail
    assert not detail.part.whole
    assert detail.part.scale > 2 * whole.part.scale
    assert max(detail.pictures[0].width, detail.pictures[0].height) <= PREVIEW_EDGES[0]
    assert detail.part.place.contains(600, 400)
    assert detail.under is whole
    assert panel.caption.text().startswith("Preview (fast) of the part in view")
    assert "whole photo" in panel.caption.toolTip()
    previewed.canvas.fit()
    settle(previewed, qtbot)
    assert live.preview is whole


def test_what_a_small_step_aside_shows_is_there_already_but_a_large_one_is_followed(
    previewed: MainWindow, qtbot: QtBot
) -> None:
    live = previewed.controller.live
    previewed.canvas.look_at(1.0, QPointF(600, 400))
    qtbot.waitUntil(lambda: live.pending, timeout=PATIENCE_MS)
    settle(previewed, qtbot)
    first = live.preview
    previewed.canvas.look_at(1.0, QPointF(630, 400))
    settle(previewed, qtbot)
    assert live.preview is first
    previewed.canvas.look_at(1.0, QPointF(900, 500))
    qtbot.waitUntil(lambda: live.preview is not first, timeout=PATIENCE_MS)
    assert live.preview is not None
    assert live.preview.part.place.contains(900, 500)


def test_an_edit_while_zoomed_in_is_previewed_where_one_looks(
    previewed: MainWindow, qtbot: QtBot
) -> None:
    live = previewed.controller.live
    previewed.canvas.look_at(1.0, QPointF(600, 400))
    qtbot.waitUntil(lambda: live.pending, timeout=PATIENCE_MS)
    settle(previewed, qtbot)
    previewed.editor.select(0)
    previewed.editor.set_direction(Direction.DOWN_LEFT)
    assert "following your changes" in previewed.film_panel.caption.text()
    settle(previewed, qtbot)
    detail = live.preview
    assert detail is not None
    assert not detail.part.whole
    assert detail.regions[0].direction == Direction.DOWN_LEFT
    # The small preview of the whole photo shows the direction of before.
    assert detail.under is None


def test_switched_off_the_preview_stays_that_of_the_whole_photo_and_that_is_remembered(
    previewed: MainWindow, qtbot: QtBot
) -> None:
    live, action = previewed.controller.live, previewed.actions_by_name["preview_seen"]
    whole = live.preview
    action.trigger()
    assert not Preferences().preview_seen()
    previewed.canvas.look_at(1.0, QPointF(600, 400))
    settle(previewed, qtbot)
    assert live.preview is whole
    action.trigger()
    settle(previewed, qtbot)
    assert live.preview is not None
    assert not live.preview.part.whole
    previewed.actions_by_name["live_preview"].trigger()
    assert not action.isEnabled()


def test_the_first_preview_leaves_a_view_that_is_zoomed_in_where_it_is(
    open_photo: Callable[[Path], MainWindow], large_photo: Path, qtbot: QtBot
) -> None:
    window = open_photo(large_photo)
    window.canvas.look_at(2.0, QPointF(700, 300))
    window.actions_by_name["live_preview"].trigger()
    window.editor.change("Outline", REGIONS, 0)
    settle(window, qtbot)
    for view in (window.canvas, window.film_panel.view):
        assert view.scale_factor == 2.0
        assert (view.centre().x(), view.centre().y()) == pytest.approx((700, 300), abs=1)


def test_the_part_lies_where_the_whole_photo_shows_it(large_photo: Path, qapp: object) -> None:
    photo = read_photo(large_photo)
    sight = Sight(QRect(500, 300, 300, 200), 1.0)
    parts = [preview_part(REGIONS, WIDTH, HEIGHT, 384, s) for s in (None, sight)]
    whole, detail = (preview_job(photo, REGIONS, p).work(lambda *_: None) for p in parts)
    place = detail.part.place

    def difference(dx: int, dy: int) -> float:
        """Between the part and the same part of the whole photo's preview, moved aside."""
        small = whole.pictures[3].buffers[0][..., :3]
        area = whole.part.place
        large = cv2.resize(small, (area.width(), area.height()), interpolation=cv2.INTER_CUBIC)
        left, top = place.x() - area.x() + dx, place.y() - area.y() + dy
        there = large[top : top + place.height(), left : left + place.width()]
        here = cv2.resize(
            detail.pictures[3].buffers[0][..., :3],
            (place.width(), place.height()),
            interpolation=cv2.INTER_CUBIC,
        )
        inside = (slice(40, -40), slice(40, -40))
        return float(np.abs(there[inside].astype(int) - here[inside]).mean())

    shifts = [(dx, dy) for dx in (-3, 0, 3) for dy in (-3, 0, 3)]
    assert min(shifts, key=lambda shift: difference(*shift)) == (0, 0)


def _plain(colour: tuple[int, int, int], width: int, height: int, seen: bool = True) -> Pyramid:
    pixels = np.full((height, width, 3), colour, np.uint8)
    return build_pyramid(pixels, np.full((height, width), seen))


def test_a_layer_replaces_those_below_it_even_where_it_shows_the_photo(qtbot: QtBot) -> None:
    view = FilmView()
    qtbot.addWidget(view)
    view.resize(240, 240)
    view.show()
    photo = build_pyramid(np.full((100, 100, 3), (0, 200, 0), np.uint8))
    view.show_picture(photo)
    red, nothing = _plain((200, 0, 0), 20, 20), _plain((0, 0, 200), 40, 40, seen=False)
    layers = ((red, QRectF(10, 10, 80, 80)), (nothing, QRectF(30, 30, 40, 40)))
    view.show_layers(layers)
    shown = view.grab().toImage()
    loupe = Loupe(view, view)
    loupe.show_photo(photo)
    loupe.show_layers(layers)
    for point, colour in (((5, 5), "green"), ((20, 20), "red"), ((50, 50), "green")):
        expected = {"green": QColor(0, 200, 0), "red": QColor(200, 0, 0)}[colour]
        place = view.viewportTransform().map(QPointF(*point))
        assert shown.pixelColor(int(place.x()), int(place.y())) == expected
        loupe.point_at(point)
        enlarged = loupe.grab().toImage()
        middle = 1 + 3 * (loupe.width() - 2) // 4
        assert enlarged.pixelColor(middle, loupe.height() // 2) == expected
    view.show_layers(())
    shown = view.grab().toImage()
    place = view.viewportTransform().map(QPointF(20, 20))
    assert shown.pixelColor(int(place.x()), int(place.y())) == QColor(0, 200, 0)


@given(
    st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1)),
    st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT)),
    st.floats(0.05, 16),
    st.sampled_from(PREVIEW_EDGES),
)
def test_a_part_is_inside_the_photo_around_what_is_seen_and_no_larger_than_allowed(
    corner: tuple[int, int], size: tuple[int, int], scale: float, edge: int
) -> None:
    photo = QRect(0, 0, WIDTH, HEIGHT)
    sight = Sight(QRect(*corner, *size) & photo, scale)
    part = preview_part(REGIONS, WIDTH, HEIGHT, edge, sight)
    everything = preview_part(REGIONS, WIDTH, HEIGHT, edge, None)
    assert photo.contains(part.place)
    assert part.place.contains(part.seen)
    assert part.scale <= 1
    assert part.scale * max(part.place.width(), part.place.height()) <= edge + 1e-6
    assert part.serves(part)
    if part.whole:
        assert part == everything
    else:
        assert part.scale <= scale
        assert part.scale > everything.scale
        assert not part.serves(everything)


def test_a_preview_serves_a_smaller_view_until_it_would_be_seen_too_soft() -> None:
    large = Part(QRect(100, 100, 400, 400), 0.5, QRect(150, 150, 300, 300), whole=False)
    inside = QRect(200, 200, 100, 100)
    assert large.serves(Part(inside, 0.6, inside, whole=False))
    assert not large.serves(Part(inside, 0.9, inside, whole=False))
    beyond = QRect(450, 450, 100, 100)
    assert not large.serves(Part(beyond, 0.5, beyond, whole=False))


def test_frames_of_both_layers_are_of_one_instant() -> None:
    pictures = tuple(_plain((k, k, k), 4, 4) for k in range(7))
    place = QRect(0, 0, 4, 4)
    whole = Preview(pictures, Part(place, 1.0, place, whole=True), REGIONS)
    detail = Preview(pictures[::-1], Part(place, 1.0, place, whole=False), REGIONS, whole)
    assert [picture for picture, _ in detail.layers(2)] == [pictures[2], pictures[4]]
