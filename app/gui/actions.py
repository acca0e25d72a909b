"""Every command of the window in one table: words, shortcut, icon and menu; not what it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QPalette
from PySide6.QtWidgets import QMainWindow, QMenu

from app.gui.program.icons import line_icon
from app.gui.program.language import translate


@dataclass(frozen=True)
class Command:
    """One command; `group` makes commands exclusive, an empty `menu` keeps it out of the menus."""

    name: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    group: str = ""
    line_before: bool = False


def _shape(name: str, text: str, key: str, tip: str) -> Command:
    """A tool that draws a shape in one drag; its icon bears its name."""
    return Command(name, text, "&Tools", (key,), name, tip, checkable=True, group="tool")


COMMANDS = (
    Command("open", "&Open…", "&File", ("Ctrl+O",), "open", "Open a photo, clip or project"),
    Command("open_folder", "Open &folder…", "&File", ("Ctrl+Shift+O",)),
    Command("save", "&Save", "&File", ("Ctrl+S",), "save", "Save the project", line_before=True),
    Command("save_as", "Save &as…", "&File", ("Ctrl+Shift+S",)),
    Command("import_guidance", "&Import guidance…", "&File", line_before=True),
    Command("neighbour", "Guidance from a neighbouring photo…", "&File"),
    Command(
        "own_clip",
        "Guidance from the photo's own clip",
        "&File",
        tip="What moved, as the clip in the file of a Motion Photo shows it",
    ),
    Command("own_frame", "Another frame of the photo's own clip…", "&File"),
    Command("export_guidance", "Export &guidance…", "&File"),
    Command("import_folder", "Import la&bels for the folder…", "&File"),
    Command("export_folder", "Export &labels of the folder…", "&File"),
    Command("export", "&Export film…", "&File", ("Ctrl+E",), "export", "Export the film"),
    Command("close", "&Close", "&File", ("Ctrl+W",), line_before=True),
    Command("quit", "&Quit", "&File", ("Ctrl+Q",)),
    Command("undo", "&Undo", "&Edit", ("Ctrl+Z",), "undo"),
    Command("redo", "&Redo", "&Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    Command("delete", "&Delete", "&Edit", ("Del", "Backspace"), "delete", line_before=True),
    Command("duplicate", "Dupli&cate", "&Edit", ("Ctrl+D",)),
    Command("select_all", "Select &all", "&Edit", ("Ctrl+A",)),
    Command("rename", "Re&name region", "&Edit", ("F2",)),
    Command("forward", "Bring &forward", "&Edit", ("Ctrl+]",), "forward"),
    Command("backward", "Send &backward", "&Edit", ("Ctrl+[",), "backward"),
    Command(
        "make_room",
        "Ma&ke room for the ends",
        "&Edit",
        ("Shift+A",),
        tip="Grow the outline by where things were first and last, so that nothing cuts them off",
    ),
    Command("hide_region", "&Hidden from view", "&Edit", ("H",), checkable=True),
    Command("lock_region", "&Locked", "&Edit", ("L",), checkable=True),
    Command(
        "whole_photo",
        "&Whole photo moves",
        "&Edit",
        ("W",),
        "whole",
        "One region for the whole photo",
        line_before=True,
    ),
    Command(
        "blurred",
        "What &is blurred?",
        "&Edit",
        ("Shift+B",),
        tip="Outline what is blurred; you say which way it moved",
    ),
    Command("paste", "&Paste photo", "&Edit", ("Ctrl+V",), line_before=True),
    Command("settings", "Se&ttings…", "&Edit", ("Ctrl+,",), line_before=True),
    Command(
        "select",
        "&Select",
        "&Tools",
        ("V",),
        "select",
        "Select, move and reshape regions",
        checkable=True,
        group="tool",
    ),
    Command(
        "outline",
        "&Outline",
        "&Tools",
        ("P",),
        "outline",
        "Outline what moved",
        checkable=True,
        group="tool",
    ),
    _shape("lasso", "&Lasso", "S", "Drag around what moved"),
    _shape("rectangle", "&Rectangle", "R", "Drag a rectangle"),
    _shape("ellipse", "&Ellipse", "E", "Drag an ellipse"),
    _shape("brush", "&Brush", "B", "Paint over what moved"),
    _shape("smart", "S&mart outline", "O", "Draw roughly around or over what moved"),
    _shape("eraser", "Er&aser", "Shift+E", "Wipe away from regions"),
    Command(
        "direction",
        "&Direction",
        "&Tools",
        ("D",),
        "direction",
        "Drag inside a region the way it moved",
        checkable=True,
        group="tool",
    ),
    Command(
        "displacement",
        "Ho&w far",
        "&Tools",
        ("A",),
        "displacement",
        "Drag from where something was first to where it was last",
        checkable=True,
        group="tool",
    ),
    Command(
        "cut",
        "&Cut out",
        "&Tools",
        ("X",),
        "cut",
        "Cut drawn shapes out of the selected region",
        checkable=True,
        line_before=True,
    ),
    Command("brush_smaller", "Smaller brus&h", "&Tools", ("[",)),
    Command("brush_larger", "Lar&ger brush", "&Tools", ("]",)),
    Command("fit", "&Fit", "&View", ("F", "Ctrl+0"), "fit", "Show the whole photo"),
    Command("actual", "&Actual size", "&View", ("Ctrl+1",), "actual", "One pixel for one pixel"),
    Command("zoom_in", "Zoom &in", "&View", ("Ctrl++", "Ctrl+=")),
    Command("zoom_out", "Zoom &out", "&View", ("Ctrl+-",)),
    Command("overlay", "&Guidance over photo", "&View", ("G",), checkable=True, line_before=True),
    Command("full_screen", "F&ull screen", "&View", ("Shift+F11",), checkable=True),
    Command(
        "layout_auto",
        "As the &window allows",
        "&View/Photo and fil&m",
        checkable=True,
        group="layout",
        line_before=True,
    ),
    Command(
        "layout_beside", "&Side by side", "&View/Photo and fil&m", checkable=True, group="layout"
    ),
    Command(
        "layout_stacked",
        "&One above the other",
        "&View/Photo and fil&m",
        checkable=True,
        group="layout",
    ),
    Command("link_views", "&Photo and film move together", "&View", ("Y",), checkable=True),
    Command(
        "theme_system", "&System", "&View/&Theme", checkable=True, group="theme", line_before=True
    ),
    Command("theme_light", "&Light", "&View/&Theme", checkable=True, group="theme"),
    Command("theme_dark", "&Dark", "&View/&Theme", checkable=True, group="theme"),
    Command(
        "distinct_colours",
        "&Colours for colour-blind eyes",
        "&View",
        tip="Colours of the directions that everyone can tell apart; files keep theirs",
        checkable=True,
    ),
    Command("animate", "&Animate", "F&ilm", ("Ctrl+Return",), "film", "Make the film"),
    Command("cancel", "&Cancel", "F&ilm", ("Ctrl+.",)),
    Command(
        "live_preview",
        "Li&ve preview",
        "F&ilm",
        ("Ctrl+L",),
        tip="Animate every edit at once, small and fast",
        checkable=True,
    ),
    Command(
        "preview_seen",
        "Preview what is s&een",
        "F&ilm",
        tip="When zoomed in, animate the part in view at the size at which it is seen",
        checkable=True,
    ),
    Command("play", "&Play or pause", "F&ilm", ("K",), "play", line_before=True),
    Command("previous", "P&revious frame", "F&ilm", (",",)),
    Command("next", "&Next frame", "F&ilm", (".",)),
    Command("slower", "Play s&lower", "F&ilm", ("Shift+,", "<")),
    Command("faster", "Play &faster", "F&ilm", ("Shift+.", ">")),
    Command("wipe", "C&ompare with the photo", "F&ilm", ("C",), checkable=True, line_before=True),
    Command(
        "loupe",
        "S&harpness loupe",
        "F&ilm",
        ("Z",),
        tip="Photo and film enlarged at the same place; Tab goes to it, + and - zoom",
        checkable=True,
    ),
    Command(
        "heat",
        "&Where it does not re-blur",
        "F&ilm",
        ("Shift+H",),
        tip="Colour the photo where the film does not average to it",
        checkable=True,
    ),
    Command("theatre", "Film in f&ull screen", "F&ilm", ("F11",)),
    Command(
        "save_frame",
        "&Save frame as photo…",
        "F&ilm",
        ("Ctrl+Shift+F",),
        tip="Save the frame shown as a sharp photo, with what the camera wrote about it",
        line_before=True,
    ),
    Command("copy_frame", "Copy fra&me", "F&ilm", ("Ctrl+C",)),
    Command("copy_film", "Copy film as G&IF", "F&ilm", ("Ctrl+Shift+C",)),
    Command("suggest", "Su&ggest animations", "F&ilm", ("Ctrl+G",), line_before=True),
    Command("trajectories", "&Trajectories over photo", "F&ilm", ("T",), checkable=True),
    Command("done_and_next", "&Done and next", "&Photos", ("N",), tip="Done: save, and go on"),
    Command("mark_done", "&Mark as done", "&Photos", ("M",), checkable=True),
    Command("note", "&Write a note", "&Photos", ("Shift+N",)),
    Command("next_photo", "&Next photo", "&Photos", ("Ctrl+PgDown",), line_before=True),
    Command("previous_photo", "&Previous photo", "&Photos", ("Ctrl+PgUp",)),
    Command("next_undone", "Next photo that is n&ot done", "&Photos", ("Ctrl+Shift+PgDown",)),
    Command("shortcuts", "&Keyboard shortcuts…", "&Help", ("F1",)),
    Command("statistics", "&Statistics…", "&Photos", line_before=True),
    Command("about", "&About Unspool", "&Help"),
)

_ROLES = {
    "settings": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
    "quit": QAction.MenuRole.QuitRole,
}
"""Where macOS wants these, whatever they are called in a person's language."""

