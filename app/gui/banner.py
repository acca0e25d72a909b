"""One sentence across the top of the window that blocks nothing: errors, warnings and news."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

_COLOURS = {"error": (178, 34, 34), "warning": (156, 98, 0), "news": (30, 102, 70)}
_SIGNS = {"error": "✖", "warning": "⚠", "news": "✔"}
_NEWS_STAYS_MS = 8000


class Banner(QFrame):
    """Shows the latest sentence until it is closed; news leaves by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._actions: list[QToolButton] = []
        self._close = QToolButton()
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.hide)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 6, 6)
        self._row.setSpacing(10)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close)
        self.hide()

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        """The buttons of what is offered beside the sentence."""
        return tuple(self._actions)

    @property
    def text(self) -> str:
        """The sentence shown, empty while nothing is."""
        return self._text.text() if not self.isHidden() else ""

    def forget(self) -> None:
        """Put away what was said about another photo; news stays as long as it would have."""
        if not self._timer.isActive():
            self.hide()

    def tell(self, sentence: str, kind: str = "news", actions: Sequence[QAction] = ()) -> None:
        """Show a sentence; `kind` is "error", "warning" or "news".

        `actions` are offered beside it, and the sentence stays until one is taken.
        """
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(*_COLOURS[kind]))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(role, QColor(255, 255, 255))
        self.setPalette(palette)
        self._close.setPalette(palette)
        self._offer(actions)
        self._icon.setText(_SIGNS[kind])
        self._text.setText(sentence)
        kinds = {
            "error": self.tr("Error"),
            "warning": self.tr("Warning"),
            "news": self.tr("News"),
        }
        self._text.setAccessibleName(f"{kinds[kind]}: {sentence}")
        self.show()
        self._timer.stop()
        if kind == "news" and not actions:
            self._timer.start(_NEWS_STAYS_MS)

    def _offer(self, actions: Sequence[QAction]) -> None:
        for button in self._actions:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._actions = []
        for action in actions:
            button = QToolButton()
            button.setText(action.text().replace("&", ""))
            # Not in the banner's colours: its white words need a dark ground.
            palette = button.palette()
            palette.setColor(QPalette.ColorRole.Button, QColor(240, 240, 240))
            palette.setColor(QPalette.ColorRole.ButtonText, QColor(20, 20, 24))
            button.setPalette(palette)
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda _=False, action=action: action.trigger())
            self._row.insertWidget(self._row.count() - 1, button)
            self._actions.append(button)
