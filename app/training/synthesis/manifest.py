"""`manifest.json`: how a dataset was made, and what became of every window or scene.

It is what an interrupted synthesis continues from.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.atomic import atomic_file, explain_os_error
from app.errors import InputError

NAME = "manifest.json"
WRITTEN = "written"
_FORMAT = "unspool dataset"
_VERSION = 1


@dataclass(frozen=True)
class Entry:
    """What became of one window or scene.

    Attributes:
        video: the folder of the dataset it belongs to.
        source: the file it was made from.
        index: which window of the clip, or which scene.
        status: "written", or "rejected: " and why.
        number: the sample's number in the folder; `None` where there is no sample.
    """

    video: str
    source: str
    index: int
    status: str
    number: int | None = None


class Manifest:
    """The manifest of the dataset in `folder`, in memory; `save` writes it."""

    def __init__(self, folder: Path, parameters: dict[str, Any]) -> None:
        self.path = folder / NAME
        self.parameters = parameters
        self.entries: dict[tuple[str, int], Entry] = {}
        self._saved = 0.0

    @classmethod
    def open(cls, folder: Path, parameters: dict[str, Any]) -> Manifest:
        """A new manifest, or the one that stands in `folder`.

        Raises:
            InputError: `folder` holds something that is no dataset of ours, or one that was made
                with other parameters.
        """
        manifest = cls(folder, parameters)
        if folder.exists() and not folder.is_dir():
            raise InputError(f"Cannot write the folder {folder}: a file of that name exists.")
        if manifest.path.exists():
            manifest._read()
        elif folder.is_dir() and any(folder.iterdir()):
            raise InputError(
                f"{folder} is not empty and has no {NAME} to continue from; choose another folder."
            )
        return manifest

    def add(self, entry: Entry) -> None:
        """Note an entry; the file is brought up to date every few seconds."""
        self.entries[entry.video, entry.index] = entry
        if time.monotonic() - self._saved > 5:
            self.save()

    def save(self) -> None:
        """Write the file, whole or not at all."""
        content = {
            "format": _FORMAT,
            "version": _VERSION,
            "parameters": self.parameters,
            "counts": dict(Counter(entry.status for entry in self.entries.values())),
            "samples": [vars(entry) for entry in self.entries.values()],
        }
        with atomic_file(self.path) as temporary:
            text = json.dumps(content, indent=1, ensure_ascii=False)
            temporary.write_text(text + "\n", encoding="utf-8")
        self._saved = time.monotonic()

    def _read(self) -> None:
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            # Datasets that say nothing of flow are older than the choice.
            known = {"flow": "dis", **content["parameters"]}
            entries = [Entry(**entry) for entry in content["samples"]]
            right = content["format"] == _FORMAT and content["version"] == _VERSION
        except OSError as error:
            raise explain_os_error(error, self.path, "read") from error
        except (ValueError, TypeError, LookupError) as error:
            raise InputError(f"{self.path} is no manifest of a dataset, or damaged.") from error
        if not right:
            raise InputError(f"{self.path} was made by another version of this program.")
        for name, value in self.parameters.items():
            if known.get(name) != value:
                raise InputError(
                    f"{self.path.parent} was made with {name} {known.get(name)}, not {value}; "
                    "use the same or choose another folder."
                )
        self.entries = {(entry.video, entry.index): entry for entry in entries}
