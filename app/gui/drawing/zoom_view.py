"""A picture that can be zoomed at the pointer and panned: base of the canvas and the film view.

It knows pictures and where it looks at them, nothing about regions, films or documents.
"""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from app.gui.drawing.pyramid import Pyramid, empty_image
from app.gui.program.theme import is_dark

_FIT_MARGIN = 16
_WHEEL_STEP = 1.25
_LARGEST_SCALE = 64.0
_PIXEL_EXACT_FROM = 2.0
_HURRIED_S = 0.006
"""A picture that took longer than this to be drawn smoothly is drawn quickly in a moving view."""
_SETTLED_MS = 80
"""How long after its last step a moving view counts as moving."""


class PictureItem(QGraphicsItem):
    """Draws a pyramid into `size` scene units: smooth when reduced, hard pixels when enlarged.

    What was drawn smoothly is kept and copied until the view or the picture changes. While the view
    is `moving`, a machine that is slow or busy draws quickly instead.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._picture: Pyramid | None = None
        self._rect = QRectF()
        self.moving = False
        self._smooth_s = 0.0
        self._seen: object = None
        self._kept: tuple[object, QImage] | None = None

    def show_picture(self, picture: Pyramid | None, width: int, height: int) -> None:
        """Show `picture` stretched over `width` x `height` scene units."""
        rect = QRectF(0, 0, width, height)
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect
        self._picture = picture
        self.update()

    def boundingRect(self) -> QRectF:
        """The picture's place in the scene."""
        return self._rect

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the exposed part from the level that fits the zoom."""
        if self._picture is None:
            return
        ratio = widget.devicePixelRatioF() if widget else 1.0
        view = painter.worldTransform()
        scale = view.m11() * ratio * self._rect.width() / self._picture.width
        exposed = option.exposedRect.intersected(self._rect)
        look = (self._picture, self._rect, view, exposed, ratio)
        smooth = scale < _PIXEL_EXACT_FROM and scale != 1.0
        if not smooth or self._seen != look:
            # A film's next frame or a step of a zoom: keeping it would only cost.
            self._seen = look
            hurried = self.moving and self._smooth_s > _HURRIED_S
            self._draw(painter, self._picture, scale, exposed, smooth=smooth and not hurried)
            return
        place = view.mapRect(exposed).toAlignedRect()
        if self._kept is None or self._kept[0] != look:
            kept = empty_image(place.size(), ratio)
            with QPainter(kept) as brush:
                brush.setTransform(view * QTransform.fromTranslate(-place.x(), -place.y()))
                self._draw(brush, self._picture, scale, exposed, smooth=True)
            self._kept = look, kept
        painter.save()
        painter.resetTransform()
        painter.drawImage(place.topLeft(), self._kept[1])
        painter.restore()

    def _draw(
        self, painter: QPainter, picture: Pyramid, scale: float, exposed: QRectF, *, smooth: bool
    ) -> None:
        started = perf_counter()
        image = picture.level_for(scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        # Whole source pixels around the exposed part; parts of pixels would shift the picture.
        to_source = QTransform.fromScale(
            image.width() / self._rect.width(), image.height() / self._rect.height()
        )
        source = QRectF(
            to_source.mapRect(exposed).adjusted(-1, -1, 1, 1).toAlignedRect() & image.rect()
        )
        painter.drawImage(to_source.inverted()[0].mapRect(source), image, source)
        if smooth:
            self._smooth_s = perf_counter() - started


class ZoomView(QGraphicsView):
    """Shows one picture; emits `view_changed(scale, centre)` whenever it looks elsewhere."""

    view_changed = Signal(float, QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._item = PictureItem()
        self._scene.addItem(self._item)
        self._width = self._height = 0
        self._centre = QPointF()
        self._fitted = True
        self._following = False
        self._pan_from: QPoint | None = None
        self._space_held = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._settle)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)
        # Files dropped on a picture are the window's business.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)

    @property
    def scale_factor(self) -> float:
        """Viewport pixels per photo pixel."""
        return self.transform().m11()

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height of the scene that pictures fill, in photo pixels."""
        return self._width, self._height

    @property
    def fitted(self) -> bool:
        """Whether the whole picture is seen, and stays so when the view is resized."""
        return self._fitted

    def show_picture(self, picture: Pyramid | None, width: int = 0, height: int = 0) -> None:
        """Show a picture in a scene of `width` x `height` (its own size by default).

        The view stays where it is while the scene keeps its size, and fits a scene of a new size.
        """
        if picture is not None and not width:
            width, height = picture.width, picture.height
        resized = (width, height) != (self._width, self._height)
        self._width, self._height = width, height
        self._item.show_picture(picture, width, height)
        if resized:
            # Room on every side, so that any corner can be moved to the middle.
            self._scene.setSceneRect(-width, -height, 3 * width, 3 * height)
            self.fit()

    def fit(self) -> None:
        """Show the whole picture, and keep doing so while the view is resized."""
        self._fitted = True
        if not self._width:
            return
        self._look(self.fit_scale(), QPointF(self._width / 2, self._height / 2))

    def fit_scale(self) -> float:
        """The scale at which the whole picture is seen."""
        room = self.viewport().size()
        return min(
            max(room.width() - 2 * _FIT_MARGIN, 16) / self._width,
            max(room.height() - 2 * _FIT_MARGIN, 16) / self._height,
            8.0,
        )

    def actual_size(self) -> None:
        """One photo pixel per screen pixel, around the middle of what is seen."""
        if not self._width:
            return
        self._fitted = False
        self._look(1.0 / self.devicePixelRatioF(), self.centre())

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor, keeping the photo point at viewport position `at` where it is."""
        if not self._width:
            return
        at = at if at is not None else QPointF(self.viewport().rect().center())
        # Reckoned from the exact centre: the scroll bars' whole pixels would add up to a drift.
        from_middle = at - QPointF(self.viewport().width() / 2, self.viewport().height() / 2)
        held = self._centre + from_middle / self.scale_factor
        smallest = min(self.fit_scale() / 2, 1.0)
        scale = min(max(self.scale_factor * factor, smallest), _LARGEST_SCALE)
        self._fitted = False
        self._look(scale, held - from_middle / scale)

    def centre(self) -> QPointF:
        """The photo point in the middle of the view."""
        return QPointF(self._centre)

    def to_photo(self, position: QPointF) -> QPointF:
        """The photo point, to a fraction of a pixel, at a viewport position."""
        return self.viewportTransform().inverted()[0].map(position)

    def look_at(self, scale: float, centre: QPointF) -> None:
        """Look at a photo point at a scale in viewport pixels per photo pixel."""
        if self._width:
            self._fitted = False
            self._look(min(scale, _LARGEST_SCALE), centre)

    def follow(self, scale: float, centre: QPointF, *, fitted: bool = False) -> None:
        """Look where another view looks, without telling anyone.

        `fitted` says that this shows the whole picture there, and shall go on doing so here.
        """
        if not self._width or self._following:
            return
        self._following = True
        self._fitted = fitted
        self._look(scale, centre)
        self._following = False

    def _look(self, scale: float, centre: QPointF) -> None:
        self._centre = QPointF(centre)
        self.setTransform(QTransform.fromScale(scale, scale))
        # The scroll bars hold whole pixels, so they are set from the corner that is wanted.
        corner = centre * scale
        self.horizontalScrollBar().setValue(round(corner.x() - self.viewport().width() / 2))
        self.verticalScrollBar().setValue(round(corner.y() - self.viewport().height() / 2))
        self._item.moving = True
        self._settled.start()
        self.viewport().update()
        if not self._following:
            self.view_changed.emit(scale, centre)

    def _settle(self) -> None:
        self._item.moving = False
        self.viewport().update()

    def pan(self, delta: QPoint) -> None:
        """Move what is seen by viewport pixels."""
        if not self._width:
            return
        self._fitted = False
        place = self._centre - QPointF(delta) / self.scale_factor
        # No farther than the photo's rim in the middle of the view, so that it is never lost.
        x = min(max(place.x(), 0.0), float(self._width))
        y = min(max(place.y(), 0.0), float(self._height))
        self._look(self.scale_factor, QPointF(x, y))

    @property
    def panning(self) -> bool:
        """Whether the pointer now moves the view and nothing else."""
        return self._pan_from is not None or self._space_held

    def resting_cursor(self) -> Qt.CursorShape:
        """The cursor while the view is not being panned."""
        return Qt.CursorShape.ArrowCursor

    def _show_cursor(self) -> None:
        if self._pan_from is not None:
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space_held:
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.viewport().setCursor(self.resting_cursor())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Shift or sideways, pan."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turn.x()) > abs(turn.y()):
            self.pan(QPoint(turn.x() or turn.y(), 0) / 2)
        elif turn.y():
            self.zoom_by(_WHEEL_STEP ** (turn.y() / 120), event.position())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom with two fingers where the platform reports it."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_by(1.0 + event.value(), event.position())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin panning with the middle button, or with the left one while Space is held."""
        left = event.button() == Qt.MouseButton.LeftButton and self._space_held
        if event.button() == Qt.MouseButton.MiddleButton or left:
            self._pan_from = event.position().toPoint()
            self._show_cursor()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while the view is held."""
        if self._pan_from is not None:
            here = event.position().toPoint()
            self.pan(here - self._pan_from)
            self._pan_from = here
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the view."""
        if self._pan_from is not None and not event.buttons():
            self._pan_from = None
            self._show_cursor()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double-click means nothing to a plain picture."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hold the view while Space is down; leave every other key to the window."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space_held = True
                self._show_cursor()
            event.accept()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Release the view with Space."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_held = False
            self._show_cursor()
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted picture fitted, and any other around its middle."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        elif self._width:
            self._look(self.scale_factor, self._centre)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """A neutral grey that flatters no colour, dark or light as the theme is."""
        dark = is_dark(self.palette())
        painter.fillRect(rect, QColor(38, 38, 40) if dark else QColor(205, 205, 207))
