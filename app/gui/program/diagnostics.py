"""When something goes wrong that nobody foresaw: the log file and the exception hooks."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion

from app import __version__

_PACKAGES = (
    ("PySide6-Essentials", "PySide6"),
    ("torch", "torch"),
    ("numpy", "NumPy"),
    ("opencv-python-headless", "OpenCV"),
    ("pillow", "Pillow"),
    ("pillow-heif", "pillow-heif"),
    ("rawpy", "rawpy"),
)

_log = logging.getLogger("app.gui")


def log_path() -> Path:
    """Where the log is kept."""
    import platformdirs

    return Path(platformdirs.user_log_dir("unspool", appauthor=False)) / "unspool.log"


def start_log() -> None:
    """Write warnings and errors to a small rotating file; without one, go on without."""
    root = logging.getLogger()
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    try:
        path = log_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=2, encoding="utf-8")
    except OSError as error:
        print(f"unspool: no log file can be written: {error}", file=sys.stderr)
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    root.addHandler(handler)


def full_text(error: BaseException) -> str:
    """The exception with its traceback, for the log and for the clipboard."""
    return "".join(traceback.format_exception(type(error), error, error.__traceback__))


def versions() -> list[tuple[str, str]]:
    """Name and version of what matters in a report, read without importing any of it."""
    from importlib.metadata import PackageNotFoundError, version

    known = [("Unspool", __version__), ("Python", platform.python_version()), ("Qt", qVersion())]
    for package, name in _PACKAGES:
        try:
            known.append((name, version(package)))
        except PackageNotFoundError:
            known.append((name, "-"))
    return [*known, ("System", platform.platform())]


class ExceptionHooks(QObject):
    """Takes over `sys.excepthook` and `threading.excepthook` and reports on the GUI thread."""

    # Exceptions may come from any thread; a signal brings them to the one that owns the widgets.
    _caught = Signal(object)

    def __init__(
        self, show: Callable[[BaseException], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._caught.connect(show)
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Begin catching."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._from_anywhere
        threading.excepthook = self._from_thread

    def remove(self) -> None:
        """Leave the hooks as they were."""
        sys.excepthook, threading.excepthook = self._before

    def _from_anywhere(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("%s", full_text(error))
        self._caught.emit(error)

    def _from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._from_anywhere(args.exc_type, args.exc_value, args.exc_traceback)
