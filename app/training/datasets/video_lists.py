"""Lists of a dataset's videos, as YAML or as text with one name a line.

Only the plain list form of YAML is read, which is what such lists are; no YAML library is needed.
"""

from __future__ import annotations

from pathlib import Path

from app.atomic import explain_os_error
from app.errors import InputError


def read_video_list(path: Path) -> list[str]:
    """The names in a list of videos, in its order.

    Accepted are `- name` lines, `[name, name]` on one line, and bare names one a line; names may be
    quoted, `#` begins a comment, `---` and blank lines say nothing.

    Raises:
        InputError: the file cannot be read, holds anything but a list of names, or no name.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise explain_os_error(error, path, "read") from error
    except UnicodeDecodeError as error:
        raise InputError(f"Cannot read {path}: a list of videos is a text file.") from error
    names: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        entry = _without_comment(line).strip()
        if not entry or entry in ("---", "...", "-"):
            continue
        if entry.startswith("[") and entry.endswith("]"):
            names += [_unquoted(part.strip()) for part in entry[1:-1].split(",") if part.strip()]
            continue
        name = _unquoted(entry.removeprefix("- ").strip())
        if not name or name[0] in "{[&*!|>" or ": " in entry or entry.endswith(":"):
            raise InputError(f"{path}, line {number}: '{entry[:60]}' is no entry of a plain list.")
        names.append(name)
    for name in names:
        # A name leads into the dataset's folder and never out of it.
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise InputError(f"{path}: '{name[:60]}' is no name of a video folder.")
    if not names:
        raise InputError(f"{path} names no video.")
    return names


def _without_comment(line: str) -> str:
    if line.lstrip().startswith("#"):
        return ""
    return line.split(" #", 1)[0]


def _unquoted(name: str) -> str:
    quoted = len(name) >= 2 and name[0] == name[-1] and name[0] in "'\""
    return name[1:-1] if quoted else name
