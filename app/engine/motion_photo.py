"""Guidance for a Motion Photo from the clip that its file holds.

The clip is smaller than the photo and often cropped: its frame of the photo's moment is found, and
laid over the photo.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine.neighbours import (
    NeighbourGuidance,
    NeighbourSettings,
    motion_between,
    outlined_guidance,
    working_size,
)
from app.errors import InputError
from app.guidance.displacement import MotionMaps
from app.media.clips import clip_info, frame_at, iter_clip
from app.media.exif import exposure_seconds
from app.media.motion_photos import extracted_clip, find_clip
from app.media.pixels import Pixels

Affine = NDArray[np.float32]
"""(2, 3): from pixels of one picture to pixels of another."""

_COMPARED_EDGE = 160
"""Frames are compared with the photo at this longer edge."""

_NEAR = 0.25
"""Seconds around the moment that the file names in which the best frame is sought."""

_MOST_FRAMES = 600
"""Clips in photos last a few seconds; of longer ones only the beginning is searched."""

_FOLLOWED = 4.0
"""Frame intervals; of longer exposures the frames beside one do not tell how far things moved."""

_ALIKE = 0.4
"""Correlation from which a frame shows the photo's scene at all."""


@dataclass(frozen=True)
class _Fit:
    """How well a frame lies over the photo, and where."""

    correlation: float
    transform: Affine


def guidance_from_motion_photo(
    path: Path, pixels: Pixels, settings: NeighbourSettings | None = None
) -> NeighbourGuidance | None:
    """Guidance from the clip in a photo's file; None if there is no clip in it.

    Outside the clip's view nothing moves. Where the file says for how long the photo was exposed,
    the regions say how far things moved in that time.

    Args:
        path: the photo's file; `pixels` what it shows, (H, W, 3), upright.
        settings: see `NeighbourSettings`; of the clip, not of the photo, which has its own shutter.

    Raises:
        InputError: the clip is damaged, shows something else, or has a single frame.
    """
    clip = find_clip(path)
    if clip is None:
        return None
    settings = settings or NeighbourSettings()
    with extracted_clip(path, clip) as file:
        return _guidance(file, pixels, clip.moment, exposure_seconds(path), settings)


def _guidance(
    file: Path,
    pixels: Pixels,
    moment: float | None,
    exposure: float | None,
    settings: NeighbourSettings,
) -> NeighbourGuidance:
    photo = working_size(pixels)
    number = _best_frame(file, photo, moment)
    fps = clip_info(file).fps
    shown = frame_at(file, (number + 0.5) / fps)
    if shown.previous is None and shown.following is None:
        raise InputError(f"{file} has a single frame, so nothing says what moved.")
    frame = working_size(shown.frame)
    if exposure is not None:
        settings = replace(settings, tells=exposure * fps <= _FOLLOWED)
    motion = motion_between(frame, shown.previous, shown.following, settings)
    height, width = pixels.shape[:2]
    if motion is None:
        return NeighbourGuidance(np.zeros((height, width), np.uint8), [], cut=True)
    if exposure is not None and motion.displacement is not None:
        of_photo = np.float32(exposure * fps / settings.shutter)
        motion = replace(motion, displacement=motion.displacement * of_photo)
    fit = _refined(photo, frame, _best_fit(photo, frame))
    return outlined_guidance(_laid(motion, fit.transform, photo), width, height)


def _laid(motion: MotionMaps, transform: Affine, photo: NDArray[np.uint8]) -> MotionMaps:
    """What moves in a frame, over the photo of which `transform` finds each pixel in the frame."""

    def over_photo(values: NDArray) -> NDArray:
        return cv2.warpAffine(
            values,
            transform,
            (photo.shape[1], photo.shape[0]),
            flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP,
        )

    moved = motion.displacement
    if moved is not None:
        moved = over_photo(moved) @ np.linalg.inv(transform[:, :2]).T.astype(np.float32)
    return MotionMaps(np.asarray(over_photo(motion.guidance), np.uint8), moved)


def _best_frame(file: Path, photo: NDArray[np.uint8], moment: float | None) -> int:
    """The number of the frame that is most like the photo, near the moment if that is known."""
    fps = clip_info(file).fps
    best, found = -2.0, -1
    frames = islice(iter_clip(file, max_edge=_COMPARED_EDGE).frames, _MOST_FRAMES)
    for number, frame in enumerate(frames):
        found = max(found, 0)
        if moment is not None and abs(number / fps - moment) > max(_NEAR, 1 / fps):
            continue
        correlation = _best_fit(photo, frame).correlation
        if correlation > best:
            best, found = correlation, number
    if found < 0:
        raise InputError(f"Cannot read {file}: there is no frame in it.")
    if best < -1 and moment is not None:
        return _best_frame(file, photo, None)
    if best < _ALIKE:
        raise InputError(f"{file} does not show what the photo shows.")
    return found


def _best_fit(photo: NDArray[np.uint8], frame: NDArray[np.uint8]) -> _Fit:
    """Centre on centre: the clip cut out of the photo, or showing more than it."""
    (height, width), (tall, wide) = photo.shape[:2], frame.shape[:2]
    fits = []
    for scale in sorted({wide / width, tall / height}):
        shift = ((wide - scale * width) / 2, (tall - scale * height) / 2)
        transform = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]], np.float32)
        fits.append(_Fit(_correlation(photo, frame, transform), transform))
    return max(fits, key=lambda fit: fit.correlation)


def _correlation(photo: NDArray[np.uint8], frame: NDArray[np.uint8], transform: Affine) -> float:
    """Of the grey levels where both show something, -1 to 1."""
    size = (frame.shape[1], frame.shape[0])
    small = cv2.warpAffine(_grey(photo), transform, size, flags=cv2.INTER_AREA)
    seen = cv2.warpAffine(np.ones(photo.shape[:2], np.uint8), transform, size) > 0
    if seen.sum() < 16:
        return -1.0
    one, two = small[seen].astype(np.float64), _grey(frame)[seen].astype(np.float64)
    one -= one.mean()
    two -= two.mean()
    size_of_both = float(np.sqrt((one**2).sum() * (two**2).sum()))
    return float((one * two).sum()) / size_of_both if size_of_both > 0 else 0.0


def _refined(photo: NDArray[np.uint8], frame: NDArray[np.uint8], fit: _Fit) -> _Fit:
    """The fit improved where that is possible: stabilising shifts, scales and turns clips a bit.

    ECC (Evangelidis and Psarakis, 2008; OpenCV's) from the photo's view of the frame.
    """
    everywhere = np.ones(frame.shape[:2], np.uint8)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_COUNT, 60, 1e-4)
    try:
        # It finds where each pixel of the template, the photo, lies in the other, the frame.
        _, found = cv2.findTransformECC(
            _grey(photo), _grey(frame), fit.transform.copy(), cv2.MOTION_AFFINE, stop, everywhere, 7
        )
    except cv2.error:
        return fit
    transform: Affine = np.asarray(found, np.float32)
    growth = np.sqrt(abs(np.linalg.det(transform[:, :2]))) / fit.transform[0, 0]
    if not 0.75 < growth < 1.35:
        return fit
    better = _Fit(_correlation(photo, frame, transform), transform)
    return better if better.correlation > fit.correlation else fit


def _grey(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
