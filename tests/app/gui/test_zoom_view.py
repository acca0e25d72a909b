"""A picture that is zoomed and panned: what is kept or drawn in a hurry ends as what is true."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.gui.drawing import zoom_view
from app.gui.drawing.pyramid import Pyramid, build_pyramid
from app.gui.drawing.zoom_view import ZoomView


def _noise(seed: int = 1, size: tuple[int, int] = (600, 900)) -> Pyramid:
    return build_pyramid(np.random.default_rng(seed).integers(0, 255, (*size, 3), np.uint8))


@pytest.fixture
def view(qtbot: QtBot) -> ZoomView:
    view = ZoomView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show_picture(_noise())
    view.show()
    qtbot.waitExposed(view)
    # Until then a busy machine may draw in a hurry.
    qtbot.wait(2 * zoom_view._SETTLED_MS)
    return view


def _seen(view: ZoomView) -> QImage:
    return view.grab().toImage()


def _fresh(qtbot: QtBot, view: ZoomView, picture: Pyramid) -> QImage:
    """What a view that has only ever looked there shows."""
    other = ZoomView()
    qtbot.addWidget(other)
    other.resize(view.size())
    other.show_picture(picture)
    other.look_at(view.scale_factor, view.centre())
    return _seen(other)


def test_a_picture_looks_the_same_whenever_it_is_painted(view: ZoomView) -> None:
    first = _seen(view)
    assert _seen(view) == first
    assert _seen(view) == first


def test_another_picture_replaces_the_kept_one(view: ZoomView) -> None:
    before = _seen(view)
    assert _seen(view) == before
    view.show_picture(_noise(2))
    after = _seen(view)
    assert after != before
    assert _seen(view) == after


def test_a_kept_picture_is_left_when_the_view_moves(qtbot: QtBot, view: ZoomView) -> None:
    for _ in range(3):
        _seen(view)
    view.pan(QPoint(-40, -25))
    view.zoom_by(1.3, QPointF(100, 100))
    qtbot.waitUntil(lambda: _seen(view) == _fresh(qtbot, view, _noise()))


def test_what_was_drawn_in_a_hurry_is_drawn_again_smoothly(
    qtbot: QtBot, view: ZoomView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zoom_view, "_HURRIED_S", -1.0)
    _seen(view)
    view.zoom_by(1.2)
    rough = _seen(view)
    monkeypatch.undo()
    smooth = _fresh(qtbot, view, _noise())
    assert rough != smooth
    qtbot.waitUntil(lambda: _seen(view) == smooth)
