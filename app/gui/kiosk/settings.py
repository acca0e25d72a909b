"""What the person who sets a booth up decides. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DEFAULT_QUIT_KEYS = "Ctrl+Alt+Shift+Q"


@dataclass(frozen=True)
class KioskSettings:
    """How a booth behaves.

    Attributes:
        folder: photos that visitors choose from; without one, the packaged samples.
        out: folder that gets the films that visitors keep; without one, nothing can be kept.
        idle_seconds: without a touch for so long, the booth forgets the visitor and starts again.
        quit_keys: the only key chord that ends the program, as Qt writes them.
        weights: name or path of the decomposer that animates.
        max_edge: longest side in pixels at which photos are animated and shown.
        camera: whether a camera is offered where there is one.
        full_screen: false shows an ordinary window, for setting up.
    """

    folder: Path | None = None
    out: Path | None = None
    idle_seconds: float = 60.0
    quit_keys: str = DEFAULT_QUIT_KEYS
    weights: str = "decomposer-default"
    max_edge: int = 1280
    camera: bool = True
    full_screen: bool = True
