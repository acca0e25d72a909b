"""Reading and writing JSON files that a stranger may have made: limits, encoding and atomic saving.

What the JSON means is left to `app.project.document` and `app.project.labelme`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from app.atomic import atomic_file, explain_os_error
from app.errors import InputError

MAX_JSON_BYTES = 64 * 2**20
"""Larger files are refused unread. labelme files with an embedded photo stay well below this."""


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of a file of at most `limit` bytes.

    Raises:
        InputError: the file is missing, a folder, too large or not readable.
        RunError: the operating system failed otherwise.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise explain_os_error(error, path, "read") from error
    if len(content) > limit:
        raise InputError(f"{path} is larger than {limit / 2**20:.0f} MB, too large for its kind.")
    return content


def read_json_object(path: Path) -> dict[str, Any]:
    """The object in a UTF-8 JSON file; a byte-order mark is allowed, NaN and Infinity are not.

    Raises:
        InputError: the file cannot be read, is no UTF-8 or no JSON, or holds something else.
    """
    content = read_bytes(path, MAX_JSON_BYTES)
    try:
        value = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text.") from error
    except _ForeignConstantError as error:
        raise InputError(f"{path} holds {error} where a number is needed.") from error
    except json.JSONDecodeError as error:
        raise InputError(
            f"{path} is not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        ) from error
    except (RecursionError, ValueError) as error:
        # Absurd nesting and integers of thousands of digits.
        raise InputError(f"{path} is not usable JSON: {type(error).__name__}.") from error
    if not isinstance(value, dict):
        raise InputError(f"{path} holds a JSON {type(value).__name__}, not an object.")
    return value


def write_json(path: Path, value: dict[str, Any], *, overwrite: bool = True) -> None:
    """Write an object as UTF-8 JSON, whole or not at all.

    Raises:
        InputError: `path` cannot be written, or exists and `overwrite` is false.
        RunError: the disk is full or failed.
        ValueError: `value` holds NaN, an infinity or something that is not JSON.
    """
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    with atomic_file(path, overwrite=overwrite) as temporary:
        # Lone surrogates, legal in JSON escapes, have no UTF-8 form.
        temporary.write_bytes(text.encode("utf-8", errors="replace"))


class _ForeignConstantError(ValueError):
    pass


def _refuse_constant(name: str) -> NoReturn:
    raise _ForeignConstantError(name)
