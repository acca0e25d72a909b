"""Refusing destinations that cannot be written: before the work, not after it.

Writing itself, whole or not at all, is `app.atomic`.
"""

from __future__ import annotations

import os
from pathlib import Path

from app.errors import InputError


def refuse_existing(path: Path, overwrite: bool) -> None:
    """Raise InputError where `path` would replace something unasked or cannot be written."""
    if path.exists() and not overwrite:
        raise InputError(f"{path} exists already; name another --out or use --overwrite.")
    refuse_unwritable(path.parent)


def refuse_unwritable(folder: Path) -> None:
    """Raise InputError where `folder` is neither writable nor can be made."""
    standing = folder.absolute()
    while not standing.exists() and standing != standing.parent:
        standing = standing.parent
    if not standing.is_dir():
        raise InputError(f"Cannot write into {folder}: {standing} is a file, not a folder.")
    if not os.access(standing, os.W_OK):
        raise InputError(f"Cannot write into {folder}: the folder {standing} is read-only.")
