"""DMPHN(1-2-4) and its motion-aware convolution (Motion-ETR Eq. 15)."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from models.deblur import TAPS, DeblurConfig, DeblurNetwork, motion_aware_convolution
from models.exposure import warped

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


@pytest.mark.parametrize(("residual", "patch"), [(True, 1), (False, 1), (True, 4)])
@pytest.mark.parametrize(("height", "width"), [(1, 1), (16, 24), (19, 45)])
def test_photos_of_any_size_are_answered_in_their_size(residual, patch, height, width):
    network = DeblurNetwork(DeblurConfig(width=2, patch=patch, residual=residual))
    assert network(torch.rand(2, 3, height, width)).shape == (2, 3, height, width)


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


def test_paths_are_pixels_whatever_the_patch(monkeypatch):
    """Taps of 8 pixels lie two places of four pixels away, even where the photo is padded."""
    seen = []

    def recorded(features, conv, taps):
        seen.append(taps)
        return motion_aware_convolution(features, conv, taps)

    monkeypatch.setattr("models.deblur.motion_aware_convolution", recorded)
    network = DeblurNetwork(DeblurConfig(width=2, patch=4, motion_aware=True, alpha=0.5)).eval()
    path = torch.full((1, TAPS, 2, 20, 33), 16.0)
    with torch.no_grad():
        network(torch.rand(1, 3, 20, 33), path)
    assert seen
    for taps in seen:
        torch.testing.assert_close(taps, torch.full((1, TAPS, 2, 8, 16), 2.0))


def test_a_network_that_sees_paths_cannot_tell_first_from_last():
    """A photo alone does not tell it either, so its answer must not hang on it."""
    torch.manual_seed(0)
    config = DeblurConfig(width=2, patch=2, motion_aware=True, sees_paths=True, alpha=1e-6)
    network = DeblurNetwork(config).eval()
    photo = torch.rand(1, 3, 24, 24)
    path = torch.linspace(-6, 6, TAPS).view(1, TAPS, 1, 1, 1) * torch.rand(1, 1, 2, 24, 24)
    with torch.no_grad():
        ours = network(photo, path)
        torch.testing.assert_close(ours, network(photo, path.flip(1)))
        assert not torch.allclose(ours, network(photo, torch.zeros_like(path)))


def test_a_new_network_begins_near_the_photo():
    torch.manual_seed(0)
    network = DeblurNetwork(DeblurConfig.from_preset("plain")).eval()
    photo = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        assert (network(photo) - photo).abs().mean() < 0.1


def test_configurations_survive_json_and_nonsense_is_refused():
    config = DeblurConfig(width=8, motion_aware=True, alpha=0.08)
    assert DeblurConfig.from_dict(config.to_dict()) == config
    for wrong in ({"width": 0}, {"patch": 0}, {"alpha": 0.0}, {"sees_paths": True}, {"depth": 3}):
        with pytest.raises(ValueError, match=r"channel|patch|alpha|paths|configuration"):
            DeblurConfig.from_dict(wrong)
    with pytest.raises(ValueError, match="unknown preset"):
        DeblurConfig.from_preset("huge")
