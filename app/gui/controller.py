"""Joins the editor, the background threads and the film: what the window's commands do.

It asks nobody anything: paths and answers arrive as arguments, so dialogs stay in the window.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import UnspoolError
from app.film_defaults import DEFAULT_SHARPENING
from app.gui import jobs
from app.gui.background import Background
from app.gui.clips.clip_jobs import (
    ListedClip,
    PickedFrame,
    list_clip_job,
    open_frame_job,
    own_clip_job,
)
from app.gui.discover.discoveries import Discoveries
from app.gui.discover.neighbours import NeighbourMotion, neighbour_job
from app.gui.document import RenderChoices, anything_moves, same_guidance
from app.gui.drawing import strokes
from app.gui.drawing.pyramid import Pyramid
from app.gui.drawing.stroke_values import Stroke
from app.gui.editor import Editor
from app.gui.export.export_jobs import CopiedFilm, ExportedFiles, copy_film_job, export_job
from app.gui.export.export_request import ExportRequest
from app.gui.files.read_only import why_read_only
from app.gui.film.live_preview import LivePreview
from app.gui.folder.label_jobs import Transfer, convert_job, count_job
from app.gui.jobs import Film, FoundOutline, Opened
from app.gui.program.language import marked
from app.media.kinds import is_clip_name
from app.project.folder_values import Conversion, FolderStatistics, PhotoFolder

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.gui.film.preview_job import Preview
    from app.guidance.region import Vector, Ways
    from app.project.recovery import Abandoned

STILL_WARNING = marked(
    "Controller",
    "Nothing is set to move, so the film stands still: outline what moved and give it a direction.",
)

UNHEARD_WARNING = marked(
    "Controller",
    "This network does not listen to how far things moved: only the directions counted.",
)


class Controller(QObject):
    """Opens, saves, animates and exports; what takes time is done by `background`."""

    picture_changed = Signal()
    film_changed = Signal()
    activity_changed = Signal()
    opened = Signal(object)
    folder_listed = Signal(object)
    clip_listed = Signal(object)
    folder_work_ended = Signal(object)
    exported = Signal(object)
    film_copied = Signal(object)
    noticed = Signal(str)
    warned = Signal(str)
    failed = Signal(object)

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.background = Background(self)
        self.discoveries = Discoveries(editor, self)
        inference = self.background.inference
        self.live = LivePreview(editor, inference, lambda: self.film_current, self)
        self.read_only = False
        self._sharpening = DEFAULT_SHARPENING
        self._picture: Pyramid | None = None
        self._film: Film | None = None
        self.choices_of_new_photos = RenderChoices()
        self.background.changed.connect(self.activity_changed)
        self.background.finished.connect(self._finished)
        self.background.failed.connect(self._failed)
        self.background.cancelled.connect(self._cancelled)
        editor.regions_changed.connect(self.film_changed)
        editor.choices_changed.connect(self.film_changed)
        self.live.changed.connect(self.film_changed)
        self.live.failed.connect(self.failed)

    @property
    def picture(self) -> Pyramid | None:
        """The open photo, ready for the screen."""
        return self._picture

    @property
    def film(self) -> Film | None:
        """The last film of the open photo."""
        return self._film

    @property
    def film_current(self) -> bool:
        """Whether there is a film and it shows the present regions and choices."""
        return self._film is not None and not self.film_outdated

    @property
    def film_outdated(self) -> bool:
        """Whether regions or choices have changed since the film was made."""
        document, film = self.editor.document, self._film
        if film is None or document is None:
            return False
        made, now = film.choices, document.choices
        return not same_guidance(film.regions, document.regions) or (
            made.weights,
            made.frames,
            made.max_edge,
        ) != (now.weights, now.frames, now.max_edge)

    def way_read(self, index: int) -> Vector | None:
        """How far region `index`'s things moved, see `ways_read`."""
        ways = self.ways_read()
        return ways[index] if index < len(ways) else None

    def ways_read(self) -> Ways:
        """How far each region's things moved in the film, or else the preview, of the present
        regions, in photo pixels; None, or fewer of them, where those say nothing."""
        document, preview = self.editor.document, self.live.preview
        shown: Film | Preview | None = self._film if self.film_current else preview
        if shown is None or document is None or not same_guidance(shown.regions, document.regions):
            return ()
        return shown.ways

    def open(self, path: Path) -> None:
        """Read a photo, project or folder in the background.

        The open document stays until that worked; a folder is only listed, and so is a clip.
        """
        if path.is_dir():
            job = jobs.folder_job(path)
        else:
            job = list_clip_job(path) if is_clip_name(path) else jobs.open_job(path)
        self.background.submit(self.background.files, job)

    def open_pixels(self, image: QImage, path: Path) -> None:
        """Write pixels that have no file yet to `path` in the background, and open that."""
        self.background.submit(self.background.files, jobs.keep_pixels_job(image, path))

    def open_frame(self, picked: PickedFrame, folder: Path) -> None:
        """Keep a frame of a clip as a photo in `folder` in the background, and open that."""
        self.background.submit(self.background.files, open_frame_job(picked, folder))

    def list_own_clip(self) -> None:
        """List the clip that the open photo's file holds in the background."""
        document = self.editor.document
        if document is not None:
            self.background.submit(self.background.files, list_clip_job(document.photo.path))

    def list_photos(self, photos: list[Path]) -> None:
        """List photos in the background as if they were alone in a folder."""
        self.background.submit(self.background.files, jobs.photos_job(photos))

    def restore(self, item: Abandoned) -> None:
        """Bring back abandoned work in the background, as unsaved work."""
        self.background.submit(self.background.files, jobs.restore_job(item))

    def close_document(self) -> None:
        """Go back to the welcome screen."""
        self._give_up_film()
        self._picture = None
        self.editor.show_document(None)
        self.picture_changed.emit()
        self.film_changed.emit()

    def save(self, path: Path, *, quiet: bool = False) -> bool:
        """Write the project; whether that worked (a failure is reported by signal)."""
        from app.gui.files import storage

        document = self.editor.document
        if document is None:
            return False
        try:
            self.editor.mark_saved(storage.save_document(document, path))
            if not quiet:
                self.noticed.emit(self.tr("Saved {path}.").format(path=path))
        except UnspoolError as error:
            self.failed.emit(error)
            return False
        return True

    def import_guidance(self, path: Path) -> None:
        """Replace the regions by those of a guidance file of any kind, as one step."""
        from app.project.labels import read_labels

        document = self.editor.document
        if document is None:
            return
        try:
            regions = read_labels(path, document.width, document.height).regions
        except UnspoolError as error:
            self.failed.emit(error)
            return
        self.editor.change(self.tr("Import guidance"), regions, None)
        if not anything_moves(regions):
            self.warned.emit(self.tr("{name} holds no region that moves.").format(name=path.name))

    def use_neighbour(self, path: Path, *, follows: bool) -> None:
        """Look in the background at what moved towards the next photo, or from the previous one."""
        document = self.editor.document
        if document is not None:
            job = neighbour_job(document.photo, path, follows=follows)
            self.background.submit(self.background.assistant, job)

    def use_own_clip(self) -> None:
        """Look in the background at what moved in the clip that the open photo's file holds."""
        document = self.editor.document
        if document is not None:
            self.background.submit(self.background.assistant, own_clip_job(document.photo))

    def export_guidance(self, path: Path) -> bool:
        """Write the guidance as PNG, `.npy` or labelme JSON; whether that worked."""
        from app.gui.files import storage

        document = self.editor.document
        if document is None:
            return False
        try:
            storage.export_regions(document, path)
        except UnspoolError as error:
            self.failed.emit(error)
            return False
        self.noticed.emit(self.tr("Saved the guidance as {path}.").format(path=path))
        return True

    def set_sharpening(self, amount: float) -> None:
        """How much of their fine detail is added to the frames of films and previews to come."""
        self._sharpening = amount
        self.live.set_sharpening(amount)

    def animate(self) -> None:
        """Make a film of the open photo; a run under way is given up for this one."""
        document = self.editor.document
        if document is None:
            return
        job = jobs.animate_job(document.photo, document.regions, document.choices, self._sharpening)
        self.live.give_way()
        self.background.submit(self.background.inference, job)

    def find_outline(self, stroke: Stroke) -> None:
        """Look in the background for what a rough stroke means, and make it a region."""
        document = self.editor.document
        if document is not None:
            job = jobs.outline_job(document.photo, stroke.points, stroke.cut)
            self.background.submit(self.background.assistant, job)

    def export_film(self, request: ExportRequest) -> None:
        """Write the film and what is wanted beside it in the background."""
        film, document = self._film, self.editor.document
        if film is not None and document is not None:
            self.background.submit(self.background.files, export_job(film, document, request))

    def copy_film(self, folder: Path) -> None:
        """Write the film as a GIF into a folder for the clipboard, in the background."""
        film, document = self._film, self.editor.document
        if film is not None and document is not None:
            self.background.submit(self.background.files, copy_film_job(film, document, folder))

    def convert(self, transfer: Transfer) -> None:
        """Import or export the labels of a folder in the background."""
        self.background.submit(self.background.files, convert_job(transfer))

    def count_classes(self, folder: Path) -> None:
        """Count the classes of a folder in the background."""
        self.background.submit(self.background.files, count_job(folder))

    def stop(self) -> None:
        """Cancel everything and wait for the threads: the window is closing."""
        self.background.cancel_all()
        self.discoveries.stop()
        self.background.stop()

    def _cancelled(self, kind: str) -> None:
        self.live.look()
        if kind == "labels":
            # What was written until then is there.
            self.folder_work_ended.emit(None)

    def _failed(self, error: BaseException) -> None:
        self.live.look()
        self.failed.emit(error)

    def _finished(self, result: object, cancelling: bool) -> None:
        if cancelling and not isinstance(result, ExportedFiles | Conversion):
            return
        if isinstance(result, Opened):
            self._show_opened(result)
        elif isinstance(result, Film):
            self._film = result
            self.live.look()
            self.film_changed.emit()
            if result.still:
                self.warned.emit(self.tr(STILL_WARNING))
            elif result.unheard:
                self.warned.emit(self.tr(UNHEARD_WARNING))
        elif isinstance(result, ListedClip):
            self.clip_listed.emit(result)
        elif isinstance(result, PhotoFolder):
            self.folder_listed.emit(result)
        elif isinstance(result, Conversion | FolderStatistics):
            self.folder_work_ended.emit(result)
        elif isinstance(result, FoundOutline):
            self._take_outline(result)
        elif isinstance(result, NeighbourMotion):
            self._take_neighbour(result)
        elif isinstance(result, ExportedFiles):
            self.exported.emit(result.paths)
        elif isinstance(result, CopiedFilm):
            self.film_copied.emit(result)

    def _take_outline(self, found: FoundOutline) -> None:
        document = self.editor.document
        if document is None or document.photo is not found.photo:
            return
        if found.cut:
            strokes.cut(found.area, self.editor, self.tr("Cut out"))
        else:
            strokes.add(found.area, self.editor, self.tr("Smart outline"))

    def _take_neighbour(self, found: NeighbourMotion) -> None:
        document = self.editor.document
        if document is None or document.photo is not found.photo:
            return
        if found.regions:
            self.editor.change(found.title, found.regions, None)
        else:
            self.warned.emit(found.nothing)

    def _give_up_film(self) -> None:
        # A film of the photo that was open must neither stay nor arrive later.
        self._film = None
        self.background.forget("animate")
        self.background.inference.cancel()

    def _show_opened(self, opened: Opened) -> None:
        self._give_up_film()
        self._picture = opened.picture
        document = opened.document
        if document.stored is None:
            document = replace(document, choices=self.choices_of_new_photos)
        if opened.recovered is None:
            # Work brought back after a crash is there to be saved, be it elsewhere.
            reason = why_read_only(document, asked=self.read_only)
            document = replace(document, read_only=reason)
        self.editor.show_document(document, unsaved=opened.recovered is not None)
        self.picture_changed.emit()
        self.film_changed.emit()
        if opened.found:
            self.editor.change(opened.found_by, opened.found, None)
        self.opened.emit(opened)
        if opened.notice:
            self.warned.emit(opened.notice)
