"""Counting how far a folder is annotated and how its guidance classes are distributed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from app.errors import InputError
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.project.folder_values import ClassCount, FolderStatistics, State, Step
from app.project.folders import photos_in, project_of, state_of
from app.project.labels import usable


def count_folder(folder: Path, step: Step) -> FolderStatistics:
    """Count the photos, regions and pixels of a folder from the projects beside its photos.

    Pixels are counted as they are painted, at the size of the photos; photos without regions count
    among the states only, unless they are done: then all their pixels are static.

    Args:
        folder: the photos; folders within it are not looked at.
        step: called with (done, total) before each photo; may raise to cancel.

    Raises:
        InputError: the folder cannot be read or holds no photos.
    """
    states: Counter[State] = Counter()
    photos_with, regions_of = Counter[Direction](), Counter[Direction]()
    pixels_of = np.zeros(len(Direction), np.int64)
    notes, problems = 0, []
    photos = photos_in(folder)
    for number, photo in enumerate(photos):
        step(number, len(photos))
        try:
            found = project_of(photo)
            if found is None:
                states["untouched"] += 1
                continue
            document = found[1]
            regions, size = document.to_regions(), (document.photo.width, document.photo.height)
            counts = np.zeros(len(Direction), np.int64)
            if regions or document.done:
                guidance = rasterise(usable(regions, *size), *size)
                counts += np.bincount(guidance.ravel(), minlength=len(Direction))
        except InputError as error:
            states["unreadable"] += 1
            problems.append(str(error) if f"{photo.stem}." in str(error) else f"{photo}: {error}")
            continue
        states[state_of(document)] += 1
        notes += bool(document.note)
        regions_of.update(region.direction for region in regions)
        photos_with.update(direction for direction in Direction if counts[direction])
        pixels_of += counts
    return FolderStatistics(
        folder=folder,
        states={state: states[state] for state in ("done", "draft", "untouched", "unreadable")},
        notes=notes,
        classes=tuple(
            ClassCount(d.label, photos_with[d], regions_of[d], int(pixels_of[d])) for d in Direction
        ),
        pixels=int(pixels_of.sum()),
        problems=tuple(problems),
    )
