"""The program itself: settings that last, the list of shortcuts, About, and where runs compute."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import __version__
from app.gui.actions import COMMANDS
from app.gui.drawing.glyphs import chosen_colours
from app.gui.program.device_wish import environment_wins, wish_for_device
from app.gui.program.preferences import PREVIEW_EDGES, Preferences
from app.gui.program.settings_dialog import SettingsDialog
from app.gui.program.theme import apply_theme, is_dark
from app.gui.program.weights_chooser import WeightsChooser
from app.gui.window import MainWindow
from tests.app.gui.conftest import PATIENCE_MS


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leaves device and theme as a fresh start has them."""
    yield
    wish_for_device("auto")
    apply_theme("system")


def choose(field, data: object) -> None:  # type: ignore[no-untyped-def]
    index = field.findData(data)
    assert index >= 0, f"{data} is not offered"
    field.setCurrentIndex(index)


def offered(chooser: WeightsChooser) -> set[str]:
    return {chooser.field.itemData(index) for index in range(chooser.field.count())}


def judged(chooser: WeightsChooser) -> bool:
    """Whether the file that was chosen has been read and found wanting."""
    return chooser.note.text() != "" and "Reading" not in chooser.note.text()


def test_settings_are_applied_at_once_and_remembered(
    empty_window: MainWindow, qapp: QApplication
) -> None:
    dialog = empty_window.program.show_settings()
    choose(dialog.theme, "dark")
    choose(dialog.device, "cpu")
    choose(dialog.edge, 512)
    choose(dialog.language, "de")
    assert dialog.sharpening.value() == 40
    dialog.sharpening.setValue(70)
    dialog.distinct.setChecked(True)
    dialog.live.setChecked(False)
    assert not dialog.edge.isEnabled()
    assert not dialog.seen.isEnabled()
    dialog.seen.setChecked(False)
    dialog.accept()
    assert is_dark(qapp.palette())
    assert chosen_colours() == "distinct"
    assert os.environ["UNSPOOL_DEVICE"] == "cpu"
    kept = Preferences()
    assert (kept.theme(), kept.device(), kept.language()) == ("dark", "cpu", "de")
    assert (kept.preview_edge(), kept.live_preview(), kept.colours()) == (512, False, "distinct")
    assert kept.preview_seen() is False
    assert kept.sharpening() == 70


def test_cancelled_settings_change_nothing(empty_window: MainWindow) -> None:
    dialog = empty_window.program.show_settings()
    choose(dialog.theme, "dark")
    choose(dialog.device, "cpu")
    dialog.reject()
    assert Preferences().theme() == "system"
    assert "UNSPOOL_DEVICE" not in os.environ


def test_settings_say_what_this_machine_has(empty_window: MainWindow, qtbot: QtBot) -> None:
    dialog = empty_window.program.show_settings()
    qtbot.waitUntil(lambda: dialog.weights.field.count() > 1, timeout=PATIENCE_MS)
    assert offered(dialog.weights) == {"decomposer-default", "decomposer-fast"}
    assert offered(dialog.guesser) == {
        "", "predictor", "trajectory-linear", "trajectory-quadratic",
    }  # fmt: skip
    assert offered(dialog.tracer) == {"", "trajectory-linear", "trajectory-quadratic"}
    choose(dialog.device, "cpu")
    assert "threads" in dialog.device_note.text()
    choose(dialog.device, "mps")
    assert "Not usable here" in dialog.device_note.text()
    dialog.reject()


def test_a_weights_file_is_only_taken_when_it_makes_films(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = empty_window.program.show_settings()
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"nothing of the kind")
    dialog.weights.check(broken)
    qtbot.waitUntil(lambda: judged(dialog.weights), timeout=PATIENCE_MS)
    assert "broken.safetensors" in dialog.weights.note.text()
    assert dialog.weights.chosen == "decomposer-default"
    own = tmp_path / "own.safetensors"
    shipped = Path(__file__).parents[3] / "weights" / "decomposer-fast.safetensors"
    own.write_bytes(shipped.read_bytes())
    dialog.weights.check(own)
    # Another file is read for another purpose meanwhile.
    dialog.guesser.check(own)
    qtbot.waitUntil(lambda: dialog.weights.chosen == str(own), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: judged(dialog.guesser), timeout=PATIENCE_MS)
    assert "own.safetensors cannot tell what moved" in dialog.guesser.note.text()
    assert dialog.guesser.chosen == ""
    dialog.accept()
    assert Preferences().weights() == str(own)
    assert Preferences().guesser() == ""


