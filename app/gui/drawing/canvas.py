"""The canvas: the photo with its regions, on which they are drawn, grabbed and pointed.

It turns Qt events into gestures (`tools`) and paints the outcome (`overlay`); it owns no document.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.gui.discover.trajectory_overlay import TrajectoryLayer
from app.gui.drawing.hints import hint_for
from app.gui.drawing.keys import direction_for_key
from app.gui.drawing.overlay import OverlayPainter, OverlayState
from app.gui.drawing.pyramid import Pyramid
from app.gui.drawing.stroke_values import STROKE_TOOLS
from app.gui.drawing.tools import OUTLINE, POINTING, Gestures, Pointer
from app.gui.drawing.zoom_view import PictureItem, ZoomView
from app.gui.editor import Editor
from app.gui.film.heat import paint_legend
from app.guidance.region import Ways

_REACH = 8.0
"""How near, in screen pixels, the pointer must be to a vertex to be on it."""

_SMALLEST_TIP, _LARGEST_TIP = 1.0, 2000.0


class Canvas(ZoomView):
    """Photo, overlay and pointing."""

    hint_changed = Signal(str)
    draft_changed = Signal()
    brush_changed = Signal(float)
    pointed_at = Signal(object)
    menu_wanted = Signal(QPoint)
    outline_wanted = Signal(object)

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._gestures = Gestures(editor, self._refresh, self.outline_wanted.emit)
        self._overlay = OverlayPainter()
        self._trajectories: TrajectoryLayer | None = None
        self._heat = PictureItem()
        self._heat.setVisible(False)
        self._scene.addItem(self._heat)
        self._overlay_visible = True
        self._opacity = 0.45
        self._ways_read: Ways = ()
        self._had_draft = self._gestures.draft
        self._hint = ""
        self.setAccessibleName(self.tr("Photo and regions"))
        self.setAccessibleDescription(self.hint)
        editor.document_replaced.connect(self._document_replaced)
        editor.regions_changed.connect(self._regions_changed)
        editor.selection_changed.connect(self._regions_changed)

    @property
    def gestures(self) -> Gestures:
        """The pointing state: the chosen tool, the draft and what is held."""
        return self._gestures

    @property
    def hint(self) -> str:
        """One sentence on what the pointer does now."""
        gestures = self._gestures
        return hint_for(
            gestures.tool,
            drafting=bool(gestures.draft),
            cutting=gestures.cutting,
            read_only=self._editor.read_only,
        )

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

    def show_heat(self, heat: Pyramid | None) -> None:
        """Lay the heat of a film over the photo, in place of the guidance; None takes it away."""
        self._heat.setVisible(heat is not None)
        if heat is not None:
            self._heat.show_picture(heat, *self.picture_size)
        self.viewport().update()

    def show_trajectories(self, layer: TrajectoryLayer) -> None:
        """Paint the trajectories of this layer over everything else."""
        self._trajectories = layer
        layer.redrawn.connect(self.viewport().update)

    def choose_tool(self, tool: str) -> None:
        """Take up one of the tools of `app.gui.drawing.tools`."""
        self._gestures.choose(tool)
        self._show_cursor()

    def show_ways_read(self, ways: Ways) -> None:
        """Show how far regions' things moved as it was read of the photo, where nobody says it."""
        if ways != self._ways_read:
            self._ways_read = ways
            self.viewport().update()

    def set_cutting(self, cutting: bool) -> None:
        """Whether drawn shapes are taken out of regions instead of making new ones."""
        self._gestures.cutting = cutting
        self._refresh()

    def set_brush_radius(self, radius: float) -> None:
        """The radius of brush and eraser in photo pixels."""
        radius = min(max(radius, _SMALLEST_TIP), _LARGEST_TIP)
        if radius != self._gestures.brush_radius:
            self._gestures.brush_radius = radius
            self.brush_changed.emit(radius)
            self._refresh()

    def scale_brush(self, factor: float) -> None:
        """Make the brush larger or smaller, by at least a pixel."""
        radius = self._gestures.brush_radius
        step = max(abs(round(radius * factor) - radius), 1.0)
        self.set_brush_radius(radius + step if factor > 1 else radius - step)

    def overlay_state(self) -> OverlayState:
        """All that is now painted over the photo."""
        gestures = self._gestures
        pointer = gestures.pointer
        return OverlayState(
            regions=self._editor.regions,
            ways_read=self._ways_read,
            selection=self._editor.selection,
            vertex=gestures.vertex,
            hover=gestures.hover,
            visible=self._overlay_visible and not self._heat.isVisible(),
            opacity=self._opacity,
            draft=gestures.draft or None,
            pointer=pointer.point if pointer else None,
            closing=gestures.closing,
            arrow=gestures.arrow,
            stroke=gestures.stroke,
            band=(gestures.band.start, gestures.band.end) if gestures.band else None,
            tip=gestures.tip,
            cutting=pointer is not None and gestures.cuts(pointer),
            direction=self._editor.next_direction,
        )

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the overlay in viewport coordinates, so that line widths do not zoom."""
        if not self._width:
            return
        painter.save()
        painter.resetTransform()
        whole = self._overlay.paint(
            painter,
            self.overlay_state(),
            self.viewportTransform(),
            self.viewport().size(),
            self.devicePixelRatioF(),
        )
        if not whole:
            QTimer.singleShot(0, self.viewport(), self.viewport().update)
        if self._heat.isVisible():
            paint_legend(painter, self.viewport().size())
        if self._trajectories is not None:
            self._trajectories.paint(
                painter, self.viewportTransform(), self.viewport().size(), self.devicePixelRatioF()
            )
        painter.restore()

    def resting_cursor(self) -> Qt.CursorShape:
        """A cross for drawing, a hand over what can be grabbed."""
        if self._editor.read_only:
            return Qt.CursorShape.ArrowCursor
        gestures = self._gestures
        if gestures.holding and gestures.stroke is None and gestures.band is None:
            return Qt.CursorShape.ClosedHandCursor
        if gestures.tool == OUTLINE or gestures.tool in STROKE_TOOLS:
            return Qt.CursorShape.CrossCursor
        if gestures.hover is None:
            return Qt.CursorShape.ArrowCursor
        if gestures.tool in POINTING or gestures.hover.kind == "badge":
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
            shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
        )

    def _document_replaced(self) -> None:
        self._gestures.reset()
        document = self._editor.document
        if document is not None:
            self.set_brush_radius(float(round(max(document.width, document.height) / 40)))

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
