"""Films that are written, decoded again and compared with their frames."""

from __future__ import annotations

import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.errors import InputError, RunError
from app.media import ffmpeg, film_decoding
from app.media.film_reading import read_animation
from app.media.films import (
    FILM_SUFFIXES,
    LOOPS,
    playback_order,
    write_animation,
)
from app.media.photo_writing import write_photo
from app.media.photos import read_photo

PATCHES = [
    (255, 0, 0),
    (0, 255, 0),
    (0, 0, 255),
    (255, 255, 0),
    (0, 255, 255),
    (255, 0, 255),
    (0, 0, 0),
    (128, 128, 128),
    (255, 255, 255),
    (200, 120, 60),
    (60, 120, 200),
    (30, 34, 28),
]


def patches(side: int = 16) -> np.ndarray:
    """3 rows of 4 flat colour patches."""
    colors = np.array(PATCHES, np.uint8).reshape(3, 4, 3)
    return colors.repeat(side, axis=0).repeat(side, axis=1)


def numbered(count: int, height: int = 24, width: int = 32) -> np.ndarray:
    """Frames that can be told apart after any codec: each a grey of its own, 30 levels apart."""
    greys = (20 + 30 * np.arange(count)).astype(np.uint8)
    return np.broadcast_to(greys[:, None, None, None], (count, height, width, 3)).copy()


def numbers(frames: np.ndarray) -> list[int]:
    means = frames.reshape(len(frames), -1).mean(axis=1)
    return [round((mean - 20) / 30) for mean in means]


@given(st.integers(1, 60))
def test_back_and_forth_shows_no_frame_twice_in_a_row(count: int) -> None:
    order = playback_order(count, "pingpong")
    assert order[:count] == list(range(count))
    assert len(order) == max(1, 2 * count - 2)
    cycle = [*order, order[0]]
    assert all(abs(a - b) == (1 if count > 1 else 0) for a, b in pairwise(cycle))
    assert playback_order(count, "once") == playback_order(count, "loop") == list(range(count))


def test_seven_frames_make_a_cycle_of_twelve() -> None:
    assert playback_order(7, "pingpong") == [0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("suffix", FILM_SUFFIXES)
def test_every_format_shows_the_frames_in_order_at_the_right_pace(
    tmp_path: Path, suffix: str, loop: str
) -> None:
    path = tmp_path / f"film{suffix}"
    write_animation(path, numbered(7), fps=10, loop=loop)
    frames, fps = read_animation(path)
    order = playback_order(7, loop)
    if suffix in (".mp4", ".webm"):
        # Whole passes, three seconds at least, except where the film plays once.
        passes = {"once": 1, "loop": 5, "pingpong": 3}[loop]
        assert loop == "once" or passes * len(order) / 10 >= 3 > (passes - 1) * len(order) / 10
        order = order * passes
    assert fps == pytest.approx(10, abs=0.01)
    assert frames.dtype == np.uint8
    assert numbers(frames) == order
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".apng"])
def test_looping_formats_repeat_through_their_own_flag(tmp_path: Path, suffix: str) -> None:
    for loop, expected in {"once": 1, "loop": 0, "pingpong": 0}.items():
        path = tmp_path / f"{loop}{suffix}"
        write_animation(path, numbered(3), loop=loop)
        with Image.open(path) as film:
            # A GIF without the flag plays once.
            assert film.info.get("loop", 1) == expected


@pytest.mark.parametrize(
    ("suffix", "tolerance"), [(".mp4", 3), (".webm", 4), (".gif", 0), (".webp", 3), (".apng", 0)]
)
def test_the_colours_of_the_film_are_those_of_the_photo(
    tmp_path: Path, suffix: str, tolerance: int
) -> None:
    path = tmp_path / f"film{suffix}"
    source = patches()
    frames = np.stack([source, source[::-1], source])
    write_animation(path, frames, loop="once")
    decoded, _ = read_animation(path)
    for shown, meant in zip(decoded, frames, strict=True):
        # The middles of the patches: yuv420p cannot hold colour edges.
        middles = shown[8::16, 8::16].astype(int) - meant[8::16, 8::16]
        assert np.abs(middles).max() <= tolerance


