"""The pure edits on regions, hit-testing and the draft."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.gui import document as edits
from app.gui.drawing.draft import Draft
from app.gui.drawing.hit import HitTarget, hit_test, nearest_on_segment
from app.guidance.classes import Direction
from app.guidance.region import Region

SQUARE = ((10.0, 10.0), (50.0, 10.0), (50.0, 50.0), (10.0, 50.0))
HOLE = ((25.0, 25.0), (35.0, 25.0), (35.0, 35.0), (25.0, 35.0))


def region(*rings: tuple[tuple[float, float], ...], name: str = "r") -> Region:
    return Region(Direction.UP_RIGHT, rings or (SQUARE,), name)


def test_moving_a_region_stops_at_the_rim_of_the_photo() -> None:
    moved = edits.move_region(region(), 1000, -1000, 100, 80)
    assert moved.bounds == (60.0, 0.0, 100.0, 40.0)


def test_a_region_that_reaches_out_of_the_photo_may_stay_but_not_go_farther() -> None:
    outside = region(((-10.0, 10.0), (20.0, 10.0), (20.0, 30.0)))
    assert edits.move_region(outside, -5, 0, 100, 80).bounds[0] == -10.0
    assert edits.move_region(outside, 5, 0, 100, 80).bounds[0] == -5.0


@given(
    dx=st.floats(-300, 300), dy=st.floats(-300, 300), left=st.floats(0, 40), top=st.floats(0, 30)
)
def test_a_region_inside_the_photo_stays_inside_however_it_is_moved(
    dx: float, dy: float, left: float, top: float
) -> None:
    small = region(((left, top), (left + 20, top), (left + 20, top + 20)))
    x0, y0, x1, y1 = edits.move_region(small, dx, dy, 100, 80).bounds
    assert x0 >= -1e-9
    assert y0 >= -1e-9
    assert x1 <= 100 + 1e-9
    assert y1 <= 80 + 1e-9


def test_an_inserted_vertex_can_be_deleted_again() -> None:
    more = edits.insert_vertex(region(), 0, 3, (10.0, 30.0))
    assert more.rings[0][-1] == (10.0, 30.0)
    assert edits.delete_vertex(more, 0, 4) == region()


def test_a_region_left_with_two_points_is_removed() -> None:
    triangle = region(SQUARE[:3])
    assert edits.delete_vertex(triangle, 0, 0) is None


def test_a_hole_left_with_two_points_is_closed() -> None:
    with_hole = region(SQUARE, HOLE[:3])
    assert edits.delete_vertex(with_hole, 1, 2) == region(SQUARE)


@pytest.mark.parametrize(("target", "order"), [(2, "bca"), (99, "bca"), (1, "bac"), (-5, "abc")])
def test_reordering_moves_one_region_and_keeps_the_others_in_order(target: int, order: str) -> None:
    regions = tuple(region(name=name) for name in "abc")
    assert "".join(r.name for r in edits.move_in_order(regions, 0, target)) == order


def test_a_fresh_name_is_the_first_free_number() -> None:
    assert edits.fresh_name((region(name="Region 1"), region(name="Region 3"))) == "Region 2"


def test_a_hole_is_not_inside_its_region() -> None:
    with_hole = region(SQUARE, HOLE)
    assert edits.contains(with_hole, (15, 15))
    assert not edits.contains(with_hole, (30, 30))


def test_the_badge_stands_inside_a_bent_region_and_not_in_its_hole() -> None:
    bent = region(((0.0, 0.0), (60.0, 0.0), (60.0, 10.0), (10.0, 10.0), (10.0, 90.0), (0.0, 90.0)))
    assert edits.contains(bent, edits.anchor_point(bent))
    with_hole = region(SQUARE, HOLE)
    assert edits.contains(with_hole, edits.anchor_point(with_hole))


def test_renaming_a_region_leaves_the_guidance_the_same() -> None:
    assert edits.same_guidance((region(name="a"),), (region(name="b"),))
    turned = (replace(region(), direction=Direction.STATIC),)
    assert not edits.same_guidance((region(),), turned)


def test_a_vertex_is_hit_before_its_edge_and_an_edge_before_the_body() -> None:
    regions = (region(),)
    assert hit_test(regions, (11, 11), 4, selected=0) == HitTarget("vertex", 0, 0, 0)
    assert hit_test(regions, (20, 11), 4, selected=0) == HitTarget("edge", 0, 0, 0)
    assert hit_test(regions, (20, 20), 4, selected=0) == HitTarget("body", 0)
    assert hit_test(regions, edits.anchor_point(regions[0]), 4, selected=0) == HitTarget("badge", 0)
    assert hit_test(regions, (70, 70), 4, selected=0) is None


def test_the_last_edge_joins_the_last_vertex_to_the_first() -> None:
    assert hit_test((region(),), (10, 20), 4, selected=0) == HitTarget("edge", 0, 0, 3)


def test_a_region_that_is_not_selected_offers_only_its_body() -> None:
    assert hit_test((region(),), (11, 11), 4) == HitTarget("body", 0)


def test_of_two_bodies_the_one_painted_last_is_hit() -> None:
    assert hit_test((region(), region()), (30, 15), 1) == HitTarget("body", 1)


def test_hidden_regions_are_never_hit_and_locked_ones_only_as_bodies() -> None:
    hidden = Region(Direction.UP_LEFT, (SQUARE,), hidden=True)
    locked = Region(Direction.UP_LEFT, (SQUARE,), locked=True)
    assert hit_test((hidden,), (30, 30), 4, selected=0) is None
    assert hit_test((locked,), (11, 11), 4, selected=0) == HitTarget("body", 0)


def test_the_nearest_point_of_a_segment_is_never_beyond_its_ends() -> None:
    assert nearest_on_segment((5, 7), (0, 0), (10, 0)) == (5, 0)
    assert nearest_on_segment((-5, 7), (0, 0), (10, 0)) == (0, 0)
    assert nearest_on_segment((1, 1), (3, 3), (3, 3)) == (3, 3)


def test_a_draft_brings_back_points_until_another_one_is_added() -> None:
    draft = Draft().add((1, 1)).add((2, 2)).back()
    assert draft.again().points == ((1, 1), (2, 2))
    assert draft.add((3, 3)).again().points == ((1, 1), (3, 3))


def test_a_draft_closes_only_near_its_first_point_and_with_three_points() -> None:
    two = Draft().add((0, 0)).add((10, 0))
    assert not two.closes_at((0, 0), 3)
    three = two.add((10, 10))
    assert three.closes_at((2, 2), 3)
    assert not three.closes_at((10, 10), 3)
