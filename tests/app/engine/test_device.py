"""Choosing a device: the call, then the environment, then what there is."""

from __future__ import annotations

import logging

import pytest
import torch

import app.engine.device as module
from app.engine.device import (
    DeviceReport,
    choose_device,
    device_report,
    inference_dtype,
    is_out_of_memory,
    resolve_device,
)
from app.errors import InputError, RunError


@pytest.fixture
def only(monkeypatch):
    """Pretend that exactly these devices work."""

    def pretend(*usable: str) -> None:
        monkeypatch.setattr(
            module, "device_report", lambda n: DeviceReport(n, n in usable, f"the {n} here")
        )

    return pretend


def test_the_cpu_always_works():
    assert resolve_device("cpu") == torch.device("cpu")
    assert device_report("cpu").usable


def test_auto_takes_the_best_there_is(only):
    only("cuda", "mps", "cpu")
    assert choose_device().device.type == "cuda"
    only("mps", "cpu")
    assert choose_device().device.type == "mps"
    only("cpu")
    assert choose_device().device.type == "cpu"
    assert choose_device().notice == ""


def test_a_device_named_in_the_call_must_be_there(only):
    only("cpu")
    with pytest.raises(InputError, match="'cuda' cannot be used here: the cuda here"):
        resolve_device("cuda")


def test_the_environment_decides_when_the_call_does_not(only, monkeypatch):
    only("cuda", "cpu")
    monkeypatch.setenv("UNSPOOL_DEVICE", "CPU")
    assert choose_device("auto").device.type == "cpu"
    assert choose_device("cuda").device.type == "cuda"


def test_an_environment_wish_that_fails_falls_back_with_a_notice(only, monkeypatch, caplog):
    only("cpu")
    monkeypatch.setenv("UNSPOOL_DEVICE", "cuda")
    with caplog.at_level(logging.WARNING):
        assert resolve_device("auto") == torch.device("cpu")
    assert "UNSPOOL_DEVICE asks for 'cuda'" in caplog.text
    assert "using cpu" in caplog.text


@pytest.mark.parametrize("name", ["gpu", "", "cuda:0"])
def test_an_unknown_name_is_refused(name):
    with pytest.raises(InputError, match="no device called"):
        choose_device(name)


def test_an_unknown_name_in_the_environment_is_refused(monkeypatch):
    monkeypatch.setenv("UNSPOOL_DEVICE", "gpu")
    with pytest.raises(InputError, match="UNSPOOL_DEVICE takes auto, cuda, mps, cpu"):
        choose_device("auto")


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [((1.0, 0.5), torch.bfloat16), ((1.0, 0.95), torch.float32), ((1.0, 3.0), torch.float32)],
)
def test_short_floats_are_used_only_where_they_are_clearly_faster(monkeypatch, seconds, expected):
    monkeypatch.setattr(module, "_convolution_seconds", lambda device: seconds)
    inference_dtype.cache_clear()
    assert inference_dtype(torch.device("cpu")) == expected
    inference_dtype.cache_clear()


def test_a_device_without_short_floats_uses_long_ones(monkeypatch):
    def unsupported(device):
        raise RuntimeError("not implemented for 'BFloat16'")

    monkeypatch.setattr(module, "_convolution_seconds", unsupported)
    inference_dtype.cache_clear()
    assert inference_dtype(torch.device("cpu")) == torch.float32
    inference_dtype.cache_clear()


def test_only_failed_allocations_count_as_missing_memory():
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory"))
    assert is_out_of_memory(RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"))
    assert is_out_of_memory(RuntimeError("DefaultCPUAllocator: can't allocate memory"))
    assert is_out_of_memory(MemoryError())
    assert not is_out_of_memory(RuntimeError("shape mismatch"))
    assert not is_out_of_memory(RunError("Not enough memory"))
    assert not is_out_of_memory(ValueError("out of memory"))


def test_the_cpu_allocator_really_raises_what_is_recognised():
    with pytest.raises(RuntimeError) as failure:
        torch.empty(1 << 58, dtype=torch.uint8)
    assert is_out_of_memory(failure.value)
