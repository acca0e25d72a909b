"""Which files are photos or clips, told by their names alone; importing this loads no library."""

from __future__ import annotations

from pathlib import Path

PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp")
"""Suffixes of the photos that can be read and written."""

HEIF_SUFFIXES = (".heic", ".heif", ".hif")
"""Read only, with the extra package pillow-heif."""

AVIF_SUFFIXES = (".avif",)
"""Read only."""

RAW_SUFFIXES = frozenset(
    """.3fr .arw .cr2 .cr3 .crw .dng .erf .kdc .mef .mos .mrw .nef .nrw .orf .pef .raf .raw .rw2
    .rwl .sr2 .srf .srw .x3f""".split()  # noqa: SIM905 -- twenty-three quoted suffixes read worse
)
"""Camera raw files: read only, with the extra package rawpy."""

READABLE_SUFFIXES = (*PHOTO_SUFFIXES, *HEIF_SUFFIXES, *AVIF_SUFFIXES, *sorted(RAW_SUFFIXES))
"""Every kind of photo that can be opened, some of them with an extra package."""


CLIP_SUFFIXES = (
    *(".mp4", ".mov", ".m4v", ".3gp", ".webm", ".mkv", ".avi", ".wmv"),
    *(".mpg", ".mpeg", ".mts", ".m2ts", ".ogv", ".gif", ".apng"),
)
"""What clips are usually called; reading them goes by content."""


def is_photo_name(path: Path) -> bool:
    """Whether a file is called like a photo."""
    return path.suffix.lower() in READABLE_SUFFIXES


def is_clip_name(path: Path) -> bool:
    """Whether a file is called like a clip."""
    return path.suffix.lower() in CLIP_SUFFIXES
