"""What a person asked to be exported, as a value, and how it is remembered. No widgets, no files.

Names of the files follow from one folder and one name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSettings

SUFFIXES = (".mp4", ".webm", ".gif", ".webp", ".apng")
SMOOTH = (24, 30, 50, 60)
"""Frames per second that in-betweens may fill up to."""
EXTRAS = ("frames", "sheet", "guidance", "labelme", "coco")
"""What may be written beside the film."""

_GROUP = "export"


@dataclass(frozen=True)
class ExportRequest:
    """Where the files go, how the film plays, and which of `EXTRAS` are written beside it.

    `folder` and `name` give `<name><suffix>`, `<name>-frames/` and so on. `size` is "", a longer
    edge in pixels such as "1280", or percent such as "50%". `smooth` is 0 without in-betweens.
    """

    folder: Path
    name: str
    film: bool = True
    suffix: str = ".mp4"
    fps: float = 12.0
    loop: str = "loop"
    smooth: int = 0
    size: str = ""
    min_seconds: float = 3.0
    extras: frozenset[str] = field(default_factory=frozenset)

    @property
    def base(self) -> Path:
        """Folder and name, without a suffix."""
        return self.folder / self.name

    @property
    def paths(self) -> dict[str, Path]:
        """Every file and folder that would be written, by "film" or the name of the extra."""
        endings = {
            "film": self.suffix,
            "frames": "-frames",
            "sheet": "-sheet.png",
            "guidance": "-guidance.png",
            "labelme": "-labelme.json",
            "coco": "-coco.json",
        }
        chosen = [*(["film"] if self.film else []), *(e for e in EXTRAS if e in self.extras)]
        return {what: self.folder / f"{self.name}{endings[what]}" for what in chosen}


def remember(request: ExportRequest, *, own_folder: Path) -> None:
    """Keep the choices for the next export; a folder only if it is not the photo's own.

    Name, speed and loop style are the film's and are not kept.
    """
    settings = QSettings()
    settings.beginGroup(_GROUP)
    settings.setValue("film", request.film)
    settings.setValue("suffix", request.suffix)
    settings.setValue("smooth", request.smooth)
    settings.setValue("size", request.size)
    settings.setValue("seconds", request.min_seconds)
    settings.setValue("extras", ",".join(sorted(request.extras)))
    settings.setValue("folder", "" if request.folder == own_folder else str(request.folder))
    settings.endGroup()


def recall(own_folder: Path, name: str, fps: float, loop: str) -> ExportRequest:
    """The choices of the last export for another film; broken values count as never chosen."""
    settings = QSettings()
    settings.beginGroup(_GROUP)
    stored = {key: str(settings.value(key, "")) for key in settings.childKeys()}
    settings.endGroup()
    suffix = stored.get("suffix", "")
    folder = Path(stored.get("folder", "") or own_folder)
    smooth, seconds = _number(stored.get("smooth", "")), _number(stored.get("seconds", ""))
    extras = frozenset(stored.get("extras", "").split(",")) & set(EXTRAS)
    return ExportRequest(
        folder=folder if folder.is_dir() else own_folder,
        name=name,
        # Something must be written: with nothing else chosen it is the film.
        film=stored.get("film", "true").lower() != "false" or not extras,
        suffix=suffix if suffix in SUFFIXES else SUFFIXES[0],
        fps=fps,
        loop=loop,
        smooth=int(smooth) if smooth in SMOOTH else 0,
        size=stored.get("size", ""),
        min_seconds=min(seconds, 600.0) if seconds is not None and seconds >= 0 else 3.0,
        extras=extras,
    )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
