"""What many tests share: small stills to simulate from and a small real network."""

from __future__ import annotations

import os
from pathlib import Path

# Many small tensors: threads only get in each other's way, and offscreen Qt needs no display.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import numpy as np
import pytest


@pytest.fixture(scope="session")
def stills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of twelve stills of smooth texture and plain objects, with masks beside it."""
    root = tmp_path_factory.mktemp("material")
    images, masks = root / "stills", root / "masks"
    images.mkdir()
    masks.mkdir()
    rng = np.random.default_rng(5)
    for index in range(12):
        noise = rng.random((10, 14, 3)).astype(np.float32)
        image = cv2.resize(noise, (140, 100), interpolation=cv2.INTER_CUBIC)
        labels = np.ones((100, 140), np.uint8)
        cv2.circle(labels, (45 + index, 50), 24, 2, -1)
        cv2.rectangle(labels, (90, 20), (125, 70), 3, -1)
        image[labels == 2] = rng.random(3)
        image[labels == 3] = 1 - image[labels == 3]
        pixels = np.clip(image * 255, 0, 255).astype(np.uint8)
        cv2.imwrite(str(images / f"still{index:02d}.png"), pixels)
        cv2.imwrite(str(masks / f"still{index:02d}_0.png"), labels)
    return images
