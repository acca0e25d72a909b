"""Writing a film's frames as mp4, webm, gif, webp, apng or a folder of PNGs.

How frames are made is the engine's business, driving ffmpeg that of `film_encoding`; films are
read back by `film_reading.py`.
"""

from __future__ import annotations

import math
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from os import PathLike
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image

from app.atomic import atomic_file, atomic_folder
from app.errors import InputError
from app.media import film_encoding
from app.media.film_encoding import OnFrame
from app.media.film_frames import Frame, Frames
from app.media.photo_writing import write_photo
from app.media.pixels import to_8bit

Loop = Literal["once", "loop", "pingpong"]

LOOPS: tuple[Loop, ...] = ("once", "loop", "pingpong")
"""The ways a film plays: once; over and over; forwards and backwards, over and over."""

FILM_SUFFIXES = (".mp4", ".webm", ".gif", ".webp", ".apng")
"""Suffixes of the films that can be written and read; a name without suffix is a folder of PNGs."""

DEFAULT_FPS = 12.0
MIN_FPS, MAX_FPS = 0.1, 240.0
DEFAULT_MIN_SECONDS = 3.0

# The longest edge each container or encoder holds.
_MAX_EDGE = {".mp4": 16384, ".webm": 16384, ".gif": 65535, ".webp": 16383, ".apng": 65535}


def playback_order(count: int, loop: str) -> list[int]:
    """The frames of one pass, by index: 0..count-1, and back to 1 again for "pingpong".

    Neither end is shown twice when the pass repeats: 7 frames make a 12-frame cycle.

    Raises:
        InputError: no frames, or an unknown loop mode.
    """
    if count < 1:
        raise InputError("A film needs at least one frame.")
    if loop not in LOOPS:
        raise InputError(f"There is no loop mode '{loop}' (known: {', '.join(LOOPS)}).")
    forwards = list(range(count))
    return forwards + forwards[-2:0:-1] if loop == "pingpong" else forwards


def shown_order(
    count: int, suffix: str, fps: float, loop: str, min_seconds: float = DEFAULT_MIN_SECONDS
) -> list[int]:
    """The frames that a film file holds, by index: whole passes, see `write_animation`.

    Raises:
        InputError: as `playback_order`.
    """
    order = playback_order(count, loop)
    if suffix in (".mp4", ".webm") and loop != "once":
        order = order * max(1, math.ceil(min_seconds * fps / len(order) - 1e-9))
    return order


def played_fps(suffix: str, fps: float) -> float:
    """The rate at which a film plays: what was asked for, but whole hundredths a frame in a GIF."""
    return float(_gif_rate(fps)) if suffix == ".gif" else fps


def _gif_rate(fps: float) -> Fraction:
    # One whole number of hundredths for all frames: rounding each moment would make the cadence
    # limp (8, 9, 8 …).
    return Fraction(100, min(max(2, round(100 / fps)), 65535))


def write_animation(
    path: str | PathLike[str],
    frames: Frames,
    fps: float = DEFAULT_FPS,
    loop: str = "loop",
    overwrite: bool = False,
    on_frame: OnFrame | None = None,
    min_seconds: float = DEFAULT_MIN_SECONDS,
) -> None:
    """Write frames as a film; the suffix chooses the format. The film appears whole or not at all.

    * `.mp4` (H.264) and `.webm` (VP9): yuv420p, bt709, tagged. Odd sizes are padded to even ones by
      repeating the last column and row; nothing is resized. These formats cannot say "play again",
      so "loop" and "pingpong" write whole passes until `min_seconds` are filled; "once" writes
      exactly the frames.
    * `.gif`: one palette for all frames, ordered dithering, so that still parts stay still. GIF
      counts time in hundredths of a second and players slow down below two of them: every frame
      gets the nearest whole count, at least 2 (12 fps plays at 12.5, 100 fps at 50).
    * `.webp` (quality 90) and `.apng` (lossless, 16 bits where the frames have them): exact timing.
      WebP merges equal neighbours into one longer frame; the film lasts as long as it should
      (one of nothing but equal frames becomes a still picture, which has no length).
    * `.gif`, `.webp`, `.apng` hold one pass and repeat for ever, or play once.
    * no suffix, a trailing slash, or an existing folder: 0000.png, 0001.png … of the frames
      themselves, at 8 or 16 bits, whatever the loop mode. Overwriting removes the numbered
      pictures of a longer, earlier film.

    Args:
        path: the file or folder; `overwrite` must be true if it exists and is not an empty folder.
        frames: (T, H, W, 3) uint8 or uint16, RGB, sRGB-encoded; read in the order of showing,
            once for every time that a frame is shown, and once more for the palette of a GIF.
        fps: frames per second, 0.1 to 240.
        loop: "once", "loop" or "pingpong".
        on_frame: called with (frames done, frames in all) as frames are handed to the encoder;
            whatever it raises stops the encoder and travels on, and nothing is left behind.
        min_seconds: see mp4.

    Raises:
        InputError: wrong frames or settings, unknown suffix, something stands at `path`, or it
            cannot be written there.
        RunError: the disk is full, or the encoder failed.
    """
    with staged_animation(path, frames, fps, loop, overwrite, on_frame, min_seconds):
        pass


