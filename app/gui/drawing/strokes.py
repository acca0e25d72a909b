"""What becomes of shapes drawn in one drag: a new region, a grown one, or ones with holes.

Each is one step of the history. The tools of single clicks are `app.gui.drawing.tools`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import InputError
from app.gui.document import Point, clamp
from app.gui.drawing.stroke_values import BRUSH, ELLIPSE, ERASER, LASSO, PAINTING, RECTANGLE, Stroke
from app.gui.editor import Editor
from app.gui.program.language import marked, translate

if TYPE_CHECKING:
    from app.gui.drawing.shaping import Area

_TITLES = {
    LASSO: marked("Step", "Lasso region"),
    RECTANGLE: marked("Step", "Rectangle region"),
    ELLIPSE: marked("Step", "Ellipse region"),
    BRUSH: marked("Step", "Brush region"),
}


def begin(tool: str, point: Point, reach: float, radius: float, *, cut: bool) -> Stroke:
    """The stroke of a press at `point`; `reach` is 8 screen pixels in photo pixels."""
    return Stroke(tool, (point,), radius, spacing=reach / 8, cut=cut or tool == ERASER)


def finish(stroke: Stroke, editor: Editor) -> None:
    """Make a stroke one step of the history: a new region, a grown one, or cut ones.

    A mere click with a tool that needs a drag does nothing.
    """
    document = editor.document
    if document is None or (stroke.tool not in PAINTING and not stroke.dragged):
        return
    # Shapely is only needed once something has been drawn; opening a photo has loaded it by then.
    from app.gui.drawing import shaping

    width, height = document.width, document.height
    try:
        if stroke.tool in PAINTING:
            area = shaping.area_of_brush(
                stroke.points, stroke.radius, width, height, min(stroke.spacing, 1.0)
            )
        else:
            ring = tuple(clamp(point, width, height) for point in stroke.ring)
            loose = stroke.spacing if stroke.tool == LASSO else 0.0
            area = shaping.area_of_ring(ring, width, height, loose)
    except InputError as error:
        editor.refused.emit(error)
        return
    if stroke.cut:
        cut(
            area,
            editor,
            translate("Strokes", "Erase")
            if stroke.tool == ERASER
            else translate("Strokes", "Cut hole"),
        )
    else:
        add(area, editor, translate("Step", _TITLES[stroke.tool]), grow=stroke.tool == BRUSH)


def cut_ring(ring: tuple[Point, ...], editor: Editor) -> None:
    """Take what a closed outline encloses out of the regions, as `cut` does."""
    document = editor.document
    if document is None:
        return
    from app.gui.drawing import shaping

    try:
        area = shaping.area_of_ring(ring, document.width, document.height, 0.0)
    except InputError as error:
        editor.refused.emit(error)
        return
    cut(area, editor, translate("Strokes", "Cut hole"))


def add(area: Area, editor: Editor, title: str, *, grow: bool = False) -> None:
    """Make an area a region, or with `grow` add it to the selected one when it touches that."""
    document = editor.document
    if document is None:
        return
    from app.gui.drawing import shaping

    index = editor.only_selected
    if grow and index is not None:
        region, size = editor.regions[index], (document.width, document.height)
        if not (region.locked or region.hidden) and shaping.touches(region, area, *size):
            regions, standing = shaping.with_grown(editor.regions, index, area, *size)
            if regions != editor.regions:
                editor.change(title, regions, standing[:1])
            return
    regions, standing = shaping.with_new(editor.regions, area, editor.next_direction)
    if standing:
        editor.change(title, regions, standing[:1])


def cut(area: Area, editor: Editor, title: str) -> None:
    """Take an area out of the selected regions, or out of all in view when none is selected."""
    document = editor.document
    if document is None:
        return
    from app.gui.drawing import shaping

    everywhere = range(len(editor.regions))
    size = (document.width, document.height)
    targets = [
        index
        for index in editor.selection or everywhere
        if not (editor.regions[index].locked or editor.regions[index].hidden)
        and shaping.touches(editor.regions[index], area, *size)
    ]
    if not targets:
        editor.refused.emit(
            InputError(translate("Strokes", "There is no region here to take anything from."))
        )
        return
    regions, standing = shaping.with_cut(editor.regions, targets, area, *size)
    if regions != editor.regions:
        editor.change(title, regions, standing if editor.selection else ())
