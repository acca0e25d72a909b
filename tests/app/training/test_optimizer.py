"""The optimiser: orthogonal updates for kernels, plain AdamW elsewhere."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from app.training.optimizer import Muon, orthogonalised, parameter_groups
from models.decomposer import PRESETS, Decomposer


@pytest.mark.parametrize("shape", [(8, 72), (72, 8), (16, 16)])
def test_orthogonalising_brings_every_singular_value_near_one(shape: tuple[int, int]) -> None:
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(0)) * 3
    values = torch.linalg.svdvals(orthogonalised(matrix))
    assert values.min() > 0.5
    assert values.max() < 1.3
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    agreement = (orthogonalised(matrix) * (left @ right)).sum() / min(shape)
    assert agreement > 0.7


def test_parameters_that_are_no_kernels_move_exactly_as_with_adamw() -> None:
    torch.manual_seed(0)
    ours, theirs = nn.Linear(4, 3), nn.Linear(4, 3)
    theirs.load_state_dict(ours.state_dict())
    groups = [{"params": list(ours.parameters()), "lr": 0.01}]
    mine = Muon(groups, 0.01, weight_decay=0.1, betas=(0.9, 0.99))
    reference = torch.optim.AdamW(theirs.parameters(), lr=0.01, weight_decay=0.1, betas=(0.9, 0.99))
    for step in range(5):
        inputs = torch.randn(6, 4, generator=torch.Generator().manual_seed(step))
        for layer, optimizer in ((ours, mine), (theirs, reference)):
            optimizer.zero_grad()
            layer(inputs).square().mean().backward()
            optimizer.step()
    assert torch.allclose(ours.weight, theirs.weight, atol=1e-6)
    assert torch.allclose(ours.bias, theirs.bias, atol=1e-6)


@pytest.mark.parametrize("preset", ["fast", "paper"])
def test_layers_that_touch_pixels_are_not_orthogonalised(preset: str) -> None:
    with torch.device("meta"):
        model = Decomposer(PRESETS[preset])
    inner, outer = parameter_groups(model, 0.1)
    assert len(inner["params"]) + len(outer["params"]) == len(list(model.parameters()))
    assert all(p.ndim == 4 for p in inner["params"])
    kernels = [p for p in outer["params"] if p.ndim == 4]
    assert len(kernels) == 4


def test_a_badly_scaled_regression_is_solved_in_few_steps() -> None:
    generator = torch.Generator().manual_seed(0)
    scales = torch.logspace(0, -2, 24)
    inputs = torch.randn(256, 24, generator=generator) * scales
    target = torch.randn(24, 16, generator=generator)

    weight = nn.Parameter(torch.zeros(16, 24))
    optimizer = Muon([{"params": [weight], "lr": 0.05, "orthogonal": True}], 0.05)
    start = float((inputs @ target).square().mean())
    for _ in range(60):
        optimizer.zero_grad()
        loss = (inputs @ weight.T - inputs @ target).square().mean()
        loss.backward()
        optimizer.step()
    assert float(loss.detach()) < 0.2 * start
