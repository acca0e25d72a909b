"""Finds the trajectories that the overlay shows, and writes them to files.

Offered only where the offset network's weights are. Finding is `app.engine.trajectory`'s; torch is
imported when somebody asks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InputError
from app.gui.discover.discoveries import Discoveries
from app.gui.discover.findings import TrajectoryField
from app.gui.document import Regions
from app.gui.program.language import translate
from app.gui.program.torch_loading import load_torch
from app.gui.worker import Step
from app.weights_files import DEFAULT_TRAJECTORY, named_weights

if TYPE_CHECKING:
    from app.media.photos import Photo

FILE_KINDS = (".png", ".svg", ".npz")
"""What trajectories can be written as: over the photo, as lines alone, as arrays."""

_LONGEST_EDGE = 1024
_POINTS = 15


def offer_trajectories(discoveries: Discoveries, wish: str = "") -> None:
    """Let people see trajectories, if the weights for it are installed or their own.

    `wish` is a name or path of other weights; that they are missing is said when they are used.
    """
    weights = wish or named_weights().get(DEFAULT_TRAJECTORY)
    if weights:
        discoveries.offer_trajectories(PathTracer(weights).trace)


class PathTracer:
    """Trajectories of a photo; `trace` runs off the GUI thread.

    Args:
        weights: the offset network's name or file.
    """

    def __init__(self, weights: str | Path) -> None:
        self._weights = weights

    def trace(self, photo: Photo, regions: Regions, step: Step) -> TrajectoryField:
        """How every pixel moved, the way that the regions say.

        Photos with a longer edge than 1024 pixels are looked at in that size. Where no region
        points anywhere, nothing is oriented and everything may move.
        """
        step(translate("Tracing", "Starting the network"), 0, 0)
        load_torch()
        from app.engine.trajectory import TrajectorySettings, find_trajectories
        from app.guidance.rasterise import rasterise, rasterise_displacement

        guidance = rasterise(regions, photo.width, photo.height)
        displacement = rasterise_displacement(regions, photo.width, photo.height)
        settings = TrajectorySettings(str(self._weights), max_edge=_LONGEST_EDGE)
        known = guidance if guidance.any() else None
        steps = find_trajectories(photo.pixels, known, settings, displacement=displacement)
        words = translate("Tracing", "Tracing trajectories")
        try:
            while True:
                progress = next(steps)
                step(words, progress.done, progress.total)
        except StopIteration as end:
            paths = end.value.paths
        finally:
            steps.close()
        # The photo's pixels, not those of the size that was looked at.
        offsets = paths.offsets(_POINTS) * (photo.width / paths.shape[1])
        return TrajectoryField(offsets, photo.width, photo.height)


def write_trajectories(path: Path, field: TrajectoryField, photo: Photo) -> None:
    """Write trajectories as one of `FILE_KINDS`, whole or not at all.

    Arrays are on the grid that was looked at, in the photo's pixels; pictures are of that size.

    Raises:
        InputError, RunError: the suffix is another one, or the file cannot be written.
    """
    import numpy as np

    from app.atomic import atomic_file
    from app.engine.exposure_paths import ExposurePaths, times
    from app.engine.trajectory_pictures import default_spacing, lines, overlay, svg
    from app.media.photo_writing import write_photo
    from app.media.pixels import resize_to_max_edge

    kind = path.suffix.lower()
    if kind not in FILE_KINDS:
        raise InputError(f"Cannot write {path}: use one of {', '.join(FILE_KINDS)}.")
    rows, columns = field.offsets.shape[2:]
    if kind == ".npz":
        with atomic_file(path) as temporary:
            np.savez_compressed(temporary, offsets=field.offsets, times=times(len(field.offsets)))
        return
    paths = ExposurePaths(field.offsets * np.float32(columns / field.width), "zero")
    ways = lines(paths, default_spacing(rows, columns))
    if kind == ".svg":
        with atomic_file(path) as temporary:
            temporary.write_text(svg(ways, rows, columns), encoding="utf-8")
        return
    write_photo(path, overlay(resize_to_max_edge(photo.pixels, max(rows, columns)), ways))
