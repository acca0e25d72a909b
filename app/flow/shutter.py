"""Which part of the way from frame to frame a shutter shows: flow as displacement while exposed."""

from __future__ import annotations

import cv2
import numpy as np

from app.flow.matching import Flow

DEFAULT_SHUTTER = 6 / 7
"""The exposed part of a frame interval. Video in poor light, which is the blurred kind, is exposed
for nearly all of it; and seven frames that span six sevenths make an even film with the next."""

_EVENED = 3.0
"""Standard deviation in pixels over which flow is averaged before networks are told of it."""


def displacement_while_exposed(flow: Flow, shutter: float) -> Flow:
    """How far things moved while the shutter was open, without the flow's jitter.

    Args:
        flow: `(H, W, 2)` pixels from one frame to the next.
        shutter: exposed part of the time between them, above 0 and up to 1.
    """
    evened = cv2.GaussianBlur(flow * np.float32(shutter), (0, 0), _EVENED)
    return np.asarray(evened, np.float32)
