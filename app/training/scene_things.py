"""The things and the camera of simulated scenes as drawn numbers: where they are, how they move."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from app.training.motion import CameraMotion, Motion, chance, log_uniform, uniform
from app.training.scene_settings import SimulatorSettings
from app.training.stills import TILE, StillBank


@dataclass(frozen=True)
class Things:
    """Every moving thing of a batch as flat `(N,)` lists, the backmost of each sample first.

    Attributes:
        owner: the sample it is in.
        motion: layer → image, or → its parent's layer.
        parent: the thing it is jointed to, or -1.
        tile: which cut-out it shows; -1 a random shape, -2 a limb's segment.
        seed: `(N, 8)` numbers in [0, 1) that decide a shape's or a segment's outline.
        still, corner: where its texture is taken from, when it is no cut-out.
    """

    owner: Tensor
    motion: Motion
    parent: Tensor
    tile: Tensor
    seed: Tensor
    still: Tensor
    corner: Tensor

    def rows(self, chosen: Tensor) -> Things:
        """Some of them; parents keep their old numbers."""
        return Things(
            self.owner[chosen],
            self.motion.rows(chosen),
            self.parent[chosen],
            self.tile[chosen],
            self.seed[chosen],
            self.still[chosen],
            self.corner[chosen],
        )


def layer_maps(things: Things, here: Tensor, times: Tensor) -> Tensor:
    """See `Scenes.layer_maps`."""
    maps = torch.zeros(len(things.owner), len(times), 3, 3)
    maps[here] = things.motion.rows(here).affines(times)
    # Parents come before their children, so theirs are complete.
    for child in here[things.parent[here] >= 0].tolist():
        maps[child] = maps[things.parent[child]] @ maps[child]
    return maps


def highest_speeds(camera: CameraMotion, things: Things, size: int) -> Tensor:
    """The highest speed in each scene `(B,)`, in pixels per exposure.

    Of things it is that of the middles of their four sides, about where outlines and limbs end.
    """
    times = torch.linspace(0, 1, 13)
    seen = camera.homographies(times)
    maps = seen[things.owner] @ layer_maps(things, torch.arange(len(things.owner)), times)
    corners = torch.tensor([[-1.0, 1, -1, 1], [-1, -1, 1, 1], [2 / size] * 4]) * size / 2
    sides = torch.tensor([[-0.7, 0.7, 0, 0], [0, 0, -0.7, 0.7], [2 / TILE] * 4]) * TILE / 2

    def speeds(maps: Tensor, points: Tensor) -> Tensor:
        places = maps @ points
        places = places[:, :, :2] / places[:, :, 2:]
        return places.diff(dim=1).norm(dim=2).amax((1, 2)) * (len(times) - 1)

    return speeds(seen, corners).scatter_reduce(0, things.owner, speeds(maps, sides), "amax")


def draw_camera(count: int, settings: SimulatorSettings, g: torch.Generator) -> CameraMotion:
    moving = 1 - chance(count, settings.static_camera, g)
    twist = moving * chance(count, 0.6, g)
    turn, growth = math.radians(settings.camera_turn), settings.camera_growth
    motion = Motion(
        angle=uniform(count, 0, 2 * math.pi, g),
        length=log_uniform(count, *settings.camera_displacement, g) * moving,
        curve=_curves(count, settings, g),
        acceleration=_accelerations(count, settings, g),
        turn=uniform(count, -turn, turn, g) * twist,
        growth=uniform(count, -growth, growth, g) * twist,
        centre=torch.zeros(count, 2),
        size=torch.ones(count),
        pose=torch.zeros(count),
    )
    trembles = chance(count, settings.tremor, g) * motion.length
    amplitude = torch.randn(count, 2, 2, generator=g) * torch.tensor([0.12, 0.06])
    focal = log_uniform(count, 1.2 * settings.size, 6.0 * settings.size, g)
    flat = chance(count, 1 - settings.turning_camera, g).bool() | (moving == 0)
    focal[flat] = math.inf
    return CameraMotion(
        motion=motion,
        tremor=amplitude * trembles[:, None, None],
        phase=torch.rand(count, 2, 2, generator=g) * 2 * math.pi,
        focal=focal,
    )


def draw_objects(
    bank: StillBank, count: int, settings: SimulatorSettings, g: torch.Generator
) -> Things:
    weights = torch.tensor(settings.objects)
    numbers = torch.multinomial(weights, count, replacement=True, generator=g)
    owner = torch.repeat_interleave(torch.arange(count), numbers)
    total = len(owner)
    turn, growth = math.radians(settings.turn), settings.growth
    moving = 1 - chance(total, settings.standing, g)
    twist = moving * chance(total, 0.6, g)
    motion = Motion(
        angle=uniform(total, 0, 2 * math.pi, g),
        length=log_uniform(total, *settings.displacement, g) * moving,
        curve=_curves(total, settings, g),
        acceleration=_accelerations(total, settings, g),
        turn=uniform(total, -turn, turn, g) * twist,
        growth=uniform(total, -growth, growth, g) * twist,
        centre=_places(total, settings, g),
        size=log_uniform(total, 0.35, 1.0, g),
        pose=uniform(total, -0.5, 0.5, g),
    )
    tiles = len(bank.cutouts)
    tile = torch.randint(max(1, tiles), (total,), generator=g)
    tile[chance(total, settings.shapes, g).bool() | (tiles == 0)] = -1
    return Things(
        owner=owner,
        motion=motion,
        parent=torch.full((total,), -1),
        tile=tile,
        seed=torch.rand(total, 8, generator=g),
        still=torch.randint(len(bank.stills), (total,), generator=g),
        corner=torch.rand(total, 2, generator=g),
    )


def draw_limbs(
    bank: StillBank, count: int, settings: SimulatorSettings, g: torch.Generator
) -> Things:
    """Chains of two to four segments; each turns about the far end of the one before (AfB Fig. 1:
    limbs that move independently are what makes blur ambiguous)."""
    has = torch.nonzero(chance(count, settings.limbs, g).bool())[:, 0]
    lengths = torch.randint(2, 5, (len(has),), generator=g)
    chain = torch.repeat_interleave(torch.arange(len(has)), lengths)
    total = len(chain)
    joint = torch.arange(total) - (lengths.cumsum(0) - lengths)[chain]
    root = joint == 0
    seed = torch.rand(total, 8, generator=g)
    swing = math.radians(settings.limb_swing)
    turn = uniform(total, -swing, swing, g)
    # Children hang at their parent's far end, in its layer's coordinates.
    hinge = torch.zeros(total, 2)
    hinge[1:, 0] = 2 * segment_half_length(seed[:-1])
    centre = torch.where(root[:, None], _places(total, settings, g), hinge)
    size = torch.where(root, log_uniform(total, 0.45, 1.0, g), uniform(total, 0.75, 1.0, g))
    pose = torch.where(root, uniform(total, -math.pi, math.pi, g), uniform(total, -1.0, 1.0, g))
    longest = min(12.0, settings.displacement[1])
    shift = log_uniform(total, 1.0, max(1.01, longest), g) * chance(total, 0.6, g) * root
    zero = torch.zeros(total)
    motion = Motion(
        angle=uniform(total, 0, 2 * math.pi, g),
        length=shift,
        curve=zero,
        acceleration=_accelerations(len(has), settings, g)[chain],
        turn=turn,
        growth=zero,
        centre=centre,
        size=size,
        pose=pose,
    )
    texture = torch.randint(len(bank.stills), (len(has),), generator=g)
    return Things(
        owner=has[chain],
        motion=motion,
        parent=torch.where(root, -1, torch.arange(total) - 1),
        tile=torch.full((total,), -2),
        seed=seed,
        still=texture[chain],
        corner=torch.rand(len(has), 2, generator=g)[chain],
    )


def in_front_of_each_other(back: Things, front: Things) -> Things:
    """Both lists as one, sorted by sample, `front` in front."""
    offset = len(back.owner)
    parent = torch.where(front.parent >= 0, front.parent + offset, -1)
    together = Things(
        owner=torch.cat([back.owner, front.owner]),
        motion=back.motion.joined(front.motion),
        parent=torch.cat([back.parent, parent]),
        tile=torch.cat([back.tile, front.tile]),
        seed=torch.cat([back.seed, front.seed]),
        still=torch.cat([back.still, front.still]),
        corner=torch.cat([back.corner, front.corner]),
    )
    order = torch.argsort(together.owner, stable=True)
    renumbered = torch.argsort(order)
    things = together.rows(order)
    parent = torch.where(things.parent >= 0, renumbered[things.parent.clamp(min=0)], -1)
    return replace(things, parent=parent)


def _curves(count: int, settings: SimulatorSettings, g: torch.Generator) -> Tensor:
    return uniform(count, -settings.curve, settings.curve, g) * chance(count, 0.5, g)


def _accelerations(count: int, settings: SimulatorSettings, g: torch.Generator) -> Tensor:
    return uniform(count, -0.8, 0.8, g) * chance(count, settings.changing_speed, g)


def _places(count: int, settings: SimulatorSettings, g: torch.Generator) -> Tensor:
    """Where things are at the middle instant, `(count, 2)`; some stick out of the picture."""
    return (torch.rand(count, 2, generator=g) * 2 - 1) * settings.size / 2 * 0.85


def segment_half_length(seed: Tensor) -> Tensor:
    """Half the distance between a segment's joints in its layer's pixels, `(B,)`."""
    return 14 + 20 * seed[:, 0]
