"""Guidance of a video is steady: no thing turns round, stops or starts for a single frame."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from app.engine.neighbours import NeighbourSettings, Step, matcher_for, step_between
from app.engine.steady_guidance import REACH, Guided, steadied, steadily_guided
from app.guidance.maps import GuidanceMap
from tests.video_material import SIDE, SIZE, blurry_frame, inside_square, square_at, texture

DIS = NeighbourSettings(flow="dis")
VELOCITY = (5.0, -4.0)


def square_map(number: int, direction: int) -> GuidanceMap:
    classes = np.zeros(SIZE, np.uint8)
    left, top = (round(value) for value in square_at(number + 0.5, VELOCITY))
    classes[max(top, 0) : top + SIDE, max(left, 0) : left + SIDE] = direction
    return classes


@pytest.fixture(scope="module")
def window() -> Callable[[list[int]], list[Guided | None]]:
    """Five frames of the moving square, in which it is said to go these ways."""
    match = matcher_for(DIS)
    frames = [blurry_frame(n, VELOCITY) for n in range(-REACH, REACH + 1)]
    steps = [step_between(*pair, match) for pair in itertools.pairwise(frames)]

    def guided(ways: list[int]) -> list[Guided | None]:
        beside: list[Step | None] = [None, *steps, None]
        return [
            Guided(frame, before, after, square_map(n - REACH, way))
            for n, (frame, before, after, way) in enumerate(
                zip(frames, beside, beside[1:], ways, strict=False)
            )
        ]

    return guided


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ([1, 1, 3, 1, 1], 1),
        ([1, 1, 0, 1, 1], 1),
        ([0, 0, 2, 0, 0], 0),
        ([1, 4, 4, 1, 1], 1),
        ([1, 1, 1, 3, 3], 1),
        ([1, 1, 3, 3, 3], 3),
    ],
)
def test_the_vote_drops_what_lasts_a_moment_and_keeps_what_turns_for_good(
    window: Callable[[list[int]], list[Guided | None]], ways: list[int], expected: int
) -> None:
    classes = steadied(window(ways))
    assert classes is not None
    assert (classes[inside_square(0, VELOCITY)] == expected).mean() > 0.95


def test_frames_that_are_not_there_have_no_vote(
    window: Callable[[list[int]], list[Guided | None]],
) -> None:
    frames = window([3, 3, 1, 1, 3])
    classes = steadied([None, None, *frames[2:]])
    assert classes is not None
    assert (classes[inside_square(0, VELOCITY)] == 1).mean() > 0.95
    assert steadied([*frames[:2], None, *frames[3:]]) is None


def test_nothing_votes_across_a_cut() -> None:
    match = matcher_for(DIS)
    here = [blurry_frame(n, VELOCITY) for n in (-1, 0, 1)]
    wide = texture(140, 200, seed=60, grain=14)
    there = [wide[6 * n : 6 * n + 120, 10 * n : 10 * n + 160].copy() for n in range(3)]
    frames = [*here, *there]
    steps = [None, *(step_between(*p, match) for p in itertools.pairwise(frames)), None]
    assert [step is not None and step.cut for step in steps] == [False] * 3 + [True] + [False] * 3
    stepped = list(zip(frames, steps, steps[1:], strict=False))
    maps = [guided.classes for guided in steadily_guided(stepped, DIS)]
    assert len(maps) == 6
    for number, classes in enumerate(maps):
        assert classes is not None
        if number < 3:
            assert (classes[inside_square(number - 1, VELOCITY)] == 1).mean() > 0.9
            assert not classes[:10].any()
        else:
            assert (classes == 2).all()


def test_a_noisy_direction_along_an_axis_is_one_for_the_whole_video() -> None:
    rng = np.random.default_rng(5)
    frames = []
    for number in range(8):
        frame = blurry_frame(number - 4, (6, 0.0)).astype(np.float32)
        shift = np.array([[1, 0, 0], [0, 1, rng.normal(0, 0.3)]], np.float32)
        frame = cv2.warpAffine(frame, shift, SIZE[::-1], borderMode=cv2.BORDER_REPLICATE)
        frames.append(np.clip(frame + rng.normal(0, 3, frame.shape), 0, 255).astype(np.uint8))
    match = matcher_for(DIS)
    steps = [None, *(step_between(*p, match) for p in itertools.pairwise(frames)), None]
    stepped = list(zip(frames, steps, steps[1:], strict=False))
    maps = [guided.classes for guided in steadily_guided(stepped, DIS)]
    turns = 0
    for number, (one, two) in enumerate(itertools.pairwise(maps)):
        assert one is not None
        assert two is not None
        both = inside_square(number - 4, (6, 0)) & inside_square(number - 3, (6, 0))
        turns += int(np.median(one[both]) != np.median(two[both]))
    assert turns <= 2
