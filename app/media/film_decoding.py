"""Reading clips with ffmpeg: what a header says, raw frames, when each frame begins."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from app.atomic import explain_os_error
from app.errors import InputError
from app.media import ffmpeg

_UNKNOWN = -(2**63)
"""Stands for a time that the file does not say; such frames are shown when they are decoded."""

_WITHOUT_INDEX = ("mpeg", "mpegts")
"""Streams for broadcasting, where ffmpeg may land behind the moment that it is sent to."""
_LONGEST_GAP = 12.0
"""Seconds before a moment from which frames are decoded there: keyframes are closer than that."""


@dataclass(frozen=True)
class ClipInfo:
    """What a clip's header says: size in upright pixels, frames per second, length in seconds.

    `matrix` is the YUV matrix the header names, "" where it names none; `duration` is 0 if unknown;
    `sound` tells whether there is an audio track; `container` is how ffmpeg calls the kind of file.
    """

    width: int
    height: int
    fps: float
    duration: float
    matrix: str
    sound: bool
    container: str = ""


def probe(path: Path) -> ClipInfo:
    """What a clip's header says.

    Raises:
        InputError: the file is missing, a folder, empty, or no clip that ffmpeg can read.
    """
    if path.is_dir():
        raise InputError(f"Cannot read {path}: it is a folder, not a clip.")
    try:
        with path.open("rb") as stream:
            empty = not stream.read(1)
    except OSError as error:
        raise explain_os_error(error, path, "read") from error
    if empty:
        raise InputError(f"Cannot read {path}: the file is empty.")
    with tempfile.TemporaryFile() as messages:
        process = ffmpeg.start(
            [ffmpeg.executable(), "-hide_banner", "-nostdin", "-i", ffmpeg.url(path)],
            stdout=subprocess.DEVNULL,
            stderr=messages,
        )
        process.wait()
        text = ffmpeg.read_messages(messages)
    # "Stream #0:0: Video: h264 (High), yuv420p(tv, bt709/bt709/iec61966-2-1), 64x48, 12 fps"
    found = re.search(r"^\s*Stream #.*Video: (.*)$", text, re.MULTILINE)
    size = re.search(r", (\d+)x(\d+)", found[1]) if found else None
    sound = re.search(r"^\s*Stream #.*Audio: ", text, re.MULTILINE) is not None
    if found is None and sound:
        raise InputError(f"Cannot read {path}: there is only sound in it, no picture.")
    if found is None or size is None:
        raise InputError(f"Cannot read {path}: it is not a clip of a known kind, or it is damaged.")
    width, height = int(size[1]), int(size[2])
    turned = re.search(r"rotation of (-?\d+)", text)
    if turned and int(turned[1]) % 180:
        width, height = height, width
    length = re.search(r"Duration: (\d+):(\d+):(\d+(?:\.\d+)?)", text)
    container = re.search(r"^Input #0, (.+), from ", text, re.MULTILINE)
    matrix = re.search(r"\b(bt709|bt470bg|smpte170m|bt2020nc|fcc|smpte240m)\b", found[1])
    return ClipInfo(
        width=width,
        height=height,
        fps=_frame_rate(found[1]),
        duration=int(length[1]) * 3600 + int(length[2]) * 60 + float(length[3]) if length else 0.0,
        matrix=matrix[1] if matrix else "",
        sound=sound,
        container=container[1] if container else "",
    )


def decode(
    path: Path,
    info: ClipInfo,
    *,
    start: float = 0.0,
    stop: float | None = None,
    max_edge: int | None = None,
) -> Generator[npt.NDArray[np.uint8], None, None]:
    """Decode every frame of a clip between two times, upright, one at a time.

    Frames come as the file holds them: none is repeated or dropped to even out the rate. Closing
    the generator stops ffmpeg. Clips that name no YUV matrix are taken as bt709 from 720 lines on
    and as bt601 below, as players do.

    Args:
        path: the clip; `info` is its `probe`.
        start: seconds from its beginning; `stop`: likewise, `None` for the end.
        max_edge: longer edge in pixels at most; smaller clips keep their size.

    Yields:
        (H, W, 3) uint8 RGB.

    Raises:
        InputError: the clip is damaged: nothing in it, or not all of it, can be decoded.
    """
    matrix = "auto"
    if not info.matrix:
        matrix = "bt709" if min(info.width, info.height) >= 720 else "bt601"
    size = ""
    if max_edge is not None:
        shrink = f"min(1\\,{max_edge}/max(iw\\,ih))"
        size = f"w=max(1\\,round(iw*{shrink})):h=max(1\\,round(ih*{shrink})):"
    scale = (
        f"scale={size}in_color_matrix={matrix}:out_range=pc:flags=area+{ffmpeg.ACCURATE_SCALING}"
    )
    if max_edge is None:
        scale = scale.replace("area+", "bicubic+")
    command = [ffmpeg.executable(), "-hide_banner", "-nostdin", "-loglevel", "error", "-xerror"]
    lead = min(start, _LONGEST_GAP) if info.container in _WITHOUT_INDEX else 0.0
    if start > lead:
        command += ["-ss", f"{start - lead:.6f}"]
    command += ["-i", ffmpeg.url(path), "-map", "0:v:0", "-an", "-sn", "-dn"]
    if lead > 0:
        command += ["-ss", f"{lead:.6f}"]
    if stop is not None:
        command += ["-t", f"{max(stop - start, 0):.6f}"]
    # PPM pictures carry their own size, so rotated and odd clips need no arithmetic here.
    command += ["-vf", f"{scale},format=rgb24", "-fps_mode", "passthrough"]
    command += ["-c:v", "ppm", "-f", "image2pipe", "pipe:1"]
    with tempfile.TemporaryFile() as messages:
        process = ffmpeg.start(command, stdout=subprocess.PIPE, stderr=messages)
        assert process.stdout is not None
        count = 0
        try:
            while (frame := _read_ppm(process.stdout)) is not None:
                count += 1
                yield frame
            failed = process.wait() != 0
        finally:
            ffmpeg.end(process)
        if failed:
            raise InputError(
                f"Cannot read {path}: the clip is damaged or cut short after {count} frames."
            )


def packet_times(path: Path) -> Generator[float, None, None]:
    """When each frame of a clip begins, in seconds, in the order in which the file holds them.

    Nothing is decoded: only the container is read. Closing the generator stops ffmpeg. A file that
    is cut short gives what is there.
    """
    command = [
        ffmpeg.executable(),
        "-hide_banner",
        "-nostdin",
        "-loglevel",
        "quiet",
        "-i",
        ffmpeg.url(path),
    ]
    command += ["-map", "0:v:0", "-c", "copy", "-f", "framecrc", "pipe:1"]
    process = ffmpeg.start(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    unit = Fraction(1)
    try:
        for line in process.stdout:
            # "#tb 0: 1/12800", then for each frame "0, decoded, shown, duration, bytes, sum".
            if line.startswith(b"#tb"):
                unit = Fraction(line.split()[-1].decode())
            elif not line.startswith(b"#"):
                decoded, shown = (int(number) for number in line.split(b",")[1:3])
                yield float((decoded if shown == _UNKNOWN else shown) * unit)
    finally:
        ffmpeg.end(process)


def _frame_rate(stream: str) -> float:
    match = re.search(r"([\d.]+)(k?) fps", stream) or re.search(r"([\d.]+)(k?) tbr", stream)
    if match is None:
        return 25.0  # what ffmpeg itself assumes
    fps = float(match[1]) * (1000 if match[2] else 1)
    # ffmpeg prints two decimals; the NTSC rates are the ones that suffer.
    for exact in (24000 / 1001, 30000 / 1001, 60000 / 1001, 120000 / 1001):
        if abs(fps - exact) < 0.006:
            return exact
    return fps or 25.0


def _read_ppm(stream: IO[bytes]) -> npt.NDArray[np.uint8] | None:
    """The next binary PPM picture, or None at the end of the stream."""
    if stream.readline() != b"P6\n":
        return None
    width, height = (int(number) for number in stream.readline().split())
    stream.readline()  # the highest value, 255
    data = stream.read(width * height * 3)
    if len(data) < width * height * 3:
        return None
    return np.frombuffer(bytearray(data), np.uint8).reshape(height, width, 3)
