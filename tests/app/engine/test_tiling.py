"""Cutting areas into tiles and joining them again."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.tiling import Box, RowBlender, Tiling, moving_boxes, smallest_tile


@given(
    st.integers(0, 300),
    st.integers(1, 900),
    st.integers(0, 200),
    st.sampled_from([2, 4, 16]),
    st.integers(0, 200),
    st.integers(0, 120),
)
def test_spans_keep_every_pixel_once_but_for_the_overlaps(start, length, after, stride, extra, ctx):
    tiling = Tiling.fitting(smallest_tile(stride) + extra, ctx, stride)
    stop, limit = start + length, start + length + after
    spans = tiling.spans(start, stop, limit)
    assert spans[0].keep_start == start
    assert spans[-1].keep_stop == stop
    for span in spans:
        assert 0 <= span.read_start <= span.keep_start < span.keep_stop <= span.read_stop <= limit
        assert span.read_start % stride == 0
        assert span.read_stop % stride == 0 or span.read_stop == limit
        assert span.read_stop - span.read_start <= max(
            tiling.tile, length if len(spans) == 1 else 0
        )
        assert span.read_start == 0 or span.keep_start - span.read_start >= tiling.context
        assert span.read_stop == limit or span.read_stop - span.keep_stop >= tiling.context
    for before, following in itertools.pairwise(spans):
        assert before.keep_stop - following.keep_start == tiling.blend
    for first, third in zip(spans, spans[2:], strict=False):
        assert first.keep_stop <= third.keep_start


def test_a_tile_too_small_for_the_network_is_refused():
    with pytest.raises(ValueError, match="at least 64 px"):
        Tiling.fitting(63, 64, 16)


def test_tiles_that_agree_are_joined_unchanged_and_tiles_that_differ_fade():
    height, width, tiling = 150, 200, Tiling.fitting(64, 4, 4)
    image = np.random.default_rng(0).random((2, height, width, 3)).astype(np.float32)
    same = _joined(tiling, height, width, lambda i, j, area: image[area])
    np.testing.assert_allclose(same, image, atol=1e-6)

    flat = np.ones_like(image)
    checkered = _joined(tiling, height, width, lambda i, j, area: flat[area] * ((i + j) % 2))
    steps = max(np.abs(np.diff(checkered, axis=axis)).max() for axis in (1, 2))
    # A hard seam between 0 and 1 would be a step of 1; a fade over the blend is far smaller.
    assert checkered.min() == 0
    assert checkered.max() == 1
    assert steps < 2.5 / tiling.blend


def _joined(tiling, height, width, tile_at) -> np.ndarray:
    result = np.full((2, height, width, 3), np.nan, np.float32)
    rows, columns = tiling.spans(0, height, height), tiling.spans(0, width, width)
    assert len(rows) > 2
    assert len(columns) > 2
    blender = RowBlender(tiling.blend)
    for i, row in enumerate(rows):
        blender.next_row()
        for j, column in enumerate(columns):
            area = (
                slice(None),
                slice(row.keep_start, row.keep_stop),
                slice(column.keep_start, column.keep_stop),
            )
            part = blender.add(
                tile_at(i, j, area).copy(),
                j,
                last_row=i == len(rows) - 1,
                last_column=j == len(columns) - 1,
            )
            top, left = row.keep_start, column.keep_start
            result[:, top : top + part.shape[1], left : left + part.shape[2]] = part
    return result


@given(st.integers(1, 120), st.integers(1, 120), st.integers(0, 4), st.integers(0, 64), st.data())
def test_boxes_hold_every_moving_pixel_and_are_tight(height, width, count, margin, data):
    moving = np.zeros((height, width), bool)
    for _ in range(count):
        y, x = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
        moving[y : y + data.draw(st.integers(1, 30)), x : x + data.draw(st.integers(1, 30))] = True
    covered = np.zeros_like(moving)
    for box in moving_boxes(moving, margin):
        part = moving[box.top : box.bottom, box.left : box.right]
        assert part[0].any()
        assert part[-1].any()
        assert part[:, 0].any()
        assert part[:, -1].any()
        covered[box.top : box.bottom, box.left : box.right] = True
    assert (covered | ~moving).all()


def test_near_regions_share_a_box_and_far_ones_do_not():
    moving = np.zeros((400, 400), bool)
    moving[10:20, 10:20] = moving[10:20, 40:50] = True
    assert moving_boxes(moving, 64) == [Box(10, 10, 20, 50)]
    moving[350:360, 350:360] = True
    assert moving_boxes(moving, 64) == [Box(10, 10, 20, 50), Box(350, 350, 360, 360)]


def test_scattered_specks_become_one_box():
    moving = np.zeros((1000, 1000), bool)
    moving[::50, ::50] = True
    assert moving_boxes(moving, 16) == [Box(0, 0, 951, 951)]
