"""A real window on the offscreen platform with its own home folder, and a pointer to use it."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.checkpoints import save_checkpoint
from app.gui.application import build_application
from app.gui.drawing.canvas import Canvas
from app.gui.program.preferences import Preferences
from app.gui.window import MainWindow
from models.decomposer import Decomposer, DecomposerConfig

WIDTH, HEIGHT = 96, 64
PATIENCE_MS = 60_000
"""A busy machine may take its time to import torch."""

Left = Qt.MouseButton.LeftButton
NoKeys = Qt.KeyboardModifier.NoModifier


class Mouse:
    """Clicks and drags on a canvas at photo points, as the platform would report them."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def click(self, *point: float, keys: Qt.KeyboardModifier = NoKeys) -> None:
        self._send(QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton, keys)
        self._send(QEvent.Type.MouseButtonPress, point, Left, keys)
        self._send(QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.NoButton, keys)

    def double_click(self, *point: float) -> None:
        self.click(*point)
        self._send(QEvent.Type.MouseButtonDblClick, point, Left, NoKeys)
        self._send(QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.NoButton, NoKeys)

    def press(self, *point: float, keys: Qt.KeyboardModifier = NoKeys) -> None:
        self._send(QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton, keys)
        self._send(QEvent.Type.MouseButtonPress, point, Left, keys)

    def move(self, *point: float, keys: Qt.KeyboardModifier = NoKeys) -> None:
        self._send(QEvent.Type.MouseMove, point, Left, keys)

    def release(self, *point: float, keys: Qt.KeyboardModifier = NoKeys) -> None:
        self._send(QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.NoButton, keys)

    def drag(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        keys: Qt.KeyboardModifier = NoKeys,
    ) -> None:
        self.press(*start, keys=keys)
        for share in (0.25, 0.5, 0.75, 1.0):
            self.move(
                start[0] + (end[0] - start[0]) * share,
                start[1] + (end[1] - start[1]) * share,
                keys=keys,
            )
        self.release(*end, keys=keys)

    def place(self, *point: float) -> QPointF:
        """The viewport position of a photo point."""
        return self._canvas.viewportTransform().map(QPointF(*point))

    def _send(
        self,
        kind: QEvent.Type,
        point: tuple[float, ...],
        held: Qt.MouseButton,
        keys: Qt.KeyboardModifier,
    ) -> None:
        viewport = self._canvas.viewport()
        place = self.place(*point)
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Left
        everywhere = QPointF(viewport.mapToGlobal(QPoint(0, 0))) + place
        event = QMouseEvent(kind, place, everywhere, button, held, keys)
        QApplication.sendEvent(viewport, event)


@pytest.fixture(scope="session")
def qapp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QApplication]:
    """The program's own application object."""
    yield build_application()
    # The offscreen platform does not say that what lies there is ours.
    QApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs and files of a person who has never used the program."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("UNSPOOL_DEVICE", raising=False)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(home))
    return home


@pytest.fixture(autouse=True)
def no_thread_outlives_its_test() -> Iterator[None]:
    """Fails a test that leaves a thread of ours behind."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in set(threading.enumerate()) - before if thread.is_alive()]
    # Threads of a foreign pool show up once Python code has run on them; they are no one's to end.
    left = [t for t in left if not isinstance(t, threading._DummyThread)]
    assert not left, f"these threads are still running: {left}"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A small colourful photo on disk."""
    rng = np.random.default_rng(4)
    rough = rng.integers(80, 180, (8, 12, 3), np.uint8)
    path = tmp_path / "photo.png"
    cv2.imwrite(str(path), cv2.resize(rough, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC))
    return path


@pytest.fixture
def empty_window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The window on its welcome screen."""
    # Tests that do not speak of it need no network running beside them.
    Preferences().set_live_preview(False)
    window = MainWindow()
    window.resize(1000, 700)
    window.show()
    yield window
    window.clips.close()
    window.controller.stop()
    window.safety.stop()
    assert not window.controller.background.inference.isRunning()
    assert not window.controller.background.files.isRunning()
    window.film_panel.player.pause()
    window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def open_photo(qtbot: QtBot, empty_window: MainWindow) -> Callable[[Path], MainWindow]:
    """Opens a photo or project in the window and waits until it is there."""

    def opened(path: Path) -> MainWindow:
        with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
            empty_window.open_path(path)
        qtbot.wait(1)
        return empty_window

    return opened


@pytest.fixture
def window(open_photo: Callable[[Path], MainWindow], photo: Path) -> MainWindow:
    """The window with the small photo open and the Outline tool chosen."""
    return open_photo(photo)


@pytest.fixture
def mouse(window: MainWindow) -> Mouse:
    """A pointer over the canvas."""
    return Mouse(window.canvas)


@pytest.fixture
def square(window: MainWindow, mouse: Mouse) -> MainWindow:
    """The window with one square region from (20, 10) to (60, 50), drawn with the mouse."""
    for corner in ((20, 10), (60, 10), (60, 50), (20, 50), (20, 10)):
        mouse.click(*corner)
    assert len(window.editor.regions) == 1
    return window


@pytest.fixture
def measured(square: MainWindow, mouse: Mouse) -> MainWindow:
    """A square whose things moved 20 pixels to the right and 10 up."""
    square.actions_by_name["displacement"].trigger()
    mouse.drag((30, 40), (50, 30))
    return square


@pytest.fixture(scope="session")
def small_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny network whose output differs from the photo wherever something moves."""
    torch.manual_seed(1)
    config = DecomposerConfig(
        widths=(8, 8), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,)
    )
    network = Decomposer(config)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
    path = tmp_path_factory.mktemp("weights") / "small.safetensors"
    save_checkpoint(path, network)
    return path


@pytest.fixture
def ready(square: MainWindow, small_weights: Path) -> MainWindow:
    """One moving region, and the small network chosen."""
    document = square.editor.document
    assert document is not None
    square.editor.set_choices(replace(document.choices, weights=str(small_weights), fps=25.0))
    return square


@pytest.fixture
def filmed(ready: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with its film."""
    ready.film_settings.animate_button.click()
    qtbot.waitUntil(lambda: ready.controller.film is not None, timeout=PATIENCE_MS)
    return ready