@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
def test_videos_name_their_colours_and_are_yuv420p(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"film{suffix}"
    write_animation(path, numbered(2), loop="once")
    info = film_decoding.probe(path)
    assert (info.width, info.height, info.matrix) == (32, 24, "bt709")
    process = subprocess.run(
        [ffmpeg.executable(), "-hide_banner", "-i", str(path)], capture_output=True, check=False
    )
    assert b"yuv420p(tv, bt709/bt709/iec61966-2-1" in process.stderr


@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
@pytest.mark.parametrize("size", [(31, 45), (1, 1), (16, 33)])
def test_odd_sizes_are_padded_by_repeating_the_edge_and_never_resized(
    tmp_path: Path, suffix: str, size: tuple[int, int]
) -> None:
    height, width = size
    ramp = np.linspace(10, 240, width)[None, :] * 0.6 + np.linspace(10, 240, height)[:, None] * 0.4
    frame = np.repeat(ramp.astype(np.uint8)[..., None], 3, axis=2)
    if height > 8:
        frame[5:7, 20:22] = 255  # a mark that a shift of one pixel would move
    path = tmp_path / f"film{suffix}"
    write_animation(path, np.stack([frame] * 3), loop="once")
    decoded, _ = read_animation(path)
    assert decoded.shape == (3, height + height % 2, width + width % 2, 3)
    padded = np.pad(frame, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    assert np.abs(decoded[1].astype(int) - padded).mean() < 3
    if height > 8:
        bright = np.argwhere(decoded[1, ..., 1] > 247)
        assert bright.min(axis=0).tolist() == [5, 20]
        assert bright.max(axis=0).tolist() == [6, 21]


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".apng"])
def test_odd_sizes_need_no_padding_elsewhere(tmp_path: Path, suffix: str) -> None:
    write_animation(tmp_path / f"film{suffix}", numbered(2, 7, 13))
    assert read_animation(tmp_path / f"film{suffix}")[0].shape == (2, 7, 13, 3)


@pytest.mark.parametrize("suffix", FILM_SUFFIXES)
def test_equal_neighbours_keep_their_time(tmp_path: Path, suffix: str) -> None:
    frames = numbered(3)[[0, 0, 1, 1, 1, 2]]
    path = tmp_path / f"film{suffix}"
    write_animation(path, frames, fps=10, loop="once")
    decoded, fps = read_animation(path)
    assert len(decoded) / fps == pytest.approx(0.6, abs=0.01)
    if suffix != ".webp":
        assert numbers(decoded) == [0, 0, 1, 1, 1, 2]


