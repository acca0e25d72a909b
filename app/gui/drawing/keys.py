"""Which keys set a direction: digits name the class, the number pad its place on the compass."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.gui.program.language import translate
from app.guidance.classes import Direction

_DIGITS = {
    Qt.Key.Key_0: Direction.STATIC,
    Qt.Key.Key_1: Direction.UP_RIGHT,
    Qt.Key.Key_2: Direction.UP_LEFT,
    Qt.Key.Key_3: Direction.DOWN_LEFT,
    Qt.Key.Key_4: Direction.DOWN_RIGHT,
}

# With Num Lock off the pad sends the names on the right.
_PAD = {
    Qt.Key.Key_9: Direction.UP_RIGHT,
    Qt.Key.Key_PageUp: Direction.UP_RIGHT,
    Qt.Key.Key_7: Direction.UP_LEFT,
    Qt.Key.Key_Home: Direction.UP_LEFT,
    Qt.Key.Key_1: Direction.DOWN_LEFT,
    Qt.Key.Key_End: Direction.DOWN_LEFT,
    Qt.Key.Key_3: Direction.DOWN_RIGHT,
    Qt.Key.Key_PageDown: Direction.DOWN_RIGHT,
    Qt.Key.Key_5: Direction.STATIC,
    Qt.Key.Key_Clear: Direction.STATIC,
}

KEY_NAMES = {
    Direction.STATIC: ("0", "5"),
    Direction.UP_RIGHT: ("1", "9"),
    Direction.UP_LEFT: ("2", "7"),
    Direction.DOWN_LEFT: ("3", "1"),
    Direction.DOWN_RIGHT: ("4", "3"),
}
"""The digit of every direction, and its place on the number pad."""


def keys_of(direction: Direction) -> str:
    """The keys of a direction as people read them, e.g. "1, number pad 9"."""
    digit, place = KEY_NAMES[direction]
    return translate("Keys", "{digit}, number pad {place}").format(digit=digit, place=place)


def direction_for_key(event: QKeyEvent) -> Direction | None:
    """The direction that a key press asks for, or None when it is another key."""
    held = event.modifiers()
    keypad = bool(held & Qt.KeyboardModifier.KeypadModifier)
    if held & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.NoModifier:
        return None
    return (_PAD if keypad else _DIGITS).get(Qt.Key(event.key()))
