"""AfB's layout: `<video>/blur`, `sharp`, `trend+_avg`, `blur_anno`, as GenBlur and B-Aist++ use it.

Where the files of a sample lie, which samples there are, and reading one. Writing is `writing`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from app.errors import InputError
from app.guidance.flow import flow_to_guidance
from app.media.photos import read_photo
from app.media.pixels import to_8bit
from app.training.datasets.annotations import person_box
from app.training.datasets.guidance_files import read_flow, read_guidance_map, read_trend
from app.training.datasets.samples import Dataset, Item, Sample, Skipped


@dataclass(frozen=True)
class AfbSettings:
    """How a dataset is to be read.

    Attributes:
        frames: T, how many sharp frames belong to a photo.
        trim: photos left out at each end of a video.
        crop: height and width that the person's box is scaled to; `None` for whole photos. With it,
            a photo without annotation is left out, as the official loader does.
        margin: part of the way from the box to the picture's border that is kept around the box;
            the official loader draws it between 0 and 0.1.
        trend_folder: where the trends are.
    """

    frames: int = 7
    trim: int = 0
    crop: tuple[int, int] | None = None
    margin: float = 0.05
    trend_folder: str = "trend+_avg"

    @classmethod
    def b_aist(cls) -> AfbSettings:
        """As the official loader reads B-Aist++: 40 photos trimmed, 192×160 around the person."""
        return cls(trim=40, crop=(192, 160))


@dataclass(frozen=True)
class SampleFiles:
    """Where the files of photo `number` of a video lie."""

    video: Path
    number: int
    suffix: str = ".png"
    trend_folder: str = "trend+_avg"

    @property
    def blurry(self) -> Path:
        """The blurry photo."""
        return self.video / "blur" / f"{self.number:08d}{self.suffix}"

    def sharp(self, frame: int) -> Path:
        """The sharp frame `frame` (0, 1, …)."""
        return self.video / "sharp" / f"{self.number:08d}_{frame:03d}{self.suffix}"

    @property
    def trend(self) -> Path:
        """AfB's half-size guidance."""
        return self.video / self.trend_folder / f"{self.number:08d}_trend.npy"

    @property
    def guidance(self) -> Path:
        """Our full-size guidance, optional."""
        return self.video / "guidance" / f"{self.number:08d}.png"

    @property
    def flow(self) -> Path:
        """Summed or per-step flow, optional."""
        return self.video / "flow" / f"{self.number:08d}_flow.npy"

    @property
    def trajectory(self) -> Path:
        """Our own exact truth, optional: `offsets` and `times`, or `first_to_last`."""
        return self.video / "trajectory" / f"{self.number:08d}.npz"

    @property
    def annotation(self) -> Path:
        """The person's box, optional."""
        return self.video / "blur_anno" / f"{self.number:08d}.pkl"


def open_afb(
    root: Path, settings: AfbSettings | None = None, videos: Sequence[str] | None = None
) -> Dataset:
    """List a dataset; nothing is decoded yet.

    Args:
        root: a folder of videos, or one video's folder.
        settings: how to read it.
        videos: names of folders in `root`; by default all of them.

    Raises:
        InputError: `root` is no folder, or holds no video.
    """
    settings = settings or AfbSettings()
    if not root.is_dir():
        raise InputError(f"{root} is not a folder of videos.")
    if videos is not None:
        folders = [root / name for name in videos]
    elif (root / "blur").is_dir():
        folders = [root]
    else:
        folders = sorted(f for f in root.iterdir() if (f / "blur").is_dir())
    if not folders:
        raise InputError(f"{root} holds no video: no folder with a folder 'blur' in it.")
    items: list[Item] = []
    skipped: list[Skipped] = []
    for folder in folders:
        if not (folder / "blur").is_dir():
            skipped.append(Skipped(folder, f"{folder} holds no folder 'blur'."))
            continue
        found, missing = _photos(folder, settings)
        items += [_item(files, settings) for files in found]
        skipped += missing
    return Dataset(root, items, skipped)


def read_afb(files: SampleFiles, settings: AfbSettings) -> Sample:
    """Read one sample.

    Raises:
        InputError: one of its files is missing or broken, or sizes differ.
    """
    blurry = _pixels(files.blurry)
    height, width = blurry.shape[:2]
    frames = []
    for index in range(settings.frames):
        path = files.sharp(index)
        frame = _pixels(path)
        if frame.shape != blurry.shape:
            raise InputError(
                f"{path} is {frame.shape[1]} × {frame.shape[0]} pixels, but its photo "
                f"{width} × {height}."
            )
        frames.append(frame)
    flow = read_flow(files.flow, height, width) if files.flow.exists() else None
    if files.guidance.exists():
        guidance = read_guidance_map(files.guidance, height, width)
    elif files.trend.exists() or flow is None:
        guidance = read_trend(files.trend, height, width)
    else:
        guidance = flow_to_guidance(flow)
    truth = _trajectory(files.trajectory, height, width) if files.trajectory.exists() else {}
    sample = Sample(
        path=files.blurry,
        blurry=blurry,
        frames=np.stack(frames),
        guidance=guidance,
        flow=flow,
        first_to_last=truth.get("first_to_last"),
        offsets=truth.get("offsets"),
    )
    if settings.crop is None:
        return sample
    return around_person(sample, person_box(files.annotation), settings.crop, settings.margin)


