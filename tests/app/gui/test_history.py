"""Undo and redo of any sequence of edits, against a plain model that keeps every state."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtWidgets import QApplication

from app.gui import document as edits
from app.gui.commands import new_gesture
from app.gui.document import Document, Regions
from app.gui.drawing import strokes
from app.gui.drawing.stroke_values import STROKE_TOOLS
from app.gui.editor import Editor
from app.guidance.classes import Direction
from app.media.photos import Photo

WIDTH, HEIGHT = 100, 80
coordinates = st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT))


class History(RuleBasedStateMachine):
    """The model: a list of region values, a place in it, and the place that was saved."""

    def __init__(self) -> None:
        super().__init__()
        self.editor = Editor()
        pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        self.editor.show_document(Document(Photo(pixels, Path("photo.png"), 8)))
        self.states: list[Regions] = [()]
        self.now = 0
        self.saved: int | None = 0

    def edited(self) -> None:
        """Note what an edit did: it is a new state, and redo is forgotten."""
        if self.editor.regions == self.states[self.now]:
            return
        if self.saved is not None and self.saved > self.now:
            self.saved = None
        self.states = [*self.states[: self.now + 1], self.editor.regions]
        self.now += 1

    @rule(x=st.integers(0, 60), y=st.integers(0, 40), side=st.integers(5, 30))
    def outline(self, x: int, y: int, side: int) -> None:
        count = len(self.editor.regions)
        self.editor.add_outline(((x, y), (x + side, y), (x + side, y + side)))
        assert len(self.editor.regions) == count + 1
        self.edited()

    @rule()
    def whole_photo(self) -> None:
        self.editor.add_whole_photo()
        self.edited()

    @precondition(lambda self: self.editor.regions)
    @rule(choice=st.integers(0, 99))
    def select(self, choice: int) -> None:
        self.editor.select(choice % len(self.editor.regions))

    @rule(choices=st.sets(st.integers(0, 5), max_size=4))
    def select_several(self, choices: set[int]) -> None:
        self.editor.select_many(choices)

    @rule()
    def duplicate(self) -> None:
        if len(self.editor.regions) < 12:
            self.editor.duplicate_selected()
            self.edited()

    @rule(lock=st.booleans())
    def hide_or_lock(self, lock: bool) -> None:
        if lock:
            self.editor.toggle_locked()
        else:
            self.editor.toggle_hidden()
        self.edited()

    @rule(places=st.lists(coordinates, min_size=1, max_size=4), tool=st.sampled_from(STROKE_TOOLS))
    def draw(self, places: list[tuple[float, float]], tool: str) -> None:
        stroke = strokes.begin(tool, places[0], 8.0, 6.0, cut=False)
        for place in places[1:]:
            stroke = stroke.to(place, even=False)
        if tool != "smart":
            strokes.finish(stroke, self.editor)
        self.edited()

    @rule(direction=st.sampled_from(Direction))
    def point(self, direction: Direction) -> None:
        self.editor.set_direction(direction)
        self.edited()

    @rule(step=st.integers(-2, 2))
    def reorder(self, step: int) -> None:
        if step:
            self.editor.reorder_selected(step)
            self.edited()

    @rule()
    def delete(self) -> None:
        self.editor.delete_selected()
        self.edited()

    @precondition(lambda self: self.editor.only_selected is not None)
    @rule(places=st.lists(coordinates, min_size=1, max_size=4), vertex=st.integers(0, 99))
    def drag_vertex(self, places: list[tuple[float, float]], vertex: int) -> None:
        index = self.editor.only_selected
        assert index is not None
        region, gesture = self.editor.regions[index], new_gesture()
        for place in places:
            moved = edits.move_vertex(region, 0, vertex % len(region.rings[0]), place)
            self.editor.update_region("Move point", index, moved, gesture)
        self.edited()

    @precondition(lambda self: self.editor.only_selected is not None)
    @rule(vertex=st.integers(0, 99))
    def delete_vertex(self, vertex: int) -> None:
        index = self.editor.only_selected
        assert index is not None
        region = self.editor.regions[index]
        fewer = edits.delete_vertex(region, 0, vertex % len(region.rings[0]))
        self.editor.update_region("Delete point", index, fewer)
        self.edited()

    @rule()
    def undo(self) -> None:
        self.editor.stack.undo()
        self.now = max(self.now - 1, 0)

    @rule()
    def redo(self) -> None:
        self.editor.stack.redo()
        self.now = min(self.now + 1, len(self.states) - 1)

    @rule()
    def save(self) -> None:
        assert self.editor.document is not None
        self.editor.mark_saved(self.editor.document)
        self.saved = self.now

    @invariant()
    def the_regions_are_those_of_the_model(self) -> None:
        assert self.editor.regions == self.states[self.now]

    @invariant()
    def the_selection_exists(self) -> None:
        selection = self.editor.selection
        assert len(set(selection)) == len(selection)
        assert all(0 <= index < len(self.editor.regions) for index in selection)

    @invariant()
    def undo_and_redo_are_offered_when_there_is_something(self) -> None:
        assert self.editor.stack.canUndo() == (self.now > 0)
        assert self.editor.stack.canRedo() == (self.now < len(self.states) - 1)

    @invariant()
    def the_document_is_dirty_unless_it_stands_where_it_was_saved(self) -> None:
        assert self.editor.dirty == (self.saved != self.now)


def test_any_sequence_of_edits_can_be_undone_and_redone(qapp: QApplication) -> None:
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


def test_a_changed_render_setting_makes_the_document_dirty(qapp: QApplication) -> None:
    editor = Editor()
    photo = Photo(np.zeros((HEIGHT, WIDTH, 3), np.uint8), Path("photo.png"), 8)
    document = Document(photo)
    editor.show_document(document)
    assert not editor.dirty
    editor.set_choices(edits.RenderChoices(frames=5))
    assert editor.dirty
    editor.set_choices(document.choices)
    assert not editor.dirty


@pytest.mark.parametrize("again", [False, True])
def test_a_drag_after_a_save_is_a_step_of_its_own(qapp: QApplication, again: bool) -> None:
    editor = Editor()
    photo = Photo(np.zeros((HEIGHT, WIDTH, 3), np.uint8), Path("photo.png"), 8)
    editor.show_document(Document(photo))
    editor.add_whole_photo()
    gesture = new_gesture()
    moved = edits.move_vertex(editor.regions[0], 0, 0, (3.0, 3.0))
    editor.update_region("Move point", 0, moved, gesture)
    assert editor.document is not None
    editor.mark_saved(editor.document)
    saved = editor.regions
    if again:
        gesture = new_gesture()
    editor.update_region("Move point", 0, edits.move_vertex(moved, 0, 0, (9.0, 9.0)), gesture)
    assert editor.dirty
    editor.stack.undo()
    assert editor.regions == saved
    assert not editor.dirty
