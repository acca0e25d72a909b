"""The background thread: newest request wins, cancelling is real, every job ends exactly once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.gui.worker import Job, Step, Worker


class Diary:
    """What a worker reported, in order."""

    def __init__(self, worker: Worker) -> None:
        self.ends: list[tuple[str, Job, Any]] = []
        self.progress: list[tuple[Job, int]] = []
        self.threads: set[int] = set()
        worker.finished_job.connect(lambda job, result: self.ends.append(("done", job, result)))
        worker.failed_job.connect(lambda job, error: self.ends.append(("failed", job, error)))
        worker.cancelled_job.connect(lambda job: self.ends.append(("cancelled", job, None)))
        worker.progressed.connect(lambda job, stage, done, total: self.progress.append((job, done)))

    def end_of(self, job: Job) -> str:
        ends = [kind for kind, ended, _ in self.ends if ended is job]
        assert len(ends) == 1
        return ends[0]


@pytest.fixture
def worker(qapp: object) -> Iterator[Worker]:
    worker = Worker("test")
    yield worker
    worker.stop()


@pytest.fixture
def diary(worker: Worker) -> Diary:
    return Diary(worker)


class Gate:
    """Work that reports steps until it is let go."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.open = threading.Event()

    def __call__(self, step: Step) -> str:
        self.entered.set()
        count = 0
        while not self.open.wait(0.002):
            count += 1
            step("waiting", count, 0)
        return "through"


def test_a_result_arrives_on_the_gui_thread(worker: Worker, diary: Diary, qtbot: QtBot) -> None:
    job = Job("a", "A", lambda step: threading.get_ident())
    with qtbot.waitSignal(worker.finished_job):
        worker.submit(job)
    assert diary.end_of(job) == "done"
    assert diary.ends[0][2] != threading.get_ident()


def test_the_newest_request_of_a_kind_wins(worker: Worker, diary: Diary, qtbot: QtBot) -> None:
    gate = Gate()
    first, second = Job("a", "1", gate), Job("a", "2", lambda step: 2)
    third = Job("a", "3", lambda step: 3)
    worker.submit(first)
    assert gate.entered.wait(5)
    worker.submit(second)
    worker.submit(third)
    qtbot.waitUntil(lambda: len(diary.ends) == 3)
    assert diary.end_of(first) == "cancelled"
    assert diary.end_of(second) == "cancelled"
    assert diary.end_of(third) == "done"


def test_jobs_of_another_kind_are_kept(worker: Worker, diary: Diary, qtbot: QtBot) -> None:
    gate = Gate()
    first, second = Job("a", "1", gate), Job("b", "2", lambda step: 2)
    worker.submit(first)
    worker.submit(second)
    gate.open.set()
    qtbot.waitUntil(lambda: len(diary.ends) == 2)
    assert diary.end_of(first) == diary.end_of(second) == "done"


def test_cancelling_ends_the_work_between_two_steps(
    worker: Worker, diary: Diary, qtbot: QtBot
) -> None:
    gate = Gate()
    job = Job("a", "A", gate)
    worker.submit(job)
    assert gate.entered.wait(5)
    worker.cancel("a")
    qtbot.waitUntil(lambda: bool(diary.ends))
    assert diary.end_of(job) == "cancelled"
    steps = len(diary.progress)
    qtbot.wait(20)
    assert len(diary.progress) == steps


def test_an_exception_is_reported_and_the_next_job_runs(
    worker: Worker, diary: Diary, qtbot: QtBot
) -> None:
    def broken(step: Step) -> None:
        raise ZeroDivisionError("no")

    bad, good = Job("a", "A", broken), Job("b", "B", lambda step: 1)
    worker.submit(bad)
    worker.submit(good)
    qtbot.waitUntil(lambda: len(diary.ends) == 2)
    assert diary.end_of(bad) == "failed"
    assert isinstance(diary.ends[0][2], ZeroDivisionError)
    assert diary.end_of(good) == "done"


def test_stopping_cancels_and_the_worker_can_be_used_again(
    worker: Worker, diary: Diary, qtbot: QtBot
) -> None:
    gate = Gate()
    first = Job("a", "A", gate)
    worker.submit(first)
    assert gate.entered.wait(5)
    worker.stop()
    assert not worker.isRunning()
    second = Job("a", "B", lambda step: 1)
    worker.submit(second)
    qtbot.waitUntil(lambda: len(diary.ends) == 2)
    assert diary.end_of(first) == "cancelled"
    assert diary.end_of(second) == "done"
