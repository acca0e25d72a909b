"""Writing files whole or not at all: a temporary neighbour is written, flushed to disk and renamed.

Nothing here knows what is being written.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import InputError, RunError

_forbidden: set[Path] = set()


def forbid_writing_in(folder: Path) -> None:
    """From now on this process writes nothing into a folder or below it: it was asked not to."""
    _forbidden.add(Path(folder).resolve())


def allow_writing_everywhere() -> None:
    """Forget what `forbid_writing_in` has forbidden."""
    _forbidden.clear()


def explain_os_error(error: OSError, path: Path, doing: str) -> InputError | RunError:
    """One sentence for a failed file operation; `doing` is a verb such as "write" or "read"."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return InputError(f"Cannot {doing} {path}: permission denied (read-only folder or file).")
    if error.errno == errno.ENOENT:
        return InputError(f"Cannot {doing} {path}: no such file or folder.")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return InputError(f"Cannot {doing} {path}: a file stands where a folder is needed.")
    if error.errno == errno.EISDIR:
        return InputError(f"Cannot {doing} {path}: it is a folder.")
    if error.errno == errno.ENOSPC:
        return RunError(f"Cannot {doing} {path}: the disk is full.")
    return RunError(f"Cannot {doing} {path}: {error.strerror or error}.")


@contextmanager
def atomic_file(path: Path, *, overwrite: bool = True) -> Iterator[Path]:
    """Yield a temporary path beside `path` (same suffix) that becomes `path` if the block succeeds.

    The block writes to the temporary path; missing parent folders are created. If the block raises,
    the temporary file is removed and whatever stood at `path` is untouched.

    Raises:
        InputError: `path` exists and `overwrite` is false, is a folder, or cannot be written.
        RunError: the disk is full or the operating system refused for another reason.
    """
    path = Path(path)
    _refuse_forbidden(path)
    if path.is_dir():
        raise InputError(f"Cannot write {path}: it is a folder.")
    if path.exists() and not overwrite:
        raise InputError(f"{path} exists already; choose another name or allow overwriting.")
    created = _create_parents(path)
    try:
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.stem[:40]}-", suffix=path.suffix
        )
        os.close(handle)
    except OSError as error:
        _remove_empty(created)
        raise explain_os_error(error, path, "write") from error
    temporary = Path(name)
    try:
        yield temporary
        # mkstemp makes private files; a person expects the ordinary permissions of a new file.
        os.chmod(temporary, 0o666 & ~_umask())
        _flush_to_disk(temporary)
        os.replace(temporary, path)
    except OSError as error:
        raise explain_os_error(error, path, "write") from error
    finally:
        temporary.unlink(missing_ok=True)
        _remove_empty(created)


@contextmanager
def atomic_folder(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Yield a temporary folder beside `path` that becomes `path` when the block succeeds.

    An existing empty folder is always replaced; one with content only when `overwrite` is true, and
    then file by file: files of the same name are replaced, other files stay.

    Raises:
        InputError: `path` is a file, holds files and `overwrite` is false, or cannot be written.
        RunError: the disk is full or the operating system refused for another reason.
    """
    path = Path(path)
    _refuse_forbidden(path)
    if path.exists() and not path.is_dir():
        raise InputError(f"Cannot write the folder {path}: a file of that name exists.")
    if path.is_dir() and any(path.iterdir()) and not overwrite:
        raise InputError(
            f"The folder {path} is not empty; choose another name or allow overwriting."
        )
    created = _create_parents(path)
    try:
        temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name[:40]}-"))
    except OSError as error:
        _remove_empty(created)
        raise explain_os_error(error, path, "write") from error
    try:
        os.chmod(temporary, 0o777 & ~_umask())
        yield temporary
        if path.is_dir():
            for item in sorted(temporary.iterdir()):
                os.replace(item, path / item.name)
        else:
            os.replace(temporary, path)
    except OSError as error:
        raise explain_os_error(error, path, "write") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        _remove_empty(created)


def _refuse_forbidden(path: Path) -> None:
    resolved = path.resolve()
    for folder in _forbidden:
        if resolved.is_relative_to(folder):
            raise InputError(
                f"Cannot write {path}: Unspool was started read-only; choose a place outside "
                f"{folder}."
            )


def _create_parents(path: Path) -> list[Path]:
    """Create missing parents; return them innermost first, so that a failed write leaves none."""
    missing = [parent for parent in path.parents if not parent.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _remove_empty(missing)
        raise explain_os_error(error, path, "write") from error
    return missing


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def _flush_to_disk(path: Path) -> None:
    # Without fsync a crash soon after the rename can leave an empty file under the final name.
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
