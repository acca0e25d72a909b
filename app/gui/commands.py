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