@pytest.mark.parametrize("suffix", FILM_SUFFIXES)
def test_a_still_film_is_a_film(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"film{suffix}"
    write_animation(path, numbered(1)[[0] * 7], fps=10, loop="once")
    decoded, fps = read_animation(path)
    assert set(numbers(decoded)) == {0}
    if suffix != ".webp":  # which makes one still picture of it
        assert len(decoded) / fps == pytest.approx(0.7, abs=0.01)


@pytest.mark.parametrize(("fps", "hundredths"), [(12, 8), (10, 10), (30, 3), (60, 2), (240, 2)])
def test_gif_frames_last_whole_hundredths_and_at_least_two(
    tmp_path: Path, fps: float, hundredths: int
) -> None:
    write_animation(tmp_path / "film.gif", numbered(4), fps=fps)
    with Image.open(tmp_path / "film.gif") as film:
        times = []
        for index in range(4):
            film.seek(index)
            times.append(film.info["duration"])
    assert times == [hundredths * 10] * 4


def test_what_stands_still_does_not_flicker_in_a_gif(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    still = rng.integers(0, 256, (32, 32, 3), dtype=np.uint8)
    frames = np.stack([still] * 4)
    frames[:, :, 16:] = rng.integers(0, 256, (4, 32, 16, 3), dtype=np.uint8)
    write_animation(tmp_path / "film.gif", frames)
    decoded, _ = read_animation(tmp_path / "film.gif")
    assert len(np.unique(frames.reshape(-1, 3), axis=0)) > 256
    assert (decoded[:, :, :16] == decoded[:1, :, :16]).all()


def test_12_frames_a_second_last_a_second_in_webp(tmp_path: Path) -> None:
    frames = np.stack([patches()] * 12)
    frames[:, :8, :8] = numbered(12)[:, :8, :8] // 2
    write_animation(tmp_path / "film.webp", frames, fps=12)
    decoded, fps = read_animation(tmp_path / "film.webp")
    assert len(decoded) == 12
    assert len(decoded) / fps == pytest.approx(1, abs=1e-6)


def test_apng_keeps_16_bits(tmp_path: Path) -> None:
    frames = np.random.default_rng(0).integers(0, 65536, (2, 6, 5, 3), dtype=np.uint16)
    write_animation(tmp_path / "film.apng", frames)
    first = read_photo(tmp_path / "film.apng")
    assert first.bits == 16
    np.testing.assert_array_equal(first.pixels, frames[0])


@pytest.mark.parametrize("suffix", FILM_SUFFIXES)
def test_16_bit_frames_make_8_bit_films_of_the_same_colours(tmp_path: Path, suffix: str) -> None:
    write_animation(tmp_path / f"film{suffix}", numbered(3).astype(np.uint16) * 257, loop="once")
    decoded, _ = read_animation(tmp_path / f"film{suffix}")
    assert np.abs(decoded.astype(int) - numbered(3)).max() <= 2


@given(
    count=st.integers(1, 4),
    height=st.integers(1, 5),
    width=st.integers(1, 5),
    dtype=st.sampled_from([np.uint8, np.uint16]),
    loop=st.sampled_from(LOOPS),
    seed=st.integers(0, 99),
)
@settings(max_examples=20, deadline=None)
def test_a_folder_gives_every_frame_back(
    count: int, height: int, width: int, dtype: Any, loop: str, seed: int
) -> None:
    top = int(np.iinfo(dtype).max) + 1
    frames = np.random.default_rng(seed).integers(0, top, (count, height, width, 3), dtype=dtype)
    with tempfile.TemporaryDirectory() as folder:
        write_animation(Path(folder) / "film", frames, loop=loop)
        names = sorted(p.name for p in (Path(folder) / "film").iterdir())
        assert names == [f"{index:04d}.png" for index in range(count)]
        decoded, _ = read_animation(Path(folder) / "film")
    assert decoded.dtype == dtype
    np.testing.assert_array_equal(decoded, frames)


def test_a_trailing_slash_makes_a_folder_whatever_the_name(tmp_path: Path) -> None:
    write_animation(f"{tmp_path}/film.v2/", numbered(2))
    assert (tmp_path / "film.v2" / "0001.png").is_file()


def test_a_shorter_film_replaces_a_longer_one_in_its_folder(tmp_path: Path) -> None:
    write_animation(tmp_path / "film", numbered(5))
    (tmp_path / "film" / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        write_animation(tmp_path / "film", numbered(3))
    write_animation(tmp_path / "film", numbered(3)[::-1], overwrite=True)
    assert numbers(read_animation(tmp_path / "film")[0]) == [2, 1, 0]
    assert (tmp_path / "film" / "notes.txt").read_text() == "mine"


def test_folders_are_read_in_natural_order_and_must_be_of_one_size(tmp_path: Path) -> None:
    for index, frame in enumerate(numbered(3)):
        write_photo(tmp_path / f"frame{(1, 2, 10)[index]}.png", frame)
    assert numbers(read_animation(tmp_path)[0]) == [0, 1, 2]
    write_photo(tmp_path / "frame11.png", numbered(1, 4, 4)[0])
    with pytest.raises(InputError, match=r"frame11.png is 4 × 4 .* 32 × 24"):
        read_animation(tmp_path)


@pytest.mark.parametrize("suffix", [*FILM_SUFFIXES, ""])
def test_cancelling_leaves_nothing_and_spares_what_stood_there(tmp_path: Path, suffix: str) -> None:
    class CancelledError(Exception):
        pass

    def stop_at_two(done: int, total: int) -> None:
        if done == 2:
            raise CancelledError

    path = tmp_path / "new folder" / f"film{suffix}"
    with pytest.raises(CancelledError):
        write_animation(path, numbered(5), on_frame=stop_at_two)
    assert list(tmp_path.iterdir()) == []
    write_animation(path, numbered(3), loop="once")
    with pytest.raises(CancelledError):
        write_animation(path, numbered(5)[::-1], overwrite=True, on_frame=stop_at_two)
    assert numbers(read_animation(path)[0]) == [0, 1, 2]
    assert len(list(path.parent.iterdir())) == 1


@pytest.mark.parametrize("suffix", [*FILM_SUFFIXES, ""])
def test_progress_counts_up_to_every_frame(tmp_path: Path, suffix: str) -> None:
    seen: list[tuple[int, int]] = []
    write_animation(
        tmp_path / f"film{suffix}",
        numbered(4),
        fps=2,
        loop="once",
        on_frame=lambda done, total: seen.append((done, total)),
    )
    assert [pair for pair in seen if pair[0] > 0] == [(i + 1, 4) for i in range(4)]


def test_an_existing_film_is_refused_before_anything_is_encoded(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"precious")
    seen: list[int] = []
    with pytest.raises(InputError, match=r"film.mp4 exists"):
        write_animation(path, numbered(3), on_frame=lambda done, total: seen.append(done))
    assert path.read_bytes() == b"precious"
    assert seen == []


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("av_interleaved_write_frame(): No space left on device", "the disk is full"),
        ("[libx264 @ 0x1] broken beyond words", r"ffmpeg stopped \(broken beyond words\)"),
    ],
)
def test_a_dying_ffmpeg_is_explained_by_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, message: str, sentence: str
) -> None:
    script = tmp_path / "ffmpeg"
    script.write_text(f"#!/bin/sh\nhead -c 100 >/dev/null\necho '{message}' >&2\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "executable", lambda: str(script))
    with pytest.raises(RunError, match=f"film.mp4: {sentence}"):
        write_animation(tmp_path / "out" / "film.mp4", numbered(7, 200, 300))
    assert [p.name for p in tmp_path.iterdir()] == ["ffmpeg"]


@pytest.mark.parametrize("name", ["film.mp4", "film.gif", "film.webp", "film"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match=name):
        write_animation(tmp_path / "file" / name, numbered(2))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"frames": numbered(2)[:0]}, "no frames"),
        ({"frames": numbered(2)[0]}, r"\(T, H, W, 3\)"),
        ({"frames": numbered(2)[..., :2]}, r"\(T, H, W, 3\)"),
        ({"frames": numbered(2).astype(np.float32)}, "uint8 or uint16"),
        ({"frames": np.zeros((1, 0, 4, 3), np.uint8)}, "no pixels"),
        ({"fps": 0}, "frames per second"),
        ({"fps": -1}, "frames per second"),
        ({"fps": 241}, "frames per second"),
        ({"fps": float("nan")}, "frames per second"),
        ({"loop": "sideways"}, "once, loop, pingpong"),
        ({"path": "film.avi"}, r"\.mp4, \.webm, \.gif, \.webp, \.apng"),
        ({"min_seconds": float("inf")}, "shortest length"),
        ({"frames": np.zeros((1, 1, 17_000, 3), np.uint8)}, "17000 × 1 pixels are too many"),
    ],
)
def test_wrong_calls_are_refused_and_leave_nothing(
    tmp_path: Path, changes: dict[str, Any], reason: str
) -> None:
    call = {"path": "film.mp4", "frames": numbered(2), "fps": 12.0, "loop": "loop", **changes}
    call["path"] = tmp_path / call["path"]
    with pytest.raises(InputError, match=reason):
        write_animation(**call)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", FILM_SUFFIXES)
def test_broken_films_are_refused_by_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"film{suffix}"
    with pytest.raises(InputError, match="no such file"):
        read_animation(path)
    path.touch()
    with pytest.raises(InputError, match=f"film{suffix}: the file is empty"):
        read_animation(path)
    path.write_bytes(b"only words, again and again " * 40)
    with pytest.raises(InputError, match=f"film{suffix}: it is no"):
        read_animation(path)


def test_other_unreadable_films_are_explained(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no photos"):
        read_animation(tmp_path)
    (tmp_path / "film.avi").write_bytes(b"x")
    with pytest.raises(InputError, match="a film is a folder"):
        read_animation(tmp_path / "film.avi")
    write_animation(tmp_path / "film.gif", numbered(2))
    with pytest.raises(InputError, match="limit"):
        read_animation(tmp_path / "film.gif", max_pixels=100)


@pytest.mark.parametrize("suffix", FILM_SUFFIXES)
def test_film_names_in_any_script_and_with_odd_signs_work(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "Фильм 写真" / f"-a: 100% 🚲{suffix}"
    write_animation(path, numbered(2), loop="once")
    assert numbers(read_animation(path)[0]) == [0, 1]
