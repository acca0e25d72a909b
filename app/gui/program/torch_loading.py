"""Loads torch, for jobs in the background, without stopping the window.

`import torch` maps some 400 MB of machine code while it holds Python's lock, which keeps the window
from painting for a second or two. A foreign call of the same loader does not hold it.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import logging
import os
import sys
from pathlib import Path

from app.gui.program import garbage

_LIBRARIES = ("libc10.so", "libtorch_cpu.so", "libtorch.so", "libtorch_python.so")

_log = logging.getLogger(__name__)


def load_torch() -> None:
    """Have torch imported; call it off the GUI thread, before the first import that needs torch."""
    if "torch" in sys.modules:
        return
    with garbage.importing("torch"):
        _map_libraries()
        importlib.import_module("torch")


def _map_libraries() -> None:
    """Map the libraries that `import torch` will ask for.

    Does nothing where torch lies elsewhere; importing torch then does it all.
    """
    if not sys.platform.startswith("linux"):
        return
    found = importlib.util.find_spec("torch")
    if found is None or found.origin is None:
        return
    folder = Path(found.origin).parent / "lib"
    load = ctypes.CDLL(None).dlopen
    load.restype = ctypes.c_void_p
    for name in _LIBRARIES:
        path = folder / name
        if path.is_file() and not load(os.fsencode(path), os.RTLD_NOW | os.RTLD_GLOBAL):
            _log.info("could not load %s ahead of torch", path)
            return
