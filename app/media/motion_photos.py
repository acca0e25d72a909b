"""Motion Photos: JPEGs to whose end a phone has appended the short clip around the picture.

Google's say in their XMP how long the clip is, in the Container's item (Motion Photo format 1.0) or
as MicroVideoOffset before that; Samsung's have a marker before it. Only positions are found here,
and believed only where an MP4 really begins; decoding is `clips`.
"""

from __future__ import annotations

import mmap
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from app.atomic import explain_os_error
from app.errors import InputError

_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_SAMSUNG = b"MotionPhoto_Data"
_TIMESTAMP = rb"(?:MotionPhoto|MicroVideo)PresentationTimestampUs"


class EmbeddedClip(NamedTuple):
    """Where a photo's clip lies in its file, in bytes.

    `moment` is when the photo was taken, in seconds from the clip's beginning, if the file says so.
    """

    start: int
    length: int
    moment: float | None


def find_clip(path: Path) -> EmbeddedClip | None:
    """The clip in a photo's file; None if it is no Motion Photo, or its clip has been cut off.

    Raises:
        InputError, RunError: the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            if stream.read(2) != b"\xff\xd8":
                return None
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _find(data)
    except OSError as error:
        raise explain_os_error(error, path, "read") from error


@contextmanager
def extracted_clip(path: Path, clip: EmbeddedClip) -> Iterator[Path]:
    """The clip as a file of its own, for as long as the block runs.

    Sentences that the block raises about that file name the photo instead, as people know it.

    Raises:
        InputError, RunError: the photo cannot be read, or there is no room for the clip.
    """
    with tempfile.TemporaryDirectory(prefix="unspool-") as folder:
        target = Path(folder) / f"{path.stem}.mp4"
        try:
            with path.open("rb") as source, target.open("wb") as sink:
                source.seek(clip.start)
                _copy(source, sink, clip.length)
        except OSError as error:
            raise explain_os_error(error, path, "take the clip out of") from error
        try:
            yield target
        except InputError as error:
            text = str(error).replace(str(target), f"the clip in {path}")
            raise InputError(text) from error


def _find(data: mmap.mmap) -> EmbeddedClip | None:
    xmp = _xmp(data)
    moment = _number(xmp, _TIMESTAMP)
    starts = [len(data) - length for length in _lengths(xmp)]
    marker = data.rfind(_SAMSUNG)
    if marker >= 0:
        starts.append(marker + len(_SAMSUNG))
    for start in starts:
        length = _mp4_length(data, start)
        if length:
            seconds = None if moment is None or moment < 0 else moment / 1e6
            return EmbeddedClip(start, length, seconds)
    return None


def _xmp(data: mmap.mmap) -> bytes:
    """The XMP packet of a JPEG, empty without one: segments are walked up to the picture itself."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0xDA:
        size = int.from_bytes(data[place + 2 : place + 4], "big")
        content = data[place + 4 : place + 2 + size]
        if data[place + 1] == 0xE1 and content.startswith(_XMP):
            return content[len(_XMP) :]
        place += 2 + max(size, 2)
    return b""


def _lengths(xmp: bytes) -> list[int]:
    """How many bytes before the end of the file the clip may begin, the surest first."""
    found = []
    after = 0
    # Items stand in the order of the file, and the last ends with it.
    for item in reversed(re.findall(rb"<[\w:]*Item\b[^>]*Semantic[^>]*>", xmp)):
        length = _number(item, rb"Length") or 0
        if re.search(rb"Semantic\s*=\s*[\"']MotionPhoto[\"']", item):
            found.append(after + length)
        after += length + (_number(item, rb"Padding") or 0)
    offset = _number(xmp, rb"MicroVideoOffset")
    return [length for length in (*found, offset or 0) if length > 0]


def _number(xmp: bytes, name: bytes) -> int | None:
    """A number that stands as an attribute or an element of that name."""
    found = re.search(name + rb"(?:\s*=\s*[\"']|>)\s*(-?\d{1,18})", xmp)
    return int(found[1]) if found else None


def _mp4_length(data: mmap.mmap, start: int) -> int:
    """Bytes of the MP4 that begins at `start`, 0 if none does: its boxes are walked to their end.

    Whatever follows the last box, such as Samsung's directory of the file, is no part of it.
    """
    if not 0 < start <= len(data) - 8 or data[start + 4 : start + 8] != b"ftyp":
        return 0
    place = start
    while place + 8 <= len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        if size == 1:
            size = int.from_bytes(data[place + 8 : place + 16], "big")
        kind = data[place + 4 : place + 8]
        if size == 0 and kind == b"mdat":
            return len(data) - start
        if size < 8 or place + size > len(data) or not re.fullmatch(rb"[\w ]{4}", kind):
            break
        place += size
    return place - start


def _copy(source: IO[bytes], sink: IO[bytes], length: int) -> None:
    while length > 0:
        part = source.read(min(length, 1 << 20))
        if not part:
            return
        sink.write(part)
        length -= len(part)
