"""Where guidance comes from: given, from the photo before, or guessed by a predictor."""

from __future__ import annotations

import json
import math
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor

from app.checkpoints import save_checkpoint
from app.cli import main
from app.errors import InputError
from app.flow.matching import dis_matcher
from app.guidance.flow import flow_to_guidance
from app.training.datasets.afb import AfbSettings, open_afb
from app.training.datasets.samples import Sample, batch_of
from app.training.datasets.writing import write_sample
from app.training.protocols import (
    BEFORE,
    GIVEN,
    REPEATED,
    evaluate_predicted,
    evaluate_video,
    predictor_guess,
)
from models.decomposer import Decomposer, DecomposerConfig
from models.predictor import Predictor, PredictorConfig
from models.trajectory import TrajectoryConfig, TrajectoryNetwork

TINY = DecomposerConfig(
    stages=1, widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,)
)
SMALL = PredictorConfig(widths=(8, 12), blocks=(1,), middle_blocks=1, encoder_widths=(8, 12))
SIDE = 64


def finished(generator: Generator[tuple[int, int], None, Any]) -> Any:
    while True:
        try:
            next(generator)
        except StopIteration as stop:
            return stop.value


def scenery(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    coarse = rng.random((30, 40, 3)).astype(np.float32)
    wide = cv2.resize(coarse, (200, 150), interpolation=cv2.INTER_CUBIC)
    return (wide * 255).clip(0, 255).astype(np.uint8)


def pan(number: int, seed: int = 0) -> Sample:
    """Photo `number` of a video: everything moves right by 6 and down by 3 pixels."""
    whole = scenery(seed)

    def view(time: float) -> np.ndarray:
        x, y = 60 - round(6 * time), 40 - round(3 * time)
        return whole[y : y + SIDE, x : x + SIDE]

    frames = np.stack([view(number + t) for t in np.linspace(0, 1, 7)])
    flow = np.full((SIDE, SIDE, 2), (6, 3), np.float32)
    return Sample(
        Path(f"{number}"), frames.mean(0).astype(np.uint8), frames, flow_to_guidance(flow), flow
    )


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """Three photos of a pan, then one of another scene."""
    for number in range(3):
        write_sample(tmp_path / "data" / "pan", number, pan(number))
    write_sample(tmp_path / "data" / "pan", 3, pan(3, seed=9))
    return tmp_path / "data"


def lively() -> Decomposer:
    torch.manual_seed(0)
    model = Decomposer(TINY)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.05)
    return model


def test_the_photo_before_gives_the_direction(video: Path) -> None:
    dataset = open_afb(video)
    result = finished(evaluate_video(lively(), dataset, dis_matcher()))
    assert list(result.rows) == [GIVEN, BEFORE, REPEATED]
    assert result.scenes == 2
    assert result.agreement[BEFORE] > 0.9
    # With nearly the same guidance the network does nearly the same, and not what the photo does.
    rows = result.rows
    assert rows[BEFORE]["psnr_whole"] == pytest.approx(rows[GIVEN]["psnr_whole"], abs=0.5)
    assert rows[GIVEN]["psnr_whole"] != pytest.approx(rows[REPEATED]["psnr_whole"], abs=0.5)
    reasons = [skipped.reason for skipped in dataset.skipped]
    assert len(reasons) == 2
    assert "first photo of its video" in reasons[0]
    assert "another scene" in reasons[1]


def test_frames_0_3_and_6_are_measured(video: Path) -> None:
    """The photo is the middle instant, so the photo repeated is worse without frames near it."""
    dataset = open_afb(video)
    result = finished(evaluate_video(Decomposer(TINY), dataset, dis_matcher()))
    over = finished(
        evaluate_predicted(Decomposer(TINY), iter([batch_of([pan(1)])]), 1, guess_right, (1,))
    )
    assert result.rows[REPEATED]["psnr_whole"] < over.rows[REPEATED]["psnr_whole"]
    assert result.rows[GIVEN] == pytest.approx(result.rows[REPEATED], nan_ok=True)


def test_the_photo_before_is_cropped_as_the_photo_itself(video: Path) -> None:
    import pickle

    for number in range(4):
        path = video / "pan" / "blur_anno" / f"{number:08d}.pkl"
        path.parent.mkdir(exist_ok=True)
        # The person walks on, and the box with them.
        path.write_bytes(pickle.dumps({"bbox": [8.0 + number, 8.0, 48.0 + number, 48.0]}))
    dataset = open_afb(video, AfbSettings(crop=(40, 40), margin=0))
    item = dataset.items[2]
    assert item.before is not None
    expected = pan(1).blurry[8:48, 10:50]
    assert np.array_equal(item.before(), expected)


def guess_right(photo: Tensor, count: int) -> Tensor:
    return torch.ones(count, 2, *photo.shape[2:])


