"""Undo commands: one per gesture, each holding the regions before and after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from PySide6.QtGui import QUndoCommand

from app.gui.document import Regions

_gesture_numbers = count(1)


def new_gesture() -> int:
    """A number that no other gesture has; commands that share one are one step in the history."""
    return next(_gesture_numbers)


@dataclass(frozen=True)
class State:
    """What an edit changes and undo restores: the regions and which of them are selected."""

    regions: Regions
    selection: tuple[int, ...] = ()


@dataclass(frozen=True)
class Remarks:
    """What is said about the photo as a whole: whether it is done, and a note."""

    done: bool = False
    note: str = ""


class _Change(QUndoCommand):
    """Goes from one value to another by handing it to `show`.

    Commands of one kind and the same `gesture` (a drag reports many small changes) merge into one
    step. Qt merges only neighbours with equal ids, so each kind has a number of its own.
    """

    kind = 0

    def __init__(
        self,
        title: str,
        before: Any,
        after: Any,
        show: Callable[[Any], None],
        gesture: int | None = None,
    ) -> None:
        super().__init__(title)
        self._before = before
        self._after = after
        self._show = show
        self._gesture = gesture

    def id(self) -> int:
        """The kind; -1 merges with nothing."""
        return -1 if self._gesture is None else self.kind

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over the end of the next command of the same gesture."""
        if not isinstance(other, _Change) or type(other) is not type(self):
            return False
        if other._gesture != self._gesture:
            return False
        self._after = other._after
        # A gesture that ends where it began is no step at all.
        self.setObsolete(self.changes_nothing())
        return True

    def changes_nothing(self) -> bool:
        """Whether both ends are the same."""
        return bool(self._after == self._before)

    def redo(self) -> None:
        """Show the value after the change."""
        self._show(self._after)

    def undo(self) -> None:
        """Show the value before the change."""
        self._show(self._before)


class ChangeRegions(_Change):
    """From one `State` to another; one that only selects differently is no step."""

    kind = 1

    def changes_nothing(self) -> bool:
        """Whether both ends have the same regions."""
        return bool(self._after.regions == self._before.regions)


class ChangeRemarks(_Change):
    """From one set of `Remarks` to another; a note typed in one go is one step."""

    kind = 2
