"""Undo commands: one per gesture, each holding the regions before and after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

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


class ChangeRegions(QUndoCommand):
    """Goes from one state to another by handing it to `show`.

    Commands of the same `gesture` (a drag reports many small changes) merge into one step.
    """

    def __init__(
        self,
        title: str,
        before: State,
        after: State,
        show: Callable[[State], None],
        gesture: int | None = None,
    ) -> None:
        super().__init__(title)
        self._before = before
        self._after = after
        self._show = show
        self._gesture = gesture

    def id(self) -> int:
        """Qt merges only neighbours with equal ids; -1 merges with nothing."""
        return -1 if self._gesture is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over the end state of the next command of the same drag."""
        if not isinstance(other, ChangeRegions) or other._gesture != self._gesture:
            return False
        self._after = other._after
        # A drag that ends where it began is no step at all.
        self.setObsolete(self._after.regions == self._before.regions)
        return True

    def redo(self) -> None:
        """Show the state after the edit."""
        self._show(self._after)

    def undo(self) -> None:
        """Show the state before the edit."""
        self._show(self._before)


@dataclass(frozen=True)
class Remarks:
    """What is said about the photo as a whole: whether it is done, and a note."""

    done: bool = False
    note: str = ""


class ChangeRemarks(QUndoCommand):
    """Goes from one set of remarks to another; a note typed in one go is one step."""

    def __init__(
        self,
        title: str,
        before: Remarks,
        after: Remarks,
        show: Callable[[Remarks], None],
        gesture: int | None = None,
    ) -> None:
        super().__init__(title)
        self._before = before
        self._after = after
        self._show = show
        self._gesture = gesture

    def id(self) -> int:
        """Never that of `ChangeRegions`: Qt merges only neighbours with equal ids."""
        return -1 if self._gesture is None else 2

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over the end state of the next command of the same typing."""
        if not isinstance(other, ChangeRemarks) or other._gesture != self._gesture:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True

    def redo(self) -> None:
        """Show the remarks after the change."""
        self._show(self._after)

    def undo(self) -> None:
        """Show the remarks before the change."""
        self._show(self._before)
