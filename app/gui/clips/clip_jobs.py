"""The background work on clips, as plain functions: listing, decoding and opening frames.

The clip of a Motion Photo is read as any other, taken out of the photo's file for each job.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.errors import InputError
from app.gui.discover.neighbours import NeighbourMotion, named_parts
from app.gui.document import Regions
from app.gui.drawing.pyramid import Pyramid, build_pyramid
from app.gui.jobs import Opened, open_job
from app.gui.program.language import translate
from app.gui.worker import Job, Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.media.clip_index import ClipIndex, Neighbourhood
    from app.media.motion_photos import EmbeddedClip
    from app.media.photos import Photo

SHOWN_EDGE = 960
"""Frames are shown at this longer edge while one is picked; the one that is opened is whole."""


_SEEK_FROM = 60
"""Frames over which going on is quicker than a new decoder, which begins at a keyframe."""


@dataclass(frozen=True, eq=False)
class ListedClip:
    """A clip whose frames can be picked; `embedded` is where it lies in a Motion Photo's file.

    `suggested` is the number of the frame that is shown first.
    """

    path: Path
    index: ClipIndex
    embedded: EmbeddedClip | None = None
    suggested: int = 0

    @contextmanager
    def file(self) -> Iterator[Path]:
        """A file that holds the clip and nothing else."""
        if self.embedded is None:
            yield self.path
            return
        from app.media.motion_photos import extracted_clip

        with extracted_clip(self.path, self.embedded) as path:
            yield path


@dataclass(frozen=True, eq=False)
class PickedFrame:
    """Frame `number` of a clip, counted from 0; `guided` asks for guidance from its neighbours."""

    clip: ListedClip
    number: int
    guided: bool = True


@dataclass(frozen=True, eq=False)
class ShownFrame:
    """A frame of a clip, reduced and ready for the screen."""

    number: int
    picture: Pyramid


def list_clip_job(path: Path) -> Job:
    """List the frames of a clip, or of the clip in a photo; the result is a `ListedClip`."""
    title = translate("Clips", "Looking through the clip")

    def work(step: Step) -> ListedClip:
        step(title, 0, 0)
        from app.media.clip_index import index_clip
        from app.media.kinds import is_clip_name
        from app.media.motion_photos import extracted_clip, find_clip

        def counted(_frames: int) -> None:
            step(title, 0, 0)

        if is_clip_name(path):
            return ListedClip(path, index_clip(path, counted))
        clip = find_clip(path)
        if clip is None:
            raise _no_motion_photo(path)
        with extracted_clip(path, clip) as file:
            index = index_clip(file, counted)
        return ListedClip(path, index, clip, index.number_at(clip.moment or 0.0))

    return Job("open", translate("Clips", "Opening {name}").format(name=path.name), work)


def frames_job(clip: ListedClip, numbers: range) -> Job:
    """Decode frames that follow each other; each is delivered as a `ShownFrame`."""

    def work(step: Step) -> Generator[ShownFrame, None, None]:
        from app.media.clip_index import frames_from

        with clip.file() as file:
            frames = frames_from(file, clip.index, numbers.start, SHOWN_EDGE)
            try:
                for number, frame in zip(numbers, frames, strict=False):
                    yield ShownFrame(number, build_pyramid(frame))
            finally:
                frames.close()

    return Job("frames", translate("Clips", "Decoding"), work)


def strip_job(clip: ListedClip, numbers: Sequence[int], edge: int) -> Job:
    """Decode frames far apart, small; each is delivered as a `ShownFrame`."""

    def work(step: Step) -> Generator[ShownFrame, None, None]:
        from app.media.clip_index import frames_from

        with clip.file() as file:
            frames, coming = None, 0
            try:
                for number in numbers:
                    step("", 0, 0)
                    if frames is None or number - coming > _SEEK_FROM:
                        if frames is not None:
                            frames.close()
                        frames, coming = frames_from(file, clip.index, number, edge), number
                    for frame in islice(frames, number - coming, number - coming + 1):
                        yield ShownFrame(number, build_pyramid(frame))
                    coming = number + 1
            finally:
                if frames is not None:
                    frames.close()

    return Job("strip", translate("Clips", "Decoding"), work)


def open_frame_job(picked: PickedFrame, folder: Path) -> Job:
    """Keep a frame as a photo in `folder`, and open it; the result is an `Opened`.

    A frame that was kept before is opened again, with its project. Any other comes with what moves
    in it, unless that is not wanted.
    """

    def work(step: Step) -> Opened:
        step(translate("Clips", "Decoding the frame"), 0, 5)
        from app.media.clip_index import neighbourhood

        with picked.clip.file() as file:
            shown = neighbourhood(file, picked.clip.index, picked.number)
        step(translate("Clips", "Keeping the frame"), 1, 5)
        path = _kept(picked, shown.frame, folder)
        opened: Opened = open_job(path).work(lambda title, done, _: step(title, 2 + done, 5))
        sentence = translate("Clips", "The frame is kept as {path}.").format(path=path)
        if opened.document.project_path is not None or not picked.guided:
            return replace(opened, notice=opened.notice or sentence)
        step(translate("Clips", "Comparing with the frames beside it"), 4, 5)
        found, problem = _guidance(shown)
        sentences = filter(None, [opened.notice, problem, sentence])
        title = translate("Clips", "Guidance from the clip")
        return replace(opened, notice=" ".join(sentences), found=found, found_by=title)

    name = picked.clip.path.name
    return Job("open", translate("Clips", "Opening a frame of {name}").format(name=name), work)


def own_clip_job(photo: Photo) -> Job:
    """Guidance for a Motion Photo from the clip in its file; the result is a `NeighbourMotion`."""
    title = translate("Clips", "Comparing with the photo's own clip")

    def work(step: Step) -> NeighbourMotion:
        step(title, 0, 0)
        from app.engine.motion_photo import guidance_from_motion_photo

        found = guidance_from_motion_photo(photo.path, photo.pixels)
        if found is None:
            raise _no_motion_photo(photo.path)
        nothing = translate("Clips", "In the clip of {name} nothing seems to move.")
        return NeighbourMotion(
            photo,
            named_parts(found.regions),
            translate("Clips", "Guidance from the clip"),
            nothing.format(name=photo.path.name),
        )

    return Job("outline", title, work)


def _guidance(shown: Neighbourhood) -> tuple[Regions, str]:
    """Regions of what moves in a frame, and a sentence where there are none."""
    from app.engine.neighbours import guidance_from_neighbours

    if shown.previous is None and shown.following is None:
        return (), translate("Clips", "The clip has a single frame, so nothing says what moved.")
    found = guidance_from_neighbours(shown.frame, shown.previous, shown.following)
    if found.cut:
        return (), translate("Clips", "The frames beside it show another scene.")
    if not found.regions:
        return (), translate("Clips", "Nothing moves between it and the frames beside it.")
    return named_parts(found.regions), ""


def _kept(picked: PickedFrame, frame: NDArray[np.uint8], folder: Path) -> Path:
    """The frame's file: the one that holds these very pixels already, or a new one."""
    from app.media.photo_writing import write_photo
    from app.media.photos import read_photo

    stem = translate("Clips", "{clip} frame {number}").format(
        clip=picked.clip.path.stem, number=picked.number + 1
    )
    path, again = folder / f"{stem}.png", 2
    while path.exists():
        try:
            if np.array_equal(read_photo(path).pixels, frame):
                return path
        except InputError:
            pass  # something else of that name
        path, again = folder / f"{stem} ({again}).png", again + 1
    write_photo(path, frame, overwrite=False)
    return path


def _no_motion_photo(path: Path) -> InputError:
    return InputError(
        translate("Clips", "{name} is no Motion Photo: there is no clip in it.").format(
            name=path.name
        )
    )
