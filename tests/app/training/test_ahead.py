"""Making things ahead in a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from app.training.ahead import Ahead


def test_the_next_thing_is_made_while_this_one_is_used() -> None:
    made = {n: threading.Event() for n in range(5)}

    def make(number: int, cancelled: Callable[[], bool]) -> int:
        made[number].set()
        return number * 10

    things = Ahead(make)
    assert things.take(0) == 0
    assert made[1].wait(10)
    assert [things.take(1), things.take(3), things.take(0)] == [10, 30, 0]


def test_what_goes_wrong_ahead_is_said_when_it_is_taken() -> None:
    def make(number: int, cancelled: Callable[[], bool]) -> int:
        if number == 1:
            raise ValueError("no more")
        return number

    things = Ahead(make)
    assert things.take(0) == 0
    with pytest.raises(ValueError, match="no more"):
        things.take(1)


def test_the_thread_ends_with_its_owner() -> None:
    before = threading.active_count()

    def make(number: int, cancelled: Callable[[], bool]) -> int:
        while number and not cancelled():
            threading.Event().wait(0.01)
        return number

    things = Ahead(make)
    things.take(0)
    assert threading.active_count() == before + 1
    del things
    assert threading.active_count() == before
