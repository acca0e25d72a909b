"""Conditions in which photos are taken: they change the picture and never what is true of it."""

from __future__ import annotations

import pytest
import torch

from app.errors import InputError
from app.training.batches import seeded
from app.training.compositing import Exposures
from app.training.conditions import PLAIN, Conditions, soften, under


def _exposures(count: int = 40, size: int = 24) -> Exposures:
    generator = seeded(5)

    def drawn(*shape: int) -> torch.Tensor:
        return torch.rand(count, *shape, size, size, generator=generator)

    return Exposures(
        blurry=drawn(3), frames=drawn(3, 3), flow=drawn(2), first_to_last=drawn(2),
        last_to_first=drawn(2), occlusion=drawn(1), trajectory=drawn(3, 2),
    )  # fmt: skip


def test_softening_keeps_the_light_and_takes_the_detail() -> None:
    images = torch.rand(40, 3, 24, 24)
    softened = soften(images, 0.5, seeded(1))
    changed = (softened != images).flatten(1).any(1)
    assert 8 < int(changed.sum()) < 32
    assert torch.allclose(softened.mean(), images.mean(), atol=0.01)
    assert softened[changed].std() < 0.95 * images[changed].std()
    flat = torch.full((4, 3, 8, 8), 0.4)
    assert torch.allclose(soften(flat, 1.0, seeded(2)), flat)


def test_half_of_the_soft_photos_are_soft_in_places_only() -> None:
    images = torch.rand(60, 3, 48, 48)
    changed = (soften(images, 1.0, seeded(3)) - images).abs().amax(1) > 0.02
    share = changed.float().flatten(1).mean(1)
    assert int((share < 0.85).sum()) > 15
    assert int((share > 0.9).sum()) > 15


def test_nothing_moves_in_a_still_photo_which_is_its_middle_frame() -> None:
    before = _exposures()
    after = under(before, Conditions(soft=0.0, still=0.5, dark=0.0), seeded(1))
    still = (after.flow == 0).flatten(1).all(1)
    assert 8 < int(still.sum()) < 32
    assert after.trajectory is not None
    assert before.trajectory is not None
    assert not after.trajectory[still].any()
    assert torch.equal(after.blurry[still], before.frames[still, 1])
    assert torch.equal(after.frames[still, 0], before.frames[still, 1])
    assert torch.equal(after.blurry[~still], before.blurry[~still])
    assert torch.equal(after.trajectory[~still], before.trajectory[~still])


def test_darkness_takes_the_same_light_from_photo_and_frames() -> None:
    before = _exposures()
    after = under(before, Conditions(soft=0.0, still=0.0, dark=0.5), seeded(1))
    left = (after.blurry / before.blurry).flatten(1)
    assert torch.allclose(left, left[:, :1].expand_as(left), rtol=1e-4)
    torch.testing.assert_close((after.frames / before.frames).flatten(1)[:, 0], left[:, 0])
    assert 8 < int((left[:, 0] < 0.999).sum()) < 32
    assert float(left.min()) >= 0.039
    assert torch.equal(after.flow, before.flow)


def test_plain_conditions_change_nothing_and_shares_are_shares() -> None:
    before = _exposures(4)
    assert under(before, PLAIN, seeded(1)) is before
    with pytest.raises(InputError, match="still is a share from 0 to 1, not 2"):
        Conditions(still=2.0)
