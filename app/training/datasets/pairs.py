"""Pairs of a blurry and a sharp photo: Motion-ETR's side-by-side files, and GoPro's folders.

Such samples have one frame, the middle instant, and no guidance.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.errors import InputError
from app.media.kinds import PHOTO_SUFFIXES
from app.media.photos import read_photo
from app.media.pixels import to_8bit
from app.training.datasets.samples import Dataset, Item, Sample, Skipped


def open_side_by_side(folder: Path) -> Dataset:
    """A folder of pictures whose left half is blurry and whose right half is sharp.

    Raises:
        InputError: it is no folder, or holds no picture.
    """
    paths = photos_in(folder)
    if not paths:
        raise InputError(f"{folder} holds no picture ({', '.join(PHOTO_SUFFIXES)}).")
    return Dataset(folder, [Item(path, partial(read_side_by_side, path)) for path in paths])


def read_side_by_side(path: Path) -> Sample:
    """Read one picture of two halves; an odd column in the middle belongs to the right half.

    Raises:
        InputError: it cannot be read, or is less than two pixels wide.
    """
    pixels = to_8bit(read_photo(path).pixels)
    half = pixels.shape[1] // 2
    if half < 1:
        raise InputError(f"{path} is too narrow for two pictures side by side.")
    sharp = pixels[:, pixels.shape[1] - half :]
    return Sample(path=path, blurry=pixels[:, :half], frames=sharp[None])


def open_gopro(root: Path) -> Dataset:
    """GoPro's folders: `<video>/blur` and `<video>/sharp` with files of the same names.

    `root` may be one video, a folder of videos, or the folder above `train` and `test`;
    `blur_gamma` is left alone.

    Raises:
        InputError: there is no folder 'blur' within three levels of `root`.
    """
    if not root.is_dir():
        raise InputError(f"{root} is not a folder of videos.")
    folders = [f for depth in ("", "*/", "*/*/") for f in sorted(root.glob(f"{depth}blur"))]
    if not folders:
        raise InputError(f"{root} holds no video: no folder 'blur' in it or its folders.")
    items: list[Item] = []
    skipped: list[Skipped] = []
    for folder in folders:
        other = folder.parent / "sharp"
        blurred = {path.name: path for path in photos_in(folder)}
        sharp = {path.name: path for path in photos_in(other)} if other.is_dir() else {}
        for name in sorted(blurred.keys() | sharp.keys()):
            if name not in blurred or name not in sharp:
                lacking = (folder if name in sharp else other) / name
                skipped.append(Skipped(folder / name, f"{lacking} is missing."))
                continue
            items.append(Item(blurred[name], partial(read_pair, blurred[name], sharp[name])))
    return Dataset(root, items, skipped)


def read_pair(blurry: Path, sharp: Path) -> Sample:
    """Read a blurry photo and its sharp middle frame.

    Raises:
        InputError: one cannot be read, or their sizes differ.
    """
    one, two = (to_8bit(read_photo(path).pixels) for path in (blurry, sharp))
    if one.shape != two.shape:
        raise InputError(f"{sharp} is not of the same size as {blurry}.")
    return Sample(path=blurry, blurry=one, frames=two[None])


def photos_in(folder: Path) -> list[Path]:
    """The photos directly in a folder, by name.

    Raises:
        InputError: it is no folder.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder of pictures.")
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in PHOTO_SUFFIXES and not path.name.startswith(".")
    )
