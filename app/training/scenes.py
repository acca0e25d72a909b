"""Random layered scenes: what is in the picture, and how objects, limbs and camera move.

Drawing a scene's parameters and rendering its textures happens here; compositing is `compositing`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from app.training.compositing import Exposures, Layer, expose
from app.training.motion import CameraMotion, Motion, chance, log_uniform, uniform
from app.training.rasteriser import rasterise
from app.training.stills import TILE, StillBank

LONGEST_STEP = 1.25
"""How far, in pixels, anything may travel between two sub-frames at its fastest moment."""
SUBFRAME_LIMITS = 12, 96
"""Fewest and most steps between sub-frames; only the few longest displacements exceed them."""


@dataclass(frozen=True)
class SimulatorSettings:
    """What scenes are like. Lengths are pixels at the simulated size.

    Attributes:
        size: side of the square samples.
        frames: T, how many sharp frames are kept.
        objects: probabilities of 0, 1, 2, … moving objects.
        displacement: shortest and longest displacement of an object; its logarithm is uniform.
        camera_displacement: the same for the camera.
        static_camera: how often the camera does not move at all.
        turning_camera: how often a moving camera turns in space instead of travelling flatly.
        tremor: how often a moving camera's path trembles, as a hand does.
        standing: how often an object of a scene does not move by itself.
        turn, camera_turn: largest rotation over the exposure, degrees.
        growth, camera_growth: largest relative change of size over the exposure.
        curve: largest sideways bulge as a part of the displacement.
        changing_speed: how often the speed changes over the exposure.
        shapes: how often an object is a random shape although cut-outs are there.
        limbs: how often a chain of two to four jointed segments is in the scene.
        limb_swing: largest rotation of each joint over the exposure, degrees.
        highlights: how often bright texture shines up to 8 times brighter than white.
        sharpness: range of still pixels per simulated pixel; more is crisper.
    """

    size: int = 128
    frames: int = 7
    objects: tuple[float, ...] = (0.06, 0.34, 0.28, 0.16, 0.1, 0.06)
    displacement: tuple[float, float] = (1.0, 48.0)
    camera_displacement: tuple[float, float] = (1.0, 32.0)
    static_camera: float = 0.4
    turning_camera: float = 0.5
    tremor: float = 0.5
    standing: float = 0.1
    turn: float = 15.0
    camera_turn: float = 2.0
    growth: float = 0.1
    camera_growth: float = 0.03
    curve: float = 0.35
    changing_speed: float = 0.4
    shapes: float = 0.3
    limbs: float = 0.15
    limb_swing: float = 35.0
    highlights: float = 0.3
    sharpness: tuple[float, float] = (1.0, 2.0)

    @classmethod
    def for_size(cls, size: int) -> SimulatorSettings:
        """The defaults, with displacements that a small sample still shows from end to end."""
        standard = cls()
        shrunk = min(1.0, size / standard.size)

        def shorter(limits: tuple[float, float]) -> tuple[float, float]:
            return limits[0], limits[1] * shrunk

        return cls(
            size=size,
            displacement=shorter(standard.displacement),
            camera_displacement=shorter(standard.camera_displacement),
        )


@dataclass(frozen=True)
class _Things:
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

    def rows(self, chosen: Tensor) -> _Things:
        """Some of them; parents keep their old numbers."""
        return _Things(
            self.owner[chosen],
            self.motion.rows(chosen),
            self.parent[chosen],
            self.tile[chosen],
            self.seed[chosen],
            self.still[chosen],
            self.corner[chosen],
        )


@dataclass(frozen=True)
class Scenes:
    """The drawn parameters of a batch of scenes.

    Attributes:
        settings: what they were drawn from.
        camera: `(B,)` motions.
        still, corner, source_scale: the background's texture and its pixels per simulated pixel.
        highlight: by how much bright texture outshines white.
        things: what moves in front of the background.
        numbers: how many things each scene has.
        fastest: the highest speed of anything in each scene, in pixels per exposure.
    """

    settings: SimulatorSettings
    camera: CameraMotion
    still: Tensor
    corner: Tensor
    source_scale: Tensor
    highlight: Tensor
    things: _Things
    numbers: Tensor
    fastest: Tensor

    @classmethod
    def draw(
        cls, bank: StillBank, settings: SimulatorSettings, count: int, g: torch.Generator
    ) -> Scenes:
        """Draw `count` scenes; everything random comes from the CPU generator `g`."""
        camera = _draw_camera(count, settings, g)
        things = _in_front_of_each_other(
            _draw_objects(bank, count, settings, g), _draw_limbs(bank, count, settings, g)
        )
        return cls(
            settings=settings,
            camera=camera,
            still=torch.randint(len(bank.stills), (count,), generator=g),
            corner=torch.rand(count, 2, generator=g),
            source_scale=log_uniform(count, *settings.sharpness, g),
            highlight=chance(count, settings.highlights, g) * (log_uniform(count, 1, 8, g) - 1),
            things=things,
            numbers=torch.bincount(things.owner, minlength=count),
            fastest=_fastest(camera, things, settings.size),
        )

    def render(
        self,
        bank: StillBank,
        rows: Tensor,
        device: torch.device,
        points: int = 0,
        *,
        compiled: bool = False,
        span: tuple[float, float] = (0.0, 1.0),
    ) -> Exposures:
        """Expose the scenes of `rows`, in that order, with trajectories of `points` instants.

        The shutter is open for `span`, a part of the time in which they move: spans that follow
        each other are frames of a video.
        """
        settings = self.settings
        start, end = span
        steps = self.subframes(rows, end - start)
        # The instants of the exposure, then those of the trajectories, then the middle.
        instants = [torch.linspace(0, 1, n) for n in (steps, points)] + [torch.tensor([0.5])]
        times = start + (end - start) * torch.cat(instants)
        camera = self.camera.rows(rows).homographies(times)
        background = self._background(bank, rows, camera[:, :steps], device)
        layers = [replace(background, track=_track(camera[:, steps:]))]
        place = torch.full((len(self.still),), -1)
        place[rows] = torch.arange(len(rows))
        here = torch.nonzero(place[self.things.owner] >= 0)[:, 0]
        maps = self.layer_maps(here, times)
        depth = self._depths()
        for level in range(int(self.numbers[rows].max()) if len(rows) else 0):
            chosen = here[depth[here] == level]
            chosen = chosen[torch.argsort(place[self.things.owner[chosen]])]
            samples = place[self.things.owner[chosen]]
            things = self.things.rows(chosen)
            texture = _textures(bank, things, self.highlight[things.owner], device)
            seen = camera[samples] @ maps[chosen]
            layers.append(
                Layer(
                    samples,
                    texture,
                    _texture_coordinates(things),
                    seen[:, :steps],
                    track=_track(seen[:, steps:]),
                )
            )
        size = settings.size
        if compiled:
            return rasterise(layers, size, size, settings.frames, len(rows))
        return expose(layers, size, size, settings.frames, len(rows), device)

    def subframes(self, rows: Tensor, part: float = 1.0) -> int:
        """How many sub-frames the scenes of `rows` need: frames and the middle fall on some.

        `part` is how much of the time in which they move is exposed.
        """
        wanted = math.ceil(part * float(self.fastest[rows].max()) / LONGEST_STEP)
        fewest, most = SUBFRAME_LIMITS
        unit = math.lcm(2, self.settings.frames - 1)
        return 1 + unit * math.ceil(min(max(wanted, fewest), most) / unit)

    def _depths(self) -> Tensor:
        """How many things of its own scene lie behind each thing."""
        before = self.numbers.cumsum(0) - self.numbers
        return torch.arange(len(self.things.owner)) - before[self.things.owner]

    def layer_maps(self, here: Tensor, times: Tensor) -> Tensor:
        """`(N, S, 3, 3)` layer → resting picture; filled for the things `here` only."""
        return _layer_maps(self.things, here, times)

    def _background(
        self, bank: StillBank, rows: Tensor, camera: Tensor, device: torch.device
    ) -> Layer:
        settings = self.settings
        side = int(settings.size * settings.sharpness[1] * 1.2)
        texture = bank.crops(self.still[rows], self.corner[rows], side).to(device)
        texture = radiance(texture, self.highlight[rows])
        scale = self.source_scale[rows] * 2 / side
        to_texture = torch.diag_embed(torch.stack([scale, scale, torch.ones_like(scale)], -1))
        return Layer(torch.arange(len(rows)), texture, to_texture, camera, padding="reflection")


def _layer_maps(things: _Things, here: Tensor, times: Tensor) -> Tensor:
    """See `Scenes.layer_maps`."""
    maps = torch.zeros(len(things.owner), len(times), 3, 3)
    maps[here] = things.motion.rows(here).affines(times)
    # Parents come before their children, so theirs are complete.
    for child in here[things.parent[here] >= 0].tolist():
        maps[child] = maps[things.parent[child]] @ maps[child]
    return maps


def _fastest(camera: CameraMotion, things: _Things, size: int) -> Tensor:
    """The highest speed in each scene `(B,)`, in pixels per exposure.

    Of things it is that of the middles of their four sides, about where outlines and limbs end.
    """
    times = torch.linspace(0, 1, 13)
    seen = camera.homographies(times)
    maps = seen[things.owner] @ _layer_maps(things, torch.arange(len(things.owner)), times)
    corners = torch.tensor([[-1.0, 1, -1, 1], [-1, -1, 1, 1], [2 / size] * 4]) * size / 2
    sides = torch.tensor([[-0.7, 0.7, 0, 0], [0, 0, -0.7, 0.7], [2 / TILE] * 4]) * TILE / 2

    def speeds(maps: Tensor, points: Tensor) -> Tensor:
        places = maps @ points
        places = places[:, :, :2] / places[:, :, 2:]
        return places.diff(dim=1).norm(dim=2).amax((1, 2)) * (len(times) - 1)

    return speeds(seen, corners).scatter_reduce(0, things.owner, speeds(maps, sides), "amax")


def _draw_camera(count: int, settings: SimulatorSettings, g: torch.Generator) -> CameraMotion:
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


def _draw_objects(
    bank: StillBank, count: int, settings: SimulatorSettings, g: torch.Generator
) -> _Things:
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
    return _Things(
        owner=owner,
        motion=motion,
        parent=torch.full((total,), -1),
        tile=tile,
        seed=torch.rand(total, 8, generator=g),
        still=torch.randint(len(bank.stills), (total,), generator=g),
        corner=torch.rand(total, 2, generator=g),
    )


def _draw_limbs(
    bank: StillBank, count: int, settings: SimulatorSettings, g: torch.Generator
) -> _Things:
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
    hinge[1:, 0] = 2 * _segment_half_length(seed[:-1])
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
    return _Things(
        owner=has[chain],
        motion=motion,
        parent=torch.where(root, -1, torch.arange(total) - 1),
        tile=torch.full((total,), -2),
        seed=seed,
        still=texture[chain],
        corner=torch.rand(len(has), 2, generator=g)[chain],
    )


def _in_front_of_each_other(back: _Things, front: _Things) -> _Things:
    """Both lists as one, sorted by sample, `front` in front."""
    offset = len(back.owner)
    parent = torch.where(front.parent >= 0, front.parent + offset, -1)
    together = _Things(
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


def _track(maps: Tensor) -> Tensor | None:
    """`(K, N + 1, 3, 3)` layer → image maps, the middle instant's last → tracks of a `Layer`."""
    if maps.shape[1] == 1:
        return None
    return maps[:, -1:] @ torch.linalg.inv(maps[:, :-1])


