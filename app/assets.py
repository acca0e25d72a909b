"""Where the files that travel with the program live: samples, icons, translations and weights.

Works the same from a checkout and from an installed wheel, because `app`, `resources` and
`weights` always sit side by side.
"""

from __future__ import annotations

from pathlib import Path

from app.errors import InputError

_ROOT = Path(__file__).resolve().parent.parent


def asset(*parts: str) -> Path:
    """The path of a packaged file or folder, e.g. `asset("resources", "icons")`."""
    return _ROOT.joinpath(*parts)


def resources_dir() -> Path:
    """The folder of icons, samples and translations."""
    return asset("resources")


def weights_dir() -> Path:
    """The folder of shipped `.safetensors` files and their model cards."""
    return asset("weights")


def sample_names() -> list[str]:
    """Names of the packaged samples: the photos in `resources/samples` with a project beside."""
    folder = resources_dir() / "samples"
    return sorted(p.name.removesuffix(".unspool.json") for p in folder.glob("*.unspool.json"))


def sample_path(name: str) -> Path:
    """The photo of a packaged sample; its project is `<stem>.unspool.json` beside it.

    Raises:
        InputError: no sample has that name.
    """
    folder = resources_dir() / "samples"
    if name in sample_names():
        for photo in sorted(folder.glob(f"{name}.*")):
            if photo.suffix.lower() in {".png", ".jpg"}:
                return photo
    known = ", ".join(sample_names()) or "none are installed"
    raise InputError(f"There is no sample called '{name}' (samples: {known}).")
