"""Running the bundled ffmpeg: its process, its messages, how files are named to it.

What it writes is `film_encoding`, what it reads `film_decoding`.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import IO, Any

import imageio_ffmpeg

from app.errors import RunError

ACCURATE_SCALING = "accurate_rnd+full_chroma_int+full_chroma_inp"
"""Flags of the scale filter under which colours survive the way to YUV and back."""


def executable() -> str:
    """Path of the ffmpeg binary that imageio-ffmpeg brings along.

    Raises:
        RunError: there is none.
    """
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise RunError("No ffmpeg was found: install imageio-ffmpeg again.") from error


def start(command: list[str], **pipes: Any) -> subprocess.Popen[bytes]:
    """Start a process; `pipes` as of `subprocess.Popen`, nothing to read by default.

    Raises:
        RunError: it cannot be started.
    """
    pipes.setdefault("stdin", subprocess.DEVNULL)
    # On Windows a console would flash up for every film.
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        return subprocess.Popen(command, creationflags=flags, **pipes)
    except OSError as error:
        raise RunError(f"Cannot start ffmpeg: {error.strerror or error}.") from error


def end(process: subprocess.Popen[bytes]) -> None:
    """Stop a process if it still runs, and close its pipes."""
    if process.poll() is None:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # flushing into a process that is gone


def read_messages(messages: IO[bytes]) -> str:
    """What a process has written into the file that takes its messages."""
    messages.seek(0)
    return messages.read().decode("utf-8", "replace")


def url(path: Path) -> str:
    """The file as ffmpeg is told it."""
    # The prefix keeps colons and leading dashes in names from being read as anything else.
    return f"file:{path}"
