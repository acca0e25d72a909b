"""Streaming frames out of clips."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from app.errors import InputError
from app.media import ffmpeg
from app.media.clips import clip_info, iter_clip
from app.media.films import write_animation


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty grey frames, 10 levels apart, at 10 frames a second."""
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    greys = (20 + 10 * np.arange(20)).astype(np.uint8)
    frames = np.broadcast_to(greys[:, None, None, None], (20, 32, 64, 3)).copy()
    write_animation(path, frames, fps=10, loop="once")
    return path


def numbers(frames: list[np.ndarray]) -> list[int]:
    return [round((float(frame.mean()) - 20) / 10) for frame in frames]


def test_a_clip_says_what_it_is(clip: Path) -> None:
    info = clip_info(clip)
    assert (info.width, info.height, info.fps) == (64, 32, 10)
    assert info.duration == pytest.approx(2, abs=0.01)


def test_every_frame_comes_in_order(clip: Path) -> None:
    fps, frames = iter_clip(clip)
    assert fps == 10
    assert numbers(list(frames)) == list(range(20))


def test_a_span_of_time_holds_its_frames_only(clip: Path) -> None:
    assert numbers(list(iter_clip(clip, start=0.5, stop=1.0).frames)) == [5, 6, 7, 8, 9]
    assert numbers(list(iter_clip(clip, start=1.8).frames)) == [18, 19]


def test_large_clips_are_shrunk_and_small_ones_left(clip: Path) -> None:
    assert next(iter_clip(clip, max_edge=16).frames).shape == (8, 16, 3)
    assert next(iter_clip(clip, max_edge=500).frames).shape == (32, 64, 3)


def test_stopping_early_ends_the_decoder(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    start = ffmpeg.start

    def remember(*args: object, **kwargs: object) -> object:
        process = start(*args, **kwargs)  # type: ignore[arg-type]
        started.append(process)
        return process

    monkeypatch.setattr(ffmpeg, "start", remember)
    frames = iter_clip(clip).frames
    next(frames)
    frames.close()  # type: ignore[attr-defined]
    assert started
    assert all(process.poll() is not None for process in started)


def test_broken_clips_are_refused_in_one_sentence(tmp_path: Path, clip: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "words.mp4").write_text("not a clip " * 50)
    (tmp_path / "cut.mp4").write_bytes(clip.read_bytes()[:600])
    for name in ("missing.mp4", ".", "empty.mp4", "words.mp4", "cut.mp4"):
        with pytest.raises(InputError) as caught:
            iter_clip(tmp_path / name)
        assert str(tmp_path / name) in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_clip_without_its_end_is_refused_while_reading(tmp_path: Path, clip: Path) -> None:
    path = tmp_path / "short.mp4"
    # With faststart the index comes first, so only the pictures are missing.
    path.write_bytes(clip.read_bytes()[:-40])
    stream = iter_clip(path)
    with pytest.raises(InputError, match=r"short\.mp4"):
        list(stream.frames)


def test_phone_clips_are_turned_upright(tmp_path: Path, clip: Path) -> None:
    turned = tmp_path / "turned.mp4"
    command = [ffmpeg.executable(), "-v", "error", "-display_rotation", "90", "-i", str(clip)]
    subprocess.run([*command, "-c", "copy", str(turned)], check=True)
    info = clip_info(turned)
    assert (info.width, info.height) == (32, 64)
    assert next(iter_clip(turned).frames).shape == (64, 32, 3)


def test_times_that_hold_nothing_are_refused(clip: Path) -> None:
    for start, stop in ((-1.0, None), (1.0, 1.0), (1.0, 0.5)):
        with pytest.raises(InputError, match="no time"):
            iter_clip(clip, start=start, stop=stop)
    with pytest.raises(InputError, match="at least 1"):
        iter_clip(clip, max_edge=0)
