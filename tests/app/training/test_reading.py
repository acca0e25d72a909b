"""Decomposers that see what an offset network reads of the blur."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from app.checkpoints import load_checkpoint, save_checkpoint
from app.errors import InputError
from app.training.fit_decomposer import DecomposerFitSettings, DecomposerTask, train_decomposer
from app.training.reading import with_displacement, with_reader
from models.decomposer import Decomposer, DecomposerConfig
from models.trajectory import TrajectoryConfig, TrajectoryNetwork

SMALL = DecomposerConfig(
    widths=(8, 8), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,), frames=7
)
READER = TrajectoryConfig(widths=(4, 6), blocks=1)


@pytest.fixture
def offsets(tmp_path: Path) -> Path:
    torch.manual_seed(2)
    save_checkpoint(tmp_path / "offsets.safetensors", TrajectoryNetwork(READER))
    return tmp_path / "offsets.safetensors"


@pytest.fixture
def plain() -> Decomposer:
    torch.manual_seed(3)
    network = Decomposer(SMALL).eval()
    with torch.no_grad():
        for stage in (network.stage1, network.stage2):
            assert stage is not None
            stage.head.weight.normal_(std=0.1)
    return network


def test_a_new_reader_changes_nothing_until_it_is_listened_to(plain, offsets, tmp_path) -> None:
    photo, signs = torch.rand(2, 3, 24, 40), torch.ones(2, 2, 24, 40)
    reading = with_reader(plain, offsets).eval()
    with torch.no_grad():
        torch.testing.assert_close(reading(photo, signs).frames, plain(photo, signs).frames)
        reading.stage1.enter.weight[:, -1].fill_(0.5)
        assert not torch.allclose(reading(photo, signs).frames, plain(photo, signs).frames)
    save_checkpoint(tmp_path / "both.safetensors", reading)
    again = load_checkpoint(tmp_path / "both.safetensors").model
    with torch.no_grad():
        torch.testing.assert_close(again(photo, signs), reading(photo, signs))


def test_fitting_learns_to_listen_and_leaves_the_reader_as_it_is(
    stills: Path, plain, offsets, tmp_path
) -> None:
    save_checkpoint(tmp_path / "plain.safetensors", plain)
    settings = DecomposerFitSettings(
        simulate=stills, out=tmp_path / "run", init=tmp_path / "plain.safetensors", reader=offsets,
        steps=2, batch=2, size=32, block=4, warmup=1, validate_every=2, validate_scenes=2,
        validate_size=32,
    )  # fmt: skip
    list(train_decomposer(settings))
    fitted = load_checkpoint(tmp_path / "run" / "weights.safetensors").model
    assert isinstance(fitted, Decomposer)
    body = load_checkpoint(offsets).model.body.state_dict()
    for name, value in fitted.reader.state_dict().items():
        torch.testing.assert_close(value, body[name])
    listened = fitted.stage1.enter.weight[:, plain.stage1.enter.weight.shape[1] :]
    assert listened.abs().max() > 0


def test_what_reads_nothing_or_cannot_be_told_is_refused(stills, plain, offsets, tmp_path) -> None:
    table, one_end = tmp_path / "table.safetensors", tmp_path / "linear.safetensors"
    save_checkpoint(table, TrajectoryNetwork(TrajectoryConfig.from_preset("paper")))
    with pytest.raises(InputError, match="reads guidance"):
        with_reader(plain, table)
    save_checkpoint(one_end, TrajectoryNetwork(TrajectoryConfig("linear", widths=(4, 6))))
    with pytest.raises(InputError, match="one of them only"):
        with_reader(plain, one_end)
    unguided = DecomposerFitSettings(
        simulate=stills, out=tmp_path / "run", guidance="none", reader=offsets
    )
    with pytest.raises(InputError, match="cannot have a reader"):
        DecomposerTask(unguided).open(torch.device("cpu"))


def test_learning_to_be_told_changes_nothing_where_nothing_is_said(plain, tmp_path) -> None:
    photo, signs = torch.rand(2, 3, 24, 40), torch.ones(2, 2, 24, 40)
    told = with_displacement(plain).eval()
    with torch.no_grad():
        before = plain(photo, signs)
        torch.testing.assert_close(told(photo, signs).frames, before.frames)
        # Stage 1 does not listen yet; its middle frame is carried.
        torch.testing.assert_close(told(photo, signs, 9 * signs).coarse, before.coarse)
        assert not torch.allclose(told(photo, signs, 9 * signs).frames, before.frames)
        told.stage1.enter.weight[:, -1].fill_(0.5)  # the photo at the way's end
        assert not torch.allclose(told(photo, signs, 9 * signs).coarse, before.coarse)
    assert with_displacement(told) is told
    save_checkpoint(tmp_path / "told.safetensors", told)
    again = load_checkpoint(tmp_path / "told.safetensors").model
    with torch.no_grad():
        torch.testing.assert_close(again(photo, signs, signs), told(photo, signs, signs))


def test_fitting_with_arrows_learns_to_listen_and_measures_both(
    stills: Path, plain, tmp_path
) -> None:
    save_checkpoint(tmp_path / "plain.safetensors", plain)
    settings = DecomposerFitSettings(
        simulate=stills, out=tmp_path / "run", init=tmp_path / "plain.safetensors", arrows=0.7,
        steps=2, batch=2, size=32, block=4, warmup=1, validate_every=2, validate_scenes=2,
        validate_size=32,
    )  # fmt: skip
    *_, last = train_decomposer(settings)
    assert {"gain", "gain_told", "sharpness_told"} <= set(last.metrics)
    fitted = load_checkpoint(tmp_path / "run" / "weights.safetensors").model
    assert fitted.config.sees_displacement
    assert fitted.stage1.enter.weight[:, -16:].abs().max() > 0


def test_who_cannot_be_told_is_refused(plain, offsets, stills, tmp_path) -> None:
    with pytest.raises(InputError, match="has a reader"):
        with_displacement(with_reader(plain, offsets))
    with pytest.raises(InputError, match="given a reader"):
        with_reader(with_displacement(plain), offsets)
    with pytest.raises(InputError, match="4 directions"):
        DecomposerFitSettings(simulate=stills, out=tmp_path, arrows=0.5, directions=8)
    with pytest.raises(InputError, match="share from 0 to 1"):
        DecomposerFitSettings(simulate=stills, out=tmp_path, arrows=1.5)


def test_fitting_with_readings_tells_what_is_read_where_no_arrow_is_drawn(
    stills: Path, plain, offsets, tmp_path
) -> None:
    save_checkpoint(tmp_path / "plain.safetensors", plain)
    settings = DecomposerFitSettings(
        simulate=stills, out=tmp_path / "run", init=tmp_path / "plain.safetensors", arrows=0.3,
        readings=offsets, steps=2, batch=32, size=32, block=32, reuse=1, warmup=1,
        validate_every=2, validate_scenes=2, validate_size=32,
    )  # fmt: skip
    task = DecomposerTask(settings)
    task.open(torch.device("cpu"))
    batch = task.batch(0)
    assert batch.displacement is not None
    told = batch.displacement.ne(0).any(1).flatten(1).float().mean(1)
    moves = batch.guidance.ne(0).any(1).flatten(1).float().mean(1)
    moving = moves > 0
    assert 0.5 < float((told > 0)[moving].float().mean()) < 1.0
    assert bool((told <= moves).all())
    *_, last = train_decomposer(settings)
    assert "gain_read" in last.metrics


def test_readings_need_arrows_and_an_offset_network(stills, plain, offsets, tmp_path) -> None:
    with pytest.raises(InputError, match="with arrows"):
        DecomposerFitSettings(simulate=stills, out=tmp_path, readings=offsets)
    save_checkpoint(tmp_path / "plain.safetensors", plain)
    settings = DecomposerFitSettings(
        simulate=stills, out=tmp_path / "run", arrows=0.5, readings=tmp_path / "plain.safetensors"
    )
    with pytest.raises(InputError, match="no offset network"):
        DecomposerTask(settings).open(torch.device("cpu"))
