"""The page of settings: shows what `Preferences` holds and writes it back when accepted.

It applies nothing itself; who uses a setting listens to `Preferences.changed`.
"""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.gui.program.device_wish import environment_wins
from app.gui.program.machine import Machine, machine_job
from app.gui.program.preferences import (
    DEVICES,
    LANGUAGES,
    MOST_SHARPENING,
    PREVIEW_EDGES,
    Preferences,
)
from app.gui.program.theme import THEMES
from app.gui.program.weights_chooser import WeightsChooser
from app.gui.worker import Job, Worker


class SettingsDialog(QDialog):
    """Asks `worker` what this machine has, and fills in devices and weights when it knows."""

    def __init__(
        self, preferences: Preferences, worker: Worker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(520)
        self.device = _choices(self._device_words(), preferences.device())
        self.device_note = _note()
        films = {
            "decomposer-default": self.tr("Best quality"),
            "decomposer-fast": self.tr("Fast"),
        }
        found = {"": self.tr("Automatic: the best that is installed")}
        self.weights = WeightsChooser("films", preferences.weights(), films, worker)
        self.guesser = WeightsChooser("guesses", preferences.guesser(), found, worker)
        self.guesser.field.setToolTip(self.tr("For “Suggest animations” and “What is blurred?”"))
        self.tracer = WeightsChooser("paths", preferences.tracer(), found, worker)
        self.sharpening = QSpinBox()
        self.sharpening.setRange(0, MOST_SHARPENING)
        self.sharpening.setSingleStep(10)
        self.sharpening.setSuffix(self.tr(" %"))
        self.sharpening.setToolTip(
            self.tr("What moves gets so much more fine detail, in films and previews to come")
        )
        self.live = QCheckBox(self.tr("Animate a small &preview after every edit"))
        self.seen = QCheckBox(self.tr("When &zoomed in, preview only the part in view"))
        self.edge = QComboBox()
        for edge in PREVIEW_EDGES:
            self.edge.addItem(self.tr("{edge} pixels").format(edge=edge), edge)
        self.again = QCheckBox(self.tr("&Open the last photo again at start"))
        self.theme = _choices(self._theme_words(), preferences.theme())
        self.distinct = QCheckBox(self.tr("&Colours that colour-blind eyes can tell apart"))
        self.language = _choices(self._language_words(), preferences.language())
        self.language_note = _note(self.tr("Shows when Unspool is started again."))
        self._lay_out()
        self._show_preferences()
        for field in (self.edge, self.seen):
            self.live.toggled.connect(field.setEnabled)
            field.setEnabled(self.live.isChecked())
        self.device.currentIndexChanged.connect(self._show_device_note)
        self.language.currentIndexChanged.connect(self._show_language_note)
        self._machine: Machine | None = None
        worker.finished_job.connect(self._found)
        self._show_device_note()
        self._show_language_note()
        worker.submit(machine_job())

    def accept(self) -> None:
        """Remember everything."""
        kept = self._preferences
        kept.set_device(self.device.currentData())
        kept.set_weights(self.weights.chosen)
        kept.set_guesser(self.guesser.chosen)
        kept.set_tracer(self.tracer.chosen)
        kept.set_sharpening(self.sharpening.value())
        kept.set_live_preview(self.live.isChecked())
        kept.set_preview_seen(self.seen.isChecked())
        kept.set_preview_edge(self.edge.currentData())
        kept.set_reopen(self.again.isChecked())
        kept.set_theme(self.theme.currentData())
        kept.set_colours("distinct" if self.distinct.isChecked() else "figure")
        kept.set_language(self.language.currentData())
        super().accept()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Device"), self.device)
        form.addRow("", self.device_note)
        for words, chooser in (
            (self.tr("&Weights for new photos"), self.weights),
            (self.tr("Weights for &suggestions"), self.guesser),
            (self.tr("Weights for tra&jectories"), self.tracer),
        ):
            label = QLabel(words)
            label.setBuddy(chooser.field)
            form.addRow(label, chooser)
        form.addRow(self.tr("Sharpen &films by"), self.sharpening)
        form.addRow("", self.live)
        form.addRow("", self.seen)
        form.addRow(self.tr("Longest side of the p&review"), self.edge)
        form.addRow("", self.again)
        form.addRow(self.tr("&Theme"), self.theme)
        form.addRow("", self.distinct)
        form.addRow(self.tr("&Language"), self.language)
        form.addRow("", self.language_note)
        for field, name in (
            (self.device, self.tr("Device")),
            (self.weights.field, self.tr("Weights for new photos")),
            (self.guesser.field, self.tr("Weights for suggestions")),
            (self.tracer.field, self.tr("Weights for trajectories")),
            (self.weights.button, self.tr("Choose a file with weights for new photos")),
            (self.guesser.button, self.tr("Choose a file with weights for suggestions")),
            (self.tracer.button, self.tr("Choose a file with weights for trajectories")),
            (self.sharpening, self.tr("Sharpen films by")),
            (self.edge, self.tr("Longest side of the preview")),
            (self.theme, self.tr("Theme")),
            (self.language, self.tr("Language")),
        ):
            field.setAccessibleName(name)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addLayout(form)
        column.addStretch(1)
        if not self._preferences.writable:
            column.addWidget(_note(self._unwritable()))
        column.addWidget(buttons)

    def _show_preferences(self) -> None:
        kept = self._preferences
        self.sharpening.setValue(kept.sharpening())
        self.live.setChecked(kept.live_preview())
        self.seen.setChecked(kept.preview_seen())
        self.edge.setCurrentIndex(self.edge.findData(kept.preview_edge()))
        self.again.setChecked(kept.reopen())
        self.distinct.setChecked(kept.colours() == "distinct")

    def _device_words(self) -> list[tuple[str, str]]:
        words = {
            "auto": self.tr("Automatic: the fastest there is"),
            "cuda": self.tr("NVIDIA GPU (CUDA)"),
            "mps": self.tr("Apple GPU (Metal)"),
            "cpu": self.tr("Processor (CPU)"),
        }
        return [(words[name], name) for name in DEVICES]

    def _theme_words(self) -> list[tuple[str, str]]:
        words = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
        }
        return [(words[name], name) for name in THEMES]

    def _language_words(self) -> list[tuple[str, str]]:
        # Languages are called what their speakers call them.
        words = {"system": self.tr("As the system"), "en": "English", "de": "Deutsch"}
        return [(words[name], name) for name in LANGUAGES]

    def _unwritable(self) -> str:
        return self.tr("Settings cannot be kept: {path} cannot be written.").format(
            path=self._preferences.file
        )

    def _found(self, _job: Job, result: object) -> None:
        if isinstance(result, Machine):
            self._machine = result
            self._show_device_note()

    def _show_device_note(self) -> None:
        wish = self.device.currentData()
        if environment_wins():
            text = self.tr("The environment sets UNSPOOL_DEVICE={value}, which counts first.")
            self.device_note.setText(text.format(value=os.environ["UNSPOOL_DEVICE"]))
        elif self._machine is None:
            self.device_note.setText(self.tr("Looking at what this machine has…"))
        elif wish == "auto":
            here = [device for device in self._machine.devices if device.usable]
            names = {data: words for words, data in self._device_words()}
            self.device_note.setText(
                self.tr("Takes: {device}, {description}").format(
                    device=names[here[0].name], description=here[0].description
                )
            )
        else:
            (device,) = (device for device in self._machine.devices if device.name == wish)
            text = device.description
            if not device.usable:
                text = self.tr(
                    "Not usable here ({reason}); the fastest other device is taken."
                ).format(reason=text)
            self.device_note.setText(text)

    def _show_language_note(self) -> None:
        changed = self.language.currentData() != self._preferences.language()
        self.language_note.setVisible(changed)


def _choices(choices: list[tuple[str, str]], chosen: str) -> QComboBox:
    field = QComboBox()
    for words, data in choices:
        field.addItem(words, data)
    field.setCurrentIndex(max(field.findData(chosen), 0))
    return field


def _note(text: str = "") -> QLabel:
    note = QLabel(text)
    note.setTextFormat(Qt.TextFormat.PlainText)
    note.setWordWrap(True)
    note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return note
