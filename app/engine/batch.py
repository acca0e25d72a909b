"""Which photo goes with which guidance file and which film, for one photo or a folder of them.

Only names are decided here; nothing is read, animated or written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from natsort import natsorted

from app.errors import InputError
from app.media.films import FILM_SUFFIXES
from app.media.kinds import is_photo_name

FRAMES_FORMAT = "png"
FORMATS = (*(suffix.removeprefix(".") for suffix in FILM_SUFFIXES), FRAMES_FORMAT)
DEFAULT_FORMAT = "mp4"

# In the order of preference; {stem} and {name} are the photo's.
_GUIDANCE_NAMES = (
    "{stem}.unspool.json",
    "{name}.unspool.json",
    "{stem}.json",
    "{stem}.npy",
    "{stem}.png",
)


@dataclass(frozen=True)
class Work:
    """One film to make.

    `out` is a film, or with `as_frames` a folder of frames; `guidance` is None when no file is
    needed; `problem` says why the film cannot be made at all.
    """

    photo: Path
    guidance: Path | None
    out: Path
    as_frames: bool
    problem: str = ""


@dataclass(frozen=True)
class _Found:
    """A photo and where it lies below the folder that was named, if one was."""

    photo: Path
    below: Path


def plan_films(
    photos: Sequence[Path],
    guidance: Path | None,
    out: str | None = None,
    film_format: str | None = None,
) -> list[Work]:
    """Decide names for `unspool animate`.

    Args:
        photos: photos or folders of them; folders are searched to the bottom.
        guidance: a file for every photo, or a folder whose files match by stem (below the same
            subfolder or at its top); None when no file is needed.
        out: one photo: a film, or a folder for its frames. Several: the folder of all films, which
            mirrors subfolders. By default the current folder.
        film_format: one of `FORMATS`; "png" means a folder of frames per photo.

    Returns:
        The films in natural order. A photo without guidance, or whose film would replace another
        one's, carries a problem.

    Raises:
        InputError: the call contradicts itself, or a folder holds no photos.
    """
    if film_format is not None and film_format not in FORMATS:
        raise InputError(f"There is no format '{film_format}' (known: {', '.join(FORMATS)}).")
    several = len(photos) > 1 or any(path.is_dir() for path in photos)
    if several:
        target = Path(out or ".")
        if target.suffix.lower() in FILM_SUFFIXES and not target.is_dir():
            raise InputError(f"Several photos need a folder as --out, not the film {target}.")
        found = _collected(photos, _inner_folder(guidance))
        chosen = film_format or DEFAULT_FORMAT
        outs = [_film_in(target / f.below, f.photo, chosen) for f in found]
        as_frames = chosen == FRAMES_FORMAT
    else:
        found = [_Found(photos[0], Path())]
        single, as_frames = _single_out(photos[0], out, film_format)
        outs = [single]
    return _matched(found, outs, as_frames, guidance)


def guidance_for(photo: Path, folder: Path, below: Path = Path()) -> Path:
    """The file of a guidance folder that belongs to a photo.

    Raises:
        InputError: there is none.
    """
    for place in dict.fromkeys((folder / below, folder)):
        for pattern in _GUIDANCE_NAMES:
            candidate = place / pattern.format(stem=photo.stem, name=photo.name)
            if candidate.is_file() and not _same(candidate, photo):
                return candidate
    raise InputError(
        f"{folder} holds no guidance for {photo} ({photo.stem}.png, .npy, .json or .unspool.json)."
    )


def already_there(out: Path) -> bool:
    """Whether a film or a folder with content stands at `out`."""
    return any(out.iterdir()) if out.is_dir() else out.exists()


def _matched(
    found: list[_Found], outs: list[Path], as_frames: bool, guidance: Path | None
) -> list[Work]:
    works: list[Work] = []
    first_of: dict[Path, Path] = {}
    for item, out in zip(found, outs, strict=True):
        file, problem = guidance, ""
        if guidance is not None and guidance.is_dir():
            try:
                file = guidance_for(item.photo, guidance, item.below)
            except InputError as error:
                file, problem = None, str(error)
        if out in first_of:
            problem = f"{item.photo} and {first_of[out]} would both become {out}."
        first_of.setdefault(out, item.photo)
        works.append(Work(item.photo, file, out, as_frames, problem))
    # Guidance pictures and earlier frames may lie among the photos; they are none.
    used = {work.guidance for work in works if work.guidance is not None}
    frame_folders = {work.out for work in works if as_frames}
    if len(works) == 1:
        return works
    return [w for w in works if w.photo not in used and w.photo.parent not in frame_folders]


def _collected(paths: Iterable[Path], left_out: Path | None) -> list[_Found]:
    found: list[_Found] = []
    for path in paths:
        if not path.is_dir():
            found.append(_Found(path, Path()))
            continue
        inside = [
            photo
            for photo in path.rglob("*")
            if is_photo_name(photo)
            and photo.is_file()
            and not any(part.startswith(".") for part in photo.relative_to(path).parts)
            and not (left_out is not None and left_out != path and left_out in photo.parents)
        ]
        if not inside:
            raise InputError(f"There are no photos in the folder {path}.")
        found += [_Found(p, p.relative_to(path).parent) for p in natsorted(inside, key=str)]
    return found


def _inner_folder(guidance: Path | None) -> Path | None:
    return guidance if guidance is not None and guidance.is_dir() else None


def _single_out(photo: Path, out: str | None, film_format: str | None) -> tuple[Path, bool]:
    if out is None:
        chosen = film_format or DEFAULT_FORMAT
        return _film_in(Path(), photo, chosen), chosen == FRAMES_FORMAT
    target = Path(out)
    suffix = target.suffix.lower()
    is_folder = out.endswith(("/", "\\")) or target.is_dir() or not suffix
    if is_folder:
        if film_format in (None, FRAMES_FORMAT):
            return target, True
        return _film_in(target, photo, film_format), False
    if suffix not in FILM_SUFFIXES:
        raise InputError(
            f"Cannot write {target}: the suffix of a film is one of {', '.join(FILM_SUFFIXES)}; "
            "a name without suffix is a folder of frames."
        )
    if film_format not in (None, suffix.removeprefix(".")):
        raise InputError(f"--out {target} and --format {film_format} contradict each other.")
    return target, False


def _film_in(folder: Path, photo: Path, film_format: str) -> Path:
    if film_format == FRAMES_FORMAT:
        return folder / photo.stem
    return folder / f"{photo.stem}.{film_format}"


def _same(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:
        return first == second
