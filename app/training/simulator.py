"""The exposure simulator: layered scenes moved through one exposure, with exact truth.

Objects and background are composited sub-frame by sub-frame in linear light, so occlusion is exact
(AfB Eq. 1-2). What the camera adds afterwards - response, noise, JPEG - is in `camera`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import torch
import torch.nn.functional as F
from torch import Tensor

from app.training.motion import Motion, chance, log_uniform, uniform
from app.training.stills import TILE, StillBank

SUBFRAME_COUNTS = (37, 61, 85)
"""Choices of sub-frame counts: 6 m + 1, so that the seven frames fall exactly on sub-frames."""


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
        standing: how often an object of a scene does not move by itself.
        turn, camera_turn: largest rotation over the exposure, degrees.
        growth, camera_growth: largest relative change of size over the exposure.
        curve: largest sideways bulge as a part of the displacement.
        changing_speed: how often the speed changes over the exposure.
        shapes: how often an object is a random shape although cut-outs are there.
        highlights: how often bright texture shines up to 8 times brighter than white.
        sharpness: range of still pixels per simulated pixel; more is crisper.
    """

    size: int = 128
    frames: int = 7
    objects: tuple[float, ...] = (0.06, 0.34, 0.28, 0.16, 0.1, 0.06)
    displacement: tuple[float, float] = (1.0, 48.0)
    camera_displacement: tuple[float, float] = (1.0, 32.0)
    static_camera: float = 0.4
    standing: float = 0.1
    turn: float = 15.0
    camera_turn: float = 2.0
    growth: float = 0.1
    camera_growth: float = 0.03
    curve: float = 0.35
    changing_speed: float = 0.4
    shapes: float = 0.3
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
class Exposures:
    """A batch of simulated exposures. Radiance is linear light, 1 is white, not clipped.

    Attributes:
        blurry: `(B, 3, H, W)` mean radiance over the exposure.
        frames: `(B, T, 3, H, W)` radiance at T instants, first to last.
        flow: `(B, 2, H, W)` summed flow: how far what passed each pixel moved while it was there.
        first_to_last: `(B, 2, H, W)` displacement of the first frame's pixels over the exposure.
        occlusion: `(B, 1, H, W)` 1 where different layers are seen during the exposure.
    """

    blurry: Tensor
    frames: Tensor
    flow: Tensor
    first_to_last: Tensor
    occlusion: Tensor

    def __len__(self) -> int:
        return self.blurry.shape[0]

    def select(self, rows: Tensor) -> Exposures:
        """The samples of `rows`, in that order."""
        return Exposures(*[getattr(self, f.name)[rows] for f in fields(self)])

    def half(self) -> Exposures:
        """The same in half precision, for keeping many."""
        return Exposures(*[getattr(self, f.name).half() for f in fields(self)])

    def float(self) -> Exposures:
        """The same in single precision."""
        return Exposures(*[getattr(self, f.name).float() for f in fields(self)])


@dataclass
class Layer:
    """One moving thing in some samples of a batch.

    Attributes:
        samples: `(K,)` rows of the batch it appears in.
        texture: `(K, 3, h, w)` linear light, or `(K, 4, h, w)` with premultiplied alpha last.
        texture_from_layer: `(K, 3, 3)` layer pixels → texture coordinates in [-1, 1].
        affines: `(K, S, 3, 3)` layer → image pixels around the image's centre, at S instants.
        padding: what lies beyond the texture: "zeros", "border" or "reflection".
    """

    samples: Tensor
    texture: Tensor
    texture_from_layer: Tensor
    affines: Tensor
    padding: str = "zeros"


def simulate(
    bank: StillBank,
    settings: SimulatorSettings,
    count: int,
    generator: torch.Generator,
    device: torch.device | str = "cpu",
    *,
    chunk: int = 8,
) -> Exposures:
    """Draw `count` scenes and expose them.

    All random numbers come from `generator` (on the CPU), so a seed gives the same scenes on every
    device up to rounding. Scenes are rendered `chunk` at a time, similar displacements together,
    with enough sub-frames that nothing jumps by much more than a pixel.
    """
    scenes = _Scenes.draw(bank, settings, count, generator)
    alike = torch.argsort(scenes.longest).split(chunk)
    # Samples with many objects come first, so that every layer covers the first few of its chunk.
    chunks = [rows[torch.argsort(-scenes.numbers[rows], stable=True)] for rows in alike]
    order = torch.cat(chunks)
    parts = [scenes.render(bank, settings, rows, torch.device(device)) for rows in chunks]
    joined = Exposures(*[torch.cat([getattr(p, f.name) for p in parts]) for f in fields(Exposures)])
    return joined.select(torch.argsort(order).to(joined.blurry.device))


