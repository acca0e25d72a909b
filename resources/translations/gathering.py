"""Finds the sentences that the window shows but does not write itself, in the program's source.

The engine, the reading of files and the like say what went wrong in plain English and know nothing
of languages. Read here is their source, and nothing of it runs: whatever becomes the message of an
error, a warning, or the name of a stage, is followed back to the texts that it is made of. What
only a run knows (a path, a number) becomes a hole: "Cannot read %1: the file is empty.".

Which modules count: the window's own, and those that they import, directly or through others. What
only the command line uses (`app.training`, `app.commands`, importing the authors' weights and so
on) never shows in the window, and stays English. So do the messages of `models`, about networks
that are put together in a way in which nothing here puts them together.
"""

from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

ERRORS = ("InputError", "RunError", "UnspoolError")
REASONS = ("ValueError", "TypeError")
"""Raised in `app.project`, these say what is wrong in a file, and another error quotes them."""
STEPS = ("step", "on_step")
"""Called with the name of a stage."""
REPORTS = ("DeviceReport", "DeviceChoice")
"""Values whose last field is a text for people."""
LISTS = ("warnings", "problems")
"""What is added to something of that name is shown as it is."""
WORDS = ("doing",)
"""Parameters that hold a word of the language; others hold names, or keys of a file."""
QUOTED = (
    # pydantic, about a field of a project; `app.project.document` ends its sentences.
    "Field required.",
    "Input should be %1.",
    "Input should be a finite number.",
    "Input should be a valid boolean.",
    "Input should be a valid dictionary or instance of %1.",
    "Input should be a valid integer.",
    "Input should be a valid list.",
    "Input should be a valid number.",
    "Input should be a valid string.",
    "Input should be a valid tuple.",
    "Input should be greater than %1.",
    "Input should be greater than or equal to %1.",
    "Input should be less than %1.",
    "Input should be less than or equal to %1.",
    "List should have at least %1 item after validation, not %2.",
    "List should have at least %1 items after validation, not %2.",
    "String should have at least %1 character.",
    "String should match pattern '%1'.",
    "Tuple should have at most %1 items after validation, not %2.",
    # json, about a file of any kind.
    "Expecting ',' delimiter",
    "Expecting ':' delimiter",
    "Expecting property name enclosed in double quotes",
    "Expecting value",
    "Extra data",
    "Invalid \\escape",
    "Invalid control character at",
    "Unterminated string starting at",
)
"""Of the many messages of libraries those that people meet in files written by hand or cut short.

A release with other words leaves that part of a sentence English.
"""
HOLE = "\0"
"""Stands in a text for what only a run knows."""
_MOST_VARIANTS = 8
"""A text that may be put together in more ways than this gets holes instead."""

Function = ast.FunctionDef | None
"""Where an expression stands; None for outside of functions."""


@dataclass
class Module:
    """One source file."""

    name: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> list[tuple[ast.AST, Function]]:
        """Everything in it, each with the innermost function in which it stands."""
        return list(_within(self.tree, None))

    @cached_property
    def functions(self) -> dict[str, list[ast.FunctionDef]]:
        """Its functions and methods by name."""
        found: dict[str, list[ast.FunctionDef]] = {}
        for node, _ in self.nodes:
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
        return found

    @cached_property
    def calls(self) -> list[tuple[ast.Call, Function]]:
        """Its calls."""
        return [(node, function) for node, function in self.nodes if isinstance(node, ast.Call)]

    @property
    def additions(self) -> list[ast.AugAssign]:
        """Its `a += b`."""
        return [node for node, _ in self.nodes if isinstance(node, ast.AugAssign)]

    def imports(self) -> Iterator[str]:
        """Names that may be modules, also of imports within functions."""
        for node, _ in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@dataclass
class Source:
    """The modules that count, and what is asked of them together."""

    modules: list[Module]

    @cached_property
    def functions(self) -> dict[str, list[tuple[Module, ast.FunctionDef]]]:
        """All functions by name."""
        found: dict[str, list[tuple[Module, ast.FunctionDef]]] = {}
        for module in self.modules:
            for name, functions in module.functions.items():
                found.setdefault(name, []).extend((module, made) for made in functions)
        return found

    @cached_property
    def calls(self) -> dict[str, list[tuple[Module, ast.Call, Function]]]:
        """All calls by the name of what is called."""
        found: dict[str, list[tuple[Module, ast.Call, Function]]] = {}
        for module in self.modules:
            for call, function in module.calls:
                found.setdefault(_name(call.func), []).append((module, call, function))
        return found


def sentences(root: Path) -> list[str]:
    """Every sentence that may reach the window, its holes numbered, in the order of the alphabet.

    With them come `QUOTED`.

    Args:
        root: the folder that holds `app`.
    """
    source = Source(reachable(root))
    found = {
        text
        for module, function, message in _messages(source)
        for text in Texts(source, module, function).of(message)
        if _says_something(text)
    }
    return sorted({*map(numbered, found), *QUOTED})


def numbered(text: str) -> str:
    """A text with its holes as %1, %2 and so on."""
    first, *rest = text.split(HOLE)
    return first + "".join(f"%{number}{piece}" for number, piece in enumerate(rest, 1))


