"""Every pixel's path over the exposure as a value, and which way it runs.

A photo does not tell forward from backward; guidance does. Finding paths is `trajectory`, drawing
them `trajectory_pictures`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from app.errors import InputError
from app.guidance.displacement import Displacement
from app.guidance.maps import GuidanceMap, to_signs
from models.trajectory import exposure_times, reaching, trajectory_through

MOVING = 0.5
"""Paths that are shorter than this many pixels count as not moving."""

_ROUNDS = 4
# How strongly a neighbourhood's direction outweighs the guidance's half-plane near its border.
_REACH = 1 / 40

_EVENNESS = 3.0
"""Standard deviation, in pixels, over which paths of one direction are averaged. On 48 held-out
scenes 2 to 4 bring the blurred sharp frame 0.02 dB nearer to the photo and the ends 1 % nearer to
the true ones; 8 is no better."""


@dataclass(frozen=True)
class ExposurePaths:
    """Where every pixel's light came from.

    Attributes:
        knots: `(P, 2, H, W)` float32 offsets (x, y) in pixels, first to last: the start and the
            end, or under the constraint "zero" all points. Offsets are backward: at time t, pixel
            p shows what the sharp middle frame shows at p + offset, so a thing's own way is their
            mirror image.
        constraint: how the points between the knots lie, one of `models.trajectory.CONSTRAINTS`.
    """

    knots: NDArray[np.float32]
    constraint: str

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.knots.shape[2], self.knots.shape[3]

    @property
    def motion(self) -> NDArray[np.float32]:
        """`(H, W, 2)` how far the thing seen at each pixel moved from first to last."""
        return np.moveaxis(self.knots[0] - self.knots[-1], 0, -1)

    @property
    def lengths(self) -> NDArray[np.float32]:
        """`(H, W)` pixels from the start over the middle to the end."""
        reach: NDArray[np.float32] = np.hypot(*self.knots[0]) + np.hypot(*self.knots[-1])
        return reach

    def offsets(self, points: int) -> NDArray[np.float32]:
        """`(N, 2, H, W)` offsets at N instants evenly spaced over the exposure.

        Raises:
            InputError: the points are free and are not N in number, or N is less than 1.
        """
        if points < 1:
            raise InputError(f"A trajectory has at least one point, not {points}.")
        if self.constraint == "zero":
            if points != len(self.knots):
                raise InputError(
                    f"These weights predict {len(self.knots)} free points; {points} cannot be had."
                )
            return self.knots
        knots = torch.from_numpy(self.knots)[None]
        values: NDArray[np.float32] = trajectory_through(knots, points, self.constraint)[0].numpy()
        return values

    def at(self, time: float) -> NDArray[np.float32]:
        """`(2, H, W)` offsets at one instant from -1 (first) over 0 (middle) to 1 (last)."""
        if self.constraint == "quadratic":
            start, end = self.knots
            curve: NDArray[np.float32] = (start + end) / 2 * time**2 + (end - start) / 2 * time
            return curve.astype(np.float32)
        place = (time + 1) / 2 * (len(self.knots) - 1)
        if self.constraint != "zero":
            return (self.knots[0] * max(-time, 0) + self.knots[1] * max(time, 0)).astype(np.float32)
        first = min(int(place), len(self.knots) - 2)
        share = place - first
        return (self.knots[first] * (1 - share) + self.knots[first + 1] * share).astype(np.float32)

    def stilled(self, moving: NDArray[np.bool_]) -> ExposurePaths:
        """The paths with nothing moving outside `moving` `(H, W)`."""
        return replace(self, knots=self.knots * moving.astype(np.float32))

    def reversed_where(self, turned: NDArray[np.bool_]) -> ExposurePaths:
        """The paths with first and last exchanged where `turned` `(H, W)` is true."""
        return replace(self, knots=np.where(turned, self.knots[::-1], self.knots))


@dataclass(frozen=True)
class Agreement:
    """How well the direction of paths agrees with the guidance, over pixels that really move.

    Attributes:
        half_plane: share whose direction is less than 90° from the middle of their quadrant.
        quadrant: share whose direction lies in the quadrant itself.
        turned: share whose ends were exchanged to get there.
    """

    half_plane: float
    quadrant: float
    turned: float


def oriented(paths: ExposurePaths, guidance: GuidanceMap) -> tuple[ExposurePaths, Agreement]:
    """Let every path run the way that the guidance says; nothing moves where it is static.

    Ends are exchanged where the motion points away from the guided quadrant. Where it runs across
    the quadrant's middle, either order fits about as badly, and pixels would flip at random: there
    a pixel follows its neighbours in the same region.

    Args:
        paths: in any order of time.
        guidance: `(H, W)` classes.
    """
    signs = to_signs(guidance)
    guided = guidance > 0
    motion = paths.motion
    length = np.hypot(motion[..., 0], motion[..., 1])
    # From -1 to 1: the cosine of the angle to the quadrant's middle.
    along = (motion * np.moveaxis(signs, 0, -1)).sum(-1) / np.maximum(np.sqrt(2) * length, 1e-6)
    turned = guided & (along < 0)
    sigma = max(1.0, _REACH * min(paths.shape))
    for direction in np.unique(guidance[guided]):
        region = guidance == direction
        ours = np.where(region, turned, False)
        for _ in range(_ROUNDS):
            flow = np.where(ours[..., None], -motion, motion) * region[..., None]
            # Clear pixels speak louder than those that run across.
            weight = np.abs(along)[..., None]
            around = cv2.GaussianBlur(
                np.ascontiguousarray(flow * weight, np.float32), (0, 0), sigma
            )
            ours = region & ((motion * around).sum(-1) < 0)
        turned = np.where(region, ours, turned)
    result = paths.reversed_where(turned).stilled(guided)
    return result, _agreement(result, guidance, turned)


def evened(paths: ExposurePaths, guidance: GuidanceMap) -> ExposurePaths:
    """Paths that change smoothly within what has one direction, and jump at its border only.

    A network that looks at patches answers with some jitter from patch to patch, which is to be
    seen in warped pictures.

    Args:
        paths: oriented; forwards beside backwards would add up to nothing.
        guidance: `(H, W)` classes.
    """
    knots = paths.knots.copy()
    for direction in np.unique(guidance[guidance > 0]):
        region = guidance == direction
        inside = region.astype(np.float32)
        weight = cv2.GaussianBlur(inside, (0, 0), _EVENNESS) + 1e-6
        for plane in knots.reshape(-1, *paths.shape):
            around = cv2.GaussianBlur(plane * inside, (0, 0), _EVENNESS) / weight
            plane[region] = around[region]
    return replace(paths, knots=knots)


def told(paths: ExposurePaths, displacement: Displacement) -> ExposurePaths:
    """Paths that reach as far as somebody says, see `reaching`.

    Args:
        paths: oriented by guidance that the displacement agrees with.
        displacement: `(H, W, 2)` pixels from first to last; 0 leaves a path as it is.
    """
    wanted = torch.from_numpy(np.ascontiguousarray(np.moveaxis(displacement, -1, 0)))[None]
    knots = torch.from_numpy(np.ascontiguousarray(paths.knots))[None]
    reached: NDArray[np.float32] = reaching(knots, wanted.to(knots))[0].numpy()
    return replace(paths, knots=reached)


def _agreement(paths: ExposurePaths, guidance: GuidanceMap, turned: NDArray[np.bool_]) -> Agreement:
    counted = (guidance > 0) & (paths.lengths > MOVING)
    if not counted.any():
        return Agreement(1.0, 1.0, 0.0)
    signed = paths.motion * np.moveaxis(to_signs(guidance), 0, -1)
    half_plane = np.asarray(signed.sum(-1) > 0)[counted].mean()
    quadrant = np.asarray((signed >= 0).all(-1))[counted].mean()
    return Agreement(float(half_plane), float(quadrant), float(turned[counted].mean()))


def times(points: int) -> NDArray[np.float32]:
    """`(N,)` instants of a trajectory's points: 0 is the exposure's begin, 1 its end."""
    instants: NDArray[np.float32] = ((exposure_times(points) + 1) / 2).numpy().astype(np.float32)
    return instants
