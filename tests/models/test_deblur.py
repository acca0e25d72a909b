"""Deblurring networks and the motion-aware convolution (Motion-ETR Eq. 15)."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from models.deblur import (
    PATH_PLANES,
    TAPS,
    DeblurConfig,
    DeblurNetwork,
    path_planes,
    sharpened,
)
from models.dmphn import motion_aware_convolution
from models.exposure import warped

UNET = {"widths": (8, 12), "encoder_blocks": (1,), "middle_blocks": 1, "decoder_blocks": (1,)}
GRID = [(x, y) for y in (-1.0, 0.0, 1.0) for x in (-1.0, 0.0, 1.0)]


def test_taps_on_the_grid_make_an_ordinary_convolution():
    """Kernel weights belong to the points row by row: Eq. 15's own example."""
    conv = nn.Conv2d(4, 5, 3)
    features = torch.rand(2, 4, 9, 10)
    taps = torch.tensor(GRID).view(1, TAPS, 2, 1, 1).expand(2, TAPS, 2, 9, 10)
    with torch.no_grad():
        ours = motion_aware_convolution(features, conv, taps)
        plain = F.conv2d(F.pad(features, (1, 1, 1, 1), mode="replicate"), conv.weight, conv.bias)
    torch.testing.assert_close(ours, plain, atol=1e-5, rtol=1e-4)


def test_taps_lie_along_the_path_first_to_last():
    conv = nn.Conv2d(1, 1, 3, bias=False)
    features = torch.rand(1, 1, 6, 30)
    steps = torch.linspace(-4, 4, TAPS)
    taps = torch.stack([steps, torch.zeros(TAPS)], 1).view(1, TAPS, 2, 1, 1).expand(1, -1, 2, 6, 30)
    with torch.no_grad():
        ours = motion_aware_convolution(features, conv, taps)
        wanted = sum(conv.weight.flatten()[n] * warped(features, taps[:, n]) for n in range(TAPS))
    torch.testing.assert_close(ours, wanted)


@pytest.mark.parametrize(
    "config",
    [
        DeblurConfig(width=2),
        DeblurConfig(width=2, residual=False),
        DeblurConfig("unet", **UNET),
        DeblurConfig("unet", motion_aware=True, **UNET),
    ],
    ids=["added", "whole", "unet", "unet along paths"],
)
@pytest.mark.parametrize(("height", "width"), [(1, 1), (16, 24), (19, 45)])
def test_photos_of_any_size_are_answered_in_their_size(config, height, width):
    network = DeblurNetwork(config)
    path = torch.rand(2, TAPS, 2, height, width)
    assert network(torch.rand(2, 3, height, width), path).shape == (2, 3, height, width)


def test_a_motion_aware_network_follows_its_trajectory_and_needs_one():
    network = DeblurNetwork(DeblurConfig(width=2, motion_aware=True)).eval()
    photo = torch.rand(1, 3, 16, 16)
    still, moved = torch.zeros(1, TAPS, 2, 16, 16), torch.full((1, TAPS, 2, 16, 16), 20.0)
    with torch.no_grad():
        assert not torch.allclose(network(photo, still), network(photo, moved))
    with pytest.raises(ValueError, match="needs a trajectory"):
        network(photo)


def test_alpha_scales_the_path():
    photo = torch.rand(1, 3, 16, 16)
    path = torch.rand(1, TAPS, 2, 16, 16) * 8
    torch.manual_seed(0)
    one = DeblurNetwork(DeblurConfig(width=2, motion_aware=True, alpha=0.2)).eval()
    two = DeblurNetwork(DeblurConfig(width=2, motion_aware=True, alpha=0.1)).eval()
    two.load_state_dict(one.state_dict())
    with torch.no_grad():
        torch.testing.assert_close(one(photo, path), two(photo, 2 * path))


def test_the_unet_reads_the_photo_along_the_path():
    """A head and a body that pass one tap on show the photo as that tap sees it."""
    network = DeblurNetwork(DeblurConfig("unet", motion_aware=True, alpha=0.5, **UNET)).eval()
    seen = []
    network.body.stage.register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    photo = torch.rand(1, 3, 8, 12)
    path = torch.linspace(6, -6, TAPS).view(1, TAPS, 1, 1, 1) * torch.tensor([1.0, 0.5]).view(
        2, 1, 1
    )
    path = path.expand(1, TAPS, 2, 8, 12)
    with torch.no_grad():
        network(photo, path)
    planes = seen[0]
    assert planes.shape[1] == 3 + PATH_PLANES + 3 * (TAPS - 1)
    # Motion runs against the offsets: 12 to the right and 6 down.
    told = planes[0, 3:9, 4, 6]
    torch.testing.assert_close(told, torch.tensor([1.0, 1.0, 0.75, 0.375, 2 / 5**0.5, 1 / 5**0.5]))
    torch.testing.assert_close(planes[:, 9:12] + photo, warped(photo, 0.5 * path[:, 0]))
    torch.testing.assert_close(planes[:, -3:] + photo, warped(photo, 0.5 * path[:, -1]))


def test_looking_twice_knows_no_left_and_right_nor_first_and_last():
    torch.manual_seed(0)
    network = DeblurNetwork(DeblurConfig("unet", motion_aware=True, alpha=1.0, **UNET)).eval()
    photo, path = torch.rand(1, 3, 16, 24), torch.rand(1, TAPS, 2, 16, 24) * 8 - 4
    mirror = torch.tensor([-1.0, 1.0]).view(2, 1, 1)
    with torch.no_grad():
        network.body.stage.head.weight.normal_(std=0.05)
        once, twice = network(photo, path), sharpened(network, photo, path)
        mirrored = sharpened(network, photo.flip(-1), path.flip(1, -1) * mirror)
        torch.testing.assert_close(mirrored.flip(-1), twice)
        assert not torch.allclose(once, twice)
        paper = DeblurNetwork(DeblurConfig(width=2)).eval()
        torch.testing.assert_close(sharpened(paper, photo), paper(photo))


def test_nothing_is_told_where_nothing_moves():
    planes = torch.cat(path_planes(torch.full((1, 2, 3, 3), 0.1)), 1)
    assert (planes[:, :2] == 0).all()
    assert (planes[:, 4:] == 0).all()


def test_a_new_network_begins_near_the_photo():
    torch.manual_seed(0)
    network = DeblurNetwork(DeblurConfig.from_preset("plain")).eval()
    photo = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        assert (network(photo) - photo).abs().mean() < 0.1


def test_configurations_survive_json_and_nonsense_is_refused():
    config = DeblurConfig(width=8, motion_aware=True, alpha=0.08)
    assert DeblurConfig.from_dict(config.to_dict()) == config
    for wrong in (
        {"width": 0}, {"design": "flat"}, {"alpha": 0.0}, {"widths": (8, 8)}, {"depth": 3},
        {"middle_blocks": -1},
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"channel|design|alpha|levels|negative|configuration"):
            DeblurConfig.from_dict(wrong)
    with pytest.raises(ValueError, match="unknown preset"):
        DeblurConfig.from_preset("huge")
