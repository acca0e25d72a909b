"""A small photo, and a tiny decomposer that really changes what moves, also as a weights file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from app.checkpoints import save_checkpoint
from models.decomposer import Decomposer, DecomposerConfig

TINY = DecomposerConfig(widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,))


@pytest.fixture
def photo() -> np.ndarray:
    """Squares of 4 pixels in random colours, 40 x 56."""
    rng = np.random.default_rng(3)
    coarse = rng.random((10, 14, 3)).repeat(4, 0).repeat(4, 1)
    return (255 * coarse).astype(np.uint8)


@pytest.fixture(scope="session")
def tiny_network() -> Decomposer:
    """Random weights with strong heads, so that every moving pixel differs from the photo."""
    generator = torch.Generator().manual_seed(3)
    network = Decomposer(TINY)
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.ndim > 1:
                fan_in = parameter[0].numel()
                parameter.copy_(torch.randn(parameter.shape, generator=generator) / fan_in**0.5)
            else:
                parameter.copy_(0.1 * torch.randn(parameter.shape, generator=generator))
        for stage in (network.stage1, network.stage2):
            stage.head.weight.mul_(0.3)
    return network.eval()


@pytest.fixture(scope="session")
def tiny_weights(tiny_network: Decomposer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny network in a file."""
    path = tmp_path_factory.mktemp("weights") / "tiny.safetensors"
    save_checkpoint(path, tiny_network, metadata={"note": "for tests"})
    return path


@pytest.fixture(autouse=True)
def no_device_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own standing wish must not decide a test."""
    monkeypatch.delenv("UNSPOOL_DEVICE", raising=False)
