"""The panels beside the photo: direction compass, overlay controls, settings of the next film."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.gui.activity_strip import ActivityStrip
from app.gui.controller import Controller
from app.gui.document import RenderChoices
from app.gui.drawing.glyphs import NUMPAD_ORDER, direction_icon
from app.gui.drawing.keys import KEY_NAMES, keys_of
from app.gui.editor import Editor
from app.gui.program.language import direction_words, marked, translate
from app.guidance.classes import Direction
from app.guidance.region import KNOWN_DISTANCE

_NETWORKS = (
    (marked("Networks", "Best quality"), "decomposer-default"),
    (marked("Networks", "Fast"), "decomposer-fast"),
)
_EDGES = (2048, 1024, 512)


class Compass(QWidget):
    """Five buttons laid out like the number pad; the pressed one is the editor's direction."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._group = QButtonGroup(self)
        self.buttons: dict[Direction, QToolButton] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for row, directions in enumerate(NUMPAD_ORDER):
            for column, direction in enumerate(directions):
                if direction is not None:
                    grid.addWidget(self._button(direction), row, column)
        self._name = QLabel()
        self._name.setWordWrap(True)
        self._explanation = QLabel()
        self._explanation.setWordWrap(True)
        self._explanation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._explanation)
        words.addStretch(1)
        row_layout = QHBoxLayout(self)
        row_layout.setContentsMargins(0, 0, 0, 0)
        row_layout.setSpacing(12)
        row_layout.addLayout(grid)
        row_layout.addLayout(words, 1)
        editor.direction_changed.connect(self._show)
        editor.selection_changed.connect(self._show)
        self.refresh_icons()
        self._show()

    def refresh_icons(self) -> None:
        """Draw the buttons in the colours chosen now."""
        for direction, button in self.buttons.items():
            button.setIcon(direction_icon(direction, 36))

    def _button(self, direction: Direction) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setIconSize(QSize(36, 36))
        button.setAutoRaise(True)
        button.setToolTip(f"{_capital(direction)} ({keys_of(direction)})")
        button.setAccessibleName(
            self.tr("Direction {name}").format(name=direction_words(direction))
        )
        button.clicked.connect(lambda _=False: self._editor.set_direction(direction))
        self._group.addButton(button)
        self.buttons[direction] = button
        return button

    def _show(self) -> None:
        direction, index = self._editor.direction, self._editor.selected
        self.buttons[direction].setChecked(True)
        name = _capital(direction)
        self._name.setText(f"<b>{name}</b>")
        key = KEY_NAMES[direction][0]
        if index is None:
            what = self.tr("for the next region")
        elif len(self._editor.selection) == 1:
            what = self.tr("for the selected region")
        else:
            what = self.tr("for the selected regions")
        shown = self.tr("key {key}").format(key=key)
        self._explanation.setText(f"{what}\n{shown}")


class _Distance(QDoubleSpinBox):
    """Pixels; 0 is not said, from where a step goes on from what is believed instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.believed = 0.0
        self.typing = False
        """Whether there are digits that do not count yet."""
        self.lineEdit().textEdited.connect(lambda: self._type(True))
        self.editingFinished.connect(lambda: self._type(False))

    def _type(self, typing: bool) -> None:
        self.typing = typing

    def stepBy(self, steps: int) -> None:
        """A step from nothing begins at what is believed."""
        if self.value() == 0 and self.believed > 0:
            self.setValue(max(0.0, round(self.believed) + steps * self.singleStep()))
        else:
            super().stepBy(steps)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Down from nothing, too, where something is believed."""
        enabled = super().stepEnabled()
        if self.value() == 0 and self.believed > 0:
            enabled |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return enabled


class DistancePanel(QWidget):
    """How far the selected regions' things moved, as typed or as dragged.

    0 is not said; then the film or preview shows what was read of the photo instead.
    """

    def __init__(
        self, editor: Editor, controller: Controller, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._controller = controller
        self.distance = _Distance()
        self.distance.setDecimals(1)
        self.distance.setSuffix(self.tr(" px"))
        self.distance.setKeyboardTracking(False)
        self.distance.setAccessibleName(self.tr("How far it moved in photo pixels"))
        self.distance.setToolTip(
            self.tr(
                "How far it moved while the shutter was open, if you can tell. "
                "The tool How far (A) drags it in the photo; 0 leaves it to the network, "
                "and then the field shows what that reads of the blur."
            )
        )
        label = QLabel(self.tr("Moved by"))
        label.setBuddy(self.distance)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label)
        row.addWidget(self.distance, 1)
        self.advice = QLabel()
        self.advice.setWordWrap(True)
        self.advice.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.advice)
        self.distance.valueChanged.connect(
            lambda pixels: editor.set_distance(pixels, controller.way_read)
        )
        controller.film_changed.connect(self._show_believed)
        editor.direction_changed.connect(self._show)
        editor.selection_changed.connect(self._show)
        editor.choices_changed.connect(self._show)
        self._show()

    def _show_believed(self) -> None:
        # A preview that comes while somebody types must not take the digits away.
        if not self.distance.typing:
            self._show()

    def _show(self) -> None:
        editor, index = self._editor, self._editor.selected
        document = editor.document
        region = editor.regions[index] if index is not None else None
        way = self._controller.way_read(index) if index is not None else None
        self.distance.believed = hypot(*way) if way is not None else 0.0
        with QSignalBlocker(self.distance):
            self.distance.setSpecialValueText(
                self.tr("about {pixels} px").format(pixels=round(self.distance.believed))
                if way is not None
                else self.tr("not said")
            )
            if document is not None:
                self.distance.setMaximum(float(document.width + document.height))
            self.distance.setValue(region.distance if region is not None else 0.0)
        self.distance.setEnabled(region is not None and region.direction != Direction.STATIC)
        distance = region.distance if region is not None else 0.0
        self.advice.setVisible(document is not None and distance > KNOWN_DISTANCE)
        if document is not None and distance > KNOWN_DISTANCE:
            longest = max(document.width, document.height)
            share = min(1.0, (document.choices.max_edge or longest) / longest)
            self.advice.setVisible(distance * share > KNOWN_DISTANCE)
            self.advice.setText(
                self.tr(
                    "Networks know {known} px: films of {edge} px or less may come out better."
                ).format(known=round(KNOWN_DISTANCE), edge=int(longest * KNOWN_DISTANCE / distance))
            )


