"""Writing films of any length: in segments, each whole or not at all, that are joined at the end.

What is interrupted can be continued after the last whole segment, in the same folder. Short films
that fit into memory are `films`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from natsort import natsorted

from app.atomic import atomic_file, atomic_folder, explain_os_error
from app.errors import InputError
from app.media import film_encoding
from app.media.films import MAX_FPS, MIN_FPS, even, exact_rate, is_frames_folder, video_codec
from app.media.photo_writing import write_photo

LONG_SUFFIXES = (".mp4", ".webm")
"""Suffixes of the films that can be written in segments; other names are folders of PNGs."""

Picture = npt.NDArray[np.uint8]
Write = Callable[[Picture], object]

_DESCRIPTION = "film.json"


class LongFilm:
    """A film under way: `segment` after `segment` in the folder `work`, then `finish`."""

    def __init__(self, out: Path, fps: float, work: Path, made_from: dict[str, Any]) -> None:
        """Begin a film, or continue the one that `work` holds.

        Args:
            out: a .mp4 or .webm file, or a folder that gets 0000.png, 0001.png …
            fps: frames per second, 0.1 to 240.
            work: a folder of its own, made if it is missing, on the same disk as `out`.
            made_from: what decides the pictures, as JSON values. A film that was begun with other
                values is not continued.

        Raises:
            InputError: settings that cannot be met, or `work` belongs to another film.
            RunError: the disk is full.
        """
        self.as_frames = is_frames_folder(out)
        if not self.as_frames and out.suffix.lower() not in LONG_SUFFIXES:
            raise InputError(
                f"Cannot write {out}: a clip becomes {', '.join(LONG_SUFFIXES)} or a folder of "
                "frames."
            )
        if not MIN_FPS <= fps <= MAX_FPS:
            raise InputError(
                f"Cannot write {out}: frames per second must lie between {MIN_FPS:g} and "
                f"{MAX_FPS:g}, not {fps:g}."
            )
        self.out = out
        self.fps = fps
        self.work = work
        self._suffix = "" if self.as_frames else out.suffix.lower()
        self._claim({"out": str(out.absolute()), "fps": fps, **made_from})

    @property
    def segments(self) -> list[Path]:
        """The whole segments so far, in their order: files, or folders of pictures."""
        pattern = re.compile(r"\d{5,}-\d+" + re.escape(self._suffix))
        return natsorted((p for p in self.work.iterdir() if pattern.fullmatch(p.name)), key=str)

    @property
    def frames(self) -> int:
        """How many frames the whole segments hold."""
        return sum(_count(segment) for segment in self.segments)

    @contextmanager
    def segment(self) -> Iterator[Write]:
        """What takes the next segment's frames, (H, W, 3) uint8; it counts when the block ends.

        Raises:
            RunError: the disk is full, or the encoder failed.
        """
        number, count = len(self.segments), 0
        base = self.work / f"next{self._suffix}"
        if self.as_frames:
            with atomic_folder(base) as folder:

                def keep(frame: Picture) -> None:
                    nonlocal count
                    write_photo(folder / f"{count:06d}.png", frame)
                    count += 1

                yield keep
        else:
            with atomic_file(base) as temporary, _Encoding(temporary, self.out, self.fps) as film:
                yield film.write
                count = film.count
        try:
            os.replace(base, self.work / f"{number:05d}-{count}{self._suffix}")
        except OSError as error:
            raise explain_os_error(error, self.out, "write") from error

    def finish(self, overwrite: bool) -> None:
        """Join the segments as `out`, whole or not at all.

        Raises:
            InputError: there are no frames; `out` exists and `overwrite` is false.
            RunError: the disk is full.
        """
        segments = self.segments
        if not segments:
            raise InputError(f"Cannot write {self.out}: there are no frames.")
        if self.as_frames:
            self._finish_folder(segments, overwrite)
            return
        container, _ = video_codec(self._suffix)
        parts = [(part, _count(part) / float(exact_rate(self.fps))) for part in segments]
        with atomic_file(self.out, overwrite=overwrite) as temporary:
            film_encoding.join(temporary, self.out, parts, container)

    def _finish_folder(self, segments: list[Path], overwrite: bool) -> None:
        number = 0
        with atomic_folder(self.out, overwrite=overwrite) as folder:
            for segment in segments:
                for picture in sorted(segment.iterdir()):
                    # Linked, not moved: the segments stay whole until the film is.
                    os.link(picture, folder / f"{number:04d}.png")
                    number += 1
        for picture in self.out.iterdir():
            if re.fullmatch(r"\d{4,}\.png", picture.name) and int(picture.stem) >= number:
                picture.unlink(missing_ok=True)

    def _claim(self, described: dict[str, Any]) -> None:
        """Write what the film is made from, or compare it with what is written there."""
        path = self.work / _DESCRIPTION
        try:
            self.work.mkdir(parents=True, exist_ok=True)
            if path.exists():
                if json.loads(path.read_text(encoding="utf-8")) != described:
                    raise InputError(
                        f"{self.work} holds the beginning of a film with other settings or from "
                        "another clip; remove it, or go on with the same ones."
                    )
                return
            if any(self.work.iterdir()):
                raise InputError(f"{self.work} is not empty, and holds no film that was begun.")
        except OSError as error:
            raise explain_os_error(error, self.work, "write") from error
        except ValueError as error:
            raise InputError(f"Cannot read {path}: it is damaged; remove {self.work}.") from error
        with atomic_file(path) as temporary:
            temporary.write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")


class _Encoding:
    """One segment being encoded; the encoder starts with the first frame, which tells the size."""

    def __init__(self, path: Path, name: Path, fps: float) -> None:
        self.count = 0
        self._path, self._name, self._fps = path, name, fps
        self._encoder: Any = None
        self._write: Write = lambda _: None

    def __enter__(self) -> _Encoding:
        return self

    def write(self, frame: Picture) -> None:
        padded = even(frame)
        if self._encoder is None:
            _, codec = video_codec(self._name.suffix)
            container = self._name.suffix.lower().removeprefix(".")
            # Without frames that wait for later ones, segments join without a gap.
            plain = ["-bf", "0"] if container == "mp4" else ["-auto-alt-ref", "0"]
            arguments = [*codec, *plain, "-f", container]
            self._encoder = film_encoding.encoder(
                self._path, self._name, padded, exact_rate(self._fps), arguments
            )
            self._write = self._encoder.__enter__()
        self._write(padded)
        self.count += 1

    def __exit__(self, *failure: Any) -> None:
        if self._encoder is not None:
            self._encoder.__exit__(*failure)


def _count(segment: Path) -> int:
    """The frames in a segment, which its name says."""
    return int(segment.stem.split("-")[1])