def test_more_guesses_are_never_worse_and_each_measure_takes_its_own_best() -> None:
    scenes = [batch_of([pan(number)]) for number in range(3)]

    def guess(photo: Tensor, count: int) -> Tensor:
        signs = torch.tensor([(-1.0, -1.0), (1, -1), (-1, 1), (1, 1), (0, 0)])
        return signs[:count, :, None, None].expand(-1, -1, *photo.shape[2:]).contiguous()

    result = finished(evaluate_predicted(lively(), iter(scenes), 3, guess, (1, 3, 5)))
    rows = result.rows
    assert list(rows) == [GIVEN, "P1", "P3", "P5", REPEATED]
    for measure in ("psnr_moving", "psnr_whole", "ssim", "psnr_whole_best_order"):
        assert rows["P1"][measure] <= rows["P3"][measure] <= rows["P5"][measure]
        # Among the five are the given guidance and the photo itself.
        assert rows["P5"][measure] >= rows[GIVEN][measure] - 1e-6
        assert rows["P5"][measure] >= rows[REPEATED][measure] - 1e-6
    assert result.agreement == {"P1": 0, "P3": 0, "P5": 1}
    assert math.isnan(rows["P1"]["lpips"])
    assert result.to_dict()["rows"]["P1"]["lpips"] is None


def test_lpips_takes_the_lowest() -> None:
    scenes = [batch_of([pan(0)])]

    def guess(photo: Tensor, count: int) -> Tensor:
        return torch.stack([torch.full((2, SIDE, SIDE), float(sign)) for sign in (-1, 1)])[:count]

    def distance(films: Tensor, truth: Tensor) -> Tensor:
        return (films - truth).abs().mean((1, 2, 3, 4))

    one, two = (
        finished(evaluate_predicted(lively(), iter(scenes), 1, guess, (k,), lpips=distance)).rows
        for k in (1, 2)
    )
    assert two["P2"]["lpips"] <= one["P1"]["lpips"]
    assert one["P1"]["lpips_best_order"] <= one["P1"]["lpips"]


def test_a_predictor_guesses_alike_every_time_and_differently_in_itself() -> None:
    torch.manual_seed(3)
    predictor = Predictor(SMALL).eval()
    with torch.no_grad():
        for parameter in predictor.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    photo = batch_of([pan(0)]).blurry
    first, again = (predictor_guess(predictor)(photo, 4) for _ in range(2))
    assert first.shape == (4, 2, SIDE, SIDE)
    assert set(first.unique().tolist()) <= {-1.0, 0.0, 1.0}
    assert torch.equal(first, again)
    assert len({tuple(signs.flatten().tolist()) for signs in first}) > 1


def test_what_makes_no_sense_is_refused() -> None:
    unguided = Decomposer(replace(TINY, guidance_channels=0))
    with pytest.raises(InputError, match="4 directions"):
        finished(evaluate_predicted(unguided, iter([]), 0, guess_right))
    with pytest.raises(InputError, match="from 1"):
        finished(evaluate_predicted(lively(), iter([]), 0, guess_right, (0, 3)))
    with pytest.raises(InputError, match="no scene to measure"):
        finished(evaluate_predicted(lively(), iter([]), 0, guess_right))


def test_both_protocols_from_the_command_line(
    video: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_checkpoint(tmp_path / "d.safetensors", lively(), metadata={})
    torch.manual_seed(3)
    save_checkpoint(tmp_path / "p.safetensors", Predictor(SMALL), metadata={})
    call = ["evaluate", "decomposer", "--weights", str(tmp_path / "d.safetensors"), "--data"]
    call += [str(video), "--device", "cpu", "--json", str(tmp_path / "n.json"), "--overwrite"]
    assert main([*call, "--protocol", "video", "--flow", "dis"]) == 0
    told = capsys.readouterr()
    assert "from the photo before" in told.out
    assert "another scene" in told.err
    numbers = json.loads((tmp_path / "n.json").read_text())
    assert (numbers["flow"], numbers["frames"], numbers["skipped"]) == ("dis", [0, 3, 6], 2)
    predicted = ["--protocol", "predicted", "--predictor", str(tmp_path / "p.safetensors")]
    assert main([*call, *predicted, "--samples", "1,2"]) == 0
    assert "P2" in capsys.readouterr().out
    assert list(json.loads((tmp_path / "n.json").read_text())["rows"])[1:3] == ["P1", "P2"]
    # An offset network that reads blur guesses by suggestions.
    reader = TrajectoryNetwork(TrajectoryConfig(widths=(8, 12), blocks=1))
    save_checkpoint(tmp_path / "r.safetensors", reader, metadata={})
    predicted[-1] = str(tmp_path / "r.safetensors")
    assert main([*call, *predicted, "--samples", "1,3"]) == 0
    numbers = json.loads((tmp_path / "n.json").read_text())
    assert list(numbers["rows"])[1:3] == ["P1", "P3"]
    assert numbers["predictor"] == predicted[-1]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--benchmark", "simulated", "--protocol", "video"], "name --data DATASET"),
        (["--benchmark", "simulated", "--protocol", "predicted", "--samples", "few"], "'few'"),
    ],
)
def test_calls_that_make_no_sense_are_refused(
    options: list[str], problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_checkpoint(tmp_path / "p.safetensors", Predictor(SMALL), metadata={})
    call = ["evaluate", "decomposer", "--predictor", str(tmp_path / "p.safetensors")]
    assert main([*call, *options, "--device", "cpu"]) == 2
    assert problem in capsys.readouterr().err
