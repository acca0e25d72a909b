"""Makes README's pictures of films from the packaged samples and the shipped weights.

Run from the top of a checkout:

    python resources/pictures/make_pictures.py
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from app.assets import sample_names, sample_path
from app.engine.animate import animate
from app.engine.progress import finish
from app.guidance.classes import PALETTE
from app.media.contact_sheet import contact_sheet
from app.media.photo_writing import write_photo
from app.media.photos import read_photo
from app.project.document import project_path_for
from app.project.source import load_guidance

HERE = Path(__file__).parent
HEIGHT = 200


def main() -> None:
    """Write `<sample>-strip.png` for every sample."""
    for name in sample_names():
        photo = sample_path(name)
        pixels = read_photo(photo).pixels
        height, width = pixels.shape[:2]
        guidance = load_guidance(project_path_for(photo), width, height)
        film = finish(animate(pixels, guidance))
        painted = (pixels * 0.45 + PALETTE[guidance] * 0.55).astype(np.uint8)
        painted[guidance == 0] = pixels[guidance == 0] // 3
        row = [pixels, painted, *(film.frames[i] for i in (0, 3, 6))]
        sheet = contact_sheet(
            [[_shrunk(picture) for picture in row]],
            [["photo", "guidance", "frame 1", "frame 4", "frame 7"]],
        )
        write_photo(HERE / f"{name}-strip.png", sheet)


def _shrunk(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    scale = HEIGHT / picture.shape[0]
    size = (round(picture.shape[1] * scale), HEIGHT)
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8)


if __name__ == "__main__":
    main()