TOOLBAR = (
    ("open", "save"),
    ("undo", "redo"),
    ("select", "outline", "smart", "lasso", "rectangle", "ellipse", "brush", "eraser", "cut"),
    ("direction", "displacement", "whole_photo"),
    ("fit", "actual"),
    ("animate", "export"),
)


def build_actions(window: QMainWindow, commands: Iterable[Command]) -> dict[str, QAction]:
    """Actions by the names of their commands, added to the window and to its menus."""
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    menus: dict[str, QMenu] = {}
    for command in commands:
        text = translate("Command", command.text)
        action = QAction(text, window)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setCheckable(command.checkable)
        action.setMenuRole(_ROLES.get(command.name, QAction.MenuRole.NoRole))
        tip = translate("Command", command.tip) if command.tip else ""
        plain = tip or text.replace("&", "").rstrip("…")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{plain} ({keys})" if keys else plain)
        action.setStatusTip(tip)
        if command.group:
            if command.group not in groups:
                groups[command.group] = QActionGroup(window)
            groups[command.group].addAction(action)
        menu = _menu(window, menus, command)
        if command.line_before and "/" not in command.menu:
            menu.addSeparator()
        menu.addAction(action)
        actions[command.name] = action
    return actions


def refresh_icons(
    actions: dict[str, QAction], commands: Iterable[Command], palette: QPalette
) -> None:
    """Draw the actions' icons in the colours of the palette."""
    for command in commands:
        if command.icon:
            actions[command.name].setIcon(line_icon(command.icon, palette))


def _menu(window: QMainWindow, menus: dict[str, QMenu], command: Command) -> QMenu:
    if command.menu not in menus:
        outer, _, inner = command.menu.rpartition("/")
        if outer:
            if command.line_before:
                menus[outer].addSeparator()
            menus[command.menu] = menus[outer].addMenu(translate("Command", inner))
        else:
            menus[command.menu] = window.menuBar().addMenu(translate("Command", inner))
    return menus[command.menu]
