"""Contact sheets: rows of small pictures with labels, for a person to look at results.

Arranges and writes text; reading and writing files is done by `photos.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from app.errors import InputError
from app.media.film_frames import Frames
from app.media.pixels import resize_to_max_edge, to_8bit

SHEET_FRAMES = 15
"""The most frames that a film's sheet shows: with the photo they fill four rows of four."""

_PAPER = 24
_INK = 235


def contact_sheet(
    rows: Sequence[Sequence[npt.NDArray[Any]]],
    labels: Sequence[str | Sequence[str]] | None = None,
    *,
    gap: int = 4,
    font_size: int = 13,
) -> npt.NDArray[np.uint8]:
    """Lay out rows of pictures on a dark sheet, left-aligned, nothing resized.

    Args:
        rows: pictures (H, W, 3) RGB or (H, W) grey, uint8 or uint16; one height within a row,
            widths and lengths of rows as they come.
        labels: one entry a row, written above it: a string for the row, or one string a picture.
        gap: pixels between pictures and around the sheet.
        font_size: height of the text in pixels.

    Returns:
        (H, W, 3) uint8 RGB.

    Raises:
        InputError: nothing to show, pictures of unequal height in a row, or labels that do not
            match the rows.
    """
    if not rows or not all(rows):
        raise InputError("A contact sheet needs at least one picture in every row.")
    if labels is not None and len(labels) != len(rows):
        raise InputError(f"{len(rows)} rows of pictures cannot carry {len(labels)} labels.")
    font = ImageFont.load_default(font_size)
    line = 0 if labels is None else font_size + 4
    pictures = [[_as_rgb(picture) for picture in row] for row in rows]
    for index, row in enumerate(pictures):
        if len({picture.shape[0] for picture in row}) > 1:
            raise InputError(f"The pictures in row {index + 1} of the sheet differ in height.")
    width = max(sum(p.shape[1] + gap for p in row) for row in pictures) + gap
    height = sum(row[0].shape[0] + gap + line for row in pictures) + gap
    sheet = np.full((height, width, 3), _PAPER, np.uint8)
    texts: list[tuple[int, int, str]] = []
    top = gap
    for index, row in enumerate(pictures):
        label = labels[index] if labels is not None else ""
        if isinstance(label, str):
            texts.append((gap, top, label))
        elif len(label) != len(row):
            raise InputError(f"Row {index + 1} of the sheet has {len(row)} pictures to label.")
        top += line
        left = gap
        for column, picture in enumerate(row):
            if not isinstance(label, str):
                texts.append((left, top - line, label[column]))
            sheet[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
            left += picture.shape[1] + gap
        top += row[0].shape[0] + gap
    if labels is None:
        return sheet
    image = Image.fromarray(sheet)
    draw = ImageDraw.Draw(image)
    for left, text_top, text in texts:
        draw.text((left, text_top), text, fill=(_INK, _INK, _INK), font=font)
    return np.array(image)


def film_sheet(
    photo: npt.NDArray[Any], frames: Frames, *, columns: int = 4, max_edge: int = 360
) -> npt.NDArray[np.uint8]:
    """A sheet of one film: the photo, then its frames in order of time, numbered.

    Args:
        photo: (H, W, 3) uint8 or uint16.
        frames: (T, H, W, 3), of the photo's shape of sides; of a long film `SHEET_FRAMES` evenly
            spread ones are shown, the first and the last among them.
        columns: pictures in a row.
        max_edge: longest side of a picture, in pixels; larger ones are reduced.

    Raises:
        InputError: there are no frames.
    """
    count = len(frames)
    shown = np.linspace(0, count - 1, min(count, SHEET_FRAMES)).round().astype(int).tolist()
    if not shown:
        raise InputError("A contact sheet needs at least one frame.")
    pictures = [resize_to_max_edge(frames[index], max_edge) for index in shown]
    height, width = pictures[0].shape[:2]
    first = cv2.resize(photo, (width, height), interpolation=cv2.INTER_AREA)
    pictures = [to_8bit(picture) for picture in (first, *pictures)]
    labels = ["photo", *(f"{index + 1} of {count}" for index in shown)]
    starts = range(0, len(pictures), columns)
    return contact_sheet(
        [pictures[i : i + columns] for i in starts], [labels[i : i + columns] for i in starts]
    )


def _as_rgb(picture: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    if picture.dtype not in (np.uint8, np.uint16) or 0 in picture.shape:
        raise InputError(f"A contact sheet shows uint8 or uint16 pictures, not {picture.dtype}.")
    if picture.ndim == 2:
        picture = np.repeat(picture[..., None], 3, axis=2)
    if picture.ndim != 3 or picture.shape[2] != 3:
        raise InputError(f"A contact sheet shows (H, W, 3) pictures, not {picture.shape}.")
    return to_8bit(picture)
