"""Opening a dataset whose layout is named or recognised."""

from __future__ import annotations

from pathlib import Path

from app.errors import InputError
from app.training.datasets.afb import AfbSettings, open_afb
from app.training.datasets.pairs import open_gopro, open_side_by_side, photos_in
from app.training.datasets.samples import Dataset
from app.training.datasets.video_lists import read_video_list

LAYOUTS = ("auto", "afb", "b-aist++", "gopro", "side-by-side")


def open_dataset(root: Path, layout: str = "auto", videos: Path | None = None) -> Dataset:
    """List a dataset of one of the `LAYOUTS`.

    Args:
        root: its folder.
        layout: "auto" tells the layouts apart by their files; B-Aist++'s trims and crops are used
            only when asked for by name, because its files look like any other of AfB's.
        videos: a list of videos (YAML or text), for the layouts of AfB.

    Raises:
        InputError: `root` is no folder, looks like none of the layouts, or `videos` is no list.
    """
    if layout not in LAYOUTS:
        raise InputError(f"There is no layout '{layout}' (known: {', '.join(LAYOUTS)}).")
    if not root.is_dir():
        raise InputError(f"{root} is not a folder of a dataset.")
    chosen = _recognised(root) if layout == "auto" else layout
    if videos is not None and chosen not in ("afb", "b-aist++"):
        raise InputError(f"{videos}: a list of videos goes with AfB's layout, not with {chosen}.")
    if chosen == "gopro":
        return open_gopro(root)
    if chosen == "side-by-side":
        return open_side_by_side(root)
    names = read_video_list(videos) if videos is not None else None
    return open_afb(root, AfbSettings.b_aist() if chosen == "b-aist++" else AfbSettings(), names)


def _recognised(root: Path) -> str:
    for depth in ("", "*/", "*/*/"):
        if any(root.glob(f"{depth}sharp/*_000.*")):
            return "afb"
        if any(root.glob(f"{depth}sharp/*.*")):
            return "gopro"
    if photos_in(root):
        return "side-by-side"
    raise InputError(f"{root} looks like no dataset: neither 'sharp' folders nor pictures in it.")
