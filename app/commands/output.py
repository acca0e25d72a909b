"""What a command shows: the progress bar, notes, tables and JSON.

Failures are told in `failures`; films, photos and weights are written by those who make them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

if TYPE_CHECKING:
    from app.training.datasets.samples import Skipped

T = TypeVar("T")

Show = Callable[[str, int, int], None]
"""Shows what is being done, steps done, steps in all."""


@contextmanager
def progress_bar() -> Iterator[Show]:
    """A progress bar on stderr, shown on a terminal only; yields `show(text, done, total)`."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with bar:
        task = bar.add_task("", total=None)

        def show(text: str, done: int, total: int) -> None:
            bar.update(task, description=text, completed=done, total=total)

        yield show


def drain(generator: Generator[T, None, Any], on_step: Callable[[T], None]) -> Any:
    """Run a generator of progress to its end and return its result; always closed."""
    try:
        while True:
            on_step(next(generator))
    except StopIteration as end:
        return end.value
    finally:
        generator.close()


def note(sentence: str) -> None:
    """Say on stderr what is worth knowing and stops nothing."""
    print(f"unspool: {sentence}", file=sys.stderr)


def note_skipped(skipped: Sequence[Skipped], shown: int = 5) -> None:
    """Say on stderr how many items of a dataset were skipped, and of the first few, why."""
    for item in skipped[:shown]:
        note(item.reason)
    if skipped:
        note(f"{len(skipped)} of the dataset's items cannot be used and were skipped.")


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows below their column names; without any name there is no header."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    # Piped text must not be cut at 80 columns: it is read by programs.
    if not console.is_terminal:
        console = Console(width=10_000)
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    table.show_header = any(columns)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*[Text(str(cell)) for cell in row])
    console.print(table)
    console.print()


def print_json(value: object) -> None:
    """Print a value as JSON, for programs to read."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def write_json(path: Path, value: object, overwrite: bool) -> None:
    """Write a value as JSON, whole or not at all.

    Raises:
        InputError, RunError: the file exists or cannot be written.
    """
    from app.atomic import atomic_file

    with atomic_file(path, overwrite=overwrite) as temporary:
        temporary.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
