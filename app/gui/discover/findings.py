"""What the program finds out about a photo by itself, as plain values: suggestions, trajectories.

Who finds it registers with `discoveries`; how it is shown is `suggestion_strip` and
`trajectory_overlay`. No Qt here.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.gui.document import Regions

if TYPE_CHECKING:
    from app.gui.worker import Step
    from app.media.photos import Photo


@dataclass(frozen=True, eq=False)
class Suggestion:
    """One way in which the photo may have moved.

    `regions` is what it makes of the guidance when it is taken, in photo pixels. `frames`,
    (T, h, w, 3) uint8, is its film at any small size, first to last. `title` says in a few words
    what moves, such as "up-right" or "person left".
    """

    regions: Regions
    frames: NDArray[np.uint8]
    title: str


@dataclass(frozen=True, eq=False)
class TrajectoryField:
    """Where every pixel's light came from during the exposure.

    `offsets`, (N, 2, h, w) float32, are photo pixels (x, y) relative to the middle instant in time
    order, first to last, on a grid that covers a photo of `width` x `height` pixels and may be
    coarser than it. As in Motion-ETR they point from a pixel into the sharp middle frame, so the
    way of the object itself is their mirror image.
    """

    offsets: NDArray[np.float32]
    width: int
    height: int

    def __post_init__(self) -> None:
        if self.offsets.ndim != 4 or self.offsets.shape[1] != 2 or min(self.offsets.shape) < 1:
            raise ValueError(f"Offsets have the shape (N, 2, h, w), not {self.offsets.shape}.")
        if self.width < 1 or self.height < 1:
            raise ValueError(f"A photo has a positive size, not {self.width} x {self.height}.")

    def object_paths(self, points: NDArray[np.floating]) -> NDArray[np.float32]:
        """The ways of the things seen at `points`, (K, 2) photo pixels, as (K, N, 2) photo pixels.

        Points outside the photo take the path of the nearest pixel.
        """
        rows, columns = self.offsets.shape[2:]
        places = np.asarray(points, np.float64).reshape(-1, 2)
        column = np.clip(places[:, 0] * columns / self.width, 0, columns - 1).astype(np.int64)
        row = np.clip(places[:, 1] * rows / self.height, 0, rows - 1).astype(np.int64)
        offsets = self.offsets[:, :, row, column].transpose(2, 0, 1)
        paths: NDArray[np.float32] = (places[:, None, :] - offsets).astype(np.float32)
        return paths


Suggester = Callable[["Photo", Regions, "Step"], Generator[Suggestion, None, None]]
"""Yields suggestions for a photo with its present regions, the likeliest first.

Runs off the GUI thread; calls the step between its steps, which raises to cancel.
"""

Outliner = Callable[["Photo", "Step"], Regions]
"""Outlines what is blurred in a photo, static until a person says which way. As `Suggester`."""

Tracer = Callable[["Photo", Regions, "Step"], TrajectoryField]
"""Finds the trajectories of a photo, oriented by its regions. Runs off the GUI thread."""
