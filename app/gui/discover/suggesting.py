"""Fills the strip of suggestions and answers "What is blurred?", from what a network guesses.

Offered only where the weights for it are. Finding is `app.engine.suggest`'s; torch is imported
when somebody asks.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.errors import InputError
from app.gui.discover.discoveries import Discoveries
from app.gui.discover.findings import Suggestion
from app.gui.document import Regions
from app.gui.program.language import direction_words, translate
from app.gui.program.torch_loading import load_torch
from app.gui.worker import Step
from app.guidance.classes import Direction
from app.weights_files import FAST_DECOMPOSER, GUESSERS, named_weights

if TYPE_CHECKING:
    from app.engine.progress import Progress
    from app.guidance.region import Region
    from app.media.photos import Photo

T = TypeVar("T")


def offer_suggestions(discoveries: Discoveries, wish: str = "") -> None:
    """Let people ask for suggestions, if the weights for it are installed or their own.

    `wish` is a name or path of other weights; that they are missing is said when they are used.
    """
    named = named_weights()
    if (wish or named.keys() & set(GUESSERS)) and FAST_DECOMPOSER in named:
        found = PredictedMotion(wish or None, named[FAST_DECOMPOSER])
        discoveries.offer_suggestions(found.suggest)
        discoveries.offer_outlines(found.outline)


class PredictedMotion:
    """Suggestions and outlines of a photo; the methods run off the GUI thread.

    Args:
        guesser: a name or path of weights; None for all of `GUESSERS` that are installed.
        decomposer: the weights that try the suggestions.
    """

    def __init__(self, guesser: str | None, decomposer: Path) -> None:
        self._guesser = guesser
        self._decomposer = decomposer

    def suggest(
        self, photo: Photo, _regions: Regions, step: Step
    ) -> Generator[Suggestion, None, None]:
        """Ways in which the photo may have moved, the likeliest first.

        Raises:
            InputError: nothing seems to have moved.
        """
        step(translate("Suggesting", "Starting the network"), 0, 0)
        load_torch()
        from app.engine.outlines import outlined
        from app.engine.predict import PredictSettings
        from app.engine.suggest import SuggestSettings, suggest

        settings = SuggestSettings(
            predict=PredictSettings(weights=self._guesser),
            film_weights=str(self._decomposer),
        )
        found = _followed(suggest(photo.pixels, settings), step)
        if not found:
            raise _nothing_moves()
        for suggestion in found:
            regions = outlined(suggestion.labels, suggestion.ways, photo.width, photo.height)
            if suggestion.labels.min() == suggestion.labels.max():
                regions = [replace(regions[0], name=translate("Suggesting", "Whole photo"))]
                title = translate("Suggesting", "all {direction}").format(
                    direction=direction_words(regions[0].direction)
                )
                yield Suggestion(tuple(regions), suggestion.frames, title)
                continue
            parts = _named(regions, translate("Suggesting", "Part"))
            yield Suggestion(parts, suggestion.frames, _title(parts))

    def outline(self, photo: Photo, step: Step) -> Regions:
        """Outlines of what is blurred, pointing nowhere yet.

        Raises:
            InputError: nothing seems to be.
        """
        step(translate("Suggesting", "Starting the network"), 0, 0)
        load_torch()
        from app.engine.hypotheses import parts_of
        from app.engine.outlines import outlined
        from app.engine.predict import PredictSettings, predict

        settings = PredictSettings(weights=self._guesser)
        labels = parts_of(_followed(predict(photo.pixels, settings), step))
        if not labels.any():
            raise _nothing_moves()
        undirected = (int(Direction.STATIC),) * int(labels.max())
        regions = outlined(labels, undirected, photo.width, photo.height)
        return _named(regions, translate("Suggesting", "Blurred"))


def _followed(steps: Generator[Progress, None, T], step: Step) -> T:
    """A search's result, its progress reported; cancelled where `step` raises."""
    stages = {
        "load": translate("Suggesting", "Starting the network"),
        "predict": translate("Suggesting", "Looking at the blur"),
        "try": translate("Suggesting", "Trying suggestions"),
    }
    from app.engine.progress import finish

    return finish(steps, lambda at: step(stages[at.stage], at.done, at.total))


def _named(regions: list[Region], word: str) -> Regions:
    return tuple(
        replace(region, name=f"{word} {number}") for number, region in enumerate(regions, start=1)
    )


def _title(regions: Regions) -> str:
    """Which way the largest parts go, e.g. "up-right, down-left …"."""
    words = [direction_words(region.direction) for region in regions]
    return ", ".join(words[:2]) + (" …" if len(words) > 2 else "")


def _nothing_moves() -> InputError:
    return InputError(translate("Suggesting", "Nothing in this photo looks motion-blurred."))
