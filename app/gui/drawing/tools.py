"""What the pointer does on the canvas: which tool is held, and the tools of clicks and grabs.

Shapes drawn in one drag are `strokes`. Everything acts on the editor in photo pixels, so nothing
here depends on zoom or widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import hypot

from app.gui import document as edits
from app.gui.commands import new_gesture
from app.gui.document import Point
from app.gui.drawing import strokes
from app.gui.drawing.draft import Draft
from app.gui.drawing.hit import HitTarget, hit_test, nearest_on_segment, within
from app.gui.drawing.overlay import Arrow
from app.gui.drawing.stroke_values import PAINTING, SMART, STROKE_TOOLS, Stroke
from app.gui.editor import Editor
from app.gui.program.language import translate
from app.guidance.classes import Direction
from app.guidance.region import Region

SELECT, OUTLINE = "select", "outline"
DIRECTION, DISPLACEMENT = "direction", "displacement"
POINTING = (DIRECTION, DISPLACEMENT)
"""The tools that drag an arrow in a region: roughly the way, or exactly from where to where."""
TOOLS = (SELECT, OUTLINE, *STROKE_TOOLS, *POINTING)


@dataclass(frozen=True)
class Pointer:
    """Where the pointer is, in photo pixels; `reach` is how near counts as on something."""

    point: Point
    reach: float
    alt: bool = False
    control: bool = False
    shift: bool = False

    @property
    def adding(self) -> bool:
        """Whether a click adds to the selection."""
        return self.control or self.shift


@dataclass(frozen=True)
class Grab:
    """What a press took hold of: the target, where, and the regions to be moved as they were."""

    target: HitTarget
    start: Point
    held: Mapping[int, Region]
    gesture: int
    moving: bool = False

    @property
    def region(self) -> Region:
        """The region under the pointer, as it was."""
        return self.held[self.target.region]


@dataclass(frozen=True)
class Band:
    """A rectangle being pulled open to select what it touches, beside what was selected before."""

    start: Point
    end: Point
    before: tuple[int, ...]


class Gestures:
    """The transient state of pointing, and the tools that read and change it.

    `draft`, `stroke`, `band`, `arrow`, `vertex`, `hover` and `pointer` are shown by the overlay.
    `brush_radius` is in photo pixels; `cutting` makes every shape a hole instead of a region.
    """

    def __init__(
        self,
        editor: Editor,
        changed: Callable[[], None],
        find_outline: Callable[[Stroke], None],
    ) -> None:
        """`changed` is called after every change, `find_outline` with a rough stroke."""
        self._editor = editor
        self._changed = changed
        self._find_outline = find_outline
        self.tool = OUTLINE
        self.cutting = False
        self.brush_radius = 12.0
        self.draft = Draft()
        self.stroke: Stroke | None = None
        self.band: Band | None = None
        self.arrow: Arrow | None = None
        self.vertex: tuple[int, int] | None = None
        self.hover: HitTarget | None = None
        self.pointer: Pointer | None = None
        self._grab: Grab | None = None
        self._pressed_at: Point | None = None
        self._if_not_dragged: Callable[[], None] | None = None

    @property
    def holding(self) -> bool:
        """Whether a drag is under way."""
        if self.stroke is not None or (self.band is not None and self.band.start != self.band.end):
            return True
        return self._grab is not None and (self._grab.moving or self.arrow is not None)

    @property
    def tip(self) -> float | None:
        """The radius of the tool's round tip in photo pixels, None for a tool without one."""
        return self.brush_radius if self.tool in PAINTING else None

    def cuts(self, pointer: Pointer) -> bool:
        """Whether a shape begun now takes away."""
        return self.cutting or pointer.alt

    @property
    def closing(self) -> bool:
        """Whether a click here would close the outline being drawn."""
        return self.pointer is not None and self.draft.closes_at(
            self.pointer.point, self.pointer.reach * 1.5
        )

    def choose(self, tool: str) -> None:
        """Take up another tool; a draft or drag under way is given up."""
        self.reset()
        self.tool = tool
        self._changed()

    def reset(self) -> None:
        """Forget everything under way without touching the document."""
        self.draft = Draft()
        self.stroke = None
        self.band = None
        self.arrow = None
        self.vertex = None
        self._if_not_dragged = None
        self.hover = None
        self._grab = None
        self._pressed_at = None
        self._changed()

    def forget_vertex(self) -> None:
        """Drop the chosen vertex unless the selected region still has it."""
        index, regions = self._editor.only_selected, self._editor.regions
        if self.vertex is not None:
            ring, vertex = self.vertex
            rings = regions[index].rings if index is not None else ()
            if ring >= len(rings) or vertex >= len(rings[ring]):
                self.vertex = None
        self.hover = None

    def escape(self) -> bool:
        """Give up the drag or the draft, or else the selection; whether there was anything."""
        if self._grab is not None:
            grab, self._grab = self._grab, None
            self.arrow = None
            if grab.moving:
                self._editor.update_many(translate("Gestures", "Move"), grab.held, grab.gesture)
        elif self.stroke is not None or self.band is not None:
            self.stroke = self.band = None
        elif self.draft:
            self.draft = Draft()
        elif self._editor.selected is not None:
            self._editor.select(None)
        else:
            return False
        self._pressed_at = self._if_not_dragged = None
        self._changed()
        return True

    def undo_point(self) -> None:
        """Take back the last point of the draft."""
        self.draft = self.draft.back()
        self._changed()

    def redo_point(self) -> None:
        """Bring back the point last taken back."""
        self.draft = self.draft.again()
        self._changed()

    def close_draft(self) -> None:
        """Make the draft a region, if it encloses anything."""
        if self.draft.closable:
            draft, self.draft = self.draft, Draft()
            if draft.cut:
                strokes.cut_ring(draft.points, self._editor)
            else:
                self._editor.add_outline(draft.points)
        self._changed()

    def delete(self) -> None:
        """Delete the chosen vertex, or else the selected regions."""
        index = self._editor.only_selected
        if self.draft:
            self.undo_point()
        elif index is not None and self.vertex is not None:
            region = self._editor.regions[index]
            (ring, vertex), self.vertex = self.vertex, None
            if not region.locked:
                fewer = edits.delete_vertex(region, ring, vertex)
                self._editor.update_region(translate("Gestures", "Delete point"), index, fewer)
        else:
            self._editor.delete_selected()
        self._changed()

    def press(self, pointer: Pointer) -> None:
        """The left button went down."""
        self.pointer = pointer
        self._pressed_at = pointer.point
        self._if_not_dragged = None
        if self.tool in STROKE_TOOLS:
            self.stroke = strokes.begin(
                self.tool,
                pointer.point,
                pointer.reach,
                self.brush_radius,
                cut=self.cuts(pointer),
            )
        elif self.tool == OUTLINE:
            self._take(pointer, None if self.cuts(pointer) else self._hit(pointer))
        else:
            self._press_on(pointer, self._hit(pointer))
        self._changed()

    def move(self, pointer: Pointer, *, held: bool) -> None:
        """The pointer moved, with the left button held or not."""
        self.pointer = pointer
        if self.stroke is not None:
            self.stroke = self.stroke.to(pointer.point, even=pointer.shift)
        elif self.band is not None:
            self.band = replace(self.band, end=pointer.point)
        elif not held or self._grab is None:
            resting = not self.draft and self.tool not in STROKE_TOOLS
            self.hover = self._hit(pointer) if resting else None
        elif self.holding or self._dragged(pointer):
            self._if_not_dragged = None
            self._drag(pointer, self._grab)
        self._changed()

    def release(self, pointer: Pointer) -> None:
        """The left button went up."""
        grab, self._grab = self._grab, None
        arrow, self.arrow = self.arrow, None
        stroke, self.stroke = self.stroke, None
        band, self.band = self.band, None
        clicked, self._if_not_dragged = self._if_not_dragged, None
        pressed_at, self._pressed_at = self._pressed_at, None
        self.pointer = pointer
        if stroke is not None:
            stroke = stroke.to(pointer.point, even=pointer.shift)
            if stroke.tool == SMART and stroke.dragged:
                self._find_outline(stroke)
            elif stroke.tool != SMART:
                strokes.finish(stroke, self._editor)
        elif band is not None and band.start != band.end:
            inside = within(self._editor.regions, band.start, pointer.point)
            self._editor.select_many((*band.before, *inside))
        elif arrow is not None:
            self._point(arrow)
        elif self.tool == OUTLINE and pressed_at and not (grab and grab.moving):
            self._add_point(pointer, pressed_at)
        elif clicked is not None:
            clicked()
        self._changed()

    def double_click(self, pointer: Pointer) -> None:
        """Close the outline being drawn, or put a vertex on the edge under the pointer."""
        self.pointer = pointer
        if self.tool in STROKE_TOOLS:
            # Two quick strokes: Qt reports the second press as a double-click.
            self.press(pointer)
        elif self.draft:
            self.close_draft()
        elif self.tool == SELECT:
            target = self._hit(pointer)
            if target and target.kind == "edge":
                self._insert_vertex(pointer, target)

    def select_at(self, pointer: Pointer) -> None:
        """Select the region under the pointer unless it is selected already, or none."""
        target = self._hit(pointer)
        if target is None or target.region not in self._editor.selection:
            self._editor.select(target.region if target else None)

    def leave(self) -> None:
        """The pointer left the canvas."""
        self.pointer = None
        self.hover = None
        self._changed()

    def _hit(self, pointer: Pointer) -> HitTarget | None:
        return hit_test(
            self._editor.regions, pointer.point, pointer.reach, selected=self._editor.only_selected
        )

    def _press_on(self, pointer: Pointer, target: HitTarget | None) -> None:
        """A press with the Select tool or one that points."""
        self.vertex = None
        selection = self._editor.selection
        if target is None:
            if not pointer.adding:
                self._editor.select(None)
            if self.tool == SELECT:
                self.band = Band(pointer.point, pointer.point, self._editor.selection)
            return
        region = target.region
        if pointer.adding and target.kind == "body":
            self._if_not_dragged = lambda: self._editor.toggle_selected(region)
        elif region not in selection:
            self._editor.select(region)
        elif len(selection) > 1:
            # Pressed to drag them all, or clicked to have this one alone: the release tells.
            self._if_not_dragged = lambda: self._editor.select(region)
        if self.tool == SELECT and target.kind == "vertex":
            self.vertex = (target.ring, target.index)
        if self.tool == SELECT and target.kind == "edge" and pointer.alt:
            self._insert_vertex(pointer, target)
        else:
            self._take(pointer, target)

    def _take(self, pointer: Pointer, target: HitTarget | None) -> None:
        # While outlining, a press may be the first point of a new region; only the selected region
        # can be grabbed then, and only by dragging.
        self._grab = None
        if target is None or self.draft:
            return
        regions, selection = self._editor.regions, self._editor.selection
        if self.tool == OUTLINE and target.region not in selection:
            return
        if regions[target.region].locked:
            return
        together = selection if target.region in selection else (target.region,)
        held = {index: regions[index] for index in together if not regions[index].locked}
        self._grab = Grab(target, pointer.point, held, new_gesture())

    def _dragged(self, pointer: Pointer) -> bool:
        assert self._grab is not None
        (x0, y0), (x1, y1) = self._grab.start, pointer.point
        return hypot(x1 - x0, y1 - y0) > pointer.reach / 2

    def _drag(self, pointer: Pointer, grab: Grab) -> None:
        target, document = grab.target, self._editor.document
        if document is None:
            return
        if target.region not in self._editor.selection:
            self._editor.select(target.region)
        points_arrow = (
            self.tool != SELECT or target.kind == "badge" or (pointer.control and not grab.moving)
        )
        width, height = document.width, document.height
        if target.kind == "vertex" and self.tool not in POINTING:
            self._grab = replace(grab, moving=True)
            self.vertex = (target.ring, target.index)
            place = edits.clamp(pointer.point, width, height)
            moved = edits.move_vertex(grab.region, target.ring, target.index, place)
            self._editor.update_many(
                translate("Gestures", "Move point"), {target.region: moved}, grab.gesture
            )
        elif points_arrow or self.arrow is not None:
            self._point_arrow(pointer, grab)
        else:
            self._grab = replace(grab, moving=True)
            dx, dy = pointer.point[0] - grab.start[0], pointer.point[1] - grab.start[1]
            shifted = edits.move_together(list(grab.held.values()), dx, dy, width, height)
            title = (
                translate("Gestures", "Move region")
                if len(shifted) == 1
                else translate("Gestures", "Move regions")
            )
            changed = dict(zip(grab.held, shifted, strict=True))
            self._editor.update_many(title, changed, grab.gesture)

    def _point_arrow(self, pointer: Pointer, grab: Grab) -> None:
        dx, dy = pointer.point[0] - grab.start[0], pointer.point[1] - grab.start[1]
        direction = Direction.from_vector(dx, dy)
        if hypot(dx, dy) <= pointer.reach / 2:
            # Dragged back to where it began: let go here and nothing changes.
            direction = grab.region.direction
        exact = self.tool == DISPLACEMENT
        self.arrow = Arrow(grab.target.region, grab.start, pointer.point, direction, exact)

    def _point(self, arrow: Arrow) -> None:
        dx, dy = arrow.end[0] - arrow.start[0], arrow.end[1] - arrow.start[1]
        if not arrow.exact:
            self._editor.set_direction(arrow.direction)
        elif (dx or dy) and arrow.direction == Direction.from_vector(dx, dy):
            self._editor.set_displacement((dx, dy))

    def _add_point(self, pointer: Pointer, pressed_at: Point) -> None:
        document = self._editor.document
        if document is None:
            return
        if self.draft.closes_at(pressed_at, pointer.reach * 1.5):
            self.close_draft()
            return
        if not self.draft:
            self.draft = Draft(cut=self.cuts(pointer))
            self.vertex = None
            if not self.draft.cut:
                self._editor.select(None)
        self.hover = None
        self.draft = self.draft.add(edits.clamp(pressed_at, document.width, document.height))

    def _insert_vertex(self, pointer: Pointer, target: HitTarget) -> None:
        region = self._editor.regions[target.region]
        if region.locked:
            return
        ring = region.rings[target.ring]
        place = nearest_on_segment(
            pointer.point, ring[target.index], ring[(target.index + 1) % len(ring)]
        )
        more = edits.insert_vertex(region, target.ring, target.index, place)
        self._editor.update_region(translate("Gestures", "Add point"), target.region, more)
        self.vertex = (target.ring, target.index + 1)
        self._changed()
