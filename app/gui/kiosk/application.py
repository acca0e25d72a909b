"""Starts the booth and keeps it alive."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from app.errors import InputError
from app.gui.application import build_application, staying_awake
from app.gui.kiosk.jobs import photo_paths
from app.gui.kiosk.settings import KioskSettings
from app.gui.kiosk.window import KioskWindow
from app.gui.program.diagnostics import ExceptionHooks, start_log


def main(settings: KioskSettings) -> int:
    """Show the booth until its key chord ends it.

    Returns:
        The exit status, 0 when it was ended.

    Raises:
        InputError: the folder holds no photos, or the key chord means nothing.
    """
    photo_paths(settings)
    application = build_application()
    keys = QKeySequence(settings.quit_keys)
    if keys.isEmpty() or not keys.toString():
        raise InputError(f"'{settings.quit_keys}' is no key chord; try Ctrl+Alt+Shift+Q.")
    start_log()
    window = KioskWindow(settings)
    hooks = ExceptionHooks(window.report, window)
    hooks.install()
    if settings.full_screen:
        window.showFullScreen()
    else:
        window.resize(1280, 800)
        window.show()
    with staying_awake():
        status = application.exec()
    hooks.remove()
    return int(status)