def _texture_coordinates(things: _Things) -> Tensor:
    """`(K, 3, 3)` layer pixels → texture coordinates; a segment's layer begins at its joint."""
    scale = torch.full((len(things.tile),), 2 / TILE)
    maps = torch.diag_embed(torch.stack([scale, scale, torch.ones_like(scale)], -1))
    segment = things.tile == -2
    maps[segment, 0, 2] = -_segment_half_length(things.seed[segment]) * 2 / TILE
    return maps


def _textures(bank: StillBank, things: _Things, highlight: Tensor, device: torch.device) -> Tensor:
    """Linear light and premultiplied alpha of every thing, `(K, 4, TILE, TILE)`."""
    rgba = torch.empty(len(things.tile), 4, TILE, TILE, device=device)
    # Which rows is decided on the CPU, so that nobody waits for the device.
    cut = torch.nonzero(things.tile >= 0)[:, 0]
    if len(cut):
        tiles = bank.cutouts[things.tile[cut].to(bank.cutouts.device)].to(device)
        rows = cut.to(device)
        rgba[rows, :3] = radiance(tiles[:, :3], highlight[cut])
        rgba[rows, 3] = tiles[:, 3].float() / 255
    for kind, outline in ((-1, _blob), (-2, _segment)):
        chosen = torch.nonzero(things.tile == kind)[:, 0]
        if len(chosen):
            crop = bank.crops(things.still[chosen], things.corner[chosen], TILE).to(device)
            rows = chosen.to(device)
            rgba[rows, :3] = radiance(crop, highlight[chosen])
            rgba[rows, 3] = outline(things.seed[chosen].to(device))
    rgba[:, :3] *= rgba[:, 3:]
    return rgba


