"""The export dialog and what it writes, from ticks to files that are played back."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.gui.export.export_dialog import ExportDialog, readable_bytes
from app.gui.export.export_request import ExportRequest, recall, remember
from app.gui.program.language import show_language
from app.gui.window import MainWindow
from app.media.film_reading import read_animation
from app.media.photos import read_photo
from app.project.coco import read_coco
from tests.app.gui.conftest import HEIGHT, PATIENCE_MS, WIDTH

FRAMES = 7


@pytest.fixture
def dialog_for(filmed: MainWindow, qtbot: QtBot) -> Callable[[ExportRequest], ExportDialog]:
    """Opens the dialog showing a request."""

    def opened(request: ExportRequest) -> ExportDialog:
        film, document = filmed.controller.film, filmed.editor.document
        assert film is not None
        assert document is not None
        worker = filmed.controller.background.assistant
        dialog = ExportDialog(film, document, request, worker, filmed)
        qtbot.addWidget(dialog)
        return dialog

    return opened


def choose(box: QComboBox, value: object) -> None:
    index = box.findData(value)
    assert index >= 0
    box.setCurrentIndex(index)


@pytest.mark.parametrize("suffix", [".gif", ".mp4"])
def test_an_exported_film_can_be_decoded_again(
    filmed: MainWindow,
    dialog_for: Callable[[ExportRequest], ExportDialog],
    tmp_path: Path,
    qtbot: QtBot,
    suffix: str,
) -> None:
    dialog = dialog_for(ExportRequest(tmp_path, "film", fps=10, loop="pingpong"))
    choose(dialog.format, suffix)
    dialog.seconds.setValue(0)
    with qtbot.waitSignal(filmed.controller.exported, timeout=PATIENCE_MS):
        filmed.controller.export_film(dialog.request())
    frames, fps = read_animation(tmp_path / f"film{suffix}")
    assert frames.shape == (2 * FRAMES - 2, HEIGHT, WIDTH, 3)
    assert fps == pytest.approx(10, rel=0.05)
    assert filmed.controller.film is not None
    made = filmed.controller.film.frames.astype(int)
    for shown, index in zip(frames, (0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1), strict=True):
        distances = np.abs(made - shown).mean(axis=(1, 2, 3))
        assert distances.argmin() == index
    assert f"film{suffix}" in filmed.banner.text


def test_everything_that_is_ticked_is_written_beside_each_other(
    filmed: MainWindow,
    dialog_for: Callable[[ExportRequest], ExportDialog],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    dialog = dialog_for(ExportRequest(tmp_path / "out", "dog", fps=12, loop="loop"))
    choose(dialog.smooth, 24)
    choose(dialog.film_size, "50%")
    for box in dialog.extras.values():
        box.click()
    assert "13 frames at 24" in dialog.summary.text()
    assert "dog-labelme.json" in dialog.files.text()
    with qtbot.waitSignal(filmed.controller.exported, timeout=PATIENCE_MS):
        filmed.controller.export_film(dialog.request())
    out = tmp_path / "out"
    assert {path.name for path in out.iterdir()} == {
        "dog.mp4",
        "dog-frames",
        "dog-sheet.png",
        "dog-guidance.png",
        "dog-labelme.json",
        "dog-coco.json",
    }
    frames, _ = read_animation(out / "dog-frames")
    assert frames.shape == (13, HEIGHT // 2, WIDTH // 2, 3)
    film, fps = read_animation(out / "dog.mp4")
    assert fps == 24
    assert len(film) == 78
    labels = json.loads((out / "dog-labelme.json").read_text())
    assert labels["imagePath"] == "../photo.png"
    assert (labels["imageWidth"], len(labels["shapes"])) == (WIDTH, 1)
    (image,) = read_coco(out / "dog-coco.json").images
    assert (image.file_name, image.width, len(image.regions)) == ("photo.png", WIDTH, 1)
    assert read_photo(out / "dog-sheet.png").pixels.shape[1] > 2 * WIDTH


def test_a_cancelled_export_leaves_nothing_behind(
    filmed: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import app.media.film_encoding

    begun = threading.Event()

    def endless(path: Path, name: Path, frames: object, *rest: Any) -> None:
        path.write_bytes(b"half a film")
        while True:
            begun.set()
            rest[-1]()
            threading.Event().wait(0.002)

    monkeypatch.setattr(app.media.film_encoding, "encode", endless)
    (tmp_path / "film-sheet.png").write_bytes(b"dear")
    before = sorted(tmp_path.iterdir())
    request = ExportRequest(tmp_path, "film", extras=frozenset({"sheet", "frames", "guidance"}))
    filmed.controller.export_film(request)
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE_MS)
    qtbot.waitUntil(filmed.file_strip.isVisible)
    filmed.file_strip.cancel_button.click()
    qtbot.waitUntil(lambda: filmed.controller.background.activities == [], timeout=PATIENCE_MS)
    assert not filmed.file_strip.isVisible()
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "film-sheet.png").read_bytes() == b"dear"


def test_an_export_that_cannot_be_written_is_told_in_one_sentence(
    filmed: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("in the way")
    request = ExportRequest(tmp_path / "file", "film", suffix=".gif")
    with qtbot.waitSignal(filmed.controller.failed, timeout=PATIENCE_MS):
        filmed.controller.export_film(request)
    assert str(tmp_path / "file" / "film.gif") in filmed.banner.text


def test_the_dialog_offers_what_applies_and_says_what_is_missing(
    dialog_for: Callable[[ExportRequest], ExportDialog], tmp_path: Path
) -> None:
    dialog = dialog_for(ExportRequest(tmp_path, "film"))
    assert dialog.seconds.isEnabled()
    choose(dialog.format, ".gif")
    assert not dialog.seconds.isEnabled()
    assert dialog.files.text() == "film.gif"
    dialog.film.click()
    assert not dialog.export_button.isEnabled()
    assert dialog.summary.text() == "Nothing is ticked."
    dialog.extras["guidance"].click()
    assert dialog.export_button.isEnabled()
    assert not dialog.fps.isEnabled()
    assert not dialog.film_size.isEnabled()
    for name in ("", "..", "a/b"):
        dialog.name.setText(name)
        assert not dialog.export_button.isEnabled()
    dialog.name.setText("other.gif")
    assert dialog.request().name == "other"
    dialog.folder.setText("")
    assert not dialog.export_button.isEnabled()


def test_in_betweens_too_many_to_make_are_refused_before_the_export(
    dialog_for: Callable[[ExportRequest], ExportDialog], tmp_path: Path
) -> None:
    dialog = dialog_for(ExportRequest(tmp_path, "film", fps=0.5, smooth=60))
    assert dialog.export_button.isEnabled()
    assert "721 frames" in dialog.summary.text()


def test_the_size_is_measured_in_the_background_and_is_near_the_file(
    filmed: MainWindow,
    dialog_for: Callable[[ExportRequest], ExportDialog],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    dialog = dialog_for(ExportRequest(tmp_path, "film", suffix=".gif"))
    assert "estimating" in dialog.summary.text()
    qtbot.waitUntil(lambda: "about" in dialog.summary.text(), timeout=PATIENCE_MS)
    with qtbot.waitSignal(filmed.controller.exported, timeout=PATIENCE_MS):
        filmed.controller.export_film(dialog.request())
    written = readable_bytes((tmp_path / "film.gif").stat().st_size)
    assert dialog.summary.text().endswith(f"about {written}")
    choose(dialog.loop, "pingpong")
    assert "estimating" in dialog.summary.text()
    dialog.reject()


def test_what_exists_is_replaced_only_after_asking(
    dialog_for: Callable[[ExportRequest], ExportDialog],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "film-sheet.png").write_bytes(b"dear")
    dialog = dialog_for(ExportRequest(tmp_path, "film", suffix=".gif", extras=frozenset({"sheet"})))
    asked: list[str] = []
    for answer, accepted in (
        (QMessageBox.StandardButton.No, QDialog.DialogCode.Rejected),
        (QMessageBox.StandardButton.Yes, QDialog.DialogCode.Accepted),
    ):

        def question(*words: Any, answer: Any = answer) -> Any:
            asked.append(words[2])
            return answer

        monkeypatch.setattr(QMessageBox, "question", question)
        dialog.export_button.click()
        assert dialog.result() == accepted
    assert asked == ["film-sheet.png exists already. Replace it?"] * 2


def test_the_command_remembers_the_choices_for_the_next_film(
    filmed: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "films"
    other.mkdir()
    shown: list[ExportRequest] = []

    def accept(dialog: ExportDialog) -> QDialog.DialogCode:
        shown.append(dialog.request())
        choose(dialog.format, ".webp")
        choose(dialog.smooth, 30)
        dialog.extras["sheet"].setChecked(True)
        dialog.folder.setText(str(other))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExportDialog, "exec", accept)
    for _ in range(2):
        with qtbot.waitSignal(filmed.controller.exported, timeout=PATIENCE_MS):
            filmed.actions_by_name["export"].trigger()
    assert shown[0].folder == tmp_path
    assert shown[0].name == "photo-film"
    assert shown[1] == replace(
        shown[0], suffix=".webp", smooth=30, extras=frozenset({"sheet"}), folder=other
    )
    assert {path.name for path in other.iterdir()} == {"photo-film.webp", "photo-film-sheet.png"}


def test_broken_memories_count_as_never_chosen(tmp_path: Path, qapp: object) -> None:
    remember(ExportRequest(tmp_path, "a", film=False), own_folder=tmp_path)
    settings = QSettings()
    for key, value in (("suffix", ".exe"), ("smooth", "many"), ("seconds", "-5"), ("folder", "?")):
        settings.setValue(f"export/{key}", value)
    settings.setValue("export/extras", "sheet,wishes")
    request = recall(tmp_path, "b", 12, "loop")
    assert request == ExportRequest(
        tmp_path, "b", film=False, extras=frozenset({"sheet"}), fps=12, loop="loop"
    )
    settings.setValue("export/extras", "")
    assert recall(tmp_path, "b", 12, "loop").film


def test_the_dialog_speaks_the_language_of_the_window(
    filmed: MainWindow,
    dialog_for: Callable[[ExportRequest], ExportDialog],
    tmp_path: Path,
    qapp: QApplication,
) -> None:
    show_language(qapp, "de")
    try:
        dialog = dialog_for(ExportRequest(tmp_path, "film", fps=10, loop="pingpong"))
        assert dialog.loop.currentText() == "Hin und zurück"
        assert "eine Runde 1,2 s" in dialog.summary.text()
    finally:
        show_language(qapp, "en")
