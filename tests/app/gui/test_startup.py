"""Starting the program: what is loaded when, the log, unforeseen errors, themes and names."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QSlider,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from app.errors import InputError
from app.gui.actions import COMMANDS
from app.gui.program import diagnostics
from app.gui.program.error_dialog import ErrorDialog
from app.gui.program.preferences import Preferences
from app.gui.program.theme import THEMES, apply_theme, is_dark
from app.gui.window import MainWindow

_SHOW_ONLY = """
import sys
from app.gui.application import build_application
from app.gui.window import MainWindow
application = build_application()
window = MainWindow()
window.show()
application.processEvents()
assert window.isVisible()
late = ("torch", "models", "app.engine", "pydantic", "cv2", "shapely")
heavy = [name for name in late if name in sys.modules]
assert not heavy, heavy
"""

_RUN_MAIN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.gui import application

def look():
    window = next(w for w in QApplication.topLevelWidgets() if w.inherits("QMainWindow"))
    if window.editor.document is None:
        QTimer.singleShot(20, look)
        return
    print(window.windowTitle())
    window.close()

build = application.build_application
def build_and_look():
    built = build()
    QTimer.singleShot(0, look)
    return built
application.build_application = build_and_look
sys.exit(application.main(sys.argv[1]))
"""


def run(code: str, *args: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[3]
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_window_is_shown_before_torch_the_models_or_the_engine_are_imported() -> None:
    done = run(_SHOW_ONLY)
    assert done.returncode == 0, done.stderr


def test_main_opens_the_photo_it_is_given_and_ends_with_the_window(photo: Path) -> None:
    done = run(_RUN_MAIN, str(photo))
    assert done.returncode == 0, done.stderr
    assert "photo.png" in done.stdout


def test_a_foreseen_error_is_one_sentence_in_the_banner(empty_window: MainWindow) -> None:
    empty_window.show_error(InputError("x.png is not a photo."))
    assert empty_window.banner.text == "x.png is not a photo."


def test_an_unforeseen_error_of_any_thread_opens_one_dialog_to_copy_from(
    empty_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = diagnostics.ExceptionHooks(empty_window.show_error, empty_window)
    hooks.install()

    def broken() -> None:
        raise RuntimeError("the unforeseen")

    try:
        threads = [threading.Thread(target=broken) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        qtbot.waitUntil(lambda: bool(empty_window.findChildren(ErrorDialog)))
        qtbot.wait(10)
    finally:
        hooks.remove()
    (dialog,) = empty_window.findChildren(ErrorDialog)
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "RuntimeError: the unforeseen" in copied
    assert "Traceback" in copied
    dialog.reject()
    assert sys.excepthook is not hooks._from_anywhere


def test_warnings_are_written_to_the_log(own_home: Path) -> None:
    import logging

    root = logging.getLogger()
    before = list(root.handlers)
    diagnostics.start_log()
    try:
        logging.getLogger("app.test").warning("noted")
        assert "noted" in diagnostics.log_path().read_text(encoding="utf-8")
    finally:
        for handler in [h for h in root.handlers if h not in before]:
            root.removeHandler(handler)
            handler.close()


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_can_be_chosen_and_is_remembered(
    empty_window: MainWindow, qapp: QApplication, theme: str
) -> None:
    empty_window.actions_by_name[f"theme_{theme}"].trigger()
    if theme != "system":
        assert is_dark(qapp.palette()) == (theme == "dark")
    assert Preferences().theme() == theme
    empty_window.grab()
    apply_theme("system")


def test_recent_files_are_kept_newest_first_without_repeats(own_home: Path) -> None:
    for name in ("a.png", "b.png", "a.png"):
        Preferences().add_recent(own_home / name)
    assert Preferences().recent() == [own_home / "a.png", own_home / "b.png"]


def test_every_command_does_something_and_no_two_share_a_shortcut(
    empty_window: MainWindow,
) -> None:
    keys: list[str] = []
    for command in COMMANDS:
        action = empty_window.actions_by_name[command.name]
        assert action.receivers("2triggered(bool)") > 0, command.name
        # As the table has them: without a film its key for the full screen is lent to the window.
        keys += command.keys
    assert len(keys) == len(set(keys))


def test_everything_that_can_be_operated_has_a_name_for_screen_readers(
    window: MainWindow,
) -> None:
    kinds = (QAbstractButton, QComboBox, QSpinBox, QSlider, QListWidget)
    nameless = [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if not (widget.accessibleName() or getattr(widget, "text", str)())
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), QComboBox | QLineEdit)
    ]
    assert not nameless
