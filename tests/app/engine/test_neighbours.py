"""Guidance from neighbouring frames: directions, static ground, cuts, noise, regions."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from app.engine.directed_parts import directed_area
from app.engine.neighbours import (
    NeighbourSettings,
    guidance_from_neighbours,
    matcher_for,
    motion_from_steps,
    step_between,
    working_size,
)
from app.errors import InputError
from app.guidance.maps import invert
from app.guidance.rasterise import rasterise
from tests.video_material import SIZE, blurry_frame, far_from_square, inside_square, texture

DIS = NeighbourSettings(flow="dis")
QUADRANTS = [((5, -4), 1), ((-5, -4), 2), ((-4, 5), 3), ((4, 5), 4)]


@pytest.mark.parametrize(("velocity", "expected"), QUADRANTS)
def test_what_moves_points_where_it_went_and_the_ground_is_static(
    velocity: tuple[float, float], expected: int
) -> None:
    before, here, after = (blurry_frame(n, velocity) for n in (-1, 0, 1))
    for neighbours in ((None, after), (before, None), (before, after)):
        found = guidance_from_neighbours(here, *neighbours, DIS)
        assert found.guidance.shape == SIZE
        inside = found.guidance[inside_square(0, velocity)]
        assert (inside == expected).mean() > 0.97
        assert not found.guidance[far_from_square()].any()
        assert [int(region.direction) for region in found.regions] == [expected]
        assert (rasterise(found.regions, *SIZE[::-1]) == found.guidance).all()


def test_a_reversed_video_gives_the_inverse_guidance() -> None:
    before, here, after = (blurry_frame(n) for n in (-1, 0, 1))
    forwards = guidance_from_neighbours(here, before, after, DIS).guidance
    backwards = guidance_from_neighbours(here, after, before, DIS).guidance
    assert forwards.any()
    assert (backwards == invert(forwards)).mean() > 0.99


def test_who_knows_the_shutter_knows_how_far_things_moved() -> None:
    here, after = (
        cv2.resize(blurry_frame(n), (1280, 960), interpolation=cv2.INTER_CUBIC) for n in (0, 1)
    )
    settings = replace(DIS, shutter=0.6)
    guessed = guidance_from_neighbours(here, None, after, settings)
    assert guessed.regions[0].displacement is None
    known = guidance_from_neighbours(here, None, after, replace(settings, tells=True))
    assert known.regions[0].rings == guessed.regions[0].rings
    # Eight times the square's (5, -4) pixels from frame to frame, of which 60 % are exposed.
    assert known.regions[0].displacement == pytest.approx((24, -19.2), abs=3)


def test_regions_have_few_points() -> None:
    found = guidance_from_neighbours(blurry_frame(0), None, blurry_frame(1), DIS)
    assert len(found.regions[0].rings) == 1
    assert len(found.regions[0].rings[0]) < 25


def test_a_pan_becomes_one_region_that_is_the_whole_photo() -> None:
    wide = texture(120, 170, seed=4)
    found = guidance_from_neighbours(wide[:, :160], None, wide[:, 6:166], DIS)
    assert [region.direction.label for region in found.regions] == ["q2"]
    assert (found.guidance == 2).all()


def test_motion_along_an_axis_is_not_torn_into_patches() -> None:
    rng = np.random.default_rng(1)
    flow = np.zeros((120, 160, 2), np.float32)
    flow[30:90, 40:120] = (6, 0)
    flow[30:90, 40:120, 1] += cv2.GaussianBlur(rng.normal(0, 8, (60, 80)), (0, 0), 4)
    classes = directed_area(flow, texture(120, 160, 2), 0.5)
    assert len(set(np.unique(classes)) - {0}) == 1


def test_noise_on_a_plain_wall_moves_nothing() -> None:
    rng = np.random.default_rng(2)
    wall = np.full((120, 160, 3), 128.0)
    one, two = (np.clip(wall + rng.normal(0, 2, wall.shape), 0, 255).astype(np.uint8) for _ in "12")
    found = guidance_from_neighbours(one, None, two, DIS)
    assert not found.cut
    assert found.regions == []


def test_frames_of_other_scenes_say_nothing() -> None:
    here, elsewhere = blurry_frame(0), texture(*SIZE, seed=77, grain=12)
    found = guidance_from_neighbours(here, None, elsewhere, DIS)
    assert found.cut
    assert not found.guidance.any()
    # One neighbour beyond a cut leaves the other one to speak.
    found = guidance_from_neighbours(here, blurry_frame(-1), elsewhere, DIS)
    assert not found.cut
    assert (found.guidance[inside_square(0)] == 1).mean() > 0.97


def test_a_short_exposure_leaves_slow_motion_static() -> None:
    frames = [blurry_frame(n, (0.7, -0.7), shutter=0.3) for n in (0, 1)]
    open_long = NeighbourSettings(flow="dis", shutter=1)
    open_short = NeighbourSettings(flow="dis", shutter=0.25)
    assert guidance_from_neighbours(frames[0], None, frames[1], open_long).regions
    assert not guidance_from_neighbours(frames[0], None, frames[1], open_short).regions


def test_a_neighbour_of_another_size_is_scaled_and_one_of_another_shape_refused() -> None:
    here, after = blurry_frame(0), blurry_frame(1)
    small = cv2.resize(after, (80, 60), interpolation=cv2.INTER_AREA)
    found = guidance_from_neighbours(here, None, small, DIS)
    assert (found.guidance[inside_square(0)] == 1).mean() > 0.9
    with pytest.raises(InputError, match=r"160×100 pixels, but the photo is 160×120"):
        guidance_from_neighbours(here, None, after[:100], DIS)
    with pytest.raises(InputError, match="neighbouring frame is needed"):
        guidance_from_neighbours(here)


def test_large_photos_are_compared_small_and_guided_large() -> None:
    here, after = (
        cv2.resize(blurry_frame(n), (1280, 960), interpolation=cv2.INTER_CUBIC) for n in (0, 1)
    )
    assert max(working_size(here).shape) == 640
    found = guidance_from_neighbours(here.astype(np.uint16) * 257, None, after, DIS)
    assert found.guidance.shape == (960, 1280)
    inside = cv2.resize(inside_square(0).astype(np.uint8), (1280, 960), interpolation=0) > 0
    assert (found.guidance[inside] == 1).mean() > 0.97


def test_a_repeated_frame_stands_still() -> None:
    here = blurry_frame(0)
    step = step_between(here, here.copy(), matcher_for(DIS))
    motion = motion_from_steps(None, step, DIS)
    assert motion is not None
    assert not motion.guidance.any()


@pytest.mark.parametrize("shutter", [0, -1, 1.5, float("nan")])
def test_impossible_shutters_are_refused(shutter: float) -> None:
    with pytest.raises(InputError, match="shutter"):
        NeighbourSettings(shutter=shutter)


def test_plain_sky_moves_with_the_camera_that_turns_over_it() -> None:
    rng = np.random.default_rng(6)
    scene = np.full((200, 260, 3), 150, np.uint8)
    scene[130:] = texture(70, 260, seed=8)
    frames = []
    for number in range(2):
        view = np.array([[1, 0, -40 - 5 * number], [0, 1, -40 - 4 * number]], np.float32)
        frame = cv2.warpAffine(scene, view, (160, 120)).astype(np.float32)
        noisy = frame + rng.normal(0, 4, frame.shape)
        frames.append(np.clip(noisy, 0, 255).astype(np.uint8))
    found = guidance_from_neighbours(frames[0], None, frames[1], DIS)
    assert (found.guidance == 2).mean() > 0.99


def test_plain_sky_stays_where_textured_ground_does() -> None:
    scene = np.full((120, 160, 3), 150, np.uint8)
    scene[80:] = texture(40, 160, seed=8)
    frames = [scene.copy(), scene.copy()]
    for number, frame in enumerate(frames):
        frame[20:60, 40 + 5 * number : 90 + 5 * number] = texture(40, 50, seed=9)
    found = guidance_from_neighbours(frames[0], None, frames[1], DIS).guidance
    assert not found[85:].any()
    assert not found[:, 120:].any()
    assert (found[25:55, 50:80] > 0).mean() > 0.95
