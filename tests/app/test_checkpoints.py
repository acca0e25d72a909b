"""Weights files: what is written comes back, and nothing else is accepted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from app.checkpoints import load_checkpoint, read_header, save_checkpoint
from app.errors import InputError, RunError
from models.decomposer import Decomposer, DecomposerConfig

TINY = DecomposerConfig(widths=(8, 12), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,))


@pytest.fixture
def model() -> Decomposer:
    torch.manual_seed(0)
    network = Decomposer(TINY)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(0.05 * torch.randn_like(parameter))
    return network.eval()


@pytest.fixture
def saved(tmp_path: Path, model: Decomposer) -> Path:
    path = tmp_path / "tiny.safetensors"
    save_checkpoint(path, model, metadata={"steps": "12"})
    return path


def _rewrite(path: Path, *, header: dict[str, str | None] | None = None, **tensors: torch.Tensor):
    """The same file with header entries replaced (None removes) and tensors replaced or added."""
    state = load_file(path)
    with safe_open(path, framework="pt") as file:
        metadata = dict(file.metadata())
    for key, text in (header or {}).items():
        metadata.pop(key, None)
        if text is not None:
            metadata[key] = text
    state.update({key.replace("__", "."): tensor for key, tensor in tensors.items()})
    save_file(state, path, metadata=metadata)


def test_a_saved_network_comes_back_with_the_same_weights_config_and_metadata(saved, model):
    loaded = load_checkpoint(saved)
    assert loaded.architecture == "decomposer"
    assert loaded.metadata == {"steps": "12"}
    assert DecomposerConfig.from_dict(loaded.config) == TINY
    assert not loaded.model.training
    for key, tensor in model.state_dict().items():
        assert torch.equal(loaded.model.state_dict()[key], tensor), key


def test_batch_norm_statistics_and_counters_come_back(tmp_path):
    config = DecomposerConfig(
        family="afb", widths=(4, 8), encoder_blocks=(), middle_blocks=1, decoder_blocks=()
    )
    network = Decomposer(config)
    network.stage1.first_conv.norm.running_mean.fill_(0.25)
    network.stage1.first_conv.norm.num_batches_tracked.fill_(7)
    save_checkpoint(tmp_path / "afb.safetensors", network)
    back = load_checkpoint(tmp_path / "afb.safetensors").model
    assert back.stage1.first_conv.norm.running_mean[0] == 0.25
    assert back.stage1.first_conv.norm.num_batches_tracked == 7


def test_half_files_are_half_the_size_and_load_as_float32(tmp_path, saved, model):
    half = tmp_path / "half.safetensors"
    save_checkpoint(half, model, half=True)
    assert half.stat().st_size < 0.6 * saved.stat().st_size
    loaded = load_checkpoint(half).model
    for key, tensor in model.state_dict().items():
        back = loaded.state_dict()[key]
        assert back.dtype == torch.float32
        torch.testing.assert_close(back, tensor, rtol=1e-3, atol=1e-6)


def test_the_loaded_network_can_be_trained(saved):
    network = load_checkpoint(saved).model.train()
    signs = torch.ones(1, 2, 16, 16)
    network(torch.rand(1, 3, 16, 16), signs).frames.sum().backward()
    assert all(parameter.grad is not None for parameter in network.parameters())


def test_the_header_can_be_read_alone(saved, model):
    header = read_header(saved)
    assert header.parameters == sum(p.numel() for p in model.parameters())
    assert header.metadata == {"steps": "12"}


def test_values_too_large_for_half_precision_are_refused_and_nothing_is_written(tmp_path, model):
    with torch.no_grad():
        next(model.parameters()).fill_(1e6)
    with pytest.raises(RunError, match="half precision"):
        save_checkpoint(tmp_path / "big.safetensors", model, half=True)
    assert list(tmp_path.glob("big*")) == []


def test_reserved_metadata_keys_are_refused(tmp_path, model):
    with pytest.raises(ValueError, match="reserved"):
        save_checkpoint(tmp_path / "a.safetensors", model, metadata={"unspool.format": "2"})


def test_an_existing_file_is_kept_unless_overwriting_is_allowed(saved, model):
    before = saved.read_bytes()
    with pytest.raises(InputError, match="exists"):
        save_checkpoint(saved, model, overwrite=False)
    assert saved.read_bytes() == before


@pytest.mark.parametrize("kept", [0, 5, 300, 0.5, 0.999])
def test_a_truncated_file_is_refused(saved, kept):
    content = saved.read_bytes()
    saved.write_bytes(content[: kept if isinstance(kept, int) else int(kept * len(content))])
    with pytest.raises(InputError, match=r"tiny\.safetensors"):
        load_checkpoint(saved)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        load_checkpoint(tmp_path / "nothing.safetensors")
    with pytest.raises(InputError, match="it is a folder"):
        load_checkpoint(tmp_path)


def test_a_pickle_is_never_unpickled(tmp_path):
    path = tmp_path / "evil.safetensors"
    torch.save(torch.nn.Linear(2, 2), path)
    with pytest.raises(InputError, match="not a whole safetensors file"):
        load_checkpoint(path)


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ({"unspool.format": None}, "does not hold Unspool weights"),
        ({"unspool.format": "2"}, "newer Unspool"),
        ({"unspool.architecture": "oracle"}, "unknown architecture 'oracle'"),
        ({"unspool.config": "{"}, "not JSON"),
        ({"unspool.config": "[1]"}, "not an object"),
        ({"unspool.config": "[" * 9000}, "not JSON"),
        ({"unspool.config": '{"colour": 3}'}, "unusable configuration"),
        ({"unspool.config": '{"frames": 7.5}'}, "unusable configuration"),
        ({"unspool.config": '{"frames": 100000000}'}, "absurdly large"),
        ({"unspool.config": '{"middle_blocks": 99999999}'}, "absurdly large"),
        ({"unspool.config": '{"widths": [8192, 8192, 8192, 8192]}'}, "absurdly large"),
        ({"unspool.config": '{"frames": NaN}'}, "unusable configuration"),
        ({"unspool.config": '{"widths": ["a", "b"]}'}, "unusable configuration"),
    ],
)
def test_a_foreign_future_or_absurd_header_is_refused(saved, header, sentence):
    _rewrite(saved, header=header)
    with pytest.raises(InputError, match=sentence) as refusal:
        load_checkpoint(saved)
    assert str(saved) in str(refusal.value)


def test_another_configuration_than_the_tensors_is_refused(saved):
    wider = {**TINY.to_dict(), "widths": [8, 16]}
    _rewrite(saved, header={"unspool.config": json.dumps(wider)})
    with pytest.raises(InputError, match="does not fit its own configuration"):
        load_checkpoint(saved)
    one_stage = {**TINY.to_dict(), "stages": 1}
    _rewrite(saved, header={"unspool.config": json.dumps(one_stage)})
    with pytest.raises(InputError, match="does not have"):
        load_checkpoint(saved)
    deeper = {**TINY.to_dict(), "middle_blocks": 2}
    _rewrite(saved, header={"unspool.config": json.dumps(deeper)})
    with pytest.raises(InputError, match="lacks"):
        load_checkpoint(saved)


def test_tensors_of_another_type_or_not_finite_are_refused(saved):
    key, name = "stage1.enter.bias", "stage1__enter__bias"
    _rewrite(saved, **{name: torch.full((8,), float("nan"))})
    with pytest.raises(InputError, match=f"{key} holds values that are not finite"):
        load_checkpoint(saved)
    _rewrite(saved, **{name: torch.zeros(8, dtype=torch.int64)})
    with pytest.raises(InputError, match="does not fit"):
        load_checkpoint(saved)
