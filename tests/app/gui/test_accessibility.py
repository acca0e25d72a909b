"""For screen readers and keyboards: what can be operated has a name and can be reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.gui.program.error_dialog import ErrorDialog
from app.gui.program.language import show_language
from app.gui.window import MainWindow

_OPERATED = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


def operated(root: QWidget) -> list[QWidget]:
    """What a person operates, without the parts that Qt builds its own widgets from."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if isinstance(widget, _OPERATED)
        and not isinstance(widget, QScrollBar | QHeaderView)
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit)
        and not any(isinstance(above, QComboBox) for above in ancestors(widget))
    ]


def ancestors(widget: QWidget) -> list[QWidget]:
    above, found = widget.parentWidget(), []
    while above is not None:
        found.append(above)
        above = above.parentWidget()
    return found


def name_of(widget: QWidget) -> str:
    text = getattr(widget, "text", str)() if isinstance(widget, QAbstractButton) else ""
    buddies = [
        label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget
    ]
    return widget.accessibleName() or text or (buddies[0] if buddies else "")


def nameless(root: QWidget) -> list[QWidget]:
    return [widget for widget in operated(root) if len(name_of(widget).strip()) < 2]


def test_everything_that_can_be_operated_in_the_window_has_a_name(window: MainWindow) -> None:
    assert len(operated(window)) > 30
    # The banner's cross and such have signs for texts: those need words.
    assert not nameless(window)


@pytest.mark.parametrize(
    "opened",
    [
        lambda window: window.program.show_settings(),
        lambda window: window.program.show_shortcuts(),
        lambda window: window.program.show_about(),
        lambda window: ErrorDialog(ValueError("the unforeseen"), window),
    ],
    ids=["settings", "shortcuts", "about", "error"],
)
def test_everything_in_a_dialog_has_a_name(
    empty_window: MainWindow, opened: Callable[[MainWindow], QDialog]
) -> None:
    dialog = opened(empty_window)
    assert operated(dialog)
    assert not nameless(dialog)
    dialog.reject()


def test_the_keyboard_reaches_every_control_of_the_page(window: MainWindow, qtbot: QtBot) -> None:
    side = window.workspace
    wanted = {
        widget
        for widget in operated(side)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached: set[QWidget] = set()
    widget: QWidget | None = window.canvas
    for _ in range(500):
        widget = widget.nextInFocusChain() if widget is not None else None
        if widget is None or widget is window.canvas:
            break
        reached.add(widget)
    assert wanted <= reached
    assert window.film_settings.animate_button in reached


def test_the_next_field_lies_further_down_the_page(window: MainWindow) -> None:
    fields = [
        window.region_list.list,
        window.overlay_panel.visible,
        window.film_settings.network,
        window.film_settings.film_size,
        window.film_settings.frames,
        window.film_settings.animate_button,
    ]
    chain: list[QWidget] = []
    widget: QWidget = window.canvas
    while (widget := widget.nextInFocusChain()) is not window.canvas:
        chain.append(widget)
    places = [chain.index(field) for field in fields]
    assert places == sorted(places)


def test_a_small_screen_holds_the_window(window: MainWindow) -> None:
    least = window.minimumSizeHint()
    assert least.width() <= 1024
    assert least.height() <= 600
    window.resize(1024, 600)
    assert window.canvas.width() >= 400
    assert window.canvas.height() >= 300


def test_a_german_window_fits_a_small_screen_too(qapp: QApplication, qtbot: QtBot) -> None:
    show_language(qapp, "de")
    try:
        window = MainWindow()
        qtbot.addWidget(window)
        assert window.minimumSizeHint().width() <= 1024
        assert window.minimumSizeHint().height() <= 600
        assert not nameless(window)
        window.controller.stop()
        window.safety.stop()
    finally:
        show_language(qapp, "en")