@contextmanager
def staged_animation(
    path: str | PathLike[str],
    frames: Frames,
    fps: float = DEFAULT_FPS,
    loop: str = "loop",
    overwrite: bool = False,
    on_frame: OnFrame | None = None,
    min_seconds: float = DEFAULT_MIN_SECONDS,
) -> Iterator[None]:
    """`write_animation` in two steps: the film is written on entering, under a temporary name.

    It takes its place when the block ends well; otherwise nothing is left of it. So several files
    appear together or not at all.
    """
    target = Path(path)
    shape = getattr(frames, "shape", None)
    if shape is None or len(shape) != 4 or shape[-1] != 3:
        shape = type(frames).__name__ if shape is None else shape
        raise InputError(f"Cannot write {target}: frames must be (T, H, W, 3), not {shape}.")
    if frames.dtype not in (np.uint8, np.uint16):
        raise InputError(
            f"Cannot write {target}: frames must be uint8 or uint16, not {frames.dtype}."
        )
    if 0 in frames.shape:
        raise InputError(f"Cannot write {target}: there are no frames, or they hold no pixels.")
    if not MIN_FPS <= fps <= MAX_FPS:
        raise InputError(
            f"Cannot write {target}: frames per second must lie between {MIN_FPS:g} and "
            f"{MAX_FPS:g}, not {fps:g}."
        )
    if not (math.isfinite(min_seconds) and 0 <= min_seconds <= 3600):
        raise InputError(
            f"Cannot write {target}: the shortest length must lie between 0 and 3600 seconds."
        )
    playback_order(len(frames), loop)  # says what is wrong with the loop mode, for folders too
    if is_frames_folder(path):
        with _staged_folder(target, frames, overwrite, on_frame):
            yield
        return
    suffix = target.suffix.lower()
    if suffix not in FILM_SUFFIXES:
        raise InputError(
            f"Cannot write {target}: the suffix of a film is one of {', '.join(FILM_SUFFIXES)}; "
            "a name without suffix, or ending in a slash, makes a folder of PNGs."
        )
    height, width = frames.shape[1:3]
    if max(height, width) > _MAX_EDGE[suffix]:
        raise InputError(
            f"Cannot write {target}: {width} × {height} pixels are too many for {suffix} "
            f"(at most {_MAX_EDGE[suffix]} a side)."
        )
    order = shown_order(len(frames), suffix, fps, loop, min_seconds)
    with atomic_file(target, overwrite=overwrite) as temporary:
        if suffix in (".mp4", ".webm"):
            _write_video(temporary, target, frames, order, fps, on_frame)
        elif suffix == ".gif":
            _write_gif(temporary, target, frames, order, fps, loop, on_frame)
        elif suffix == ".apng":
            arguments = ["-c:v", "apng", "-pred", "mixed", *_PASSTHROUGH]
            arguments += ["-plays", "1" if loop == "once" else "0", "-f", "apng"]
            _encode(temporary, target, frames, order, exact_rate(fps), arguments, on_frame)
        else:
            _write_webp(temporary, frames, order, fps, loop, on_frame)
        yield


# Every frame piped in becomes one frame of the film; ffmpeg neither repeats nor drops any.
_PASSTHROUGH = ("-fps_mode", "passthrough")


def is_frames_folder(path: str | PathLike[str]) -> bool:
    """Whether `write_animation` takes a path for a folder of frames, and not for a film."""
    text = os.fspath(path)
    target = Path(path)
    if text.endswith(("/", os.sep)) or not target.suffix:
        return True
    return target.is_dir() and target.suffix.lower() not in FILM_SUFFIXES


def exact_rate(fps: float) -> Fraction:
    """Frames per second as a fraction, which keeps the NTSC rates exact."""
    return Fraction(fps).limit_denominator(1001)


def _counted(on_frame: OnFrame | None, total: int) -> Callable[[], object] | None:
    if on_frame is None:
        return None
    done = 0

    def after_frame() -> None:
        nonlocal done
        done += 1
        on_frame(done, total)

    return after_frame


