"""The booth's four pages: attract, pick, swipe and watch. They show and ask, and decide nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from app.gui.kiosk.jobs import Choice
from app.gui.kiosk.screen import Screen, SwipeScreen
from app.gui.kiosk.visit import Visit

TOUCH = 88
"""Height of buttons in pixels: three times a fingertip on a usual booth screen."""

_THUMBNAIL = QSize(300, 220)
_BETWEEN = 20
"""Room around a picture on every side."""
_PATH = Qt.ItemDataRole.UserRole

STYLE = """
QWidget { background: #101014; color: #f4f4f6; font-size: 24px; }
QLabel#title { font-size: 40px; font-weight: 600; }
QPushButton { background: #2b2b33; border: 3px solid #4a4a56; border-radius: 18px; }
QPushButton { padding: 0 32px; }
QPushButton:pressed { background: #44444f; }
QPushButton:checked { background: #2a82da; }
QPushButton:focus { border-color: #f4f4f6; }
QPushButton:disabled { color: #77777f; border-color: #2b2b33; }
QPushButton#primary { background: #2a82da; border-color: #6db3f5; font-weight: 600; }
QPushButton#primary:disabled { background: #1d3c5c; border-color: #1d3c5c; color: #8a9aac; }
QListWidget { border: none; }
QScrollBar:vertical { background: #101014; width: 20px; }
QScrollBar::handle:vertical { background: #4a4a56; border-radius: 8px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 60px; }
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0; }
QListWidget::item { border: 4px solid transparent; border-radius: 12px; padding: 6px; }
QListWidget::item:hover, QListWidget::item:selected { border-color: #2a82da; background: #1b1b22; }
QProgressBar { border: none; background: #2b2b33; border-radius: 8px; }
QProgressBar::chunk { background: #2a82da; border-radius: 8px; }
"""


class AttractPage(QWidget):
    """Films of the samples until somebody touches the screen: `touched()`."""

    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.screen_ = Screen()
        self.screen_.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.start_button = button(self.tr("Touch to begin"), primary=True)
        self.start_button.clicked.connect(self.touched)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(24)
        column.addWidget(title(self.tr("Bring a blurry photo back to life")))
        column.addWidget(self.screen_, 1)
        column.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignHCenter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Any touch begins."""
        self.touched.emit()


class _Photos(QListWidget):
    """Pictures in as many columns as there is room for, spread over the whole width."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        width = self.viewport().width()
        columns = max(width // (_THUMBNAIL.width() + 2 * _BETWEEN), 1)
        self.setGridSize(QSize(width // columns - 1, _THUMBNAIL.height() + 2 * _BETWEEN))


class PickPage(QWidget):
    """The photos to choose from: `picked(path)`, `camera_wanted()`, `back()`."""

    picked = Signal(object)
    camera_wanted = Signal()
    back = Signal()

    def __init__(self, *, camera: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = _Photos()
        self.list.setAccessibleName(self.tr("Photos"))
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setIconSize(_THUMBNAIL)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        # Fingers scroll by dragging; a tap chooses.
        QScroller.grabGesture(
            self.list.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture
        )
        self.list.itemClicked.connect(self._chosen)
        self.list.itemActivated.connect(self._chosen)
        self.back_button = button(self.tr("Back"))
        self.back_button.clicked.connect(self.back)
        self.camera_button = button(self.tr("Take a photo"), primary=True)
        self.camera_button.clicked.connect(self.camera_wanted)
        self.camera_button.setVisible(camera)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(24)
        column.addWidget(title(self.tr("1  Pick a photo")))
        column.addWidget(self.list, 1)
        column.addLayout(row(self.back_button, None, self.camera_button))

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """Offer photos."""
        self.list.clear()
        for number, choice in enumerate(choices, 1):
            picture = choice.picture.level_for(1.0)
            item = QListWidgetItem(QIcon(QPixmap.fromImage(picture)), "")
            item.setData(_PATH, choice.path)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self.tr("Photo {0}").format(number))
            self.list.addItem(item)

    def _chosen(self, item: QListWidgetItem) -> None:
        path = item.data(_PATH)
        if isinstance(path, Path):
            self.picked.emit(path)


class SwipePage(QWidget):
    """The photo to swipe on: `animate_wanted()`, `undo_wanted()`, `back()` and the screen's
    `swiped(path)`."""

    animate_wanted = Signal()
    undo_wanted = Signal()
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.screen_ = SwipeScreen()
        self.screen_.setAccessibleName(self.tr("Photo: swipe on what moved"))
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(16)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.back_button = button(self.tr("Back"))
        self.undo_button = button(self.tr("Undo"))
        self.animate_button = button(self.tr("Animate"), primary=True)
        self.everything_button = button(self.tr("Everything moved"))
        self.everything_button.setCheckable(True)
        self.everything_button.setToolTip(
            self.tr("The camera moved: swipe the way the picture went")
        )
        self.back_button.clicked.connect(self.back)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.animate_button.clicked.connect(self.animate_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(16)
        column.addWidget(title(self.tr("2  Swipe on what moved, the way it went")))
        column.addWidget(self.screen_, 1)
        column.addWidget(self.hint)
        column.addWidget(self.progress)
        left = (self.back_button, self.undo_button, self.everything_button)
        buttons = (*left, None, self.animate_button)
        column.addLayout(row(*buttons))
        self.show_busy(None)

    def show_visit(self, visit: Visit, hint: str = "") -> None:
        """The photo with what has been swiped so far, and a word of advice."""
        if self.screen_.picture is not visit.picture:
            self.screen_.show_pictures((visit.picture,))
        self.screen_.show_regions(visit.regions)
        self.hint.setText(hint or self._advice(visit))
        self.undo_button.setEnabled(bool(visit.swipes))
        self.animate_button.setEnabled(bool(visit.swipes))
        self.show_busy(None)

    def show_busy(self, progress: tuple[int, int] | None) -> None:
        """(done, total) of the work that is going on, total 0 for unknown; None for none."""
        busy = progress is not None
        retained = self.progress.sizePolicy()
        retained.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(retained)
        self.progress.setVisible(busy)
        self.screen_.setEnabled(not busy)
        if progress is not None:
            self.progress.setRange(0, progress[1])
            self.progress.setValue(progress[0])
            self.undo_button.setEnabled(False)
            self.animate_button.setEnabled(False)

    def forget(self) -> None:
        """Show nothing of the visit any more."""
        self.screen_.show_pictures(())
        self.screen_.show_regions(())
        self.screen_.forget_path()
        self.everything_button.setChecked(False)
        self.show_busy(None)

    def _advice(self, visit: Visit) -> str:
        if visit.swipes:
            return self.tr("Swipe on more, or press Animate.")
        return self.tr("One swipe over each thing that is blurred.")


class WatchPage(QWidget):
    """The film: `keep_wanted()`, `again_wanted()`, `done()`."""

    keep_wanted = Signal()
    again_wanted = Signal()
    done = Signal()

    def __init__(self, *, keeps: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.screen_ = Screen()
        self.screen_.setAccessibleName(self.tr("Film"))
        self.hint = QLabel()
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.again_button = button(self.tr("Change it"))
        self.compare_button = button(self.tr("Hold for the photo"))
        self.keep_button = button(self.tr("Keep the film"))
        self.done_button = button(self.tr("Done"), primary=True)
        self.keep_button.setVisible(keeps)
        self.again_button.clicked.connect(self.again_wanted)
        self.keep_button.clicked.connect(self.keep_wanted)
        self.done_button.clicked.connect(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(16)
        column.addWidget(title(self.tr("3  Watch")))
        column.addWidget(self.screen_, 1)
        column.addWidget(self.hint)
        buttons = (self.again_button, self.compare_button, None, self.keep_button, self.done_button)
        column.addLayout(row(*buttons))

    def say(self, hint: str) -> None:
        """Tell something below the film."""
        self.hint.setText(hint)


def title(text: str) -> QLabel:
    """A page's heading."""
    label = QLabel(text)
    label.setObjectName("title")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label


def button(text: str, *, primary: bool = False) -> QPushButton:
    """A button for fingers; the primary one stands out."""
    made = QPushButton(text)
    made.setMinimumSize(2 * TOUCH, TOUCH)
    if primary:
        made.setObjectName("primary")
    return made


def row(*widgets: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; None is room between them."""
    line = QHBoxLayout()
    line.setSpacing(24)
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget)
    return line
