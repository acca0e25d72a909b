"""Says in the language of the window what other parts of the program say in English.

The engine, the reading of files and the like know no languages: they raise errors that are English
sentences. Their templates lie in `resources/translations/sentences.json`, gathered from the source
by `resources/translations/update.py`; a sentence is recognised by its template, and what stands in
the holes is put into the translation of the template. A sentence that is not known stays English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from itertools import islice

from app.assets import resources_dir
from app.gui.program.language import SHIPPED, shown_language, translate

CONTEXT = "Sentence"
"""Where the templates stand in the `.ts` files."""

_HOLE = re.compile(r"%(\d)")
_MOST_CUTS = 5
"""Names rarely hold a colon and a space; the reports of libraries may hold hundreds."""


def told(sentence: object) -> str:
    """What an error or a sentence in English says, in the language of the window.

    A quick look where the window is English; safe on any thread.
    """
    text = str(sentence)
    if not text or shown_language() == SHIPPED[0]:
        return text
    return _shipped().told(text, lambda template: translate(CONTEXT, template))


def shipped_templates() -> list[str]:
    """The templates of all sentences that the window may have to tell."""
    path = resources_dir() / "translations" / "sentences.json"
    templates: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return templates


class Template:
    """A sentence with holes %1, %2 … in this order, each of which may hold anything."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = _HOLE.split(text)[::2]
        self._pattern: re.Pattern[str] | None = None

    @property
    def sureness(self) -> tuple[bool, int]:
        """The greater, the less a match is by chance: more of the characters are our own.

        A template that begins with a hole comes after all others: the beginning of a sentence that
        quotes another one would fit into the hole.
        """
        return self.pieces[0] != "", sum(map(len, self.pieces))

    def holes_in(self, sentence: str) -> tuple[str, ...] | None:
        """What stands in the holes if the sentence is made from this template, else None."""
        if not self._may_fit(sentence):
            return None
        if self._pattern is None:
            middle = "(.*?)".join(map(re.escape, self.pieces))
            self._pattern = re.compile(middle, re.DOTALL)
        found = self._pattern.fullmatch(sentence)
        return found.groups() if found else None

    def _may_fit(self, sentence: str) -> bool:
        """Whether all pieces are there, one after the other: quick, and no pattern can be slow."""
        if not (sentence.startswith(self.pieces[0]) and sentence.endswith(self.pieces[-1])):
            return False
        at = 0
        for piece in self.pieces:
            at = sentence.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        return True


class Sentences:
    """Recognises sentences by their templates, and tells them in another language."""

    def __init__(self, templates: list[str]) -> None:
        self._whole = {text for text in templates if not _HOLE.search(text)}
        holed = [Template(text) for text in templates if text not in self._whole]
        self._templates = sorted(holed, key=lambda template: template.sureness, reverse=True)
        # "the clip in %1": a part of sentences, which cannot be mistaken for a name.
        self._phrases = [template for template in holed if template.pieces[0][:1].islower()]

    def told(self, sentence: str, translated: Callable[[str], str]) -> str:
        """The sentence in another language, or as it is where no template fits.

        Args:
            sentence: what was said in English.
            translated: answers with the translation of a template.
        """
        told = self._matched(sentence, translated)
        # A file's name may stand before a sentence that does not name it.
        for cut in islice(re.finditer(": ", sentence), _MOST_CUTS):
            if told is not None:
                break
            rest = self._matched(sentence[cut.end() :], translated)
            told = None if rest is None else sentence[: cut.end()] + rest
        return sentence if told is None else told

    def _matched(self, sentence: str, translated: Callable[[str], str]) -> str | None:
        """The whole sentence by its template, None where no template fits."""
        if sentence in self._whole:
            return translated(sentence)
        if sentence.endswith(".") and sentence[:-1] in self._whole:
            return f"{translated(sentence[:-1])}."
        for template in self._templates:
            holes = template.holes_in(sentence)
            if holes is not None:
                filled = [
                    self._told_within(hole, translated, ends=after.startswith("."))
                    for hole, after in zip(holes, template.pieces[1:], strict=True)
                ]
                return fill(translated(template.text), filled)
        return None

    def _told_within(
        self, hole: str, translated: Callable[[str], str], *, ends: bool = False
    ) -> str:
        """A hole may hold a sentence or a reason, but most hold names, which stay as they are.

        `ends` says that the full stop of the hole's sentence, if it is one, follows the hole.
        """
        is_reason = hole in self._whole and " " in hole
        is_phrase = any(template.holes_in(hole) for template in self._phrases)
        if is_reason or is_phrase or hole.endswith("."):
            return self.told(hole, translated)
        if ends:
            return self.told(f"{hole}.", translated).removesuffix(".")
        return hole


def fill(template: str, holes: list[str]) -> str:
    """A template with its holes filled; it may name them in any order."""
    return _HOLE.sub(lambda found: holes[int(found.group(1)) - 1], template)


@cache
def _shipped() -> Sentences:
    return Sentences(shipped_templates())
