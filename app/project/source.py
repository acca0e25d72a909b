"""The one way in for guidance from a file of any kind, used by the command line and the window.

Each kind's own reader lives beside this module; suggested or estimated guidance does not come here.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from app.atomic import explain_os_error
from app.errors import InputError
from app.guidance.displacement import MotionMaps
from app.guidance.maps import GuidanceMap
from app.guidance.rasterise import rasterise, rasterise_displacement
from app.guidance.region import Region
from app.guidance.repair import repaired
from app.project.document import VERSION_KEY, load_project
from app.project.json_files import read_json_object
from app.project.labelme import read_labelme
from app.project.masks import read_guidance_npy, read_guidance_png

_log = logging.getLogger(__name__)

GUIDANCE_SUFFIXES = (".png", ".npy", ".json")
"""What guidance files are usually called; the content, not the name, tells them apart."""


def load_guidance(path: Path, width: int, height: int) -> GuidanceMap:
    """The guidance map (height, width) of classes 0..4 that a file holds for a photo of that size.

    See `load_motion`.
    """
    return load_motion(path, width, height).guidance


def load_motion(path: Path, width: int, height: int) -> MotionMaps:
    """What a file says about a photo of that size: classes, and where it knows it, how far.

    The file is a guidance PNG, AfB's `.npy` (also at half size), a labelme JSON or a project;
    its content tells which. Projects and labelme files may know how far. Regions are repaired and
    clipped before they are painted; labelme shapes that are no regions are left out with a logged
    warning.

    Raises:
        InputError: the file cannot be read or is of no known kind, is made for another size, or a
            region in it cannot be used; one sentence names the file and the cause.
    """
    path = Path(path)
    head = _first_bytes(path)
    if head.startswith(b"\x89PNG"):
        guidance = read_guidance_png(path)
    elif head.startswith(b"\x93NUMPY"):
        guidance = read_guidance_npy(path, (width, height))
    elif _is_json(head):
        regions, drawn_width, drawn_height = _load_regions(path)
        _check_size(path, drawn_width, drawn_height, width, height)
        usable = _repaired(path, regions, width, height)
        return MotionMaps(
            rasterise(usable, width, height), rasterise_displacement(usable, width, height)
        )
    else:
        raise InputError(
            f"{path} is no guidance: a PNG, a .npy, a labelme JSON or an Unspool project is needed."
        )
    _check_size(path, guidance.shape[1], guidance.shape[0], width, height)
    return MotionMaps(guidance)


def paint(path: Path, regions: Sequence[Region], width: int, height: int) -> GuidanceMap:
    """Repair the regions of the file `path` and paint them, later over earlier ones.

    Raises:
        InputError: a region cannot be used; the sentence names the file and the region.
    """
    return rasterise(_repaired(path, regions, width, height), width, height)


def _repaired(path: Path, regions: Sequence[Region], width: int, height: int) -> list[Region]:
    usable: list[Region] = []
    for index, region in enumerate(regions):
        try:
            usable += repaired(region, width, height)
        except InputError as error:
            raise InputError(f"{path}: regions[{index}]: {error}") from error
    return usable


def holds_json(path: Path) -> bool:
    """Whether a file begins as a JSON object does.

    Raises:
        InputError: it cannot be read.
    """
    return _is_json(_first_bytes(path))


def _is_json(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _load_regions(path: Path) -> tuple[Sequence[Region], int, int]:
    content = read_json_object(path)
    if VERSION_KEY in content:
        project = load_project(path)
        return project.to_regions(), project.photo.width, project.photo.height
    if "shapes" in content:
        document = read_labelme(path)
        for warning in document.warnings:
            _log.warning(warning)
        return document.regions, document.width, document.height
    raise InputError(f"{path} is JSON, but neither an Unspool project nor a labelme file.")


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(64)
    except OSError as error:
        raise explain_os_error(error, path, "read") from error


def _check_size(path: Path, width: int, height: int, wanted_width: int, wanted_height: int) -> None:
    if (width, height) != (wanted_width, wanted_height):
        raise InputError(
            f"{path} is made for a photo of {width} x {height} pixels, but this photo has "
            f"{wanted_width} x {wanted_height}."
        )
