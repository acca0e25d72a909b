"""What all configurations of networks have in common: they survive JSON, and some have names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, ClassVar, TypeVar

_Config = TypeVar("_Config", bound="NetworkConfig")
_Preset = TypeVar("_Preset")


class NetworkConfig:
    """Base of the frozen dataclasses from which networks are built again.

    Attributes:
        kind: what the network is called in messages.
    """

    kind: ClassVar[str]

    def to_dict(self) -> dict[str, Any]:
        """Plain values that survive JSON."""
        values: dict[str, Any] = asdict(self)  # type: ignore[call-overload]
        return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}

    @classmethod
    def from_dict(cls: type[_Config], values: Mapping[str, Any]) -> _Config:
        """The inverse of `to_dict`.

        Raises:
            ValueError: a key is unknown or a value is out of range.
        """
        try:
            return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})
        except TypeError as error:
            raise ValueError(f"not a {cls.kind} configuration: {error}") from error


def preset_called(name: str, presets: Mapping[str, _Preset]) -> _Preset:
    """One of `presets`.

    Raises:
        ValueError: none has that name.
    """
    if name not in presets:
        raise ValueError(f"unknown preset '{name}' (known: {', '.join(presets)})")
    return presets[name]
