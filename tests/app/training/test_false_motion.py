"""What of still photos is taken for moving, measured on guessers whose answer is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.training.batches import seeded
from app.training.false_motion import CONDITIONS, false_motion, still_photo
from app.training.stills import StillBank, load_stills


@pytest.fixture(scope="module")
def bank(stills: Path) -> StillBank:
    return load_stills(stills, part="all")


def _measured(bank: StillBank, guess: object) -> dict[str, float]:
    steps = false_motion(guess, bank)  # type: ignore[arg-type]
    try:
        while True:
            done, total = next(steps)
            assert 1 <= done <= total == 3 * len(bank.stills)
    except StopIteration as end:
        shares: dict[str, float] = end.value
        return shares


def test_only_the_first_guess_counts_and_every_direction_moves(bank: StillBank) -> None:
    def third(photo: Tensor) -> NDArray[np.uint8]:
        height, width = photo.shape[1:]
        first = np.zeros((height, width), np.uint8)
        first[:, : width // 4] = 1
        first[:, width // 4 : width // 2] = 4
        return np.stack([first, np.ones_like(first)])

    shares = _measured(bank, third)
    assert list(shares) == list(CONDITIONS)
    for share in shares.values():
        assert share == pytest.approx(0.5, abs=0.05)


def test_conditions_are_seen_in_the_photo(bank: StillBank) -> None:
    photos = [still_photo(bank.stills[0], condition, seeded(1)) for condition in CONDITIONS]
    plain, soft, dark = photos
    detail = [float(photo.diff(dim=-1).abs().mean()) for photo in photos]
    assert detail[1] < detail[0]
    assert float(dark.mean()) < 0.6 * float(plain.mean())
    assert torch.allclose(soft.mean(), plain.mean(), atol=0.1)
