"""Fitting from datasets: which batches come out of one, and a real run on synthesized samples."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from app.checkpoints import load_checkpoint, save_checkpoint
from app.cli import main
from app.errors import InputError
from app.guidance.flow import flow_to_guidance
from app.training.annotator import GUIDANCE
from app.training.datasets.afb import SampleFiles
from app.training.datasets.augmentation import (
    augmented,
    mirrored,
    reversed_in_time,
    transposed,
    upended,
)
from app.training.datasets.batches import DatasetBatches, guided, held_out_batch
from app.training.datasets.layouts import open_dataset
from app.training.datasets.samples import Dataset, Item, Sample
from app.training.datasets.writing import write_sample
from app.training.fit_decomposer import DecomposerFitSettings, train_decomposer
from models.decomposer import Decomposer, DecomposerConfig

TINY = DecomposerConfig(widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,))


def sample(seed: int = 0, height: int = 40, width: int = 48, *, flow: bool = True) -> Sample:
    """Noise with a patch in its upper left corner that moves right and up."""
    rng = np.random.default_rng(seed)
    motion = np.zeros((height, width, 2), np.float32)
    motion[:20, :20] = (3, -1)
    offsets = np.linspace(-0.5, 0.5, 3, dtype=np.float32)[:, None, None, None] * np.moveaxis(
        motion, 2, 0
    )
    return Sample(
        path=Path(f"{seed}.png"),
        blurry=rng.integers(0, 256, (height, width, 3), np.uint8),
        frames=rng.integers(0, 256, (7, height, width, 3), np.uint8),
        guidance=flow_to_guidance(motion),
        flow=motion if flow else None,
        first_to_last=motion,
        offsets=offsets,
    )


def dataset_of(*samples: Sample) -> Dataset:
    def reader(one: Sample) -> Callable[[], Sample]:
        return lambda: one

    return Dataset(Path("memory"), [Item(one.path, reader(one)) for one in samples])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, stills: Path) -> Path:
    """A real dataset of ten simulated samples."""
    root = tmp_path_factory.mktemp("made") / "data"
    call = ["synthesize", str(stills), "--out", str(root), "--kind", "simulated"]
    assert main([*call, "--size", "40", "--count", "10"]) == 0
    return root


@pytest.mark.parametrize("turn", [mirrored, upended, transposed, reversed_in_time])
def test_a_turned_sample_stays_true_to_itself(turn: Callable[[Sample], Sample]) -> None:
    one = sample(height=44, width=44)
    turned = turn(one)
    assert turned.flow is not None
    assert turned.guidance is not None
    assert turned.offsets is not None
    # Off the axes guidance is the flow's sign, and the trajectory ends where the flow does.
    assert np.array_equal(turned.guidance, flow_to_guidance(turned.flow))
    assert np.allclose(turned.offsets[-1] - turned.offsets[0], np.moveaxis(turned.flow, 2, 0))
    assert not np.array_equal(turned.guidance, one.guidance)
    twice = turn(turned)
    assert np.array_equal(twice.blurry, one.blurry)
    assert np.array_equal(twice.frames, one.frames)
    assert np.array_equal(twice.guidance, one.guidance)
    assert np.allclose(twice.flow, one.flow)


@given(st.integers(0, 10_000))
def test_pixels_and_guidance_turn_together(seed: int) -> None:
    one = sample(height=20, width=30)
    marked = replace(one, blurry=np.repeat((one.guidance > 0)[..., None], 3, 2).astype(np.uint8))
    turned = augmented(marked, np.random.default_rng(seed))
    assert turned.blurry.shape == one.blurry.shape
    assert np.array_equal(turned.blurry[..., 0] > 0, turned.guidance > 0)


def test_a_batch_depends_on_nothing_but_seed_and_step() -> None:
    samples = [sample(seed) for seed in range(5)]
    one, two = (DatasetBatches(dataset_of(*samples), batch=3, size=32, seed=4) for _ in range(2))
    forwards = [one.at(step) for step in range(4)]
    for step in (3, 1, 0, 2):
        again = two.at(step)
        assert torch.equal(again.blurry, forwards[step].blurry)
        assert torch.equal(again.guidance, forwards[step].guidance)
    other = DatasetBatches(dataset_of(*samples), batch=3, size=32, seed=5).at(0)
    assert not torch.equal(other.blurry, forwards[0].blurry)


def test_an_epoch_takes_every_sample_once() -> None:
    samples = [
        replace(sample(level), blurry=np.full((40, 48, 3), level, np.uint8)) for level in range(6)
    ]
    batches = DatasetBatches(dataset_of(*samples), batch=2, size=32, seed=0)
    levels = [
        (255 * batches.at(step).blurry[:, 0, 0, 0]).round().int().tolist() for step in range(6)
    ]
    first, second = (
        [level for step in epoch for level in step] for epoch in (levels[:3], levels[3:])
    )
    assert sorted(first) == sorted(second) == list(range(6))
    assert first != second


def test_crops_are_taken_where_something_moves() -> None:
    batches = DatasetBatches(
        dataset_of(*[sample(s, 64, 64) for s in range(4)]), batch=4, size=32, seed=0
    )
    moving = torch.cat([batches.at(step).guidance for step in range(4)]).ne(0).any(1)
    # Of all places in the photo, a third show anything that moves.
    assert moving.flatten(1).any(1).float().mean() > 0.6


def test_the_dataset_guidance_is_the_truth_that_annotators_draw_from() -> None:
    one = sample()
    exact = guided([one], GUIDANCE["truth"], torch.Generator().manual_seed(0))
    assert exact.guidance[0, :, 5, 5].tolist() == [1, -1]
    assert exact.guidance.ne(0).any(1).sum() == 400
    wide = guided([one], GUIDANCE["dilated"], torch.Generator().manual_seed(0))
    assert wide.guidance.ne(0).any(1).sum() > 440
    # Corrected guidance counts, whatever the flow says.
    corrected = replace(one, guidance=np.zeros_like(one.guidance))
    still = guided([corrected], GUIDANCE["truth"], torch.Generator().manual_seed(0))
    assert not still.guidance.any()


def test_more_directions_are_told_by_the_flow() -> None:
    eight = guided([sample()], GUIDANCE["truth"], torch.Generator().manual_seed(0), 8)
    assert eight.guidance.shape == (1, 3, 40, 48)
    assert len(torch.unique(eight.guidance[0, :, :20, :20].flatten(1), dim=1).T) == 1
    without = DatasetBatches(dataset_of(sample(flow=False)), batch=1, size=32, seed=0, directions=8)
    with pytest.raises(InputError, match="without flow, which guidance of 8 directions needs"):
        without.at(0)


def test_what_cannot_be_fitted_to_is_named_and_left_out() -> None:
    odd = replace(sample(1), frames=sample(1).frames[:1])
    bare = replace(sample(2, flow=False), guidance=None)
    dataset = dataset_of(sample(0), odd, bare, sample(3, 20, 20))
    batches = DatasetBatches(dataset, batch=4, size=32, seed=0)
    for step in range(3):
        assert len(batches.at(step)) == 4
    assert sorted(skipped.path.name for skipped in dataset.skipped) == ["1.png", "2.png", "3.png"]
    reasons = [skipped.reason for skipped in dataset.skipped]
    for problem in ("1 sharp frames, not 7", "without guidance", "smaller than a crop of 32"):
        assert any(problem in reason for reason in reasons)


def test_the_last_tenth_of_every_video_is_held_out() -> None:
    items = [Item(Path(f"{video}/blur/{n}"), sample) for video in "ab" for n in range(20)]
    fitted, held_out = Dataset(Path("data"), items).split()
    assert [item.path.as_posix() for item in held_out.items] == [
        "a/blur/18", "a/blur/19", "b/blur/18", "b/blur/19",
    ]  # fmt: skip
    assert len(fitted) == 36
    short = [Item(Path(f"{video:02d}/blur/0"), sample) for video in range(20)]
    assert [i.path.parts[0] for i in Dataset(Path("d"), short).split()[1].items] == ["09", "19"]
    with pytest.raises(InputError, match="two or more"):
        Dataset(Path("d"), short[:1]).split()


def test_validation_is_fixed_and_as_large_as_its_photos_allow() -> None:
    dataset = dataset_of(sample(0), sample(1, 36, 60))
    one, two = (held_out_batch(dataset, count=5, size=128) for _ in range(2))
    assert one.blurry.shape == (2, 3, 36, 36)
    assert torch.equal(one.guidance, two.guidance)


@pytest.fixture
def settings(made: Path, tmp_path: Path) -> DecomposerFitSettings:
    torch.manual_seed(1)
    start = tmp_path / "start.safetensors"
    save_checkpoint(start, Decomposer(TINY), metadata={})
    return DecomposerFitSettings(
        data=open_dataset(made), out=tmp_path / "run", init=start, steps=8, batch=4, size=32,
        warmup=2, validate_every=8, save_every=3, validate_scenes=4,
    )  # fmt: skip


@pytest.mark.parametrize("mixed", [False, True])
def test_an_interrupted_run_continues_with_the_same_losses(
    settings: DecomposerFitSettings, tmp_path: Path, stills: Path, mixed: bool
) -> None:
    if mixed:
        settings = replace(settings, simulate=stills, block=8, reuse=2)
    whole = list(train_decomposer(replace(settings, out=tmp_path / "whole")))
    interrupted = train_decomposer(settings)
    first = [next(interrupted) for _ in range(5)]
    interrupted.close()
    second = list(train_decomposer(replace(settings, resume=True)))
    assert [e.loss for e in first + second] == pytest.approx([e.loss for e in whole], rel=1e-5)
    assert len({round(e.loss, 5) for e in whole}) > 4
    assert "gain" in whole[-1].metrics


def test_a_dataset_with_broken_samples_is_fitted_and_its_weights_are_measured(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(made, data)
    files = [SampleFiles(data / "simulated", number) for number in range(10)]
    files[2].sharp(4).unlink()
    files[4].blurry.write_bytes(b"no picture")
    files[5].guidance.unlink()
    run = ["train", "decomposer", "--data", str(data), "--out", str(tmp_path / "run")]
    small = ["--preset", "fast", "--steps", "3", "--batch", "4", "--size", "32", "--device", "cpu"]
    assert main([*run, *small]) == 0
    told = capsys.readouterr()
    assert "00000002_004.png is missing" in told.err
    assert "00000004.png" in told.err
    assert told.err.count("1 of the dataset's items cannot be used") == 2
    assert "fitted for 3 steps" in told.out
    weights = tmp_path / "run" / "weights.safetensors"
    assert load_checkpoint(weights).metadata["data"] == "data"
    measure = ["evaluate", "decomposer", "--data", str(data), "--weights", str(weights)]
    numbers = tmp_path / "numbers.json"
    assert main([*measure, "--device", "cpu", "--json", str(numbers)]) == 0
    measured = json.loads(numbers.read_text())
    assert measured["skipped"] == 2
    assert 4 < measured["scenes"] <= 8  # in one or another, nothing may move


def test_data_that_cannot_be_fitted_to_leaves_no_run_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        write_sample(tmp_path / "data" / "one", number, sample(number, 20, 20))
    call = ["train", "decomposer", "--out", str(tmp_path / "run")]
    assert main([*call, "--data", str(tmp_path / "data")]) == 2
    assert "smaller than a crop of 128" in capsys.readouterr().err
    assert main(call) == 2
    assert "--simulate IMAGES or --data DATASET" in capsys.readouterr().err
    assert main([*call, "--data", str(tmp_path / "nowhere")]) == 2
    assert not (tmp_path / "run").exists()