def reachable(root: Path) -> list[Module]:
    """The modules of the window, and those that they import, directly or through others."""
    known = {}
    for path in root.glob("app/**/*.py"):
        parts = path.relative_to(root).with_suffix("").parts
        known[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    # The benchmark of the window is a command; it drives a window that nobody sees.
    known = {
        name: path for name, path in known.items() if not name.startswith("app.gui.program.bench")
    }
    waiting = [name for name in known if name.startswith("app.gui.")]
    seen: dict[str, Module] = {}
    while waiting:
        name = waiting.pop()
        if name in known and name not in seen:
            seen[name] = Module(name, ast.parse(known[name].read_text(encoding="utf-8")))
            waiting += seen[name].imports()
    return [seen[name] for name in sorted(seen)]


def _messages(source: Source) -> Iterator[tuple[Module, Function, ast.expr]]:
    """Expressions that become a message, each with the place where it stands."""
    for module in source.modules:
        errors = ERRORS + (REASONS if module.name.startswith("app.project.") else ())
        for call, function in module.calls:
            name = _name(call.func)
            adds = name == "append" and _name(getattr(call.func, "value", call)) in LISTS
            if call.args and (name in errors or name in STEPS or adds):
                yield module, function, call.args[0]
            elif name == "replace" and isinstance(call.args[-1], ast.JoinedStr):
                # A sentence is told with something else in the place of a name.
                yield module, function, call.args[-1]
            elif name in REPORTS and len(call.args) > 1:
                yield module, function, call.args[-1]
        for addition in module.additions:
            if _name(addition.target) in LISTS and isinstance(addition.value, ast.Tuple):
                yield from ((module, None, text) for text in addition.value.elts)


@dataclass(frozen=True)
class Texts:
    """Follows expressions of one function back to the texts that they may stand for.

    `path` are the expressions on the way, so that a loop among functions ends.
    """

    source: Source
    module: Module
    function: Function
    path: tuple[ast.expr, ...] = ()

    def of(self, node: ast.expr) -> list[str]:
        """All texts that an expression may stand for, `HOLE` for those that only a run knows."""
        if node in self.path:
            return [HOLE]
        inner = replace(self, path=(*self.path, node))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [node.value]
        if isinstance(node, ast.JoinedStr):
            return _joined([inner._of_piece(value) for value in node.values])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return _joined([inner.of(node.left), inner.of(node.right)])
        if isinstance(node, ast.IfExp):
            return _either([inner.of(node.body), inner.of(node.orelse)])
        if isinstance(node, ast.BoolOp):
            return _either([inner.of(value) for value in node.values])
        if isinstance(node, ast.Call):
            return inner._of_call(node)
        if isinstance(node, ast.Name) and self.function is not None:
            return inner._of_name(node.id, self.function)
        return [HOLE]

    def _of_piece(self, value: ast.expr) -> list[str]:
        """The texts of one piece of an f-string; a format is for numbers and the like."""
        if isinstance(value, ast.FormattedValue):
            if value.format_spec is not None or value.conversion != -1:
                return [HOLE]
            # "640×480" is no text of ours, whatever puts it together.
            texts = self.of(value.value)
            return _either([[t if _says_something(t) or not t else HOLE] for t in texts])
        return self.of(value)

    def _of_call(self, call: ast.Call) -> list[str]:
        """What a function of ours returns; `str` and cutting off ends leave a text as it is."""
        name = _name(call.func)
        if name == "str" and call.args:
            return self.of(call.args[0])
        if name in ("strip", "rstrip") and isinstance(call.func, ast.Attribute):
            return self.of(call.func.value)
        answers = [
            replace(self, module=module, function=made).of(answer.value)
            for module, made in self.source.functions.get(name, ())
            # Several modules may have a private function of the same name.
            if module is self.module or not name.startswith("_")
            for answer in ast.walk(made)
            if isinstance(answer, ast.Return) and answer.value is not None
        ]
        return _either(answers or [[HOLE]])

    def _of_name(self, name: str, function: ast.FunctionDef) -> list[str]:
        """What is assigned to a variable, or passed as a parameter if it holds words."""
        parameters = [parameter.arg for parameter in function.args.args]
        if name in parameters:
            if name not in WORDS:
                return [HOLE]
            given = [
                replace(self, module=module, function=caller).of(call.args[parameters.index(name)])
                for module, call, caller in self.source.calls.get(function.name, ())
                if len(call.args) > parameters.index(name)
            ]
            return _either(given or [[HOLE]])
        if any(
            isinstance(node, ast.AugAssign) and _name(node.target) == name
            for node in ast.walk(function)
        ):
            return [HOLE]
        values = [
            self.of(value)
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            for target in node.targets
            for value in _assigned(name, target, node.value)
        ]
        return _either(values or [[HOLE]])


def _assigned(name: str, target: ast.expr, value: ast.expr) -> list[ast.expr]:
    """What an assignment gives a variable, also as one of several: `a, b = 1, 2`."""
    if isinstance(target, ast.Name) and target.id == name:
        return [value]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=False)
        return [found for one, other in pairs for found in _assigned(name, one, other)]
    return []


def _either(choices: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(text for texts in choices for text in texts))


def _says_something(text: str) -> bool:
    """Whether there is a word in it that could be translated."""
    return any(character.isalpha() for character in text)


def _joined(pieces: Sequence[list[str]]) -> list[str]:
    """Texts one after the other, in every combination."""
    if math.prod(len(texts) for texts in pieces) > _MOST_VARIANTS:
        pieces = [texts if len(texts) == 1 else [HOLE] for texts in pieces]
    return ["".join(texts) for texts in itertools.product(*pieces)]


def _within(node: ast.AST, function: Function) -> Iterator[tuple[ast.AST, Function]]:
    for child in ast.iter_child_nodes(node):
        yield child, function
        yield from _within(child, child if isinstance(child, ast.FunctionDef) else function)


def _name(node: ast.AST) -> str:
    """The last word of `a`, `a.b` and so on; empty for anything else."""
    return getattr(node, "id", "") or getattr(node, "attr", "")
