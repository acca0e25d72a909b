"""One sentence for every tool on what the pointer does with it. Words only."""

from __future__ import annotations

from app.gui.stroke_values import BRUSH, ELLIPSE, ERASER, LASSO, RECTANGLE, SMART
from app.gui.tools import DIRECTION, OUTLINE, SELECT

_HINTS = {
    SELECT: "Drag a region to move it, a point to reshape it, its badge to point it. "
    "Shift adds to the selection; drag beside regions to select several.",
    OUTLINE: "Click around what moved; click the first point or double-click to close. "
    "Drag inside the selected region to point it. Alt cuts a hole.",
    LASSO: "Drag around what moved; let go to close. Alt cuts a hole.",
    RECTANGLE: "Drag from corner to corner; Shift makes a square, Alt cuts a hole.",
    ELLIPSE: "Drag from corner to corner; Shift makes a circle, Alt cuts a hole.",
    BRUSH: "Paint over what moved. Strokes that touch the selected region grow it; "
    "[ and ] change the size, Alt erases.",
    ERASER: "Wipe away from the selected regions, or from all when none is selected; "
    "[ and ] change the size.",
    SMART: "Draw roughly around what moved, or along the middle of it, and let go: "
    "its outline is found for you. Alt cuts out.",
    DIRECTION: "Drag inside a region the way it moved.",
}
_CUTTING = {
    OUTLINE: "Click around what to cut out of the selected region; X goes back to new regions.",
    LASSO: "Drag around what to cut out of the selected region; X goes back to new regions.",
    RECTANGLE: "Drag from corner to corner to cut out; X goes back to new regions.",
    ELLIPSE: "Drag from corner to corner to cut out; X goes back to new regions.",
    BRUSH: "The brush cuts out, as the eraser does; X goes back to painting.",
}
_DRAFTING = (
    "Click the first point, double-click or press Enter to close. "
    "Ctrl+Z takes back a point, Esc gives up."
)


def hint_for(tool: str, *, drafting: bool, cutting: bool) -> str:
    """What the pointer does now."""
    if drafting:
        return _DRAFTING
    return _CUTTING[tool] if cutting and tool in _CUTTING else _HINTS[tool]
