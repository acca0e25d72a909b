"""The open document with its selection and its history: every edit of the window goes through here.

Files, films and threads are the controller's; widgets only listen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from app.errors import InputError
from app.gui import document as edits
from app.gui.commands import ChangeRegions, ChangeRemarks, Remarks, State
from app.gui.document import Document, Point, Regions, RenderChoices
from app.guidance.classes import Direction
from app.guidance.region import Region, Vector, whole_photo


class Editor(QObject):
    """Holds the document and turns gestures into undoable commands."""

    document_replaced = Signal()
    regions_changed = Signal()
    selection_changed = Signal()
    direction_changed = Signal()
    choices_changed = Signal()
    remarks_changed = Signal()
    saved_changed = Signal()
    history_changed = Signal()
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.cleanChanged.connect(self._clean_changed)
        # By way of this object: a dying stack reports once more, when its listeners cannot ask it.
        self.stack.indexChanged.connect(self._index_changed)
        self._document: Document | None = None
        self._selection: tuple[int, ...] = ()
        self._next_direction = Direction.UP_RIGHT
        self._saved_choices = RenderChoices()

    def __del__(self) -> None:
        # When Python collects an editor, a window or a test at once with the commands on the stack,
        # the stack would delete commands that are gone already, and the program would crash.
        with suppress(RuntimeError, AttributeError):  # Qt may have deleted the stack before
            self.stack.blockSignals(True)
            self.stack.clear()

    @property
    def document(self) -> Document | None:
        """The open document, or None on the welcome screen."""
        return self._document

    @property
    def regions(self) -> Regions:
        """Regions in painting order; empty without a document."""
        return self._document.regions if self._document else ()

    @property
    def selection(self) -> tuple[int, ...]:
        """Indexes of the selected regions in the order in which they were selected."""
        return self._selection

    @property
    def selected(self) -> int | None:
        """Index of the region selected last: the one that panels speak about."""
        return self._selection[-1] if self._selection else None

    @property
    def only_selected(self) -> int | None:
        """Index of the selected region when there is just one: the one that can be reshaped."""
        return self._selection[0] if len(self._selection) == 1 else None

    @property
    def direction(self) -> Direction:
        """Direction of the selected region, or the one that the next new region gets."""
        if self.selected is not None:
            return self.regions[self.selected].direction
        return self._next_direction

    @property
    def next_direction(self) -> Direction:
        """The direction that the next new region gets."""
        return self._next_direction

    @property
    def dirty(self) -> bool:
        """Whether there is work that Save would write."""
        if self._document is None or self.read_only:
            return False
        return not self.stack.isClean() or self._document.choices != self._saved_choices

    @property
    def read_only(self) -> bool:
        """Whether the open document cannot be edited; edits are then ignored."""
        return self._document is not None and bool(self._document.read_only)

    def allow_editing(self) -> None:
        """Make a read-only document one that can be edited, and saved elsewhere."""
        if self._document is not None and self.read_only:
            self.show_document(replace(self._document, read_only=""))

    def show_document(self, document: Document | None, *, unsaved: bool = False) -> None:
        """Replace the open document and forget the history; `unsaved` marks it as dirty."""
        self._document = document
        self._selection = ()
        self._saved_choices = document.choices if document else RenderChoices()
        self.stack.clear()
        if unsaved:
            self.stack.resetClean()
        self.document_replaced.emit()
        self.regions_changed.emit()
        self.selection_changed.emit()
        self.direction_changed.emit()
        self.choices_changed.emit()
        self.remarks_changed.emit()
        self.saved_changed.emit()

    def mark_saved(self, document: Document) -> None:
        """Note that `document`, the present one with its new project path, now stands on disk."""
        self._document = document
        self._saved_choices = document.choices
        self.stack.setClean()
        self.saved_changed.emit()

    def select(self, index: int | None) -> None:
        """Select one region by its index, or none."""
        self.select_many(() if index is None else (index,))

    def select_many(self, indexes: Iterable[int]) -> None:
        """Select regions by their indexes; the last one is the one that panels speak about."""
        chosen = tuple(i for i in dict.fromkeys(indexes) if 0 <= i < len(self.regions))
        if chosen != self._selection:
            self._selection = chosen
            self.selection_changed.emit()
            self.direction_changed.emit()

    def toggle_selected(self, index: int) -> None:
        """Add a region to the selection, or take it out."""
        others = tuple(i for i in self._selection if i != index)
        self.select_many(others if index in self._selection else (*others, index))

    def select_all(self) -> None:
        """Select every region that is not hidden from view."""
        self.select_many(i for i, region in enumerate(self.regions) if not region.hidden)

    def set_choices(self, choices: RenderChoices) -> None:
        """Change how the next film is made; not part of the undo history, but saved."""
        if self._document and choices != self._document.choices:
            self._document = replace(self._document, choices=choices)
            self.choices_changed.emit()
            self.saved_changed.emit()

    def set_done(self, done: bool) -> None:
        """Call the annotation of the photo finished or not, as one step of the history."""
        title = self.tr("Mark as done") if done else self.tr("Mark as not done")
        self._remark(title, replace(self._remarks, done=done))

    def set_note(self, note: str, gesture: int | None = None) -> None:
        """Write about the photo; what is typed in the same `gesture` is one step of the history."""
        self._remark(self.tr("Write note"), replace(self._remarks, note=note), gesture)

    def add_outline(self, points: tuple[Point, ...]) -> None:
        """Make a closed outline a region of the last used direction and select it.

        A self-crossing outline is mended, which may give several regions; one that encloses nothing
        is refused with a sentence.
        """
        if self._document is None:
            return
        # Shapely is only needed once something has been drawn.
        from app.guidance.repair import repaired

        drawn = Region(self._next_direction, (points,), edits.fresh_name(self.regions))
        try:
            parts = repaired(drawn, self._document.width, self._document.height)
        except InputError as error:
            self.refused.emit(error)
            return
        regions = self.regions
        for part in parts:
            if part is not parts[0]:
                part = replace(part, name=edits.fresh_name(regions))
            regions = (*regions, part)
        self.change(self.tr("Outline region"), regions, len(regions) - 1)

    def add_whole_photo(self) -> None:
        """Cover the whole photo with one region, below the others so that they keep their say."""
        if self._document is None:
            return
        whole = whole_photo(
            self._document.width,
            self._document.height,
            self._next_direction,
            self.tr("Whole photo"),
        )
        self.change(self.tr("Whole photo moves"), edits.insert_region(self.regions, 0, whole), 0)

    def delete_selected(self) -> None:
        """Delete the selected regions except locked ones."""
        doomed = [i for i in self._selection if not self.regions[i].locked]
        if doomed:
            self.change(
                self.tr("Delete region") if len(doomed) == 1 else self.tr("Delete regions"),
                edits.remove_many(self.regions, doomed),
                None,
            )

    def duplicate_selected(self) -> None:
        """Put a copy of every selected region in front, a little aside, and select the copies."""
        if self._document is None or not self._selection:
            return
        originals = [self.regions[i] for i in sorted(self._selection)]
        width, height = self._document.width, self._document.height
        aside = max(width, height) / 40
        copies = edits.move_together(originals, aside, aside, width, height)
        if copies == originals:
            copies = edits.move_together(originals, -aside, -aside, width, height)
        regions = self.regions
        for copy in copies:
            regions = (*regions, replace(copy, name=edits.fresh_name(regions), locked=False))
        first = len(self.regions)
        self.change(
            self.tr("Duplicate region") if len(copies) == 1 else self.tr("Duplicate regions"),
            regions,
            tuple(range(first, len(regions))),
        )

    def set_direction(self, direction: Direction) -> None:
        """Point the selected regions (and every new one) in `direction`."""
        self._next_direction = direction
        self.update_many(
            self.tr("Set direction"),
            {i: self.regions[i].pointed(direction) for i in self._selection},
        )
        self.direction_changed.emit()

    def set_displacement(self, displacement: Vector) -> None:
        """Say from where to where the selected regions' things moved, in photo pixels (x, y)."""
        self._next_direction = Direction.from_vector(*displacement)
        changed = {i: self.regions[i].displaced(displacement) for i in self._selection}
        self.update_many(self.tr("Say how far"), changed)
        self.direction_changed.emit()

    def set_distance(
        self, distance: float, way_of: Callable[[int], Vector | None] = lambda _: None
    ) -> None:
        """Say how many pixels the selected regions' things moved; 0 forgets it.

        Those of which nobody has said the way go that of `way_of`, which gets a region's index.
        """
        changed = {i: self.regions[i].at_distance(distance, way_of(i)) for i in self._selection}
        self.update_many(self.tr("Say how far"), changed)

    def make_room(self, way_of: Callable[[int], Vector | None] = lambda _: None) -> None:
        """Grow the selected regions, except locked ones, by where their things were first and last.

        Those of which nobody has said how far they moved went the way of `way_of`, which gets a
        region's index; those of which that knows nothing stay.
        """
        ways = self.ways_of_selected(way_of)
        if self._document is None or not ways:
            return
        # Shapely is only needed once something has been drawn.
        from app.gui.drawing.shaping import with_room

        size = self._document.width, self._document.height
        regions, standing = with_room(self.regions, ways, *size)
        if regions != self.regions:
            self.change(self.tr("Make room for the ends"), regions, standing)

    def ways_of_selected(self, way_of: Callable[[int], Vector | None]) -> dict[int, Vector]:
        """How far the things of the selected regions moved that can be grown, by index."""
        regions = self.regions
        ways = {i: regions[i].displacement or way_of(i) for i in self._selection}
        return {i: way for i, way in ways.items() if way is not None and not regions[i].locked}

    def toggle_hidden(self) -> None:
        """Hide the selected regions from view, or show them again; they count all the same."""
        if self.selected is not None:
            hidden = not self.regions[self.selected].hidden
            changed = {i: replace(self.regions[i], hidden=hidden) for i in self._selection}
            self.update_many(self.tr("Hide") if hidden else self.tr("Show"), changed)

    def toggle_locked(self) -> None:
        """Keep the selected regions from being moved, reshaped or deleted, or allow it again."""
        if self.selected is not None:
            locked = not self.regions[self.selected].locked
            changed = {i: replace(self.regions[i], locked=locked) for i in self._selection}
            self.update_many(self.tr("Lock") if locked else self.tr("Unlock"), changed)

    def reorder_selected(self, step: int) -> None:
        """Paint the selected regions `step` places later (positive) or earlier (negative)."""
        regions, selection = edits.move_many_in_order(self.regions, self._selection, step)
        # Of regions that are alike in everything, none is before another.
        if selection != self._selection and regions != self.regions:
            self.change(self.tr("Reorder"), regions, selection)

    def update_many(
        self, title: str, changed: Mapping[int, Region], gesture: int | None = None
    ) -> None:
        """Replace regions by index as one step; the selection stays."""
        regions = edits.replace_many(self.regions, changed)
        if regions != self.regions:
            self.change(title, regions, self._selection, gesture)

    def update_region(
        self, title: str, index: int, region: Region | None, gesture: int | None = None
    ) -> None:
        """Replace one region, or remove it when `region` is None, as one step named `title`."""
        if region is None:
            self.change(title, edits.remove_region(self.regions, index), None, gesture)
        elif region != self.regions[index]:
            regions = edits.replace_region(self.regions, index, region)
            self.change(title, regions, index, gesture)

    def change(
        self,
        title: str,
        regions: Regions,
        selected: int | tuple[int, ...] | None,
        gesture: int | None = None,
    ) -> None:
        """Do one undoable edit; edits of the same `gesture` become one step of the history."""
        if self.read_only:
            return
        if not isinstance(selected, tuple):
            selected = () if selected is None else (selected,)
        before = State(self.regions, self._selection)
        after = State(regions, selected)
        self.stack.push(ChangeRegions(title, before, after, self._show, gesture))

    @property
    def _remarks(self) -> Remarks:
        document = self._document
        return Remarks(document.done, document.note) if document else Remarks()

    def _remark(self, title: str, after: Remarks, gesture: int | None = None) -> None:
        if self._document is not None and not self.read_only and after != self._remarks:
            before = self._remarks
            self.stack.push(ChangeRemarks(title, before, after, self._show_remarks, gesture))

    def _show_remarks(self, remarks: Remarks) -> None:
        if self._document is not None:
            self._document = replace(self._document, done=remarks.done, note=remarks.note)
            self.remarks_changed.emit()

    def _clean_changed(self, _clean: bool) -> None:
        self.saved_changed.emit()

    def _index_changed(self, _index: int) -> None:
        self.history_changed.emit()

    def _show(self, state: State) -> None:
        if self._document is None:
            return
        self._document = replace(self._document, regions=state.regions)
        self._selection = state.selection
        self.regions_changed.emit()
        self.selection_changed.emit()
        self.direction_changed.emit()