def read_before(files: SampleFiles, settings: AfbSettings) -> NDArray[np.uint8]:
    """The photo before a sample's in its video, `(H, W, 3)`, cropped as the sample's photo is.

    Raises:
        InputError: it, or the annotation of the sample, cannot be read.
    """
    photo = _pixels(replace(files, number=files.number - 1).blurry)
    if settings.crop is None:
        return photo
    alone = Sample(files.blurry, photo, photo[None])
    box = person_box(files.annotation)
    return around_person(alone, box, settings.crop, settings.margin).blurry


def around_person(
    sample: Sample,
    box: tuple[float, float, float, float],
    size: tuple[int, int],
    margin: float,
) -> Sample:
    """Crop around a person's box and scale to `size` (height, width), as AfB's loader does.

    Images are averaged, guidance keeps the nearest pixel's class, flow is scaled along;
    trajectories are left out.

    Args:
        sample: the whole photo.
        box: x_min, y_min, x_max, y_max in pixels.
        size: height and width of the result.
        margin: part of the way from the box to the picture's border that is kept.

    Raises:
        InputError: the box lies outside of the photo.
    """
    height, width = sample.blurry.shape[:2]
    left, top = max(0, int((1 - margin) * box[0])), max(0, int((1 - margin) * box[1]))
    right = min(width, int(box[2] + margin * (width - box[2])))
    bottom = min(height, int(box[3] + margin * (height - box[3])))
    if right - left < 1 or bottom - top < 1:
        raise InputError(f"{sample.path}: the box of the person lies outside of the photo.")
    part = sample.crop(top, left, bottom - top, right - left)
    target = (size[1], size[0])
    scale = np.array([size[1] / (right - left), size[0] / (bottom - top)], np.float32)

    def scaled(pixels: NDArray, how: int) -> NDArray:
        return cv2.resize(np.ascontiguousarray(pixels), target, interpolation=how)

    def vectors(field: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
        return None if field is None else scaled(field, cv2.INTER_AREA) * scale

    return replace(
        part,
        blurry=scaled(part.blurry, cv2.INTER_AREA),
        frames=np.stack([scaled(frame, cv2.INTER_AREA) for frame in part.frames]),
        guidance=None if part.guidance is None else scaled(part.guidance, cv2.INTER_NEAREST),
        flow=vectors(part.flow),
        first_to_last=vectors(part.first_to_last),
        offsets=None,
    )


def _item(files: SampleFiles, settings: AfbSettings) -> Item:
    before = replace(files, number=files.number - 1).blurry.is_file() if files.number else False
    return Item(
        files.blurry,
        partial(read_afb, files, settings),
        partial(read_before, files, settings) if before else None,
    )


def _photos(video: Path, settings: AfbSettings) -> tuple[list[SampleFiles], list[Skipped]]:
    """A video's photos between its trims, and what is missing among their numbers and files."""
    suffixes = {
        int(path.stem): path.suffix
        for path in (video / "blur").iterdir()
        if re.fullmatch(r"\d{8}", path.stem) and path.suffix.lower() in (".png", ".jpg")
    }
    if not suffixes:
        reason = f"{video / 'blur'} holds no photo (00000000.png, 00000001.png, …)."
        return [], [Skipped(video / "blur", reason)]
    numbers = range(min(suffixes), max(suffixes) + 1)
    found, missing = [], []
    for number in numbers[settings.trim : max(settings.trim, len(numbers) - settings.trim)]:
        suffix = suffixes.get(number, ".png")
        files = SampleFiles(video, number, suffix, settings.trend_folder)
        needed = [files.blurry, *(files.sharp(i) for i in range(settings.frames))]
        if not (files.guidance.exists() or files.flow.exists()):
            needed.append(files.trend)
        if settings.crop is not None:
            needed.append(files.annotation)
        lacking = [path for path in needed if not path.is_file()]
        if lacking:
            missing.append(Skipped(files.blurry, f"{lacking[0]} is missing."))
        else:
            found.append(files)
    return found, missing


def _pixels(path: Path) -> NDArray[np.uint8]:
    return to_8bit(read_photo(path).pixels)


def _trajectory(path: Path, height: int, width: int) -> dict[str, NDArray[np.float32]]:
    known: dict[str, NDArray[np.float32]] = {}
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if "offsets" in arrays:
                known["offsets"] = arrays["offsets"].astype(np.float32)
            if "first_to_last" in arrays:
                moved = np.moveaxis(arrays["first_to_last"], 0, -1)
                known["first_to_last"] = np.ascontiguousarray(moved, np.float32)
    except (OSError, ValueError, EOFError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise InputError(f"Cannot read {path}: it is no .npz file, or damaged.") from error
    offsets, moved = known.get("offsets"), known.get("first_to_last")
    wrong = offsets is not None and (offsets.ndim != 4 or offsets.shape[1:] != (2, height, width))
    if wrong or (moved is not None and moved.shape != (height, width, 2)):
        raise InputError(f"{path} holds arrays that do not fit a photo of {width} × {height}.")
    return known
