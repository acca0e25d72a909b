"""How threads share Python's lock and the processor, so that the window's is never kept waiting."""

from __future__ import annotations

import logging
import os
import sys
import threading

_SWITCH_SECONDS = 0.0005
"""How long a thread keeps Python's lock while another wants it.

Qt lets go of the lock in most of its calls, some dozens while a picture is painted. While a job
runs Python code, every one of them waits this long, 5 ms by default.
"""
_NICENESS = 10

_log = logging.getLogger(__name__)


def share_lock() -> None:
    """Let threads take turns more often than Python's default has them."""
    sys.setswitchinterval(_SWITCH_SECONDS)


def step_back() -> None:
    """Let the processor prefer other threads to the calling one and to those that it starts.

    Only Linux has priorities of single threads; elsewhere it does nothing.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
    except OSError as error:
        _log.info("a background thread keeps its priority: %s", error)
