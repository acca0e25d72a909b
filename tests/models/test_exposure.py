"""The blur creation module: equal to averaging by hand, and exact gradients."""

from __future__ import annotations

import torch

from models.exposure import created_blur, reblurred, warped
from models.light import exposure_weights, linear_to_srgb, srgb_to_linear


def _constant(x: float, y: float, like: torch.Tensor) -> torch.Tensor:
    offset = torch.tensor([x, y], dtype=like.dtype).view(1, 2, 1, 1)
    return offset.expand(like.shape[0], 2, *like.shape[2:])


def test_a_pixel_sees_what_lies_at_its_offset():
    image = torch.rand(1, 3, 8, 9)
    seen = warped(image, _constant(2, -1, image))
    torch.testing.assert_close(seen[:, :, 1:, :-2], image[:, :, :-1, 2:])


def test_half_a_pixel_is_the_mean_of_two_and_beyond_the_border_its_values_go_on():
    image = torch.rand(1, 1, 4, 6)
    seen = warped(image, _constant(0.5, 0, image))
    torch.testing.assert_close(seen[..., :-1], (image[..., :-1] + image[..., 1:]) / 2)
    far = warped(image, _constant(100, 0, image))
    torch.testing.assert_close(far, image[..., -1:].expand_as(far))


def test_blur_is_the_average_along_the_path():
    """Compared with shifting whole pixels by hand, for paths that differ from pixel to pixel."""
    generator = torch.Generator().manual_seed(0)
    sharp = torch.rand(1, 3, 12, 12, generator=generator)
    paths = torch.randint(-2, 3, (1, 5, 2, 12, 12), generator=generator).float()
    blurry = created_blur(sharp, paths)
    for y, x in [(3, 3), (6, 8), (9, 2)]:
        seen = [
            sharp[0, :, y + int(paths[0, n, 1, y, x]), x + int(paths[0, n, 0, y, x])]
            for n in range(5)
        ]
        torch.testing.assert_close(blurry[0, :, y, x], torch.stack(seen).mean(0))


def test_weights_are_those_of_the_points():
    sharp = torch.rand(1, 3, 6, 6)
    paths = torch.stack([_constant(x, 0, sharp) for x in (-1.0, 0.0, 1.0)], 1)
    wanted = sum(w * warped(sharp, paths[:, n]) for n, w in enumerate(exposure_weights(3).tolist()))
    torch.testing.assert_close(created_blur(sharp, paths, exposure_weights(3)), wanted)


def test_reblurring_averages_light_and_not_encoded_values():
    sharp = torch.zeros(1, 3, 4, 8)
    sharp[..., 4:] = 1
    paths = torch.stack([_constant(-2, 0, sharp), _constant(2, 0, sharp)], 1)
    middle = reblurred(sharp, paths)[0, 0, 2, 4]
    torch.testing.assert_close(middle, linear_to_srgb(torch.tensor(0.5)))
    light = created_blur(srgb_to_linear(sharp), paths)
    torch.testing.assert_close(srgb_to_linear(reblurred(sharp, paths)), light)


def test_gradients_are_exact_in_image_and_offsets():
    generator = torch.Generator().manual_seed(1)
    sharp = torch.rand(1, 2, 5, 6, generator=generator, dtype=torch.float64, requires_grad=True)
    # Away from whole pixels, where linear interpolation has a kink.
    whole = torch.randint(-1, 2, (1, 3, 2, 5, 6), generator=generator).double()
    fraction = 0.2 + 0.6 * torch.rand(whole.shape, generator=generator, dtype=torch.float64)
    inner = torch.zeros_like(whole)
    inner[..., 2:-2, 2:-2] = 1
    paths = ((whole * inner) + fraction).clamp(-1.8, 1.8)
    paths[..., -1, :] = 0.3 - 1
    paths[..., :, -1] = 0.3 - 1
    paths.requires_grad_()
    assert torch.autograd.gradcheck(created_blur, (sharp, paths))
