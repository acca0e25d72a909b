"""How work under way tells of itself: generators of progress that end in a result."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Progress:
    """`done` of `total` steps of a stage such as "load", "decompose" or "interpolate"."""

    stage: str
    done: int
    total: int


def finish(
    generator: Generator[Progress, None, T],
    on_progress: Callable[[Progress], None] | None = None,
) -> T:
    """Run what makes progress to its end and return its result.

    An exception from `on_progress` cancels it.
    """
    try:
        while True:
            progress = next(generator)
            if on_progress is not None:
                on_progress(progress)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        generator.close()


def announced(
    stage: str, steps: Generator[tuple[int, int], None, T]
) -> Generator[Progress, None, T]:
    """The steps of a part of the work as progress of that stage."""
    try:
        while True:
            yield Progress(stage, *next(steps))
    except StopIteration as end:
        result: T = end.value
        return result
