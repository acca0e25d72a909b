"""Reading a photo along paths, and a decomposer whose first stage does so."""

from __future__ import annotations

from dataclasses import replace

import torch

from models.along_paths import PLANES, TAPS, seen_along, straight_paths
from models.decomposer import Decomposer, DecomposerConfig

LOOKS = DecomposerConfig(
    widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,),
    sees_displacement=True, reads_along=True,
)  # fmt: skip


def test_the_first_point_of_a_path_shows_what_was_ahead_in_the_middle_frame() -> None:
    ramp = torch.arange(64.0).view(1, 1, 1, 64).expand(1, 3, 16, 64)
    right = torch.tensor([8.0, 0.0]).view(1, 2, 1, 1).expand(1, 2, 16, 64)
    seen = seen_along(ramp, straight_paths(right)).unflatten(1, (TAPS - 1, 3))
    assert seen.flatten(1, 2).shape[1] == PLANES
    for differences, expected in zip(seen[0], (4, 3, 2, 1, -1, -2, -3, -4), strict=True):
        torch.testing.assert_close(differences[..., 8:-8], torch.full((3, 16, 48), float(expected)))


def test_where_nothing_moves_there_is_nothing_to_see() -> None:
    still = straight_paths(torch.zeros(1, 2, 12, 12))
    assert not still.any()
    assert seen_along(torch.rand(1, 3, 12, 12), still).abs().max() < 1e-5


def test_stage_1_sees_the_photo_along_what_is_said() -> None:
    torch.manual_seed(0)
    network = Decomposer(LOOKS).eval()
    blind = Decomposer(replace(LOOKS, reads_along=False)).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.normal_(0, 0.05)
        state = network.state_dict()
        entered = state["stage1.enter.weight"]
        blind.load_state_dict(state | {"stage1.enter.weight": entered[:, : -4 * PLANES]})
        photo, signs = torch.rand(1, 3, 16, 24), torch.ones(1, 2, 16, 24)
        far = 6.0 * signs
        # Nothing said, nothing along it: what is new changes nothing.
        torch.testing.assert_close(network(photo, signs).frames, blind(photo, signs).frames)
        with_it, without = network(photo, signs, far).coarse, blind(photo, signs, far).coarse
    assert not torch.allclose(with_it, without, atol=1e-4)
    assert network.receptive_radius > blind.receptive_radius
