"""Exposures at their places in time: things move evenly from one to the next."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from app.engine.clip_timing import Shot, ending, shown, timed, travelled
from app.engine.neighbours import NeighbourSettings, matcher_for, step_between
from app.engine.steady_guidance import Guided
from tests.video_material import blurry_frame, inside_square

VELOCITY = (7.0, -7.0)
DIS = NeighbourSettings(flow="dis")


def exposure(number: int, part: float) -> np.ndarray:
    """Seven sharp frames that fill a part of the time of frame `number`, from its beginning."""
    times = number + np.linspace(0, part, 7)
    return np.stack([blurry_frame(t, VELOCITY, shutter=0.0) for t in times])  # type: ignore[arg-type]


def guided(number: int) -> Guided:
    match = matcher_for(DIS)
    before, here, after = (blurry_frame(n, VELOCITY, 0.1) for n in (number - 1, number, number + 1))
    classes = np.where(inside_square(number, VELOCITY), 1, 0).astype(np.uint8)
    return Guided(
        here, step_between(before, here, match), step_between(here, after, match), classes
    )


@pytest.mark.parametrize("part", [0.15, 0.4, 0.8])
def test_how_far_things_travel_is_measured(part: float) -> None:
    found = travelled(exposure(0, part), guided(0), matcher_for(DIS))
    assert found == pytest.approx(part, abs=0.08)


def test_an_exposure_fills_what_it_travels_around_its_middle() -> None:
    shot = timed(4, exposure(0, 0.4), guided(0), 0.8, matcher_for(DIS))
    assert shot.start == pytest.approx(4.2, abs=0.05)
    assert shot.end == pytest.approx(4.6, abs=0.05)
    # More than the shutter allows cannot be.
    shot = timed(4, exposure(0, 0.9), guided(0), 0.5, matcher_for(DIS))
    assert (shot.start, shot.end) == pytest.approx((4.0, 4.5))


@pytest.mark.parametrize(
    ("span", "per_frame"), [(0.0, 7), (0.3, 7), (6 / 7, 7), (1.0, 4), (0.5, 12)]
)
def test_a_thing_moves_evenly_from_exposure_to_exposure(span: float, per_frame: int) -> None:
    shots = []
    for number in (0, 1, 2):
        start = number + (1 - span) / 2
        times = np.linspace(start, start + span, 7)
        frames = np.zeros((7, 32, 160, 3), np.uint8)
        for frame, time in zip(frames, times, strict=True):
            # A ramp that slides right by 32 pixels in the time of a frame of the clip.
            frame[:] = np.clip(128 + 2 * (np.arange(160) - 32 * time - 30), 0, 255)[None, :, None]
        shots.append(Shot(frames, np.ones((32, 160), np.bool_), start, start + span))
    film = [
        *shown(shots[0], shots[1], 1, per_frame, False),
        *shown(shots[1], shots[2], 2, per_frame, False),
    ]
    numbers = [number for number, _ in film]
    assert numbers == sorted(numbers)
    # Where the ramp is at its middle grey.
    places = [float(np.interp(128, picture[16, :, 0], np.arange(160))) for _, picture in film]
    steps = np.diff(places[1:-1])
    assert steps == pytest.approx(np.full(len(steps), 32 / per_frame), abs=1.2)


def test_every_instant_of_the_clip_is_shown_once_whatever_the_exposures_fill() -> None:
    rng = np.random.default_rng(3)
    for per_frame, shutter in itertools.product((1, 4, 7, 30), (0.2, 6 / 7, 1.0)):
        last, numbers = None, []
        for number in range(5):
            span = rng.uniform(0, shutter)
            middle = number + shutter / 2
            frames = np.zeros((7, 4, 4, 3), np.uint8)
            shot = Shot(frames, np.zeros((4, 4), np.bool_), middle - span / 2, middle + span / 2)
            numbers += [n for n, _ in shown(last, shot, number, per_frame, cut=number == 3)]
            last = shot
        assert last is not None
        numbers += [n for n, _ in ending(last, 4, per_frame, shutter)]
        assert [numbers.count(n) for n in range(4)] == [per_frame] * 4
        assert numbers.count(4) == min(int(shutter * per_frame + 1e-6) + 1, per_frame)


def test_what_is_static_is_the_clips_own_frame() -> None:
    shots = [
        Shot(np.full((7, 8, 8, 3), 50 * n, np.uint8), np.zeros((8, 8), np.bool_), n + 0.4, n + 0.5)
        for n in (1, 2)
    ]
    for number, picture in shown(shots[0], shots[1], 2, 10, False):
        assert (picture == 50 * number).all()
