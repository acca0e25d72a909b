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
import torch

from app.checkpoints import save_checkpoint
from models.predictor import Predictor, PredictorConfig


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


@pytest.fixture(scope="session")
def red_moves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights of a predictor that says: what is red moves along the rising diagonal.

    Up-right where the first number of the code is positive, else down-left.
    """
    config = PredictorConfig(
        patch=1, widths=(4, 4), blocks=(1,), middle_blocks=0, encoder_widths=(4, 4)
    )
    network = Predictor(config)
    with torch.no_grad():
        for parameter in network.generator.parameters():
            parameter.zero_()
        # Channel 0 is how much redder than blue a pixel is, channel 1 the first number of the code.
        network.generator.enter.weight[0, :3, 1, 1] = torch.tensor([1.0, 0.0, -1.0])
        for block in [*network.generator.encoders[0]]:  # type: ignore[misc]
            block.steer.weight[4, 0], block.steer.weight[5, 0] = 1.0, -1.0
            block.conv2.weight[1, 0, 1, 1], block.conv2.weight[1, 1, 1, 1] = 1.0, -1.0
        head = network.generator.head
        head.weight[0, 0, 1, 1] = -20.0
        for direction, sign in ((1, 1.0), (3, -1.0)):
            head.weight[direction, 0, 1, 1], head.weight[direction, 1, 1, 1] = 20.0, 3.0 * sign
        head.weight[6, 0, 1, 1] = -4.0
        head.bias[2] = head.bias[4] = -30.0
    path = tmp_path_factory.mktemp("predictors") / "red-moves.safetensors"
    save_checkpoint(path, network)
    return path
