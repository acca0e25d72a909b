"""Where weights files lie and what they are called; importing this loads no torch.

Shipped weights lie in the `weights` folder of the installation, a person's own in the user data
folder. Reading and loading them is `app.engine.weights`.
"""

from __future__ import annotations

from pathlib import Path

from app.assets import weights_dir
from app.errors import InputError

SUFFIX = ".safetensors"
DEFAULT_DECOMPOSER = "decomposer-default"
FAST_DECOMPOSER = "decomposer-fast"
DEFAULT_PREDICTOR = "predictor"
DEFAULT_TRAJECTORY = "trajectory-quadratic"
DEFAULT_DEBLUR = "deblur"
AUTO_READINGS, NO_READINGS = "auto", "none"
"""Choices of who reads how far things moved: who is installed, or nobody."""
GUESSERS = (DEFAULT_PREDICTOR, DEFAULT_TRAJECTORY)
"""What can say which way things may have moved. Where both are installed, both are heard."""


def user_weights_dir() -> Path:
    """Where a person's own weights are found by name; it need not exist."""
    # Imported late: machines that only fit networks do without it.
    import platformdirs

    return platformdirs.user_data_path("unspool", appauthor=False) / "weights"


def weights_folders() -> list[Path]:
    """The folders searched for names, first found wins: the shipped weights, then one's own."""
    return [weights_dir(), user_weights_dir()]


def find_weights(name_or_path: str | Path) -> Path:
    """The file for a name such as "decomposer-fast", or for a path.

    Raises:
        InputError: there is no such file; the sentence names what there is.
    """
    text = str(name_or_path)
    path = Path(text).expanduser()
    if path.is_file():
        return path
    looks_like_path = path.suffix == SUFFIX or len(path.parts) > 1
    if not looks_like_path:
        found = named_weights().get(text)
        if found is not None:
            return found
    if path.is_dir():
        raise InputError(f"Cannot read weights from {path}: it is a folder.")
    known = ", ".join(sorted(named_weights())) or "none are installed"
    what = f"the weights file {path}" if looks_like_path else f"weights called '{text}'"
    raise InputError(f"Cannot find {what} (by name there are: {known}).")


def installed_guessers() -> list[str]:
    """Which of `GUESSERS` are installed; the first of all where none is."""
    named = named_weights()
    return [name for name in GUESSERS if name in named] or [GUESSERS[0]]


def named_weights() -> dict[str, Path]:
    """Every weights file by the name that means it, shipped ones first."""
    found: dict[str, Path] = {}
    for folder in weights_folders():
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            found.setdefault(path.stem, path)
    return found
