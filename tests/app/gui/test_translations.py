"""Every word of the window can be translated, and German is complete and up to date."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import string
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.gui.export.export_dialog import readable_bytes
from app.gui.film.film_quality import describe_quality
from app.gui.program import language
from app.gui.program.language import choose_language, decimal, show_language
from app.gui.window import MainWindow

ROOT = Path(__file__).resolve().parents[3]
TRANSLATIONS = ROOT / "resources" / "translations"
SOURCES = sorted((ROOT / "app" / "gui").rglob("*.py"))

# Calls whose texts people read.
_SHOWING = {
    "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QDockWidget",
    "setText", "setToolTip", "setStatusTip", "setWindowTitle", "setAccessibleName", "setSuffix",
    "setAccessibleDescription", "setPlaceholderText", "setTitle", "addItem", "addRow", "addButton",
    "addAction", "addMenu", "setHeaderLabels", "setLabelText", "question", "warning", "information",
    "drawText", "say", "getOpenFileName", "getSaveFileName", "getExistingDirectory", "tell",
    "noticed", "warned",
}  # fmt: skip


def update_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update", TRANSLATIONS / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def messages(words: Path) -> dict[tuple[str, str], list[str]]:
    """Translations by (context, text); several where plurals differ."""
    found = {}
    for context in ElementTree.parse(words).getroot().findall("context"):
        for message in context.findall("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.findall("numerusform")]
            key = (context.findtext("name", ""), message.findtext("source", ""))
            unfinished = translation.get("type") == "unfinished"
            found[key] = [] if unfinished else forms or [translation.text or ""]
    return found


@pytest.mark.parametrize("code", ["de", "en"])
def test_every_text_of_the_window_is_translated(code: str, tmp_path: Path) -> None:
    words = tmp_path / f"unspool_{code}.ts"
    shutil.copy(TRANSLATIONS / words.name, words)
    update_script().collect(words)
    now = messages(words)
    untranslated = [key for key, forms in now.items() if not all(forms) or not forms]
    assert not untranslated, "run resources/translations/update.py and translate these"
    assert now == messages(TRANSLATIONS / words.name), "run resources/translations/update.py"


@pytest.mark.parametrize("code", ["de", "en"])
def test_the_program_reads_what_the_translators_wrote(code: str, qapp: QApplication) -> None:
    compiled = QTranslator()
    assert compiled.load(f"unspool_{code}", str(TRANSLATIONS))
    for (context, text), forms in messages(TRANSLATIONS / f"unspool_{code}.ts").items():
        number = 5 if "%n" in text else -1
        shown = compiled.translate(context, text, "", number)
        assert shown == forms[-1], "run resources/translations/update.py"


def test_translations_keep_placeholders_mnemonics_and_ellipses() -> None:
    for (_, text), forms in messages(TRANSLATIONS / "unspool_de.ts").items():
        for form in forms:
            assert fields(form) == fields(text), f"{text!r} and {form!r} differ in their fields"
            assert ("&" in form) == ("&" in text), f"{text!r} and {form!r} differ in mnemonics"
            assert form.endswith("…") == text.endswith("…"), f"{text!r} and {form!r}"


def fields(text: str) -> set[str]:
    return {f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(text) if name}


def bare_texts(path: Path) -> Iterator[str]:
    """Words in calls that show them, which no translation can reach."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name == "emit" and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else ""
        logged = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "_log"
        if name not in _SHOWING or logged:
            continue
        for argument in node.args:
            parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
            for part in parts:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    words = re.sub(r"<[^>]*>", "", part.value)
                    drawn = name == "drawText" and re.search(r"[A-Za-z]{2,}", words)
                    phrase = re.search(r"[A-Za-z]{2,} |^[A-Z][a-z]+", words)
                    if (drawn or phrase) and words != "Unspool":
                        yield f"{path.name}:{part.lineno}: {part.value!r}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_text_is_shown_past_the_translation(path: Path) -> None:
    assert not list(bare_texts(path)), "show it with self.tr or translate"


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """The program in German, and in English again afterwards."""
    assert show_language(qapp, "de") == "de"
    yield
    show_language(qapp, "en")


def test_the_window_speaks_german(german: None, qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    menus = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert menus[:3] == ["Datei", "Bearbeiten", "Werkzeuge"]
    assert window.actions_by_name["animate"].text() == "&Animieren"
    assert "Strg+" in window.actions_by_name["save"].toolTip()
    dialog = window.program.show_settings()
    assert dialog.windowTitle() == "Einstellungen"
    dialog.reject()
    window.controller.stop()
    window.safety.stop()


def test_one_region_and_several_have_their_own_words(
    german: None, qapp: QApplication, qtbot: QtBot
) -> None:
    words = qapp.translate
    assert words("RecoveryDialog", "%n region(s)", "", 1) == "Ein Bereich"
    assert words("RecoveryDialog", "%n region(s)", "", 3) == "3 Bereiche"
    show_language(qapp, "en")
    assert words("RecoveryDialog", "%n region(s)", "", 1) == "1 region"
    assert words("RecoveryDialog", "%n region(s)", "", 3) == "3 regions"


@pytest.mark.parametrize("code", ["de", "en"])
def test_no_menu_offers_one_letter_twice(code: str, qapp: QApplication, qtbot: QtBot) -> None:
    show_language(qapp, code)
    try:
        window = MainWindow()
        qtbot.addWidget(window)
        bars = [window.menuBar(), *window.menuBar().findChildren(QMenu)]
        for menu in bars:
            letters = [
                match[1].casefold()
                for action in menu.actions()
                if (match := re.search(r"&(\w)", action.text()))
            ]
            twice = {letter for letter in letters if letters.count(letter) > 1}
            texts = [
                a.text()
                for a in menu.actions()
                if any(f"&{t}" in a.text().casefold() for t in twice)
            ]
            assert not twice, f"{texts}"
        window.controller.stop()
        window.safety.stop()
    finally:
        show_language(qapp, "en")


@pytest.mark.parametrize(
    ("wish", "system", "shown"),
    [
        ("de", ["en-US"], "de"),
        ("en", ["de-DE"], "en"),
        ("system", ["de-AT", "de"], "de"),
        ("system", ["fr-FR", "de"], "de"),
        ("system", ["fr-FR", "ja"], "en"),
        ("klingon", ["de"], "en"),
    ],
)
def test_the_language_follows_the_wish_or_the_system(
    wish: str, system: list[str], shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class System:
        def uiLanguages(self) -> list[str]:
            return system

    class Locale(QLocale):
        system = staticmethod(lambda: System())

    monkeypatch.setattr(language, "QLocale", Locale)
    assert choose_language(wish) == shown


def test_direction_words_are_translated(german: None) -> None:
    from app.guidance.classes import Direction

    words: Callable[[Direction], str] = language.direction_words
    assert words(Direction.UP_RIGHT) == "rechts oben"


def test_numbers_are_written_as_the_language_writes_them(qapp: QApplication, german: None) -> None:
    assert describe_quality(31.04) == "ergibt gemittelt das Foto auf 31,0 dB, 2,8 % daneben"
    assert readable_bytes(1_240_000) == "1,2 MB"
    assert readable_bytes(31_250_000_000) == "31 GB"
    assert [decimal(value, None) for value in (12.0, 23.98, 0.75)] == ["12", "23,98", "0,75"]
    assert decimal(12_345.6) == "12345,6"
    show_language(qapp, "en")
    assert decimal(1.25, None) == "1.25"
