"""Decomposers that are told what an offset network reads."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from models.decomposer import Decomposer, DecomposerConfig
from models.informed import InformedDecomposer, completed
from models.looks import LOOKS, averaged
from models.trajectory import TrajectoryConfig, TrajectoryNetwork

BLOCKS = {"encoder_blocks": (1,), "middle_blocks": 1, "decoder_blocks": (1,)}
LISTENS = DecomposerConfig(widths=(8, 12), sees_displacement=True, **BLOCKS)


@pytest.fixture
def informed() -> InformedDecomposer:
    torch.manual_seed(0)
    decomposer = Decomposer(LISTENS)
    offsets = TrajectoryNetwork(TrajectoryConfig(widths=(4, 6), blocks=1))
    with torch.no_grad():
        for stage in (decomposer.stage1, decomposer.stage2):
            assert stage is not None
            stage.head.weight.normal_(std=0.1)
        for parameter in offsets.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    return InformedDecomposer(decomposer, offsets).eval()


@pytest.fixture
def scene() -> tuple[Tensor, Tensor]:
    signs = torch.ones(2, 2, 24, 30)
    signs[:, 1, :, :15] = -1
    signs[..., 20:] = 0
    return torch.rand(2, 3, 24, 30), signs


@torch.no_grad()
def test_what_is_read_runs_the_guided_way_and_stands_where_nothing_moves(informed, scene) -> None:
    photo, signs = scene
    read = informed.offsets.displacement(photo, signs)
    along = (read * signs).sum(1)
    assert float(along.min()) >= 0
    assert float(along[..., :20].max()) > 0
    assert float(read[..., 20:].abs().max()) == 0


@torch.no_grad()
def test_what_is_said_counts_and_the_rest_is_read(informed, scene) -> None:
    photo, signs = scene
    said = torch.zeros_like(signs)
    said[:, 0, 5:9, 5:9] = 20
    told = completed(informed.offsets, photo, signs, said)
    read = completed(informed.offsets, photo, signs, None)
    inside = said.ne(0).any(1, keepdim=True)
    torch.testing.assert_close(told, torch.where(inside, said, read))
    torch.testing.assert_close(
        informed(photo, signs, said).frames, informed.decomposer(photo, signs, told).frames
    )
    torch.testing.assert_close(
        informed(photo, signs).frames, informed.decomposer(photo, signs, read).frames
    )
    alone = informed.decomposer(photo, signs).frames
    assert not torch.allclose(informed(photo, signs).frames, alone)


@torch.no_grad()
def test_it_takes_the_place_of_its_decomposer(informed, scene) -> None:
    photo, signs = scene
    assert informed.config is informed.decomposer.config
    assert informed.receptive_radius == informed.decomposer.receptive_radius
    assert informed.stride % informed.decomposer.stride == 0
    assert informed.stride % informed.offsets.stride == 0
    film = averaged(informed, photo, signs, len(LOOKS))
    assert film.shape == (2, 7, 3, 24, 30)
    static = film[..., 20:]
    torch.testing.assert_close(static, photo[:, None, :, :, 20:].expand_as(static))


def test_a_decomposer_that_does_not_listen_is_refused(informed) -> None:
    deaf = Decomposer(DecomposerConfig(widths=(8, 12), **BLOCKS))
    with pytest.raises(ValueError, match="cannot be told"):
        InformedDecomposer(deaf, informed.offsets)