@dataclass
class _Scenes:
    """The drawn parameters of a batch; objects are flat lists with their sample's row."""

    camera: Motion
    still: Tensor
    corner: Tensor
    source_scale: Tensor
    highlight: Tensor
    numbers: Tensor
    owner: Tensor
    depth: Tensor
    objects: Motion
    tile: Tensor
    shape_seed: Tensor
    texture_still: Tensor
    texture_corner: Tensor
    longest: Tensor

    @classmethod
    def draw(
        cls, bank: StillBank, settings: SimulatorSettings, count: int, g: torch.Generator
    ) -> _Scenes:
        moving = 1 - chance(count, settings.static_camera, g)
        camera = _draw_motion(count, settings, g, settings.camera_displacement, moving, camera=True)
        weights = torch.tensor(settings.objects)
        numbers = torch.multinomial(weights, count, replacement=True, generator=g)
        owner = torch.repeat_interleave(torch.arange(count), numbers)
        first = torch.repeat_interleave(numbers.cumsum(0) - numbers, numbers)
        depth = torch.arange(len(owner)) - first
        total = len(owner)
        active = 1 - chance(total, settings.standing, g)
        objects = _draw_motion(total, settings, g, settings.displacement, active, camera=False)
        tiles = len(bank.cutouts)
        tile = torch.randint(max(1, tiles), (total,), generator=g)
        as_shape = chance(total, settings.shapes, g).bool() | (tiles == 0)
        tile[as_shape] = -1
        longest = camera.length.clone()
        by_owner = torch.zeros(count).scatter_reduce(0, owner, objects.length, "amax")
        return cls(
            camera=camera,
            still=torch.randint(len(bank.stills), (count,), generator=g),
            corner=torch.rand(count, 2, generator=g),
            source_scale=log_uniform(count, *settings.sharpness, g),
            highlight=chance(count, settings.highlights, g) * (log_uniform(count, 1, 8, g) - 1),
            numbers=numbers,
            owner=owner,
            depth=depth,
            objects=objects,
            tile=tile,
            shape_seed=torch.rand(total, 8, generator=g),
            texture_still=torch.randint(len(bank.stills), (total,), generator=g),
            texture_corner=torch.rand(total, 2, generator=g),
            longest=longest + by_owner,
        )

    def render(
        self, bank: StillBank, settings: SimulatorSettings, rows: Tensor, device: torch.device
    ) -> Exposures:
        longest = float(self.longest[rows].max())
        steps = next((n for n in SUBFRAME_COUNTS if longest <= n - 1), SUBFRAME_COUNTS[-1])
        times = torch.linspace(0, 1, steps)
        layers = [self._background(bank, settings, rows, times, device)]
        camera = _rows(self.camera, rows).affines(times)
        position = torch.full((len(self.still),), -1)
        position[rows] = torch.arange(len(rows))
        for depth in range(int(self.depth.max()) + 1 if len(self.depth) else 0):
            chosen = torch.nonzero((self.depth == depth) & (position[self.owner] >= 0))[:, 0]
            if len(chosen):
                chosen = chosen[torch.argsort(position[self.owner[chosen]])]
                samples = position[self.owner[chosen]]
                own = _rows(self.objects, chosen).affines(times)
                texture = self._object_textures(bank, chosen, device)
                half = torch.diag(torch.tensor([2 / TILE, 2 / TILE, 1.0]))
                layers.append(
                    Layer(samples, texture, half.expand(len(chosen), 3, 3), camera[samples] @ own)
                )
        return expose(layers, settings.size, settings.size, settings.frames, len(rows), device)

    def _background(
        self,
        bank: StillBank,
        settings: SimulatorSettings,
        rows: Tensor,
        times: Tensor,
        device: torch.device,
    ) -> Layer:
        side = int(settings.size * settings.sharpness[1] * 1.2)
        texture = bank.crops(self.still[rows], self.corner[rows], side).to(device)
        texture = _radiance(texture, self.highlight[rows].to(device))
        scale = self.source_scale[rows] * 2 / side
        to_texture = torch.diag_embed(torch.stack([scale, scale, torch.ones_like(scale)], -1))
        affines = _rows(self.camera, rows).affines(times)
        return Layer(torch.arange(len(rows)), texture, to_texture, affines, padding="reflection")

    def _object_textures(self, bank: StillBank, chosen: Tensor, device: torch.device) -> Tensor:
        tile = self.tile[chosen]
        shape = tile < 0
        rgba = torch.empty(len(chosen), 4, TILE, TILE, device=device)
        highlight = self.highlight[self.owner[chosen]].to(device)
        if (~shape).any():
            cut = bank.cutouts[tile[~shape].to(bank.cutouts.device)].to(device)
            rows = (~shape).to(device)
            rgba[rows, :3] = _radiance(cut[:, :3], highlight[rows])
            rgba[rows, 3] = cut[:, 3].float() / 255
        if shape.any():
            own = chosen[shape]
            crop = bank.crops(self.texture_still[own], self.texture_corner[own], TILE).to(device)
            rows = shape.to(device)
            rgba[rows, :3] = _radiance(crop, highlight[rows])
            rgba[rows, 3] = _blob(self.shape_seed[own].to(device))
        rgba[:, :3] *= rgba[:, 3:]
        return rgba