def radiance(encoded: Tensor, highlight: Tensor) -> Tensor:
    """sRGB bytes `(B, 3, h, w)` → linear light, bright parts raised by up to `highlight`.

    `highlight` is `(B,)` and on the CPU, wherever the bytes are.
    """
    x = encoded.float() / 255
    # A cubic close to the sRGB curve: textures may be anything, so speed wins over exactness.
    linear = x * (x * (x * 0.305306011 + 0.682171111) + 0.012522878)
    if not bool(highlight.any()):
        return linear
    luma = x.mean(dim=1, keepdim=True)
    shine = ((luma - 0.75) / 0.25).clamp(0, 1)
    return linear * (1 + shine * highlight.to(x.device)[:, None, None, None])


def _blob(seed: Tensor) -> Tensor:
    """Soft-edged random star-shaped masks `(B, TILE, TILE)` from `(B, 8)` numbers in [0, 1)."""
    axis = torch.linspace(-1, 1, TILE, device=seed.device)
    y, x = torch.meshgrid(axis, axis, indexing="ij")
    angle = torch.atan2(y, x)[None] + 2 * math.pi * seed[:, 7, None, None]
    stretch = 0.4 + 0.6 * seed[:, 0, None, None]
    radius = torch.sqrt(x[None] ** 2 + (y[None] / stretch) ** 2)
    outline = torch.full_like(radius, 0.6)
    for wave, column in ((2, 1), (3, 2), (5, 3), (7, 4)):
        strength = 0.16 * (seed[:, column, None, None] - 0.5) * 2 / math.sqrt(wave / 2)
        phase = 2 * math.pi * seed[:, column + 1, None, None]
        outline = outline + strength * torch.cos(wave * angle + phase)
    return ((outline - radius) * TILE / 3 + 0.5).clamp(0, 1)


def _segment_half_length(seed: Tensor) -> Tensor:
    """Half the distance between a segment's joints in its layer's pixels, `(B,)`."""
    return 14 + 20 * seed[:, 0]


def _segment(seed: Tensor) -> Tensor:
    """Soft-edged capsules `(B, TILE, TILE)` with a joint at each end."""
    half = _segment_half_length(seed)[:, None, None]
    radius = (6 + 6 * seed[:, 1])[:, None, None]
    axis = torch.arange(TILE, device=seed.device) + 0.5 - TILE / 2
    y, x = torch.meshgrid(axis, axis, indexing="ij")
    beyond = (x[None].abs() - half).clamp(min=0)
    return (radius - torch.hypot(beyond, y[None].expand_as(beyond)) + 0.5).clamp(0, 1)
