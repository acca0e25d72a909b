"""Makes README's pictures of the running program: `python resources/pictures/make_screenshots.py`.

Needs a display; `xvfb-run -a` in front of it is enough.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.assets import sample_path
from app.gui.application import build_application
from app.gui.discover.suggesting import offer_suggestions
from app.gui.discover.tracing import offer_trajectories
from app.gui.kiosk.settings import KioskSettings
from app.gui.kiosk.window import KioskWindow
from app.gui.window import MainWindow

HERE = Path(__file__).resolve().parent
_PATIENCE = 300.0


def main() -> None:
    """Write every picture."""
    # The shots show the program as somebody sees it who has never used it.
    with tempfile.TemporaryDirectory() as home:
        for name in (
            "HOME",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
            "XDG_DATA_HOME",
        ):
            os.environ[name] = home
        build_application()
        window()
        trajectories()
        kiosk()


def window() -> None:
    """The window with the coffee sample, how far its cup moved, and its film."""
    shown = _opened("coffee")
    shown.editor.select(0)
    shown.editor.set_displacement((12.7, 5.9))
    shown.film_settings.animate_button.click()
    _wait(lambda: shown.controller.film is not None)
    shown.film_panel.player.show_frame(6)
    _save(shown, "window.png")
    _closed(shown)


def trajectories() -> None:
    """The window with the shuttle sample and the trajectories over it."""
    shown = _opened("shuttle")
    # The film's place appears with its preview, and changes how large the photo is.
    _wait(lambda: shown.controller.live.preview is not None)
    shown.workspace.trajectory_panel.visible.click()
    _wait(lambda: not shown.films.trajectories.picture.isNull())
    _save(shown, "trajectories.png")
    _closed(shown)


def _opened(sample: str) -> MainWindow:
    """A new window with a sample in it, which offers what the program's own does."""
    shown = MainWindow()
    offer_suggestions(shown.controller.discoveries)
    offer_trajectories(shown.controller.discoveries)
    shown.resize(1280, 760)
    shown.show()
    opened: list[object] = []
    shown.controller.opened.connect(opened.append)
    shown.open_path(sample_path(sample))
    _wait(lambda: bool(opened))
    return shown


def _closed(shown: MainWindow) -> None:
    shown.controller.stop()
    shown.safety.stop()
    shown.hide()


def kiosk() -> None:
    """The booth after a swipe on the shuttle sample."""
    booth = KioskWindow(KioskSettings(camera=False))
    booth.resize(1024, 640)
    booth.show()
    QTest.mouseClick(booth.attract, Qt.MouseButton.LeftButton)
    _wait(lambda: booth.pages.currentWidget() is booth.pick)
    paths = [booth.pick.list.item(i) for i in range(booth.pick.list.count())]
    shuttle = next(item for item in paths if "shuttle" in str(item.data(Qt.ItemDataRole.UserRole)))
    booth.pick.list.itemClicked.emit(shuttle)
    _wait(lambda: booth.visit is not None)
    screen, place = booth.swipe.screen_, booth.swipe.screen_.place()

    def at(x: float, y: float) -> QPoint:
        return (place.topLeft().toPoint()) + QPoint(int(x * place.width()), int(y * place.height()))

    QTest.mousePress(screen, Qt.MouseButton.LeftButton, pos=at(0.77, 0.48))
    for step in range(1, 9):
        QTest.mouseMove(screen, at(0.77 + 0.005 * step, 0.48 - 0.05 * step))
    QTest.mouseRelease(screen, Qt.MouseButton.LeftButton, pos=at(0.81, 0.08))
    _wait(lambda: booth.visit is not None and bool(booth.visit.swipes))
    _save(booth, "kiosk.png")
    booth.release()


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("the program did not get there")
        QApplication.processEvents()
        time.sleep(0.02)


def _save(widget: QWidget, name: str) -> None:
    QApplication.processEvents()
    widget.grab().save(str(HERE / name))


if __name__ == "__main__":
    main()
