"""Growing outlines by where things were first and last."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.gui.drawing.shaping import with_room
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.guidance.region import Region

WIDTH, HEIGHT = 80, 60


def box(left: float, top: float, right: float, bottom: float, direction=Direction.DOWN_RIGHT):
    return Region(direction, (((left, top), (right, top), (right, bottom), (left, bottom)),))


def covered(regions) -> np.ndarray:
    return rasterise(regions, WIDTH, HEIGHT)


def test_a_region_reaches_half_the_way_to_either_side() -> None:
    regions, standing = with_room((box(30, 20, 40, 30),), {0: (20.0, 0.0)}, WIDTH, HEIGHT)
    assert standing == (0,)
    assert (covered(regions) == covered([box(20, 20, 50, 30)])).all()


def test_nothing_reaches_beyond_the_photo_or_into_other_regions() -> None:
    wall = box(42, 0, 44, 60, Direction.UP_LEFT)
    regions, standing = with_room((box(30, 20, 40, 30), wall), {0: (80.0, 0.0)}, WIDTH, HEIGHT)
    found = covered(regions)
    assert standing == (0,)
    assert (found[20:30, :42] == Direction.DOWN_RIGHT).all()
    assert (found[:, 42:44] == Direction.UP_LEFT).all()
    # Behind the wall there is nothing of it.
    assert (found[:, 44:] == Direction.STATIC).all()


def test_holes_are_filled_only_where_something_passes() -> None:
    ring = Region(
        Direction.DOWN_RIGHT,
        (box(10, 10, 50, 50).rings[0], ((20.0, 20.0), (20.0, 40.0), (40.0, 40.0), (40.0, 20.0))),
    )
    regions, _ = with_room((ring,), {0: (8.0, 0.0)}, WIDTH, HEIGHT)
    found = covered(regions)
    assert (found[20:40, 24:36] == Direction.STATIC).all()
    assert (found[12:48, 6:24] == Direction.DOWN_RIGHT).all()
    assert (found[20:40, 36:54] == Direction.DOWN_RIGHT).all()


@given(
    st.integers(5, 40), st.integers(5, 30), st.integers(4, 25), st.integers(4, 20),
    st.integers(-30, 30), st.integers(-30, 30),
)  # fmt: skip
def test_every_place_that_something_passes_is_covered(left, top, wide, high, x, y) -> None:
    region = box(left, top, left + wide, top + high)
    regions, standing = with_room((region,), {0: (float(x), float(y))}, WIDTH, HEIGHT)
    after = covered(regions) > 0
    assert standing == (0,)
    for share in (-0.5, -0.25, 0, 0.25, 0.5):
        moved = region.placed(-share * x, -share * y, 1, 1)
        # Simplified by half a pixel, an outline may lose pixels along its border.
        assert ((covered([moved]) > 0) & ~after).sum() <= 2 * (wide + high)


def test_the_selected_region_grows_in_one_step_that_can_be_undone(measured: MainWindow) -> None:
    action = measured.actions_by_name["make_room"]
    before = measured.editor.regions[0]
    assert action.isEnabled()
    action.trigger()
    after = measured.editor.regions[0]
    assert after.bounds[0] == pytest.approx(before.bounds[0] - 10, abs=1)
    assert after.bounds[3] == pytest.approx(before.bounds[3] + 5, abs=1)
    assert (after.displacement, after.name) == (before.displacement, before.name)
    assert measured.editor.selection == (0,)
    measured.actions_by_name["undo"].trigger()
    assert measured.editor.regions[0] == before


def test_it_is_offered_only_where_somebody_or_something_knows_how_far(measured: MainWindow) -> None:
    action = measured.actions_by_name["make_room"]
    measured.editor.toggle_locked()
    assert not action.isEnabled()
    measured.editor.toggle_locked()
    measured.editor.set_distance(0)
    assert not action.isEnabled()
    before = measured.editor.regions[0].bounds
    measured.editor.make_room(lambda index: (12.0, -4.0) if index == 0 else None)
    assert measured.editor.regions[0].bounds[0] == pytest.approx(before[0] - 6, abs=1)
    measured.editor.select(None)
    assert not action.isEnabled()
