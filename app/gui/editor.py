"""The open document with its selection and its history: every edit of the window goes through here.

Files, films and threads are the controller's; widgets only listen.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from app.errors import InputError
from app.gui import document as edits
from app.gui.commands import ChangeRegions, State
from app.gui.document import Document, Point, Regions, RenderChoices
from app.guidance.classes import Direction
from app.guidance.regions import Region


class Editor(QObject):
    """Holds the document and turns gestures into undoable commands."""

    document_replaced = Signal()
    regions_changed = Signal()
    selection_changed = Signal()
    direction_changed = Signal()
    choices_changed = Signal()
    saved_changed = Signal()
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.cleanChanged.connect(self._clean_changed)
        self._document: Document | None = None
        self._selected: int | None = None
        self._next_direction = Direction.UP_RIGHT
        self._saved_choices = RenderChoices()

    @property
    def document(self) -> Document | None:
        """The open document, or None on the welcome screen."""
        return self._document

    @property
    def regions(self) -> Regions:
        """Regions in painting order; empty without a document."""
        return self._document.regions if self._document else ()

    @property
    def selected(self) -> int | None:
        """Index of the selected region."""
        return self._selected

    @property
    def direction(self) -> Direction:
        """Direction of the selected region, or the one that the next new region gets."""
        if self._selected is not None:
            return self.regions[self._selected].direction
        return self._next_direction

    @property
    def dirty(self) -> bool:
        """Whether there is work that Save would write."""
        if self._document is None:
            return False
        return not self.stack.isClean() or self._document.choices != self._saved_choices

    def show_document(self, document: Document | None, *, unsaved: bool = False) -> None:
        """Replace the open document and forget the history; `unsaved` marks it as dirty."""
        self._document = document
        self._selected = None
        self._saved_choices = document.choices if document else RenderChoices()
        self.stack.clear()
        if unsaved:
            self.stack.resetClean()
        self.document_replaced.emit()
        self.regions_changed.emit()
        self.selection_changed.emit()
        self.direction_changed.emit()
        self.choices_changed.emit()
        self.saved_changed.emit()

    def mark_saved(self, document: Document) -> None:
        """Note that `document`, the present one with its new project path, now stands on disk."""
        self._document = document
        self._saved_choices = document.choices
        self.stack.setClean()
        self.saved_changed.emit()

    def select(self, index: int | None) -> None:
        """Select a region by its index, or none."""
        if index is not None and not 0 <= index < len(self.regions):
            index = None
        if index != self._selected:
            self._selected = index
            self.selection_changed.emit()
            self.direction_changed.emit()

    def set_choices(self, choices: RenderChoices) -> None:
        """Change how the next film is made; not part of the undo history, but saved."""
        if self._document and choices != self._document.choices:
            self._document = replace(self._document, choices=choices)
            self.choices_changed.emit()
            self.saved_changed.emit()

    def add_outline(self, points: tuple[Point, ...]) -> None:
        """Make a closed outline a region of the last used direction and select it.

        A self-crossing outline is mended, which may give several regions; one that encloses nothing
        is refused with a sentence.
        """
        if self._document is None:
            return
        # Shapely is only needed once something has been drawn.
        from app.guidance.regions import repaired

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
        self.change("Outline region", regions, len(regions) - 1)

    def add_whole_photo(self) -> None:
        """Cover the whole photo with one region, below the others so that they keep their say."""
        if self._document is None:
            return
        whole = edits.whole_photo(self._document.width, self._document.height, self._next_direction)
        self.change("Whole photo moves", edits.insert_region(self.regions, 0, whole), 0)

    def delete_selected(self) -> None:
        """Delete the selected region unless it is locked."""
        index = self._selected
        if index is None or self.regions[index].locked:
            return
        self.change("Delete region", edits.remove_region(self.regions, index), None)

    def set_direction(self, direction: Direction) -> None:
        """Point the selected region (and every new one) in `direction`."""
        self._next_direction = direction
        index = self._selected
        if index is not None and self.regions[index].direction != direction:
            regions = edits.set_direction(self.regions, index, direction)
            self.change("Set direction", regions, index)
        self.direction_changed.emit()

    def toggle_hidden(self) -> None:
        """Hide the selected region from view, or show it again; it counts all the same."""
        if self._selected is not None:
            region = self.regions[self._selected]
            changed = replace(region, hidden=not region.hidden)
            self.update_region("Hide region", self._selected, changed)

    def toggle_locked(self) -> None:
        """Keep the selected region from being moved, reshaped or deleted, or allow it again."""
        if self._selected is not None:
            region = self.regions[self._selected]
            changed = replace(region, locked=not region.locked)
            self.update_region("Lock region", self._selected, changed)

    def reorder_selected(self, step: int) -> None:
        """Paint the selected region `step` places later (positive) or earlier (negative)."""
        index = self._selected
        if index is None or not 0 <= index + step < len(self.regions):
            return
        regions = edits.move_in_order(self.regions, index, index + step)
        self.change("Reorder regions", regions, index + step)

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
        self, title: str, regions: Regions, selected: int | None, gesture: int | None = None
    ) -> None:
        """Do one undoable edit; edits of the same `gesture` become one step of the history."""
        before = State(self.regions, self._selected)
        after = State(regions, selected)
        self.stack.push(ChangeRegions(title, before, after, self._show, gesture))

    def _clean_changed(self, _clean: bool) -> None:
        self.saved_changed.emit()

    def _show(self, state: State) -> None:
        if self._document is None:
            return
        self._document = replace(self._document, regions=state.regions)
        self._selected = state.selected
        self.regions_changed.emit()
        self.selection_changed.emit()
        self.direction_changed.emit()
