"""What cameras and annotators do to a simulated exposure."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from app.training.annotator import AnnotatorSettings, draw_arrows, draw_guidance, quantise, signs_of
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


def moving_square(dx: float, dy: float, size: int = 64) -> tuple[torch.Tensor, torch.Tensor]:
    """True displacement of a square in the middle, and guidance around it."""
    displacement = torch.zeros(1, 2, size, size)
    displacement[:, 0, 20:40, 20:40] = dx
    displacement[:, 1, 20:40, 20:40] = dy
    outlined = torch.zeros(1, 2, size, size)
    outlined[:, 0, 12:48, 12:48] = 1 if dx > 0 else -1
    outlined[:, 1, 12:48, 12:48] = 1 if dy > 0 else -1
    return displacement, outlined


def test_an_exact_arrow_is_the_displacement_all_over_the_outline() -> None:
    displacement, outlined = moving_square(14.0, -5.0)
    exact = AnnotatorSettings(exact=1.0, arrows=1.0)
    arrows = draw_arrows(displacement, outlined, exact, seeded(0))
    inside = outlined.ne(0).all(1)
    assert torch.allclose(arrows.permute(0, 2, 3, 1)[inside], torch.tensor([14.0, -5.0]), atol=1e-3)
    assert float(arrows.permute(0, 2, 3, 1)[~inside].abs().max()) == 0


def test_drawn_arrows_are_about_as_long_and_point_about_the_same_way() -> None:
    displacement, outlined = (part.repeat(400, 1, 1, 1) for part in moving_square(14.0, -5.0))
    drawn = AnnotatorSettings(exact=0.0, arrows=1.0, aim=8.0, arrow_length=0.12)
    arrows = draw_arrows(displacement, outlined, drawn, seeded(1))[:, :, 30, 30]
    lengths = arrows.norm(dim=1).log() - torch.tensor([14.0, -5.0]).norm().log()
    turns = torch.rad2deg(torch.atan2(arrows[:, 1], arrows[:, 0])) + 19.65
    assert float(lengths.std()) == pytest.approx(0.12, rel=0.15)
    assert float(turns.std()) == pytest.approx(8.0, rel=0.15)
    assert abs(float(turns.mean())) < 1.5


def test_arrows_are_drawn_as_often_as_wanted_and_per_direction() -> None:
    displacement, outlined = (part.repeat(400, 1, 1, 1) for part in moving_square(14.0, 5.0))
    displacement[:, :, :, :30] *= -1
    outlined[:, :, :, :30] *= -1
    some = AnnotatorSettings(arrows=0.3)
    arrows = draw_arrows(displacement, outlined, some, seeded(2))
    left, right = (arrows[:, :, 30, column].norm(dim=1) > 0 for column in (25, 36))
    assert float(right.float().mean()) == pytest.approx(0.3, abs=0.07)
    assert float((left & right).float().mean()) == pytest.approx(0.09, abs=0.05)
    assert float(arrows[right, 0, 30, 36].min()) > 0
    assert float(arrows[left, 0, 30, 25].max()) < 0


def test_what_does_not_truly_move_gets_no_arrow() -> None:
    _, outlined = moving_square(14.0, 5.0)
    still = torch.zeros_like(outlined)
    arrows = draw_arrows(still, outlined, AnnotatorSettings(arrows=1.0), seeded(3))
    assert float(arrows.abs().max()) == 0