class OverlayPanel(QWidget):
    """Shows or hides the guidance over the photo, and how strongly it covers it."""

    visibility_chosen = Signal(bool)
    opacity_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visible = QCheckBox(self.tr("Guidance over photo"))
        self.visible.setChecked(True)
        self.visible.setToolTip(self.tr("Show the guidance over the photo (G)"))
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(5, 100)
        self.opacity.setAccessibleName(self.tr("Opacity of the guidance in percent"))
        self.opacity.setToolTip(self.tr("Opacity of the guidance"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.visible)
        row.addWidget(self.opacity, 1)
        self.visible.toggled.connect(self.visibility_chosen)
        self.visible.toggled.connect(self.opacity.setEnabled)
        self.opacity.valueChanged.connect(self.opacity_chosen)


class FilmSettings(QWidget):
    """Network, size and frame count of the next film, the Animate button and its progress."""

    animate_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(
        self, editor: Editor, controller: Controller, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._controller = controller
        self.network = QComboBox()
        self.network.setAccessibleName(self.tr("Network"))
        self.film_size = QComboBox()
        self.film_size.setAccessibleName(self.tr("Size of the film"))
        self.frames = QSpinBox()
        self.frames.setRange(2, 60)
        self.frames.setKeyboardTracking(False)
        self.frames.setAccessibleName(self.tr("Number of sharp frames"))
        self.animate_button = QPushButton(self.tr("Animate"))
        self.animate_button.setMinimumHeight(36)
        self.animate_button.setToolTip(self.tr("Make the film (Ctrl+Return)"))
        font = self.animate_button.font()
        font.setBold(True)
        self.animate_button.setFont(font)
        self.strip = ActivityStrip()
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Network"), self.network)
        form.addRow(self.tr("Size"), self.film_size)
        form.addRow(self.tr("Frames"), self.frames)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self.animate_button)
        column.addWidget(self.strip)
        self.network.currentIndexChanged.connect(self._chosen)
        self.film_size.currentIndexChanged.connect(self._chosen)
        self.frames.valueChanged.connect(self._chosen)
        self.animate_button.clicked.connect(self.animate_wanted)
        self.strip.cancel_wanted.connect(self.cancel_wanted)
        editor.choices_changed.connect(self._show)
        editor.document_replaced.connect(self._show)
        controller.activity_changed.connect(self._show_activity)
        self._show()

    def _show(self) -> None:
        document = self._editor.document
        choices = document.choices if document else RenderChoices()
        longest = max(document.width, document.height) if document else 0
        with (
            QSignalBlocker(self.network),
            QSignalBlocker(self.film_size),
            QSignalBlocker(self.frames),
        ):
            self.network.clear()
            for title, name in _NETWORKS:
                self.network.addItem(translate("Networks", title), name)
            if self.network.findData(choices.weights) < 0:
                # A project may name weights of its own, by name or path.
                self.network.addItem(choices.weights.replace("\\", "/").rsplit("/", 1)[-1])
                self.network.setItemData(self.network.count() - 1, choices.weights)
            self.network.setCurrentIndex(self.network.findData(choices.weights))
            self.film_size.clear()
            self.film_size.addItem(self.tr("As the photo"), None)
            for edge in sorted({*_EDGES, *([choices.max_edge] if choices.max_edge else [])})[::-1]:
                if edge < longest or edge == choices.max_edge:
                    self.film_size.addItem(
                        self.tr("{edge} px longest side").format(edge=edge), edge
                    )
            self.film_size.setCurrentIndex(self.film_size.findData(choices.max_edge))
            self.frames.setValue(choices.frames)

    def _chosen(self) -> None:
        if self._editor.document is None:
            return
        self._editor.set_choices(
            replace(
                self._editor.document.choices,
                weights=self.network.currentData(),
                max_edge=self.film_size.currentData(),
                frames=self.frames.value(),
            )
        )

    def _show_activity(self) -> None:
        activity = self._controller.background.activity("animate")
        self.strip.show_activity(activity)
        self.animate_button.setText(self.tr("Start over") if activity else self.tr("Animate"))
        self.animate_button.setEnabled(activity is None or not activity.cancelling)


def _capital(direction: Direction) -> str:
    words = direction_words(direction)
    return words[:1].upper() + words[1:]