def _rows(motion: Motion, rows: Tensor) -> Motion:
    return Motion(**{f.name: getattr(motion, f.name)[rows] for f in fields(Motion)})


def _draw_motion(
    count: int,
    settings: SimulatorSettings,
    g: torch.Generator,
    displacement: tuple[float, float],
    moving: Tensor,
    *,
    camera: bool,
) -> Motion:
    turn = math.radians(settings.camera_turn if camera else settings.turn)
    growth = settings.camera_growth if camera else settings.growth
    half = settings.size / 2
    speed_changes = chance(count, settings.changing_speed, g)
    # Long displacements turn and grow more often than short ones: real things that twist also move.
    twist = moving * chance(count, 0.6, g)
    return Motion(
        angle=uniform(count, 0, 2 * math.pi, g),
        length=log_uniform(count, *displacement, g) * moving,
        curve=uniform(count, -settings.curve, settings.curve, g) * chance(count, 0.5, g),
        acceleration=uniform(count, -0.8, 0.8, g) * speed_changes,
        turn=uniform(count, -turn, turn, g) * twist,
        growth=uniform(count, -growth, growth, g) * twist,
        centre=torch.zeros(count, 2)
        if camera
        else (torch.rand(count, 2, generator=g) * 2 - 1) * half * 0.85,
        size=torch.ones(count) if camera else log_uniform(count, 0.35, 1.0, g),
        pose=torch.zeros(count) if camera else uniform(count, -0.5, 0.5, g),
    )


def _radiance(encoded: Tensor, highlight: Tensor) -> Tensor:
    """sRGB bytes `(B, 3, h, w)` → linear light, bright parts raised by up to `highlight` `(B,)`."""
    x = encoded.float() / 255
    # A cubic close to the sRGB curve: textures may be anything, so speed wins over exactness.
    linear = x * (x * (x * 0.305306011 + 0.682171111) + 0.012522878)
    if not bool(highlight.any()):
        return linear
    luma = x.mean(dim=1, keepdim=True)
    shine = ((luma - 0.75) / 0.25).clamp(0, 1)
    return linear * (1 + shine * highlight[:, None, None, None])


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


