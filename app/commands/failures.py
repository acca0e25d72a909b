"""How a failure is told: one sentence on stderr, and the traceback only where -v asks for it.

Which failure leads to which exit status is decided in `app.cli`.
"""

from __future__ import annotations

import logging
import sys
import traceback
from dataclasses import dataclass


@dataclass
class _Session:
    """What one call of `app.cli.main` must remember for its error messages."""

    verbose: bool = False


_session = _Session()


def forget_verbose() -> None:
    """Start a new call, which has not asked for details yet."""
    _session.verbose = False


def set_verbose(value: bool) -> bool:
    """The callback of -v, wherever in the call it stands."""
    if value:
        _session.verbose = True
        logging.getLogger("app").setLevel(logging.DEBUG)
    return value


def tell_failure(sentence: str) -> None:
    """Say it on stderr, below the traceback of the error that is being handled if -v is given."""
    if _session.verbose and sys.exc_info()[0] is not None:
        traceback.print_exc()
    print(f"unspool: {sentence}", file=sys.stderr)


def unexpected_sentence(error: Exception) -> str:
    """The sentence for an error that nobody foresaw."""
    hint = "" if _session.verbose else "; run again with -v for details"
    detail = str(error).strip().splitlines()
    reason = f"{type(error).__name__}: {detail[0]}" if detail else type(error).__name__
    return f"Something unexpected went wrong ({reason}){hint}."
