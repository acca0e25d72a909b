"""The Edit and Tools commands: what each does, and when each can be done. No files, no films."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.gui.drawing.canvas import Canvas
from app.gui.drawing.region_list import RegionList
from app.gui.drawing.stroke_values import PAINTING
from app.gui.drawing.tools import TOOLS
from app.gui.editor import Editor
from app.gui.tool_bar import ToolBar
from app.guidance.region import Vector


class EditCommands(QObject):
    """Connects the actions to the editor and the canvas, and keeps their state true.

    `way_read` tells how far a region's things moved where nobody has said it.
    """

    def __init__(
        self,
        actions: dict[str, QAction],
        editor: Editor,
        canvas: Canvas,
        region_list: RegionList,
        toolbar: ToolBar,
        way_read: Callable[[int], Vector | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._editor = editor
        self._canvas = canvas
        self._toolbar = toolbar
        self._way_read = way_read
        doings: dict[str, Callable[[], object]] = {
            "undo": self.undo,
            "redo": self.redo,
            "delete": canvas.gestures.delete,
            "rename": region_list.rename_selected,
            "forward": lambda: editor.reorder_selected(1),
            "backward": lambda: editor.reorder_selected(-1),
            "hide_region": editor.toggle_hidden,
            "lock_region": editor.toggle_locked,
            "whole_photo": editor.add_whole_photo,
            "make_room": lambda: editor.make_room(way_read),
            "duplicate": editor.duplicate_selected,
            "select_all": editor.select_all,
            "brush_smaller": lambda: canvas.scale_brush(0.8),
            "brush_larger": lambda: canvas.scale_brush(1.25),
        }
        doings.update((tool, partial(self._choose_tool, tool)) for tool in TOOLS)
        for name, doing in doings.items():
            actions[name].triggered.connect(lambda _=False, doing=doing: doing())
        actions["cut"].toggled.connect(canvas.set_cutting)
        actions["outline"].setChecked(True)
        canvas.brush_changed.connect(toolbar.show_brush)
        toolbar.brush_chosen.connect(canvas.set_brush_radius)
        canvas.draft_changed.connect(self.show_history)
        editor.history_changed.connect(self.show_history)
        editor.document_replaced.connect(self.show_history)
        editor.regions_changed.connect(self.show_selection)
        editor.selection_changed.connect(self.show_selection)
        self.show_history()
        self.show_selection()

    def undo(self) -> None:
        """Take back the last point of an outline being drawn, or else the last edit."""
        if self._canvas.gestures.holding:
            return
        if self._canvas.gestures.draft:
            self._canvas.gestures.undo_point()
        else:
            self._editor.stack.undo()

    def redo(self) -> None:
        """Bring back a point of the outline being drawn, or else the edit taken back last."""
        if self._canvas.gestures.holding:
            return
        if self._canvas.gestures.draft:
            self._canvas.gestures.redo_point()
        else:
            self._editor.stack.redo()

    def show_history(self) -> None:
        """Say what Undo and Redo would do now."""
        stack, draft = self._editor.stack, self._canvas.gestures.draft
        undo, redo = self._actions["undo"], self._actions["redo"]
        if draft:
            undo.setText(self.tr("&Undo point"))
            redo.setText(self.tr("&Redo point"))
        else:
            undo.setText(self.tr("&Undo: {what}").format(what=stack.undoText()).rstrip(": "))
            redo.setText(self.tr("&Redo: {what}").format(what=stack.redoText()).rstrip(": "))
        undo.setEnabled(bool(draft.points) if draft else stack.canUndo())
        redo.setEnabled(bool(draft.taken_back) if draft else stack.canRedo())

    def show_selection(self) -> None:
        """Offer what can be done with the selected regions."""
        actions, editor = self._actions, self._editor
        index, selection, regions = editor.selected, editor.selection, editor.regions
        for name in ("hide_region", "lock_region", "duplicate"):
            actions[name].setEnabled(index is not None)
        actions["make_room"].setEnabled(bool(editor.ways_of_selected(self._way_read)))
        actions["rename"].setEnabled(editor.only_selected is not None)
        actions["select_all"].setEnabled(bool(regions))
        actions["forward"].setEnabled(bool(selection) and max(selection) < len(regions) - 1)
        actions["backward"].setEnabled(bool(selection) and min(selection) > 0)
        actions["hide_region"].setChecked(index is not None and regions[index].hidden)
        actions["lock_region"].setChecked(index is not None and regions[index].locked)

    def _choose_tool(self, tool: str) -> None:
        self._canvas.choose_tool(tool)
        self._toolbar.show_brush_size(tool in PAINTING)
