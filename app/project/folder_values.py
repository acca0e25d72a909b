"""What is known about a folder of photos, as plain values that cost nothing to import.

Who finds it out: `app.project.folders`, `app.project.conversion` and `app.project.statistics`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["untouched", "draft", "done", "unreadable"]

Step = Callable[[int, int], None]
"""Called with (done, total) before each photo; may raise to cancel."""


@dataclass(frozen=True)
class FolderEntry:
    """One photo: "done" when its project says so, "draft" when it has any other project.

    "untouched" has no project or one without regions and without a note; "unreadable" has one that
    cannot be read (`problem` says why). `note` is what was written about the photo.
    """

    photo: Path
    state: State
    note: str = ""
    problem: str = ""


@dataclass(frozen=True)
class PhotoFolder:
    """A folder with its photos in the order in which people count (2 before 10)."""

    path: Path
    entries: tuple[FolderEntry, ...]
