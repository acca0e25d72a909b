"""What cameras and annotators do to a simulated exposure."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from app.training.annotator import AnnotatorSettings, draw_guidance, quantise, signs_of
from app.training.batches import seeded
from app.training.camera import (
    Camera,
    CameraSettings,
    develop,
    draw_cameras,
    jpeg_roundtrip,
    photograph,
)


def camera(
    gamma: float = 0.0, shot: float = 1e-9, read: float = 1e-9, quality: float = 0.0
) -> Camera:
    return Camera(*(torch.tensor([v]) for v in (gamma, shot, read, quality)))


def test_srgb_development_is_the_standard_curve() -> None:
    radiance = torch.tensor([0.0, 0.001, 0.0031308, 0.2140, 1.0, 4.0]).view(1, 1, 1, 6)
    expected = torch.tensor([0.0, 0.01292, 0.04045, 0.5, 1.0, 1.0]).view(1, 1, 1, 6)
    assert torch.allclose(develop(radiance, camera()), expected, atol=1e-3)
    assert float(develop(radiance, camera(gamma=2.0))[0, 0, 0, 3]) == pytest.approx(0.2140**0.5)


def test_noise_has_the_strength_that_was_drawn() -> None:
    radiance = torch.full((1, 3, 64, 64), 0.25)
    photo = photograph(radiance, camera(gamma=1.0, shot=4e-4, read=0.01), seeded(1))
    assert float(photo.std()) == pytest.approx((4e-4 * 0.25 + 1e-4) ** 0.5, rel=0.05)
    assert float(photo.mean()) == pytest.approx(0.25, abs=1e-3)


@pytest.mark.parametrize("quality", [60, 80, 95])
def test_jpeg_loses_about_what_a_real_encoder_loses(quality: int) -> None:
    rng = np.random.default_rng(0)
    base = cv2.resize(rng.random((6, 8, 3)).astype(np.float32), (96, 64))
    image = np.clip(base + rng.normal(0, 0.03, base.shape), 0, 1).astype(np.float32)
    pixels = (image * 255).round().astype(np.uint8)
    flags = [cv2.IMWRITE_JPEG_QUALITY, quality]
    encoded = cv2.imencode(".jpg", pixels[:, :, ::-1], flags)[1]
    real = cv2.imdecode(encoded, cv2.IMREAD_COLOR)[:, :, ::-1].astype(float) / 255
    tensor = torch.from_numpy(pixels.astype(np.float32) / 255).permute(2, 0, 1)[None]
    ours = jpeg_roundtrip(tensor, torch.tensor([float(quality)]))[0].permute(1, 2, 0).numpy()
    source = pixels / 255
    lost_real = np.sqrt(((real - source) ** 2).mean())
    lost_ours = np.sqrt(((ours - source) ** 2).mean())
    assert lost_ours == pytest.approx(lost_real, rel=0.15)
    assert np.sqrt(((ours - real) ** 2).mean()) < 0.6 * lost_real


def test_quality_zero_leaves_a_photo_alone() -> None:
    images = torch.rand(2, 3, 17, 23)
    result = jpeg_roundtrip(images, torch.tensor([0.0, 70.0]))
    assert torch.equal(result[0], images[0])
    assert not torch.equal(result[1], images[1])
    assert result.shape == images.shape


def test_drawn_cameras_stay_in_their_ranges() -> None:
    settings = CameraSettings()
    drawn = draw_cameras(200, settings, seeded(0))
    powers = drawn.gamma[drawn.gamma > 0]
    assert 40 < len(powers) < 160
    assert settings.gamma[0] <= powers.min()
    assert powers.max() <= settings.gamma[1]
    assert set(drawn.quality[drawn.quality < 60].tolist()) == {0.0}


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (3, -3, 1), (-3, -3, 2), (-3, 3, 3), (3, 3, 4),
        (3, 0, 1), (0, -3, 2), (-3, 0, 3), (0, 3, 4), (0.3, 0.3, 0), (0, 0, 0),
    ],
)  # fmt: skip
def test_quantising_follows_the_tie_rules(x: float, y: float, expected: int) -> None:
    flow = torch.tensor([x, y], dtype=torch.float32).view(1, 2, 1, 1)
    assert quantise(flow, 0.5).item() == expected


def test_exact_annotators_give_the_quantised_flow() -> None:
    flow = torch.randn(2, 2, 32, 32, generator=torch.Generator().manual_seed(0)) * 3
    drawn = draw_guidance(flow, AnnotatorSettings(exact=1.0), seeded(0))
    assert torch.equal(drawn, signs_of(quantise(flow, 0.5)))


def test_people_draw_larger_and_smaller_than_the_truth_but_in_its_place() -> None:
    flow = torch.zeros(40, 2, 96, 96)
    flow[:, 0, 30:66, 30:66] = 8
    flow[:, 1, 30:66, 30:66] = -8
    drawn = draw_guidance(flow, AnnotatorSettings(exact=0.0), seeded(2))
    outlined = drawn.ne(0).any(1).float()
    areas = outlined.flatten(1).sum(1) / (36 * 36)
    assert areas.max() > 1.2
    assert areas.min() < 0.95
    assert areas.max() < 3
    assert bool((outlined[:, 44:52, 44:52].mean((1, 2)) > 0.99).all())
    assert outlined[:, :5].sum() == 0
    assert set(map(tuple, drawn.permute(0, 2, 3, 1).reshape(-1, 2).tolist())) == {(0, 0), (1, -1)}