def test_weights_for_suggestions_and_trajectories_are_remembered_even_when_they_are_gone(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    own = tmp_path / "reader.safetensors"
    shipped = Path(__file__).parents[3] / "weights" / "trajectory-quadratic.safetensors"
    own.write_bytes(shipped.read_bytes())
    dialog = empty_window.program.show_settings()
    for chooser in (dialog.guesser, dialog.tracer):
        chooser.check(own)
        qtbot.waitUntil(lambda chooser=chooser: chooser.chosen == str(own), timeout=PATIENCE_MS)
    dialog.accept()
    kept = Preferences()
    assert kept.guesser() == kept.tracer() == str(own)
    own.unlink()
    again = empty_window.program.show_settings()
    assert again.guesser.chosen == str(own)
    assert again.guesser.field.currentText() == "reader"
    again.guesser.field.setCurrentIndex(0)
    again.accept()
    assert kept.guesser() == ""
    assert kept.tracer() == str(own)


def test_the_chosen_weights_are_those_of_photos_without_a_project(
    empty_window: MainWindow, open_photo: Callable[[Path], MainWindow], photo: Path
) -> None:
    empty_window.preferences.set_weights("decomposer-fast")
    window = open_photo(photo)
    assert window.editor.document.choices.weights == "decomposer-fast"
    assert not window.editor.dirty
    assert window.film_settings.network.currentData() == "decomposer-fast"


def test_a_device_set_outside_the_program_counts_first(
    empty_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNSPOOL_DEVICE", "cpu")
    assert environment_wins()
    wish_for_device("cuda")
    assert os.environ["UNSPOOL_DEVICE"] == "cpu"
    dialog = empty_window.program.show_settings()
    assert "UNSPOOL_DEVICE=cpu" in dialog.device_note.text()
    dialog.reject()


def test_broken_settings_count_as_never_made(own_home: Path) -> None:
    settings = QSettings()
    for key, value in (
        ("theme", "plaid"),
        ("device", 17),
        ("language", "klingon"),
        ("preview/edge", "huge"),
        ("preview/live", "perhaps"),
        ("preview/seen", "perhaps"),
        ("overlay/opacity", -3),
        ("film/sharpening", "very"),
        ("window/geometry", "nonsense"),
        ("recent", 5),
    ):
        settings.setValue(key, value)
    kept = Preferences()
    assert (kept.theme(), kept.device(), kept.language()) == ("system", "auto", "system")
    assert kept.preview_edge() in PREVIEW_EDGES
    assert kept.live_preview() is True
    assert kept.preview_seen() is True
    assert kept.opacity() == 0
    assert kept.sharpening() == 40
    assert kept.geometry() is None
    kept.set_geometry(QByteArray(b"x"))


def test_a_settings_file_of_garbage_does_not_keep_the_window_from_opening(
    own_home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    file = Preferences().file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(bytes(range(256)) * 40)
    window = MainWindow()
    window.show()
    assert window.isVisible()
    window.close()


def test_settings_that_cannot_be_kept_are_said_so(
    empty_window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(Preferences, "writable", property(lambda self: False))
    dialog = SettingsDialog(empty_window.preferences, empty_window.controller.background.inference)
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.findChildren(type(dialog.device_note))]
    assert any("cannot be kept" in text for text in texts)
    dialog.accept()


def test_the_shortcuts_are_those_of_the_actions_and_can_be_searched(
    empty_window: MainWindow,
) -> None:
    dialog = empty_window.program.show_shortcuts()
    rows = dict(dialog.rows())
    for command in COMMANDS:
        action = empty_window.actions_by_name[command.name]
        words = command.text.replace("&", "").rstrip("…")
        assert words in rows
        if action.shortcut().toString():
            assert any(action.shortcut().toString() in keys for keys in rows.values())
    dialog.filter.setText("ctrl+e")
    assert ("Export film", "Ctrl+E") in dialog.rows()
    assert len(dialog.rows()) < 5
    dialog.filter.setText("number pad 7")
    assert [words for words, _ in dialog.rows()] == ["up-left"]
    dialog.filter.setText("no such command")
    assert not dialog.rows()
    dialog.reject()


def test_about_names_versions_and_copies_them(empty_window: MainWindow) -> None:
    dialog = empty_window.program.show_about()
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert f"Unspool {__version__}" in copied
    assert "torch 2" in copied
    assert "Qt 6" in copied
    dialog.reject()
