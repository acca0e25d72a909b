"""Sign-bit encodings of flow with 2, 4, 8 or 16 directions, for the ablation of AfB's appendix B.

The app itself always uses 4 directions; its maps live in `app.guidance.maps`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from app.guidance.classes import SIGNS
from app.guidance.flow import DEFAULT_THRESHOLD, moving_flow
from app.guidance.maps import from_signs

BITS_OF_DIRECTIONS = {2: 1, 4: 2, 8: 3, 16: 4}
"""How many sign bits each number of directions takes."""


def encode_flow(
    flow: NDArray, directions: int = 4, threshold: float = DEFAULT_THRESHOLD
) -> NDArray[np.float32]:
    """Encode flow (H, W, 2), pixels (x, y), as (bits, H, W) float32 of -1 and +1, all 0 for static.

    AfB's appendix B gives the 4-direction signs and says only that 2, 8 and 16 directions use a
    similar 1-, 3- and 4-bit code. The sectors here are nested, so each coarser code is the first
    bits of the finer one:

    * bit 1, the sign of x: the right or the left half plane (2 directions);
    * bit 2, the sign of y: the quadrants of the app (4 directions);
    * bit 3, the sign of x where |x| >= |y|, its opposite elsewhere: halves of 45 degrees;
    * bit 4, the sign of x where the angle to the nearer axis is at least 22.5 degrees, its
      opposite elsewhere: halves of 22.5 degrees.

    Bits 3 and 4 carry the sign of x so that every bit is an odd function of the motion: the code
    of the reversed flow is the negated code, as inverse samples need, also on the axes, where the
    first two bits follow the tie rules of `Direction.from_vector`.

    Raises:
        ValueError: `directions` is not 2, 4, 8 or 16, or flow or threshold are unsuitable.
    """
    if directions not in BITS_OF_DIRECTIONS:
        raise ValueError(f"Directions must be 2, 4, 8 or 16, not {directions}.")
    flow = moving_flow(flow, threshold)
    signs = SIGNS[from_signs(np.moveaxis(flow, 2, 0))]
    sign_x, sign_y = signs[..., 0], signs[..., 1]
    across, down = np.abs(flow[..., 0]), np.abs(flow[..., 1])
    nearer, farther = np.minimum(across, down), np.maximum(across, down)
    diagonal = nearer >= math.tan(math.pi / 8) * farther
    bits = [
        sign_x,
        sign_y,
        np.where(across >= down, sign_x, -sign_x),
        np.where(diagonal, sign_x, -sign_x),
    ]
    return np.stack(bits[: BITS_OF_DIRECTIONS[directions]]).astype(np.float32)
