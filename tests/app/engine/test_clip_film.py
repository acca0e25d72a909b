"""The film of a whole clip: even in time, static where the clip is, whole or not at all."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.engine import clip_film
from app.engine.animate import AnimateSettings, animate
from app.engine.clip_film import ClipFilm, ClipSettings, animate_clip
from app.engine.neighbours import NeighbourSettings
from app.engine.progress import Progress
from app.errors import InputError
from app.guidance.maps import to_signs
from app.media.clips import iter_clip
from app.media.film_reading import read_animation
from app.media.films import write_animation
from tests.video_material import blurry_frame, far_from_square, inside_square, texture

FRAMES = range(-2, 3)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    write_animation(path, np.stack([blurry_frame(n) for n in FRAMES]), fps=10, loop="once")
    return path


def settings(weights: Path, shutter: float = 6 / 7, frames: int = 7) -> ClipSettings:
    return ClipSettings(
        AnimateSettings(frames=frames, weights=str(weights), device="cpu"),
        NeighbourSettings(flow="dis", shutter=shutter),
    )


def run(*args: object, **options: object) -> tuple[list[Progress], ClipFilm]:
    steps = animate_clip(*args, **options)  # type: ignore[arg-type]
    seen = []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as end:
            return seen, end.value


def test_seven_frames_for_each_and_what_is_static_stays_the_clip(
    clip: Path, tiny_weights: Path, tmp_path: Path
) -> None:
    seen, made = run(clip, tmp_path / "slow", settings(tiny_weights))
    assert made == ClipFilm(tmp_path / "slow", 35, 10, 5)
    assert [p.done for p in seen if p.stage == "clip"] == [0, 1, 2, 3, 4, 5]
    film, _ = read_animation(tmp_path / "slow")
    assert film.shape == (35, 120, 160, 3)
    for number, frame in enumerate(iter_clip(clip).frames):
        seven = film[7 * number : 7 * number + 7]
        assert (seven[:, far_from_square()] == frame[far_from_square()]).all()
    assert [p.name for p in tmp_path.iterdir()] == ["slow"]


def test_no_frame_is_shown_twice_where_something_moves(
    clip: Path, tiny_weights: Path, tmp_path: Path
) -> None:
    run(clip, tmp_path / "slow", settings(tiny_weights))
    film, _ = read_animation(tmp_path / "slow")
    # Half an exposure at either end of the clip may be held.
    for one, two in itertools.pairwise(film[3:-3]):
        assert (one != two).any()


@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
def test_segments_join_to_one_even_video(
    suffix: str, clip: Path, tiny_weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.engine.clip_film._SEGMENT", 2)
    out = tmp_path / f"slow{suffix}"
    run(clip, out, settings(tiny_weights))
    film, fps = read_animation(out)
    assert (len(film), fps) == (35, 10)
    run(clip, tmp_path / "slow", settings(tiny_weights))
    frames, _ = read_animation(tmp_path / "slow")
    # One of every exposure: those next to each other may be alike.
    one, other = film[3::7].astype(np.int16), frames[3::7]
    apart = np.abs(one[:, None] - other[None]).mean(axis=(2, 3, 4))
    assert (apart.argmin(axis=1) == np.arange(5)).all()


def test_a_short_shutter_fills_the_time_between_exposures(
    clip: Path, tiny_weights: Path, tmp_path: Path
) -> None:
    _, made = run(clip, tmp_path / "slow", settings(tiny_weights, shutter=0.5))
    # Of the last frame there is only the exposure: 0, 1/7, 2/7 and 3/7.
    assert made.frames == 4 * 7 + 4
    film, _ = read_animation(tmp_path / "slow")
    assert (film[5] != film[4])[inside_square(-2)].any()
    assert (film[5] == film[4])[far_from_square()].all()


def test_an_interrupted_film_leaves_nothing(clip: Path, tiny_weights: Path, tmp_path: Path) -> None:
    out = tmp_path / "slow.mp4"
    steps = animate_clip(clip, out, settings(tiny_weights))
    for _ in range(3):
        next(steps)
    steps.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["slow.mp4", "slow"])
def test_an_interrupted_film_is_continued_where_it_was(
    name: str, clip: Path, tiny_weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.engine.clip_film._SEGMENT", 2)
    run(clip, tmp_path / "whole" / name, settings(tiny_weights))
    out = tmp_path / name
    steps = animate_clip(clip, out, settings(tiny_weights), resume=True)
    while next(steps).done < 4:
        pass
    steps.close()
    assert not out.exists()
    # Without being asked to, it is neither continued nor thrown away.
    with pytest.raises(InputError, match="--resume"):
        run(clip, out, settings(tiny_weights))
    with pytest.raises(InputError, match="other settings"):
        run(clip, out, settings(tiny_weights, shutter=0.5), resume=True)
    seen, made = run(clip, out, settings(tiny_weights), resume=True)
    assert seen[0].done == 2
    assert made.frames == 35
    whole, _ = read_animation(tmp_path / "whole" / name)
    film, _ = read_animation(out)
    assert (film == whole).all()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "whole"])


def test_nothing_is_drawn_across_a_cut(tiny_weights: Path, tmp_path: Path) -> None:
    other = texture(120, 160, seed=60, grain=14)
    frames = np.stack([blurry_frame(-1), blurry_frame(0), other, other])
    write_animation(tmp_path / "cut.mp4", frames, fps=10, loop="once")
    run(tmp_path / "cut.mp4", tmp_path / "slow", settings(tiny_weights, shutter=0.5))
    film, _ = read_animation(tmp_path / "slow")
    # The second exposure is over by the middle of its time; until the next one its end is held.
    assert (film[11] == film[13]).all()
    assert (film[6] != film[11]).any()
    assert np.abs(film[14].astype(int) - other).mean() < 4


def test_what_is_no_clip_is_refused_and_leaves_nothing(
    clip: Path, tiny_weights: Path, tmp_path: Path
) -> None:
    chosen = settings(tiny_weights)
    one = tmp_path / "one.mp4"
    write_animation(one, blurry_frame(0)[None], loop="once")
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(clip.read_bytes()[:-500])
    for source, sentence in (
        (one, "single frame"),
        (damaged, r"damaged\.mp4"),
        (tmp_path / "missing.mp4", "no such file"),
    ):
        with pytest.raises(InputError, match=sentence):
            run(source, tmp_path / "slow.mp4", chosen)
    with pytest.raises(InputError, match=r"slow\.gif"):
        run(clip, tmp_path / "slow.gif", chosen)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["damaged.mp4", "one.mp4"]


@pytest.mark.parametrize("shutter", [0.45, 0.9])
def test_a_known_shutter_tells_how_far_things_moved_while_it_was_open(
    shutter: float, clip: Path, tiny_weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def animated(pixels, guidance, asked, displacement):
        told.append((guidance, displacement))
        return animate(pixels, guidance, asked, displacement)

    monkeypatch.setattr(clip_film, "animate", animated)
    run(clip, tmp_path / "guessed", settings(tiny_weights))
    assert all(displacement is None for _, displacement in told)
    told.clear()
    known = replace(settings(tiny_weights).neighbours, shutter=shutter, tells=True)
    run(clip, tmp_path / "known", replace(settings(tiny_weights), neighbours=known))
    assert len(told) == len(FRAMES)
    guidance, displacement = told[len(told) // 2]
    inside = inside_square(0)
    assert displacement[inside].mean(0) == pytest.approx([5 * shutter, -4 * shutter], rel=0.2)
    along = (displacement * np.moveaxis(to_signs(guidance), 0, -1)).sum(-1)
    assert along.min() >= 0
    assert not displacement[guidance == 0].any()
