"""Guessers whose worth is known are measured as they deserve."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.checkpoints import load_checkpoint
from app.errors import InputError
from app.training.batches import Batch
from app.training.evaluation import EvaluateSettings, scenes_of
from app.training.predictor_evaluation import (
    classes_of,
    constant,
    evaluate_guesses,
    measure_code,
    sampler,
)
from models.predictor import Predictor


@pytest.fixture(scope="module")
def scenes(stills: Path) -> list[Batch]:
    settings = EvaluateSettings(stills, count=6, size=48, guidance="truth", part="all")
    return list(scenes_of(None, settings))


def _measured(scenes: list[Batch], guess: object) -> dict[str, float]:
    steps = evaluate_guesses(iter(scenes), len(scenes), {"it": guess})  # type: ignore[dict-item]
    try:
        while True:
            next(steps)
    except StopIteration as end:
        measures: dict[str, float] = end.value["it"]
        return measures


def test_who_knows_the_truth_is_always_right(scenes: list[Batch]) -> None:
    truths = iter([classes_of(scene) for scene in scenes])

    def knowing(photo: Tensor) -> NDArray[np.uint8]:
        return next(truths)

    measures = _measured(scenes, knowing)
    assert measures["scenes"] == 6
    for name in ("iou_moving", "far_iou_moving", "best_of_1", "coherence"):
        assert measures[name] == 1


def test_who_does_not_look_is_right_by_luck_only(scenes: list[Batch]) -> None:
    measures = _measured(scenes, constant)
    moving = np.mean([(classes_of(scene) > 0).mean() for scene in scenes])
    assert measures["iou_moving"] == pytest.approx(moving, abs=1e-6)
    assert measures["disagreement"] == 1
    assert measures["best_of_1"] < measures["best_of_5"] < 1


def test_a_predictors_samples_differ_with_their_codes_and_repeat_with_the_seed(
    scenes: list[Batch], red_moves: Path
) -> None:
    model = load_checkpoint(red_moves).model
    assert isinstance(model, Predictor)
    photo = torch.zeros(3, 20, 30)
    photo[0] = 1
    guess = sampler(model, 6, seed=3)(photo)
    assert set(np.unique(guess)) == {1, 3}
    assert (guess == sampler(model, 6, seed=3)(photo)).all()
    code = measure_code(model, scenes[0])
    assert code["kl"] >= 0
    assert 0 <= code["known"] <= 1


def test_no_scene_is_no_result() -> None:
    def none() -> Iterator[Batch]:
        yield from ()

    with pytest.raises(InputError, match="no scene"):
        list(evaluate_guesses(none(), 0, {"constant": constant}))
