"""The main window: lays out the views, connects commands to the controller and shows its state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import UnspoolError
from app.gui.actions import COMMANDS, TOOLBAR, build_actions, refresh_icons
from app.gui.activity_strip import ActivityStrip
from app.gui.banner import Banner
from app.gui.clips.clip_commands import ClipCommands
from app.gui.controller import Controller
from app.gui.drawing.keys import direction_for_key
from app.gui.drawing.tools import TOOLS
from app.gui.edit_commands import EditCommands
from app.gui.editor import Editor
from app.gui.files.file_commands import FileCommands
from app.gui.files.intake import Intake
from app.gui.files.read_only import ReadOnlyMode, ReadOnlyStrip
from app.gui.files.safety import Safety
from app.gui.files.session import Session
from app.gui.film.film_commands import FilmCommands
from app.gui.film.film_display import FilmDisplay
from app.gui.film.viewing_commands import ViewingCommands
from app.gui.folder.folder_commands import FolderCommands
from app.gui.folder.folder_dock import FolderDock
from app.gui.folder.label_commands import LabelCommands
from app.gui.folder.note_dock import NoteDock
from app.gui.menus import RecentMenu, context_menu
from app.gui.program.error_dialog import ErrorDialog
from app.gui.program.icons import program_icon
from app.gui.program.preferences import Preferences
from app.gui.program.program_commands import ProgramCommands
from app.gui.program.sentences import told
from app.gui.status_line import StatusLine
from app.gui.tool_bar import ToolBar
from app.gui.welcome import Welcome
from app.gui.workspace import Workspace


class MainWindow(QMainWindow):
    """One document at a time, from welcome screen to exported film."""

    def __init__(self) -> None:
        super().__init__()
        self.preferences = Preferences(self)
        self.editor = Editor(self)
        self.controller = Controller(self.editor, self)
        self.files = FileCommands(self, self.editor, self.controller)
        self.safety = Safety(self, self.editor, self.controller, self.files)
        self.folder_dock = FolderDock(self.editor, self.controller, self.files.open_path, self)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.folder_dock)
        self.note_dock = NoteDock(self.editor, self)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.note_dock)
        self.workspace = Workspace(self.editor, self.controller)
        self.canvas = self.workspace.canvas
        self.film_panel = self.workspace.film_panel
        self.region_list = self.workspace.region_list
        self.overlay_panel = self.workspace.overlay_panel
        self.film_settings = self.workspace.film_settings
        self.welcome = Welcome()
        self.banner = Banner()
        self.read_only_strip = ReadOnlyStrip()
        self.file_strip = ActivityStrip()
        self.actions_by_name = build_actions(self, COMMANDS)
        self._error_dialog: ErrorDialog | None = None
        self.setWindowTitle("Unspool")
        self.setWindowIcon(program_icon())
        self.setAcceptDrops(True)
        self._lay_out()
        self.toolbar = ToolBar(self.actions_by_name, TOOLBAR)
        self.addToolBar(self.toolbar)
        refresh_icons(self.actions_by_name, COMMANDS, self.palette())
        self.status_line = StatusLine(self.canvas.hint)
        self.setStatusBar(self.status_line)
        self.edits = EditCommands(
            self.actions_by_name,
            self.editor,
            self.canvas,
            self.region_list,
            self.toolbar,
            self.controller.way_read,
            self,
        )
        self.controller.film_changed.connect(self.edits.show_selection)
        self.films = FilmCommands(
            self.actions_by_name, self.controller, self.workspace, self.preferences, self
        )
        self.viewing = ViewingCommands(
            self.actions_by_name, self.controller, self.workspace, self.preferences, self
        )
        FilmDisplay(
            self.actions_by_name, self.controller, self.workspace, self.films, self.viewing, self
        )
        self.viewing.clipboard.told.connect(self.banner.tell)
        self.viewing.clipboard.failed.connect(self.show_error)
        self.folders = FolderCommands(
            self.actions_by_name, self.editor, self.files, self.folder_dock, self.note_dock, self
        )
        self.clips = ClipCommands(
            self.actions_by_name, self.editor, self.controller, self.files, self
        )
        self.clips.offered.connect(
            lambda sentence, actions: self.banner.tell(sentence, actions=actions)
        )
        self.intake = Intake(self.files, self.controller, self)
        self.session = Session(
            self, self.preferences, self.editor, self.controller, self.canvas, self.folder_dock
        )
        self.labels = LabelCommands(
            self.actions_by_name, self.editor, self.controller, self.files, self.folder_dock, self
        )
        self._connect_actions()
        self._connect_views()
        self._apply_preferences()
        self._show_document()
        editing_panels = (self.workspace.compass, self.workspace.distance)
        self.read_only_mode = ReadOnlyMode(
            self.actions_by_name, self.editor, self.read_only_strip, editing_panels, self
        )

    def open_path(self, path: Path) -> None:
        """Open a photo, project, clip or folder, as from the command line."""
        self.files.open_path(path)

    def show_error(self, error: BaseException) -> None:
        """A foreseen failure as one sentence in the banner, any other in a dialog to copy from."""
        if isinstance(error, UnspoolError):
            self.banner.tell(told(error), "error")
            return
        if self._error_dialog is not None:
            # An error while painting comes again with every paint: one dialog is enough.
            return
        dialog = ErrorDialog(error, self)
        self._error_dialog = dialog
        dialog.finished.connect(self._forget_error_dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _forget_error_dialog(self, _result: int) -> None:
        self._error_dialog = None

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.workspace)
        self.file_strip.setContentsMargins(12, 0, 12, 0)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.banner)
        outer.addWidget(self.read_only_strip)
        outer.addWidget(self.pages, 1)
        outer.addWidget(self.file_strip)
        self.setCentralWidget(whole)

    def _connect_actions(self) -> None:
        doings: dict[str, Callable[[], object]] = {
            "open": self.files.open,
            "open_folder": self.files.open_folder,
            "save": self.files.save,
            "save_as": self.files.save_as,
            "import_guidance": self.files.import_guidance,
            "neighbour": self.files.use_neighbour,
            "export_guidance": self.files.export_guidance,
            "export": self.files.export_film,
            "close": self._close_document,
            "quit": self.close,
            "fit": self.canvas.fit,
            "actual": self.canvas.actual_size,
            "zoom_in": lambda: self.canvas.zoom_by(1.25),
            "zoom_out": lambda: self.canvas.zoom_by(0.8),
            "overlay": lambda: self.overlay_panel.visible.toggle(),
            "paste": self.intake.paste,
            "full_screen": lambda: self.setWindowState(
                self.windowState() ^ Qt.WindowState.WindowFullScreen
            ),
            "animate": self.animate,
            "cancel": self._cancel,
        }
        for name, doing in doings.items():
            self.actions_by_name[name].triggered.connect(lambda _=False, doing=doing: doing())
        self.program = ProgramCommands(
            self, self.preferences, self.actions_by_name, self.controller
        )
        self.program.colours_changed.connect(self.workspace.refresh_colours)
        self.actions_by_name["overlay"].setChecked(True)
        self.recent_menu = RecentMenu(self.preferences, self)
        self.recent_menu.chosen.connect(self.files.open_path)
        view_menu = self.menuBar().actions()[3].menu()
        for dock in (self.folder_dock, self.note_dock):
            view_menu.addAction(dock.toggleViewAction())  # type: ignore[attr-defined]
        file_menu = self.menuBar().actions()[0].menu()
        file_menu.insertMenu(file_menu.actions()[1], self.recent_menu)  # type: ignore[attr-defined]

    def _connect_views(self) -> None:
        editor, controller, canvas, film = (
            self.editor,
            self.controller,
            self.canvas,
            self.film_panel,
        )
        editor.document_replaced.connect(self._show_document)
        editor.saved_changed.connect(self._show_title)
        editor.refused.connect(self.show_error)
        controller.film_changed.connect(lambda: canvas.show_ways_read(controller.ways_read()))
        canvas.hint_changed.connect(self.status_line.show_hint)
        canvas.pointed_at.connect(self.status_line.show_place)
        canvas.outline_wanted.connect(controller.find_outline)
        canvas.menu_wanted.connect(self._show_region_menu)
        canvas.view_changed.connect(self.status_line.show_zoom)
        film.view.view_changed.connect(self.status_line.show_zoom)
        self.region_list.menu_wanted.connect(self._show_region_menu)
        self.overlay_panel.visibility_chosen.connect(canvas.set_overlay_visible)
        self.overlay_panel.visibility_chosen.connect(self.actions_by_name["overlay"].setChecked)
        self.overlay_panel.opacity_chosen.connect(
            lambda percent: canvas.set_overlay_opacity(percent / 100)
        )
        self.film_settings.animate_wanted.connect(self.animate)
        self.film_settings.cancel_wanted.connect(lambda: controller.background.cancel("animate"))
        self.file_strip.cancel_wanted.connect(self._cancel_file_work)
        self.welcome.open_wanted.connect(self.files.open)
        self.welcome.path_chosen.connect(self.files.open_path)
        controller.activity_changed.connect(self._show_activity)
        controller.opened.connect(self._remember_opened)
        controller.exported.connect(self._tell_exported)
        controller.noticed.connect(self.banner.tell)
        self.folders.noticed.connect(self.banner.tell)
        self.labels.noticed.connect(self.banner.tell)
        self.note_dock.left.connect(canvas.setFocus)
        controller.warned.connect(lambda sentence: self.banner.tell(sentence, "warning"))
        controller.failed.connect(self.show_error)
        self.safety.warned.connect(lambda sentence: self.banner.tell(sentence, "warning"))
        self.intake.warned.connect(lambda sentence: self.banner.tell(sentence, "warning"))
        self.intake.noticed.connect(self.banner.tell)
        self.safety.failed.connect(self.show_error)

    def _apply_preferences(self) -> None:
        self.resize(1280, 800)
        self.session.restore_window()
        self.overlay_panel.opacity.setValue(self.preferences.opacity())
        self.canvas.set_overlay_opacity(self.preferences.opacity() / 100)
        self.program.apply_all()
        self.welcome.show_recent(self.preferences.recent())

    def animate(self) -> None:
        """Make a film of what is on the canvas."""
        self.banner.hide()
        self.controller.animate()

    def _cancel_file_work(self) -> None:
        for kind in ("open", "export", "labels"):
            self.controller.background.cancel(kind)

    def _close_document(self) -> None:
        if self.editor.document is None:
            self.close()
        elif self.files.may_discard():
            self.controller.close_document()

    def _tell_exported(self, paths: tuple[Path, ...]) -> None:
        names = str(paths[0])
        if len(paths) > 1:
            beside = ", ".join(path.name for path in paths[1:])
            names = self.tr("{path} and beside it {names}").format(path=names, names=beside)
        self.banner.tell(self.tr("Exported {path}.").format(path=names))

    def _show_document(self) -> None:
        document = self.editor.document
        self.banner.forget()
        self.pages.setCurrentIndex(0 if document is None else 1)
        self.toolbar.setVisible(document is not None)
        self.statusBar().setVisible(document is not None)
        needing_photo = ("save", "save_as", "import_guidance", "neighbour", "export_guidance")
        for name in (*needing_photo, "close", "animate"):
            self.actions_by_name[name].setEnabled(document is not None)
        for name in (*TOOLS, "whole_photo", "cut", "fit", "actual", "overlay"):
            self.actions_by_name[name].setEnabled(document is not None)
        self.actions_by_name["close"].setEnabled(True)
        if document is None:
            self.welcome.show_recent(self.preferences.recent())
        else:
            self.workspace.photo_caption.say(
                self.tr("Photo · {width} × {height}, {bits} bit").format(
                    width=document.width, height=document.height, bits=document.photo.bits
                )
            )
            self.canvas.setFocus()
        self._show_title()

    def _show_title(self) -> None:
        document = self.editor.document
        self.setWindowTitle(f"{document.name}[*] — Unspool" if document else "Unspool")
        self.setWindowModified(self.editor.dirty)

    def _show_activity(self) -> None:
        activity = self.controller.background.activity
        outlining = activity("outline") is not None
        self.actions_by_name["cancel"].setEnabled(outlining or activity("animate") is not None)
        # Not in the strip: it would move the photo under a pointer that goes on drawing.
        self.status_line.show_hint(
            self.tr("Finding the outline… Ctrl+. gives up.") if outlining else self.canvas.hint
        )
        self.file_strip.show_activity(activity("open") or activity("export") or activity("labels"))

    def _cancel(self) -> None:
        busy = "outline" if self.controller.background.activity("outline") else "animate"
        self.controller.background.cancel(busy)

    def _show_region_menu(self, place: QPoint) -> None:
        selected = self.editor.selected is not None
        context_menu(self.actions_by_name, on_region=selected, parent=self).popup(place)

    def _remember_opened(self) -> None:
        document = self.editor.document
        if document:
            self.preferences.add_recent(document.project_path or document.photo.path)

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the icons for a new theme; look for foreign changes when coming back."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "toolbar"):
            refresh_icons(self.actions_by_name, COMMANDS, self.palette())
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.safety.look_at_disk()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Direction keys work wherever nothing else wants them."""
        direction = direction_for_key(event)
        if direction is not None and self.editor.document is not None:
            self.editor.set_direction(direction)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files, folders and pixels."""
        if self.intake.accepts(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        if self.intake.take(event.mimeData()):
            event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work, then end the threads."""
        if not self.files.may_discard():
            event.ignore()
            return
        self.session.keep()
        self.preferences.set_opacity(self.overlay_panel.opacity.value())
        self.film_panel.player.pause()
        self.viewing.close_theatre()
        self.clips.close()
        self.viewing.clipboard.clean()
        # Hidden first: a run may need a moment until its next step, where it can be cancelled.
        self.hide()
        self.controller.stop()
        self.safety.stop()
        event.accept()
