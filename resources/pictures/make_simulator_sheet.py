"""Makes README's contact sheet of simulated exposures from scikit-image's pictures.

Run from the top of a checkout:

    python resources/pictures/make_simulator_sheet.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.guidance.classes import PALETTE
from app.guidance.flow import flow_to_guidance
from app.media.contact_sheet import contact_sheet
from app.media.photo_writing import write_photo
from app.training.batches import seeded
from app.training.benchmark import benchmark_stills
from app.training.camera import CameraSettings, develop, draw_cameras, photograph
from app.training.simulator import SimulatorSettings, simulate

SCENES = 6


def main() -> None:
    """Write `simulator.jpg`."""
    generator = seeded(7)
    settings = SimulatorSettings(size=144, displacement=(6.0, 40.0), limbs=0.4)
    exposures = simulate(benchmark_stills(), settings, SCENES, generator)
    camera = draw_cameras(SCENES, CameraSettings(), generator)
    photos = photograph(exposures.blurry, camera, generator)
    frames = develop(exposures.frames, camera)
    rows = []
    for photo, flow, film in zip(photos, exposures.flow, frames, strict=True):
        guidance = flow_to_guidance(np.ascontiguousarray(flow.permute(1, 2, 0).numpy()))
        rows.append([_pixels(photo), PALETTE[guidance], *(_pixels(film[i]) for i in (0, 3, 6))])
    names = ["photo", "guidance", "frame 1", "frame 4", "frame 7"]
    sheet = contact_sheet(rows, [names] + [[""] * len(names)] * (SCENES - 1))
    write_photo(Path(__file__).parent / "simulator.jpg", sheet)


def _pixels(picture: object) -> np.ndarray:
    return (picture.permute(1, 2, 0).clamp(0, 1) * 255).round().byte().numpy()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
