"""Which processor runs the networks, and in which precision.

The order of wishes is argument, environment (`UNSPOOL_DEVICE`), then the best device there is.
"""

from __future__ import annotations

import logging
import os
import time
import warnings
from dataclasses import dataclass
from functools import cache
from typing import Literal

import torch
from torch import nn

from app.errors import InputError, UnspoolError

DEVICE_NAMES = ("auto", "cuda", "mps", "cpu")
DEVICE_VARIABLE = "UNSPOOL_DEVICE"

_log = logging.getLogger(__name__)

# bf16 must win clearly: it costs accuracy, and short measurements wobble.
_WORTHWHILE_SPEEDUP = 1.15


@dataclass(frozen=True)
class DeviceReport:
    """One kind of device: can it run a network here, and what a person should know about it."""

    name: str
    usable: bool
    description: str


@dataclass(frozen=True)
class DeviceChoice:
    """The device that will be used, and a sentence when it is not the one that was wished for."""

    device: torch.device
    notice: str = ""


def resolve_device(name: str = "auto") -> torch.device:
    """The device for `name`; a fallback is logged as a warning.

    Raises:
        InputError: see `choose_device`.
    """
    choice = choose_device(name)
    if choice.notice:
        _log.warning(choice.notice)
    return choice.device


def choose_device(name: str = "auto") -> DeviceChoice:
    """Pick a device: `name` if it is not "auto", else `UNSPOOL_DEVICE`, else CUDA, MPS, CPU.

    A device named in the call must be there. One that only the environment names is a standing
    wish: where it is missing the best other device is used, with a notice.

    Raises:
        InputError: the name is unknown, or a device named in the call cannot be used here.
    """
    if name != "auto":
        report = device_report(_known(name, "--device"))
        if not report.usable:
            raise InputError(f"The device '{name}' cannot be used here: {report.description}.")
        return DeviceChoice(torch.device(name))
    wish = _known(os.environ.get(DEVICE_VARIABLE, "").strip().lower() or "auto", DEVICE_VARIABLE)
    if wish != "auto":
        report = device_report(wish)
        if report.usable:
            return DeviceChoice(torch.device(wish))
        best = _best().device
        return DeviceChoice(
            best,
            f"{DEVICE_VARIABLE} asks for '{wish}', which cannot be used here "
            f"({report.description}); using {best.type}.",
        )
    return _best()


def device_report(name: Literal["cuda", "mps", "cpu"] | str) -> DeviceReport:
    """Whether the device works here, tried with a real computation, and its model or the reason."""
    if name == "cuda":
        return _cuda_report()
    if name == "mps":
        if not torch.backends.mps.is_available():
            return DeviceReport(name, False, "this machine has no Metal device for torch")
        return _tried(name, "Apple Metal")
    return DeviceReport("cpu", True, f"{torch.get_num_threads()} threads")


@cache
def inference_dtype(device: torch.device) -> torch.dtype:
    """bfloat16 where a quick measurement says that it is clearly faster, else float32.

    Names and flags mislead (a CPU may emulate bf16 at a tenth of the speed), so a small convolution
    is timed once per process and device, in some tens of milliseconds.
    """
    if device.type == "mps":
        return torch.float32
    try:
        plain, short = _convolution_seconds(device)
    except RuntimeError:  # bf16 convolutions are not implemented for this device
        return torch.float32
    _log.debug("convolution on %s: fp32 %.2g s, bf16 %.2g s", device, plain, short)
    return torch.bfloat16 if plain > _WORTHWHILE_SPEEDUP * short else torch.float32


def is_out_of_memory(error: BaseException) -> bool:
    """Whether the error says that an allocation failed, on any device.

    CUDA has its own exception class; the CPU allocator and MPS raise a plain RuntimeError, which
    only its text tells apart.
    """
    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    if isinstance(error, UnspoolError) or not isinstance(error, RuntimeError):
        return False
    text = str(error)
    return "DefaultCPUAllocator" in text or "out of memory" in text.lower()


def _known(name: str, source: str) -> str:
    if name not in DEVICE_NAMES:
        raise InputError(
            f"There is no device called '{name}' ({source} takes {', '.join(DEVICE_NAMES)})."
        )
    return name


def _best() -> DeviceChoice:
    cuda = device_report("cuda")
    if cuda.usable:
        return DeviceChoice(torch.device("cuda"))
    if device_report("mps").usable:
        return DeviceChoice(torch.device("mps"))
    # A machine without a GPU is no surprise; one whose GPU fails is.
    failed = torch.cuda.device_count() > 0
    notice = f"The GPU cannot be used ({cuda.description}); using the CPU." if failed else ""
    return DeviceChoice(torch.device("cpu"), notice)


@cache
def _cuda_report() -> DeviceReport:
    with warnings.catch_warnings():
        # An old driver is reported in our words below, not as a Python warning.
        warnings.simplefilter("ignore")
        if not torch.cuda.is_available():
            reason = "this torch is built without CUDA"
            if torch.version.cuda is not None or torch.version.hip is not None:
                reason = "no CUDA device or no fitting driver was found"
            return DeviceReport("cuda", False, reason)
        return _tried("cuda", torch.cuda.get_device_name())


@cache
def _tried(name: str, description: str) -> DeviceReport:
    """A device may be listed and still fail: unsupported generation, no memory left."""
    try:
        value = torch.ones(8, device=name).mul(2).sum().item()
    except RuntimeError as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else "it fails"
        return DeviceReport(name, False, f"{description}: {reason.rstrip('.')}")
    return DeviceReport(name, value == 16, description)


def _convolution_seconds(device: torch.device) -> tuple[float, float]:
    """Best times of the same channels_last convolution in float32 and in bfloat16."""
    generator = torch.Generator().manual_seed(0)
    images = torch.rand(1, 32, 64, 64, generator=generator).to(
        device, memory_format=torch.channels_last
    )
    layer = nn.Conv2d(32, 32, 3, padding=1, device=device)
    layer.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    best = {torch.float32: float("inf"), torch.bfloat16: float("inf")}
    with torch.inference_mode():
        for attempt in range(6):
            for dtype in best:
                started = time.perf_counter()
                with torch.autocast(device.type, dtype, enabled=dtype != torch.float32):
                    layer(images)
                if device.type == "cuda":
                    torch.cuda.synchronize(device)
                if attempt:  # the first pass pays for set-up
                    best[dtype] = min(best[dtype], time.perf_counter() - started)
    return best[torch.float32], best[torch.bfloat16]
