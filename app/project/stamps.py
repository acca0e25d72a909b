"""What a file looked like when it was read, so that a change behind the program's back is noticed.

Only the file's outside and its hash; what is in it is the business of the modules that read it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.atomic import explain_os_error

State = Literal["same", "changed", "missing"]


@dataclass(frozen=True)
class FileStamp:
    """A file's size in bytes, its time of change in nanoseconds and its SHA-256 in hex."""

    size: int
    changed_ns: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> FileStamp:
        """The stamp of a file as it is now.

        Raises:
            InputError: the file cannot be read.
        """
        try:
            found = path.stat()
        except OSError as error:
            raise explain_os_error(error, path, "read") from error
        return cls(found.st_size, found.st_mtime_ns, file_sha256(path))

    def state(self, path: Path) -> State:
        """Whether the file still holds what it held; one merely touched counts as the same.

        Raises:
            InputError: the file is there but cannot be read.
        """
        try:
            found = path.stat()
        except FileNotFoundError:
            return "missing"
        except OSError as error:
            raise explain_os_error(error, path, "read") from error
        if (found.st_size, found.st_mtime_ns) == (self.size, self.changed_ns):
            return "same"
        if found.st_size == self.size and file_sha256(path) == self.sha256:
            return "same"
        return "changed"


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's content in lower-case hex.

    Raises:
        InputError: the file cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with Path(path).open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise explain_os_error(error, Path(path), "read") from error
    return digest.hexdigest()
