"""Starts the desktop app; torch, the models and the engine are not imported before it is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from app import __version__
from app.gui.discover.offers import Offers
from app.gui.program.diagnostics import ExceptionHooks, start_log
from app.gui.program.garbage import GarbageTimer
from app.gui.program.icons import program_icon
from app.gui.program.language import show_language
from app.gui.program.preferences import Preferences
from app.gui.program.sharing import share_lock
from app.gui.window import MainWindow


def main(path: str | None = None, *, read_only: bool = False) -> int:
    """Show the window, open `path` (a photo or project) in it, and run until it is closed.

    With `read_only` nothing can be edited, and nothing is written where the photos lie.

    Returns:
        The exit status, 0 when the window was closed.
    """
    application = build_application()
    start_log()
    show_language(application, Preferences().language())
    window = MainWindow()
    window.controller.read_only = read_only
    Offers(window.controller.discoveries, window.preferences, window)
    hooks = ExceptionHooks(window.show_error, window)
    hooks.install()
    window.show()
    left = not read_only and window.safety.offer() is not None
    if path is None and not left:
        QTimer.singleShot(0, window, window.session.reopen)
    elif path is not None:
        # After the first paint, so that the window is there before the photo is read.
        QTimer.singleShot(0, window, lambda: window.open_path(Path(path)))
    with staying_awake():
        status = application.exec()
    hooks.remove()
    release_clipboard()
    return int(status)


@contextmanager
def staying_awake() -> Iterator[None]:
    """A block in which Python, with jobs in the background, keeps the event loop waiting little."""
    share_lock()
    garbage = GarbageTimer()
    garbage.start()
    try:
        yield
    finally:
        garbage.stop()


def release_clipboard() -> None:
    """Give up what we copied: Qt would ask Python for it after Python has ended, and crash."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()


def build_application() -> QApplication:
    """The Qt application with the names under which settings are kept."""
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("Unspool")
    QCoreApplication.setOrganizationName("Unspool")
    QCoreApplication.setApplicationVersion(__version__)
    application.setWindowIcon(program_icon())
    show_language(application, "en")
    return application
