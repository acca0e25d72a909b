"""One sentence for every tool on what the pointer does with it. Words only."""

from __future__ import annotations

from app.gui.drawing.stroke_values import BRUSH, ELLIPSE, ERASER, LASSO, RECTANGLE, SMART
from app.gui.drawing.tools import DIRECTION, DISPLACEMENT, OUTLINE, SELECT
from app.gui.program.language import translate


def hint_for(tool: str, *, drafting: bool, cutting: bool, read_only: bool = False) -> str:
    """What the pointer does now; where nothing can be edited no tool does more than look."""
    if read_only:
        return translate(
            "Hint",
            "Read-only: click a region to select it, turn the wheel to zoom, "
            "hold Space and drag to move about.",
        )
    if drafting:
        return translate(
            "Hint",
            "Click the first point, double-click or press Enter to close. "
            "Ctrl+Z takes back a point, Esc gives up.",
        )
    return (_cutting().get(tool) if cutting else None) or _hints()[tool]


def _hints() -> dict[str, str]:
    return {
        SELECT: translate(
            "Hint",
            "Drag a region to move it, a point to reshape it, its badge to point it. "
            "Shift adds to the selection; drag beside regions to select several.",
        ),
        OUTLINE: translate(
            "Hint",
            "Click around what moved; click the first point or double-click to close. "
            "Drag inside the selected region to point it. Alt cuts a hole.",
        ),
        LASSO: translate("Hint", "Drag around what moved; let go to close. Alt cuts a hole."),
        RECTANGLE: translate(
            "Hint", "Drag from corner to corner; Shift makes a square, Alt cuts a hole."
        ),
        ELLIPSE: translate(
            "Hint", "Drag from corner to corner; Shift makes a circle, Alt cuts a hole."
        ),
        BRUSH: translate(
            "Hint",
            "Paint over what moved. Strokes that touch the selected region grow it; "
            "[ and ] change the size, Alt erases.",
        ),
        ERASER: translate(
            "Hint",
            "Wipe away from the selected regions, or from all when none is selected; "
            "[ and ] change the size.",
        ),
        SMART: translate(
            "Hint",
            "Draw roughly around what moved, or along the middle of it, and let go: "
            "its outline is found for you. Alt cuts out.",
        ),
        DIRECTION: translate("Hint", "Drag inside a region the way it moved."),
        DISPLACEMENT: translate(
            "Hint",
            "Drag inside a region from where a thing in it was first to where it was last, "
            "as along a bright streak.",
        ),
    }


def _cutting() -> dict[str, str]:
    return {
        OUTLINE: translate(
            "Hint",
            "Click around what to cut out of the selected region; X goes back to new regions.",
        ),
        LASSO: translate(
            "Hint",
            "Drag around what to cut out of the selected region; X goes back to new regions.",
        ),
        RECTANGLE: translate(
            "Hint", "Drag from corner to corner to cut out; X goes back to new regions."
        ),
        ELLIPSE: translate(
            "Hint", "Drag from corner to corner to cut out; X goes back to new regions."
        ),
        BRUSH: translate(
            "Hint", "The brush cuts out, as the eraser does; X goes back to painting."
        ),
    }
