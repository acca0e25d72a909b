"""What the engine and the like say in English is told in the language of the window."""

from __future__ import annotations

import errno
import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import atomic
from app.errors import InputError, RunError
from app.gui.folder.folder_reports import ProblemsDialog
from app.gui.program.language import show_language
from app.gui.program.sentences import CONTEXT, Sentences, fill, shipped_templates, told
from app.gui.window import MainWindow
from app.project.document import SCHEMA_VERSION, VERSION_KEY, load_project
from resources.translations.gathering import QUOTED, sentences

ROOT = Path(__file__).resolve().parents[3]
TRANSLATIONS = ROOT / "resources" / "translations"
TEMPLATES = shipped_templates()
PATIENCE_MS = 60_000

IN_GERMAN = {
    message.findtext("source", ""): message.findtext("translation", "")
    for context in ElementTree.parse(TRANSLATIONS / "unspool_de.ts").getroot().findall("context")
    if context.findtext("name") == CONTEXT
    for message in context.findall("message")
}

# A path or a number: no piece of a template stands in it.
names = st.from_regex(r"[0-9ÄÖ_/x-]{1,12}", fullmatch=True)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """The program in German, and in English again afterwards."""
    assert show_language(qapp, "de") == "de"
    yield
    show_language(qapp, "en")


def holes(text: str) -> Counter[str]:
    return Counter(re.findall(r"%\d", text))


def test_the_templates_are_those_of_the_source() -> None:
    assert sentences(ROOT) == TEMPLATES, "run resources/translations/update.py"


def test_every_template_has_a_german_translation_with_the_same_holes() -> None:
    assert set(IN_GERMAN) == set(TEMPLATES)
    for english, german in IN_GERMAN.items():
        assert holes(german) == holes(english), f"{english!r} and {german!r}"
        assert english.endswith(".") == german.endswith("."), f"{english!r} and {german!r}"


def test_no_error_is_shown_past_the_translation() -> None:
    for path in (ROOT / "app" / "gui").rglob("*.py"):
        # What nobody foresaw is shown with its traceback, to be copied into a report.
        if path.name != "error_dialog.py":
            bare = re.findall(r"str\(error\)|error=error\b", path.read_text(encoding="utf-8"))
            assert not bare, f"{path}: show it with told(error)"


@given(data=st.data(), template=st.sampled_from(TEMPLATES))
def test_a_filled_template_becomes_the_filled_translation(
    data: st.DataObject, template: str
) -> None:
    filling = [data.draw(names) for _ in holes(template)]
    sentence = Sentences(TEMPLATES).told(fill(template, filling), IN_GERMAN.__getitem__)
    assert sentence == fill(IN_GERMAN[template], filling)


@given(inner=st.sampled_from([t for t in TEMPLATES if t.endswith(".")]), data=st.data())
def test_a_sentence_within_a_sentence_is_told_too(inner: str, data: st.DataObject) -> None:
    filling = [data.draw(names) for _ in holes(inner)]
    told = Sentences(["regions[%1] of %2 fail: %3", *TEMPLATES]).told(
        fill("regions[%1] of %2 fail: %3", ["1", "x", fill(inner, filling)]),
        {"regions[%1] of %2 fail: %3": "%3 (%2, %1)", **IN_GERMAN}.__getitem__,
    )
    assert told == f"{fill(IN_GERMAN[inner], filling)} (x, 1)"


@given(text=st.text(max_size=60))
def test_what_is_not_known_stays_as_it_is(text: str) -> None:
    assert Sentences(["Cannot read %1: it is %2 bytes."]).told(text, str.upper) == text


def test_a_long_report_of_a_library_is_given_up_soon() -> None:
    asked = []
    report = "odd: " * 2000 + "end."
    assert Sentences(TEMPLATES).told(report, lambda text: asked.append(text) or "") == report
    assert not asked


