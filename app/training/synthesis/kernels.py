"""Motion-ETR's synthetic set: stills blurred by one linear kernel per pixel, smoothly varying.

The flow maps follow Gong et al. (CVPR 2017), whom Motion-ETR (section 5.1) takes them from: camera
travel, rotation and zoom, here with a smooth random field on top.
"""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from app.flow.matching import Flow
from app.flow.warping import warp
from app.guidance.flow import flow_to_guidance
from app.training.datasets.samples import Sample
from app.training.synthesis.response import Response


def smooth_flow(height: int, width: int, longest: float, rng: np.random.Generator) -> Flow:
    """A smooth motion-flow map `(H, W, 2)`: how far each pixel moves over the exposure.

    Its longest vector is between 2 and `longest` pixels, evenly distributed.
    """
    y, x = np.mgrid[:height, :width].astype(np.float32)
    half = max(height, width) / 2
    x, y = (x - width / 2) / half, (y - height / 2) / half
    angle = rng.uniform(0, 2 * math.pi)
    spin, zoom = rng.normal(0, 0.6, 2)
    flow = np.dstack(
        [
            math.cos(angle) - spin * y + zoom * x,
            math.sin(angle) + spin * x + zoom * y,
        ]
    ).astype(np.float32)
    coarse = rng.normal(0, 0.35, (4, 4, 2)).astype(np.float32)
    flow += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    wanted = rng.uniform(2, max(2.0, longest))
    return flow * np.float32(wanted / np.hypot(flow[..., 0], flow[..., 1]).max())


def blur_along(
    still: NDArray[np.uint8],
    flow: Flow,
    response: Response,
    *,
    path: Path,
    frames: int = 7,
    points: int = 15,
) -> Sample:
    """Blur a still along straight, evenly travelled lines (Motion-ETR Eq. 3, linear constraint).

    What is seen at pixel p at time t in 0..1 is the still at p + offset, offset = (0.5 - t) · flow:
    offsets point against the motion, and the still is the middle frame.

    Args:
        still: `(H, W, 3)` uint8.
        flow: `(H, W, 2)` displacement over the exposure in pixels.
        response: the still's response curve.
        path: the sample's path.
        frames: T, how many sharp frames are kept.
        points: N, how many points of the trajectory are given.
    """
    light = response.decode(still)
    longest = float(np.hypot(flow[..., 0], flow[..., 1]).max())
    last = (frames - 1) * max(1, math.ceil(longest / (frames - 1)))
    total = np.zeros(light.shape, np.float64)
    kept = []
    for instant in range(last + 1):
        seen = warp(light, np.float32(0.5 - instant / last) * flow)
        total += seen * (0.5 if instant in (0, last) else 1.0)
        if instant % (last // (frames - 1)) == 0:
            kept.append(response.encode(seen))
    times = np.linspace(0, 1, points, dtype=np.float32)[:, None, None, None]
    return Sample(
        path=path,
        blurry=response.encode((total / last).astype(np.float32)),
        frames=np.stack(kept),
        guidance=flow_to_guidance(flow),
        flow=flow,
        offsets=(np.float32(0.5) - times) * np.moveaxis(flow, 2, 0)[None],
    )
