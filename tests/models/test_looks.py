"""Several looks at a photo that all answer the same question."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch
from torch import Tensor

from models.decomposer import Decomposer, DecomposerConfig
from models.looks import LOOKS, PLAIN, averaged, seen

FRAMES = 5


def slides(photo: Tensor, guidance: Tensor) -> SimpleNamespace:
    """Frames that slide along the guidance: mirrored, turned or backwards, nothing else changes."""
    padded = torch.nn.functional.pad(photo, (1, 1, 1, 1), mode="replicate")
    across = padded[:, :, 1:-1, 2:] - padded[:, :, 1:-1, :-2]
    down = padded[:, :, 2:, 1:-1] - padded[:, :, :-2, 1:-1]
    step = guidance[:, :1] * across + guidance[:, 1:] * down
    times = torch.linspace(-1, 1, FRAMES).view(1, -1, 1, 1, 1)
    return SimpleNamespace(frames=photo[:, None] - times * step[:, None])


@pytest.fixture
def scene() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    photo = torch.rand(2, 3, 12, 9, generator=generator)
    guidance = torch.randint(-1, 2, (2, 2, 12, 9), generator=generator).float()
    return photo, guidance


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_is_turned_back(scene, look):
    torch.testing.assert_close(seen(slides, *scene, look), slides(*scene).frames)


def test_a_network_sees_something_else_in_every_look_and_the_mean_is_of_all(scene):
    torch.manual_seed(0)
    config = {"encoder_blocks": (1,), "middle_blocks": 1, "decoder_blocks": (1,)}
    network = Decomposer(DecomposerConfig(widths=(4, 6), **config))
    with torch.no_grad():
        for stage in (network.stage1, network.stage2):
            stage.head.weight.normal_(std=0.1)
        films = [seen(network, *scene, look) for look in LOOKS]
        torch.testing.assert_close(films[0], network(*scene).frames)
        for film in films[1:]:
            assert not torch.allclose(film, films[0])
        for looks in (1, 2, 4):
            torch.testing.assert_close(
                averaged(network, *scene, looks), torch.stack(films[:looks]).mean(0)
            )


def test_looks_are_all_different_and_the_plain_one_is_first():
    assert len(set(LOOKS)) == len(LOOKS)
    assert LOOKS[0] == PLAIN


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_told_is_turned_with_the_photo(scene, look):
    photo, _ = scene
    moved = torch.randn(2, 2, 12, 9, generator=torch.Generator().manual_seed(1))

    def follows(photo, _guidance, displacement):
        return slides(photo, displacement)

    shown = seen(follows, photo, torch.ones_like(moved), look, moved)
    torch.testing.assert_close(shown, slides(photo, moved).frames)
