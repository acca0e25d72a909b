"""Options that several commands share, declared once as the fields of a dataclass.

A parameter of a command whose type is an option group becomes one option per field of it; the
command gets an instance of the group. The command line cannot tell the difference.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from functools import wraps
from typing import Any, get_type_hints

Command = Callable[..., None]


@dataclass(frozen=True, kw_only=True)
class OptionGroup:
    """Base of dataclasses whose fields are options; without a default an option is required."""


def with_groups(**defaults: Any) -> Callable[[Command], Command]:
    """Make the fields of a command's option groups its own options.

    Args:
        defaults: where this command differs from a group's own defaults, by field.

    Raises:
        TypeError: a default names no field, or two options have one name.
    """

    def decorate(command: Command) -> Command:
        hints = get_type_hints(command, include_extras=True)
        groups: dict[str, type[OptionGroup]] = {}
        options: dict[str, inspect.Parameter] = {}

        def add(option: inspect.Parameter) -> None:
            if option.name in options:
                raise TypeError(f"{command.__name__} has two options called {option.name}")
            options[option.name] = option

        for name, parameter in inspect.signature(command).parameters.items():
            kind = hints[name]
            if isinstance(kind, type) and issubclass(kind, OptionGroup):
                groups[name] = kind
                for option in _options_of(kind, defaults):
                    add(option)
            else:
                kept = parameter.replace(annotation=kind, kind=inspect.Parameter.KEYWORD_ONLY)
                add(kept)
        unknown = defaults.keys() - {f.name for group in groups.values() for f in fields(group)}
        if unknown:
            raise TypeError(f"{command.__name__} has no option group with {sorted(unknown)}")

        @wraps(command)
        def run(**given: Any) -> None:
            for name, group in groups.items():
                given[name] = group(**{f.name: given.pop(f.name) for f in fields(group)})
            command(**given)

        run.__signature__ = inspect.Signature(list(options.values()))  # type: ignore[attr-defined]
        run.__annotations__ = {name: option.annotation for name, option in options.items()}
        return run

    return decorate


def _options_of(group: type[OptionGroup], defaults: dict[str, Any]) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    found = []
    for field in fields(group):
        default = inspect.Parameter.empty if field.default is MISSING else field.default
        found.append(
            inspect.Parameter(
                field.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=defaults.get(field.name, default),
                annotation=hints[field.name],
            )
        )
    return found
