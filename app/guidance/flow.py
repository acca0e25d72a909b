"""Optical flow to guidance: one class per pixel from a dense flow field.

Estimating flow is done elsewhere; here it is only quantised (AfB, section 3.2 and appendix B).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.guidance.maps import GuidanceMap, from_signs

DEFAULT_THRESHOLD = 0.5
"""Pixels at the evaluation resolution; slower motion counts as static."""


def moving_flow(flow: NDArray, threshold: float = DEFAULT_THRESHOLD) -> NDArray[np.floating]:
    """The flow with every vector set to zero that is shorter than `threshold` or not finite.

    Args:
        flow: (H, W, 2) displacements (x, y) in pixels; NaN and infinity mean "unknown".
        threshold: pixels, at least 0; a vector of exactly this length counts as moving.

    Raises:
        ValueError: another shape, or a threshold that is negative or NaN.
    """
    flow = np.asarray(flow)
    if flow.ndim != 3 or flow.shape[2] != 2:
        raise ValueError(f"Flow has the shape (H, W, 2), not {flow.shape}.")
    if not threshold >= 0:
        raise ValueError(f"The threshold must be 0 or more pixels, not {threshold}.")
    if flow.dtype.kind != "f":
        flow = flow.astype(np.float64)
    known = np.isfinite(flow).all(axis=2, keepdims=True)
    flow = np.where(known, flow, 0)
    moving = np.hypot(flow[..., :1], flow[..., 1:]) >= threshold
    return np.where(moving, flow, 0)


def flow_to_guidance(flow: NDArray, threshold: float = DEFAULT_THRESHOLD) -> GuidanceMap:
    """Quantise flow (H, W, 2), pixels (x, y), to a guidance map (H, W) of classes 0..4.

    Vectors shorter than `threshold` pixels, and unknown ones (NaN, infinity), are static; vectors
    on an axis follow `Direction.from_vector`. Reversing the flow inverts the map, on the axes too.

    Raises:
        ValueError: another shape, or a threshold that is negative or NaN.
    """
    return from_signs(np.moveaxis(moving_flow(flow, threshold), 2, 0))
