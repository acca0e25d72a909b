"""More of the fine detail that frames have, of their brightness only."""

from __future__ import annotations

import torch

from models.sharpening import REACH, fine_detail


def test_even_surfaces_and_slopes_have_no_detail() -> None:
    slope = torch.linspace(0, 1, 32).view(1, 1, 1, 32).expand(2, 3, 24, 32)
    inside = fine_detail(slope)[..., REACH:-REACH]
    assert inside.abs().max() < 1e-5
    assert fine_detail(torch.full((1, 3, 9, 9), 0.3)).abs().max() < 1e-6


def test_an_edge_becomes_steeper_and_colours_keep_their_differences() -> None:
    edge = torch.zeros(1, 3, 16, 32)
    edge[..., 16:] = torch.tensor([0.6, 0.4, 0.2]).view(1, 3, 1, 1)
    detail = fine_detail(edge)
    assert detail.shape == (1, 1, 16, 32)
    crisper = edge + 0.5 * detail
    step = edge[..., 16] - edge[..., 15]
    assert (crisper[..., 16] - crisper[..., 15] > step).all()
    torch.testing.assert_close(crisper[:, 0] - crisper[:, 1], edge[:, 0] - edge[:, 1])


def test_a_dot_changes_nothing_beyond_the_reach() -> None:
    dot = torch.zeros(1, 3, 32, 32)
    dot[..., 16, 16] = 1
    detail = fine_detail(dot)[0, 0]
    assert detail[16, 16] > 0.5
    far = torch.ones(32, 32, dtype=torch.bool)
    far[16 - REACH : 17 + REACH, 16 - REACH : 17 + REACH] = False
    assert not detail[far].any()
    assert abs(float(detail.sum())) < 1e-5
