"""A photo's exposure trajectories: found by the network, oriented by guidance, refined on request.

The one path that the command line and the window share. The value that results is
`exposure_paths`, refinement `refinement`.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass

import cv2

from app.engine.animate import shrink
from app.engine.device import resolve_device
from app.engine.exposure_paths import MOVING, Agreement, ExposurePaths, evened, oriented, told
from app.engine.progress import Progress
from app.engine.reading import predicted_paths
from app.engine.refinement import Refinement, refined
from app.engine.weights import DEFAULT_TRAJECTORY, load_trajectory
from app.errors import InputError
from app.guidance.displacement import Displacement, resized, validated
from app.guidance.maps import GuidanceMap, validate
from app.media.pixels import Pixels, resize_to_max_edge

BLURRED_SHARE = 0.01
"""Below this share of moving pixels a photo counts as free of motion blur."""


@dataclass(frozen=True)
class TrajectorySettings:
    """What a person may choose about trajectories.

    Attributes:
        weights: a name or a path of an offset network.
        device: "auto", "cuda", "mps" or "cpu".
        max_edge: the photo is shrunk until its longer edge has at most this many pixels, and the
            trajectories are the shrunk photo's. None keeps the size.
        tile: longest edge of what the network sees at once; None chooses one.
        refine: steps of refinement on this photo, which needs its sharp middle frame.
    """

    weights: str = DEFAULT_TRAJECTORY
    device: str = "auto"
    max_edge: int | None = None
    tile: int | None = None
    refine: int = 0


@dataclass(frozen=True)
class FoundTrajectories:
    """Trajectories and how they came about.

    Attributes:
        paths: every pixel's path, at the size that was worked at.
        photo: `(H, W, 3)`, the photo at that size.
        agreement: with the guidance; None without guidance, when first and last are a guess.
        refinement: what refining changed; None where nothing was refined.
        moving: share of pixels whose path is longer than half a pixel.
        seconds: wall-clock time.
        device: what computed.
    """

    paths: ExposurePaths
    photo: Pixels
    agreement: Agreement | None
    refinement: Refinement | None
    moving: float
    seconds: float
    device: str

    @property
    def blurred(self) -> bool:
        """Whether the photo shows motion blur worth speaking of."""
        return self.moving >= BLURRED_SHARE


def find_trajectories(
    pixels: Pixels,
    guidance: GuidanceMap | None = None,
    settings: TrajectorySettings | None = None,
    sharp: Pixels | None = None,
    displacement: Displacement | None = None,
) -> Generator[Progress, None, FoundTrajectories]:
    """Find how every pixel moved during the exposure.

    Args:
        pixels: `(H, W, 3)` uint8 or uint16, upright, sRGB-encoded. Any size: small photos are
            padded, large ones are worked on in tiles.
        guidance: `(H, W)` classes. Paths run the way it says, and nothing moves where it is
            static. Without it first and last are a guess.
        settings: see `TrajectorySettings`.
        sharp: the sharp middle frame, of the photo's size and type; only refinement needs it.
        displacement: `(H, W, 2)` pixels from first to last, where somebody knows how far things
            moved; only with guidance.

    Yields:
        Progress between steps. Closing the generator cancels.

    Raises:
        InputError: sizes, settings, device or weights are wrong, or refinement lacks `sharp`.
        RunError: not enough memory even for small tiles.
    """
    settings = settings or TrajectorySettings()
    started = time.perf_counter()
    _check(pixels, guidance, settings, sharp)
    if displacement is not None:
        displacement = validated(displacement, *pixels.shape[:2])
    if guidance is not None:
        pixels, guidance = shrink(
            pixels, validate(guidance), settings.max_edge or max(pixels.shape)
        )
    elif settings.max_edge is not None:
        pixels = resize_to_max_edge(pixels, settings.max_edge)
    device = resolve_device(settings.device)
    yield Progress("load", 0, 1)
    network = load_trajectory(settings.weights, device)
    yield Progress("load", 1, 1)
    paths = yield from predicted_paths(network, pixels, device, settings.tile, guidance)
    agreement = refinement = None
    if guidance is not None:
        paths, agreement = oriented(paths, guidance)
        paths = evened(paths, guidance)
        if displacement is not None:
            height, width = guidance.shape
            paths = told(paths, resized(displacement, width, height) * (guidance > 0)[..., None])
    if settings.refine:
        assert sharp is not None
        if sharp.shape != pixels.shape:
            height, width = pixels.shape[:2]
            sharp = cv2.resize(sharp, (width, height), interpolation=cv2.INTER_AREA)
        moving = None if guidance is None else guidance > 0
        paths, refinement = yield from refined(
            paths, pixels, sharp, settings.refine, device, moving
        )
    return FoundTrajectories(
        paths=paths,
        photo=pixels,
        agreement=agreement,
        refinement=refinement,
        moving=float((paths.lengths > MOVING).mean()),
        seconds=time.perf_counter() - started,
        device=device.type,
    )


def _check(
    pixels: Pixels,
    guidance: GuidanceMap | None,
    settings: TrajectorySettings,
    sharp: Pixels | None,
) -> None:
    size = f"{pixels.shape[1]}×{pixels.shape[0]}"
    if guidance is not None and guidance.shape != pixels.shape[:2]:
        raise InputError(
            f"The guidance is {guidance.shape[1]}×{guidance.shape[0]} pixels, "
            f"but the photo is {size}."
        )
    if settings.refine < 0:
        raise InputError(f"Refinement takes 0 or more steps, not {settings.refine}.")
    if settings.refine and sharp is None:
        raise InputError("Refinement needs the sharp middle frame.")
    if sharp is not None and (sharp.shape != pixels.shape or sharp.dtype != pixels.dtype):
        raise InputError(
            f"The sharp frame is {sharp.shape[1]}×{sharp.shape[0]} pixels of {sharp.dtype}, "
            f"but the photo is {size} of {pixels.dtype}."
        )
