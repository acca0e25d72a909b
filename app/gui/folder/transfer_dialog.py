"""Asks in what format the labels of a folder are exported, or from where they are imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.gui.folder.label_jobs import Transfer
from app.gui.program.language import marked, translate
from app.project.folder_values import LabelFormat

_FORMATS = (
    (marked("Labels", "COCO JSON (one file)"), LabelFormat.COCO),
    (marked("Labels", "labelme JSON"), LabelFormat.LABELME),
    (marked("Labels", "Guidance PNG"), LabelFormat.PNG),
    (marked("Labels", "NumPy array (.npy)"), LabelFormat.NPY),
)


class TransferDialog(QDialog):
    """`transfer()` is the answer once it is accepted.

    `count_existing` is asked how many files or photos a transfer would replace.
    """

    def __init__(
        self,
        folder: Path,
        importing: bool,
        count_existing: Callable[[Transfer], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._importing = importing
        self._count_existing = count_existing
        self._overwrite = False
        title = self.tr("Import labels") if importing else self.tr("Export labels")
        self.setWindowTitle(title)
        self.setMinimumWidth(500)
        if importing:
            text = self.tr(
                "Labels are matched with the photos of “{folder}” by name and saved as "
                "projects beside them."
            )
        else:
            text = self.tr("The labels of all photos of “{folder}” are written.")
        what = QLabel(text.format(folder=folder.name))
        what.setTextFormat(Qt.TextFormat.PlainText)
        what.setWordWrap(True)
        self.format = QComboBox()
        self.format.setAccessibleName(self.tr("Format of the labels"))
        for words, value in _FORMATS:
            self.format.addItem(translate("Labels", words), value)
        self.place = QLineEdit()
        self.place.setAccessibleName(self.tr("File or folder of the labels"))
        browse = QPushButton(self.tr("Browse…"))
        browse.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(browse)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow(self.tr("&Format"), self.format)
        label = QLabel(self.tr("F&rom") if importing else self.tr("&To"))
        label.setBuddy(self.place)
        form.addRow(label, row)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go_button = buttons.addButton(
            self.tr("Import") if importing else self.tr("Export"),
            QDialogButtonBox.ButtonRole.AcceptRole,
        )
        self.go_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(what)
        column.addLayout(form)
        column.addWidget(buttons)
        browse.clicked.connect(self._browse)
        buttons.accepted.connect(self._accept_after_asking)
        buttons.rejected.connect(self.reject)
        self.format.currentIndexChanged.connect(self._suggest)
        self.place.textChanged.connect(self._show_what_applies)
        self._suggest()

    def transfer(self) -> Transfer:
        """What the fields say."""
        place, kind = Path(self.place.text().strip()).expanduser(), self._format()
        if self._importing:
            return Transfer(
                self._folder, LabelFormat.PROJECT, None, place, kind, overwrite=self._overwrite
            )
        if kind == LabelFormat.COCO and not place.suffix:
            place = place.with_suffix(".json")
        return Transfer(self._folder, kind, place, overwrite=self._overwrite)

    def _format(self) -> LabelFormat:
        return LabelFormat(self.format.currentData())

    def _suggest(self) -> None:
        if self._importing:
            one_file = self._format() == LabelFormat.COCO
            self.place.setText("" if one_file else str(self._folder))
        elif self._format() == LabelFormat.COCO:
            self.place.setText(str(self._folder / "coco.json"))
        else:
            # A folder of their own: beside the photos, PNGs could be taken for photos.
            self.place.setText(str(self._folder / f"labels-{self._format().value}"))
        self._show_what_applies()

    def _show_what_applies(self) -> None:
        self.go_button.setEnabled(bool(self.place.text().strip()))

    def _browse(self) -> None:
        start = self.place.text().strip() or str(self._folder)
        if self._format() != LabelFormat.COCO:
            name = QFileDialog.getExistingDirectory(self, self.windowTitle(), start)
        elif self._importing:
            name, _ = QFileDialog.getOpenFileName(
                self, self.windowTitle(), start, self.tr("COCO JSON (*.json)")
            )
        else:
            # Replacing is asked about once, when the person presses Export.
            name, _ = QFileDialog.getSaveFileName(
                self,
                self.windowTitle(),
                start,
                self.tr("COCO JSON (*.json)"),
                options=QFileDialog.Option.DontConfirmOverwrite,
            )
        if name:
            self.place.setText(name)

    def _accept_after_asking(self) -> None:
        count = self._count_existing(self.transfer())
        if count:
            answer = self._ask(count)
            if answer == QMessageBox.StandardButton.Cancel:
                return
            self._overwrite = answer == QMessageBox.StandardButton.Yes
        self.accept()

    def _ask(self, count: int) -> QMessageBox.StandardButton:
        button = QMessageBox.StandardButton
        if self._importing:
            text = self.tr(
                "%n photo(s) of this folder have labels already. Replace their regions? "
                "No leaves those photos as they are.",
                "",
                count,
            )
        elif self._format() == LabelFormat.COCO:
            text = self.tr("The file exists already. Update it? Its other keys are kept.")
            return QMessageBox.question(
                self, self.tr("Replace?"), text, button.Yes | button.Cancel, button.Cancel
            )
        else:
            text = self.tr(
                "%n file(s) of these names exist already. Replace them? No writes the others only.",
                "",
                count,
            )
        return QMessageBox.question(
            self, self.tr("Replace?"), text, button.Yes | button.No | button.Cancel, button.No
        )
