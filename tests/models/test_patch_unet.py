"""U-Nets on patches, and what motion blur leaves in a photo."""

from __future__ import annotations

import pytest
import torch

from models.layers import ResidualBlock
from models.patch_unet import PatchUNet, blur_traces


@pytest.mark.parametrize(("along", "across"), [(0, 2), (1, 3), (2, 0), (3, 1)])
def test_motion_blur_shows_in_the_traces_along_and_across(along: int, across: int) -> None:
    steps = [(0, 1), (-1, 1), (-1, 0), (-1, -1)]
    photo = torch.rand(1, 3, 96, 96, generator=torch.Generator().manual_seed(2))
    dy, dx = steps[along]
    blurred = torch.stack([photo.roll((k * dy, k * dx), (2, 3)) for k in range(8)]).mean(0)
    finest = blur_traces(blurred, 4)[0, :4].mean((1, 2))
    assert finest.argmin() == along
    assert finest[across] - finest[along] > 0.3


def test_every_pixel_gets_an_answer_that_hangs_on_the_planes() -> None:
    torch.manual_seed(0)
    network = PatchUNet(
        patch=2,
        widths=(6, 8),
        blocks=(1,),
        middle_blocks=1,
        outputs=3,
        block=ResidualBlock,
        planes=1,
    )
    photo = torch.rand(2, 3, 8, 12)
    with torch.no_grad():
        dark, bright = (network(photo, torch.full((2, 1, 4, 6), v)) for v in (0.0, 1.0))
    assert network.stride == 4
    assert dark.shape == (2, 3, 8, 12)
    assert not torch.allclose(dark, bright, atol=1e-4)
