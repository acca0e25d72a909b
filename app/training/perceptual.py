"""SSIM and LPIPS of films, where the packages that compute them are installed.

Neither is implemented here: numbers are comparable only from the same code as everybody's.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from app.errors import InputError

ALEXNET = "alexnet-owt-7be5be79.pth"
"""The file that torchvision calls AlexNet's ImageNet weights."""

Distance = Callable[[Tensor, Tensor], Tensor]


def ssim_available() -> bool:
    """Whether scikit-image is installed."""
    return importlib.util.find_spec("skimage") is not None


def ssim(films: Tensor, truth: Tensor) -> Tensor:
    """Structural similarity of `(B, T, 3, H, W)` films in [0, 1], a mean over frames, `(B,)`.

    scikit-image's defaults (7×7 windows) on 8-bit colour images, whole frames.
    """
    from skimage.metrics import structural_similarity

    def bytes_of(pictures: Tensor) -> np.ndarray:
        levels = (pictures.clamp(0, 1) * 255).round().byte()
        return levels.permute(0, 1, 3, 4, 2).cpu().numpy()

    scores = [
        [
            structural_similarity(ours, ideal, channel_axis=2, data_range=255)
            for ours, ideal in zip(film, wanted, strict=True)
        ]
        for film, wanted in zip(bytes_of(films), bytes_of(truth), strict=True)
    ]
    return torch.tensor(scores).mean(1)


def load_lpips(device: torch.device | str = "cpu") -> Distance:
    """LPIPS with AlexNet (Zhang et al., CVPR 2018) as a function of two films in [0, 1].

    The function takes `(B, T, 3, H, W)` twice and gives the mean over frames, `(B,)`. Nothing is
    downloaded: AlexNet's weights must be where torchvision keeps them.

    Raises:
        InputError: the package or AlexNet's weights are missing.
    """
    try:
        import lpips
    except ImportError as error:
        raise InputError("LPIPS needs the lpips package: pip install 'unspool[lpips]'.") from error
    weights = Path(torch.hub.get_dir()) / "checkpoints" / ALEXNET
    if not weights.is_file():
        raise InputError(
            f"LPIPS needs AlexNet's weights, which nothing downloads here: save "
            f"https://download.pytorch.org/models/{ALEXNET} as {weights}."
        )
    network = lpips.LPIPS(net="alex", verbose=False).to(device).eval()

    def distance(films: Tensor, truth: Tensor) -> Tensor:
        with torch.inference_mode():
            ours, ideal = (x.clamp(0, 1).flatten(0, 1).to(device) * 2 - 1 for x in (films, truth))
            return network(ours, ideal).flatten().view(films.shape[:2]).mean(1).cpu()

    return distance


def mean_ssim(images: Tensor, truth: Tensor) -> float | None:
    """Mean `ssim` of `(B, 3, H, W)` images in [0, 1]; None where it cannot be measured."""
    if not ssim_available():
        return None
    return float(ssim(images[:, None], truth[:, None]).mean())
