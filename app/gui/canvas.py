"""The canvas: the photo with its regions, on which they are drawn, grabbed and pointed.

It turns Qt events into gestures (`tools`) and paints the outcome (`overlay`); it owns no document.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.gui.editor import Editor
from app.gui.keys import direction_for_key
from app.gui.overlay import OverlayPainter, OverlayState
from app.gui.tools import DIRECTION, OUTLINE, SELECT, Gestures, Pointer
from app.gui.zoom_view import ZoomView

_REACH = 8.0
"""How near, in screen pixels, the pointer must be to a vertex to be on it."""

_HINTS = {
    SELECT: "Drag a region to move it, a point to reshape it, its badge to point it. "
    "Double-click an edge to add a point.",
    OUTLINE: "Click around what moved; click the first point or double-click to close. "
    "Drag inside the selected region to point it.",
    DIRECTION: "Drag inside a region the way it moved.",
}
_DRAFT_HINT = (
    "Click the first point, double-click or press Enter to close. "
    "Ctrl+Z takes back a point, Esc gives up."
)


class Canvas(ZoomView):
    """Photo, overlay and pointing."""

    hint_changed = Signal(str)
    draft_changed = Signal()
    pointed_at = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._gestures = Gestures(editor, self._refresh)
        self._overlay = OverlayPainter()
        self._overlay_visible = True
        self._opacity = 0.45
        self._had_draft = self._gestures.draft
        self._hint = ""
        self.setAccessibleName("Photo and regions")
        self.setAccessibleDescription(_HINTS[OUTLINE])
        editor.document_replaced.connect(self._gestures.reset)
        editor.regions_changed.connect(self._regions_changed)
        editor.selection_changed.connect(self._regions_changed)

    @property
    def gestures(self) -> Gestures:
        """The pointing state: the chosen tool, the draft and what is held."""
        return self._gestures

    @property
    def hint(self) -> str:
        """One sentence on what the pointer does now."""
        return _DRAFT_HINT if self._gestures.draft else _HINTS[self._gestures.tool]

    @property
    def overlay_visible(self) -> bool:
        """Whether the guidance is painted over the photo."""
        return self._overlay_visible

    def set_overlay_visible(self, visible: bool) -> None:
        """Show or hide the guidance over the photo."""
        self._overlay_visible = visible
        self.viewport().update()

    def set_overlay_opacity(self, opacity: float) -> None:
        """How strongly the guidance covers the photo, from 0 to 1."""
        self._opacity = opacity
        self.viewport().update()

    def choose_tool(self, tool: str) -> None:
        """Take up one of the tools of `app.gui.tools`."""
        self._gestures.choose(tool)
        self._show_cursor()

    def overlay_state(self) -> OverlayState:
        """All that is now painted over the photo."""
        gestures = self._gestures
        pointer = gestures.pointer
        return OverlayState(
            regions=self._editor.regions,
            selected=self._editor.selected,
            vertex=gestures.vertex,
            hover=gestures.hover,
            visible=self._overlay_visible,
            opacity=self._opacity,
            draft=gestures.draft or None,
            pointer=pointer.point if pointer else None,
            closing=gestures.closing,
            arrow=gestures.arrow,
        )

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the overlay in viewport coordinates, so that line widths do not zoom."""
        if not self._width:
            return
        painter.save()
        painter.resetTransform()
        self._overlay.paint(
            painter,
            self.overlay_state(),
            self.viewportTransform(),
            self.viewport().size(),
            self.devicePixelRatioF(),
        )
        painter.restore()

    def resting_cursor(self) -> Qt.CursorShape:
        """A cross for drawing, a hand over what can be grabbed."""
        gestures = self._gestures
        if gestures.holding:
            return Qt.CursorShape.ClosedHandCursor
        if gestures.tool == OUTLINE:
            return Qt.CursorShape.CrossCursor
        if gestures.hover is None:
            return Qt.CursorShape.ArrowCursor
        if gestures.tool == DIRECTION or gestures.hover.kind == "badge":
            return Qt.CursorShape.CrossCursor
        if gestures.hover.kind == "body":
            return Qt.CursorShape.SizeAllCursor
        return Qt.CursorShape.PointingHandCursor

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pan, or press with the chosen tool."""
        super().mousePressEvent(event)
        if not self.panning and self._width and event.button() == Qt.MouseButton.LeftButton:
            self._gestures.press(self._pointer(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or move with the chosen tool."""
        super().mouseMoveEvent(event)
        if self.panning or not self._width:
            return
        pointer = self._pointer(event)
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        self._gestures.move(pointer, held=held)
        self._show_cursor()
        self.pointed_at.emit(pointer.point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stop panning, or release with the chosen tool."""
        panned = self.panning
        super().mouseReleaseEvent(event)
        if not panned and self._width and event.button() == Qt.MouseButton.LeftButton:
            self._gestures.release(self._pointer(event))
            self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Close the outline or add a vertex."""
        if not self.panning and self._width and event.button() == Qt.MouseButton.LeftButton:
            self._gestures.double_click(self._pointer(event))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer when it leaves."""
        self._gestures.leave()
        self.pointed_at.emit(None)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select what is under the pointer and ask for its menu."""
        if not self._width or self._gestures.draft:
            return
        place = self.to_photo(QPointF(event.pos()))
        self._gestures.select_at(Pointer((place.x(), place.y()), _REACH / self.scale_factor))
        self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter closes an outline, Escape gives up, digits set the direction."""
        direction = direction_for_key(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._gestures.draft:
            self._gestures.close_draft()
        elif event.key() == Qt.Key.Key_Escape:
            self._gestures.escape()
            self._show_cursor()
        elif direction is not None:
            self._editor.set_direction(direction)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _pointer(self, event: QMouseEvent) -> Pointer:
        place = self.to_photo(event.position())
        held = event.modifiers()
        return Pointer(
            (place.x(), place.y()),
            _REACH / self.scale_factor,
            alt=bool(held & Qt.KeyboardModifier.AltModifier),
            control=bool(held & Qt.KeyboardModifier.ControlModifier),
        )

    def _regions_changed(self) -> None:
        self._gestures.forget_vertex()
        self._refresh()

    def _refresh(self) -> None:
        self.viewport().update()
        if self._gestures.draft != self._had_draft:
            self._had_draft = self._gestures.draft
            self.draft_changed.emit()
        if self.hint != self._hint:
            self._hint = self.hint
            self.hint_changed.emit(self._hint)
