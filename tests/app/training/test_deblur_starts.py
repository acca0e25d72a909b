"""What deblurring networks begin from, and how much of it they keep."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.errors import InputError
from app.training.deblur_starts import begun_from, converted, from_decomposer
from models.along_paths import TAPS
from models.deblur import PRESETS, DeblurConfig, DeblurNetwork
from models.decomposer import Decomposer, DecomposerConfig
from models.trajectory import TrajectoryConfig, TrajectoryNetwork

HERE = Path("some.safetensors")
UNET = {"widths": (8, 12), "encoder_blocks": (1,), "middle_blocks": 1, "decoder_blocks": (1,)}


def decomposer(**others) -> Decomposer:
    torch.manual_seed(0)
    network = Decomposer(DecomposerConfig(**UNET, **others)).eval()
    with torch.no_grad():
        network.stage1.head.weight.normal_(std=0.05)
        network.stage1.head.bias.normal_(std=0.05)
    return network


@pytest.mark.parametrize(("sees", "reads"), [(False, False), (True, False), (True, True)])
def test_along_paths_a_first_stage_answers_as_it_did(sees, reads) -> None:
    """Its middle frame, where all has moved as both are told."""
    network = decomposer(sees_displacement=sees, reads_along=reads, frames=5)
    deblurring = begun_from(network, PRESETS["default"], HERE)
    assert isinstance(deblurring, DeblurNetwork)
    photo, moved = torch.rand(1, 3, 13, 22), torch.tensor([9.0, -4.0]).view(1, 2, 1, 1)
    moved = moved.expand(1, 2, 13, 22)
    path = -moved[:, None] * torch.linspace(-0.5, 0.5, TAPS).view(1, TAPS, 1, 1, 1)
    with torch.no_grad():
        wanted = network(photo, moved.sign(), moved if sees else None).coarse[:, 2]
        torch.testing.assert_close(deblurring(photo, path), wanted, atol=1e-5, rtol=1e-4)


def test_without_paths_it_is_told_one_direction_everywhere() -> None:
    network = decomposer()
    plain = from_decomposer(network, PRESETS["plain"])
    photo = torch.rand(1, 3, 40, 40)
    with torch.no_grad():
        wanted = network(photo, torch.ones(1, 2, 40, 40)).coarse[:, 3]
        # Padding knows no guidance, so borders differ.
        inside = slice(16, 24)
        torch.testing.assert_close(
            plain(photo)[..., inside, inside], wanted[..., inside, inside], atol=1e-5, rtol=1e-4
        )


@pytest.mark.parametrize("design", ["unet", "dmphn"])
def test_a_plain_network_may_begin_from_one_along_paths_and_the_other_way_round(design) -> None:
    torch.manual_seed(0)
    model = DeblurNetwork(DeblurConfig(design=design, width=4, **UNET))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(std=0.05)
    wanted = DeblurConfig(design=design, motion_aware=True, alpha=0.5)
    begun = converted(model, wanted)
    assert begun.config == replace(model.config, motion_aware=True, alpha=0.5)
    assert converted(begun, wanted) is begun
    back = converted(begun, DeblurConfig(design=design))
    photo = torch.rand(1, 3, 16, 16)
    torch.testing.assert_close(back(photo), model(photo))
    if design == "unet":
        paths = torch.rand(1, TAPS, 2, 16, 16)
        torch.testing.assert_close(begun(photo, paths), model(photo))


def test_other_networks_are_refused_by_the_name_of_their_file() -> None:
    offsets = TrajectoryNetwork(TrajectoryConfig(widths=(2, 2), blocks=1))
    for model, preset in (
        (offsets, "default"),
        (decomposer(), "paper"),
        (decomposer(guidance_channels=0), "default"),
        (DeblurNetwork(DeblurConfig(width=2)), "default"),
    ):
        with pytest.raises(InputError, match=r"cannot begin from some\.safetensors"):
            begun_from(model, PRESETS[preset], HERE)
