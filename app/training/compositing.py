"""Compositing moving layers over one exposure, with exact truth about motion and occlusion.

Sub-frame by sub-frame in linear light (AfB Eq. 1-2). Which layers there are and how they move is
`scenes`; what the camera adds afterwards - response, noise, JPEG - is `camera`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import torch
import torch.nn.functional as F
from torch import Tensor


@dataclass(frozen=True)
class Exposures:
    """A batch of simulated exposures. Radiance is linear light, 1 is white, not clipped.

    Attributes:
        blurry: `(B, 3, H, W)` mean radiance over the exposure.
        frames: `(B, T, 3, H, W)` radiance at T instants, first to last.
        flow: `(B, 2, H, W)` summed flow: how far what passed each pixel moved while it was there.
        first_to_last: `(B, 2, H, W)` displacement of the first frame's pixels over the exposure.
        last_to_first: `(B, 2, H, W)` where the last frame's pixels come from, relative to them.
        occlusion: `(B, 1, H, W)` 1 where different layers are seen during the exposure.
        trajectory: `(B, N, 2, H, W)` exposure trajectories at N evenly spaced instants, when asked
            for. As in Motion-ETR they are for sampling the middle frame: what the layer seen at
            pixel p of the middle frame shows at p at instant n is its middle picture at p + offset.
            So they point against the motion; the ends of N are its end points.
    """

    blurry: Tensor
    frames: Tensor
    flow: Tensor
    first_to_last: Tensor
    last_to_first: Tensor
    occlusion: Tensor
    trajectory: Tensor | None = None

    def __len__(self) -> int:
        return self.blurry.shape[0]

    def each(self, change: Callable[[str, Tensor], Tensor]) -> Exposures:
        """Every tensor changed by `change(name, tensor)`."""
        named = {f.name: getattr(self, f.name) for f in fields(self)}
        return Exposures(**{k: change(k, v) for k, v in named.items() if v is not None})

    def select(self, rows: Tensor) -> Exposures:
        """The samples of `rows`, in that order."""
        return self.each(lambda _, tensor: tensor[rows])

    def half(self) -> Exposures:
        """The same in half precision, for keeping many."""
        return self.each(lambda _, tensor: tensor.half())

    def float(self) -> Exposures:
        """The same in single precision."""
        return self.each(lambda _, tensor: tensor.float())

    @staticmethod
    def joined(parts: Sequence[Exposures]) -> Exposures:
        """The samples of several batches, one after the other."""
        return parts[0].each(lambda name, _: torch.cat([getattr(part, name) for part in parts]))


@dataclass
class Layer:
    """One moving thing in some samples of a batch.

    Attributes:
        samples: `(K,)` rows of the batch it appears in.
        texture: `(K, 3, h, w)` linear light, or `(K, 4, h, w)` with premultiplied alpha last.
        texture_from_layer: `(K, 3, 3)` layer pixels → texture coordinates in [-1, 1].
        maps: `(K, S, 3, 3)` layer → image pixels around the image's centre, at S instants:
            affine, or projective where a camera turns in space.
        padding: what lies beyond the texture: "zeros", "border" or "reflection".
        track: `(K, N, 3, 3)` image pixels at N instants → image pixels at the middle instant, where
            trajectories are asked for.
    """

    samples: Tensor
    texture: Tensor
    texture_from_layer: Tensor
    maps: Tensor
    padding: str = "zeros"
    track: Tensor | None = None


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
            evenly spaced over the exposure, and S - 1 is even and a multiple of `frames` - 1.
            Trajectories are given when the layers have tracks.
        height, width: size of the image in pixels.
        frames: how many instants are kept as sharp frames.
        batch: number of samples.
        device: where the layers' textures are and the result will be.
    """
    steps = layers[0].maps.shape[1]
    keep = kept_steps(steps, frames)
    size = (height, width)
    points = _pixel_centres(height, width).to(device)
    inverse = [torch.linalg.inv(layer.maps) for layer in layers]
    sampling = [
        (layer.texture_from_layer[:, None] @ inv).to(device)
        for layer, inv in zip(layers, inverse, strict=True)
    ]
    velocity = [step_velocities(layer.maps).to(device) for layer in layers]
    samples = [_prefix_or_rows(layer.samples, device) for layer in layers]
    spatial = [_projective(layer.maps).to(device) for layer in layers]
    still = [bool((m.maps == m.maps[:, :1]).all()) for m in layers]
    drawn: list[Tensor | None] = [None] * len(layers)

    blurry = torch.zeros(batch, 3, *size, device=device)
    kept = torch.zeros(batch, frames, 3, *size, device=device)
    flow = torch.zeros(batch, 2, *size, device=device)
    seen_first = torch.zeros(batch, *size, dtype=torch.uint8, device=device)
    seen_middle = seen_last = seen_first
    changed = torch.zeros(batch, *size, dtype=torch.bool, device=device)
    for step in range(steps):
        canvas = torch.empty(0)
        top = torch.zeros_like(seen_first)
        step_flow = _velocity_field(velocity[0][:, step], points, size, spatial[0])
        for number, layer in enumerate(layers):
            picture = drawn[number]
            if picture is None:
                picture = F.grid_sample(
                    layer.texture,
                    _sampling_grid(sampling[number][:, step], points, size, spatial[number]),
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
            own = _velocity_field(velocity[number][:, step], points, size, spatial[number])
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
        if 2 * step == steps - 1:
            seen_middle = top
        seen_last = top
    first_to_last, last_to_first, trajectory = displaced(layers, seen_first, seen_middle, seen_last)
    return Exposures(
        blurry,
        kept,
        flow,
        first_to_last,
        last_to_first,
        changed[:, None].float(),
        trajectory,
    )


def kept_steps(steps: int, frames: int) -> dict[int, int]:
    """Step → frame, for the steps that are kept as sharp frames."""
    return {round(i * (steps - 1) / (frames - 1)): i for i in range(frames)}


def displaced(
    layers: list[Layer], seen_first: Tensor, seen_middle: Tensor, seen_last: Tensor
) -> tuple[Tensor, Tensor, Tensor | None]:
    """First to last, last to first and trajectories, each of the layers that are seen then.

    Args:
        layers: as given to `expose`.
        seen_first, seen_middle, seen_last: `(B, H, W)` numbers of layers, on the device where the
            result shall be.
    """
    ends = [layer.maps[:, -1:] @ torch.linalg.inv(layer.maps[:, :1]) for layer in layers]
    first_to_last = _displacements(layers, ends, seen_first)[:, 0]
    back = [torch.linalg.inv(end) for end in ends]
    last_to_first = _displacements(layers, back, seen_last)[:, 0]
    tracks = [layer.track for layer in layers if layer.track is not None]
    trajectory = _displacements(layers, tracks, seen_middle) if tracks else None
    return first_to_last, last_to_first, trajectory


def _prefix_or_rows(rows: Tensor, device: torch.device | str) -> slice | Tensor:
    """A slice where `rows` are 0, 1, 2, …, so that indexing makes no copy."""
    if torch.equal(rows, torch.arange(len(rows))):
        return slice(0, len(rows))
    return rows.to(device)


def _projective(maps: Tensor) -> Tensor:
    """The rows of `(K, S, 3, 3)` maps on the CPU that are not affine throughout."""
    return torch.nonzero(maps[:, :, 2, :2].flatten(1).any(1))[:, 0]


def _sampling_grid(maps: Tensor, points: Tensor, size: tuple[int, int], spatial: Tensor) -> Tensor:
    """Texture coordinates `(K, H, W, 2)` of every pixel under `(K, 3, 3)` maps."""
    grid = points @ maps[:, :2].transpose(1, 2)
    # Most maps are affine; only the `spatial` rows need the division.
    if len(spatial):
        grid[spatial] /= points @ maps[spatial, 2:].transpose(1, 2)
    return grid.unflatten(1, size)


def _pixel_centres(height: int, width: int) -> Tensor:
    """Homogeneous pixel centres around the image's centre, `(HW, 3)`."""
    ys = torch.arange(height) + 0.5 - height / 2
    xs = torch.arange(width) + 0.5 - width / 2
    y, x = torch.meshgrid(ys, xs, indexing="ij")
    return torch.stack([x, y, torch.ones_like(x)], -1).flatten(0, 1)


def step_velocities(maps: Tensor) -> Tensor:
    """`(K, S, 3, 3)`: image-space velocity in pixels per step, see `_velocity_field`.

    Central differences inside, one-sided at the ends; trapezoid-summed over the steps they give the
    displacement over the exposure.
    """
    after = torch.cat([maps[:, 1:], maps[:, -1:]], 1)
    before = torch.cat([maps[:, :1], maps[:, :-1]], 1)
    difference = after - before
    difference[:, 1:-1] *= 0.5
    return difference @ torch.linalg.inv(maps)


def _velocity_field(
    velocity: Tensor, points: Tensor, size: tuple[int, int], spatial: Tensor
) -> Tensor:
    """Evaluate `(K, 3, 3)` velocities at every pixel: `(K, 2, H, W)`.

    The derivative of a projection (u, v, w) → (u/w, v/w) at w = 1.
    """
    change = velocity[:, :2] @ points.T
    if len(spatial):
        change[spatial] -= points.T[:2] * (velocity[spatial, 2:] @ points.T)
    return change.unflatten(2, size)


def _displacements(layers: list[Layer], maps: list[Tensor], seen: Tensor) -> Tensor:
    """How far maps carry the pixels where each layer is seen: `(B, N, 2, H, W)`.

    Args:
        layers: whose samples are read.
        maps: per layer `(K, N, 3, 3)`, image → image.
        seen: `(B, H, W)` the layer that is seen at each pixel.
    """
    size = seen.shape[1], seen.shape[2]
    points = _pixel_centres(*size).to(seen.device).T
    result = torch.empty(0)
    for number, (layer, own) in enumerate(zip(layers, maps, strict=True)):
        moved = own.to(points.device) @ points
        field = (moved[:, :, :2] / moved[:, :, 2:] - points[:2]).unflatten(3, size)
        if number == 0:
            result = field
        else:
            rows = _prefix_or_rows(layer.samples, seen.device)
            mine = (seen[rows] == number)[:, None, None]
            result[rows] = torch.where(mine, field, result[rows])
    return result
