"""Frames carried along displacement, and a decomposer that weighs them."""

from __future__ import annotations

import torch

from models.carrying import EVENED, carried, evened
from models.decomposer import Decomposer, DecomposerConfig

CARRIES = DecomposerConfig(
    widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,),
    sees_displacement=True, carries=True,
)  # fmt: skip


def a_dot(x: int, y: int) -> torch.Tensor:
    image = torch.zeros(1, 3, 32, 48)
    image[..., y, x] = 1
    return image


def test_a_dot_is_carried_from_where_it_was_first_to_where_it_was_last() -> None:
    film = torch.rand(1, 7, 3, 32, 48)
    film[:, 3] = a_dot(24, 16)
    moved = torch.tensor([12.0, -6.0]).view(1, 2, 1, 1).expand(1, 2, 32, 48)
    frames = carried(film, moved)
    for index, frame in enumerate(frames[0]):
        torch.testing.assert_close(frame[None], a_dot(18 + 2 * index, 19 - index))


def test_of_an_even_number_of_frames_the_first_of_both_in_the_middle_is_carried() -> None:
    film = torch.rand(1, 4, 3, 32, 48)
    film[:, 1] = a_dot(24, 16)
    moved = torch.tensor([9.0, 0.0]).view(1, 2, 1, 1).expand(1, 2, 32, 48)
    for frame, x in zip(carried(film, moved)[0], (21, 24, 27, 30), strict=True):
        torch.testing.assert_close(frame[None], a_dot(x, 16))


def test_evening_does_not_mix_directions_nor_reach_where_nothing_is_known() -> None:
    signs = torch.ones(1, 2, 32, 64)
    signs[..., 32:] = -1
    displacement = 10 * signs
    displacement[..., :8] = 0
    even = evened(displacement, signs)
    torch.testing.assert_close(even, displacement)
    noisy = displacement + torch.randn_like(displacement) * displacement.ne(0)
    assert (evened(noisy, signs) - displacement).abs().max() < 1.0
    assert not evened(noisy, signs)[..., :8].any()


def test_evening_looks_no_farther_than_it_says() -> None:
    signs = torch.ones(1, 2, 64, 64)
    one = torch.full((1, 2, 64, 64), 5.0)
    other = one.clone()
    other[..., 32 + EVENED :] = 9
    torch.testing.assert_close(evened(one, signs)[..., :32], evened(other, signs)[..., :32])
    assert not torch.allclose(evened(one, signs)[..., 40:48], evened(other, signs)[..., 40:48])


def lively(config: DecomposerConfig) -> Decomposer:
    torch.manual_seed(3)
    model = Decomposer(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.05 * torch.randn_like(parameter))
    return model


def test_an_unfitted_network_believes_half_of_what_is_carried() -> None:
    photo = a_dot(24, 16)
    signs = torch.ones(1, 2, 32, 48)
    moved = torch.zeros(1, 2, 32, 48)
    moved[:, 0] = 12
    with torch.no_grad():
        frames = Decomposer(CARRIES).eval()(photo, signs, moved).frames
    torch.testing.assert_close(frames[:, 0], (a_dot(24, 16) + a_dot(18, 16)) / 2)
    torch.testing.assert_close(frames[:, 6], (a_dot(24, 16) + a_dot(30, 16)) / 2)


def test_nothing_is_carried_where_nobody_says_how_far() -> None:
    model = lively(CARRIES)
    photo, signs = torch.rand(1, 3, 32, 48), torch.ones(1, 2, 32, 48)
    with torch.no_grad():
        silent = model(photo, signs)
        plain = model(photo, signs, torch.zeros(1, 2, 32, 48))
    torch.testing.assert_close(silent.frames, plain.frames)
    # What stage 1 shows in the middle is then nobody else's business.
    moved = torch.zeros(1, 2, 32, 48)
    moved[..., 24:] = 6
    with torch.no_grad():
        told = model(photo, signs, moved)
    assert not torch.allclose(told.frames[..., 24:], silent.frames[..., 24:], atol=1e-3)


def test_static_pixels_stay_the_photo_whatever_is_carried() -> None:
    photo, signs = torch.rand(1, 3, 32, 48), torch.ones(1, 2, 32, 48)
    signs[..., :20] = 0
    moved = torch.full((1, 2, 32, 48), 15.0)
    with torch.no_grad():
        frames = lively(CARRIES)(photo, signs, moved).frames
    assert torch.equal(frames[..., :20], photo[:, None, :, :, :20].expand(1, 7, 3, 32, 20))


def test_nothing_outside_the_receptive_radius_is_carried_to_a_pixel() -> None:
    model = lively(CARRIES).double()
    radius = model.receptive_radius
    side = 2 * (radius + 12) // 4 * 4
    middle = side // 2
    photo = torch.rand(1, 3, side, side, dtype=torch.float64)
    signs = torch.ones(1, 2, side, side, dtype=torch.float64)
    moved = 500 * torch.randn(1, 2, side, side, dtype=torch.float64)
    with torch.no_grad():
        before = model(photo, signs, moved).frames[..., middle, middle]
        for planes in (photo, moved):
            planes[..., : middle - radius - 1, :] = 0.3
            planes[..., :, middle + radius + 2 :] = 0.7
        after = model(photo, signs, moved).frames[..., middle, middle]
    torch.testing.assert_close(before, after, rtol=0, atol=1e-9)
