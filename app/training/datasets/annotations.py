"""Pickled annotations, read without executing anything that they ask for.

A pickle is a program; here its calls lead to this module's own harmless classes or are refused.
"""

from __future__ import annotations

import io
import math
import pickle
from pathlib import Path
from typing import Any

import numpy as np

from app.atomic import explain_os_error
from app.errors import InputError

_MAX_BYTES = 16 * 2**20
_MAX_DEPTH = 32
_NUMPY_HOMES = ("numpy.core", "numpy._core", "numpy")
_CONTAINERS = {"set": set, "frozenset": frozenset}


def read_annotation(path: Path) -> Any:
    """The plain content of a pickle: containers, numbers, strings and numeric numpy arrays.

    Raises:
        InputError: the file cannot be read, is no pickle, or asks for anything else; nothing of
            what it asks for is imported or called.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InputError(f"Cannot read {path}: it is too large for an annotation.")
        content = path.read_bytes()
    except OSError as error:
        raise explain_os_error(error, path, "read") from error
    try:
        return _finished(_PlainUnpickler(io.BytesIO(content)).load(), 0)
    except _RefusedError as error:
        raise InputError(f"Cannot read {path}: {error}.") from error
    # A damaged pickle can make the unpickler stumble in any way; none of them runs its code.
    except (Exception, MemoryError) as error:
        raise InputError(f"Cannot read {path}: it is no annotation, or damaged.") from error


def person_box(path: Path) -> tuple[float, float, float, float]:
    """The person's box (x_min, y_min, x_max, y_max) in pixels: `bbox` of an annotation.

    A fifth number, the detector's score, is left out.

    Raises:
        InputError: as `read_annotation`, or there is no such box.
    """
    content = read_annotation(path)
    box = content.get("bbox") if isinstance(content, dict) else None
    try:
        numbers = [float(v) for v in np.asarray(box, dtype=np.float64).reshape(-1)]
    except (TypeError, ValueError):
        numbers = []
    if len(numbers) not in (4, 5) or not all(map(math.isfinite, numbers[:4])):
        raise InputError(f"{path} holds no box of a person ('bbox' with 4 or 5 numbers).")
    left, top, right, bottom = numbers[:4]
    if right <= left or bottom <= top:
        raise InputError(f"{path}: the box of the person is empty ({left}, {top}, {right}, …).")
    return left, top, right, bottom


class _RefusedError(Exception):
    """The pickle asks for something that is not plain data."""


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        # Protocols up to 2 use the module names of Python 2.
        if module in ("builtins", "__builtin__") and name in _CONTAINERS:
            return _CONTAINERS[name]
        if (module, name) == ("collections", "OrderedDict"):
            return dict
        if (module, name) == ("_codecs", "encode"):
            return _latin_bytes
        home, _, part = module.rpartition(".") if "." in module else (module, "", "")
        if home in _NUMPY_HOMES or module == "numpy":
            known = {
                ("", "ndarray"): _Array,
                ("", "dtype"): _NumberType,
                ("multiarray", "_reconstruct"): _Array,
                ("multiarray", "scalar"): _scalar,
                ("numeric", "_frombuffer"): _Array.from_buffer,
            }
            key = ("" if module == "numpy" else part, name)
            if key in known:
                return known[key]
        raise _RefusedError(f"it asks for {module}.{name}, which is not plain data")

    def persistent_load(self, pid: Any) -> Any:
        raise _RefusedError("it refers to data outside of the file")


def _latin_bytes(text: str, encoding: str = "latin1") -> bytes:
    # How pickles for Python 2 store bytes; other codecs would load modules by name.
    if encoding not in ("latin1", "latin-1"):
        raise _RefusedError(f"it asks for the codec {encoding!r}")
    return text.encode("latin1")


class _NumberType:
    """Stands for a numpy dtype until it is known to be one of plain numbers.

    The real `dtype.__setstate__` trusts what it is given, to the point of memory corruption.
    """

    def __init__(self, code: Any = "", *_: Any) -> None:
        self.code = code
        self.order = "="

    def __setstate__(self, state: Any) -> None:
        if not isinstance(state, tuple) or len(state) < 2 or state[1] not in ("<", ">", "|", "="):
            raise _RefusedError("it holds a strange type of number")
        self.order = state[1]

    def real(self) -> np.dtype:
        code = self.code
        if not isinstance(code, str) or len(code) not in (2, 3) or code[0] not in "biuf":
            raise _RefusedError(f"it holds an array of {code!r} instead of numbers")
        kind = np.dtype(code)
        return kind.newbyteorder(">") if self.order == ">" else kind


class _Array:
    """Stands for a numpy array while the pickle fills it in."""

    def __init__(self, *_: Any) -> None:
        self.value: np.ndarray | None = None

    def __setstate__(self, state: Any) -> None:
        shape, number_type, fortran, data = state[-4:]
        self._fill(data, number_type, shape, "F" if fortran else "C")

    @classmethod
    def from_buffer(cls, data: Any, number_type: Any, shape: Any, order: Any) -> _Array:
        array = cls()
        array._fill(bytes(data), number_type, shape, "F" if order == "F" else "C")
        return array

    def _fill(self, data: Any, number_type: Any, shape: Any, order: Any) -> None:
        if not isinstance(number_type, _NumberType) or not isinstance(data, bytes):
            raise _RefusedError("it holds an array of something other than numbers")
        flat = np.frombuffer(data, number_type.real())
        self.value = flat.reshape(tuple(int(n) for n in shape), order=order).copy()


def _scalar(number_type: Any, data: Any) -> Any:
    if not isinstance(number_type, _NumberType) or not isinstance(data, bytes):
        raise _RefusedError("it holds something other than a number")
    return np.frombuffer(data, number_type.real())[0].item()


def _finished(value: Any, depth: int) -> Any:
    """The value with stand-ins replaced by arrays."""
    if depth > _MAX_DEPTH:
        raise _RefusedError("it is nested too deeply")
    if isinstance(value, _Array) and value.value is not None:
        return value.value
    if isinstance(value, dict):
        return {_finished(k, depth + 1): _finished(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(_finished(v, depth + 1) for v in value)
    if value is None or isinstance(value, bool | int | float | complex | str | bytes):
        return value
    raise _RefusedError("it holds something that is not plain data")