def _encode(
    temporary: Path,
    name: Path,
    frames: Frames,
    order: list[int],
    rate: Fraction,
    arguments: list[str],
    on_frame: OnFrame | None,
) -> None:
    pictures = (frames[index] for index in order)
    film_encoding.encode(temporary, name, pictures, rate, arguments, _counted(on_frame, len(order)))


def _write_video(
    temporary: Path,
    name: Path,
    frames: Frames,
    order: list[int],
    fps: float,
    on_frame: OnFrame | None,
) -> None:
    container, codec = video_codec(name.suffix)
    arguments = [*codec, *container]
    pictures = (even(to_8bit(frames[index])) for index in order)
    counter = _counted(on_frame, len(order))
    film_encoding.encode(temporary, name, pictures, exact_rate(fps), arguments, counter)


def video_codec(suffix: str) -> tuple[list[str], list[str]]:
    """ffmpeg's options for a video: those of its container, and those of its codec."""
    if suffix.lower() == ".mp4":
        codec = ["-c:v", "libx264", "-preset", "medium", "-crf", "14"]
        container = ["-movflags", "+faststart", "-f", "mp4"]
    else:
        codec = ["-c:v", "libvpx-vp9", "-crf", "18", "-b:v", "0"]
        codec += ["-deadline", "good", "-cpu-used", "4", "-row-mt", "1"]
        container = ["-f", "webm"]
    return container, ["-vf", film_encoding.bt709_filter(), *codec, *_PASSTHROUGH]


def even(frame: Frame) -> Frame:
    """Pad to even height and width by repeating the last row and column: 4:2:0 needs pairs."""
    height, width = frame.shape[:2]
    if height % 2 == 0 and width % 2 == 0:
        return frame
    return np.pad(frame, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")


def _write_gif(
    temporary: Path,
    name: Path,
    frames: Frames,
    order: list[int],
    fps: float,
    loop: str,
    on_frame: OnFrame | None,
) -> None:
    rate = _gif_rate(fps)
    with tempfile.TemporaryDirectory() as folder:
        palette = Path(folder) / "palette.png"
        film_encoding.encode(
            palette,
            name,
            (to_8bit(frame) for frame in frames),
            rate,
            ["-vf", "palettegen=stats_mode=full", "-frames:v", "1", "-update", "1", "-f", "image2"],
            # The first of two passes: it counts nothing but can still be cancelled.
            None if on_frame is None else lambda: on_frame(0, len(order)),
        )
        # Ordered dithering depends on place and colour only: what stands still does not flicker.
        arguments = ["-i", f"file:{palette}"]
        arguments += ["-lavfi", "paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle"]
        arguments += [*_PASSTHROUGH, "-loop", "-1" if loop == "once" else "0", "-f", "gif"]
        pictures = (to_8bit(frames[index]) for index in order)
        film_encoding.encode(
            temporary, name, pictures, rate, arguments, _counted(on_frame, len(order))
        )


def _write_webp(
    temporary: Path,
    frames: Frames,
    order: list[int],
    fps: float,
    loop: str,
    on_frame: OnFrame | None,
) -> None:
    # WebP counts milliseconds: each frame ends at its rounded moment, so errors never add up.
    ends = [round(1000 * (i + 1) / fps) for i in range(len(order))]
    durations = [max(1, end - start) for start, end in zip([0, *ends], ends, strict=False)]
    counter = _counted(on_frame, len(order))

    def pictures() -> Iterator[Image.Image]:
        for index in order:
            yield Image.fromarray(np.ascontiguousarray(to_8bit(frames[index])))
            if counter is not None:
                counter()

    # Pillow asks for one picture more than it holds, so a picture counts once it is encoded.
    sequence = pictures()
    first = next(sequence)
    first.save(
        temporary,
        format="WEBP",
        save_all=True,
        append_images=sequence,
        duration=durations,
        loop=1 if loop == "once" else 0,
        quality=90,
        method=4,
    )


@contextmanager
def _staged_folder(
    path: Path, frames: Frames, overwrite: bool, on_frame: OnFrame | None
) -> Iterator[None]:
    counter = _counted(on_frame, len(frames))
    with atomic_folder(path, overwrite=overwrite) as temporary:
        for index, frame in enumerate(frames):
            write_photo(temporary / f"{index:04d}.png", frame)
            if counter is not None:
                counter()
        yield
    # Pictures of an earlier, longer film would otherwise be read as part of this one.
    for picture in path.iterdir():
        if re.fullmatch(r"\d{4,}\.png", picture.name) and int(picture.stem) >= len(frames):
            picture.unlink(missing_ok=True)
