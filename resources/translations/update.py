"""Brings the translations up to date with the window: `python resources/translations/update.py`.

New texts appear as "unfinished" in the `.ts` files, to be translated with Qt Linguist or an editor;
run it again afterwards, so that the `.qm` files, which the program reads, follow.

Sentences of the engine and the like, which know no languages, have the context "Sentence"; %1, %2
and so on stand for what a run fills in. Which modules count is said in `gathering`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import PySide6

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LANGUAGES = ("de", "en")
SENTENCES = HERE / "sentences.json"
"""By these the program recognises the sentences that it translates."""


def main() -> int:
    """Update every language; returns the number of texts that wait for a translation."""
    waiting = 0
    templates = json.dumps(gathered_sentences(), ensure_ascii=False, indent=1)
    SENTENCES.write_text(f"{templates}\n", encoding="utf-8")
    for language in LANGUAGES:
        words = HERE / f"unspool_{language}.ts"
        collect(words)
        release(words, words.with_suffix(".qm"))
        unfinished = words.read_text(encoding="utf-8").count('type="unfinished"')
        print(f"{words.name}: {unfinished} waiting for a translation")
        waiting += unfinished
    return waiting


def gathered_sentences() -> list[str]:
    """The sentences of the engine and the like that may reach the window, with their holes."""
    sys.path.insert(0, str(ROOT))
    from resources.translations.gathering import sentences

    return sentences(ROOT)


def collect(words: Path) -> None:
    """Take the texts of the window over into a `.ts` file; translations of old texts stay."""
    english = words.stem.endswith("_en")
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables.py"
        tables.write_text("".join(_calls_for_tables()), encoding="utf-8")
        sources = sorted(ROOT.glob("app/gui/**/*.py"))
        run_tool(
            "lupdate",
            # Texts in tables stand in calls of `app.gui.program.language.marked`.
            *("-tr-function-alias", "QT_TRANSLATE_NOOP+=marked"),
            *("-silent", "-no-obsolete", "-locations", "none", "-sort-messages"),
            # The source is English: only plural forms need words of their own.
            *(("-pluralonly",) if english else ()),
            *map(str, sources),
            str(tables),
            *("-source-language", "en", "-ts", str(words)),
        )


def release(words: Path, compiled: Path) -> None:
    """Compile a `.ts` file to the `.qm` file that the program reads."""
    run_tool("lrelease", "-silent", str(words), "-qm", str(compiled))


def run_tool(name: str, *arguments: str) -> None:
    """Run one of Qt's own tools, which come with PySide6."""
    folder = Path(PySide6.__file__).parent
    tool = folder / (f"{name}.exe" if os.name == "nt" else name)
    subprocess.run([str(tool), *arguments], check=True)


def _calls_for_tables() -> Iterator[str]:
    """The texts of tables, which stand in no call, as calls that lupdate finds."""
    sys.path.insert(0, str(ROOT))
    from app.gui.actions import COMMANDS
    from app.guidance.classes import Direction

    for command in COMMANDS:
        for text in (command.text, *command.menu.split("/"), command.tip):
            if text:
                yield f'translate("Command", {text!r})\n'
    for sentence in gathered_sentences():
        yield f'translate("Sentence", {sentence!r})\n'
    for direction in Direction:
        yield f'translate("Direction", {direction.long_name!r})\n'


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
