"""What the pointer does on the canvas: the Select, Outline and Direction tools.

Gestures act on the editor in photo pixels, so nothing here depends on zoom or widgets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import hypot

from app.gui import document as edits
from app.gui.commands import new_gesture
from app.gui.document import Point
from app.gui.draft import Draft
from app.gui.editor import Editor
from app.gui.hit import HitTarget, hit_test, nearest_on_segment
from app.gui.overlay import Arrow
from app.guidance.classes import Direction
from app.guidance.regions import Region

SELECT, OUTLINE, DIRECTION = "select", "outline", "direction"


@dataclass(frozen=True)
class Pointer:
    """Where the pointer is, in photo pixels; `reach` is how near counts as on something."""

    point: Point
    reach: float
    alt: bool = False
    control: bool = False


@dataclass(frozen=True)
class Grab:
    """What a press took hold of: the target, where, and the region as it was then."""

    target: HitTarget
    start: Point
    region: Region
    gesture: int
    moving: bool = False


class Gestures:
    """The transient state of pointing, and the three tools that read and change it.

    `draft`, `arrow`, `vertex`, `hover` and `pointer` are shown by the overlay.
    """

    def __init__(self, editor: Editor, changed: Callable[[], None]) -> None:
        self._editor = editor
        self._changed = changed
        self.tool = OUTLINE
        self.draft = Draft()
        self.arrow: Arrow | None = None
        self.vertex: tuple[int, int] | None = None
        self.hover: HitTarget | None = None
        self.pointer: Pointer | None = None
        self._grab: Grab | None = None
        self._pressed_at: Point | None = None

    @property
    def holding(self) -> bool:
        """Whether a drag is under way."""
        return self._grab is not None and (self._grab.moving or self.arrow is not None)

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
        self.arrow = None
        self.vertex = None
        self.hover = None
        self._grab = None
        self._pressed_at = None
        self._changed()

    def forget_vertex(self) -> None:
        """Drop the chosen vertex unless the selected region still has it."""
        index, regions = self._editor.selected, self._editor.regions
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
                self._editor.update_region(
                    "Move", grab.target.region, grab.region, gesture=grab.gesture
                )
        elif self.draft:
            self.draft = Draft()
        elif self._editor.selected is not None:
            self._editor.select(None)
        else:
            return False
        self._pressed_at = None
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
            points, self.draft = self.draft.points, Draft()
            self._editor.add_outline(points)
        self._changed()

    def delete(self) -> None:
        """Delete the chosen vertex, or else the selected region."""
        index = self._editor.selected
        if self.draft:
            self.undo_point()
        elif index is not None and self.vertex is not None:
            region = self._editor.regions[index]
            (ring, vertex), self.vertex = self.vertex, None
            if not region.locked:
                fewer = edits.delete_vertex(region, ring, vertex)
                self._editor.update_region("Delete point", index, fewer)
        else:
            self._editor.delete_selected()
        self._changed()

    def press(self, pointer: Pointer) -> None:
        """The left button went down."""
        self.pointer = pointer
        self._pressed_at = pointer.point
        if self.tool == OUTLINE:
            self._take(pointer, self._hit(pointer), only_selected=True)
            return
        target = self._hit(pointer)
        self.vertex = None
        if target is None:
            self._editor.select(None)
        else:
            self._editor.select(target.region)
            if self.tool == SELECT and target.kind == "vertex":
                self.vertex = (target.ring, target.index)
            if self.tool == SELECT and target.kind == "edge" and pointer.alt:
                self._insert_vertex(pointer, target)
                return
            self._take(pointer, target)
        self._changed()

    def move(self, pointer: Pointer, *, held: bool) -> None:
        """The pointer moved, with the left button held or not."""
        self.pointer = pointer
        if not held or self._grab is None:
            self.hover = None if self.draft else self._hit(pointer)
        elif self.holding or self._dragged(pointer):
            self._drag(pointer, self._grab)
        self._changed()

    def release(self, pointer: Pointer) -> None:
        """The left button went up."""
        grab, self._grab = self._grab, None
        arrow, self.arrow = self.arrow, None
        pressed_at, self._pressed_at = self._pressed_at, None
        self.pointer = pointer
        if arrow is not None:
            self._editor.set_direction(arrow.direction)
        elif self.tool == OUTLINE and pressed_at and not (grab and grab.moving):
            self._add_point(pointer, pressed_at)
        self._changed()

    def double_click(self, pointer: Pointer) -> None:
        """Close the outline being drawn, or put a vertex on the edge under the pointer."""
        self.pointer = pointer
        if self.draft:
            self.close_draft()
        elif self.tool == SELECT:
            target = self._hit(pointer)
            if target and target.kind == "edge":
                self._insert_vertex(pointer, target)

    def select_at(self, pointer: Pointer) -> None:
        """Select the region under the pointer, or none."""
        target = self._hit(pointer)
        self._editor.select(target.region if target else None)

    def leave(self) -> None:
        """The pointer left the canvas."""
        self.pointer = None
        self.hover = None
        self._changed()

    def _hit(self, pointer: Pointer) -> HitTarget | None:
        return hit_test(
            self._editor.regions, pointer.point, pointer.reach, selected=self._editor.selected
        )

    def _take(
        self, pointer: Pointer, target: HitTarget | None, *, only_selected: bool = False
    ) -> None:
        # While outlining, a press may be the first point of a new region; only the selected region
        # can be grabbed then, and only by dragging.
        self._grab = None
        if target is None or self.draft:
            return
        if only_selected and target.region != self._editor.selected:
            return
        region = self._editor.regions[target.region]
        if not region.locked:
            self._grab = Grab(target, pointer.point, region, new_gesture())

    def _dragged(self, pointer: Pointer) -> bool:
        assert self._grab is not None
        (x0, y0), (x1, y1) = self._grab.start, pointer.point
        return hypot(x1 - x0, y1 - y0) > pointer.reach / 2

    def _drag(self, pointer: Pointer, grab: Grab) -> None:
        target, document = grab.target, self._editor.document
        if document is None:
            return
        points_arrow = (
            self.tool != SELECT or target.kind == "badge" or (pointer.control and not grab.moving)
        )
        if target.kind == "vertex" and self.tool != DIRECTION:
            self._grab = Grab(target, grab.start, grab.region, grab.gesture, moving=True)
            self.vertex = (target.ring, target.index)
            place = edits.clamp(pointer.point, document.width, document.height)
            moved = edits.move_vertex(grab.region, target.ring, target.index, place)
            self._editor.update_region("Move point", target.region, moved, grab.gesture)
        elif points_arrow or self.arrow is not None:
            self._point_arrow(pointer, grab)
        else:
            self._grab = Grab(target, grab.start, grab.region, grab.gesture, moving=True)
            dx, dy = pointer.point[0] - grab.start[0], pointer.point[1] - grab.start[1]
            moved = edits.move_region(grab.region, dx, dy, document.width, document.height)
            self._editor.update_region("Move region", target.region, moved, grab.gesture)

    def _point_arrow(self, pointer: Pointer, grab: Grab) -> None:
        dx, dy = pointer.point[0] - grab.start[0], pointer.point[1] - grab.start[1]
        direction = Direction.from_vector(dx, dy)
        if hypot(dx, dy) <= pointer.reach / 2:
            # Dragged back to where it began: let go here and nothing changes.
            direction = grab.region.direction
        self.arrow = Arrow(grab.target.region, grab.start, pointer.point, direction)

    def _add_point(self, pointer: Pointer, pressed_at: Point) -> None:
        document = self._editor.document
        if document is None:
            return
        if self.draft.closes_at(pressed_at, pointer.reach * 1.5):
            self.close_draft()
            return
        if not self.draft:
            self._editor.select(None)
            self.vertex = None
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
        self._editor.update_region("Add point", target.region, more)
        self.vertex = (target.ring, target.index + 1)
        self._changed()
