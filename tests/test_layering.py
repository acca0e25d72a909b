"""The arrows between packages point one way."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEAVES = {"app.errors", "app.atomic", "app.assets", "app.weights_files", "app.film_defaults"}
# What the modules of each package may import of ours, besides their own package and the leaves.
ALLOWED = {
    "models": set(),
    "app.guidance": set(),
    "app.media": set(),
    "app.flow": {"app.guidance"},
    "app.project": {"app.guidance", "app.media"},
    "app.engine": {"models", "app.media", "app.flow", "app.guidance", "app.checkpoints"},
    "app.training": {"models", "app.media", "app.flow", "app.guidance", "app.checkpoints"},
    "app.gui": {"app.engine", "app.project", "app.media", "app.guidance"},
    "app.checkpoints": {"models"},
    "app.commands": set(),
    "app.cli": {"app.commands"},
}
# The command line may import everything where it is needed: inside functions.
LAZY = {"app.commands", "app.cli"}
HEAVY = {
    "PySide6": {"app.gui"},
    "pydantic": {"app.project", "app.gui"},
    "torch": {"models", "app.flow", "app.engine", "app.training", "app.checkpoints"},
    "cv2": {"app.guidance", "app.media", "app.flow", "app.engine", "app.training", "app.gui"},
}


def python_files() -> list[Path]:
    return sorted([*ROOT.glob("app/**/*.py"), *ROOT.glob("models/**/*.py")])


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_of(module: str) -> str:
    return "models" if module.split(".")[0] == "models" else ".".join(module.split(".")[:2])


def nodes_that_run_on_import(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from nodes_that_run_on_import(node)


def imports_of(path: Path, *, anywhere: bool = True) -> set[str]:
    """What a module imports, inside functions too, or only what importing it imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree) if anywhere else nodes_that_run_on_import(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add(node.module or "")
            # `from app import engine` names a module too.
            if node.module in ("app", "models"):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def ruled_imports_of(path: Path) -> set[str]:
    return imports_of(path, anywhere=package_of(module_of(path)) not in LAZY)


@pytest.mark.parametrize("path", python_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    package = package_of(module_of(path))
    ours = {i for i in ruled_imports_of(path) if i.split(".")[0] in ("app", "models")} - {"app"}
    ours = {i for i in ours if package_of(i) != package and i not in LEAVES}
    ours = {i for i in ours if not i.startswith("app.__version__")}
    if package in ALLOWED:
        wrong = {i for i in ours if package_of(i) not in ALLOWED[package]}
        assert not wrong, f"{path.relative_to(ROOT)} must not import {sorted(wrong)}"


@pytest.mark.parametrize("path", python_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_heavy_libraries_stay_in_their_packages(path: Path) -> None:
    package = package_of(module_of(path))
    for library, homes in HEAVY.items():
        used = any(i.split(".")[0] == library for i in ruled_imports_of(path))
        if used and package not in homes:
            pytest.fail(f"{path.relative_to(ROOT)} must not import {library}")


def test_only_the_command_line_knows_the_commands() -> None:
    knowing = {
        package_of(module_of(path))
        for path in python_files()
        if any(package_of(i) == "app.commands" for i in imports_of(path))
    }
    assert knowing == {"app.cli", "app.commands"}


def test_an_import_inside_a_function_runs_later_than_one_beside_it(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text(
        "import a\nif TYPE_CHECKING:\n    import b\ntry:\n    import c\nfinally:\n    pass\n"
        "class K:\n    import d\n    def f(self):\n        import e\n"
    )
    assert imports_of(source, anywhere=False) == {"a", "c", "d"}
    assert imports_of(source) == {"a", "b", "c", "d", "e"}


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("app.cli", ["torch", "PySide6", "cv2", "numpy"]),
        ("app.engine.animate", ["PySide6", "pydantic", "platformdirs", "shapely", "natsort"]),
        (
            "app.training.fit_decomposer",
            ["PySide6", "pydantic", "platformdirs", "shapely", "natsort"],
        ),
        ("app.engine.suggest", ["PySide6", "pydantic", "platformdirs", "shapely", "natsort"]),
        ("app.gui.discover.suggesting", ["torch", "shapely"]),
        ("app.training.evaluation", ["PySide6", "pydantic", "platformdirs", "shapely"]),
        ("models.decomposer", ["PySide6", "pydantic", "cv2", "numpy.testing"]),
    ],
)
def test_importing_a_module_does_not_load_what_it_must_not_need(
    module: str, absent: list[str]
) -> None:
    code = f"import sys, {module}; print([m for m in {absent!r} if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[]"
