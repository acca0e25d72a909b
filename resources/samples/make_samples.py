"""Makes the sample photos from public-domain pictures that come with scikit-image.

Run from the top of a checkout, with the `test` extra installed:

    python resources/samples/make_samples.py

Each sample is a real still whose object (or camera) is moved through one exposure by the simulator,
then photographed with noise; its project holds the outline and the direction.
"""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import skimage.data
import torch

from app.guidance.classes import Direction
from app.guidance.region import Region
from app.media.photo_writing import write_photo
from app.project.document import new_project, project_path_for, save_project
from app.training.batches import seeded
from app.training.camera import Camera, photograph
from app.training.compositing import Layer, expose
from app.training.motion import Motion
from models.light import srgb_to_linear

HERE = Path(__file__).parent
STEPS = 61
Ring = tuple[tuple[float, float], ...]


def main() -> None:
    """Write every sample beside this script."""
    coffee = skimage.data.coffee()
    outline = polygon(
        "155,40 200,5 300,0 390,10 430,60 450,90 490,160 500,230 480,310 430,370 350,397 250,395 "
        "160,362 100,300 70,230 75,150 110,90 145,80"
    )
    cup = cut_out(coffee, outline)
    sample("coffee", coffee, cup, motion(angle=25, length=14, turn=2), outline)

    astronaut = skimage.data.astronaut()
    hull = polygon("352,272 358,160 384,130 388,60 402,0 420,0 436,40 438,130 462,220 470,282")
    shuttle = cut_out(astronaut, hull)
    outline = polygon("340,292 344,160 374,112 380,20 396,0 432,0 452,40 452,120 478,214 486,296")
    sample("shuttle", astronaut, shuttle, motion(angle=-72, length=14), outline)

    cat = skimage.data.chelsea()
    height, width = cat.shape[:2]
    everything = polygon(f"0,0 {width},0 {width},{height} 0,{height}")
    sample("cat", cat, None, motion(angle=205, length=9, curve=0.2, turn=1.0), everything)


def sample(
    name: str, still: np.ndarray, alpha: np.ndarray | None, moving: Motion, outline: Ring
) -> None:
    """Expose one still and write photo and project.

    `alpha` `(H, W)` in [0, 1] is the object that moves; None moves the whole picture.
    """
    height, width = still.shape[:2]
    texture = linear(still)
    times = torch.linspace(0, 1, STEPS)
    whole = torch.diag(torch.tensor([2 / width, 2 / height, 1.0]))[None]
    rows = torch.zeros(1, dtype=torch.long)
    if alpha is None:
        layers = [Layer(rows, texture, whole, moving.affines(times), "reflection")]
    else:
        mask = torch.from_numpy(alpha).float()[None, None]
        hole = cv2.dilate((alpha > 0.02).astype(np.uint8), np.ones((5, 5), np.uint8))
        behind = cv2.inpaint(np.ascontiguousarray(still), hole, 5, cv2.INPAINT_TELEA)
        resting = torch.eye(3).expand(1, STEPS, 3, 3)
        layers = [
            Layer(rows, linear(behind), whole, resting, "border"),
            Layer(rows, torch.cat([texture * mask, mask], 1), whole, moving.affines(times)),
        ]
    exposure = expose(layers, height, width, 7, 1)
    camera = Camera(*(torch.tensor([v]) for v in (0.0, 2e-4, 1e-3, 0.0)))
    pixels = photograph(exposure.blurry, camera, seeded(7))[0].permute(1, 2, 0).numpy()
    photo = HERE / f"{name}.png"
    write_photo(photo, np.round(pixels * 255).astype(np.uint8))
    dx, dy = exposure.flow[0, :, height // 2, width // 2].tolist()
    if alpha is not None:
        y, x = np.argwhere(alpha > 0.9).mean(axis=0).astype(int)
        dx, dy = exposure.flow[0, :, y, x].tolist()
    region = Region(Direction.from_vector(dx, dy), (outline,), name="")
    project = project_path_for(photo)
    save_project(new_project(photo, width, height, [region], project), project)


def motion(*, angle: float, length: float, curve: float = 0.0, turn: float = 0.0) -> Motion:
    """One motion; degrees and pixels over the exposure, y down."""

    def one(value: float) -> torch.Tensor:
        return torch.tensor([value])

    return Motion(
        angle=one(math.radians(angle)),
        length=one(length),
        curve=one(curve),
        acceleration=one(0.0),
        turn=one(math.radians(turn)),
        growth=one(0.0),
        centre=torch.zeros(1, 2),
        size=one(1.0),
        pose=one(0.0),
    )


def cut_out(still: np.ndarray, ring: Ring) -> np.ndarray:
    """The object inside a rough outline as soft alpha `(H, W)`, found by GrabCut."""
    mask = np.full(still.shape[:2], cv2.GC_BGD, np.uint8)
    points = np.array(ring, np.float32).round().astype(np.int32)
    cv2.fillPoly(mask, [points], cv2.GC_PR_FGD)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    bgr = np.ascontiguousarray(still[:, :, ::-1])
    cv2.grabCut(bgr, mask, None, *models, 6, cv2.GC_INIT_WITH_MASK)
    object_ = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    closing = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    object_ = cv2.morphologyEx(object_, cv2.MORPH_CLOSE, closing)
    _, parts, stats, _ = cv2.connectedComponentsWithStats(object_)
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    return cv2.GaussianBlur((parts == largest).astype(np.float32), (5, 5), 1.0)


def linear(still: np.ndarray) -> torch.Tensor:
    """sRGB bytes `(H, W, 3)` → linear light `(1, 3, H, W)`."""
    pixels = torch.from_numpy(np.ascontiguousarray(still)).permute(2, 0, 1)[None]
    return srgb_to_linear(pixels.float() / 255)


def polygon(text: str) -> Ring:
    """A ring from "x,y x,y …"."""
    pairs = (point.split(",") for point in text.split())
    return tuple((float(x), float(y)) for x, y in pairs)


if __name__ == "__main__":
    main()
