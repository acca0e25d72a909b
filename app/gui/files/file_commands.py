"""The commands that ask for files, and the question about unsaved work."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from app.assets import resources_dir
from app.gui.controller import Controller
from app.gui.editor import Editor
from app.gui.export.export_dialog import ExportDialog
from app.gui.export.export_request import recall, remember
from app.gui.program.language import marked, translate
from app.media.kinds import CLIP_SUFFIXES, READABLE_SUFFIXES, is_clip_name

_PROJECT_FILTER = marked("Filters", "Unspool projects (*.unspool.json)")
_IMPORT_FILTER = marked("Filters", "Guidance (*.png *.npy *.json);;All files (*)")
_EXPORT_FILTER = marked(
    "Filters", "Guidance PNG (*.png);;labelme JSON (*.json);;NumPy array (*.npy)"
)


class FileCommands(QObject):
    """Asks for paths over `window` and hands them to the controller."""

    def __init__(self, window: QWidget, editor: Editor, controller: Controller) -> None:
        super().__init__(window)
        self._window = window
        self._editor = editor
        self._controller = controller

    def open(self) -> None:
        """Ask for a photo, clip or project and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open a photo, clip or project"),
            str(self._folder()),
            self._open_filter(),
        )
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a photo, project, clip or folder after asking about unsaved work."""
        # Folders and clips are only listed: the question comes with the first photo from them.
        if path.is_dir() or is_clip_name(path) or self.may_discard():
            self._controller.open(path)

    def open_folder(self) -> None:
        """Ask for a folder and list its photos."""
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open a folder of photos"), str(self._folder())
        )
        if name:
            self.open_path(Path(name))

    def save(self, *, quiet: bool = False) -> bool:
        """Save to the project's file, or ask for one; whether the work is now saved.

        `quiet` says nothing when it worked without a question.
        """
        document = self._editor.document
        if document is None or self._editor.read_only:
            return True
        from app.gui.files.storage import project_changed, unreadable_project
        from app.project.folders import free_project_path, project_paths_for

        path = document.project_path
        if path is not None and not _is_packaged(path):
            if unreadable_project(path):
                # Broken or written by a newer version since: another name loses neither.
                return self.save_as()
            if project_changed(document):
                return self._replace_if_wanted(path)
            return self._controller.save(path, quiet=quiet)
        photo = document.photo.path
        suggested = free_project_path(photo)
        names = project_paths_for(photo)
        # A first save beside the photo needs no question, unless what lies there cannot be read, or
        # the project would not be found again, or the place is not the person's.
        broken = any(unreadable_project(path) for path in names)
        locked = not os.access(photo.parent, os.W_OK)
        if broken or locked or suggested not in names or _is_packaged(suggested):
            return self.save_as()
        return self._controller.save(suggested, quiet=quiet)

    def save_as(self) -> bool:
        """Ask for a project file and save there; whether the work is now saved."""
        document = self._editor.document
        if document is None:
            return True
        from app.gui.files.storage import unreadable_project
        from app.project.folders import free_project_path

        path = document.project_path or free_project_path(document.photo.path)
        if unreadable_project(path):
            path = free_project_path(document.photo.path)
        if _is_packaged(path) or not os.access(path.absolute().parent, os.W_OK):
            path = Path.home() / path.name
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save project"), str(path), translate("Filters", _PROJECT_FILTER)
        )
        if not name:
            return False
        if not name.lower().endswith(".json"):
            name += ".unspool.json"
        return self._controller.save(Path(name))

    def _replace_if_wanted(self, path: Path) -> bool:
        answer = QMessageBox.question(
            self._window,
            self.tr("Replace the project?"),
            self.tr(
                "Another program has changed {name} since it was opened here. Replace it "
                "by your version? No keeps it and asks for another name."
            ).format(name=path.name),
            QMessageBox.StandardButton.Yes
            | QMessageBox.StandardButton.No
            | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.No,
        )
        if answer == QMessageBox.StandardButton.Yes:
            return self._controller.save(path)
        return answer == QMessageBox.StandardButton.No and self.save_as()

    def import_guidance(self) -> None:
        """Ask for a guidance file and take over its regions."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Import guidance"),
            str(self._folder()),
            translate("Filters", _IMPORT_FILTER),
        )
        if name:
            self._controller.import_guidance(Path(name))

    def use_neighbour(self) -> None:
        """Ask for the photo taken just after or before this one, and take guidance from it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("The photo taken just after or just before"),
            str(self._folder()),
            self._photo_filter(),
        )
        if not name:
            return
        question = QMessageBox(self._window)
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(self.tr("Guidance from a neighbouring photo"))
        question.setText(
            self.tr(
                "When was {name} taken? What moved replaces the regions; undo brings them back."
            ).format(name=Path(name).name)
        )
        after = question.addButton(self.tr("After this one"), QMessageBox.ButtonRole.AcceptRole)
        before = question.addButton(self.tr("Before this one"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.exec()
        if question.clickedButton() in (after, before):
            self._controller.use_neighbour(Path(name), follows=question.clickedButton() is after)

    def export_guidance(self) -> None:
        """Ask for a name and write the guidance there."""
        document = self._editor.document
        if document is None:
            return
        suggested = self._folder() / f"{document.photo.path.stem}-guidance.png"
        name, chosen = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Export guidance"),
            str(suggested),
            translate("Filters", _EXPORT_FILTER),
        )
        if name:
            if not Path(name).suffix:
                name += chosen.rsplit("*", 1)[-1].rstrip(")")
            self._controller.export_guidance(Path(name))

    def export_film(self) -> None:
        """Ask how the film is written and write it."""
        film, document = self._controller.film, self._editor.document
        if film is None or document is None:
            return
        choices, own = document.choices, self._folder()
        last = recall(
            own,
            f"{document.photo.path.stem}-film",
            choices.fps,
            choices.loop,
        )
        dialog = ExportDialog(
            film, document, last, self._controller.background.assistant, self._window
        )
        if dialog.exec() == QDialog.DialogCode.Accepted:
            remember(dialog.request(), own_folder=own)
            self._controller.export_film(dialog.request())
        dialog.deleteLater()

    def may_discard(self) -> bool:
        """Whether the open document may go: it is saved, or the person said so."""
        document = self._editor.document
        if document is None or not self._editor.dirty:
            return True
        answer = QMessageBox.question(
            self._window,
            self.tr("Save the project?"),
            self.tr("The regions of {name} have unsaved changes.").format(name=document.name),
            QMessageBox.StandardButton.Save
            | QMessageBox.StandardButton.Discard
            | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Save,
        )
        if answer == QMessageBox.StandardButton.Save:
            return self.save()
        return answer == QMessageBox.StandardButton.Discard

    def _open_filter(self) -> str:
        known, everything = self.tr("Photos, clips and projects"), self.tr("All files")
        patterns = f"{_patterns(READABLE_SUFFIXES)} {_patterns(CLIP_SUFFIXES)} *.unspool.json"
        return f"{known} ({patterns});;{everything} (*)"

    def _photo_filter(self) -> str:
        return f"{self.tr('Photos')} ({_patterns(READABLE_SUFFIXES)});;{self.tr('All files')} (*)"

    def _folder(self) -> Path:
        document = self._editor.document
        if document is None or document.read_only or _is_packaged(document.photo.path):
            return Path.home()
        return document.photo.path.parent


def _patterns(suffixes: Iterable[str]) -> str:
    return " ".join(f"*{suffix} *{suffix.upper()}" for suffix in suffixes)


def _is_packaged(path: Path) -> bool:
    # Files that came with the program are not the person's to overwrite.
    return path.absolute().is_relative_to(resources_dir().absolute())
