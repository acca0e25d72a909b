"""The arrows between packages point one way."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEAVES = {"app.errors", "app.atomic", "app.assets"}
# What the modules of each package may import of ours, besides their own package and the leaves.
ALLOWED = {
    "models": set(),
    "app.guidance": set(),
    "app.media": set(),
    "app.project": {"app.guidance", "app.media"},
    "app.engine": {"models", "app.media", "app.guidance", "app.checkpoints"},
    "app.training": {"models", "app.media", "app.guidance", "app.checkpoints"},
    "app.gui": {"app.engine", "app.project", "app.media", "app.guidance"},
    "app.checkpoints": {"models"},
}
HEAVY = {
    "PySide6": {"app.gui"},
    "pydantic": {"app.project", "app.gui"},
    "torch": {"models", "app.engine", "app.training", "app.checkpoints"},
}


def python_files() -> list[Path]:
    return sorted([*ROOT.glob("app/**/*.py"), *ROOT.glob("models/**/*.py")])


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_of(module: str) -> str:
    return "models" if module.split(".")[0] == "models" else ".".join(module.split(".")[:2])


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add(node.module or "")
            # `from app import engine` names a module too.
            if node.module in ("app", "models"):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", python_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    package = package_of(module_of(path))
    ours = {i for i in imports_of(path) if i.split(".")[0] in ("app", "models")} - {"app"}
    ours = {i for i in ours if package_of(i) != package and i not in LEAVES}
    ours = {i for i in ours if not i.startswith("app.__version__")}
    if package in ALLOWED:
        wrong = {i for i in ours if package_of(i) not in ALLOWED[package]}
        assert not wrong, f"{path.relative_to(ROOT)} must not import {sorted(wrong)}"


@pytest.mark.parametrize("path", python_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_heavy_libraries_stay_in_their_packages(path: Path) -> None:
    package = package_of(module_of(path))
    for library, homes in HEAVY.items():
        used = any(i.split(".")[0] == library for i in imports_of(path))
        if used and package not in homes and package != "app.cli":
            pytest.fail(f"{path.relative_to(ROOT)} must not import {library}")


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("app.cli", ["torch", "PySide6", "cv2"]),
        ("app.engine.animate", ["PySide6", "pydantic", "platformdirs", "shapely", "natsort"]),
        ("app.training.fit", ["PySide6", "pydantic", "platformdirs", "shapely", "natsort"]),
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
