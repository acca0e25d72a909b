"""Camera response curves: from encoded pixels to linear light and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.errors import InputError
from app.media.color import linear_to_srgb, srgb_to_linear


@dataclass(frozen=True)
class Response:
    """One curve both ways; `name` is "srgb", "linear" or "gamma:<exponent>".

    AfB and REDS use the inverse of an assumed curve before averaging and the curve after it, so the
    sharp frames keep the pixels of their source.
    """

    name: str = "srgb"

    def __post_init__(self) -> None:
        if self.name not in ("srgb", "linear") and not 0.2 <= self._exponent() <= 5:
            raise InputError(
                f"There is no response curve '{self.name}' (known: srgb, linear, gamma:2.2)."
            )

    def decode(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """uint8 pixels of any shape to linear light in 0..1."""
        levels = np.arange(256, dtype=np.float32) / 255
        if self.name == "srgb":
            levels = srgb_to_linear(levels).astype(np.float32)
        elif self.name != "linear":
            levels = levels ** np.float32(self._exponent())
        return np.asarray(levels[pixels], np.float32)

    def encode(self, light: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Linear light of any shape, clipped to 0..1, to uint8 pixels."""
        clipped = np.clip(light, 0, 1)
        if self.name == "srgb":
            encoded = linear_to_srgb(clipped)
        elif self.name == "linear":
            encoded = clipped
        else:
            encoded = clipped ** np.float32(1 / self._exponent())
        return np.rint(encoded * 255).astype(np.uint8)

    def _exponent(self) -> float:
        kind, _, number = self.name.partition(":")
        try:
            return float(number) if kind == "gamma" else 0.0
        except ValueError:
            return 0.0
