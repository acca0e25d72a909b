"""The dialog that asks what is exported, how and where, and says what that makes.

It writes nothing itself: `request()` is the answer.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
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

from app.errors import UnspoolError
from app.gui.document import Document
from app.gui.export.export_jobs import SizeEstimate, estimate_job, style_of
from app.gui.export.export_request import EXTRAS, SMOOTH, ExportRequest
from app.gui.film.clock import LOOPS
from app.gui.film.film_panel import LOOP_NAMES
from app.gui.jobs import Film
from app.gui.program.language import decimal, translate
from app.gui.program.sentences import told
from app.gui.worker import Job, Worker

_EDGES = (3840, 2560, 1920, 1280, 720, 480)
_PERCENT = (75, 50, 25)
_SETTLE_MS = 350
"""How long the choices must stay the same before the size is estimated."""


class ExportDialog(QDialog):
    """Asks how, where and with what beside it a film is written.

    The size is measured by `worker` in the background while the dialog is open.
    """

    def __init__(
        self,
        film: Film,
        document: Document,
        request: ExportRequest,
        worker: Worker,
        parent: QWidget | None = None,
    ) -> None:
        """`request` is what is shown first."""
        super().__init__(parent)
        self._film, self._document, self._worker = film, document, worker
        self.setWindowTitle(self.tr("Export film"))
        self.setMinimumWidth(520)
        self.film = QCheckBox(self.tr("Fil&m"))
        self.format = QComboBox()
        for title, suffix in (
            (self.tr("MP4 film"), ".mp4"),
            (self.tr("WebM film"), ".webm"),
            (self.tr("Animated GIF"), ".gif"),
            (self.tr("Animated WebP"), ".webp"),
            (self.tr("Animated PNG, lossless"), ".apng"),
        ):
            self.format.addItem(f"{title} ({suffix})", suffix)
        self.film_size = QComboBox()
        self._offer_sizes()
        self.fps = QDoubleSpinBox()
        self.fps.setRange(0.5, 60)
        self.fps.setDecimals(1)
        self.fps.setSuffix(self.tr(" frames per second"))
        self.smooth = QComboBox()
        self.smooth.addItem(self.tr("as they are, without in-betweens"), 0)
        for rate in SMOOTH:
            self.smooth.addItem(self.tr("smooth, {rate} frames per second").format(rate=rate), rate)
        self.loop = QComboBox()
        for name in LOOPS:
            self.loop.addItem(translate("Loops", LOOP_NAMES[name]), name)
        self.seconds = QDoubleSpinBox()
        self.seconds.setRange(0, 600)
        self.seconds.setDecimals(0)
        self.seconds.setSuffix(self.tr(" s"))
        self.seconds.setToolTip(
            self.tr("MP4 and WebM do not repeat by themselves: rounds are added")
        )
        self.extras = {
            "frames": QCheckBox(self.tr("&Frames as PNG pictures, in a folder")),
            "sheet": QCheckBox(self.tr("&Contact sheet (PNG)")),
            "guidance": QCheckBox(self.tr("&Guidance map (PNG)")),
            "labelme": QCheckBox(self.tr("&Labels (labelme JSON)")),
            "coco": QCheckBox(self.tr("Labels (C&OCO JSON)")),
        }
        self.folder = QLineEdit()
        self.browse_button = QPushButton(self.tr("&Browse…"))
        self.browse_button.setAutoDefault(False)
        self.name = QLineEdit()
        self.summary = _note()
        self.files = _note()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MS)
        self._settled.timeout.connect(self._estimate)
        self._size = ""
        self._lay_out()
        self._show(request)
        self._connect()
        self._changed()

    def request(self) -> ExportRequest:
        """What the fields say."""
        name = self.name.text().strip()
        suffix = str(self.format.currentData())
        # Who types the suffix as well means the same file.
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)]
        return ExportRequest(
            folder=Path(self.folder.text().strip()).expanduser(),
            name=name,
            film=self.film.isChecked(),
            suffix=suffix,
            fps=self.fps.value(),
            loop=str(self.loop.currentData()),
            smooth=int(self.smooth.currentData()),
            size=str(self.film_size.currentData()),
            min_seconds=self.seconds.value(),
            extras=frozenset(name for name, box in self.extras.items() if box.isChecked()),
        )

    def done(self, result: int) -> None:
        """Stop measuring and close."""
        self._settled.stop()
        self._worker.cancel("estimate")
        super().done(result)

    def _lay_out(self) -> None:
        film = QHBoxLayout()
        film.addWidget(self.film)
        film.addWidget(self.format, 1)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse_button)
        extras = QVBoxLayout()
        extras.setSpacing(4)
        for name in EXTRAS:
            extras.addWidget(self.extras[name])
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Export"), film)
        form.addRow("", extras)
        for label, field in (
            (self.tr("&Size"), self.film_size),
            (self.tr("&Pace"), self.fps),
            (self.tr("&In between"), self.smooth),
            (self.tr("Pla&ys"), self.loop),
            (self.tr("At l&east"), self.seconds),
        ):
            form.addRow(label, field)
        save_in = QLabel(self.tr("Save &in"))
        save_in.setBuddy(self.folder)
        form.addRow(save_in, place)
        form.addRow(self.tr("&Name"), self.name)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = buttons.addButton(
            self.tr("E&xport"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.export_button.setDefault(True)
        buttons.accepted.connect(self._accept_after_asking)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.summary)
        column.addWidget(self.files)
        column.addStretch(1)
        column.addWidget(buttons)
        for widget, text in (
            (self.format, self.tr("Film format")),
            (self.film_size, self.tr("Size")),
            (self.fps, self.tr("Frames of the exposure per second")),
            (self.smooth, self.tr("Frames in between")),
            (self.loop, self.tr("How the film repeats")),
            (self.seconds, self.tr("Shortest length in seconds")),
            (self.folder, self.tr("Folder to save in")),
            (self.name, self.tr("Name of the files")),
        ):
            widget.setAccessibleName(text)

    def _offer_sizes(self) -> None:
        height, width = self._film.frames.shape[1:3]
        longest = max(height, width)

        def size(scale: float) -> str:
            return f"{max(round(width * scale), 1)} × {max(round(height * scale), 1)}"

        self.film_size.addItem(self.tr("{size}, as the film").format(size=size(1)), "")
        for percent in _PERCENT:
            self.film_size.addItem(f"{size(percent / 100)}, {percent} %", f"{percent}%")
        for edge in _EDGES:
            if edge < longest:
                self.film_size.addItem(size(edge / longest), str(edge))

    def _show(self, request: ExportRequest) -> None:
        self.film.setChecked(request.film)
        for box, value in (
            (self.format, request.suffix),
            (self.film_size, request.size),
            (self.smooth, request.smooth),
            (self.loop, request.loop),
        ):
            box.setCurrentIndex(max(box.findData(value), 0))
        self.fps.setValue(request.fps)
        self.seconds.setValue(request.min_seconds)
        for name, check in self.extras.items():
            check.setChecked(name in request.extras)
        self.folder.setText(str(request.folder))
        self.name.setText(request.name)

    def _connect(self) -> None:
        self.browse_button.clicked.connect(self._browse)
        for check in (self.film, *self.extras.values()):
            check.toggled.connect(self._changed)
        for box in (self.format, self.film_size, self.smooth, self.loop):
            box.currentIndexChanged.connect(self._changed)
        for spin in (self.fps, self.seconds):
            spin.valueChanged.connect(self._changed)
        for line in (self.folder, self.name):
            line.textChanged.connect(self._changed)
        self._worker.finished_job.connect(self._finished)
        self._worker.failed_job.connect(self._failed)

    def _changed(self) -> None:
        request = self.request()
        repeats = request.suffix in (".mp4", ".webm") and request.loop != "once"
        moving = request.film or "frames" in request.extras
        self.format.setEnabled(request.film)
        self.loop.setEnabled(request.film)
        self.seconds.setEnabled(request.film and repeats)
        for field in (self.fps, self.smooth):
            field.setEnabled(moving)
        self.film_size.setEnabled(moving or "sheet" in request.extras)
        problem = self._problem(request)
        self._size = ""
        self.export_button.setEnabled(not problem)
        self.summary.setText(problem or self._describe(request))
        self.files.setText(
            "" if problem else ", ".join(path.name for path in request.paths.values())
        )
        self._worker.cancel("estimate")
        if not problem and request.film:
            self._settled.start()
        else:
            self._settled.stop()

    def _problem(self, request: ExportRequest) -> str:
        """Why this cannot be exported, as a sentence, or nothing."""
        if not request.film and not request.extras:
            return self.tr("Nothing is ticked.")
        if not request.name or request.name in (".", ".."):
            return self.tr("The files need a name.")
        if Path(request.name).name != request.name or "\\" in request.name:
            return self.tr("A name cannot hold a slash: choose the folder above.")
        if not self.folder.text().strip():
            return self.tr("No folder is chosen.")
        if request.folder.exists() and not request.folder.is_dir():
            return self.tr("{path} is a file, not a folder.").format(path=request.folder)
        return ""

    def _describe(self, request: ExportRequest) -> str:
        """What the film will be, in one line."""
        if not request.film:
            return ""
        # Asked of the engine, which the film has loaded already: the file will be just that.
        try:
            timing = style_of(request).timing(len(self._film.frames), request.suffix)
        except UnspoolError as error:
            self.export_button.setEnabled(False)
            return told(error)
        text = self.tr("{count} frames at {fps} a second, one round {round} s").format(
            count=timing.frames,
            fps=decimal(round(timing.fps, 1), None),
            round=decimal(timing.pass_seconds),
        )
        if timing.file_frames > timing.pass_frames:
            text += self.tr(", the film {seconds} s").format(seconds=decimal(timing.seconds))
        return f"{text} · {self._size or self.tr('estimating the size…')}"

    def _estimate(self) -> None:
        self._worker.submit(estimate_job(self._film, self._document, self.request()))

    def _finished(self, _job: Job, result: object) -> None:
        if isinstance(result, SizeEstimate) and self._same_film(result.request):
            self._size = self.tr("about {size}").format(size=readable_bytes(result.bytes))
            self.summary.setText(self._describe(self.request()))

    def _failed(self, job: Job, _error: BaseException) -> None:
        if job.kind == "estimate":
            # The export itself will say what is wrong, if something is.
            self._size = self.tr("its size cannot be told")
            self.summary.setText(self._describe(self.request()))

    def _same_film(self, measured: ExportRequest) -> bool:
        now = self.request()
        places = {"folder": now.folder, "name": now.name, "extras": now.extras}
        return replace(measured, **places) == now  # type: ignore[arg-type]

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Folder to save in"), self.folder.text()
        )
        if name:
            self.folder.setText(name)

    def _accept_after_asking(self) -> None:
        taken = [
            path
            for path in self.request().paths.values()
            if path.is_file() or (path.is_dir() and any(path.iterdir()))
        ]
        if taken:
            names = ", ".join(path.name for path in taken)
            question = (
                self.tr("{names} exists already. Replace it?")
                if len(taken) == 1
                else self.tr("{names} exist already. Replace them?")
            )
            answer = QMessageBox.question(self, self.tr("Replace?"), question.format(names=names))
            if answer != QMessageBox.StandardButton.Yes:
                return
        self.accept()


def readable_bytes(count: int) -> str:
    """A file's size for people, to two digits: it is only an estimate."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            value = count / size
            return f"{decimal(value, 1 if value < 10 else 0)} {unit}"
    return translate("ExportDialog", "{count} bytes").format(count=count)


def _note() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    return label
