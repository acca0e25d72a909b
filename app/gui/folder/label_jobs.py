"""The background work on the labels of a whole folder: converting and counting them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.gui.program.language import translate
from app.gui.worker import Job, Step
from app.project.folder_values import Conversion, FolderStatistics, LabelFormat


@dataclass(frozen=True)
class Transfer:
    """What of a folder's labels is converted to where; see `app.project.conversion`.

    Without a `source` it is an export of the projects beside the photos.
    """

    folder: Path
    to: LabelFormat
    out: Path | None
    source: Path | None = None
    source_format: LabelFormat | None = None
    overwrite: bool = False


def convert_job(transfer: Transfer) -> Job:
    """Convert the labels of a folder; the result is a `Conversion`."""

    def work(step: Step) -> Conversion:
        from app.project.conversion import convert_folder

        return convert_folder(
            transfer.folder,
            transfer.to,
            transfer.out,
            lambda done, total: step(translate("LabelJobs", "Converting labels"), done, total),
            source=transfer.source,
            source_format=transfer.source_format,
            overwrite=transfer.overwrite,
        )

    return Job(
        "labels",
        translate("LabelJobs", "Converting the labels of {name}").format(name=transfer.folder.name),
        work,
    )


def count_job(folder: Path) -> Job:
    """Count the classes of a folder; the result is a `FolderStatistics`."""

    def work(step: Step) -> FolderStatistics:
        from app.project.statistics import count_folder

        return count_folder(
            folder, lambda done, total: step(translate("LabelJobs", "Counting"), done, total)
        )

    return Job(
        "labels",
        translate("LabelJobs", "Counting the classes of {name}").format(name=folder.name),
        work,
    )