@pytest.mark.parametrize(
    ("english", "german"),
    [
        (
            "Cannot read /tmp/a: b.png: the file is empty.",
            "/tmp/a: b.png kann nicht gelesen werden: Die Datei ist leer.",
        ),
        (
            "Cannot read the clip in /tmp/phone.jpg: there is no frame in it.",
            "Der Clip in /tmp/phone.jpg kann nicht gelesen werden: Es ist kein Bild darin.",
        ),
        (
            "The device 'cuda' cannot be used here: this torch is built without CUDA.",
            "Das Gerät „cuda“ ist hier nicht nutzbar: dieses torch ist ohne CUDA gebaut.",
        ),
        (
            "/tmp/a.png: Region 2 encloses no area.",
            "/tmp/a.png: Der Bereich 2 umschließt keine Fläche.",
        ),
        # A folder and a file may be called like a stage of a film.
        (
            "Cannot read 4 threads: it is a folder.",
            "4 threads kann nicht gelesen werden: Das ist ein Ordner.",
        ),
        (
            "Cannot save /tmp/a.json: /tmp/b.png is not a PNG image.",
            "/tmp/a.json kann nicht gespeichert werden: /tmp/b.png ist kein PNG-Bild.",
        ),
        (
            "Resizing holds no photos.",
            "Resizing enthält keine Fotos.",
        ),
        # What the system says is not ours.
        (
            "Cannot write /tmp/a.png: Input/output error.",
            "/tmp/a.png kann nicht geschrieben werden: Input/output error.",
        ),
        ("Something else went wrong.", "Something else went wrong."),
    ],
)
def test_german_sentences(german: str, english: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("qapp")
    application = QCoreApplication.instance()
    assert application is not None
    try:
        show_language(application, "de")
        assert told(InputError(english)) == german
        show_language(application, "en")
        assert told(RunError(english)) == english
    finally:
        show_language(application, "en")


@pytest.mark.parametrize(
    ("keys", "value", "why"),
    [
        (("photo", "width"), 0, "photo.width: Der Wert muss mindestens 1 sein."),
        (("photo", "path"), "a\0b", "photo.path: ein Pfad kann kein Nullzeichen enthalten."),
        (("regions",), {}, "regions: Nötig ist eine Liste."),
        (("render", "loop"), "ever", "render.loop: Möglich ist nur 'loop', 'once' or 'pingpong'."),
        (("photo", "sha256"), "a", "photo.sha256: Der Text muss dem Muster "),
    ],
)
def test_a_wrong_field_of_a_project_is_explained_in_german(
    german: None, tmp_path: Path, keys: tuple[str, ...], value: object, why: str
) -> None:
    shipped = ROOT / "resources" / "samples" / "cat.unspool.json"
    place = content = json.loads(shipped.read_text(encoding="utf-8"))
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    path = tmp_path / "cat.unspool.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_project(path)
    assert told(caught.value).startswith(f"{path}: {why}")


def test_a_project_cut_short_is_explained_in_german(german: None, tmp_path: Path) -> None:
    path = tmp_path / "cat.unspool.json"
    path.write_text('{"schema_version": 1,', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_project(path)
    sentence = f"{path} ist kein gültiges JSON: ein Name in Anführungszeichen fehlt (Zeile 1, "
    assert told(caught.value).startswith(sentence)


def test_gathering_follows_a_message_back_to_its_texts(tmp_path: Path) -> None:
    source = tmp_path / "app"
    files = {
        "gui/window.py": "from app.engine import run\n",
        "gui/program/bench.py": "import app.training.fit\n",
        "training/fit.py": "raise InputError('No photos to fit.')\n",
        "engine/run.py": """
from app.media.reading import explain
def run(path, key, count, steps):
    what = f"the weights file {path}" if count else "the weights"
    for step in steps:
        step("Warming up", 0, 1)
    if count:
        raise InputError(f"Cannot find {what} ({count:.1f} of {key!r}): {_reason(path)}.")
    raise explain(path, "write")
def _reason(path):
    return "it is gone" if path else str(path)
""",
        "media/reading.py": '''
def explain(path, doing):
    """Explains."""
    return RunError(f"Cannot {doing} {path}" + ".")
def read(path, text):
    explain(path, "read")
    raise UnspoolError(text)
''',
    }
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    assert [text for text in sentences(tmp_path) if text not in QUOTED] == [
        "Cannot find the weights (%1 of %2): %3.",
        "Cannot find the weights (%1 of %2): it is gone.",
        "Cannot find the weights file %1 (%2 of %3): %4.",
        "Cannot find the weights file %1 (%2 of %3): it is gone.",
        "Cannot read %1.",
        "Cannot write %1.",
        "Warming up",
    ]


def test_a_broken_photo_is_explained_in_german(
    german: None, empty_window: MainWindow, photo: Path, qtbot: QtBot
) -> None:
    photo.write_bytes(photo.read_bytes()[:200])
    with qtbot.waitSignal(empty_window.controller.failed, timeout=PATIENCE_MS):
        empty_window.open_path(photo)
    sentence = f"{photo} kann nicht gelesen werden: Das Bild ist beschädigt oder abgeschnitten."
    assert empty_window.banner.text == sentence


def test_a_project_of_a_newer_program_is_explained_in_german(
    german: None, photo: Path, open_photo: Callable[[Path], MainWindow]
) -> None:
    newer = {VERSION_KEY: SCHEMA_VERSION + 1}
    project = photo.with_name("photo.unspool.json")
    project.write_text(json.dumps(newer), encoding="utf-8")
    window = open_photo(photo)
    assert window.banner.text == (
        f"{project} wurde von einem neueren Unspool gespeichert "
        f"(Projektversion {SCHEMA_VERSION + 1}, dieses Programm liest sie bis {SCHEMA_VERSION}). "
        "Das Foto wurde ohne diese Datei geöffnet."
    )


def test_missing_weights_are_explained_in_german(
    german: None, square: MainWindow, qtbot: QtBot
) -> None:
    document = square.editor.document
    assert document is not None
    square.editor.set_choices(replace(document.choices, weights="no-such-weights"))
    with qtbot.waitSignal(square.controller.failed, timeout=PATIENCE_MS):
        square.film_settings.animate_button.click()
    start = "Gewichte namens „no-such-weights“ sind nicht zu finden (mit Namen gibt es: "
    assert square.banner.text.startswith(start)


def test_a_full_disk_is_explained_in_german(
    german: None, square: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "_flush_to_disk", full)
        assert not square.controller.save(tmp_path / "a.unspool.json")
    path = tmp_path / "a.unspool.json"
    assert square.banner.text == (
        f"{path} kann nicht geschrieben werden: Der Datenträger ist voll."
    )


def test_a_file_in_the_place_of_a_folder_is_explained_in_german(
    german: None, square: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "guidance.png"
    assert not square.controller.export_guidance(path)
    assert square.banner.text == (
        f"{path} kann nicht geschrieben werden: Eine Datei steht, wo ein Ordner nötig ist."
    )


def test_the_report_on_a_folder_is_german(german: None, qtbot: QtBot) -> None:
    dialog = ProblemsDialog("", "", ("/tmp/a.json is not UTF-8 text.", "/tmp/b.png: odd."))
    qtbot.addWidget(dialog)
    assert dialog.problems.toPlainText() == "/tmp/a.json ist kein UTF-8-Text.\n/tmp/b.png: odd."
