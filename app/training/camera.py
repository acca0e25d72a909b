"""What a camera does to radiance: saturation, noise, response curve and JPEG, batched in torch.

Everything happens after the averaging over the exposure, as in a real sensor; the sharp frames get
the response only, so that they stay the clean truth.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from app.training.motion import chance, log_uniform, uniform
from models.light import linear_to_srgb


@dataclass(frozen=True)
class CameraSettings:
    """How cameras vary from sample to sample.

    Attributes:
        gamma: range of plain power-law responses.
        srgb: how often the response is exactly sRGB instead.
        shot_noise: range of the variance per unit of radiance; its logarithm is uniform.
        read_noise: range of the standard deviation in radiance; its logarithm is uniform.
        jpeg: how often the photo is compressed.
        jpeg_quality: range of the compression quality, 1..100.
    """

    gamma: tuple[float, float] = (1.8, 2.4)
    srgb: float = 0.5
    shot_noise: tuple[float, float] = (1e-5, 3e-3)
    read_noise: tuple[float, float] = (1e-4, 1e-2)
    jpeg: float = 0.5
    jpeg_quality: tuple[float, float] = (60.0, 98.0)


@dataclass(frozen=True)
class Camera:
    """One camera per sample, `(B,)` each; `gamma` 0 stands for sRGB, `quality` 0 for no JPEG."""

    gamma: Tensor
    shot_noise: Tensor
    read_noise: Tensor
    quality: Tensor


def draw_cameras(count: int, settings: CameraSettings, generator: torch.Generator) -> Camera:
    """Draw `count` cameras from a CPU generator."""
    g = generator
    return Camera(
        gamma=uniform(count, *settings.gamma, g) * (1 - chance(count, settings.srgb, g)),
        shot_noise=log_uniform(count, *settings.shot_noise, g),
        read_noise=log_uniform(count, *settings.read_noise, g),
        quality=uniform(count, *settings.jpeg_quality, g) * chance(count, settings.jpeg, g),
    )


def photograph(radiance: Tensor, camera: Camera, generator: torch.Generator) -> Tensor:
    """The photo `(B, 3, H, W)` in [0, 1] that the cameras make of mean radiance `(B, 3, H, W)`.

    Noise is drawn from `generator` on its own device and moved to the radiance's.
    """
    noise = torch.randn(radiance.shape, generator=generator, device=generator.device)
    shot, read = (_per_sample(v, radiance) for v in (camera.shot_noise, camera.read_noise))
    deviation = torch.sqrt(shot * radiance.clamp(0, 1) + read * read)
    sensed = (radiance + deviation * noise.to(radiance.device)).clamp(0, 1)
    return jpeg_roundtrip(develop(sensed, camera), camera.quality)


def develop(radiance: Tensor, camera: Camera) -> Tensor:
    """Clip radiance `(B, ..., H, W)` to [0, 1] and apply each sample's response curve."""
    clipped = radiance.clamp(0, 1)
    gamma = _per_sample(camera.gamma, radiance)
    power = clipped.clamp(min=1e-6) ** (1 / torch.where(gamma > 0, gamma, 1.0))
    return torch.where(gamma > 0, power, linear_to_srgb(clipped))


def jpeg_roundtrip(images: Tensor, quality: Tensor) -> Tensor:
    """JPEG's loss without its file: 4:2:0 chroma, 8×8 DCT, quantisation.

    Args:
        images: `(B, 3, H, W)` in [0, 1].
        quality: `(B,)` in 1..100 as libjpeg scales its tables; 0 leaves a sample as it is.

    Returns:
        `(B, 3, H, W)` in [0, 1].
    """
    chosen = torch.nonzero(quality > 0)[:, 0]
    if not len(chosen):
        return images
    rows = chosen.to(images.device)
    result = images.clone()
    result[rows] = _compress(images[rows], quality[chosen].to(images.device))
    return result


def _compress(images: Tensor, quality: Tensor) -> Tensor:
    height, width = images.shape[2:]
    padded = F.pad(images, (0, -width % 16, 0, -height % 16), mode="replicate") * 255
    forward = torch.tensor(
        [
            [0.299, 0.587, 0.114],
            [-0.168736, -0.331264, 0.5],
            [0.5, -0.418688, -0.081312],
        ],
        device=images.device,
    )
    planes = torch.einsum("ij,bjhw->bihw", forward, padded)
    luma = planes[:, :1] - 128
    chroma = F.avg_pool2d(planes[:, 1:], 2)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality) / 100
    luma = _quantise(luma, _LUMA_TABLE, scale) + 128
    # Bilinear is what libjpeg's "fancy upsampling" does.
    chroma = F.interpolate(_quantise(chroma, _CHROMA_TABLE, scale), scale_factor=2, mode="bilinear")
    rebuilt = torch.einsum("ij,bjhw->bihw", torch.linalg.inv(forward), torch.cat([luma, chroma], 1))
    return (rebuilt[:, :, :height, :width] / 255).clamp(0, 1)


def _quantise(planes: Tensor, table: Tensor, scale: Tensor) -> Tensor:
    """Round the 8×8 DCT coefficients of `(B, C, H, W)` planes to multiples of the scaled table."""
    device = planes.device
    steps = (table.to(device)[None] * scale[:, None, None]).round().clamp(1, 255)
    dct = _DCT.to(device)
    blocks = planes.unflatten(3, (-1, 8)).unflatten(2, (-1, 8)).transpose(3, 4)
    coefficients = dct @ blocks @ dct.T
    steps = steps[:, None, None, None]
    rounded = (coefficients / steps).round() * steps
    back = dct.T @ rounded @ dct
    return back.transpose(3, 4).flatten(4, 5).flatten(2, 3)


def _dct_matrix() -> Tensor:
    n = torch.arange(8.0)
    matrix = torch.cos((2 * n[None] + 1) * n[:, None] * torch.pi / 16) / 2
    matrix[0] /= 2**0.5
    return matrix


_DCT = _dct_matrix()
# ITU-T T.81, Annex K, tables K.1 and K.2.
_LUMA_TABLE = torch.tensor(
    [
        [16, 11, 10, 16, 24, 40, 51, 61],
        [12, 12, 14, 19, 26, 58, 60, 55],
        [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62],
        [18, 22, 37, 56, 68, 109, 103, 77],
        [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101],
        [72, 92, 95, 98, 112, 100, 103, 99],
    ]
).float()
_CHROMA_TABLE = torch.full((8, 8), 99.0)
_CHROMA_TABLE[:4, :4] = torch.tensor(
    [[17, 18, 24, 47], [18, 21, 26, 66], [24, 26, 56, 99], [47, 66, 99, 99]]
).float()


def _per_sample(values: Tensor, like: Tensor) -> Tensor:
    return values.to(like.device).view(-1, *([1] * (like.ndim - 1)))
