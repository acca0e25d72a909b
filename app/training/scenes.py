"""Random layered scenes: drawn as numbers, rendered as moving layers.

What they are like is `scene_settings`; which things there are, and how they move, `scene_things`;
what these look like, `scene_textures`; compositing is `compositing`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from app.training.compositing import Exposures, Layer, expose
from app.training.motion import CameraMotion, chance, log_uniform
from app.training.rasteriser import rasterise
from app.training.scene_settings import SimulatorSettings
from app.training.scene_textures import radiance, texture_coordinates, textures
from app.training.scene_things import (
    Things,
    draw_camera,
    draw_limbs,
    draw_objects,
    highest_speeds,
    in_front_of_each_other,
    layer_maps,
)
from app.training.stills import StillBank

LONGEST_STEP = 1.25
"""How far, in pixels, anything may travel between two sub-frames at its fastest moment."""
SUBFRAME_LIMITS = 12, 96
"""Fewest and most steps between sub-frames; only the few longest displacements exceed them."""


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
    things: Things
    numbers: Tensor
    fastest: Tensor

    @classmethod
    def draw(
        cls, bank: StillBank, settings: SimulatorSettings, count: int, g: torch.Generator
    ) -> Scenes:
        """Draw `count` scenes; everything random comes from the CPU generator `g`."""
        camera = draw_camera(count, settings, g)
        things = in_front_of_each_other(
            draw_objects(bank, count, settings, g), draw_limbs(bank, count, settings, g)
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
            fastest=highest_speeds(camera, things, settings.size),
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
            texture = textures(bank, things, self.highlight[things.owner], device)
            seen = camera[samples] @ maps[chosen]
            layers.append(
                Layer(
                    samples,
                    texture,
                    texture_coordinates(things),
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
        return layer_maps(self.things, here, times)

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


def _track(maps: Tensor) -> Tensor | None:
    """`(K, N + 1, 3, 3)` layer → image maps, the middle instant's last → tracks of a `Layer`."""
    if maps.shape[1] == 1:
        return None
    return maps[:, -1:] @ torch.linalg.inv(maps[:, :-1])
