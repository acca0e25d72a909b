"""What is said about the open photo as a whole: whether its annotation is done, and a note."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDockWidget, QPlainTextEdit, QVBoxLayout, QWidget

from app.gui.commands import new_gesture
from app.gui.editor import Editor


class _NoteField(QPlainTextEdit):
    """Emits `entered()` when typing may begin and `left()` when Escape asks to go back."""

    entered = Signal()
    left = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class NoteDock(QDockWidget):
    """A check box and a small field; every change goes into the history at once.

    `left()` tells that the person wants back to the photo.
    """

    left = Signal()

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("This photo"))
        self.setObjectName("note")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._editor = editor
        self._typing = new_gesture()
        self.done = QCheckBox(self.tr("Done"))
        self.done.setToolTip(self.tr("The annotation of this photo is finished (M)"))
        self.note = _NoteField()
        self.note.setPlaceholderText(self.tr("Note about this photo"))
        self.note.setAccessibleName(self.tr("Note about this photo"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * 4 + 12)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 6, 8, 8)
        column.addWidget(self.done)
        column.addWidget(self.note)
        self.setWidget(body)
        self.hide()
        self.done.toggled.connect(editor.set_done)
        self.note.textChanged.connect(self._typed)
        self.note.entered.connect(self._begin)
        self.note.left.connect(self.left)
        editor.document_replaced.connect(self._begin)
        editor.remarks_changed.connect(self._show)
        self._show()

    def write(self) -> None:
        """Let the person type."""
        self.show()
        self.raise_()
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _begin(self) -> None:
        # What is typed between two visits of the field is one step of the history.
        self._typing = new_gesture()

    def _typed(self) -> None:
        self._editor.set_note(self.note.toPlainText(), self._typing)

    def _show(self) -> None:
        document = self._editor.document
        self.widget().setEnabled(document is not None)
        self.done.setEnabled(not self._editor.read_only)
        self.note.setReadOnly(self._editor.read_only)
        with QSignalBlocker(self.done), QSignalBlocker(self.note):
            self.done.setChecked(document is not None and document.done)
            note = document.note if document else ""
            # Setting the same text again would move the cursor to its beginning.
            if note != self.note.toPlainText():
                self.note.setPlainText(note)
