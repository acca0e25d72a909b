"""Paths as values: which way they run, how guidance orients them, what is drawn and extracted."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine.exposure_paths import ExposurePaths, evened, oriented, times, told
from app.engine.extraction import extracted
from app.engine.trajectory_pictures import lines, motion_map, overlay, svg
from app.errors import InputError
from app.guidance.classes import Direction
from app.media.motion_colours import motion_colours
from app.media.time_colours import time_colour

HEIGHT, WIDTH = 40, 60
QUADRANTS = {1: (1, -1), 2: (-1, -1), 3: (-1, 1), 4: (1, 1)}


def moving(x: float, y: float, constraint: str = "quadratic") -> ExposurePaths:
    """Everything moves by (x, y) pixels over the exposure, so offsets run the other way."""
    knots = np.zeros((2, 2, HEIGHT, WIDTH), np.float32)
    knots[0, 0], knots[0, 1] = x / 2, y / 2
    knots[1] = -knots[0]
    return ExposurePaths(knots, constraint)


def drain(generator):
    while True:
        try:
            next(generator)
        except StopIteration as end:
            return end.value


def test_a_thing_s_motion_is_the_mirror_image_of_its_offsets() -> None:
    paths = moving(10, -4)
    assert paths.motion[3, 5].tolist() == [10, -4]
    way = lines(paths, 20)[0]
    assert (way[-1] - way[0]).tolist() == pytest.approx([10, -4])
    np.testing.assert_allclose(paths.offsets(3)[:, 0, 0, 0], [5, 0, -5])


@pytest.mark.parametrize("constraint", ["linear", "bilinear", "quadratic"])
def test_single_instants_are_those_of_the_whole_path(constraint) -> None:
    rng = np.random.default_rng(0)
    knots = rng.normal(0, 5, (2, 2, 3, 4)).astype(np.float32)
    paths = ExposurePaths(knots, constraint)
    whole = paths.offsets(9)
    for index, time in enumerate(np.linspace(-1, 1, 9)):
        np.testing.assert_allclose(paths.at(float(time)), whole[index], atol=1e-5)
    assert times(9).tolist() == pytest.approx(np.linspace(0, 1, 9).tolist())


@pytest.mark.parametrize("direction", [1, 2, 3, 4])
@pytest.mark.parametrize("sign", [1, -1])
def test_paths_run_the_way_that_the_guidance_says_and_static_ones_stand(direction, sign) -> None:
    x, y = QUADRANTS[direction]
    guidance = np.zeros((HEIGHT, WIDTH), np.uint8)
    guidance[:, : WIDTH // 2] = direction
    result, agreement = oriented(moving(sign * 6.0 * x, sign * 3.0 * y), guidance)
    assert (result.motion[:, : WIDTH // 2] == (6.0 * x, 3.0 * y)).all()
    assert (result.knots[..., WIDTH // 2 :] == 0).all()
    assert (agreement.half_plane, agreement.quadrant) == (1.0, 1.0)
    assert agreement.turned == (0.0 if sign == 1 else 1.0)


def test_pixels_that_run_across_the_quadrant_follow_their_neighbours() -> None:
    """Most of the region moves clearly up-right, in random order; a stripe moves across it."""
    rng = np.random.default_rng(1)
    motion = np.zeros((HEIGHT, WIDTH, 2), np.float32)
    motion[:] = (6, -5)
    # 95° from the middle of the quadrant, but only 50° from its neighbours' way.
    motion[:, 25:28] = (5, 6)
    order = rng.choice([-1.0, 1.0], (HEIGHT, WIDTH, 1))
    knots = np.moveaxis(motion * order, -1, 0)[None] / 2
    knots = np.concatenate([knots, -knots]).astype(np.float32)
    guidance = np.full((HEIGHT, WIDTH), int(Direction.UP_RIGHT), np.uint8)
    result, agreement = oriented(ExposurePaths(knots, "linear"), guidance)
    assert (result.motion[:, :25, 0] == 6).all()
    # No salt and pepper in the stripe: one order for all of it.
    assert np.ptp(np.sign(result.motion[:, 25:28, 0])) == 0
    assert agreement.half_plane > 0.9


def test_jitter_is_evened_within_a_direction_and_borders_stay_sharp() -> None:
    rng = np.random.default_rng(2)
    knots = np.zeros((2, 2, 40, 60), np.float32)
    knots[0, 0, :, :30], knots[0, 0, :, 30:] = -6, 6
    knots[1] = -knots[0]
    jitter = rng.normal(0, 1, knots.shape).astype(np.float32)
    guidance = np.zeros((40, 60), np.uint8)
    guidance[:, 5:30], guidance[:, 30:] = 1, 2
    before = ExposurePaths(knots + jitter, "quadratic")
    after = evened(before, guidance)
    error = np.abs(after.knots - knots)[:, :, :, 5:]
    assert error.mean() < 0.3 * np.abs(jitter[:, :, :, 5:]).mean()
    assert error.max() < 1.5, "nothing leaks over the border"
    assert (after.knots[..., :5] == before.knots[..., :5]).all(), "static pixels stay as they are"
    assert (before.knots == knots + jitter).all()


def test_extracted_frames_move_the_middle_frame_along_the_paths() -> None:
    rng = np.random.default_rng(2)
    middle = rng.integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
    photo = np.full_like(middle, 7)
    where = np.zeros((HEIGHT, WIDTH), np.bool_)
    where[:, 20:] = True
    film = drain(extracted(photo, middle, moving(8, 0), 5, where))
    assert (film[:, :, :20] == 7).all()
    assert (film[2][:, 20:] == middle[:, 20:]).all()
    # At the end things are 4 pixels further right than in the middle, at the start further left.
    assert (film[4][:, 30:] == middle[:, 26:-4]).all()
    assert (film[0][:, 30:-4] == middle[:, 34:]).all()
    assert len(drain(extracted(photo, middle, moving(8, 0), 1))) == 1
    with pytest.raises(InputError, match="1 to 1000 frames"):
        drain(extracted(photo, middle, moving(8, 0), 0))


def test_free_points_are_had_only_in_their_own_number() -> None:
    paths = ExposurePaths(np.zeros((5, 2, 4, 4), np.float32), "zero")
    assert paths.offsets(5).shape == (5, 2, 4, 4)
    with pytest.raises(InputError, match="5 free points"):
        paths.offsets(15)


def test_colours_tell_directions_apart_and_stillness_is_white() -> None:
    motion = np.array([[[0, 0], [5, 0], [-5, 0], [0, -5], [2.5, 0]]], np.float32)
    still, right, left, up, slow = motion_colours(motion, longest=5)[0].astype(int)
    assert still.tolist() == [255, 255, 255]
    assert right.tolist() == [255, 0, 0]
    assert left.tolist() == [0, 255, 255]
    assert up[1] == up.max()
    assert slow.tolist() == [255, 128, 128]
    assert time_colour(0) != time_colour(1)


def test_pictures_have_lines_with_heads_where_something_moves_and_nothing_elsewhere() -> None:
    paths = moving(12, 0).stilled(np.arange(WIDTH)[None].repeat(HEIGHT, 0) < WIDTH // 2)
    ways = lines(paths, 12)
    assert len(ways)
    assert (ways[:, 7, 0] < WIDTH // 2).all()
    photo = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    picture = overlay(photo, ways)
    assert picture.any()
    assert not overlay(photo, ways[:0]).any()
    text = svg(ways, HEIGHT, WIDTH)
    assert text.count("<polygon") == len(ways)
    assert text.count("<polyline") == 7 * len(ways)
    assert motion_map(paths)[0, 0].tolist() == [255, 0, 0]


def test_told_paths_reach_as_far_as_somebody_says_and_keep_their_bend() -> None:
    paths = moving(10, -4)
    paths.knots[:, 1] += 1.5  # both ends lie lower than the middle: a bend
    wanted = np.zeros((HEIGHT, WIDTH, 2), np.float32)
    wanted[:, : WIDTH // 2] = (8, 20)
    reached = told(paths, wanted)
    np.testing.assert_allclose(reached.motion[:, : WIDTH // 2], wanted[:, : WIDTH // 2], atol=1e-4)
    np.testing.assert_array_equal(reached.knots[..., WIDTH // 2 :], paths.knots[..., WIDTH // 2 :])
    scale = np.hypot(8, 20) / np.hypot(10, -4)
    bend = reached.knots.sum(0)[:, 0, 0] / 2
    assert np.hypot(*bend) == pytest.approx(1.5 * scale, rel=1e-4)


@pytest.mark.parametrize("read", [(0.0, 0.0), (0.6, 0.3), (2.0, 0.0)])
def test_where_little_was_read_a_told_path_is_straight_and_even(read) -> None:
    paths = moving(*read)
    paths.knots[:, 0] += 5
    wanted = np.full((HEIGHT, WIDTH, 2), 30, np.float32)
    reached = told(paths, wanted)
    np.testing.assert_allclose(reached.knots[0], 15, atol=1e-4)
    np.testing.assert_allclose(reached.knots[1], -15, atol=1e-4)


def test_free_points_are_told_too() -> None:
    line = np.linspace(0.5, -0.5, 5)[:, None, None, None] * np.float32([6, 2])[:, None, None]
    paths = ExposurePaths(np.tile(line, (1, 1, 2, 3)).astype(np.float32), "zero")
    reached = told(paths, np.full((2, 3, 2), 4, np.float32))
    np.testing.assert_allclose(reached.knots[:, 0, 0, 0], [2, 1, 0, -1, -2], atol=1e-5)
