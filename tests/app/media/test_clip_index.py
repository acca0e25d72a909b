"""Frames of clips by number, whatever their times are."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.errors import InputError
from app.media import ffmpeg
from app.media.clip_index import frames_from, index_clip, neighbourhood
from app.media.clips import frame_at
from app.media.films import write_animation

COUNT = 30
UNEVEN = [100, 100, 500, 50, 100, 300, 100, 100]
"""Milliseconds for which the frames of a GIF are shown."""


def grey(number: int) -> int:
    return 20 + 7 * number


def numbers(frames: object) -> list[int | None]:
    return [None if f is None else round((float(f.mean()) - 20) / 7) for f in frames]  # type: ignore[attr-defined]


@pytest.fixture(scope="module", params=[".mp4", ".webm", ".mkv", ".mts", ".avi"])
def clip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty grey frames at 10 a second, in several containers; all but the first depend on it."""
    path = tmp_path_factory.mktemp("clips") / f"clip{request.param}"
    greys = np.array([grey(n) for n in range(COUNT)], np.uint8)
    frames = np.broadcast_to(greys[:, None, None, None], (COUNT, 32, 64, 3)).copy()
    if request.param in (".mp4", ".webm"):
        write_animation(path, frames, fps=10, loop="once")
        return path
    source = path.with_suffix(".mp4")
    write_animation(source, frames, fps=10, loop="once")
    command = [ffmpeg.executable(), "-loglevel", "error", "-i", str(source)]
    subprocess.run([*command, "-c:v", "mpeg4", "-q:v", "2", str(path)], check=True)
    return path


@pytest.fixture(scope="module")
def gif(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "uneven.gif"
    pictures = [Image.fromarray(np.full((32, 48, 3), grey(n), np.uint8)) for n in range(8)]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=UNEVEN)
    return path


def test_every_frame_is_listed_and_found_again_by_its_number(clip: Path) -> None:
    index = index_clip(clip)
    assert len(index) == COUNT
    assert np.allclose(np.diff(index.times), 0.1, atol=0.02)
    for number in (0, 1, 13, COUNT - 2, COUNT - 1):
        expected = [n if 0 <= n < COUNT else None for n in (number - 1, number, number + 1)]
        assert numbers(neighbourhood(clip, index, number)) == expected
    assert numbers(list(frames_from(clip, index, 20, max_edge=16))) == list(range(20, COUNT))


def test_frames_that_are_shown_for_unequal_times_are_told_apart(gif: Path) -> None:
    index = index_clip(gif)
    assert index.times == pytest.approx(np.cumsum([0, *UNEVEN[:-1]]) / 1000)
    assert numbers(neighbourhood(gif, index, 3)) == [2, 3, 4]
    assert [index.number_at(t) for t in (0, 0.1, 0.65, 0.72, 9)] == [0, 1, 2, 3, 7]
    assert numbers(frame_at(gif, 0.65)) == [1, 2, 3]
    with pytest.raises(InputError, match="lasts 1"):
        frame_at(gif, 2)


def test_listing_can_be_given_up(clip: Path) -> None:
    def cancel(_frames: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_clip(clip, cancel)


def test_a_clip_of_sound_only_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "song.mp4"
    tone = ["-f", "lavfi", "-i", "sine=duration=0.2", str(path)]
    subprocess.run([ffmpeg.executable(), "-loglevel", "error", *tone], check=True)
    with pytest.raises(InputError, match="only sound"):
        index_clip(path)


def test_frames_too_large_for_memory_are_refused_before_decoding(
    gif: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.media.clip_index.DEFAULT_MAX_PIXELS", 1000)
    with pytest.raises(InputError, match="48 × 32 pixels are too large"):
        index_clip(gif)
