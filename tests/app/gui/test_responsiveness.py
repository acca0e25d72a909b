"""What keeps the window awake while jobs run: who collects garbage, who takes turns, who waits."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.engine.stills import still_film
from app.gui.activity_strip import ActivityStrip
from app.gui.application import staying_awake
from app.gui.background import Activity
from app.gui.program.garbage import GarbageTimer, importing, keep_for_good
from app.gui.program.sharing import step_back
from app.gui.program.watchdog import Watchdog
from app.gui.worker import Job, Worker


class Cycle:
    """Something that only the collector can end."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    interval = sys.getswitchinterval()
    yield
    sys.setswitchinterval(interval)
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_cycles_end_on_the_gui_thread_only(qtbot: QtBot, qapp: QApplication) -> None:
    ended_on: list[int] = []
    worker = Worker("litter")

    def litter(_step: object) -> None:
        for _ in range(3):
            weakref.finalize(Cycle(), lambda: ended_on.append(threading.get_ident()))
        # Far more than Python lets lie about before it collects by itself.
        keep = [[] for _ in range(50_000)]
        del keep

    with staying_awake():
        with qtbot.waitSignal(worker.finished_job):
            worker.submit(Job("litter", "Littering", litter))
        assert not ended_on
        more = [[] for _ in range(1000)]
        qtbot.waitUntil(lambda: len(ended_on) == 3)
        del more
    worker.stop()
    assert set(ended_on) == {threading.get_ident()}


def test_what_is_kept_for_good_is_not_looked_at_again(qapp: QApplication) -> None:
    keep_for_good()
    assert gc.get_freeze_count() == 0, "nothing is kept while Python collects by itself"
    garbage = GarbageTimer()
    garbage.start()
    before = gc.get_freeze_count()
    many = [[] for _ in range(2000)]
    keep_for_good()
    assert gc.get_freeze_count() >= before + len(many)
    garbage.stop()


def test_nothing_is_collected_during_a_large_import(qtbot: QtBot, qapp: QApplication) -> None:
    ended: list[bool] = []
    garbage = GarbageTimer()
    garbage.start()
    with importing("something large"):
        weakref.finalize(Cycle(), lambda: ended.append(True))
        more = [[] for _ in range(2000)]
        qtbot.wait(300)
        assert not ended
    weakref.finalize(Cycle(), lambda: ended.append(True))
    many = [[] for _ in range(2000)]
    qtbot.waitUntil(lambda: bool(ended))
    garbage.stop()
    del more, many


def test_python_collects_again_after_a_failure() -> None:
    def fail() -> None:
        with staying_awake():
            assert not gc.isenabled()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="priorities of threads")
def test_a_background_thread_and_its_own_threads_step_back() -> None:
    import os

    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    seen: list[int] = []

    def work() -> None:
        step_back()
        seen.append(niceness())
        child = threading.Thread(target=lambda: seen.append(niceness()))
        child.start()
        child.join()

    before = niceness()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen[0] > before
    assert seen[1] == seen[0]
    assert niceness() == before


def test_the_watchdog_sees_a_hitch_and_what_it_was_spent_on(qtbot: QtBot) -> None:
    watchdog = Watchdog()
    watchdog.start()
    qtbot.wait(5)
    total = 0
    for number in range(1_000_000):
        total += number
    qtbot.waitUntil(lambda: watchdog.longest.computing > 0.01)
    watchdog.stop()
    longest = watchdog.longest
    # The kernel counts in ticks of some milliseconds.
    assert 1.1 * longest.seconds + 0.01 > longest.computing + longest.queued


def test_a_still_film_is_the_photo_again_and_again() -> None:
    photo = np.random.default_rng(1).integers(0, 2**16, (5, 7, 3), np.uint16)
    film = still_film(photo, 3)
    assert film.dtype == photo.dtype
    assert film.flags.writeable
    assert (film == photo).all()
    assert film.shape == (3, *photo.shape)


def test_telling_progress_repaints_nothing_at_once(qtbot: QtBot) -> None:
    painted: list[int] = []

    class Neighbour(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            painted.append(1)

    window, neighbour, strip = QWidget(), Neighbour(), ActivityStrip()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(neighbour, 1)
    column.addWidget(strip)
    window.resize(300, 200)
    window.show()
    qtbot.waitExposed(window)
    strip.show_activity(Activity("animate", "Animating", "Stage 1", 1, 9, False))
    qtbot.waitUntil(lambda: not strip.bar.visibleRegion().isEmpty())
    qtbot.wait(20)
    painted.clear()
    for done in range(2, 9):
        neighbour.update()
        strip.show_activity(Activity("animate", "Animating", "Stage 2", done, 9, False))
    assert not painted
    qtbot.waitUntil(lambda: bool(painted))
    assert strip.bar.value() == 8


def test_long_words_of_progress_ask_for_no_room(qtbot: QtBot) -> None:
    """The side of the window has a fixed width; what is wider would be cut off."""
    strip = ActivityStrip()
    qtbot.addWidget(strip)
    strip.show_activity(Activity("animate", "Animating", "Stage", 1, 9, False))
    before = strip.minimumSizeHint().width()
    long = "Unspooling the exposure of a very large photo in very many tiles"
    strip.show_activity(Activity("animate", "Animating", long, 100, 200, False))
    assert strip.minimumSizeHint().width() == before
    assert long in strip.stage.toolTip()