def expose(
    layers: list[Layer],
    height: int,
    width: int,
    frames: int,
    batch: int,
    device: torch.device | str = "cpu",
) -> Exposures:
    """Composite layers at every instant and average them with trapezoid weights.

    Args:
        layers: back to front; the first covers every sample and has no alpha. Their S instants are
            evenly spaced over the exposure, and S - 1 is a multiple of `frames` - 1.
        height, width: size of the image in pixels.
        frames: how many instants are kept as sharp frames.
        batch: number of samples.
        device: where the layers' textures are and the result will be.
    """
    steps = layers[0].affines.shape[1]
    keep = {round(i * (steps - 1) / (frames - 1)): i for i in range(frames)}
    size = (height, width)
    points = _pixel_centres(height, width).to(device)
    inverse = [torch.linalg.inv(layer.affines) for layer in layers]
    sampling = [
        (layer.texture_from_layer[:, None] @ inv)[:, :, :2].to(device)
        for layer, inv in zip(layers, inverse, strict=True)
    ]
    velocity = [_step_velocities(layer.affines).to(device) for layer in layers]
    through = [_overall(layer.affines).to(device) for layer in layers]
    samples = [_prefix_or_rows(layer.samples, device) for layer in layers]
    still = [bool((m.affines == m.affines[:, :1]).all()) for m in layers]
    drawn: list[Tensor | None] = [None] * len(layers)

    blurry = torch.zeros(batch, 3, *size, device=device)
    kept = torch.zeros(batch, frames, 3, *size, device=device)
    flow = torch.zeros(batch, 2, *size, device=device)
    seen_first = torch.zeros(batch, *size, dtype=torch.uint8, device=device)
    changed = torch.zeros(batch, *size, dtype=torch.bool, device=device)
    for step in range(steps):
        canvas = torch.empty(0)
        top = torch.zeros_like(seen_first)
        step_flow = _field(velocity[0][:, step], points, size)
        for number, layer in enumerate(layers):
            picture = drawn[number]
            if picture is None:
                grid = points @ sampling[number][:, step].transpose(1, 2)
                picture = F.grid_sample(
                    layer.texture,
                    grid.unflatten(1, size),
                    padding_mode=layer.padding,
                    align_corners=False,
                )
                drawn[number] = picture if still[number] else None
            if number == 0:
                canvas = picture.clone()
                continue
            rows, alpha = samples[number], picture[:, 3:]
            canvas[rows] = torch.addcmul(picture[:, :3], canvas[rows], 1 - alpha)
            solid = alpha[:, 0] > 0.5
            top[rows] = top[rows].masked_fill(solid, number)
            own = _field(velocity[number][:, step], points, size)
            step_flow[rows] = torch.where(solid[:, None], own, step_flow[rows])
        weight = 0.5 if step in (0, steps - 1) else 1.0
        blurry.add_(canvas, alpha=weight / (steps - 1))
        flow.add_(step_flow, alpha=weight)
        if step in keep:
            kept[:, keep[step]] = canvas
        if step == 0:
            seen_first = top
        else:
            changed |= top != seen_first
    first_to_last = _field(through[0], points, size)
    for number in range(1, len(layers)):
        rows = samples[number]
        own = _field(through[number], points, size)
        mine = (seen_first[rows] == number)[:, None]
        first_to_last[rows] = torch.where(mine, own, first_to_last[rows])
    return Exposures(blurry, kept, flow, first_to_last, changed[:, None].float())


def _prefix_or_rows(rows: Tensor, device: torch.device | str) -> slice | Tensor:
    """A slice where `rows` are 0, 1, 2, …, so that indexing makes no copy."""
    if torch.equal(rows, torch.arange(len(rows))):
        return slice(0, len(rows))
    return rows.to(device)


def _pixel_centres(height: int, width: int) -> Tensor:
    """Homogeneous pixel centres around the image's centre, `(HW, 3)`."""
    ys = torch.arange(height) + 0.5 - height / 2
    xs = torch.arange(width) + 0.5 - width / 2
    y, x = torch.meshgrid(ys, xs, indexing="ij")
    return torch.stack([x, y, torch.ones_like(x)], -1).flatten(0, 1)


def _step_velocities(affines: Tensor) -> Tensor:
    """`(K, S, 2, 3)`: image-space velocity in pixels per step, as an affine function of position.

    Central differences inside, one-sided at the ends; trapezoid-summed over the steps they give the
    displacement over the exposure.
    """
    after = torch.cat([affines[:, 1:], affines[:, -1:]], 1)
    before = torch.cat([affines[:, :1], affines[:, :-1]], 1)
    difference = after - before
    difference[:, 1:-1] *= 0.5
    return (difference @ torch.linalg.inv(affines))[:, :, :2]


def _overall(affines: Tensor) -> Tensor:
    """`(K, 2, 3)`: displacement from the first to the last instant at a first-frame position."""
    moved = affines[:, -1] @ torch.linalg.inv(affines[:, 0])
    return (moved - torch.eye(3, device=affines.device))[:, :2]


def _field(affine: Tensor, points: Tensor, size: tuple[int, int]) -> Tensor:
    """Evaluate `(K, 2, 3)` affine functions at every pixel: `(K, 2, H, W)`."""
    return (affine @ points.T).unflatten(2, size)
