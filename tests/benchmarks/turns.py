"""How long a turn of an event loop takes beside busy threads, as Python has it and as the window.

    python -m tests.benchmarks.turns

A turn computes for 8 ms, or lets go of Python's lock 30 times as painting does. Beside it two
threads compute outside Python, as networks do, or one runs Python code.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Callable
from time import perf_counter, sleep, thread_time

import numpy as np

from app.gui.program.sharing import share_lock, step_back

_SECONDS = 6.0


def main() -> None:
    """Measure and print; `longest` is of some hundred turns."""
    default = sys.getswitchinterval()
    for beside, busy, threads, turn in (
        ("two threads outside Python", _outside, 2, _compute),
        ("a thread of Python code", _inside, 1, _paint),
    ):
        for ours in (False, True):
            sys.setswitchinterval(default)
            if ours:
                share_lock()
            turns = _turns(busy, threads, turn, step_back if ours else lambda: None)
            middle, most, longest = 1000 * np.quantile(turns, (0.5, 0.95, 1.0))
            who = "window" if ours else "Python"
            print(
                f"beside {beside}, {who}: median {middle:.0f} ms, "
                f"95 % within {most:.0f} ms, longest {longest:.0f} ms"
            )


def _turns(
    busy: Callable[[], None], threads: int, turn: Callable[[], None], begin: Callable[[], None]
) -> list[float]:
    """Seconds of every turn while the threads are busy."""
    ended = threading.Event()

    def work() -> None:
        begin()
        while not ended.is_set():
            busy()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    turns = []
    until = perf_counter() + _SECONDS
    while perf_counter() < until:
        started = perf_counter()
        sleep(0.001)
        turn()
        turns.append(perf_counter() - started)
    ended.set()
    for worker in workers:
        worker.join()
    return turns


def _outside() -> None:
    hashlib.sha256(_LARGE).digest()


def _inside() -> None:
    sum(number * number for number in range(1000))


def _compute() -> None:
    until = thread_time() + 0.008
    while thread_time() < until:
        pass


def _paint() -> None:
    for _ in range(30):
        hashlib.sha256(_SMALL).digest()
        sum(range(3000))


_SMALL, _LARGE = bytes(4096), bytes(8 << 20)

if __name__ == "__main__":
    main()
