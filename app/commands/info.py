"""`unspool info`: what is installed and what computes, to be read or to be sent with a question."""

from __future__ import annotations

import typer

from app.commands.options import JsonOption, Verbose
from app.commands.output import note, print_json, print_table
from app.commands.weights import print_weights, weights_row


def info(as_json: JsonOption = False, verbose: Verbose = False) -> None:
    """Versions, devices and weights."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    import torch

    from app import __version__
    from app.engine.device import choose_device, device_report, inference_dtype
    from app.engine.weights import list_weights, weights_folders

    versions = {"unspool": __version__, "python": platform.python_version()}
    for name in ("torch", "numpy", "opencv-python-headless", "pillow", "PySide6-Essentials"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    reports = [device_report(name) for name in ("cuda", "mps", "cpu")]
    chosen = choose_device()
    if chosen.notice:
        note(chosen.notice)
    dtype = str(inference_dtype(chosen.device)).removeprefix("torch.")
    weights = [weights_row(item) for item in list_weights()]
    if as_json:
        print_json(
            {
                "versions": versions,
                "devices": [vars(report) for report in reports],
                "device": chosen.device.type,
                "dtype": dtype,
                "threads": torch.get_num_threads(),
                "weights": weights,
                "weights_folders": [str(folder) for folder in weights_folders()],
            }
        )
        return
    print_table("Versions", ("package", "version"), versions.items())
    print_table(
        "Devices",
        ("device", "usable", "what"),
        [(r.name, "yes" if r.usable else "no", r.description) for r in reports],
    )
    typer.echo(f"Unspool computes on {chosen.device.type} in {dtype}.\n")
    print_weights(weights)
