"""Options declared once, as the fields of a dataclass, and shared by several commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from app.commands.option_groups import OptionGroup, with_groups


@dataclass(frozen=True, kw_only=True)
class Sizes(OptionGroup):
    wide: Annotated[int, typer.Option(min=1, help="How wide.")]
    high: Annotated[int, typer.Option("--high", "-H", help="How high.")] = 3


def called(command, *arguments):
    program = typer.Typer()
    program.command()(command)
    return CliRunner().invoke(program, arguments)


@with_groups(high=7)
def area(sizes: Sizes, unit: str = "px") -> None:
    typer.echo(f"{sizes.wide}x{sizes.high} {unit}")


def test_fields_are_options_beside_the_commands_own():
    assert called(area, "--wide", "2", "-H", "5", "--unit", "cm").output == "2x5 cm\n"


def test_a_command_may_have_its_own_defaults():
    assert called(area, "--wide", "2").output == "2x7 px\n"


def test_a_field_without_a_default_must_be_given_and_limits_hold():
    assert called(area).exit_code == 2
    assert called(area, "--wide", "0").exit_code == 2


def test_two_options_of_one_name_and_unknown_defaults_are_mistakes():
    def twice(sizes: Sizes, wide: int = 1) -> None: ...

    def fine(sizes: Sizes) -> None: ...

    with pytest.raises(TypeError, match="two options called wide"):
        with_groups()(twice)
    with pytest.raises(TypeError, match="no option group with \\['deep'\\]"):
        with_groups(deep=1)(fine)
