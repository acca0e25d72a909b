"""The device that a person set, where the engine looks for standing wishes: the environment.

A device named in a call must be there; a standing wish falls back to what is there, which is what a
setting made on another day should do.
"""

from __future__ import annotations

import os

_VARIABLE = "UNSPOOL_DEVICE"


class _Ours:
    """Whether the variable's value was put there by this module."""

    value: str | None = None


def environment_wins() -> bool:
    """Whether the variable was set outside the program, which counts before the setting."""
    return bool(os.environ.get(_VARIABLE)) and os.environ[_VARIABLE] != _Ours.value


def wish_for_device(name: str) -> None:
    """Let every run from now on use "cuda", "mps" or "cpu", or with "auto" the fastest."""
    if environment_wins():
        return
    if name == "auto":
        os.environ.pop(_VARIABLE, None)
    else:
        os.environ[_VARIABLE] = name
    _Ours.value = name
