"""What simulated scenes are like: how much there is in them, and how it moves."""

from __future__ import annotations

from dataclasses import dataclass


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
