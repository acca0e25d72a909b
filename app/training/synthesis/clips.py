"""Sources of moving pictures: clips and folders of numbered pictures, as windows of frames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.errors import InputError
from app.media.clips import clip_info, iter_clip
from app.media.kinds import CLIP_SUFFIXES
from app.media.photos import read_photo
from app.media.pixels import resize_to_max_edge, to_8bit
from app.training.datasets.pairs import photos_in

Window = list[NDArray[np.uint8]]


def is_sequence(folder: Path) -> bool:
    """Whether the pictures in a folder are numbered one after another, as frames are."""
    numbers, prefixes = [], set()
    for path in photos_in(folder):
        found = re.fullmatch(r"(.*?)(\d+)", path.stem)
        if found is None:
            return False
        prefixes.add(found[1])
        numbers.append(int(found[2]))
    numbers.sort()
    return (
        len(numbers) > 2
        and len(prefixes) == 1
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )


def clips_in(path: Path) -> list[Path]:
    """The clips that a path stands for: itself, or the clips in a folder, or a sequence's folder.

    Raises:
        InputError: there is no such path, or no clip and no sequence in the folder.
    """
    if not path.exists():
        raise InputError(f"Cannot read {path}: no such file or folder.")
    if not path.is_dir():
        return [path]
    clips = sorted(p for p in path.iterdir() if p.suffix.lower() in CLIP_SUFFIXES)
    if clips:
        return clips
    if is_sequence(path):
        return [path]
    raise InputError(f"{path} holds neither clips nor pictures numbered one after another.")


def count_windows(source: Path, length: int) -> int:
    """About how many windows of `length` frames a source has; exact for folders.

    Raises:
        InputError: the source cannot be read.
    """
    if source.is_dir():
        return len(photos_in(source)) // length
    info = clip_info(source)
    return int(info.duration * info.fps + 0.5) // length


def windows(source: Path, length: int, max_edge: int | None) -> Iterator[Window]:
    """Non-overlapping windows of `length` frames `(H, W, 3)` uint8; none is shorter.

    Raises:
        InputError: the source cannot be read, or its pictures differ in size.
    """
    frames = _pictures(source, max_edge) if source.is_dir() else _decoded(source, max_edge)
    window: Window = []
    for frame in frames:
        if window and frame.shape != window[0].shape:
            raise InputError(f"The pictures of {source} differ in size.")
        window.append(frame)
        if len(window) == length:
            yield window
            window = []


def _decoded(source: Path, max_edge: int | None) -> Iterator[NDArray[np.uint8]]:
    yield from iter_clip(source, max_edge=max_edge).frames


def _pictures(folder: Path, max_edge: int | None) -> Iterator[NDArray[np.uint8]]:
    # Numbers without leading zeros must not come in the order of their digits.
    numbered = sorted(photos_in(folder), key=lambda p: (len(p.stem), p.stem))
    for path in numbered:
        yield to_8bit(resize_to_max_edge(read_photo(path).pixels, max_edge))
