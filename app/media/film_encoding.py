"""Writing films with ffmpeg: raw frames in, a file out.

Which codec suits which suffix is said in `films.py`.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import numpy as np

from app.errors import RunError
from app.media import ffmpeg
from app.media.film_frames import Frame

OnFrame = Callable[[int, int], object]
"""Called with (frames done, frames in all) after each frame; may raise to cancel."""


def encode(
    path: Path,
    name: Path,
    frames: Iterable[Frame],
    rate: Fraction,
    arguments: Sequence[str],
    after_frame: Callable[[], object] | None = None,
) -> None:
    """Pipe frames through ffmpeg into a file.

    Args:
        path: the file that ffmpeg writes, over anything that stands there.
        name: the file as the person knows it, for messages.
        frames: at least one, all of one shape and type.
        rate: frames per second.
        arguments: ffmpeg's output options.
        after_frame: called after each frame; whatever it raises stops ffmpeg and travels on.

    Raises:
        RunError: ffmpeg refused or died, with its reason.
    """
    iterator = iter(frames)
    first = next(iterator)
    with encoder(path, name, first, rate, arguments) as write:
        for frame in _chain(first, iterator):
            write(frame)
            if after_frame is not None:
                after_frame()


@contextmanager
def encoder(
    path: Path, name: Path, like: Frame, rate: Fraction, arguments: Sequence[str]
) -> Iterator[Callable[[Frame], object]]:
    """Start ffmpeg and yield what hands it frames, all as large as `like` and of its type.

    The file is complete when the block ends; if the block raises, ffmpeg is stopped.

    Raises:
        RunError: as `encode`, when the block ends.
    """
    height, width = like.shape[:2]
    command = [ffmpeg.executable(), "-hide_banner", "-nostdin", "-loglevel", "error", "-y"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24" if like.dtype == np.uint8 else "rgb48le"]
    command += ["-video_size", f"{width}x{height}", "-framerate", str(rate), "-i", "pipe:0"]
    command += [*arguments, ffmpeg.url(path)]
    # ffmpeg's messages go to a file: a full pipe nobody reads would stop it.
    with tempfile.TemporaryFile() as messages:
        process = ffmpeg.start(command, stdin=subprocess.PIPE, stderr=messages)
        pipe = process.stdin
        assert pipe is not None
        try:
            yield lambda frame: pipe.write(_raw(frame))
            pipe.close()
            failed = process.wait() != 0
        except OSError as error:
            # A broken pipe means that ffmpeg went first: its own words say why. Anything else is
            # the caller's (a progress callback that could not write, say).
            if not isinstance(error, BrokenPipeError):
                raise
            process.wait()
            failed = True
        finally:
            ffmpeg.end(process)
        if failed:
            raise _encoding_failed(name, ffmpeg.read_messages(messages))


def join(
    path: Path, name: Path, parts: Sequence[tuple[Path, float]], arguments: Sequence[str]
) -> None:
    """Put films of one encoding one after the other into a file, without encoding them again.

    Args:
        path: the file that ffmpeg writes, over anything that stands there; `name` as in `encode`.
        parts: each film, all in one folder and with plain names, and its length in seconds.
        arguments: ffmpeg's output options.

    Raises:
        RunError: ffmpeg refused or died, with its reason.
    """
    listing = parts[0][0].with_name("parts.txt")
    lines = [f"file '{part.name}'\nduration {seconds:.9f}\n" for part, seconds in parts]
    listing.write_text("ffconcat version 1.0\n" + "".join(lines), encoding="utf-8")
    command = [ffmpeg.executable(), "-hide_banner", "-nostdin", "-loglevel", "error", "-y"]
    command += [
        "-f",
        "concat",
        "-i",
        ffmpeg.url(listing),
        "-c",
        "copy",
        *arguments,
        ffmpeg.url(path),
    ]
    with tempfile.TemporaryFile() as messages:
        process = ffmpeg.start(command, stderr=messages)
        try:
            failed = process.wait() != 0
        finally:
            ffmpeg.end(process)
        if failed:
            raise _encoding_failed(name, ffmpeg.read_messages(messages))


def bt709_filter() -> str:
    """The filter that turns sRGB frames into tagged bt709 yuv420p, video range.

    The matrix is converted and named; the transfer is named as what it is, sRGB, so that players
    that manage colour show the photo's own colours and the others, which ignore it, do so too.
    """
    return (
        f"scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+{ffmpeg.ACCURATE_SCALING},format=yuv420p,"
        "setparams=colorspace=bt709:color_primaries=bt709:color_trc=iec61966-2-1:range=tv"
    )


def _chain(first: Frame, rest: Iterator[Frame]) -> Iterator[Frame]:
    yield first
    yield from rest


def _raw(frame: Frame) -> bytes:
    return frame.astype(frame.dtype.newbyteorder("<"), copy=False).tobytes()


def _encoding_failed(name: Path, messages: str) -> RunError:
    if "No space left on device" in messages:
        return RunError(f"Cannot write {name}: the disk is full.")
    lines = [line.strip() for line in messages.splitlines() if line.strip()]
    # ffmpeg's first complaint is the cause, the rest is its unwinding.
    reason = re.sub(r"^\[[^\]]*\]\s*", "", lines[0]).rstrip(".") if lines else "no reason given"
    return RunError(f"Cannot write {name}: ffmpeg stopped ({reason}).")
